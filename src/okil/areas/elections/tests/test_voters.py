"""The roll: what is entered, by whom, until when, and what the commission makes of it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from django.db import connection

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries as elections
from okil.areas.elections.actions import lists
from okil.areas.elections.actions import voters as actions
from okil.areas.elections.forms import voter_lines as forms
from okil.areas.elections.models import Closing, Election, Voter
from okil.areas.elections.queries import voters as roll
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, entries_of, history_of
from okil.pure.hashchain import canonical_bytes
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage, State

pytestmark = pytest.mark.django_db
AT = given_voters.ENTERED_AT
PLANTED = "Ромашкина Аида"


def registering() -> Election:
    return given_voters.promised(given.election(State.REGISTRATION))


def refusal_of(act: Any) -> str:
    """The code of the refusal; no voter was written."""
    before = list(Voter.objects.order_by("pk").values("number", "status", "refusal", "region"))
    with pytest.raises(Refused) as refusal:
        act()
    assert (
        list(Voter.objects.order_by("pk").values("number", "status", "refusal", "region")) == before
    )
    return refusal.value.code


# Entering


def test_a_voter_is_known_by_number_and_the_name_is_sealed() -> None:
    election = registering()

    voter = given_voters.voter(election, name=PLANTED)

    assert (voter.number, voter.status, voter.is_late) == (1, "waiting", False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM elections_voter WHERE id = %s", [voter.pk])
        (kept,) = cursor.fetchone()
    assert "Ромашкина".encode() not in bytes(kept)
    row = history_of(voter).get()
    assert (row.event, row.after, row.chapter) == (
        "voter.entered",
        {"number": 1},
        election.chapter,
    )


def test_a_voter_may_have_no_name_and_several_may() -> None:
    election = registering()

    first, second = (given_voters.voter(election, name="") for _each in range(2))

    assert (first.number, second.number) == (1, 2)


def test_only_the_organiser_of_the_group_enters_voters() -> None:
    election = registering()
    other = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    officers = [given.officer_of(r, election) for r in ("secretariat", "commissioner", "observer")]

    for actor in (other, *officers):
        code = refusal_of(
            lambda actor=actor: actions.enter_voter(
                election.pk, facts=given_voters.facts(), actor=actor, at=AT
            )
        )
        assert code == "not-allowed"


def test_who_promised_no_confidence_enters_and_sees_nobody() -> None:
    election = given_voters.unsworn(given.election(State.REGISTRATION))
    organiser = given.organiser_of(election)

    def enter() -> object:
        return actions.enter_voter(election.pk, facts=given_voters.facts(), actor=organiser, at=AT)

    assert refusal_of(enter) == "undertaking-missing"
    with pytest.raises(Refused, match="undertaking-missing"):
        actions.open_voters(election, [], actor=organiser, at=AT)


@pytest.mark.parametrize("state", ["announced", "candidates_published"])
def test_voters_are_entered_in_the_stage_of_registration_only(state: str) -> None:
    election = given_voters.promised(given.election(State(state)))

    assert refusal_of(lambda: given_voters.voter(election)) == "not-in-registration"


def test_nobody_is_entered_while_the_election_is_suspended() -> None:
    election = given.suspended(registering(), at=AT)

    assert refusal_of(lambda: given_voters.voter(election)) == "suspended"


def test_the_same_name_is_found_whatever_its_spelling() -> None:
    election = registering()
    given_voters.voter(election, name="Клёнова Вера")

    assert (
        refusal_of(lambda: given_voters.voter(election, name="  КЛЕНОВА  вера ")) == "voter-twice"
    )


def test_a_withdrawn_voter_may_be_entered_again() -> None:
    election = registering()
    voter = given_voters.voter(election, name=PLANTED)
    actions.withdraw_voter(voter.pk, actor=given.organiser_of(election), at=AT)

    assert given_voters.voter(election, name=PLANTED).number == 2


def test_who_comes_after_the_end_is_kept_and_marked_late() -> None:
    election = registering()
    ends_at = given.DATES[Stage.REGISTRATION][1]

    in_time = given_voters.voter(election, at=ends_at - given.HOUR)
    at_the_end = given_voters.voter(election, at=ends_at)
    later = given_voters.voter(election, at=given_voters.LATE_AT)

    assert [each.is_late for each in (in_time, at_the_end, later)] == [False, True, True]


def test_a_consent_of_a_day_to_come_and_a_region_of_nowhere_are_refused() -> None:
    election = registering()
    tomorrow = (AT + given.DAY).date()

    assert refusal_of(lambda: given_voters.voter(election, region="KZ-99")) == "region-unknown"
    assert (
        refusal_of(lambda: given_voters.voter(election, consented_on=tomorrow))
        == "day-of-consent-to-come"
    )


# A list


def listed(election: Election, *facts: actions.VoterFacts) -> list[Voter]:
    return actions.enter_voters(election.pk, facts=facts, actor=given.organiser_of(election), at=AT)


def test_a_list_is_entered_in_one_act_with_one_row() -> None:
    election = registering()
    length = entries_of(election.chapter).count()

    voters = given_voters.voters(election, 250)

    assert [voter.number for voter in voters] == list(range(1, 251))
    row = entries_of(election.chapter).last()
    assert row is not None
    assert entries_of(election.chapter).count() == length + 1
    assert (row.event, row.after) == ("voters.imported", {"count": 250, "first": 1, "last": 250})


def test_of_a_list_with_one_mistake_nothing_is_entered() -> None:
    election = registering()
    given_voters.voter(election, name=PLANTED)
    good = given_voters.facts()

    for bad, code in (
        (given_voters.facts(name="ромашкина аида"), "voter-twice"),
        (given_voters.facts(name=good.name), "name-repeated"),
        (given_voters.facts(number=1), "voter-number-taken"),
        (given_voters.facts(region="KZ-99"), "region-unknown"),
    ):
        assert refusal_of(lambda bad=bad: listed(election, good, bad)) == code


def test_numbers_of_the_groups_own_list_are_kept_and_the_others_follow() -> None:
    election = registering()

    voters = listed(
        election,
        given_voters.facts(),
        given_voters.facts(number=40),
        given_voters.facts(),
    )

    assert [voter.number for voter in voters] == [41, 40, 42]


# Changing and withdrawing


def test_a_changed_entry_is_looked_at_again() -> None:
    election = registering()
    voter = given_voters.voter(election, name=PLANTED)
    given_voters.accepted(election)

    changed = actions.change_voter(
        voter.pk,
        facts=given_voters.facts(region="KZ-10", name=""),
        new_name=False,
        actor=given.organiser_of(election),
        at=AT,
    )

    assert (changed.status, changed.region, changed.decided_by) == ("waiting", "KZ-10", None)
    opened = vault.open([changed], "roll", actor=Actor("system", None), at=AT)
    assert opened[changed.pk]["name"] == PLANTED


def test_a_new_name_is_not_anothers() -> None:
    election = registering()
    given_voters.voter(election, name=PLANTED)
    voter = given_voters.voter(election, name="Клёнова Вера")
    organiser = given.organiser_of(election)

    def rename(name: str) -> Voter:
        return actions.change_voter(
            voter.pk, facts=given_voters.facts(name=name), new_name=True, actor=organiser, at=AT
        )

    assert refusal_of(lambda: rename(PLANTED)) == "voter-twice"
    assert rename("Клёнова Вера Ивановна").number == 2


def test_nothing_changes_after_the_closing() -> None:
    election = registering()
    voter = given_voters.voter(election)
    given_voters.closed(election)
    organiser = given.organiser_of(election)
    at = given_voters.VERIFIED_AT

    assert (
        refusal_of(lambda: actions.withdraw_voter(voter.pk, actor=organiser, at=at))
        == "registration-closed"
    )
    assert (
        refusal_of(
            lambda: actions.change_voter(
                voter.pk, facts=given_voters.facts(), new_name=True, actor=organiser, at=at
            )
        )
        == "registration-closed"
    )
    assert given_voters.voter(election, at=at).is_late


# The commission


def test_the_commission_accepts_several_at_once_with_one_row() -> None:
    election = registering()
    given_voters.voters(election, 3)

    given_voters.accepted(election, [1, 3])
    given_voters.refused(election, [2], why="not_of_the_group")

    numbers = given.round_of(election).voters.order_by("number")
    member = bodies.role_of(given.commissioner_of(election)).person.number
    assert list(numbers.values_list("status", "refusal", "decided_by")) == [
        ("accepted", "", member),
        ("refused", "not_of_the_group", member),
        ("accepted", "", member),
    ]
    rows = entries_of(election.chapter).filter(event="voters.decided")
    assert [row.after for row in rows] == [
        {"status": "accepted", "numbers": [1, 3]},
        {"status": "refused", "numbers": [2]},
    ]
    assert [v.number for v in elections.roll_of(given.round_of(election))] == [1, 3]


def test_only_the_commission_decides_and_deciding_twice_is_said() -> None:
    election = registering()
    given_voters.voters(election, 2)

    def decide(actor: User) -> object:
        return actions.decide_voters(election.pk, numbers=[1], actor=actor, at=AT)

    for role in ("secretariat", "organiser", "observer"):
        assert (
            refusal_of(lambda role=role: decide(given.officer_of(role, election))) == "not-allowed"
        )
    given_voters.accepted(election, [1])
    assert refusal_of(lambda: given_voters.accepted(election, [1])) == "nothing-to-decide"
    nobody = refusal_of(
        lambda: actions.decide_voters(
            election.pk, numbers=[], actor=given.commissioner_of(election), at=AT
        )
    )
    assert nobody == "nothing-chosen"


def test_who_came_late_is_not_accepted() -> None:
    election = registering()
    given_voters.voter(election, at=given_voters.LATE_AT)

    assert refusal_of(lambda: given_voters.accepted(election, [1])) == "voter-late"
    assert given_voters.refused(election, [1], why="late")[0].refusal == "late"


def test_a_number_that_is_not_there_is_said() -> None:
    election = registering()
    given_voters.voters(election, 2)

    assert refusal_of(lambda: given_voters.accepted(election, [1, 7])) == "voter-unknown"


def test_who_is_named_like_a_commissioner_is_accepted_only_as_a_namesake() -> None:
    election = given.election(State.REGISTRATION)
    bodies.officer(RoleName.COMMISSIONER, election.group, name="Морошкина Жанар")
    given_voters.promised(election)
    given_voters.voter(election, name="морошкина жанар")
    commissioner = given.commissioner_of(election)

    def accept(*, is_namesake: bool) -> list[Voter]:
        return actions.decide_voters(
            election.pk, numbers=[1], is_namesake=is_namesake, actor=commissioner, at=AT
        )

    assert refusal_of(lambda: accept(is_namesake=False)) == "voter-is-officer"
    assert accept(is_namesake=True)[0].status == "accepted"


def test_the_organiser_of_the_group_may_vote_in_it() -> None:
    election = registering()
    organiser = bodies.name_of(bodies.role_of(given.organiser_of(election)).person)
    given_voters.voter(election, name=organiser)

    assert given_voters.accepted(election)[0].status == "accepted"


def test_names_are_opened_by_one_act_that_is_recorded() -> None:
    election = given.election(State.REGISTRATION)
    bodies.officer(RoleName.COMMISSIONER, election.group, name="Морошкина Жанар")
    given_voters.promised(election)
    voters = [given_voters.voter(election, name=n) for n in (PLANTED, "Морошкина Жанар", "")]
    length = entries_of(election.chapter).count()

    named = actions.open_voters(election, voters, actor=given.commissioner_of(election), at=AT)

    assert [(named[v.pk].name, named[v.pk].barred) for v in voters] == [
        (PLANTED, []),
        ("Морошкина Жанар", ["commissioner"]),
        ("", []),
    ]
    assert entries_of(election.chapter).count() == length + 1
    for role in ("secretariat", "observer"):
        with pytest.raises(Refused, match="not-allowed"):
            actions.open_voters(election, voters, actor=given.officer_of(role, election), at=AT)


# Closing


def test_the_lists_are_closed_after_the_end_and_once() -> None:
    election = registering()
    given_voters.voters(election, 3)
    given_candidates.candidates(election, 2)
    given_voters.voter(election, at=given_voters.LATE_AT)
    ends_at = given.DATES[Stage.REGISTRATION][1]
    organiser = given.organiser_of(election)

    def close(at: Any) -> Closing:
        return lists.close_registration(election.pk, actor=organiser, at=at)

    assert refusal_of(lambda: close(ends_at - given.HOUR)) == "registration-still-open"
    closing = close(ends_at)
    assert (closing.voters, closing.candidates, closing.closed_at) == (3, 2, ends_at)
    assert refusal_of(lambda: close(ends_at + given.HOUR)) == "registration-closed"
    assert history_of(closing).get().after == {
        "voters": 3,
        "candidates": 2,
        "commitment": closing.commitment,
    }


def test_the_commitment_is_made_of_a_sealed_salt_and_the_roll() -> None:
    election = registering()
    given_voters.voters(election, 3)
    closing = given_voters.closed(election)
    row = given.round_of(election)
    opened = vault.open([closing], "roll", actor=Actor("system", None), at=AT)

    salt = opened[closing.pk]["salt"]

    plain = canonical_bytes(lists.roll_committed(row))
    assert closing.commitment == hashlib.sha256(salt.encode() + plain).hexdigest()
    assert closing.commitment != hashlib.sha256(plain).hexdigest()


def test_only_the_organiser_closes() -> None:
    election = registering()

    for role in ("secretariat", "commissioner", "observer"):
        code = refusal_of(
            lambda role=role: lists.close_registration(
                election.pk, actor=given.officer_of(role, election), at=given_voters.CLOSED_AT
            )
        )
        assert code == "not-allowed"


def test_an_extension_keeps_registration_open() -> None:
    election = registering()
    given.extended(election, Stage.REGISTRATION, 2 * given.DAY, at=given.moment(9, 5, 10))

    assert not given_voters.voter(election, at=given_voters.LATE_AT).is_late
    assert (
        refusal_of(
            lambda: lists.close_registration(
                election.pk, actor=given.organiser_of(election), at=given_voters.CLOSED_AT
            )
        )
        == "registration-still-open"
    )


# Gates and numbers


def test_the_gates_open_with_the_closing_and_when_nobody_waits() -> None:
    election = registering()

    def gates() -> tuple[bool, ...]:
        codes = ("lists-closed", "applications-verified")
        return tuple(given_voters.is_fulfilled(code, election) for code in codes)

    given_voters.voters(election, 3)
    given_voters.voter(election, at=given_voters.LATE_AT)
    assert gates() == (False, False)
    given_voters.closed(election)
    assert gates() == (True, False)
    given_voters.accepted(election, [1, 2])
    assert gates() == (True, False)
    given_voters.refused(election, [3])
    assert gates() == (True, True)


def test_counts_leave_out_the_late_and_the_withdrawn() -> None:
    election = registering()
    voters = given_voters.voters(election, 5)
    given_voters.voter(election, at=given_voters.LATE_AT)
    given_voters.accepted(election, [1, 2])
    actions.withdraw_voter(voters[4].pk, actor=given.organiser_of(election), at=AT)
    row = given.round_of(election)

    counts = roll.roll_counts(row)

    assert (counts["accepted"], counts["waiting"], counts["withdrawn"]) == (2, 2, 1)
    assert (counts.in_time, counts.late) == (4, 1)


def test_no_name_stands_in_the_journal() -> None:
    election = registering()
    given_voters.voter(election, name=PLANTED)
    given_voters.accepted(election)
    given_voters.closed(election)

    written = str(list(entries_of(election.chapter).values()))

    assert "Ромашкина" not in written
    assert "Аида" not in written


# What people type


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Карагандинская область", "KZ-35"),
        ("  карагандинская обл. ", "KZ-35"),
        ("Қарағанды облысы", "KZ-35"),
        ("Karaganda Region", "KZ-35"),
        ("KZ-35", "KZ-35"),
        ("Алматы", "KZ-75"),
        ("г. Алматы", "KZ-75"),
        ("Алматы қ.", "KZ-75"),
        ("Алматинская область", "KZ-19"),
        ("Алматы облысы", "KZ-19"),
        ("Алматы обл", None),
        ("Караганда", None),
        ("ВКО", None),
    ],
)
def test_a_region_is_read_as_people_write_it_and_never_guessed(
    typed: str, code: str | None
) -> None:
    assert forms.region_from(typed) == code


def test_what_is_no_region_is_answered_with_the_nearest() -> None:
    assert forms.region_like("Караганда") == "KZ-35"
    assert forms.region_like("Шимкент") == "KZ-79"
    assert forms.region_like("Ташкент и окрестности") is None


@pytest.mark.parametrize(
    "typed",
    ["1.9.2024", "01.09.2024", "1/9/2024", "2024-09-01", "1 сентября 2024", "1 қыркүйек 2024"],
)
def test_a_day_is_read_as_tables_write_it(typed: str) -> None:
    assert forms.day_from(typed) == date(2024, 9, 1)
