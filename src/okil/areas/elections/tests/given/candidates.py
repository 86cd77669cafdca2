"""Candidates: entered, voted on by the whole commission, handed over, published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import admission, lists
from okil.areas.elections.actions import candidates as actions
from okil.areas.elections.models import Candidate, Closing, Contestant, Election, EmptyPost
from okil.areas.elections.queries import candidates as queries
from okil.areas.elections.queries import lists as known
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voters as roll
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import State

SIGNED_ON = date(2024, 8, 27)
ENTERED_AT = given.moment(8, 28, 7)
VOTED_AT = given.moment(9, 7, 7)
HANDED_OVER_AT = given.moment(9, 9, 6)
REASON = "Условия выполнены."
PROGRAMME = {
    "ru": "Чтобы решения доходили до районов.",
    "kk": "Шешімдер аудандарға жетсін.",
    "en": "Decisions must reach the districts.",
}
OPEN = actions.Consents(shows_name=True, shows_region=True, shows_programme=True)
NOTHING = actions.Consents()


def facts(election: Election, **said: Any) -> actions.CandidateFacts:
    """A whole application, with a name that nobody has twice."""
    usual: dict[str, Any] = {
        "place": queries.places_of(queries.rules_of(election.group))[0],
        "name": bodies.a_name(),
        "region": "KZ-35",
        "organisation": "Ассоциация «Гүлдер»",
        "programme": PROGRAMME,
        "contact": "+7 700 000 00 00",
        "experience": "Пять лет в сообществе.",
        "term_history": "",
        "conflict": "Нет.",
        "consented_on": SIGNED_ON,
        "signed_on": SIGNED_ON,
    }
    return actions.CandidateFacts(**{**usual, **said})


def candidate(
    election: Election,
    *,
    consents: actions.Consents = NOTHING,
    at: datetime = ENTERED_AT,
    **said: Any,
) -> Candidate:
    """One, entered by the organiser; by default nothing of them becomes public."""
    roll.promised(election)
    return actions.enter_candidate(
        election.pk,
        facts=facts(election, **said),
        consents=consents,
        actor=given.organiser_of(election),
        at=at,
    )


def candidates(
    election: Election,
    count: int = 3,
    *,
    places: Sequence[str] = (),
    at: datetime = ENTERED_AT,
) -> list[Candidate]:
    """So many: the first shows everything, the second a pseudonym, the others their number only.

    `places` are given out in turn; without them all stand for the first contest there is.
    """
    said: list[dict[str, Any]] = [
        {"consents": OPEN},
        {"pseudonym": "Аққу"},
        *({} for _each in range(count)),
    ]
    return [
        candidate(election, at=at, **_place(places, number), **said[number])
        for number in range(count)
    ]


def _place(places: Sequence[str], number: int) -> dict[str, Any]:
    return {"place": places[number % len(places)]} if places else {}


def commission_of(election: Election) -> list[User]:
    roles = election.group.roles.filter(role=RoleName.COMMISSIONER, ends_at=None)
    users = [role.person.user for role in roles.order_by("pk")]
    assert all(users)
    return [user for user in users if user]


def voted(
    candidate: Candidate,
    *votes: str,
    reason: str = REASON,
    not_met: Sequence[str] = (),
    at: datetime = VOTED_AT,
) -> None:
    """The members of the commission vote, in the order of their roles; by default all admit."""
    members = commission_of(candidate.election)
    for member, vote in zip(members, votes or ("admit",) * len(members), strict=False):
        admission.vote_on(
            candidate.pk,
            vote=vote,
            not_met=() if vote == "admit" else not_met,
            reason=reason,
            actor=member,
            at=at,
        )


def decided(candidate: Candidate, *votes: str, at: datetime = VOTED_AT) -> Candidate:
    """Voted on by all and concluded; the lists are closed first."""
    roll.closed(candidate.election)
    voted(candidate, *votes, at=at)
    return concluded(candidate, at=at)


def concluded(candidate: Candidate, *, at: datetime = VOTED_AT) -> Candidate:
    return admission.conclude_admission(
        candidate.pk, actor=given.commissioner_of(candidate.election), at=at
    )


def admitted(election: Election, count: int = 3, **said: Any) -> list[Candidate]:
    """So many candidates, all admitted; closes the lists."""
    return [decided(each) for each in candidates(election, count, **said)]


def handed_over(election: Election, *, at: datetime = HANDED_OVER_AT) -> Closing:
    roll.promised(election)
    return lists.hand_over_list(election.pk, actor=given.organiser_of(election), at=at)


def listed(election: Election, count: int = 3, *, voters: int = 12, **said: Any) -> list[Candidate]:
    """An election in registration goes on to its published list: a roll of accepted voters, admitted
    candidates on the ballot paper.
    """
    roll.voters(election, voters)
    admitted(election, count, **said)
    roll.accepted(election)
    posts_explained(election)
    handed_over(election)
    given.moved_to(State.CANDIDATES_PUBLISHED, election)
    row = given.round_of(election)
    if not Contestant.objects.filter(round=row).exists():
        with transaction.atomic():
            lists.publish_list(row, at=given.ENTERED[State.CANDIDATES_PUBLISHED])
    return list(queries.candidates_of(row))


def empty_post(
    election: Election, place: str = "alternate", *, at: datetime = VOTED_AT
) -> EmptyPost:
    """It is recorded why nobody stands, after a meeting; somebody helps without the status."""
    return lists.record_empty_post(
        election.pk,
        place=place,
        reason={"ru": "Никто не решился: боятся огласки."},
        meeting_on=date(2024, 9, 5),
        decision=given.decision(),
        help={"ru": "Прежний член комитета поможет как доброволец."},
        actor=given.organiser_of(election),
        at=at,
    )


def posts_explained(election: Election, *, at: datetime = VOTED_AT) -> None:
    """Every contest without an admitted candidate is explained."""
    row = given.round_of(election)
    places = queries.places_of(queries.rules_of(election.group))
    here = list(row.candidates.all())
    explained = set(row.empty_posts.values_list("place", flat=True))
    for place in set(places) - known.places_admitted(here, places) - explained:
        empty_post(election, place, at=at)


def fulfil_admission_decided(election: Election, *, at: datetime) -> None:
    roll.closed(election, at=at)
    for each in given.round_of(election).candidates.filter(
        outcome="waiting", withdrawn_at=None, is_late=False
    ):
        decided(each, at=at)


def fulfil_posts_covered(election: Election, *, at: datetime) -> None:
    roll.closed(election, at=at)
    posts_explained(election, at=at)


def fulfil_list_handed_over(election: Election, *, at: datetime) -> None:
    fulfil_admission_decided(election, at=at)
    handed_over(election, at=at)
