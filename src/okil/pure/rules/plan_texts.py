"""What a plan's file says beyond the rules: titles, summaries and who does what, by codes.

What it leaves unsaid is None, so that what was written before can stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from okil.pure.rules.plan import LANGUAGES, Action, NotAPlan, plan_from

TITLE_AT_MOST = 200  # characters
SUMMARY_AT_MOST = 2000
NULL = "\x00"  # no database keeps it


@dataclass(frozen=True, slots=True)
class Written:
    """One action as a file writes it."""

    action: Action
    title: Mapping[str, str] | None
    summary: Mapping[str, str] | None
    responsible: tuple[str, ...] | None
    participants: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a place that keeps plans can keep."""

    actions: int
    number: int
    stages: Collection[int]
    roles: Collection[str]


def written_in(data: Any, bounds: Bounds) -> tuple[Written, ...]:
    """The actions of a plan within these bounds.

    Raises NotAPlan: as `plan_from`, and for more actions, higher numbers, other stages and other roles
    than can be kept, and for texts that are too long.
    """
    plan = plan_from(data)
    if len(plan.actions) > bounds.actions:
        raise NotAPlan("too-long", most=bounds.actions)
    return tuple(
        _written(each, action, f"actions[{place}]", bounds)
        for place, (each, action) in enumerate(zip(data["actions"], plan.actions, strict=True))
    )


def as_data(actions: Iterable[Written]) -> dict[str, Any]:
    """The same, to be read again by `written_in`."""
    return {"actions": [_as_data(each) for each in actions]}


def _as_data(each: Written) -> dict[str, Any]:
    day = each.action.deadline.day
    return {
        "no": each.action.number,
        "stage": each.action.stage,
        "deadline": {
            "kind": str(each.action.deadline.kind),
            "date": day.isoformat() if day else None,
        },
        "depends_on": list(each.action.depends_on),
        "title": each.title and dict(each.title),
        "summary": each.summary and dict(each.summary),
        "responsible": None if each.responsible is None else list(each.responsible),
        "participants": None if each.participants is None else list(each.participants),
    }


def _written(each: Mapping[str, Any], action: Action, place: str, bounds: Bounds) -> Written:
    if action.number > bounds.number:
        raise NotAPlan("field-wrong", place=f"{place}.no")
    if action.stage not in bounds.stages:
        raise NotAPlan("field-wrong", place=f"{place}.stage")
    return Written(
        action=action,
        title=_texts(each, "title", place, TITLE_AT_MOST),
        summary=_texts(each, "summary", place, SUMMARY_AT_MOST),
        responsible=_roles(each, "responsible", place, bounds.roles),
        participants=_roles(each, "participants", place, bounds.roles),
    )


def _texts(each: Mapping[str, Any], name: str, place: str, most: int) -> Mapping[str, str] | None:
    """`{"title": {"en": "…"}}` or `{"title_en": "…"}`; a text in no language at all is none."""
    here = f"{place}.{name}"
    said = each.get(name) or {code: each.get(f"{name}_{code}") for code in LANGUAGES}
    if not isinstance(said, dict) or not said.keys() <= set(LANGUAGES):
        raise NotAPlan("field-wrong", place=here)
    texts = {
        code: _text(said[code], f"{here}.{code}", most) for code in LANGUAGES if said.get(code)
    }
    return {code: text for code, text in texts.items() if text} or None


def _text(value: Any, place: str, most: int) -> str:
    text = value.strip() if isinstance(value, str) else None
    if text is None or len(text) > most or NULL in text:
        raise NotAPlan("field-wrong", place=place)
    return text


def _roles(
    each: Mapping[str, Any], name: str, place: str, known: Collection[str]
) -> tuple[str, ...] | None:
    said = each.get(name)
    if said is None:
        return None
    if unknown := [role for role in said if role not in known]:
        raise NotAPlan("role-unknown", place=f"{place}.{name}", role=unknown[0])
    return tuple(dict.fromkeys(said))
