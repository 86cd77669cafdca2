"""A part of a regulation being written, its adoption, one rule answered for one election."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.actions.decisions import PAPER_BYTES
from okil.areas.elections.actions.regulation_drafts import changed_since, seen_in
from okil.areas.elections.forms.answers import FIELDS, AnswersForm, OwnWordsField, condition_said
from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.forms.regulation_rows import RowsTable
from okil.areas.elections.wording.regulations import NOT_SAID, in_words, remedy_in
from okil.foundation.web.forms import DayField, say_what_to_do
from okil.pure.rules.regulation import QUESTIONS, QUESTIONS_OF, RULE_OF, RULES_OF, Part
from okil.pure.rules.regulation.questions import MOST_ROWS

MORE_ROWS = 3


class PartForm(AnswersForm):
    """The questions of one part. It remembers what its reader saw, so that two people can write."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(
        self, *args: Any, part: Part, content: Mapping[str, Any], languages: Iterable[str]
    ) -> None:
        names = tuple(name for rule in RULES_OF[part] for name in QUESTIONS_OF[rule])
        seen = _joined(seen_in(content, names))
        super().__init__(
            *args, names=names, content=content, languages=languages, initial={"seen": seen}
        )

    def seen_answers(self) -> dict[str, str]:
        pairs = (each.partition("=") for each in self.cleaned_data["seen"].split())
        return {name: digits for name, _equals, digits in pairs}

    def tell_what_changed(self, content: Mapping[str, Any], saved: Mapping[str, Any]) -> None:
        """Beside each question what another saved meanwhile. Where both changed it, what is typed
        stays, and goes through when it is saved again; where only the other did, theirs stays."""
        seen, now = self.seen_answers(), seen_in(content, self.names)
        mine = changed_since(self.answers(), self.names, seen)
        for name in changed_since(content, self.names, seen):
            told = in_words(name, saved.get(name)) or NOT_SAID
            self.add_error(
                name, _("Saved by somebody else meanwhile: {answer}.").format(answer=told)
            )
            if name in mine:
                seen[name] = now[name]
        self._retype({"seen": _joined(seen)})

    def with_ready_wording(self, name: str) -> None:
        """The ready wording of the rule stands in the field, to be worked over; nothing is saved."""
        field = self.fields.get(name)
        if isinstance(field, OwnWordsField):
            rule = RULE_OF[name]
            self._retype({f"{name}_{code}": remedy_in(rule, code) for code in field.languages})

    def with_more_rows(self, name: str) -> None:
        widget = self.fields[name].widget if name in self.fields else None
        if isinstance(widget, RowsTable):
            rows = min(widget.rows_sent(self.data, name) + MORE_ROWS, MOST_ROWS)
            self._retype({f"{name}-rows": str(rows)})

    def _retype(self, typed: Mapping[str, str]) -> None:
        data = cast("QueryDict", self.data).copy()
        for name, value in typed.items():
            data[name] = value
        self.data = data


def _joined(seen: Mapping[str, str]) -> str:
    return " ".join(f"{name}={digits}" for name, digits in seen.items())


class AdoptionForm(DecisionForm):
    """What is written becomes the next version. `text_read()` after is_valid()."""

    made_by = forms.CharField(
        label=_("Who adopted it"),
        help_text=_("The forum, assembly or meeting of the group. No names of persons."),
        max_length=200,
    )
    made_on = DayField(label=_("On which day was the regulation adopted"))
    text = forms.FileField(
        label=_("The group's own text, if there is one"),
        help_text=_(
            "Word (DOCX) or PDF, up to 5 MB. It is kept sealed, because it may name people; whoever "
            "opens it is recorded."
        ),
        required=False,
    )
    is_public = forms.BooleanField(
        label=_("The group agrees that everybody may read these answers"), required=False
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["made_by", "made_on", "number", "text", "is_public"]

    def text_read(self) -> bytes | None:
        text = self.cleaned_data["text"]
        # One byte too many is enough for the action to refuse it.
        return text.read(PAPER_BYTES + 1) if text else None

    def has_seen(self, version: int, revision: int) -> None:
        """What is typed stays, and goes through next time over what is shown now."""
        data = cast("QueryDict", self.data).copy()
        data["seen_version"], data["seen_revision"] = str(version), str(revision)
        self.data = data


class DiscardForm(forms.Form):
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)


class RuleForm(AnswersForm, DecisionForm):
    """All questions of one rule, answered for one election by a decision."""

    def __init__(self, *args: Any, names: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, names=names, **kwargs)
        for name in self.names:
            if QUESTIONS[name].asked_if is not None:
                field = self.fields[name]
                field.help_text = format_lazy("{}. {}", condition_said(name), field.help_text)


class CaseForm(DecisionForm):
    """One question the regulation leaves open, answered for this election."""

    def __init__(self, *args: Any, question: str, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = FIELDS[QUESTIONS[question].kind](question, tuple(languages))
        asked.required = True
        if isinstance(asked, forms.ChoiceField) and not isinstance(
            asked, forms.MultipleChoiceField
        ):
            choices = cast("list[tuple[Any, Any]]", asked.choices)
            asked.choices = [choice for choice in choices if choice[0] != ""]
        self.fields = {"answer": asked, **self.fields}
        say_what_to_do(self)

    def answer(self) -> Any:
        return self.cleaned_data["answer"]
