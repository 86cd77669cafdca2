"""A vote that follows another, on the group's page: that it is one, why, and between whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from okil.areas.elections.actions import stages
from okil.areas.elections.models import Election
from okil.areas.elections.queries.candidates import shown_names
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import count, packages, seats
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.stages import RoundKind, State

pytestmark = pytest.mark.django_db
OPENED_AT = given.moment(9, 16, 10)
MOST_QUERIES = 12


def followed(votes: dict[int, int], *, kind: str = RoundKind.REPEAT_VOTE, **world: Any) -> Election:
    """Counted, and followed by another vote of this kind."""
    election = count.in_counting(**world)
    count.counted(election, votes)
    opened(election, kind)
    return election


def opened(election: Election, kind: str = RoundKind.REPEAT_VOTE) -> None:
    stages.open_round(
        election.pk,
        kind=kind,
        dates=given.ANOTHER_VOTE,
        decision=given.decision(paper=given.PDF),
        actor=given.commissioner_of(election),
        at=OPENED_AT,
    )


def page_of(election: Election) -> Page:
    given.it_is(OPENED_AT + given.HOUR)
    with override("en"):
        url = reverse("group", args=[2024, election.group.slug])
        with CaptureQueriesContext(connection) as asked:
            page = read(Client().get(url))
    assert len(asked) <= MOST_QUERIES
    assert list(page.problems()) == []
    return page


def cards(page: Page) -> int:
    """How many candidates are shown as standing."""
    return len(page.main.classed("three"))


def test_after_a_tie_the_page_says_between_whom_the_group_votes_again() -> None:
    election = followed({1: 2, 2: 5, 3: 5})

    page = page_of(election)

    assert "Repeat vote" in page.text
    assert "Votes were equal, so the group votes again, between: no. 2, Аққу, no. 3." in page.text
    assert cards(page) == 2
    assert "Stood before, and are not voted on now" in page.text


def test_the_name_of_who_is_not_voted_on_stands_there_only_with_consent() -> None:
    election = followed({1: 2, 2: 5, 3: 5})
    name = next(iter(shown_names(election.candidates.filter(number=1)).values()))

    assert f"no. 1, {name}" in page_of(election).text


def test_two_of_two_who_were_equal_vote_after_a_tie_where_a_vote_cannot_be_void() -> None:
    election = followed({1: 6, 2: 6}, candidates=2)

    page = page_of(election)

    assert "Votes were equal" in page.text
    assert "Stood before" not in page.text


def test_where_nobody_had_the_majority_the_page_says_so() -> None:
    rules = {"decision_principle": "absolute_majority", "majority_of": "votes_cast"}
    election = followed({1: 5, 2: 4, 3: 3}, kind=RoundKind.SECOND_ROUND, rules=rules)

    page = page_of(election)

    assert "Nobody had the majority, so the group votes again, between: no. 1" in page.text
    assert cards(page) == 2


def test_where_too_few_voted_all_stand_again_and_no_tie_is_told() -> None:
    election = followed({1: 2, 2: 0, 3: 0}, voted=2, rules={"minimum_turnout_percent": 50})

    page = page_of(election)

    assert "The group votes again. These stand: no. 1" in page.text
    assert cards(page) == 3


def test_after_an_annulled_vote_no_tie_is_told() -> None:
    election = count.in_counting()
    given.annulled(election, at=OPENED_AT)
    opened(election)

    assert "The group votes again. These stand: no. 1" in page_of(election).text


def test_after_somebody_elected_has_gone_no_tie_is_told() -> None:
    election = seats.published(packages.signed(rules={"replacement": "repeat_vote"}))
    seats.departed(election, 3)
    opened(election)

    assert "The group votes again. These stand: no. 1" in page_of(election).text


def test_a_first_vote_says_nothing_of_the_kind() -> None:
    page = page_of(given.moved_to(State.COUNTING, count.in_counting()))

    assert "votes again" not in page.text
    assert cards(page) == 3
