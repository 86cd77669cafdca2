"""Regulations as papers: facts without a database, and the text of what is composed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from okil.foundation.documents.blocks import Block
from okil.pure.rules.regulation import RULES, Regulation, as_data, open_questions

APPROVAL = {"body": "Съезд сообщества", "made_on": "2024-06-20", "number": "4"}
COMMON = {"body": "Организационный комитет", "made_on": "2024-05-02", "number": "2"}


def facts(regulation: Regulation, **changed: Any) -> dict[str, Any]:
    """Adopted, unless `approval` says otherwise."""
    return {
        "format": "okil-regulation/1",
        "body": {"ru": "Страновой комитет", "kk": "Елдік комитет", "en": "Country Committee"},
        "group": {"ru": "Самал", "kk": "Самал", "en": "Samal"},
        "edition": 3,
        "approval": APPROVAL,
        "only_for": None,
        "common": COMMON,
        "answers": as_data(regulation),
        **changed,
    }


def left_open(regulation: Regulation) -> list[str]:
    """The rules of which a draft says that they are not regulated."""
    return [rule for rule in RULES if open_questions(rule, regulation)]


def text_of(blocks: Iterable[Block]) -> str:
    """All that stands in the blocks, a line for each text."""
    return "\n".join(text for block in blocks for text in _texts(block))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple | list):
        return [text for each in value for text in _texts(each)]
    if is_dataclass(value):
        return [text for each in fields(value) for text in _texts(getattr(value, each.name))]
    return []
