"""Texts that people enter once per language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("ru", "kk", "en")
OTHERWISE = {"ru": ("ru", "kk", "en"), "kk": ("kk", "ru", "en"), "en": ("en", "ru", "kk")}


class Texts(dict[str, str]):
    """One text in up to three languages; printed in the reader's, else in the nearest there is."""

    def in_language(self, language: str) -> str:
        for code in OTHERWISE.get(language, LANGUAGES):
            if self.get(code):
                return self[code]
        return ""

    def language_shown(self, language: str) -> str:
        """Which language `in_language` really gave, for the `lang` attribute."""
        return next(
            (code for code in OTHERWISE.get(language, LANGUAGES) if self.get(code)), language
        )

    def __str__(self) -> str:
        return self.in_language(get_language() or "ru")


def words_from(path: Path) -> Any:
    """A JSON file of words; each text in our languages comes as `Texts`."""
    return json.loads(path.read_text("utf-8"), object_hook=_as_texts)


def _as_texts(read: dict[str, Any]) -> dict[str, Any]:
    return Texts(read) if read and read.keys() <= set(LANGUAGES) else read


class TextsField(models.JSONField):
    """A JSON column that gives `Texts`."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Texts | None:
        loaded = super().from_db_value(value, expression, connection)
        return None if loaded is None else Texts(loaded)

    def to_python(self, value: Any) -> Any:
        return Texts(value) if isinstance(value, dict) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, dict) and not isinstance(value, Texts):
            value = Texts(value)
            setattr(model_instance, self.attname, value)
        return value
