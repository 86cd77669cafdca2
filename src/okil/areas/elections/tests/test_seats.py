"""Who follows when somebody elected goes, and how the elected take their seats: all of them or nobody."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import pytest

from okil.areas.bodies.models import Membership, Person, RoleName, Vacancy
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import seats as actions
from okil.areas.elections.models import Election, Round, Seating
from okil.areas.elections.queries import seats as queries
from okil.areas.elections.queries.ballots import rules_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import by_elections, count, seats
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.test_at_once import DONE, meeting
from okil.areas.elections.wording.seats import VACANT
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, entries_of
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db

BEGINS_ON = date(2024, 11, 1)
VOTES = {1: 2, 2: 3, 3: 6}  # 3 is member, 2 alternate, 1 next
PARALLEL = {"contest_model": "two_parallel_contests"}


def counted(
    votes: Mapping[Any, Any] = VOTES,
    *,
    state: State = State.PUBLISHED,
    piles: Mapping[str, Any] | None = None,
    **world: Any,
) -> Election:
    """A count agreed on, and the election in this state, without the acts between."""
    election = count.on_the_table(**world)
    count.counted(election, votes, **({"blank": 1} if piles is None else piles))
    row = given.round_of(election)
    row.state = state
    row.save(update_fields=["state"])
    return election


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def taken(election: Election) -> queries.Taken:
    row = given.round_of(election)
    found = queries.taken_in(row, rules_of(row))
    assert found is not None
    return found


def held(election: Election) -> dict[str, int]:
    """By position: the person's number, of those who sit now."""
    found = Membership.objects.filter(seat__group=election.group, ends_on=None)
    return dict(found.values_list("position", "person__number"))


# Somebody goes


def test_when_the_member_declines_the_alternate_moves_up_and_the_next_follows() -> None:
    election = counted()

    seats.departed(election, 3)

    after = taken(election)
    assert (after.members, after.alternates) == ((2,), (1,))
    (gone,) = after.gone
    assert [step.code for step in gone.steps] == ["gone", "moves-up", "next-as-alternate"]


def test_when_nobody_is_left_the_place_is_vacant() -> None:
    election = counted({1: 4, 2: 7}, candidates=("both", "both"))

    seats.departed(election, 2)

    after = taken(election)
    assert (after.members, after.alternates) == ((1,), ())
    assert (after.vacant, after.open) == ({"alternate": 1}, {})


@pytest.mark.parametrize(
    ("mode", "why", "needs_a_vote"),
    [("repeat_vote", "repeat-vote", True), ("other", "as-described", False)],
)
def test_what_the_regulation_asks_for_instead_is_said(
    mode: str, why: str, needs_a_vote: bool
) -> None:
    election = counted(rules={"replacement": mode})

    seats.departed(election, 3)

    after = taken(election)
    assert (after.members, after.open, after.why) == ((), {"member": 1}, (why,))
    assert after.needs_a_vote is needs_a_vote


def test_equals_who_would_follow_need_a_vote_between_them() -> None:
    election = counted({1: 2, 2: 2, 3: 4, 4: 3}, candidates=("both",) * 4)

    seats.departed(election, 3)

    after = taken(election)
    assert (after.members, after.open, after.why) == ((4,), {"alternate": 1}, ("tie",))
    assert after.needs_a_vote


def test_while_the_count_is_open_nobody_goes() -> None:
    election = counted({1: 3, 2: 3, 3: 5})

    assert refused(lambda: seats.departed(election, 3)) == "count-undecided"
    assert refused(lambda: seats.seated(election)) == "count-undecided"


def test_in_two_contests_the_next_of_the_same_contest_follows() -> None:
    election = counted(
        {"member": {1: 7, 3: 4}, "alternate": {2: 6, 4: 5}},
        candidates=("member", "alternate", "member", "alternate"),
        rules=PARALLEL,
    )

    seats.departed(election, 2)

    assert (taken(election).members, taken(election).alternates) == ((1,), (4,))


def test_one_after_the_other_may_go() -> None:
    election = counted()

    seats.departed(election, 3)
    seats.departed(election, 2, why="cannot")

    after = taken(election)
    assert (after.members, after.alternates, after.vacant) == ((1,), (), {"alternate": 1})


def test_whoever_sits_for_another_group_is_passed_over() -> None:
    election = counted()
    elsewhere = bodies.group(given.body())
    person = Person.objects.create(body=given.body(), number=90, name=bodies.a_name())
    given.round_of(election).candidates.filter(number=2).update(person=person)
    bodies.membership(
        bodies.first_seat(elsewhere), person=person, begins_on=BEGINS_ON, elected_in="2024"
    )

    seats.departed(election, 3)

    after = taken(election)
    assert "passed-over" in {step.code for step in after.gone[0].steps}
    assert after.members == (1,)


