"""One question, several inputs: a day, a moment, a text in several languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from okil.foundation.web.dates import city
from okil.foundation.web.languages import LANGUAGES, Texts

LANGUAGE_NAMES = {"ru": "Русский", "kk": "Қазақша", "en": "English"}
NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class LabelledInputs(forms.MultiWidget):
    """Each input with its own label, in a fieldset that has the question as legend."""

    template_name = "web/widgets/inputs.html"
    use_fieldset = True
    boxes: Sequence[str] = ()  # CSS classes around each input
    labels: Sequence[str | Promise] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        subwidgets = context["widget"]["subwidgets"]
        for widget, label, box in zip(subwidgets, self.labels, self.boxes, strict=True):
            widget |= {"label": label, "box": box}
        return context


class DayInputs(LabelledInputs):
    boxes = ("date", "date", "date")
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput(NUMERIC) for _box in self.boxes], attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class MomentInputs(LabelledInputs):
    boxes = (*DayInputs.boxes, "date wide")

    def __init__(self, zone: str, attrs: dict[str, Any] | None = None) -> None:
        self.zone = zone
        super().__init__([forms.TextInput(NUMERIC) for _box in self.boxes], attrs)

    @property
    def labels(self) -> Sequence[str | Promise]:  # type: ignore[override]  # told with its zone
        language = (get_language() or "ru")[:2]
        return (*DayInputs.labels, f"{_('Time')} ({city(self.zone, language)})")

    def decompress(self, value: datetime | None) -> list[Any]:
        if not value:
            return [None, None, None, None]
        local = value.astimezone(ZoneInfo(self.zone))
        return [local.day, local.month, local.year, f"{local.hour}:{local.minute:02}"]


class TextsInputs(LabelledInputs):
    def __init__(
        self,
        languages: Sequence[str] = LANGUAGES,
        *,
        rows: int = 1,
        attrs: dict[str, Any] | None = None,
    ) -> None:
        self.languages = tuple(languages)
        self.boxes = ["tongue"] * len(self.languages)
        self.labels = [LANGUAGE_NAMES[language] for language in self.languages]
        super().__init__(
            {
                language: forms.Textarea({"lang": language, "rows": rows})
                if rows > 1
                else forms.TextInput({"lang": language})
                for language in self.languages
            },
            attrs,
        )

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # one language is enough, and the browser cannot know which

    def decompress(self, value: Texts | dict[str, str] | None) -> list[Any]:
        return [(value or {}).get(language, "") for language in self.languages]
