"""What a results protocol rests on, gathered from where it happened (okil-protocol/1, docs/packages.md).

The same form in every language; what a package's verification compares must be gathered here alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from okil.areas.bodies.models import Role, RoleName
from okil.areas.bodies.queries import officers_of
from okil.areas.elections.documents.protocols.cases import decided_for_one_case
from okil.areas.elections.documents.protocols.moments import Moments
from okil.areas.elections.documents.protocols.rounds import assembly_of, papers_of, votes_of
from okil.areas.elections.models import (
    AdoptedRegulation,
    Candidate,
    Closing,
    Complaint,
    Election,
    Extension,
    Move,
    Notice,
    Presence,
    Round,
    TieSettled,
)
from okil.areas.elections.queries import candidates_of, registration_round, roll_of
from okil.areas.elections.queries.count import Outcome
from okil.areas.elections.queries.regulations import approval_of
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.pure.packages.counts import decision_of
from okil.pure.packages.facts import FORMAT, OTHER_REGIONS, fingerprint_of
from okil.pure.packages.journal import row_data, standing
from okil.pure.rules.count_sheet import CountSheet
from okil.pure.rules.papers import count_data
from okil.pure.rules.regulation import as_data
from okil.pure.rules.stages import Stage, State


@dataclass(frozen=True)
class Names:
    """What was opened for the internal version, by primary key."""

    candidates: Mapping[int, str]
    people: Mapping[int, str]


def internal_facts(row: Round, outcome: Outcome, names: Names, *, at: datetime) -> dict[str, Any]:
    """The facts of the internal version, all but what `documents.issue` adds: number, version,
    which version it replaces, and why. The public one: `pure.packages.facts.public_facts`.

    After a repeat vote between equals the count is the earlier one, with the vote as its order; what
    each round found stands in `votes`.
    """
    election = row.election
    moments = Moments(election)
    assembly = assembly_of(row, moments)
    signers = signing_roles(election)
    return {
        "format": FORMAT,
        "audience": "internal",
        "body": dict(election.cycle.body.name),
        "cycle": election.cycle.year,
        "group": {"slug": election.group.slug, "name": dict(election.group.public_name)},
        "round": {"number": row.number, "kind": row.kind},
        "zone": election.cycle.body.time_zone,
        "drawn_up_at": moments.said(at),
        "place": assembly["place"] if assembly else None,
        "process": _process(row, outcome.sheet, assembly, moments),
        "voters": _voters(row, outcome.sheet),
        "candidates": [_candidate(each, names, outcome.sheet) for each in candidates_of(row)],
        "count": count_data(outcome.sheet),
        **votes_of(row, moments),
        "papers": _papers(outcome),
        "observers": _observers(row),
        "decision": _decision(row, outcome),
        "commission": [
            {**_person(role, names), "organisation": role.person.organisation}
            for role in signers
            if role.role == RoleName.COMMISSIONER
        ],
        "organiser": next(
            _person(role, names) for role in signers if role.role == RoleName.ORGANISER
        ),
        "journal": journal_standing(election),
    }


def signing_roles(election: Election) -> list[Role]:
    """The commission and the organiser, as they are now."""
    signing = (RoleName.COMMISSIONER, RoleName.ORGANISER)
    return [role for role in officers_of(election.group) if role.role in signing]


def journal_standing(election: Election) -> dict[str, Any]:
    """The journal's length and last hash, and a hash over the election's rows up to there."""
    length, last_hash = length_and_last_hash()
    rows = entries_of(election.chapter).filter(number__lte=length).order_by("number")
    data = [row_data(each.as_chained_row()) for each in rows.iterator()]
    return standing(data, length=length, last_hash=last_hash)


def regulation_data(row: Round, sheet: CountSheet) -> dict[str, Any]:
    """The regulation as `regulation.json` of a package has it, adopted by the group's own decision: those
    for one case are named beside it. `decided_here`: by which rules this round was counted where they
    are not the regulation's own."""
    adopted = AdoptedRegulation.objects.filter(group=row.election.group).select_related(
        "adopted_by"
    )
    newest = adopted.order_by("-version")[0]
    answers, approval = as_data(newest.regulation), approval_of(newest)
    counted_by = {
        "contest_model": sheet.model,
        "decision_principle": sheet.rule,
        "tie": sheet.tie,
        "minimum_turnout_percent": sheet.minimum_turnout,
    }
    if sheet.majority_of is not None:
        counted_by["majority_of"] = sheet.majority_of
    return {
        "version": newest.version,
        "adopted_by": approval.made_by if approval else None,
        "adopted_on": approval.made_on.isoformat() if approval else None,
        "answers": answers,
        "decided_here": {
            question: answer
            for question, answer in counted_by.items()
            if answer is not None and answers[question] != answer
        },
    }


# 1. How the election went


def _process(
    row: Round, sheet: CountSheet, assembly: dict[str, Any] | None, moments: Moments
) -> dict[str, Any]:
    registered_in = registration_round(row)
    moved = _moves([registered_in, row])
    regulation = regulation_data(row, sheet)
    own, first = _dates(row), _dates(registered_in)
    voting, registration = own.get(Stage.VOTING), first.get(Stage.REGISTRATION)
    return {
        "regulation": {
            "version": regulation["version"],
            "adopted_by": regulation["adopted_by"],
            "adopted_on": regulation["adopted_on"],
            "sha256": fingerprint_of(regulation),
            "for_this_case": decided_for_one_case(row),
        },
        "announced_at": moments.maybe(moved.get((registered_in.pk, State.ANNOUNCED))),
        "registration": {
            "begins_at": moments.maybe(registration and registration.begins_at),
            "ends_at": moments.maybe(registration and registration.ends_at),
            "closed_at": moments.maybe(_closed_at(registered_in)),
            "extensions": _extensions(registered_in, moments),
        },
        "candidates_published_at": moments.maybe(
            moved.get((registered_in.pk, State.CANDIDATES_PUBLISHED))
        ),
        "voting": {
            "begins_at": moments.maybe(voting and voting.begins_at),
            "ends_at": moments.maybe(voting and voting.ends_at),
            "closed_at": moments.maybe(moved.get((row.pk, State.COUNTING))),
        },
        "assembly": assembly,
        "notices": list(_notices(row, registered_in, moments)),
        "complaints": _complaints(row),
    }


