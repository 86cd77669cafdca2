"""A place falls vacant during the term: the Secretariat opens the chain anew for one group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from okil.areas.bodies.models import Decision, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries
from okil.areas.elections.actions import by_elections, cycles, stages
from okil.areas.elections.models import Election, Round
from okil.areas.elections.queries.by_elections import places_contested, seats_contested
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import by_elections as vacated
from okil.areas.elections.tests.test_at_once import DONE, colleagues, meeting
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RoundKind, Stage, State

pytestmark = pytest.mark.django_db
BOTH_VACANT = {"member": 1, "alternate": 1}


def opening(election: Election, actor: User | None = None, **facts: Any) -> Callable[[], Round]:
    given_facts: dict[str, Any] = {
        "dates": vacated.DATES,
        "decision": given.decision(),
        "actor": actor or given.secretariat(),
        "at": vacated.AT,
        **facts,
    }
    return lambda: by_elections.open_by_election(election.pk, **given_facts)


def refusal_of(election: Election, actor: User | None = None, **facts: Any) -> str:
    """The code of the refusal; nothing at all was written."""
    act = opening(election, actor, **facts)
    before = Round.objects.count(), Decision.objects.count(), length_and_last_hash()
    with pytest.raises(Refused) as refusal:
        act()
    assert (Round.objects.count(), Decision.objects.count(), length_and_last_hash()) == before
    return refusal.value.code


def with_vacancy(rules: dict[str, Any] | None = None) -> Election:
    """The member left, there is an alternate."""
    election = vacated.concluded(rules={**given.RULES, **(rules or {})})
    vacated.alternate_joined(election)
    vacated.left(election)
    return election


# Opening


def test_a_by_election_begins_with_its_preparation_and_has_its_own_dates() -> None:
    election = with_vacancy()

    row = vacated.opened(election)

    assert (row.number, row.kind, row.state) == (2, "by_election", "preparation")
    assert row.has_own_dates
    assert {d.stage: (d.begins_at, d.ends_at) for d in row.dates.all()} == vacated.DATES
    assert row.opened_by is not None
    assert row.opened_by.group == election.group
    entry = history_of(row).get()
    assert (entry.event, entry.role, entry.chapter) == (
        "round.opened",
        "secretariat",
        election.chapter,
    )
    assert entry.after == {"round": 2, "kind": "by_election", "member": 1, "alternate": 0}


def test_only_the_secretariat_opens_it() -> None:
    election = with_vacancy()

    for role in (RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER):
        assert refusal_of(election, given.officer_of(role, election)) == "not-allowed"


@pytest.mark.parametrize("state", [State.PREPARATION, State.VOTING, State.PUBLISHED])
def test_it_begins_only_after_a_concluded_election(state: State) -> None:
    assert refusal_of(given.election(state)) == "not-concluded-yet"


def test_it_is_opened_once() -> None:
    election = with_vacancy()
    vacated.opened(election)

    assert refusal_of(election) == "not-concluded-yet"


@pytest.mark.django_db(transaction=True)
def test_two_people_of_the_secretariat_open_one() -> None:
    election = with_vacancy()
    one, other = colleagues()

    assert meeting(opening(election, one), opening(election, other)) == (DONE, "not-concluded-yet")
    assert Round.objects.count() == 2


def test_where_no_place_is_vacant_there_is_nothing_to_elect() -> None:
    election = vacated.concluded()
    vacated.alternate_joined(election)

    assert refusal_of(election) == "nothing-vacant"


def test_a_place_that_is_vacant_in_the_term_before_is_not_vacant_in_this_one() -> None:
    election = vacated.concluded()
    vacated.alternate_joined(election)

    # The new term begins on 1 November; nobody held the place in October.
    october = datetime(2024, 10, 1, 6, 0, tzinfo=UTC)
    assert refusal_of(election, at=october) == "nothing-vacant"


def test_it_must_end_before_the_term_does() -> None:
    election = with_vacancy()
    too_late = {stage: (None, datetime(2027, 11, 1, tzinfo=UTC)) for stage in Stage}

    assert refusal_of(election, dates=too_late) == "after-the-term"


def test_stages_follow_each_other() -> None:
    election = with_vacancy()
    dates = {**vacated.DATES, Stage.RESULTS: (None, vacated.moment(3, 1, 13))}

    assert refusal_of(election, dates=dates) == "stages-out-of-order"


def test_a_group_with_a_later_cycle_elects_there() -> None:
    election = with_vacancy()
    cycles.open_cycle(
        body=election.cycle.body,
        year=2027,
        term_begins_on=date(2027, 11, 1),
        term_ends_on=date(2030, 10, 31),
        groups=[election.group],
        actor=given.secretariat(),
        at=vacated.AT,
    )

    assert refusal_of(election) == "newer-cycle"


# What the regulation says


@pytest.mark.parametrize("midterm", ["by_election", "other", None])
def test_the_decision_stands_in_where_the_regulation_is_silent(midterm: str | None) -> None:
    election = with_vacancy({"midterm": midterm})

    assert vacated.opened(election).kind == RoundKind.BY_ELECTION


def test_where_the_alternate_takes_over_nobody_is_elected_anew() -> None:
    election = with_vacancy({"midterm": "alternate_until_the_end"})

    assert refusal_of(election) == "alternate-takes-over"


def test_where_there_is_no_alternate_either_somebody_is() -> None:
    election = vacated.concluded(rules={**given.RULES, "midterm": "alternate_until_the_end"})
    vacated.left(election)

    row = vacated.opened(election)

    entry = history_of(row).get()
    assert entry.after == {"round": 2, "kind": "by_election", **BOTH_VACANT}


# What is contested


def test_a_usual_election_contests_all_places_of_the_group() -> None:
    assert seats_contested(given.round_of(given.election())) == {"both": 1}


def test_only_the_vacant_place_is_contested() -> None:
    election = vacated.by_election()

    assert seats_contested(given.round_of(election)) == {"member": 1}
    assert places_contested(given.round_of(election)) == ("member",)


def test_what_is_contested_does_not_change_when_the_place_is_taken() -> None:
    election = vacated.by_election()
    bodies.membership(
        bodies.first_seat(election.group), begins_on=date(2025, 4, 20), elected_in="2024"
    )

    assert places_contested(given.round_of(election)) == ("member",)


@pytest.mark.parametrize(
    ("model", "places"),
    [
        ("single_contest_runner_up_alternate", {"both": 1}),
        ("two_parallel_contests", {"member": 1, "alternate": 1}),
    ],
)
def test_two_vacant_places_are_contested_as_the_regulation_says(
    model: str, places: dict[str, int]
) -> None:
    election = vacated.concluded(rules={**given.RULES, "contest_model": model})
    vacated.left(election)
    vacated.opened(election)

    assert seats_contested(given.round_of(election)) == places


def test_a_by_election_annulled_early_begins_from_the_beginning_for_the_same_place() -> None:
    election = vacated.by_election()
    given.annulled(election, at=vacated.AT)

    stages.open_round(
        election.pk,
        kind=RoundKind.BY_ELECTION,
        dates=vacated.DATES,
        decision=given.decision(paper=given.PDF),
        actor=given.commissioner_of(election),
        at=vacated.AT,
    )

    row = given.round_of(election)
    assert (row.number, row.kind, row.state) == (3, "by_election", "preparation")
    assert seats_contested(row) == {"member": 1}


def test_the_commission_opens_no_by_election_after_a_concluded_one() -> None:
    election = with_vacancy()

    with pytest.raises(Refused) as refusal:
        stages.open_round(
            election.pk,
            kind=RoundKind.BY_ELECTION,
            dates=vacated.DATES,
            decision=given.decision(paper=given.PDF),
            actor=given.commissioner_of(election),
            at=vacated.AT,
        )

    assert refusal.value.code == "round-still-open"


def test_it_goes_on_to_registration_with_a_roll_of_its_own() -> None:
    election = vacated.by_election()
    row = given.round_of(election)

    assert queries.registration_round(row) == row
    given.all_fulfilled(election, at=vacated.AT)
    stages.move_on(election.pk, to="announced", actor=given.secretariat(), at=vacated.AT)
    assert given.state_of(election) is State.ANNOUNCED
