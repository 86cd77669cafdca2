"""Admission: votes with reasons, nobody before the others; the list handed over, posts explained."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import admission, lists, relations
from okil.areas.elections.models import AdmissionVote, Candidate, CriterionCheck
from okil.areas.elections.queries import candidates as queries
from okil.areas.elections.queries import lists as known
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.foundation.audit import Actor, entries_of, history_of
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given_candidates.VOTED_AT
TWO_CONTESTS = {**given.RULES, "contest_model": "two_parallel_contests"}


def applied(*, commission: int = 2, **said: Any) -> Candidate:
    """One candidate, after the closing."""
    election = given.election(
        State.REGISTRATION,
        commission=commission,
        rules={**given.RULES, "commission_size": commission},
    )
    candidate = given_candidates.candidate(given_voters.promised(election), **said)
    given_voters.closed(election)
    return candidate


def vote(
    candidate: Candidate,
    member: int,
    *,
    vote: str = "admit",
    not_met: tuple[str, ...] = (),
    reason: str = given_candidates.REASON,
    despite: bool = False,
) -> AdmissionVote:
    return admission.vote_on(
        candidate.pk,
        vote=vote,
        not_met=not_met,
        reason=reason,
        despite=despite,
        actor=given_candidates.commission_of(candidate.election)[member],
        at=AT,
    )


def conclude(candidate: Candidate) -> Candidate:
    return admission.conclude_admission(
        candidate.pk, actor=given.commissioner_of(candidate.election), at=AT
    )


def refusal_of(act: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def seen_by(candidate: Candidate, role: str, number: int | None) -> set[int]:
    return set(admission.votes_seen(candidate, Actor(role, number)))


# Votes


def test_nobody_sees_the_others_votes_before_their_own() -> None:
    candidate = applied(commission=3)
    members = [
        bodies.role_of(user).person.number
        for user in given_candidates.commission_of(candidate.election)
    ]
    vote(candidate, 0)
    vote(candidate, 1, vote="refuse", not_met=("documents",))

    assert seen_by(candidate, "commissioner", members[0]) == set(members[:2])
    assert seen_by(candidate, "commissioner", members[2]) == set()
    assert seen_by(candidate, "organiser", 1) == set()
    vote(candidate, 2)
    candidate = conclude(candidate)
    assert seen_by(candidate, "organiser", 1) == set(members)


def test_reasons_are_opened_only_by_who_may_see_the_votes() -> None:
    candidate = applied()
    one, other = given_candidates.commission_of(candidate.election)
    vote(candidate, 0, reason="Нет согласия, запрошено.")
    length = entries_of(candidate.election.chapter).count()

    assert admission.open_reasons(candidate.pk, actor=other, at=AT) == {}
    assert entries_of(candidate.election.chapter).count() == length
    number = bodies.role_of(one).person.number
    assert admission.open_reasons(candidate.pk, actor=one, at=AT) == {
        number: "Нет согласия, запрошено."
    }
    assert entries_of(candidate.election.chapter).count() == length + 1


def test_a_vote_changes_until_it_is_concluded_and_stays_one() -> None:
    candidate = applied()
    vote(candidate, 0, vote="undecided")
    vote(candidate, 0)
    vote(candidate, 1)

    assert [each.vote for each in candidate.votes.all()] == ["admit", "admit"]
    assert conclude(candidate).outcome == "admitted"
    assert refusal_of(lambda: vote(candidate, 0, vote="refuse")) == "admission-decided"


def test_a_vote_has_a_reason_and_agrees_with_the_conditions() -> None:
    candidate = applied()

    assert refusal_of(lambda: vote(candidate, 0, reason="  ")) == "vote-without-reason"
    assert refusal_of(lambda: vote(candidate, 0, not_met=("rotation",))) == "vote-unlike-criteria"
    assert vote(candidate, 0, vote="refuse", not_met=("rotation",)).not_met == ["rotation"]


def test_the_journal_says_that_somebody_voted_and_not_how() -> None:
    candidate = applied()

    given_vote = vote(candidate, 0, vote="refuse", not_met=("rotation",))

    assert history_of(given_vote).get().after == {"number": candidate.number}


def test_nobody_votes_before_the_lists_are_closed() -> None:
    election = given.election(State.REGISTRATION)
    candidate = given_candidates.candidate(election)

    assert refusal_of(lambda: vote(candidate, 0)) == "lists-not-closed"


def test_only_the_commission_votes_and_concludes() -> None:
    candidate = applied()

    for role in ("secretariat", "organiser", "observer"):
        actor = given.officer_of(role, candidate.election)
        for act in (
            lambda actor=actor: admission.vote_on(
                candidate.pk, vote="admit", not_met=(), reason="Да.", actor=actor, at=AT
            ),
            lambda actor=actor: admission.conclude_admission(candidate.pk, actor=actor, at=AT),
        ):
            assert refusal_of(act) == "not-allowed"


# What the commission wrote together on a condition


def checked(
    candidate: Candidate,
    criterion: str = "documents",
    state: str = "not_met",
    *,
    member: int = 0,
    basis: str = "Нет согласия.",
    due_on: date | None = None,
    at: datetime = AT,
) -> CriterionCheck:
    return admission.check_criterion(
        candidate.pk,
        criterion=criterion,
        state=state,
        basis=basis,
        due_on=due_on,
        actor=given_candidates.commission_of(candidate.election)[member],
        at=at,
    )


def test_a_condition_is_checked_by_all_together_and_written_once() -> None:
    candidate = applied()
    one, other = given_candidates.commission_of(candidate.election)
    checked(candidate, state="asked", due_on=AT.date())

    checked(candidate, state="met", member=1, basis="Согласие пришло.")

    check = candidate.checks.get()
    number = bodies.role_of(other).person.number
    assert (check.state, check.due_on, check.checked_by) == ("met", None, number)
    assert admission.open_checks(candidate.pk, actor=one, at=AT) == {
        "documents": "Согласие пришло."
    }


def test_what_is_asked_for_has_a_day_that_is_not_over_and_every_check_a_basis() -> None:
    candidate = applied()

    for due_on in (None, AT.date() - timedelta(days=1)):
        assert (
            refusal_of(lambda day=due_on: checked(candidate, state="asked", due_on=day))
            == "asked-without-day"
        )
    assert refusal_of(lambda: checked(candidate, basis=" ")) == "check-without-basis"
    assert candidate.checks.count() == 0


def test_conditions_are_checked_before_the_lists_are_closed_and_not_after_the_decision() -> None:
    election = given_voters.promised(given.election(State.REGISTRATION))
    candidate = given_candidates.candidate(election)
    checked(candidate, state="met", at=given_candidates.ENTERED_AT)

    given_candidates.decided(candidate)

    assert refusal_of(lambda: checked(candidate, state="met")) == "admission-decided"


def test_only_the_commission_writes_checks_and_the_journal_keeps_no_word_of_them() -> None:
    candidate = applied()
    for role in ("secretariat", "organiser", "observer"):
        actor = given.officer_of(role, candidate.election)
        assert (
            refusal_of(
                lambda actor=actor: admission.check_criterion(
                    candidate.pk,
                    criterion="conflict",
                    state="met",
                    basis="Да.",
                    due_on=None,
                    actor=actor,
                    at=AT,
                )
            )
            == "not-allowed"
        )

    check = checked(candidate)

    assert history_of(check).get().after == {"number": 1, "criterion": "documents"}
    organiser = given.organiser_of(candidate.election)
    assert admission.open_checks(candidate.pk, actor=organiser, at=AT) != {}
    observer = given.officer_of("observer", candidate.election)
    assert (
        refusal_of(lambda: admission.open_checks(candidate.pk, actor=observer, at=AT))
        == "not-allowed"
    )


def test_who_is_related_neither_checks_nor_reads_what_the_others_found_before_the_decision() -> (
    None
):
    candidate = applied(commission=3)
    third = given_candidates.commission_of(candidate.election)[2]
    checked(candidate, member=2)
    checked(candidate, "conflict", "met")
    relations.declare_relation_to_candidate(candidate.pk, kind="self", actor=third, at=AT)

    assert list(candidate.checks.values_list("criterion", flat=True)) == ["conflict"]
    assert refusal_of(lambda: checked(candidate, member=2)) == "related-to-candidate"

    def opened() -> dict[str, str]:
        return admission.open_checks(candidate.pk, actor=third, at=AT)

    assert refusal_of(opened) == "related-to-candidate"
    vote(candidate, 0)
    vote(candidate, 1)
    conclude(candidate)
    assert set(opened()) == {"conflict"}


@pytest.mark.parametrize("state", ["not_met", "asked"])
def test_who_admits_against_what_the_commission_wrote_says_so(state: str) -> None:
    candidate = applied()
    checked(candidate, state=state, due_on=AT.date())

    with pytest.raises(Refused) as refusal:
        vote(candidate, 0)

    assert (refusal.value.code, refusal.value.facts) == (
        "vote-against-checks",
        {"conditions": ["documents"]},
    )
    assert vote(candidate, 0, despite=True).vote == "admit"
    assert vote(candidate, 1, vote="refuse").vote == "refuse"


def test_nobody_is_admitted_by_an_unsigned_application() -> None:
    candidate = applied()
    Candidate.objects.update(signed_on=None, signing="")

    assert refusal_of(lambda: vote(candidate, 0)) == "application-unsigned"
    assert refusal_of(lambda: vote(candidate, 0, despite=True)) == "application-unsigned"
    assert vote(candidate, 0, vote="refuse").vote == "refuse"


# The decision


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        (("admit", "admit"), "admitted"),
        (("refuse", "refuse"), "refused"),
        (("admit", "refuse"), "undecided"),
        (("admit", "undecided"), "undecided"),
        (("admit", "admit", "refuse"), "admitted"),
        (("refuse", "undecided", "refuse"), "refused"),
        (("admit", "undecided", "refuse"), "undecided"),
    ],
)
def test_the_majority_of_the_whole_commission_decides(votes: tuple[str, ...], outcome: str) -> None:
    candidate = applied(commission=len(votes))

    decided = given_candidates.decided(candidate, *votes)

    assert (decided.outcome, decided.decided_at) == (outcome, AT)
    row = entries_of(candidate.election.chapter).filter(event="admission.decided").get()
    assert row.after == {"number": 1, "outcome": outcome}


def test_it_is_concluded_when_all_have_voted_and_once() -> None:
    candidate = applied()
    vote(candidate, 0)

    assert refusal_of(lambda: conclude(candidate)) == "votes-missing"
    vote(candidate, 1)
    conclude(candidate)
    assert refusal_of(lambda: conclude(candidate)) == "admission-decided"


def test_who_left_the_commission_does_not_count_and_who_came_votes() -> None:
    candidate = applied()
    vote(candidate, 0)
    vote(candidate, 1)
    leaving = bodies.role_of(given_candidates.commission_of(candidate.election)[1])
    bodies.ended(leaving)
    bodies.officer(RoleName.COMMISSIONER, candidate.election.group)
    given_voters.promised(candidate.election)

    assert refusal_of(lambda: conclude(candidate)) == "votes-missing"
    vote(candidate, 1, vote="refuse")
    assert conclude(candidate).outcome == "undecided"


def test_what_the_commission_leaves_open_the_group_decides() -> None:
    candidate = applied()

    def settle() -> Candidate:
        return admission.settle_admission(
            candidate.pk,
            admitted=True,
            decision=given.decision(),
            actor=given.commissioner_of(candidate.election),
            at=AT,
        )

    assert refusal_of(settle) == "admission-not-open"
    given_candidates.decided(candidate, "admit", "refuse")
    settled = settle()
    assert (settled.outcome, settled.settled_by is None) == ("admitted", False)
    assert refusal_of(settle) == "admission-not-open"


# Posts that nobody stands for


def test_a_post_without_candidates_is_explained() -> None:
    election = given.election(State.REGISTRATION, rules=TWO_CONTESTS)
    given_candidates.admitted(election, 1, places=["member"])
    assert not given_voters.is_fulfilled("posts-covered", election)

    post = given_candidates.empty_post(election, "alternate")

    assert (post.place, post.help["ru"][:7]) == ("alternate", "Прежний")
    assert given_voters.is_fulfilled("posts-covered", election)
    assert history_of(post).get().after == {"place": "alternate"}
    assert refusal_of(lambda: given_candidates.empty_post(election, "alternate")) == "post-recorded"
    assert refusal_of(lambda: given_candidates.empty_post(election, "member")) == "post-not-empty"


def test_one_candidate_in_one_contest_leaves_nobody_to_be_alternate() -> None:
    election = given.election(State.REGISTRATION)
    given_candidates.admitted(election, 1)

    assert given_voters.is_fulfilled("posts-covered", election)
    assert given_candidates.empty_post(election, "alternate").place == "alternate"


def test_a_place_is_not_empty_while_it_is_undecided_who_stands() -> None:
    election = given.election(State.REGISTRATION, rules=TWO_CONTESTS)
    given_candidates.candidates(election, 1, places=["alternate"])
    given_voters.closed(election)

    assert (
        refusal_of(lambda: given_candidates.empty_post(election, "alternate")) == "post-not-empty"
    )
    assert given_candidates.empty_post(election, "member").place == "member"


def test_where_two_stand_nothing_is_empty() -> None:
    election = given.election(State.REGISTRATION)
    given_candidates.admitted(election, 2)

    for place in ("alternate", "both", "member"):
        assert refusal_of(lambda p=place: given_candidates.empty_post(election, p)) == (
            "post-not-empty"
        )


# The list


def test_the_list_is_handed_over_when_all_is_decided_and_once() -> None:
    election = given.election(State.REGISTRATION)
    first, second, third = given_candidates.candidates(election, 3)
    assert refusal_of(lambda: given_candidates.handed_over(election)) == "lists-not-closed"
    given_candidates.decided(first)
    given_candidates.decided(second, "refuse", "refuse")
    assert refusal_of(lambda: given_candidates.handed_over(election)) == "candidates-undecided"
    codes = ("admission-decided", "list-handed-over")
    assert [given_voters.is_fulfilled(code, election) for code in codes] == [False, False]
    given_candidates.decided(third)

    closing = given_candidates.handed_over(election)

    assert closing.handed_over_at == given_candidates.HANDED_OVER_AT
    assert [given_voters.is_fulfilled(code, election) for code in codes] == [True, True]
    assert history_of(closing).order_by("-number")[0].after == {"admitted": 2, "refused": 1}
    assert refusal_of(lambda: given_candidates.handed_over(election)) == "list-handed-over"


def test_only_admitted_candidates_are_listed() -> None:
    election = given.election(State.REGISTRATION)
    first, second, third = given_candidates.candidates(election, 3)
    given_candidates.decided(first)
    given_candidates.decided(second, "refuse", "refuse")
    given_candidates.decided(third)
    given_candidates.handed_over(election)
    given.moved_to(State.CANDIDATES_PUBLISHED, election)
    row = given.round_of(election)
    with transaction.atomic():
        lists.publish_list(row, at=given.ENTERED[State.CANDIDATES_PUBLISHED])

    listed = queries.candidates_of(row).exclude(listed_at=None)
    assert [each.number for each in listed] == [1, 3]
    public = known.public_list(row, queries.rules_of(election.group))
    assert (public.applied, public.refused) == (3, 1)


def test_two_contests_have_each_their_own_contestants() -> None:
    election = given.election(State.REGISTRATION, rules=TWO_CONTESTS)
    given_candidates.listed(election, 3, places=["member", "alternate"])
    row = given.round_of(election)

    assert [
        (each.place, each.candidate.number) for each in row.contestants.order_by("candidate")
    ] == [("member", 1), ("alternate", 2), ("member", 3)]


def test_the_secretariat_sees_the_lists_of_all_groups_in_numbers() -> None:
    election = given.election(State.REGISTRATION)
    given_candidates.admitted(election, 2)

    (row,) = known.lists_in(election.cycle)

    assert (row.applied, row.admitted, row.refused, row.waiting) == (2, 2, 0, 0)
    assert row.closing is not None
    assert row.closing.handed_over_at is None
