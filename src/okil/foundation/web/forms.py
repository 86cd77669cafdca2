"""What may come in, asked and refused as the look says: label, hint, error, field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.functional import Promise, lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from okil.foundation.web.dates import MONTHS
from okil.foundation.web.languages import LANGUAGES, Texts
from okil.foundation.web.widgets import (
    LANGUAGE_NAMES,
    DayInputs,
    MomentInputs,
    TextsInputs,
)

Words = str | Promise

# Three letters tell a month in each language, in any case form; only май / мая differ there.
MONTH_BY_LETTERS = {"май": 5} | {
    name.lower()[:3]: number
    for names in MONTHS.values()
    for number, name in enumerate(names.split(), start=1)
}

LONGEST_MONTH = 20  # a longer word is no month in any language

# A message says what to do. Fields that bring their own messages keep them.
MESSAGES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill this in.")},
    forms.CharField: {
        "max_length": ngettext_lazy(
            "Make it shorter: %(limit_value)d character at most, now %(show_value)d.",
            "Make it shorter: %(limit_value)d characters at most, now %(show_value)d.",
            "limit_value",
        ),
        "min_length": ngettext_lazy(
            "Make it longer: at least %(limit_value)d character, now %(show_value)d.",
            "Make it longer: at least %(limit_value)d characters, now %(show_value)d.",
            "limit_value",
        ),
    },
    forms.EmailField: {"invalid": _("Write the address as name@example.org.")},
    forms.IntegerField: {
        "invalid": _("Write a whole number in digits."),
        "min_value": _("Write %(limit_value)s or more."),
        "max_value": _("Write %(limit_value)s or less."),
    },
    forms.BooleanField: {"required": _("Tick this to go on.")},
    forms.ChoiceField: {
        "required": _("Choose one of the answers."),
        "invalid_choice": _("Choose one of the answers that are shown."),
    },
    forms.MultipleChoiceField: {
        "required": _("Choose at least one."),
        "invalid_choice": _("Choose from the answers that are shown."),
    },
    forms.ModelChoiceField: {
        "required": _("Choose one of the answers."),
        "invalid_choice": _("Choose one of the answers that are shown."),
    },
    forms.ModelMultipleChoiceField: {
        "required": _("Choose at least one."),
    },
    forms.FileField: {
        "required": _("Choose a file."),
        "empty": _("The file is empty: choose another."),
    },
}


class OkilForm(forms.Form):
    """Give each field to `web/field.html`, and the form to `web/form_errors.html`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        say_what_to_do(self)


def say_what_to_do(form: forms.BaseForm) -> None:
    """Replaces Django's own messages ("This field is required.") and nobody else's."""
    for field in form.fields.values():
        usual: dict[str, Any] = {}
        ours: dict[str, Any] = {}
        for kind in reversed(type(field).__mro__):
            defaults = vars(kind).get("default_error_messages", {})
            usual |= defaults
            ours |= defaults | MESSAGES.get(kind, {})
        for code, message in ours.items():
            if field.error_messages.get(code) is usual.get(code):
                field.error_messages[code] = message


def _answer(label: Words, note: Words) -> SafeString:
    return format_html("{}<span>{}</span>", label, note)


answer_with_note = lazy(_answer, SafeString)
"""An answer of a choice with its explanation below: `("u", answer_with_note(_("…"), _("…")))`."""


class DayField(forms.Field):
    """Day, month and year in three inputs; the month also as a word, in any of our languages."""

    widget: Any = DayInputs  # Django makes an instance of it
    default_error_messages = {
        "required": _("Write the day, the month and the year."),
        "day": _("Write the day in digits."),
        "month": _("Write the month: a number from 1 to 12, or its name."),
        "year": _("Write the year with four digits."),
        "invalid": _("There is no such day: check the day and the month."),
    }

    usual_hint = _("For example, 11 9 2024")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", self.usual_hint)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = [(part or "").strip() for part in value]
        return self._day(*typed) if any(typed) else None

    def _day(self, day: str, month: str, year: str) -> date:
        if not _is_digits(day):
            raise self._refusal("day")
        number = int(month[:3]) if _is_digits(month) else MONTH_BY_LETTERS.get(month.lower()[:3], 0)
        if not 1 <= number <= 12 or len(month) > LONGEST_MONTH:
            raise self._refusal("month")
        if not (_is_digits(year) and len(year) == 4):
            raise self._refusal("year")
        try:
            return date(int(year), number, int(day[:3]))
        except ValueError:
            raise self._refusal("invalid") from None

    def _refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)


class MomentField(DayField):
    """A day and a time where the body is; gives an aware moment in UTC."""

    default_error_messages = {
        "required": _("Write the day, the month, the year and the time."),
        "time": _("Write the time as 18:00."),
        "skipped": _("On this day the clock skips this time: choose another."),
    }

    usual_hint = _("For example, 11 9 2024, 18:00")

    def __init__(self, *, zone: str = "UTC", **kwargs: Any) -> None:
        super().__init__(widget=MomentInputs(zone), **kwargs)

    @property
    def zone(self) -> str:
        zone: str = self.widget.zone
        return zone

    @zone.setter
    def zone(self, zone: str) -> None:
        self.widget.zone = zone

    def to_python(self, value: Any) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        *typed, time = [(part or "").strip() for part in value]
        if not any((*typed, time)):
            return None
        day = self._day(*typed)
        matched = re.fullmatch(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?", time)
        if not matched:
            raise self._refusal("time")
        local = datetime(
            day.year,
            day.month,
            day.day,
            int(matched[1]),
            int(matched[2] or 0),
            tzinfo=ZoneInfo(self.zone),
        )
        try:
            moment = local.astimezone(UTC)
        except OverflowError:  # the first and the last day there are
            raise self._refusal("invalid") from None
        if moment.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) != local.replace(
            tzinfo=None
        ):
            raise self._refusal("skipped")
        return moment


class TextsFormField(forms.Field):
    """One text, an input for each language; gives `Texts`. One language is enough, unless asked."""

    default_error_messages = {
        "required": _("Write it in one language at least."),
        "language": _("Write it in this language too: %(language)s."),
        "too_long": _("Make it shorter: %(limit)d characters at most (%(language)s)."),
    }

    def __init__(
        self,
        *,
        languages: Sequence[str] = LANGUAGES,
        required_languages: Sequence[str] = (),
        rows: int = 1,
        max_length: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.languages = tuple(languages)
        self.required_languages = tuple(required_languages)
        self.max_length = max_length
        super().__init__(widget=TextsInputs(self.languages, rows=rows), **kwargs)
        self.whole = ProhibitNullCharactersValidator()  # PostgreSQL's JSON cannot hold them

    def to_python(self, value: Any) -> Texts:
        if isinstance(value, dict):
            return Texts(value)
        typed = zip(self.languages, value or (), strict=False)
        return Texts({language: text.strip() for language, text in typed if text and text.strip()})

    def validate(self, value: Texts) -> None:
        super().validate(value)
        for language in self.required_languages:
            if not value.get(language):
                raise self._refusal("language", language)
        for language, text in value.items():
            self.whole(text)
            if self.max_length is not None and len(text) > self.max_length:
                raise self._refusal("too_long", language)

    def _refusal(self, code: str, language: str) -> ValidationError:
        gaps = {"language": LANGUAGE_NAMES[language], "limit": self.max_length}
        return ValidationError(self.error_messages[code], code=code, params=gaps)


def _is_digits(typed: str) -> bool:
    return typed.isascii() and typed.isdigit()
