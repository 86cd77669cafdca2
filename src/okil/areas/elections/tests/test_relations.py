"""Nobody of the commission decides on themselves or on somebody near to them."""

from __future__ import annotations

import pytest

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import admission, relations
from okil.areas.elections.actions import candidates as applications
from okil.areas.elections.actions import voters as roll
from okil.areas.elections.models import Candidate, Election, Relation, Voter
from okil.areas.elections.queries import admission as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_admission import (
    AT,
    applied,
    conclude,
    refusal_of,
    seen_by,
    vote,
)
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db


def commission(election: Election) -> list[User]:
    return given_candidates.commission_of(election)


def number_of(user: User) -> int:
    return bodies.role_of(user).person.number


def declared(candidate: Candidate, member: int, *, kind: str = "relative") -> Relation:
    return relations.declare_relation_to_candidate(
        candidate.pk, kind=kind, actor=commission(candidate.election)[member], at=AT
    )


def withdrawn(candidate: Candidate, member: int) -> None:
    relations.withdraw_relation_to_candidate(
        candidate.pk, actor=commission(candidate.election)[member], at=AT
    )


def concluded_by(candidate: Candidate, member: int) -> Candidate:
    return admission.conclude_admission(
        candidate.pk, actor=commission(candidate.election)[member], at=AT
    )


# Candidates


def test_who_is_related_to_a_candidate_neither_votes_nor_sees_the_votes_before_the_decision() -> (
    None
):
    candidate = applied(commission=3)
    first, second, third = map(number_of, commission(candidate.election))
    declared(candidate, 2)

    assert refusal_of(lambda: vote(candidate, 2)) == "related-to-candidate"
    vote(candidate, 0)
    vote(candidate, 1)
    assert seen_by(candidate, "commissioner", third) == set()
    assert refusal_of(lambda: concluded_by(candidate, 2)) == "related-to-candidate"
    assert concluded_by(candidate, 0).outcome == "admitted"
    candidate.refresh_from_db()
    assert seen_by(candidate, "commissioner", third) == {first, second}


def test_a_vote_given_before_a_relation_is_declared_falls_with_it() -> None:
    candidate = applied(commission=3)
    third = number_of(commission(candidate.election)[2])
    vote(candidate, 2, vote="refuse", not_met=("rotation",))
    vote(candidate, 0)

    declared(candidate, 2)

    assert list(candidate.votes.values_list("vote", flat=True)) == ["admit"]
    assert seen_by(candidate, "commissioner", third) == set()
    assert refusal_of(lambda: concluded_by(candidate, 0)) == "votes-missing"


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        (("admit", "admit"), "admitted"),
        (("refuse", "refuse"), "refused"),
        (("admit", "refuse"), "undecided"),
    ],
)
def test_the_others_decide_without_the_related_member(votes: tuple[str, ...], outcome: str) -> None:
    candidate = applied(commission=3)
    declared(candidate, 2)

    for member, each in enumerate(votes):
        vote(candidate, member, vote=each)

    assert concluded_by(candidate, 0).outcome == outcome


def test_where_fewer_than_two_are_left_the_group_decides() -> None:
    candidate = applied(commission=2)
    declared(candidate, 1)

    assert concluded_by(candidate, 0).outcome == "undecided"

    def settle(member: int) -> Candidate:
        return admission.settle_admission(
            candidate.pk,
            admitted=True,
            decision=given.decision(),
            actor=commission(candidate.election)[member],
            at=AT,
        )

    assert refusal_of(lambda: settle(1)) == "related-to-candidate"
    assert settle(0).outcome == "admitted"


def test_where_everybody_is_related_one_of_them_writes_down_what_the_group_decided() -> None:
    candidate = applied(commission=2)
    declared(candidate, 0)
    declared(candidate, 1, kind="other")

    assert concluded_by(candidate, 0).outcome == "undecided"


def test_a_member_who_is_the_candidate_keeps_out_without_saying_so() -> None:
    candidate = applied(commission=3)
    member = commission(candidate.election)[2]
    vote(candidate, 2)
    applications.link_person(
        candidate.pk,
        person=number_of(member),
        actor=given.organiser_of(candidate.election),
        at=AT,
    )
    candidate.refresh_from_db()

    votes = queries.votes_on(candidate, candidate.election.group)
    assert votes.related == {number_of(member): "self"}
    assert list(votes.given) == []
    assert refusal_of(lambda: vote(candidate, 2)) == "related-to-candidate"


