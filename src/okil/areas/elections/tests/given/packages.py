"""Packages made by the organiser, handed over, checked by the Secretariat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from okil.areas.elections.actions import packages, stages
from okil.areas.elections.models import Election, Package, PackageCheck, Round
from okil.areas.elections.queries import packages as queries
from okil.areas.elections.queries.protocols import newest as newest_protocol
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import assembly, ballots, count, officers, protocols
from okil.pure.rules.stages import RoundKind, State

MADE_AT = given.moment(9, 15, 10)
CHECKED_AT = given.moment(9, 17, 10)
VOTES = {1: 2, 2: 3, 3: 6}
MISSING = {
    "ru": "Нет подписи на заявке.",
    "kk": "Өтінімде қол жоқ.",
    "en": "A signature is missing.",
}


def signed(
    votes: Mapping[Any, Any] | None = None,
    *,
    blank: int = 1,
    rules: Mapping[str, Any] | None = None,
    **world: Any,
) -> Election:
    """An election with its results signed by everybody; candidate 3 is member, 2 alternate."""
    election = count.in_counting(rules=rules, **world)
    count.counted(election, VOTES if votes is None else votes, blank=blank)
    protocols.signed(election)
    return given.moved_to(State.RESULTS, election)


OPENED_AT = given.moment(9, 16, 10)
PREPARED_AT = given.moment(9, 27, 10)
VOTING_AT = given.moment(9, 28, 5)
OVER_AT = given.moment(9, 29, 14)
COUNTED_AGAIN_AT = given.moment(9, 29, 15)


def voted_again(election: Election, kind: str = RoundKind.REPEAT_VOTE, *, voted: int) -> Round:
    """A round that follows, with all its acts, up to where its papers are counted."""
    row = stages.open_round(
        election.pk,
        kind=kind,
        dates=given.ANOTHER_VOTE,
        decision=given.decision(paper=given.PDF),
        actor=given.commissioner_of(election),
        at=OPENED_AT,
    )
    assembly.planned(election, begins_at=given.moment(9, 28, 9), at=PREPARED_AT)
    ballots.ballots_ready(election, at=PREPARED_AT)
    _moved(election, State.VOTING, at=VOTING_AT)
    ballots.papers_given(election, voted, at=VOTING_AT)
    _moved(election, State.COUNTING, at=OVER_AT)
    return row


def _moved(election: Election, to: State, *, at: datetime) -> None:
    given.all_fulfilled(election, at=at)
    stages.move_on(election.pk, to=to, actor=given.mover_of(election), at=at)


def built(election: Election, *, at: datetime = MADE_AT) -> Package:
    """The next version, by the organiser."""
    officers.all_signed(election, at=at)
    newest = queries.newest(given.round_of(election))
    return packages.build_package(
        election.pk,
        seen_version=newest.version if newest else 0,
        actor=given.organiser_of(election),
        at=at,
    )


def checked(
    election: Election, *, missing: Mapping[str, str] | None = None, at: datetime = CHECKED_AT
) -> PackageCheck:
    """The newest version, by the Secretariat: complete, or with what is missing."""
    newest = queries.newest(given.round_of(election))
    assert newest is not None
    return packages.check_package(
        election.pk,
        version=newest.version,
        missing=dict(missing or {}),
        actor=given.secretariat(),
        at=at,
    )


def submitted(election: Election | None = None) -> Election:
    """Signed, made, handed over; as the lead's move does it."""
    election = election or signed()
    package_built(election)
    return given.moved_to(State.SUBMITTED, election)


def package_built(election: Election, *, at: datetime = MADE_AT) -> Package:
    """A version made of the newest protocol, if there is none yet."""
    row = given.round_of(election)
    newest = queries.newest(row)
    if newest is None or newest.protocol != newest_protocol(row):
        return built(election, at=at)
    return newest


def package_checked(election: Election, *, at: datetime = CHECKED_AT) -> None:
    newest = queries.newest(given.round_of(election))
    if newest is None or queries.check_of(newest) is None:
        checked(election, at=at)


def fulfil_package_complete(election: Election, *, at: datetime) -> None:
    package_built(election, at=at)


def fulfil_package_checked(election: Election, *, at: datetime) -> None:
    package_checked(election, at=at)
