"""Questions of a regulation as fields of a form: one kind of field for each kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.forms.regulation_rows import RowsField
from okil.areas.elections.wording.regulations import (
    NOT_SAID,
    in_words,
    option_name,
    question_hint,
    question_name,
    said_later,
)
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation.web.forms import OkilForm, TextsFormField, say_what_to_do
from okil.foundation.web.languages import LANGUAGES, Texts
from okil.pure.rules.regulation import QUESTIONS, Kind
from okil.pure.rules.regulation.questions import MOST_LETTERS
from okil.pure.rules.regulation.reading import REGION

# Texts are a dictionary, and a dictionary among choices would be a group of them.
_region_name = said_later(lambda code: str(REGIONS[code]))
SAID = {"yes": True, "no": False}
EMPTY: tuple[Any, ...] = ("", [], {})
NONE_TICKED = _("If nothing is ticked, the regulation does not say.")
NO_NUMBER = _("If it is left empty, the regulation does not say.")


class OwnWordsField(TextsFormField):
    """A text as typed, whichever way the browser ends its lines."""

    def to_python(self, value: Any) -> Texts:
        texts = super().to_python(value)
        return Texts({code: text.replace("\r\n", "\n") for code, text in texts.items()})


def condition_of(name: str) -> str:
    """Under which other answer this is asked, in words; "" if always."""
    condition = QUESTIONS[name].asked_if
    if condition is None:
        return ""
    other, answers = condition
    said = [in_words(other, answer) or str(NOT_SAID) for answer in answers]
    return _now("Counts only if “{question}” is answered: {answers}").format(
        question=question_name(other), answers=" / ".join(said)
    )


condition_said = said_later(condition_of)


def _sentences(*said: object) -> str:
    return " ".join(str(each) for each in said if str(each))


_joined = said_later(_sentences)


def _help(name: str, *more: object) -> Any:
    """The legal term, what an empty answer means."""
    return _joined(question_hint(name), *more)


def _choice(name: str, _languages: tuple[str, ...]) -> forms.Field:
    options = {str(option): option for option in QUESTIONS[name].options}
    return forms.TypedChoiceField(
        label=question_name(name),
        help_text=_help(name),
        choices=[
            *((text, option_name(name, option)) for text, option in options.items()),
            ("", NOT_SAID),
        ],
        coerce=options.__getitem__,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )


def _yes_no(name: str, _languages: tuple[str, ...]) -> forms.Field:
    return forms.TypedChoiceField(
        label=question_name(name),
        help_text=_help(name),
        choices=[
            *((text, option_name(name, value)) for text, value in SAID.items()),
            ("", NOT_SAID),
        ],
        coerce=SAID.__getitem__,
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )


def _choices(name: str, _languages: tuple[str, ...]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=question_name(name),
        help_text=_help(name, NONE_TICKED),
        choices=[(option, option_name(name, option)) for option in QUESTIONS[name].options],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _regions(name: str, _languages: tuple[str, ...]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=question_name(name),
        help_text=_help(name, NONE_TICKED),
        choices=[(code, _region_name(code)) for code in REGIONS if REGION.fullmatch(code)],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _number(name: str, _languages: tuple[str, ...]) -> forms.Field:
    asked = QUESTIONS[name]
    return forms.IntegerField(
        label=question_name(name),
        help_text=_help(
            name,
            format_lazy(_("From {least} to {most}."), least=asked.least, most=asked.most),
            NO_NUMBER,
        ),
        min_value=asked.least,
        max_value=asked.most,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )


def _text(name: str, languages: tuple[str, ...]) -> forms.Field:
    return OwnWordsField(
        label=question_name(name),
        help_text=_help(name, NO_NUMBER),
        languages=languages,
        rows=3,
        max_length=MOST_LETTERS,
        required=False,
    )


def _rows(name: str, languages: tuple[str, ...]) -> forms.Field:
    return RowsField(
        label=question_name(name),
        help_text=_help(name, NO_NUMBER),
        columns={column: option_name(name, column) for column in QUESTIONS[name].options},
        languages=languages,
        required=False,
    )


FIELDS: Mapping[Kind, Callable[[str, tuple[str, ...]], forms.Field]] = {
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
    Kind.ROWS: _rows,
    Kind.REGIONS: _regions,
}


def shown_in_form(content: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Saved answers as the fields show them."""
    yes_no = {value: text for text, value in SAID.items()}
    return {
        name: yes_no.get(content[name], "")
        if QUESTIONS[name].kind is Kind.YES_NO
        else content[name]
        for name in names
        if content.get(name) is not None
    }


def languages_for(
    content: Mapping[str, Any], names: Iterable[str], of_body: Iterable[str]
) -> tuple[str, ...]:
    """Those of the body, and those in which something is written already."""
    texts = [content.get(name) for name in names if QUESTIONS[name].kind is Kind.TEXT]
    for name in names:
        if QUESTIONS[name].kind is Kind.ROWS:
            texts += [cell for row in content.get(name) or () for cell in row.values()]
    written = {code for text in texts for code in text or ()}
    return tuple(code for code in LANGUAGES if code in {*of_body, *written})


class AnswersForm(OkilForm):
    """Some questions of a regulation, each of which may stay open. `answers()` after is_valid()."""

    def __init__(
        self,
        *args: Any,
        names: Iterable[str],
        content: Mapping[str, Any],
        languages: Iterable[str],
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.names = tuple(names)
        shown = shown_in_form(content, self.names)
        super().__init__(*args, initial={**shown, **(initial or {})}, **kwargs)
        spoken = languages_for(content, self.names, languages)
        asked = {name: FIELDS[QUESTIONS[name].kind](name, spoken) for name in self.names}
        self.fields = {**asked, **self.fields}
        say_what_to_do(self)

    def answers(self) -> dict[str, Any]:
        """As a regulation keeps them. A zero and a "no" are answers; what is empty is none."""
        given = {name: self.cleaned_data[name] for name in self.names}
        return {name: None if value in EMPTY else value for name, value in given.items()}
