"""Two members of the commission at one application at once: nothing is lost, nothing counts twice."""

from __future__ import annotations

import pytest

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import admission, lists, relations
from okil.areas.elections.actions import voters as roll
from okil.areas.elections.models import Candidate, Voter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.foundation.audit import entries_of, verify_chain
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db(transaction=True)
AT = given_candidates.VOTED_AT


def applied(commission: int = 3) -> Candidate:
    election = given_voters.promised(
        given.election(
            State.REGISTRATION,
            commission=commission,
            rules={**given.RULES, "commission_size": commission},
        )
    )
    candidate = given_candidates.candidate(election)
    given_voters.closed(election)
    return candidate


def voting(candidate: Candidate, member: int, vote: str = "admit") -> Act:
    actor = given_candidates.commission_of(candidate.election)[member]
    return lambda: admission.vote_on(
        candidate.pk, vote=vote, not_met=(), reason="Так.", actor=actor, at=AT
    )


def concluding(candidate: Candidate, member: int) -> Act:
    actor = given_candidates.commission_of(candidate.election)[member]
    return lambda: admission.conclude_admission(candidate.pk, actor=actor, at=AT)


def declaring(candidate: Candidate, member: int) -> Act:
    actor = given_candidates.commission_of(candidate.election)[member]
    return lambda: relations.declare_relation_to_candidate(
        candidate.pk, kind="relative", actor=actor, at=AT
    )


def checking(candidate: Candidate, member: int, state: str) -> Act:
    actor = given_candidates.commission_of(candidate.election)[member]
    return lambda: admission.check_criterion(
        candidate.pk,
        criterion="documents",
        state=state,
        basis="Так.",
        due_on=None,
        actor=actor,
        at=AT,
    )


def test_two_members_who_vote_at_once_have_both_voted() -> None:
    candidate = applied()

    assert meeting(voting(candidate, 0), voting(candidate, 1, "refuse")) == (DONE, DONE)

    assert sorted(candidate.votes.values_list("vote", flat=True)) == ["admit", "refuse"]
    assert verify_chain() == []


def test_a_condition_checked_by_two_at_once_is_one_check_and_the_later_stands() -> None:
    candidate = applied()
    first, second = checking(candidate, 0, "met"), checking(candidate, 1, "not_met")

    assert meeting(first, second) == (DONE, DONE)

    check = candidate.checks.get()
    later = given_candidates.commission_of(candidate.election)[1]
    assert (check.state, check.checked_by) == ("not_met", bodies.role_of(later).person.number)
    assert entries_of(candidate.election.chapter).filter(event="admission.checked").count() == 2


def test_who_declares_a_relation_while_voting_has_no_vote() -> None:
    candidate = applied()

    assert meeting(voting(candidate, 2), declaring(candidate, 2)) == (DONE, DONE)
    assert candidate.votes.count() == 0


def test_who_votes_while_declaring_a_relation_comes_too_late() -> None:
    candidate = applied()

    assert meeting(declaring(candidate, 2), voting(candidate, 2)) == (DONE, "related-to-candidate")
    assert candidate.votes.count() == 0


def test_a_relation_declared_while_it_is_concluded_comes_too_late() -> None:
    candidate = applied()
    given_candidates.voted(candidate)

    found = meeting(concluding(candidate, 0), declaring(candidate, 2))

    assert found == (DONE, "admission-decided")
    assert candidate.relations.count() == 0


def test_what_is_concluded_while_a_relation_is_declared_counts_without_that_member() -> None:
    candidate = applied()
    given_candidates.voted(candidate, "admit", "refuse", "admit")

    assert meeting(declaring(candidate, 2), concluding(candidate, 0)) == (DONE, DONE)

    candidate.refresh_from_db()
    assert candidate.outcome == "undecided"  # with the third it would have been admitted


def test_a_check_written_while_it_is_concluded_comes_too_late() -> None:
    candidate = applied()
    given_candidates.voted(candidate)

    found = meeting(concluding(candidate, 0), checking(candidate, 1, "not_met"))

    assert found == (DONE, "admission-decided")
    assert candidate.checks.count() == 0


def test_a_vote_given_while_the_lists_are_closed_waits_for_the_closing() -> None:
    election = given_voters.promised(given.election(State.REGISTRATION))
    candidate = given_candidates.candidate(election)
    organiser = given.organiser_of(election)

    def closing() -> object:
        return lists.close_registration(election.pk, actor=organiser, at=given_voters.CLOSED_AT)

    assert meeting(closing, voting(candidate, 0)) == (DONE, DONE)


def test_who_declares_a_relation_to_a_voter_while_accepting_them_has_not_accepted_them() -> None:
    election = given_voters.promised(given.election(State.REGISTRATION))
    voters = given_voters.voters(election, 2)
    actor = given_candidates.commission_of(election)[0]

    def accepting() -> object:
        return roll.decide_voters(
            election.pk, numbers=[1, 2], actor=actor, at=given_voters.ENTERED_AT
        )

    def near(voter: Voter) -> Act:
        return lambda: relations.declare_relation_to_voter(
            voter.pk, kind="self", actor=actor, at=given_voters.ENTERED_AT
        )

    assert meeting(accepting, near(voters[0])) == (DONE, DONE)
    assert meeting(near(voters[1]), accepting) == (DONE, "related-to-voters")
    assert not Voter.objects.exclude(status="waiting").exists()
