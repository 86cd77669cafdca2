"""Who stands in a round that follows another one."""

from __future__ import annotations

import pytest

from okil.areas.elections import queries
from okil.areas.elections.actions import candidates, stages
from okil.areas.elections.models import Election, Round
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import count
from okil.pure.rules.stages import RoundKind, State

pytestmark = pytest.mark.django_db

LATER = given.moment(9, 16, 10)


def standing(row: Round) -> list[tuple[int, str, int | None]]:
    """Number, place, and position on the paper."""
    return [(each.candidate.number, each.place, each.position) for each in row.contestants.all()]


def following(election: Election, kind: str = RoundKind.REPEAT_VOTE) -> Round:
    return stages.open_round(
        election.pk,
        kind=kind,
        dates=given.ANOTHER_VOTE,
        decision=given.decision(paper=given.PDF),
        actor=given.commissioner_of(election),
        at=LATER,
    )


def test_a_repeat_vote_is_between_those_who_were_equal_and_their_order_is_drawn_anew() -> None:
    election = count.in_counting(candidates=3)
    count.counted(election, {1: 5, 2: 5, 3: 2})

    assert standing(following(election)) == [(1, "both", None), (2, "both", None)]


def test_a_second_round_is_between_the_strongest() -> None:
    rules = {"decision_principle": "absolute_majority", "majority_of": "votes_cast"}
    election = count.in_counting(candidates=4, rules=rules)
    count.counted(election, {1: 1, 2: 5, 3: 4, 4: 2})

    row = following(election, RoundKind.SECOND_ROUND)

    assert [number for number, _place, _position in standing(row)] == [2, 3]


def test_after_an_annulled_vote_all_stand_again_who_have_not_withdrawn() -> None:
    election = count.in_counting(candidates=3)
    given.annulled(election, at=LATER)

    assert [number for number, _place, _position in standing(following(election))] == [1, 2, 3]


def test_who_withdrew_stands_in_no_further_round() -> None:
    election = count.in_counting(candidates=3)
    first = queries.candidates_of(given.round_of(election)).get(number=1)
    given.annulled(election, at=LATER)
    following(election)
    candidates.withdraw_candidate(first.pk, actor=given.organiser_of(election), at=LATER)
    given.annulled(election, at=LATER)

    assert [number for number, _place, _position in standing(following(election))] == [2, 3]


def test_a_round_from_the_beginning_has_nobody_yet() -> None:
    election = given.election(State.REGISTRATION)
    given.annulled(election, at=LATER)

    row = stages.open_round(
        election.pk,
        kind=RoundKind.FIRST,
        dates=given.DATES,
        decision=given.decision(paper=given.PDF),
        actor=given.commissioner_of(election),
        at=LATER,
    )

    assert standing(row) == []
    assert queries.registration_round(row) == row
