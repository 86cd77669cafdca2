"""An assembly: planned by the organiser, called in a notice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from okil.areas.elections.actions import assembly as actions
from okil.areas.elections.models import Assembly, Election, Notice, Publication
from okil.areas.elections.queries.assembly import assembly_of
from okil.areas.elections.tests import given

PLANNED_AT = given.moment(9, 9, 12)
BEGINS_AT = given.moment(9, 12, 9)  # 14:00 in Astana, on the first day of the vote
PLACE = {"ru": "Астана, Дом дружбы, зал 2", "kk": "Астана, Достық үйі, 2-зал"}


def plan(**said: Any) -> actions.AssemblyPlan:
    usual: dict[str, Any] = {"begins_at": BEGINS_AT, "place": PLACE, "conditions": {}}
    return actions.AssemblyPlan(**{**usual, **said})


def planned(election: Election, *, at: datetime = PLANNED_AT, **said: Any) -> Assembly:
    """When, where, the five items; by default nothing else."""
    return actions.plan_assembly(
        election.pk, plan=plan(**said), actor=given.organiser_of(election), at=at
    )


def assembly_called(election: Election, *, at: datetime = PLANNED_AT) -> Assembly:
    """Planned, and its notice published in one place."""
    row = given.round_of(election)
    assembly = assembly_of(row) or planned(election, at=at)
    notice, _new = Notice.objects.get_or_create(
        cycle=election.cycle,
        round=row,
        kind=Notice.Kind.ASSEMBLY,
        defaults={
            "text": {"ru": "Приглашаем на собрание."},
            "written_at": at,
            "role": "organiser",
            "person_number": 1,
        },
    )
    Publication.objects.get_or_create(
        notice=notice,
        channel=Publication.Channel.SITE,
        where="сайт ассоциации",
        defaults={"published_at": at, "role": "organiser", "person_number": 1},
    )
    return assembly


def fulfil_assembly_called(election: Election, *, at: datetime) -> None:
    assembly_called(election, at=at)