def test_only_somebody_elected_can_go_and_once() -> None:
    election = counted()

    assert refused(lambda: seats.departed(election, 1)) == "not-elected"
    seats.departed(election, 3)
    assert refused(lambda: seats.departed(election, 3)) == "not-elected"


def test_it_is_the_commissions_to_record_and_in_its_time() -> None:
    election = counted(state=State.COUNTING)
    assert refused(lambda: seats.departed(election, 3)) == "departure-not-due"
    row = given.round_of(election)
    row.state = State.RESULTS
    row.save(update_fields=["state"])

    for role in (RoleName.ORGANISER, RoleName.OBSERVER, RoleName.SECRETARIAT):
        actor = given.officer_of(role, election)
        code = refused(partial(_departing, election, actor, seats.TOLD_ON))
        assert code == "not-allowed", role
    to_come = date(2024, 9, 30)
    commissioner = given.commissioner_of(election)
    assert refused(partial(_departing, election, commissioner, to_come)) == "told-on-to-come"


def _departing(election: Election, actor: User, told_on: date) -> object:
    return actions.record_departure(
        election.pk, number=3, why="declined", told_on=told_on, actor=actor, at=seats.GONE_AT
    )


@pytest.mark.django_db(transaction=True)
def test_two_members_record_the_same_departure_once() -> None:
    election = counted()
    one, other = listing.commission_of(election)

    going = [partial(_departing, election, actor, seats.TOLD_ON) for actor in (one, other)]
    assert meeting(*going) == (DONE, "not-elected")
    assert taken(election).members == (2,)


# The seats


def test_the_elected_take_their_seats_and_the_old_terms_end_the_day_before() -> None:
    election = counted()
    seat = bodies.first_seat(election.group)
    old = [bodies.membership(seat, position=position) for position in ("member", "alternate")]

    made = seats.seated(election)

    assert [(each.position, each.candidate.number) for each in made] == [
        ("member", 3),
        ("alternate", 2),
    ]
    for membership in old:
        membership.refresh_from_db()
        assert (membership.ends_on, membership.end_reason) == (date(2024, 10, 31), "term_over")
    now = Membership.objects.filter(seat=seat, ends_on=None)
    assert {(each.begins_on, each.elected_in) for each in now} == {(BEGINS_ON, "2024")}
    assert given.fulfilled("seats-settled", given.round_of(election))


def test_somebody_known_keeps_the_number_and_somebody_new_gets_name_and_number() -> None:
    election = counted()
    seat = bodies.first_seat(election.group)
    old = bodies.membership(seat, position="alternate")
    candidates = given.round_of(election).candidates
    candidates.filter(number=3).update(person=old.person)
    name = name_of(candidates.get(number=2))

    seats.seated(election)

    assert held(election)["member"] == old.person.number
    new = Person.objects.get(number=held(election)["alternate"])
    assert bodies.name_of(new) == name
    assert candidates.get(number=2).person == new


def name_of(candidate: Any) -> str:
    opened = vault.open([candidate], "candidates", actor=Actor("system", None), at=given.AT)
    return str(opened[candidate.pk]["name"])


def test_after_a_departure_whoever_follows_is_seated() -> None:
    election = counted()
    seats.departed(election, 3)

    made = seats.seated(election)

    assert [each.candidate.number for each in made] == [2, 1]


def test_a_place_that_nobody_takes_is_vacant_with_its_reason() -> None:
    election = counted({1: 9}, piles={"blank": 3}, candidates=("both",))

    seats.seated(election)

    vacancy = Vacancy.objects.get(seat__group=election.group)
    assert (vacancy.position, vacancy.since_on) == ("alternate", BEGINS_ON)
    assert vacancy.reason == VACANT["vacant"]
    assert given.fulfilled("seats-settled", given.round_of(election))


def test_two_seats_are_filled_in_the_order_of_the_result() -> None:
    election = counted(
        {1: 2, 2: 3, 3: 8, 4: 6}, piles={"found": 12}, candidates=("both",) * 4, seats=2
    )

    made = seats.seated(election)

    assert [
        (each.membership.seat.number, each.position, each.candidate.number) for each in made
    ] == [
        (1, "member", 3),
        (1, "alternate", 2),
        (2, "member", 4),
        (2, "alternate", 1),
    ]


