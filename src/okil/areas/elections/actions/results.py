"""Papers on the results of a cycle, issued by the Secretariat: for everybody, and for the leadership."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.access import If
from okil.areas.bodies.queries import composition_of
from okil.areas.elections.actions.officers import hold_number, local_day
from okil.areas.elections.documents.results import (
    ALL_GROUPS,
    ELECTED,
    all_groups_facts,
    elected_facts,
)
from okil.areas.elections.models import Candidate, Cycle
from okil.areas.elections.queries.cycle_results import GroupResult, group_results
from okil.areas.elections.queries.voters import registration_round
from okil.foundation import documents, vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.documents.models import File, Issued
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@transaction.atomic
def issue_all_results(cycle_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """Who was elected in every group, as far as it is published, with vacancies and statistics (7.23).

    `seen` is the version the person had before them, 0 for none.
    Raises Refused: not-allowed, nothing-published, paper-issued.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "publish", "result", body=cycle.body)
    groups = _published(cycle)
    hold_number(ALL_GROUPS, cycle, seen=seen, body=cycle.body, at=at)
    composition = composition_of(cycle.body, str(cycle.year))
    issued = _issued(ALL_GROUPS, all_groups_facts(cycle, groups, composition), cycle, at=at)
    record(
        "results.listed",
        actor=acting,
        subject=issued,
        at=at,
        chapter=cycle.chapter,
        after={"version": issued.version},
    )
    return issued


@transaction.atomic
def issue_elected(cycle_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """The elected by name, for the leadership that renews the composition (7.24).

    Raises Refused: not-allowed, nothing-published, paper-issued.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(
        actor, "see", "candidate_application", body=cycle.body, met={If.ELECTED}
    )
    groups = _published(cycle)
    hold_number(ELECTED, cycle, seen=seen, body=cycle.body, at=at)
    candidates = _elected(groups)
    opened = vault.open(
        candidates.values(), "candidates", actor=acting, at=at, chapter=cycle.chapter, only=["name"]
    )
    names = {pk: str(fields["name"]) for pk, fields in opened.items()}
    facts = elected_facts(cycle, groups, candidates, names)
    issued = _issued(ELECTED, facts, cycle, at=at)
    record(
        "results.handed_up",
        actor=acting,
        subject=issued,
        at=at,
        chapter=cycle.chapter,
        after={"version": issued.version, "people": len(names)},
    )
    return issued


def _published(cycle: Cycle) -> list[GroupResult]:
    groups, _earlier = group_results(cycle.year)
    if not any(each.result is not None for each in groups):
        raise Refused("nothing-published")
    return groups


def _elected(groups: Sequence[GroupResult]) -> dict[tuple[int, int], Candidate]:
    """Those who take a place, by election and number."""
    found: dict[tuple[int, int], Candidate] = {}
    for each in groups:
        if each.result is None or each.taken is None:
            continue
        listed = registration_round(each.result.round).candidates.select_related("election")
        for candidate in listed.filter(number__in=each.taken.elected):
            found[each.election.pk, candidate.number] = candidate
    return found


def _issued(kind: str, facts: Mapping[str, Any], cycle: Cycle, *, at: datetime) -> Issued:
    return documents.issue(
        kind,
        facts=facts,
        scope=f"body-{cycle.body_id}",
        subject=cycle,
        year=local_day(cycle.body, at).year,
        zone=cycle.body.time_zone,
        at=at,
    )


@transaction.atomic
def open_paper(file_id: int, *, cycle_id: int, actor: User, at: datetime) -> tuple[File, bytes]:
    """A file of one of these papers; the list of the elected on the record.

    Raises Refused("not-allowed").
    """
    cycle = Cycle.objects.select_related("body").get(pk=cycle_id)
    acting = access.require(
        actor, "see", "candidate_application", body=cycle.body, met={If.ELECTED}
    )
    file = File.objects.select_related("issued").get(
        pk=file_id,
        issued__kind__in=(ALL_GROUPS, ELECTED),
        issued__subject_kind=Cycle._meta.label_lower,
        issued__subject_number=cycle.pk,
    )
    return file, documents.open_file(file, actor=acting, at=at, chapter=cycle.chapter)
