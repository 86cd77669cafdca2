"""What follows from a count: seats, ties, one candidate, none, and the rounds after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from okil.areas.elections.actions import count as actions
from okil.areas.elections.models import Departure, Election, TieSettled
from okil.areas.elections.queries import count as queries
from okil.areas.elections.queries import progress_of
from okil.areas.elections.queries.ballots import in_numbers
from okil.areas.elections.queries.count import Outcome, Vacant
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import count as counting
from okil.foundation import vault
from okil.foundation.audit import Actor, entries_of, length_and_last_hash, record
from okil.pure.refusal import Refused
from okil.pure.rules.count_sheet import TieDecision
from okil.pure.rules.stages import RoundKind
from okil.pure.rules.ties import Contenders

pytestmark = pytest.mark.django_db
BY_LOT = {"tie": "lot"}
PARALLEL = {"contest_model": "two_parallel_contests"}
MAJORITY = {"decision_principle": "absolute_majority", "majority_of": "votes_cast"}


def outcome(election: Election, votes: counting.Votes, **piles: Any) -> Outcome:
    """Counted by two and agreed; what follows."""
    counting.counted(election, votes, **piles)
    found = queries.outcome_of(given.round_of(election))
    assert found is not None
    return found


def elected(found: Outcome) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
    return found.members, found.alternates, found.decided


def codes(found: Outcome) -> list[str]:
    return [step.code for step in found.steps]


def agrees(election: Election) -> bool:
    situation = progress_of(election, at=counting.AGREED_AT).situation
    return "counts-agree" in situation.facts


def refused(act: Callable[[], object]) -> str:
    def written() -> tuple[object, ...]:
        return list(TieSettled.objects.values_list("pk", "withdrawn_at")), length_and_last_hash()

    before = written()
    with pytest.raises(Refused) as refusal:
        act()
    assert written() == before
    return refusal.value.code


def follows(election: Election) -> list[tuple[int, str]]:
    return counting.contestants_of(given.round_of(election))


# One vote


def test_the_first_is_member_and_the_next_alternate() -> None:
    found = outcome(counting.on_the_table(), {1: 3, 2: 6, 3: 2}, blank=1)

    assert elected(found) == ((2,), (1,), True)
    assert found.own == found.sheet


def test_two_contests_are_counted_side_by_side() -> None:
    election = counting.on_the_table(("member", "member", "alternate", "alternate"), rules=PARALLEL)

    found = outcome(election, {1: 7, 2: 5, 3: 4, 4: 8})

    assert elected(found) == ((1,), (4,), True)


def test_two_seats_are_filled_by_the_strongest() -> None:
    election = counting.on_the_table(("both",) * 4, seats=2)
    votes = {1: 9, 2: 8, 3: 3, 4: 2}  # a paper may name two: more votes than papers

    for member in counting.counters_of(election):
        counting.entered(election, votes, by=member, found=12)
    counting.agreed(election)

    found = queries.outcome_of(given.round_of(election))
    assert found is not None
    assert elected(found) == ((1, 2), (3, 4), True)


def test_a_post_for_which_nobody_stands_stays_vacant() -> None:
    election = counting.on_the_table(("member", "member"), rules=PARALLEL)

    found = outcome(election, {1: 7, 2: 5})

    assert elected(found) == ((1,), (), True)
    assert found.vacant == (Vacant("alternate", 1),)


def test_one_candidate_is_voted_for_or_against() -> None:
    won = outcome(counting.on_the_table(("both",)), {1: 7}, blank=5)

    assert elected(won) == ((1,), (), True)
    assert won.vacant == (Vacant("alternate", 1),)


def test_who_has_no_half_of_the_papers_is_not_elected() -> None:
    election = counting.on_the_table(("both",))

    lost = outcome(election, {1: 6}, blank=6)

    assert elected(lost) == ((), (), False)
    assert follows(election) == [(1, "both")]


def test_who_has_no_rival_is_elected_without_papers_where_the_regulation_says_so() -> None:
    election = counting.on_the_table(
        ("both",), voted=0, papers=0, rules={"single_candidate": "elected_without_vote"}
    )

    found = outcome(election, {})

    assert elected(found) == ((1,), (), True)
    assert "without-a-vote" in codes(found)


def test_beside_a_contest_with_rivals_one_may_be_for_or_against() -> None:
    election = counting.on_the_table(("member", "member", "alternate"), rules=PARALLEL)

    found = outcome(election, {"member": {1: 7, 2: 5}, "alternate": {3: 12}})

    assert elected(found) == ((1,), (3,), True)
    assert codes(found).count("majority-needed") == 1


def test_too_low_a_turnout_elects_nobody_and_all_stand_again() -> None:
    election = counting.on_the_table(voters=30, voted=12, rules={"minimum_turnout_percent": 50})

    found = outcome(election, {1: 6, 2: 4, 3: 2})

    assert elected(found) == ((), (), False)
    assert follows(election) == [(1, "both"), (2, "both"), (3, "both")]


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ({"contest_model": "other"}, "model-of-its-own"),
        ({"contest_model": None}, "model-unknown"),
        ({"decision_principle": None}, "rule-unknown"),
        ({**MAJORITY, "majority_of": None}, "rule-unknown"),
    ],
)
def test_what_the_regulation_does_not_settle_no_program_counts(
    rules: dict[str, Any], why: str
) -> None:
    election = counting.on_the_table(rules=rules)

    found = outcome(election, {1: 6, 2: 4, 3: 2})

    assert (found.not_counted, elected(found)) == (why, ((), (), False))
    assert agrees(election)


# Ties


def test_a_tie_waits_for_its_lot_and_the_lot_settles_it() -> None:
    election = counting.on_the_table(rules=BY_LOT)
    found = outcome(election, {1: 5, 2: 5, 3: 2})
    assert found.ties == (Contenders(("1", "2"), "member"),)
    assert not agrees(election)

    counting.tie_settled(election, [2, 1])

    settled = queries.outcome_of(given.round_of(election))
    assert settled is not None
    assert elected(settled) == ((2,), (1,), True)
    assert agrees(election)
    entry = entries_of(election.chapter).last()
    assert entry is not None
    assert (entry.event, entry.after) == (
        "count.tie_settled",
        {"place": "both", "way": "lot", "order": [2, 1]},
    )


def test_the_witnesses_of_a_lot_are_counted_openly_and_named_under_seal() -> None:
    election = counting.on_the_table(rules=BY_LOT)
    outcome(election, {1: 5, 2: 5, 3: 2})
    without = partial(counting.tie_settled, election, [2, 1], witness_count=0)
    assert refused(without) == "witnesses-missing"

    settled = counting.tie_settled(election, [2, 1])

    settled.refresh_from_db()
    opened = vault.open([settled], "officers", actor=Actor("system", None), at=given.AT)
    assert opened[settled.pk]["witnesses"] == making.WITNESSES
    assert settled.witness_count == 2


def test_only_a_tie_that_is_there_is_settled_and_once() -> None:
    election = counting.on_the_table(rules=BY_LOT)
    outcome(election, {1: 5, 2: 5, 3: 2})

    for order in ([1, 3], [1], [1, 2, 3], [1, 1]):
        assert refused(partial(counting.tie_settled, election, order)) == "no-such-tie"
    counting.tie_settled(election, [1, 2])
    assert refused(lambda: counting.tie_settled(election, [2, 1])) == "no-such-tie"


def test_a_tie_is_settled_as_the_regulation_says() -> None:
    election = counting.on_the_table(rules={"tie": "seniority_of_criteria"})
    outcome(election, {1: 5, 2: 5, 3: 2})

    assert refused(lambda: counting.tie_settled(election, [1, 2])) == "tie-by-another-rule"
    assert counting.tie_settled(election, [1, 2], way="seniority_of_criteria").pk


def test_where_the_regulation_is_silent_the_group_decides() -> None:
    election = counting.on_the_table(rules={"tie": None})
    outcome(election, {1: 5, 2: 5, 3: 2})

    assert refused(lambda: counting.tie_settled(election, [1, 2])) == "tie-needs-decision"
    settled = counting.tie_settled(election, [1, 2], decision=given.decision())
    assert settled.decision is not None


def test_a_record_entered_by_mistake_is_taken_back() -> None:
    election = counting.on_the_table(rules=BY_LOT)
    outcome(election, {1: 5, 2: 5, 3: 2})
    settled = counting.tie_settled(election, [2, 1])
    commissioner = given.commissioner_of(election)

    actions.withdraw_tie(settled.pk, actor=commissioner, at=counting.AGREED_AT)

    assert not agrees(election)
    again = partial(actions.withdraw_tie, settled.pk, actor=commissioner, at=counting.AGREED_AT)
    assert refused(again) == "no-such-tie"
    assert counting.tie_settled(election, [1, 2]).pk


# Voted on again


def test_equals_are_voted_on_again_and_the_rest_stays() -> None:
    election = counting.on_the_table()
    first = outcome(election, {1: 6, 2: 3, 3: 3})
    assert elected(first) == ((1,), (), False)
    assert agrees(election)
    assert follows(election) == [(2, "both"), (3, "both")]
    refusal = refused(lambda: counting.tie_settled(election, [2, 3]))
    assert refusal == "tie-by-another-rule"

    counting.again(election)
    (contest,) = queries.contests_voted(given.round_of(election))
    assert sorted(contest.numbers) == [2, 3]
    second = outcome(election, {2: 4, 3: 8})

    assert elected(second) == ((1,), (3,), True)
    assert second.sheet.tie_decisions == (TieDecision(0, ("3", "2")),)
    assert second.own.contests[0].votes == {"2": 4, "3": 8}
    assert second.agreed == first.agreed


def test_equals_of_a_repeat_vote_stand_again_or_the_group_decides() -> None:
    election = counting.on_the_table(("both",) * 4)
    outcome(election, {1: 6, 2: 2, 3: 2, 4: 2})
    counting.again(election)

    second = outcome(election, {2: 5, 3: 5, 4: 2})

    assert elected(second) == ((1,), (), False)
    assert second.ties == (Contenders(("2", "3"), "alternate"),)
    assert follows(election) == [(2, "both"), (3, "both")]
    counting.tie_settled(election, [3, 2], way="other", decision=given.decision())
    settled = queries.outcome_of(given.round_of(election))
    assert settled is not None
    assert elected(settled) == ((1,), (3,), True)


def test_a_third_vote_settles_what_the_second_left_equal() -> None:
    election = counting.on_the_table(("both",) * 4)
    outcome(election, {1: 6, 2: 2, 3: 2, 4: 2})
    counting.again(election)
    outcome(election, {2: 5, 3: 5, 4: 2})
    counting.again(election)

    third = outcome(election, {2: 5, 3: 7})

    assert elected(third) == ((1,), (3,), True)


def test_a_repeat_vote_with_too_few_voters_settles_nothing() -> None:
    election = counting.on_the_table(rules={"minimum_turnout_percent": 50})
    outcome(election, {1: 6, 2: 3, 3: 3})
    counting.again(election, voted=5)

    second = outcome(election, {2: 1, 3: 4})

    assert elected(second) == ((1,), (), False)
    assert follows(election) == [(2, "both"), (3, "both")]


def test_the_strongest_go_into_a_second_round_that_needs_no_majority() -> None:
    election = counting.on_the_table(rules=MAJORITY)
    first = outcome(election, {1: 5, 2: 4, 3: 3})
    assert elected(first) == ((), (), False)
    assert follows(election) == [(1, "both"), (2, "both")]

    counting.again(election, RoundKind.SECOND_ROUND)
    second = outcome(election, {1: 5, 2: 6}, wrongly_completed=1)

    assert elected(second) == ((2,), (1,), True)
    assert second.sheet.rule == "plurality"


def test_of_two_contests_the_decided_one_is_carried_into_the_second_round() -> None:
    election = counting.on_the_table(
        ("member", "member", "member", "alternate", "alternate"), rules={**MAJORITY, **PARALLEL}
    )
    first = outcome(election, {1: 5, 2: 4, 3: 3, 4: 8, 5: 4})
    assert elected(first) == ((), (4,), False)
    assert follows(election) == [(1, "member"), (2, "member")]

    counting.again(election, RoundKind.SECOND_ROUND)
    second = outcome(election, {1: 5, 2: 7})

    assert elected(second) == ((2,), (4,), True)
    assert (second.carried, second.vacant) == ((4,), ())


def test_of_two_seats_the_one_without_a_majority_goes_into_the_second_round() -> None:
    election = counting.on_the_table(("both",) * 4, seats=2, rules=MAJORITY)
    for member in counting.counters_of(election):
        counting.entered(election, {1: 9, 2: 6, 3: 5, 4: 3}, by=member, found=12)
    counting.agreed(election)
    assert follows(election) == [(2, "both"), (3, "both")]

    row = counting.again(election, RoundKind.SECOND_ROUND)
    assert [contest.seats for contest in queries.contests_voted(row)] == [1]
    second = outcome(election, {2: 5, 3: 7})

    assert elected(second) == ((3, 1), (2,), True)


def test_an_annulled_vote_is_held_again_with_everybody_and_counts_alone() -> None:
    election = counting.on_the_table()
    outcome(election, {1: 6, 2: 4, 3: 2})
    given.annulled(election, at=counting.AGREED_AT)
    assert follows(election) == [(1, "both"), (2, "both"), (3, "both")]

    counting.again(election)
    second = outcome(election, {1: 2, 2: 9, 3: 1})

    assert elected(second) == ((2,), (1,), True)
    assert second.carried == ()


def test_who_dropped_out_does_not_stand_in_the_repeat_vote() -> None:
    election = counting.on_the_table(
        ("member", "member", "member", "alternate", "alternate"), rules=PARALLEL
    )
    outcome(election, {1: 6, 2: 4, 3: 2, 4: 7, 5: 5})
    row = given.round_of(election)
    winner = row.candidates.get(number=1)
    Departure.objects.create(
        round=row,
        candidate=winner,
        why=Departure.Why.DECLINED,
        told_on=date(2024, 9, 15),
        recorded_at=given.AT,
        person_number=1,
    )
    assert follows(election) == [(2, "member"), (3, "member")]

    counting.again(election)
    second = outcome(election, {2: 5, 3: 7})

    assert elected(second) == ((3,), (4,), True)
    assert second.carried == (4,)


# A place that fell vacant during the term


def test_in_a_by_election_only_the_vacant_place_is_counted() -> None:
    election = counting.on_the_table(("member", "member"))
    row = given.round_of(election)
    row.kind = RoundKind.BY_ELECTION
    row.save(update_fields=["kind"])
    record(
        "round.opened",
        actor=Actor("secretariat", 1),
        subject=row,
        at=given.AT,
        chapter=election.chapter,
        after={"round": row.number, "kind": row.kind, "member": 1, "alternate": 0},
    )

    found = outcome(election, {1: 5, 2: 7})

    assert elected(found) == ((2,), (), True)
    assert found.vacant == ()


# What it costs


def test_an_outcome_is_read_in_few_queries(django_assert_max_num_queries: Any) -> None:
    election = counting.on_the_table()
    outcome(election, {1: 6, 2: 4, 3: 2})
    row = in_numbers(given.round_of(election)).round

    with django_assert_max_num_queries(3):
        queries.outcome_of(row)
