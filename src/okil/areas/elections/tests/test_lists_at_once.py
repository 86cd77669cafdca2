"""Two people at the lists at the same moment: one act happens, the other is told so."""

from __future__ import annotations

from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import admission, lists, stages
from okil.areas.elections.actions import candidates as candidates_actions
from okil.areas.elections.actions import voters as voters_actions
from okil.areas.elections.models import Closing, Contestant, Election, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_at_once import DONE, Act, commissioners_of, meeting
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, verify_chain
from okil.foundation.documents.models import Issued
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db(transaction=True)
AT = given_voters.ENTERED_AT


def registering() -> Election:
    return given_voters.promised(given.election(State.REGISTRATION))


def closing(election: Election) -> Act:
    organiser = given.organiser_of(election)
    return lambda: lists.close_registration(election.pk, actor=organiser, at=given_voters.CLOSED_AT)


def entering(election: Election, **said: Any) -> Act:
    organiser = given.organiser_of(election)
    facts = given_voters.facts(**said)
    return lambda: voters_actions.enter_voter(election.pk, facts=facts, actor=organiser, at=AT)


def test_who_is_entered_while_the_lists_are_closed_comes_late_and_is_not_counted() -> None:
    election = registering()
    given_voters.voters(election, 3)

    assert meeting(closing(election), entering(election)) == (DONE, DONE)

    assert Closing.objects.get().voters == 3
    assert list(Voter.objects.order_by("number").values_list("is_late", flat=True)) == [
        False,
        False,
        False,
        True,
    ]
    assert verify_chain() == []


def test_who_was_being_entered_when_the_lists_were_closed_is_on_them() -> None:
    election = registering()
    given_voters.voters(election, 3)

    assert meeting(entering(election), closing(election)) == (DONE, DONE)

    assert Closing.objects.get().voters == 4
    assert not Voter.objects.filter(is_late=True).exists()


def test_the_lists_are_closed_once() -> None:
    election = registering()

    found = meeting(closing(election), closing(election))

    assert found == (DONE, "registration-closed")
    assert Closing.objects.count() == 1
    assert Issued.objects.filter(kind="voter-roll").count() == 1
    assert verify_chain() == []


def test_one_name_is_entered_once_by_two_hands() -> None:
    election = registering()

    found = meeting(
        entering(election, name="Ромашкина Аида"), entering(election, name="ромашкина  аида")
    )

    assert found == (DONE, "voter-twice")
    assert Voter.objects.count() == 1


def test_two_voters_entered_at_once_have_two_numbers() -> None:
    election = registering()

    assert meeting(entering(election), entering(election)) == (DONE, DONE)
    assert list(Voter.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_an_admission_is_concluded_once() -> None:
    election = registering()
    candidate = given_candidates.candidate(election)
    given_voters.closed(election)
    given_candidates.voted(candidate)
    one, other = commissioners_of(election)

    def concluding(actor: User) -> Act:
        return lambda: admission.conclude_admission(
            candidate.pk, actor=actor, at=given_candidates.VOTED_AT
        )

    assert meeting(concluding(one), concluding(other)) == (DONE, "admission-decided")
    assert entries_of(election.chapter).filter(event="admission.decided").count() == 1


def test_a_vote_changed_while_it_is_concluded_comes_too_late() -> None:
    election = registering()
    candidate = given_candidates.candidate(election)
    given_voters.closed(election)
    given_candidates.voted(candidate)
    one, other = commissioners_of(election)
    at = given_candidates.VOTED_AT

    found = meeting(
        lambda: admission.conclude_admission(candidate.pk, actor=one, at=at),
        lambda: admission.vote_on(
            candidate.pk, vote="refuse", not_met=(), reason="Нет.", actor=other, at=at
        ),
    )

    assert found == (DONE, "admission-decided")
    assert set(candidate.votes.values_list("vote", flat=True)) == {"admit"}


def test_the_same_voters_are_decided_on_once() -> None:
    election = registering()
    given_voters.voters(election, 2)
    one, other = commissioners_of(election)

    def accepting(actor: User) -> Act:
        return lambda: voters_actions.decide_voters(election.pk, numbers=[1, 2], actor=actor, at=AT)

    assert meeting(accepting(one), accepting(other)) == (DONE, "nothing-to-decide")
    assert entries_of(election.chapter).filter(event="voters.decided").count() == 1


def test_a_list_is_handed_over_once() -> None:
    election = registering()
    given_candidates.admitted(election, 1)
    organiser = given.organiser_of(election)

    def handing() -> Act:
        return lambda: lists.hand_over_list(
            election.pk, actor=organiser, at=given_candidates.HANDED_OVER_AT
        )

    assert meeting(handing(), handing()) == (DONE, "list-handed-over")
    assert Issued.objects.filter(kind="admission-decision").count() == 1


def test_who_withdraws_while_the_vote_is_opened_comes_too_late() -> None:
    election = registering()
    first, *_others = given_candidates.listed(election, 2)
    given.all_fulfilled(election)
    commissioner, organiser = given.commissioner_of(election), given.organiser_of(election)
    at = given.ENTERED[State.VOTING]

    found = meeting(
        lambda: stages.move_on(election.pk, to="voting", actor=commissioner, at=at),
        lambda: candidates_actions.withdraw_candidate(first.pk, actor=organiser, at=at),
    )

    assert found == (DONE, "voting-has-begun")


def test_a_list_is_published_once_and_puts_nobody_on_the_paper_twice() -> None:
    election = registering()
    given_voters.voters(election, 3)
    given_candidates.admitted(election, 2)
    given_voters.accepted(election)
    given_candidates.handed_over(election)
    given.all_fulfilled(election)
    one = given.secretariat()
    other = bodies.officer(RoleName.SECRETARIAT)
    at = given.ENTERED[State.CANDIDATES_PUBLISHED]

    def publishing(actor: User) -> Act:
        return lambda: stages.move_on(election.pk, to="candidates_published", actor=actor, at=at)

    assert meeting(publishing(one), publishing(other)) == (DONE, "moved-already")
    assert Contestant.objects.count() == 2