def _moves(rounds: Sequence[Round]) -> dict[tuple[int, str], datetime]:
    moves = Move.objects.filter(round__in=rounds)
    return {(pk, state): at for pk, state, at in moves.values_list("round_id", "to_state", "at")}


def _dates(row: Round) -> dict[Stage, Any]:
    return {Stage(dated.stage): dated for dated in row.dates.all()}


def _closed_at(row: Round) -> datetime | None:
    return Closing.objects.filter(round=row).values_list("closed_at", flat=True).first()


def _extensions(row: Round, moments: Moments) -> list[dict[str, Any]]:
    found = Extension.objects.filter(dates__round=row, dates__stage=Stage.REGISTRATION)
    return [
        {
            "from": moments.said(each.from_at),
            "to": moments.said(each.to_at),
            "reason": dict(each.reason),
        }
        for each in found
    ]


def _notices(row: Round, registered_in: Round, moments: Moments) -> Iterator[dict[str, Any]]:
    """The announcement and the round's notices, each kind once, with where it was published."""
    of_cycle = Notice.objects.filter(cycle=row.election.cycle, round=None)
    of_rounds = Notice.objects.filter(round__in=[registered_in, row])
    published: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for notice in (of_cycle | of_rounds).prefetch_related("publications"):
        published[notice.kind] += [
            (each.channel, each.published_at)
            for each in notice.publications.all()
            if each.withdrawn_at is None
        ]
    for kind in Notice.Kind.values:
        if kind in published:
            first = min((at for _channel, at in published[kind]), default=None)
            channels = {channel for channel, _at in published[kind]}
            yield {"kind": kind, "channels": len(channels), "first_at": moments.maybe(first)}


def _complaints(row: Round) -> dict[str, int]:
    found = list(
        Complaint.objects.filter(round=row, withdrawn_at=None).values_list("decided_at", "suspends")
    )
    return {
        "filed": len(found),
        "settled": sum(decided_at is not None for decided_at, _suspends in found),
        "suspended": sum(suspends for _decided_at, suspends in found),
    }


# 2. Voters, 3. candidates, 4. papers


def _voters(row: Round, sheet: CountSheet) -> dict[str, Any]:
    roll = roll_of(row).order_by()
    regions: dict[str, int] = defaultdict(int)
    for region, number in roll.values_list("region").annotate(number=Count("pk")):
        regions[region.lower() or OTHER_REGIONS] += number
    organisations = roll.exclude(organisation="").values("organisation").distinct()
    return {
        "registered": sum(regions.values()),
        "voted": sheet.voted,
        "by_region": [
            {"region": region, "registered": number} for region, number in sorted(regions.items())
        ],
        "organisations": organisations.count(),
        "small_cell": _rules(row).cell,
    }


def _rules(row: Round) -> Any:
    return row.election.group.regulations.order_by("-version")[0].regulation


def _candidate(each: Candidate, names: Names, sheet: CountSheet) -> dict[str, Any]:
    name = str(each.number)
    return {
        "number": each.number,
        "position": each.place,
        "name": names.candidates[each.pk],
        "is_public": each.published_by_owner,
        "pseudonym": each.pseudonym,
        "admitted": each.outcome == Candidate.Outcome.ADMITTED,
        "votes": {
            contest.place: contest.tally()[name]
            for contest in sheet.contests
            if name in contest.candidates
        },
        "withdrawn": each.withdrawn_at is not None,
    }


def _papers(outcome: Outcome) -> dict[str, Any]:
    contests = outcome.sheet.contests
    return {
        **papers_of(outcome.agreed),
        "spoilt": sum(contest.wrongly_completed for contest in contests),
        "late": sum(contest.late for contest in contests),
        "blank": sum(contest.blank_papers for contest in contests),
    }


# 5. Observers


def _observers(row: Round) -> dict[str, Any]:
    election = row.election
    observing = [r for r in officers_of(election.group) if r.role == RoleName.OBSERVER]
    days = Presence.objects.filter(election=election).order_by("day").values_list("day")
    return {
        "number": len(observing),
        "organisations": sorted({r.person.organisation for r in observing} - {""}),
        "present_on": [
            {"day": day.isoformat(), "number": number}
            for day, number in days.annotate(number=Count("pk"))
        ],
        "remarks": row.remarks.count(),
    }


# 6. The decision


def _decision(row: Round, outcome: Outcome) -> dict[str, Any]:
    """What this count decides; what an earlier round decided stands in that round's protocol."""
    decided = decision_of(outcome.sheet, outcome.result)
    witnesses = {
        tuple(tie.order): tie.witness_count
        for tie in TieSettled.objects.filter(round__election=row.election, withdrawn_at=None)
    }
    ties = [{**tie, "witnesses": witnesses.get(tuple(tie["order"]), 0)} for tie in decided["ties"]]
    return {**decided, "ties": ties}


def _person(role: Role, names: Names) -> dict[str, Any]:
    return {
        "number": role.person.number,
        "name": names.people[role.person_id],
        "is_public": role.person.published_by_owner,
    }
