"""The runs that look for one person in two groups: by the Secretariat, with the key of somebody who keeps
it outside the server, once in memory, counted, and nothing kept but the pairs that are found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Person, RoleName
from okil.areas.elections.models import (
    Crossing,
    CrossingSide,
    Cycle,
    Election,
    MatchingKey,
    MatchingRun,
    Round,
)
from okil.areas.elections.queries import several_roles as known
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules import matching
from okil.pure.rules.matching import Found, Holder
from okil.pure.rules.several_roles import Capacity

AT_ONCE = 500  # in one query


@transaction.atomic
def enter_matching_key(
    cycle_id: int,
    *,
    fingerprint: str,
    holder: int,
    decision: DecisionFacts,
    actor: User,
    at: datetime,
) -> MatchingKey:
    """Whom the groups' decision names, by the person's number, and what the key of that person is known
    by. Not somebody of the Secretariat: the run needs two.

    Raises Refused: not-allowed, matching-key-there, fingerprint-unreadable, fingerprint-known,
    person-unknown, holder-of-the-secretariat, decision-in-the-future.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "change", "matching", body=cycle.body)
    if known.living_key(cycle) is not None:
        raise Refused("matching-key-there")
    plain = matching.read_fingerprint(fingerprint)
    if not plain:
        raise Refused("fingerprint-unreadable")
    if MatchingKey.objects.filter(fingerprint=plain).exists():
        raise Refused("fingerprint-known")
    key = MatchingKey.objects.create(
        cycle=cycle,
        fingerprint=plain,
        holder=_holder(cycle, holder),
        decision=write_decision(cycle.body, decision, at=at),
        entered_at=at,
    )
    record(
        "matching.key_entered",
        actor=acting,
        subject=key,
        at=at,
        chapter=cycle.chapter,
        after={"holder": holder, "fingerprint": plain},
    )
    return key


def _holder(cycle: Cycle, number: int) -> Person:
    person = cycle.body.people.filter(number=number).first()
    if person is None:
        raise Refused("person-unknown", number=number)
    if person.roles.filter(role=RoleName.SECRETARIAT, ends_at=None).exists():
        raise Refused("holder-of-the-secretariat")
    return person


@transaction.atomic
def end_matching_key(cycle_id: int, *, actor: User, at: datetime) -> MatchingKey:
    """Its holder says that it is destroyed; it runs no more.

    Raises Refused: not-allowed, matching-key-missing.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "change", "matching", body=cycle.body)
    key = known.living_key(cycle)
    if key is None:
        raise Refused("matching-key-missing")
    key.destroyed_at = at
    key.save(update_fields=["destroyed_at"])
    record(
        "matching.key_destroyed",
        actor=acting,
        subject=key,
        at=at,
        chapter=cycle.chapter,
        after={"fingerprint": key.fingerprint},
    )
    return key


@sensitive_variables()
@transaction.atomic
def run_matching(cycle_id: int, *, key_file: bytes, actor: User, at: datetime) -> MatchingRun:
    """Everybody on the closed lists and in force, compared. The openings are rows in each election's
    chapter; the cycle's chapter counts the run and does not say what it found.

    Raises Refused: not-allowed, matching-key-missing, matching-key-unreadable, matching-key-wrong,
    holder-of-the-secretariat, nothing-to-compare, vault-key-destroyed.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "change", "matching", body=cycle.body)
    entered = known.living_key(cycle)
    if entered is None:
        raise Refused("matching-key-missing")
    key = matching.read_key(key_file)
    if matching.fingerprint_of(key) != entered.fingerprint:
        raise Refused("matching-key-wrong")
    _holder(cycle, entered.holder.number)  # who joined the Secretariat since holds it no more
    rounds = known.comparable_rounds(cycle)
    if len(rounds) < 2:
        raise Refused("nothing-to-compare")
    holders, counts = _opened(rounds, key, acting, at=at)
    fresh = _not_known(matching.crossings(holders))
    run = MatchingRun.objects.create(
        cycle=cycle,
        key=entered,
        number=cycle.matching_runs.count() + 1,
        run_at=at,
        groups=len(rounds),
        compared=len(holders),
        found=dict(Counter(each.situation for each in fresh)),
    )
    _keep(run, fresh, rounds)
    _tell(run, rounds, counts, acting, at=at)
    return run


Counts = dict[int, dict[str, int]]  # by election: voters, candidates, officers


