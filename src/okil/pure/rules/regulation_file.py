"""A regulation as it lies in a file: its answers, the decision that approved it, the common rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from okil.pure.rules.plan import NotAPlan
from okil.pure.rules.plan_file import data_from
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS, Approval, Around
from okil.pure.rules.regulation.questions import APPROVAL, QUESTIONS, Regulation
from okil.pure.rules.regulation.reading import as_data, read
from okil.pure.rules.regulation_schema import MOST_LETTERS_OF_APPROVAL

MEGABYTES_AT_MOST = 1
BESIDE = ("approval", "common")  # keys that hold no answer of the regulation


class NotARegulation(Exception):  # noqa: N818 (it names the state of the file)
    """Nothing in the file can be read as a regulation. `code` has its sentence in the words."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Wrong(StrEnum):
    """What is found about a key, beside what is found about the rules."""

    UNKNOWN_KEY = "UNKNOWN_KEY"
    ANSWER_UNREADABLE = "ANSWER_UNREADABLE"


@dataclass(frozen=True, slots=True)
class Contents:
    """`wrong`: the keys that cannot be read, as paths; all the others are."""

    regulation: Regulation
    around: Around
    wrong: tuple[tuple[Wrong, str], ...] = ()


def contents_of(raw: bytes) -> Contents:
    """What the file says, and what in it says nothing.

    Raises NotARegulation: too-big, not-json, too-deep, not-an-object.
    """
    try:
        data = data_from(raw, megabytes=MEGABYTES_AT_MOST)
    except NotAPlan as error:
        raise NotARegulation(error.code, **error.facts) from error
    if not isinstance(data, dict):
        raise NotARegulation("not-an-object")
    answers = {key: value for key, value in data.items() if key not in BESIDE}
    regulation, wrong = read(answers)
    approval, of_approval = _approval(data.get("approval"))
    common, of_common = _common(data.get("common"))
    around = Around(approval=approval, common=common)
    found = (*(_named(key, key) for key in wrong), *of_approval, *of_common)
    return Contents(regulation, around, found)


def empty() -> dict[str, Any]:
    """A file to be filled in: every key, nothing said."""
    return dict.fromkeys((*QUESTIONS, *BESIDE))


def _named(key: str, path: str) -> tuple[Wrong, str]:
    return (Wrong.ANSWER_UNREADABLE if key in QUESTIONS else Wrong.UNKNOWN_KEY, path)


def _approval(given: Any) -> tuple[Approval | None, tuple[tuple[Wrong, str], ...]]:
    if given is None:
        return None, ()
    if not isinstance(given, Mapping):
        return None, ((Wrong.ANSWER_UNREADABLE, "approval"),)
    readers = {"body": _line, "kind": _kind, "date": _day, "number": _line}
    said: dict[str, Any] = {}
    wrong = [(Wrong.UNKNOWN_KEY, f"approval.{key}") for key in given if key not in readers]
    for key, reader in readers.items():
        try:
            said[key] = None if given.get(key) is None else reader(given[key])
        except ValueError:
            wrong.append((Wrong.ANSWER_UNREADABLE, f"approval.{key}"))
    approval = Approval(
        said.get("body") or "", said.get("kind") or "", said.get("date"), said.get("number") or ""
    )
    return approval, tuple(wrong)


def _common(given: Any) -> tuple[Mapping[str, Any] | None, tuple[tuple[Wrong, str], ...]]:
    if given is None:
        return None, ()
    if not isinstance(given, Mapping):
        return None, ((Wrong.ANSWER_UNREADABLE, "common"),)
    unknown = [(Wrong.UNKNOWN_KEY, f"common.{key}") for key in given if key not in COMMON_QUESTIONS]
    regulation, wrong = read({key: given[key] for key in COMMON_QUESTIONS if key in given})
    said = as_data(regulation)
    unreadable = [(Wrong.ANSWER_UNREADABLE, f"common.{key}") for key in wrong]
    return {key: said[key] for key in COMMON_QUESTIONS}, (*unknown, *unreadable)


# Each reads one part of the decision or raises ValueError.


def _line(given: Any) -> str:
    if not isinstance(given, str) or len(given) > MOST_LETTERS_OF_APPROVAL:
        raise ValueError
    return given.strip()


def _kind(given: Any) -> str:
    if given not in APPROVAL:
        raise ValueError
    return str(given)


def _day(given: Any) -> date:
    """As 2024-06-20 only; the library would also read 20240620 and weeks."""
    if not isinstance(given, str):
        raise ValueError
    day = date.fromisoformat(given)
    if day.isoformat() != given:
        raise ValueError
    return day
