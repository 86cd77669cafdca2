"""A group's regulation: what it adopted for good, beside what was decided for one election."""

from __future__ import annotations

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.models import AdoptedRegulation


def own_regulation(group: ElectoralGroup, *, before: int | None = None) -> AdoptedRegulation | None:
    """The newest version that is no decision for one election; with `before`, of those before it."""
    own = group.regulations.filter(case_of=None)
    return (own if before is None else own.filter(version__lt=before)).first()
