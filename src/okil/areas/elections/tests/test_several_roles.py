"""Somebody in two groups answers, and each group's body decides as long as the common rules are silent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import registration as registering
from okil.areas.elections.actions import several_roles as actions
from okil.areas.elections.actions import voters
from okil.areas.elections.models import CrossingSide, Election, Voter
from okil.areas.elections.queries import several_roles as asked
from okil.areas.elections.queries.several_roles import Question, questions_in
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import registration
from okil.areas.elections.tests.given import several_roles as world
from okil.areas.elections.tests.given import voters as roll
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.several_roles import Follows
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = world.ANSWERED_AT


def refusal_of(act: Callable[[], object]) -> str:
    """The code of the refusal; nothing was written."""
    before = list(CrossingSide.objects.values()), length_and_last_hash()
    with pytest.raises(Refused) as refusal:
        act()
    assert (list(CrossingSide.objects.values()), length_and_last_hash()) == before
    return refusal.value.code


def answer(voter: Voter, said: str, situation: str = "X1") -> None:
    actions.answer_as_applicant(voter, situation=situation, answer=said, at=AT)


def question(election: Election) -> Question:
    (found,) = questions_in(election, given.round_of(election))
    return found


def rule(election: Election, ruling: str = "leaves", **said: Any) -> None:
    about: dict[str, Any] = {"capacity": "voter", "number": 1, "situation": "X1", **said}
    actions.rule_on_crossing(
        election.pk,
        ruling=ruling,
        decision=given.decision(),
        actor=about.pop("actor", given.commissioner_of(election)),
        at=AT,
        **about,
    )


def test_who_is_found_is_asked_in_both_groups() -> None:
    one, other = world.found_in_two()

    for voter in (one.voter, other.voter):
        found = question(voter.election)
        assert (found.capacity, found.number, found.situation) == ("voter", 1, "X1")
        assert (found.follows, found.stand, found.is_open) == ("unregulated", "asked", True)
        # On the own page the group's regulation is not read.
        on_the_own_page = replace(found, own_rule=Follows.UNREGULATED)
        assert asked.questions_of_applicant(voter, voter.election) == [on_the_own_page]


def test_as_long_as_the_common_rules_are_silent_the_groups_body_decides() -> None:
    one, _other = world.found_in_two()
    election = one.voter.election

    answer(one.voter, "both")
    assert (question(election).stand, question(election).answer) == ("for_the_body", "both")
    rule(election, "stays")

    assert (question(election).stand, question(election).is_open) == ("stays", False)
    rule(election, "leaves")  # anew, until the list is published
    assert question(election).stand == "leaves"
    side = CrossingSide.objects.get(voter=one.voter)
    assert (side.ruled_at, side.ruled_by and side.ruled_by.group) == (AT, election.group)


def test_who_leaves_one_group_has_nothing_to_answer_in_the_other() -> None:
    one, other = world.found_in_two()

    answer(one.voter, "elsewhere")
    assert question(one.voter.election).stand == "leaves"
    assert question(other.voter.election).stand == "asked"
    voters.decide_voters(
        one.voter.election_id,
        numbers=[1],
        refusal=Voter.Refusal.OTHER_ROLE,
        actor=given.commissioner_of(one.voter.election),
        at=AT,
    )

    assert question(other.voter.election).stand == "stays"
    assert question(one.voter.election).is_over
    assert refusal_of(lambda: answer(one.voter, "here")) == "crossing-over"


def test_who_says_in_both_groups_that_they_stay_has_not_chosen() -> None:
    one, other = world.found_in_two()

    answer(one.voter, "here")
    assert question(one.voter.election).stand == "stays"
    answer(other.voter, "here")

    assert {question(each.voter.election).stand for each in (one, other)} == {"for_the_body"}


@pytest.mark.parametrize(
    ("said", "stand", "offered"),
    [
        ("several", "stays", {"both", "elsewhere", "not_me"}),
        ("several_declared", "asked", {"both", "here", "elsewhere", "not_me"}),
        ("one_choice", "asked", {"here", "elsewhere", "not_me"}),
    ],
)
def test_the_common_rules_say_what_follows_and_what_may_be_answered(
    said: str, stand: str, offered: set[str]
) -> None:
    one, _other = world.found_in_two()
    world.agreed(voter_in_many=said)

    assert question(one.voter.election).stand == stand
    for each in ("both", "here", "elsewhere", "not_me", "tea", ""):
        if each not in offered:
            assert refusal_of(lambda each=each: answer(one.voter, each)) == (  # type: ignore[misc]
                "crossing-answer-not-offered"
            )
    for each in offered:
        answer(one.voter, each)
        assert question(one.voter.election).answer == each


def test_what_the_common_rules_settle_the_body_does_not_decide() -> None:
    one, _other = world.found_in_two()
    world.agreed(voter_in_many="several_declared")
    answer(one.voter, "both")

    assert refusal_of(lambda: rule(one.voter.election)) == "crossing-settled"
    answer(one.voter, "not_me")
    rule(one.voter.election, "stays")
    assert question(one.voter.election).stand == "stays"
    assert refusal_of(lambda: answer(one.voter, "both")) == "crossing-ruled"


def test_one_answer_covers_all_groups_that_were_found_and_not_one_that_is_found_later() -> None:
    elections = world.groups(4)
    many = [world.voter(each) for each in elections]
    cycle = elections[0].cycle
    world.closed(elections[:3])
    world.keyed(cycle)
    world.run(cycle)

    answer(many[0].voter, "both")
    assert question(elections[0]).answer == "both"
    assert CrossingSide.objects.filter(voter=many[0].voter, answer="both").count() == 2
    world.closed(elections[3:])
    world.run(cycle)

    assert (question(elections[0]).answer, question(elections[0]).stand) == ("", "asked")


def test_a_candidate_answers_with_the_ticket_of_the_application() -> None:
    here, there = world.groups()
    candidate = listing.candidate(here, contact=world.CONTACT)
    world.voter(there)
    world.closed([here, there])
    world.keyed(here.cycle)
    world.run(here.cycle)

    actions.answer_as_applicant(candidate, situation="X3", answer="both", at=AT)

    assert (question(here).capacity, question(here).answer) == ("candidate", "both")
    assert question(there).answer == ""


def test_an_answer_leaves_no_row_by_which_two_groups_could_be_put_together() -> None:
    one, other = world.found_in_two()
    before = length_and_last_hash()

    answer(one.voter, "both")
    answer(other.voter, "both")

    assert length_and_last_hash() == before


def officer_in_two() -> tuple[Election, Election]:
    """A commission member of the first group is a voter of the second."""
    here, there = world.groups()
    world.voter(there, given.commissioner_of(here).email)
    world.closed([here, there])
    world.keyed(here.cycle)
    world.run(here.cycle)
    return here, there


def test_an_officer_answers_for_themselves_and_is_not_their_own_judge() -> None:
    here, there = officer_in_two()
    member = given.commissioner_of(here)
    number = bodies.role_of(member).person.number
    about: dict[str, Any] = {"capacity": "commissioner", "number": number, "situation": "X2"}

    actions.answer_as_officer(here.pk, situation="X2", answer="both", actor=member, at=AT)

    assert (question(here).number, question(here).stand) == (number, "for_the_body")
    last = entries_of(here.chapter).order_by("-number")[0]
    assert (last.event, last.role, last.after) == (
        "crossing.answered",
        "commissioner",
        {"situation": "X2", "answer": "both"},
    )
    assert refusal_of(lambda: rule(here, **about, actor=member)) == "crossing-own"
    rule(here, "stays", **about, actor=given.organiser_of(here))
    assert question(here).stand == "stays"
    assert question(there).stand == "asked"
    other = given.organiser_of(here)
    assert (
        refusal_of(
            lambda: actions.answer_as_officer(
                here.pk, situation="X2", answer="both", actor=other, at=AT
            )
        )
        == "crossing-unknown"
    )


def test_a_ban_through_the_whole_body_is_said_in_both_groups() -> None:
    here, there = world.groups()
    listing.candidate(there, contact=given.organiser_of(here).email)
    world.closed([here, there])
    world.keyed(here.cycle)
    world.run(here.cycle)

    assert {question(each).follows for each in (here, there)} == {"forbidden"}


def test_a_ticket_made_anew_answers_and_the_one_before_does_not() -> None:
    one, _other = world.found_in_two()
    registering.renew_ticket(
        one.voter.pk,
        reason="seen",
        ticket=registration.ticket(),
        actor=given.organiser_of(one.voter.election),
        at=AT,
    )

    assert refusal_of(lambda: answer(one.voter, "both")) == "ticket-unknown"
    one.voter.refresh_from_db(fields=["ticket_check"])
    answer(one.voter, "both")


@pytest.mark.parametrize("role", [RoleName.SECRETARIAT, RoleName.OBSERVER])
def test_only_the_groups_own_body_decides(role: str) -> None:
    one, other = world.found_in_two()
    election = one.voter.election

    assert refusal_of(lambda: rule(election, actor=given.officer_of(role, election))) == (
        "not-allowed"
    )
    stranger = given.commissioner_of(other.voter.election)
    assert refusal_of(lambda: rule(election, actor=stranger)) == "not-allowed"


def test_who_has_not_promised_confidence_does_not_decide() -> None:
    one, _other = world.found_in_two()
    roll.unsworn(one.voter.election)

    assert refusal_of(lambda: rule(one.voter.election)) == "undertaking-missing"


def test_what_there_is_not_is_refused() -> None:
    one, _other = world.found_in_two()
    election = one.voter.election

    assert refusal_of(lambda: rule(election, number=7)) == "crossing-unknown"
    assert refusal_of(lambda: rule(election, situation="X3")) == "crossing-unknown"
    assert refusal_of(lambda: rule(election, "tea")) == "ruling-unknown"
    assert refusal_of(lambda: answer(one.voter, "both", "X5")) == "crossing-unknown"


def test_when_the_vote_is_on_nobody_answers_any_more() -> None:
    one, _other = world.found_in_two()
    election = one.voter.election
    roll.accepted(election)
    given.moved_to(State.CANDIDATES_PUBLISHED, election)

    assert refusal_of(lambda: rule(election)) == "not-in-registration"
    answer(one.voter, "both")
    given.moved_to(State.VOTING, election)

    assert refusal_of(lambda: answer(one.voter, "here")) == "voting-has-begun"


def test_a_suspended_election_stands_still() -> None:
    one, _other = world.found_in_two()
    given.suspended(one.voter.election, at=AT)

    assert refusal_of(lambda: answer(one.voter, "both")) == "suspended"
    assert refusal_of(lambda: rule(one.voter.election)) == "suspended"


def test_a_voter_may_stand_in_the_same_group_and_an_officer_of_its_commission_may_not() -> None:
    """Inside one group nothing is matched: what is forbidden there is refused when it is entered."""
    election = given.election(State.REGISTRATION)
    roll.promised(election)
    name = bodies.name_of(bodies.role_of(given.commissioner_of(election)).person)
    observer = bodies.name_of(bodies.role_of(given.officer_of(RoleName.OBSERVER, election)).person)
    roll.voter(election, name=bodies.SURNAMES[0] + " Одна")
    listing.candidate(election, name=bodies.SURNAMES[0] + " Одна")

    for barred in (name, observer):
        with pytest.raises(Refused, match="candidate-is-officer"):
            listing.candidate(election, name=barred)
    member = roll.voter(election, name=name)
    with pytest.raises(Refused, match="voter-is-officer"):
        roll.accepted(election, [member.number])
    watching = roll.voter(election, name=observer)  # not stated in the sources: allowed
    assert [each.number for each in roll.accepted(election, [watching.number])] == [watching.number]