def test_a_member_who_is_the_candidate_cannot_say_that_they_are_somebody_else() -> None:
    candidate = applied(commission=3)
    first, _second, third = commission(candidate.election)

    def linked(person: int | None, by: User) -> Candidate:
        return applications.link_person(candidate.pk, person=person, actor=by, at=AT)

    linked(number_of(third), by=first)

    assert refusal_of(lambda: linked(None, by=third)) == "related-to-candidate"
    assert linked(None, by=first).person is None


def test_a_declaration_made_by_mistake_is_taken_back_until_the_decision() -> None:
    candidate = applied()
    declared(candidate, 1)
    assert refusal_of(lambda: declared(candidate, 1)) == "relation-declared"

    withdrawn(candidate, 1)

    assert refusal_of(lambda: withdrawn(candidate, 1)) == "relation-not-declared"
    vote(candidate, 0)
    vote(candidate, 1)
    conclude(candidate)
    assert refusal_of(lambda: declared(candidate, 1)) == "admission-decided"
    assert refusal_of(lambda: withdrawn(candidate, 1)) == "admission-decided"


def test_a_relation_is_declared_before_the_lists_are_closed_and_by_the_commission_only() -> None:
    election = given.election(State.REGISTRATION)
    candidate = given_candidates.candidate(election)

    for role in ("organiser", "secretariat", "observer"):
        actor = given.officer_of(role, election)
        assert (
            refusal_of(
                lambda actor=actor: relations.declare_relation_to_candidate(
                    candidate.pk, kind="other", actor=actor, at=AT
                )
            )
            == "not-allowed"
        )
    assert declared(candidate, 0).candidate == candidate


def test_who_comes_back_into_the_commission_is_still_related() -> None:
    candidate = applied(commission=3)
    leaving = commission(candidate.election)[2]
    declared(candidate, 2)
    bodies.ended(bodies.role_of(leaving))
    again = bodies.invitation(
        "commissioner", candidate.election.group, email=leaving.email, name=""
    )
    assert bodies.accepted(again) == leaving
    given_voters.promised(candidate.election)

    assert refusal_of(lambda: vote(candidate, 2)) == "related-to-candidate"


def test_the_journal_says_to_which_candidate_and_not_what_ties_them() -> None:
    candidate = applied()
    declared(candidate, 1)
    withdrawn(candidate, 1)

    rows = entries_of(candidate.election.chapter).filter(event__startswith="relation.")
    assert [(row.event, row.after) for row in rows.order_by("number")] == [
        ("relation.declared_to_candidate", {"number": 1}),
        ("relation.with_candidate_withdrawn", {"number": 1}),
    ]


# Voters


def registered(count: int = 3) -> tuple[Election, list[Voter]]:
    election = given_voters.promised(given.election(State.REGISTRATION))
    return election, given_voters.voters(election, count)


def near(voter: Voter, member: int = 0) -> Relation:
    return relations.declare_relation_to_voter(
        voter.pk, kind="relative", actor=commission(voter.election)[member], at=AT
    )


def accepted(election: Election, *numbers: int, by: int = 0) -> list[Voter]:
    return roll.decide_voters(election.pk, numbers=numbers, actor=commission(election)[by], at=AT)


def test_who_is_related_to_voters_is_told_which_and_decides_on_none_of_the_batch() -> None:
    election, (first, second, third) = registered()
    near(first)
    near(third)

    with pytest.raises(Refused) as refusal:
        accepted(election, 1, 2, 3)

    assert (refusal.value.code, refusal.value.facts) == ("related-to-voters", {"numbers": "1, 3"})
    assert not Voter.objects.exclude(status="waiting").exists()
    assert [each.number for each in accepted(election, 2)] == [second.number]
    assert len(accepted(election, 1, 3, by=1)) == 2


def test_what_a_member_decided_on_somebody_near_falls_when_it_is_declared() -> None:
    election, (first, second, _third) = registered()
    accepted(election, 1)
    accepted(election, 2, by=1)

    near(first)
    near(second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("waiting", "accepted")


def test_a_relation_to_a_voter_is_taken_back_while_the_voter_waits() -> None:
    election, (first, *_others) = registered()
    one = commission(election)[0]

    def back() -> None:
        relations.withdraw_relation_to_voter(first.pk, actor=one, at=AT)

    assert refusal_of(back) == "relation-not-declared"
    near(first)
    back()
    assert len(accepted(election, 1)) == 1
    near(first)
    accepted(election, 1, by=1)
    assert refusal_of(back) == "voter-decided"
    assert refusal_of(lambda: near(first)) == "relation-declared"


def test_the_journal_does_not_say_which_voter_is_near_to_a_member() -> None:
    election, (first, *_others) = registered()

    near(first)

    row = entries_of(election.chapter).get(event="relation.declared_to_voter")
    assert (row.after, row.before) == (None, None)
    assert "voter" not in row.subject_kind