def test_seats_are_taken_once_and_by_the_secretariat_when_published() -> None:
    early = counted(state=State.SUBMITTED)
    assert refused(lambda: seats.seated(early)) == "seats-not-due"
    row = given.round_of(early)
    row.state = State.PUBLISHED
    row.save(update_fields=["state"])
    for role in (RoleName.ORGANISER, RoleName.COMMISSIONER):
        actor = given.officer_of(role, early)
        assert refused(partial(_seating, early, actor)) == "not-allowed"

    seats.seated(early)

    assert refused(lambda: seats.seated(early)) == "seated-already"
    assert refused(lambda: seats.departed(early, 3)) == "seated-already"
    assert Seating.objects.count() == 2


def _seating(election: Election, actor: User) -> object:
    return actions.seat_elected(election.pk, actor=actor, at=seats.SEATED_AT)


def test_nobody_is_seated_while_a_place_needs_a_vote() -> None:
    election = counted(rules={"replacement": "repeat_vote"})
    seats.departed(election, 3)

    assert refused(lambda: seats.seated(election)) == "places-need-a-vote"
    assert Membership.objects.count() == 0


def test_a_place_that_waits_for_the_group_is_left_and_the_others_are_seated() -> None:
    election = counted(rules={"replacement": "other"})
    seats.departed(election, 3)

    made = seats.seated(election)

    assert [each.position for each in made] == ["alternate"]
    assert not given.fulfilled("seats-settled", given.round_of(election))


def test_somebody_seated_by_another_group_stops_all_of_it() -> None:
    election = counted()
    elsewhere = bodies.group(given.body())
    person = Person.objects.create(body=given.body(), number=90, name=bodies.a_name())
    given.round_of(election).candidates.filter(number=2).update(person=person)
    bodies.membership(
        bodies.first_seat(elsewhere), person=person, begins_on=BEGINS_ON, elected_in="2024"
    )

    assert refused(lambda: seats.seated(election)) == "already-holds"

    assert held(election) == {}
    assert Seating.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_people_of_the_secretariat_seat_the_elected_once() -> None:
    election = counted()
    one, other = given.secretariat(), bodies.secretariat(given.body())

    assert meeting(partial(_seating, election, one), partial(_seating, election, other)) == (
        DONE,
        "seated-already",
    )
    assert Seating.objects.count() == 2


def test_the_journal_says_numbers_and_no_name() -> None:
    election = counted()
    seats.departed(election, 3)
    seats.seated(election)

    rows = list(entries_of(election.chapter)) + list(entries_of(election.cycle.body.chapter))

    said = {row.event: row.after for row in rows}
    assert said["result.departed"] == {"number": 3, "why": "declined"}
    assert said["seats.taken"] == {"members": 1, "alternates": 1, "vacant": 0}
    for row in rows:
        text = json.dumps([row.before, row.after], ensure_ascii=False)
        assert not any(name in text for name in bodies.SURNAMES), row.event


# A place that falls vacant during the term


def test_in_a_by_election_only_the_vacant_place_is_taken_from_that_day_on() -> None:
    election = by_elections.by_election()
    alternate = held(election)["alternate"]
    row = given.round_of(election)
    on_paper(row, "member", 2)
    count.counted(election, {1: 3, 2: 6}, blank=3, at=BY_ELECTION_AT)
    row.refresh_from_db()
    row.state = State.PUBLISHED
    row.save(update_fields=["state"])

    made = seats.seated(election, at=BY_ELECTION_AT)

    assert [(each.position, each.candidate.number) for each in made] == [("member", 2)]
    member = Membership.objects.get(seat__group=election.group, position="member", ends_on=None)
    assert (member.begins_on, member.elected_in) == (date(2025, 4, 12), "2024")
    assert held(election)["alternate"] == alternate
    assert given.fulfilled("seats-settled", given.round_of(election))


BY_ELECTION_AT = by_elections.moment(4, 12, 6)


def on_paper(row: Round, place: str, candidates: int, voters: int = 12) -> None:
    """A round whose papers lie on the table, without the acts before."""
    for number in range(1, voters + 1):
        voter = row.voters.create(
            election=row.election,
            number=number,
            kind="person",
            name=bodies.a_name(),
            source="own_word",
            consented_on=row.state_since.date(),
            entered_at=row.state_since,
            status="accepted",
        )
        row.papers_given.create(voter=voter)
    for number in range(1, candidates + 1):
        candidate = row.candidates.create(
            election=row.election,
            number=number,
            place=place,
            name=bodies.a_name(),
            consented_on=row.state_since.date(),
            signed_on=row.state_since.date(),
            entered_at=row.state_since,
            outcome="admitted",
        )
        row.contestants.create(candidate=candidate, place=place, position=number)
    row.printings.create(papers=20, printed_on=row.state_since.date(), recorded_at=row.state_since)
    row.state = State.COUNTING
    row.save(update_fields=["state"])
