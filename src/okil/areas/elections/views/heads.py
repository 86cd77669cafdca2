"""What pages of an election begin with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from okil.areas.bodies.queries import role_name
from okil.areas.elections import wording
from okil.areas.elections.access import Visit
from okil.areas.elections.queries import Progress, Whereabouts
from okil.areas.elections.views import shown
from okil.pure.rules.stages import State


def line(where: Whereabouts, *, at: datetime) -> list[dict[str, Any]]:
    return shown.stage_line(
        shown.edges_of(where), where.stage, at=at, finished=where.state is State.CONCLUDED
    )


def place(visit: Visit, where: Whereabouts) -> dict[str, Any]:
    """Which election this is, as what the visitor is here, where it stands: what a page needs that
    does not tell what the next move needs."""
    return {
        "election": visit.election,
        "where": where,
        "mark": shown.state_mark(where),
        "capacities": [role_name(role) for role in visit.roles()],
    }


def head(visit: Visit, progress: Progress) -> dict[str, Any]:
    """Which election this is, as what the visitor is here; where it stands and what is missing,
    who moves next, by when."""
    where = progress.where
    to = progress.next_state
    return {
        **place(visit, where),
        "sentence": shown.sentence(where),
        "stages": line(where, at=progress.at),
        "progress": progress,
        "runs": not where.annulled and where.suspension is None,
        "next_state": to,
        "next_state_name": wording.state_name(to) if to else "",
        "next_move": wording.MOVES[to] if to else "",
        "mover_name": role_name(progress.mover) if progress.mover else "",
        "is_mover": visit.is_a(progress.mover),
    }
