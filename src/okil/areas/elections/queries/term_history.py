"""May somebody stand who held what they say? Asked before they apply; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence

from okil.areas.elections.models import Election, Place
from okil.pure.rules import rotation, term_history
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.rotation import Rotation
from okil.pure.rules.term_history import Held


def rotation_said(
    held: Sequence[Held], election: Election, rules: Regulation, *, place: str
) -> Rotation:
    """By the body's limit and what the group's regulation says of it, as for people whom it knows."""
    cycle = election.cycle
    body = cycle.body
    return term_history.may_stand(
        held,
        position="alternate" if place == Place.ALTERNATE else "member",
        term_begins_on=cycle.term_begins_on,
        rule=rotation.rule_of(
            rules, terms_in_a_row=body.terms_in_a_row, term_years=body.term_years
        ),
    )
