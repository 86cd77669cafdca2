"""The assembly of a round: when, where, its agenda, the conditions that hold for it (5.01, 5.02, 5.11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from okil.areas.elections.models import Assembly, Round
from okil.areas.elections.queries.candidates import contestants_of, shown_names
from okil.foundation.web.languages import LANGUAGES, Texts

NEEDED = tuple(Assembly.AgendaItem.values)  # REG-40
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Outer circumstances, and the days on which they hold (5.11)."""

    text: Texts
    since: date | None
    until: date | None

    def hold_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


def assembly_of(row: Round) -> Assembly | None:
    return getattr(row, "assembly", None)


def conditions_of(assembly: Assembly) -> Conditions | None:
    """Kept with the text: its languages, and beside them `since` and `until`."""
    text = Texts(
        {code: assembly.conditions[code] for code in LANGUAGES if code in assembly.conditions}
    )
    if not text:
        return None
    since, until = (assembly.conditions.get(name) for name in ("since", "until"))
    return Conditions(
        text,
        date.fromisoformat(since) if since else None,
        date.fromisoformat(until) if until else None,
    )


def speakers_of(row: Round) -> list[tuple[int, str]]:
    """Who speaks to the assembly: number, and what everybody may read; each candidate once."""
    candidates = {each.candidate.pk: each.candidate for each in contestants_of(row)}
    names = shown_names(candidates.values())
    speakers = [(each.number, names[key]) for key, each in candidates.items()]
    return sorted(speakers)


def public_assembly(row: Round, *, on: date) -> dict[str, Any] | None:
    """What `elections/_assembly_public.html` shows; nothing before there is a plan."""
    assembly = assembly_of(row)
    if assembly is None:
        return None
    conditions = conditions_of(assembly)
    return {
        "begins_at": assembly.begins_at,
        "place": assembly.place,
        "agenda": assembly.agenda,
        "conditions": conditions if conditions and conditions.hold_on(on) else None,
    }
