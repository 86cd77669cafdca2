from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okil.pure.ballots.ballot import check_ballot, tracker
from okil.pure.ballots.decryption import Logarithms, counted, is_power, partial_decryption
from okil.pure.ballots.election import Question
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import G, P
from okil.pure.ballots.tally import Tally
from okil.pure.ballots.tests import given as worlds
from okil.pure.ballots.tests.given import World, world
from okil.pure.ballots.tests.spoiling import copied

QUESTIONS = (
    Question("1", ("1", "2"), 1, 1),
    Question("1", ("1", "2"), 0, 2),
    Question("1", ("1", "2"), 2, 2),
    Question("1", ("1", "2"), 1, 1, blank=True),
    Question("1", ("1", "2"), 0, 1, blank=True),
    Question("1", ("1", "2"), 2, 2, blank=True),
)


def _allowed(question: Question, bits: tuple[int, ...]) -> bool:
    if not question.blank:
        return question.minimum <= sum(bits) <= question.maximum
    if bits[0]:
        return not any(bits[1:])
    return question.minimum <= sum(bits[1:]) <= question.maximum


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q.minimum}-{q.maximum}-{q.blank}")
def test_what_the_question_allows_can_be_proved_and_nothing_else(question: Question) -> None:
    made = world(question, seed="allowed")
    for bits in product((0, 1), repeat=question.entries):
        if _allowed(question, bits):
            assert check_ballot(made.election, made.ballot(0, [bits])).credential == made.public(0)
        else:
            with pytest.raises(ValueError, match="none of the statements"):
                made.ballot(0, [bits])


def test_what_is_no_bit_or_not_one_for_each_answer_is_refused() -> None:
    made = world(worlds.ONE_OF_THREE, seed="bits")
    for choices in ([[2, 0, 0]], [[-1, 1, 1]], [[1, 0]], [[1, 0, 0, 0]], [], [[1, 0, 0], [1]]):
        with pytest.raises(ValueError):
            made.ballot(0, choices)


def test_two_ballots_with_the_same_choice_look_different() -> None:
    made = world(worlds.ONE_OF_THREE, seed="hidden")
    one, other = (made.ballot(0, [[1, 0, 0]]) for _ in range(2))
    assert tracker(one) != tracker(other)
    first, second = (check_ballot(made.election, raw).answers[0].choices for raw in (one, other))
    assert not {number for pair in first for number in pair} & {n for pair in second for n in pair}


papers = st.lists(
    st.sampled_from([(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 1), (0, 1, 1, 0), (0, 0, 0, 1)]),
    max_size=5,
)
QUESTION = Question("1", ("1", "2", "3"), 1, 2, blank=True)
BASIC = world(QUESTION, voters=5, weights=[1, 3, 0, 10, 2], seed="sums")


def _counted(made: World, total: Tally, owners: tuple[int, ...]) -> list[list[int]]:
    """What these trustees would find, straight from their keys."""
    shares = {owner: made.keys[owner] for owner in owners}
    powers = []
    for entries in total.questions:
        row = []
        for entry in entries:
            factors = {owner: pow(entry.alpha, key, P) for owner, key in shares.items()}
            joined = made.trustees.joined_factor(factors)
            row.append(entry.beta * pow(joined, -1, P) % P)
        powers.append(row)
    return counted(powers, total.weight)


@given(papers, st.sampled_from([(1, 2), (1, 3), (2, 3)]))
@settings(max_examples=12)
def test_the_count_is_the_weighted_sum_of_the_papers(
    chosen: list[tuple[int, ...]], owners: tuple[int, ...]
) -> None:
    made = copied(BASIC)
    weights = [1, 3, 0, 10, 2]
    for voter, bits in enumerate(chosen):
        made.cast(voter, [bits])
    total = made.tally()
    expected = [
        sum(weight * bits[entry] for weight, bits in zip(weights, chosen, strict=False))
        for entry in range(4)
    ]
    assert _counted(made, total, owners) == [expected]
    assert (total.ballots, total.weight) == (len(chosen), sum(weights[: len(chosen)]))


def test_the_order_of_ballots_does_not_matter_for_the_sum() -> None:
    made = copied(BASIC)
    made.cast(0, [(1, 0, 0, 0)])
    made.cast(1, [(0, 1, 0, 0)])
    before = made.tally().record()
    made.entries[1:] = made.entries[:0:-1]
    assert made.tally().record() == before


@given(st.integers(0, 3000))
@settings(max_examples=40)
def test_small_logarithms_are_found(count: int) -> None:
    assert Logarithms(3000).of(pow(G, count, P)) == count


def test_large_weights_are_counted_quickly() -> None:
    most = 2_000_000_000
    for count in (0, 1, most - 1, most):
        assert counted([[pow(G, count, P)]], most) == [[count]]


def test_garbage_is_no_count() -> None:
    for power in (pow(G, 101, P), pow(G, -1, P), P - 1):
        with pytest.raises(Malformed):
            counted([[power]], 100)


def test_a_stated_count_is_compared_without_searching() -> None:
    assert is_power(pow(G, 10**15, P), 10**15)
    assert not is_power(pow(G, 10**15, P), 10**15 + 1)


def test_partial_decryptions_of_a_spoilt_sum_are_not_made() -> None:
    """A factor of an element outside the group would leak a part of the key."""
    total = BASIC.tally()
    row = list(total.questions[0])
    row[0] = row[0]._replace(alpha=P - 1)
    with pytest.raises(Malformed) as refusal:
        partial_decryption(BASIC.election, [row], "0" * 64, 1, BASIC.keys[1], BASIC.chance)
    assert refusal.value.reason == "element-outside-group"
