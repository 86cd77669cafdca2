"""Results that everybody may see: what the signed protocol says.

Numbers are those of the protocol's public facts: the page shows what was signed. Names are shown as long
as their owners let them stand.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from okil.areas.bodies.models import Membership
from okil.areas.elections.models import (
    Candidate,
    Departure,
    Election,
    Move,
    Package,
    Protocol,
    Round,
    Seating,
    Signature,
)
from okil.areas.elections.queries.ballots import Numbers, each_in_numbers
from okil.areas.elections.queries.count import outcome_of
from okil.areas.elections.queries.days import calendar_from, rests_of
from okil.areas.elections.queries.protocols import PUBLIC_FROM
from okil.areas.elections.queries.seats import (
    Count,
    Taken,
    count_of,
    taken_after,
)
from okil.areas.elections.queries.voters import registration_round
from okil.foundation import documents
from okil.pure.packages.sheets import count_as_held, read_sheet
from okil.pure.rules import signing
from okil.pure.rules.count_sheet import CountSheet, Finding
from okil.pure.rules.counting import Result
from okil.pure.rules.plan import IsWorkingDay
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.signing import COMMISSIONER, ORGANISER, Signed
from okil.pure.rules.stages import VOTED_ON_AGAIN, State

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Published:
    """The result of a round whose results are public. Without `facts` no signed protocol is kept."""

    numbers: Numbers
    published_at: datetime | None
    protocol: Protocol | None = None
    facts: Json | None = None
    signatures: tuple[Signature, ...] = ()
    is_being_corrected: bool = False
    package: Package | None = None

    @property
    def round(self) -> Round:
        return self.numbers.round

    @property
    def rules(self) -> Regulation:
        return self.numbers.rules

    @property
    def is_seated(self) -> bool:
        """Have the elected taken their places?"""
        known: Any = self.round
        return bool(known.is_seated)

    @property
    def calendar(self) -> IsWorkingDay:
        """On which days a term to complain runs."""
        known: Any = self.round
        return calendar_from(known.rests)

    @property
    def has_departures(self) -> bool:
        return self.numbers.has_departures

    @property
    def election(self) -> Election:
        return self.round.election

    @cached_property
    def sheet(self) -> CountSheet | None:
        return read_sheet(self.facts["count"], self.round.kind) if self.facts else None

    @cached_property
    def result(self) -> Result:
        assert self.sheet is not None
        return count_as_held(self.sheet, self.rules.single_candidate)

    @cached_property
    def count(self) -> Count | None:
        """By the facts alone; of a later round, together with the round before."""
        if self.facts is None or self.sheet is None:
            return None
        if self.round.kind in VOTED_ON_AGAIN:
            outcome = outcome_of(self.round, self.numbers)
            return count_of(outcome) if outcome else None
        decision = self.facts["decision"]
        vacant: dict[str, int] = defaultdict(int)
        for each in decision["vacant"]:
            vacant[each["place"]] += each["seats"]
        return Count(
            self.sheet,
            self.result,
            tuple(decision["members"]),
            tuple(decision["alternates"]),
            vacant,
            decision["decided"],
        )

    def taken(self, departures: Sequence[Departure], called: Mapping[int, Called]) -> Taken | None:
        if self.count is None:
            return None
        elsewhere = {number for number, each in called.items() if each.is_elsewhere}
        elsewhere = elsewhere if departures else set()
        return taken_after(self.count, departures, mode=self.rules.replacement, elsewhere=elsewhere)


def newest_rounds(asked: Q) -> tuple[list[Election], list[Numbers]]:
    """The elections asked for, and of each the newest round whose results are public, if there is one."""
    moved = Move.objects.filter(round=OuterRef("pk"), to_state=State.PUBLISHED).values("at")
    rounds = Round.objects.filter(asked).annotate(
        published_at=Subquery(moved[:1]),
        is_seated=Exists(Seating.objects.filter(round=OuterRef("pk"))),
        rests=rests_of("election__cycle__body"),
    )
    elections: dict[int, Election] = {}
    newest: dict[int, Numbers] = {}
    for numbers in each_in_numbers(rounds):
        row = numbers.round
        elections[row.election_id] = row.election
        if row.state in PUBLIC_FROM and row.annulled_at is None:
            newest[row.election_id] = numbers
    return list(elections.values()), list(newest.values())


def published_among(found_in: Sequence[Numbers], *, packages: bool = True) -> list[Published]:
    """Rounds as `newest_rounds` gives them, each with the version of its protocol that stands."""
    rounds = [numbers.round for numbers in found_in]
    versions = Protocol.objects.filter(round__in=rounds).select_related("issued")
    found = list(
        versions.defer("issued__internal_facts", "issued__salt").order_by("round_id", "-version")
    )
    opened = documents.open_published_facts([each.issued for each in found])
    signatures = _signatures(found)
    made = _packages(rounds) if packages else {}
    by_round: dict[int, list[Protocol]] = defaultdict(list)
    for each in found:
        by_round[each.round_id].append(each)
    results = []
    for numbers in found_in:
        row: Any = numbers.round  # with what newest_rounds asked together with it
        result = Published(numbers, row.published_at, package=made.get(row.pk))
        for protocol in by_round[row.pk]:
            facts = json.loads(opened[protocol.issued_id])
            if _is_complete(protocol, facts, signatures[protocol.pk]):
                result = Published(
                    numbers,
                    row.published_at,
                    protocol,
                    facts,
                    tuple(signatures[protocol.pk]),
                    protocol != by_round[row.pk][0],
                    made.get(row.pk),
                )
                break
        results.append(result)
    return results


def _signatures(protocols: Collection[Protocol]) -> dict[int, list[Signature]]:
    signatures: dict[int, list[Signature]] = defaultdict(list)
    found = Signature.objects.filter(protocol__in=protocols).defer("note", "paper")
    for each in found.select_related("role__person").order_by("signed_at", "pk"):
        signatures[each.protocol_id].append(each)
    return signatures


def _is_complete(protocol: Protocol, facts: Json, signatures: Sequence[Signature]) -> bool:
    """Has everybody signed whom the facts name?"""
    required = [(COMMISSIONER, each["number"]) for each in facts["commission"]]
    signed = [
        Signed(each.role.role, each.role.person.number, each.kind, each.signed_at)
        for each in signatures
    ]
    return (
        bool(signed)
        and signing.standing(
            [*required, (ORGANISER, facts["organiser"]["number"])],
            signed,
            drawn_up_at=protocol.drawn_up_at,
            at=max(each.at for each in signed),
        ).complete
    )


def _packages(rounds: Collection[Round]) -> dict[int, Package]:
    """Of each round the newest that the Secretariat found complete."""
    found = Package.objects.filter(round__in=rounds, check_made__is_complete=True)
    return {each.round_id: each for each in found.defer("content").order_by("version")}


def published_of(election: Q) -> tuple[Election | None, Published | None]:
    elections, rounds = newest_rounds(election)
    found = published_among(rounds)
    return (elections[0] if elections else None), (found[0] if found else None)


# Who is called how


@dataclass(frozen=True)
class Called:
    """How a candidate may be called before everybody."""

    number: int
    name: str
    pseudonym: str
    is_elsewhere: bool  # has taken a place of another group for the new term

    @property
    def shown(self) -> str:
        return self.name or self.pseudonym


def called_in(results: Sequence[Published]) -> dict[int, dict[int, Called]]:
    """By round, then by number. A name stands in the signed facts; a consent taken back since then
    takes it away here at once."""
    asked = {
        result.round.pk: registration_round(result.round) for result in results if result.facts
    }
    living: dict[int, dict[int, Any]] = defaultdict(dict)
    listed = Candidate.objects.filter(round__in=asked.values()).only(
        "number", "round_id", "shows_name", "pseudonym", "listed_at"
    )
    elsewhere = Membership.objects.filter(
        person=OuterRef("person"),
        begins_on__gte=OuterRef("election__cycle__term_begins_on"),
        ends_on=None,
    ).exclude(seat__group=OuterRef("election__group"))
    for each in listed.annotate(is_elsewhere=Exists(elsewhere)):
        living[each.round_id][each.number] = each
    called: dict[int, dict[int, Called]] = {}
    for result in results:
        if result.facts is None:
            continue
        here = living[asked[result.round.pk].pk]
        called[result.round.pk] = {
            each["number"]: _called(each, here[each["number"]])
            for each in result.facts["candidates"]
        }
    return called


def _called(fact: Json, candidate: Any) -> Called:
    name = fact["name"] if candidate.published_by_owner else ""
    return Called(fact["number"], name, candidate.pseudonym, candidate.is_elsewhere)


# In words: the same steps, each candidate called as everybody may call them


def step_called(step: Finding, called: Mapping[str, str]) -> Finding:
    """A step of the count or of a replacement with words for numbers."""
    facts = dict(step.facts)
    if "name" in facts:
        facts["name"] = called.get(facts["name"], facts["name"])
    if "names" in facts:
        facts["names"] = tuple(called.get(name, name) for name in facts["names"])
    if isinstance(facts.get("votes"), tuple):
        # A number as name and the number of votes beside it would be read as one.
        facts["votes"] = tuple((f"{called.get(name, name)}:", n) for name, n in facts["votes"])
    return Finding(step.code, facts)