@sensitive_variables()
def _opened(
    rounds: Sequence[Round], key: bytes, acting: Actor, *, at: datetime
) -> tuple[list[Holder], Counts]:
    """Of each role the marks, and how many were looked at; what was opened ends with this call."""
    officers = list(_officers(rounds, key))
    holders, counts = list(officers), Counts()
    for row in rounds:
        voters = list(_voters(row, key, acting, at=at))
        candidates = list(_candidates(row, key, acting, at=at))
        holders += voters + candidates
        counts[row.election_id] = {
            "voters": len(voters),
            "candidates": len(candidates),
            "officers": sum(each.group == row.election.group_id for each in officers),
        }
    return holders, counts


@sensitive_variables()
def _voters(row: Round, key: bytes, acting: Actor, *, at: datetime) -> Iterator[Holder]:
    rows = list(known.voters_to_compare(row))
    opened = vault.open(
        rows, "roll", actor=acting, at=at, chapter=row.election.chapter, only=("name", "contact")
    )
    for voter in rows:
        said = opened[voter.pk]
        found = matching.identifiers(
            contact=said["contact"] or "",
            name=said["name"] or "",
            organisation_number=voter.organisation_number,
        )
        yield _holder_of(Capacity.VOTER, voter.pk, row, _marks(key, found))


@sensitive_variables()
def _candidates(row: Round, key: bytes, acting: Actor, *, at: datetime) -> Iterator[Holder]:
    rows = list(known.candidates_to_compare(row))
    opened = vault.open(
        rows, "candidates", actor=acting, at=at, chapter=row.election.chapter, only=("contact",)
    )
    for candidate in rows:
        found = matching.identifiers(contact=opened[candidate.pk]["contact"] or "")
        yield _holder_of(Capacity.CANDIDATE, candidate.pk, row, _marks(key, found))


@sensitive_variables()
def _officers(rounds: Sequence[Round], key: bytes) -> Iterator[Holder]:
    of_group = {row.election.group_id: row for row in rounds}
    for role in known.officers_to_compare(rounds):
        assert role.person.user is not None
        assert role.group_id is not None
        found = matching.identifiers(contact=role.person.user.email)
        yield _holder_of(Capacity(role.role), role.pk, of_group[role.group_id], _marks(key, found))


def _holder_of(capacity: Capacity, pk: int, row: Round, marks: frozenset[bytes]) -> Holder:
    return Holder(f"{capacity}:{pk}", capacity, row.election.group_id, marks)


@sensitive_variables()
def _marks(key: bytes, found: Iterable[tuple[str, str]]) -> frozenset[bytes]:
    return frozenset(matching.mark(key, kind, plain) for kind, plain in found)


def _not_known(found: Sequence[Found]) -> list[Found]:
    known_pairs: set[str] = set()
    for first in range(0, len(found), AT_ONCE):
        some = [each.pair for each in found[first : first + AT_ONCE]]
        known_pairs |= set(Crossing.objects.filter(pair__in=some).values_list("pair", flat=True))
    return [each for each in found if each.pair not in known_pairs]


COLUMNS = {Capacity.VOTER: "voter_id", Capacity.CANDIDATE: "candidate_id"}


def _keep(run: MatchingRun, found: Sequence[Found], rounds: Sequence[Round]) -> None:
    elections = {row.election.group_id: row.election for row in rounds}
    kept = Crossing.objects.bulk_create(
        Crossing(run=run, situation=each.situation, pair=each.pair) for each in found
    )
    CrossingSide.objects.bulk_create(
        CrossingSide(crossing=crossing, **_side(holder, elections))
        for crossing, each in zip(kept, found, strict=True)
        for holder in (each.one, each.other)
    )


def _side(holder: Holder, elections: dict[int, Election]) -> dict[str, Any]:
    capacity, pk = holder.label.split(":")
    column = COLUMNS.get(Capacity(capacity), "role_id")
    return {"election": elections[holder.group], column: int(pk)}


def _tell(
    run: MatchingRun, rounds: Sequence[Round], counts: Counts, acting: Actor, *, at: datetime
) -> None:
    for row in rounds:
        record(
            "matching.compared",
            actor=acting,
            subject=row,
            at=at,
            chapter=row.election.chapter,
            after={"run": run.number, **counts[row.election_id]},
        )
    record(
        "matching.run",
        actor=acting,
        subject=run,
        at=at,
        chapter=run.cycle.chapter,
        after={"number": run.number, "groups": run.groups, "compared": run.compared},
    )
