"""What a notice tells, gathered at one moment: numbers, dates, codes, texts in all languages.

Never a name, not even one its owner shows: a text that was sent cannot be called back, and a consent
can. Names stand on the pages the notices lead to, as long as their owners let them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.queries import in_kazakh_order
from okil.areas.elections.models import Assembly, Candidate, Cycle, Election, Notice, Round
from okil.areas.elections.queries import count as counts
from okil.areas.elections.queries import seats
from okil.areas.elections.queries.ballots import in_numbers
from okil.areas.elections.queries.candidates import contestants_of, rules_of
from okil.areas.elections.queries.notices import closing_of
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage

Facts = dict[str, Any]
Kind = Notice.Kind


def announcement_facts(cycle: Cycle) -> Facts:
    """The cycle's common dates, its groups by the names they chose, its term."""
    groups = [
        {"name": dict(election.group.public_name), "seats": places, "slug": election.group.slug}
        for election in cycle.elections.select_related("group").prefetch_related("group__seats")
        if (places := sum(seat.until_on is None for seat in election.group.seats.all()))
    ]
    return {
        **_of_cycle(cycle),
        "kind": str(Kind.ANNOUNCEMENT),
        "term": {
            "begins_on": cycle.term_begins_on.isoformat(),
            "ends_on": cycle.term_ends_on.isoformat(),
        },
        "stages": [
            {"stage": row.stage, "begins_at": _iso(row.begins_at), "ends_at": _iso(row.ends_at)}
            for row in cycle.common_stages.all()
        ],
        "groups": sorted(groups, key=lambda each: in_kazakh_order(_kazakh(each["name"]))),
    }


def notice_facts(
    kind: str, election: Election, row: Round, rules: Regulation | None = None
) -> Facts:
    """What a notice of this kind tells of a round; `rules` if they were read already."""
    rules = rules or rules_of(election.group)
    return {
        **_of_cycle(election.cycle),
        "kind": str(kind),
        "group": dict(election.group.public_name),
        "slug": election.group.slug,
        "round": {"number": row.number, "kind": row.kind},
        "commission_name": dict(election.commission_name),
        "contest_model": rules.contest_model or "",
        "voter_kind": rules.voter_kind or "",
        "dates": _dates(row),
        **MORE[kind](election, row, rules),
    }


def _of_cycle(cycle: Cycle) -> Facts:
    return {
        "format": "okil-notice/1",
        "body": dict(cycle.body.name),
        "year": cycle.year,
        "zone": cycle.body.time_zone,
        "term_years": cycle.body.term_years,
        "terms_in_a_row": cycle.body.terms_in_a_row,
    }


def _kazakh(name: Mapping[str, str]) -> str:
    return name.get("kk") or next(iter(name.values()), "")


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _dates(row: Round) -> Facts:
    """Begin and end of each stage of the round, by the stage's name in code."""
    return {
        Stage(dated.stage).name.lower(): {
            "begins_at": _iso(dated.begins_at),
            "ends_at": _iso(dated.ends_at),
        }
        for dated in row.dates.all()
    }


def _organiser(election: Election) -> Facts | None:
    role = (
        election.group.roles.filter(role=RoleName.ORGANISER, ends_at=None)
        .select_related("person")
        .first()
    )
    if role is None:
        return None
    return {"number": role.person.number, "organisation": role.person.organisation}


def _of_commission(election: Election, row: Round, rules: Regulation) -> Facts:
    return {"size": rules.commission_size or 0, "organiser": _organiser(election)}


def _of_registration(election: Election, row: Round, rules: Regulation) -> Facts:
    return {"organiser": _organiser(election)}


def _of_closing(election: Election, row: Round, rules: Regulation) -> Facts:
    closing = closing_of(row)
    if closing is None:
        return {"closing": None}
    return {
        "closing": {
            "closed_at": closing.closed_at.isoformat(),
            "voters": closing.voters,
            "candidates": closing.candidates,
        }
    }


def _of_candidates(election: Election, row: Round, rules: Regulation) -> Facts:
    return {
        "candidates": [
            {**_called(each.candidate), "place": each.place} for each in contestants_of(row)
        ]
    }


def _called(candidate: Candidate) -> Facts:
    return {"number": candidate.number, "pseudonym": candidate.pseudonym}


def _of_assembly(election: Election, row: Round, rules: Regulation) -> Facts:
    assembly = Assembly.objects.filter(round=row).first()
    if assembly is None:
        return {"assembly": None}
    return {
        "assembly": {
            "begins_at": assembly.begins_at.isoformat(),
            "place": dict(assembly.place),
            "agenda": assembly.agenda,
        }
    }


def _of_results(election: Election, row: Round, rules: Regulation) -> Facts:
    """What the agreed count came to, and who takes the places now that somebody may have declined."""
    numbers = in_numbers(row)
    outcome = counts.outcome_of(row, numbers)
    if outcome is None:
        return {"result": None}
    taken = seats.taken_in(row, rules, numbers) or seats.Taken()
    called = {number: _called(each) for number, each in numbers.stood.items()}
    votes = [
        {**called[int(number)], "votes": votes}
        for contest in outcome.own.contests
        for number, votes in (contest.votes or {}).items()
        if number.isdigit()
    ]
    return {
        "result": {
            "registered": outcome.own.registered,
            "voted": outcome.own.voted,
            "elected": {
                position: [called[number] for number in taken.of(position)]
                for position in seats.POSITIONS
            },
            "vacant": [each for each in seats.POSITIONS if taken.vacant.get(each)],
            "open": [each for each in seats.POSITIONS if taken.open.get(each)],
            "votes": sorted(votes, key=lambda each: (-each["votes"], each["number"])),
            "complaint_days": rules.complaint_days or 0,
        }
    }


MORE: Mapping[str, Callable[[Election, Round, Regulation], Facts]] = {
    Kind.COMMISSION_FORMING: _of_commission,
    Kind.REGISTRATION_OPENS: _of_registration,
    Kind.REGISTRATION_CLOSED: _of_closing,
    Kind.CANDIDATES: _of_candidates,
    Kind.ASSEMBLY: _of_assembly,
    Kind.RESULTS: _of_results,
}
