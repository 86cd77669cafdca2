"""What holds for a count whatever its numbers are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from okil.pure.rules.count_sheet import CountSheet, TieDecision
from okil.pure.rules.counting import count, count_each
from okil.pure.rules.counting_words import CONTRADICTIONS, STEPS, UNREADABLE, text_of
from okil.pure.rules.tests.count_sheets import NAMES, contest, majority, said, sheet, sheets, wrong

LANGUAGES = ("ru", "kk", "en")


def renamed(one: CountSheet, new: Mapping[str, str]) -> CountSheet:
    old = one.contests[0]
    votes = {new[name]: number for name, number in (old.votes or {}).items()}
    candidates = tuple(new[name] for name in old.candidates)
    return replace(one, contests=(replace(old, candidates=candidates, votes=votes),))


unequal = st.lists(st.integers(0, 50), min_size=1, max_size=5, unique=True)


@given(votes=unequal, seats=st.integers(1, 3))
def test_without_a_tie_an_independent_count_agrees(votes: list[int], seats: int) -> None:
    one = contest(seats=seats, **dict(zip(NAMES, votes, strict=False)))
    voted = sum(votes) if seats == 1 else max(*votes, -(-sum(votes) // seats))
    result = count(sheet(one, voted=voted))

    # Written otherwise: how many others are ahead of this one?
    ahead = {NAMES[i]: sum(other > mine for other in votes) for i, mine in enumerate(votes)}
    assert set(result.winners) == {name for name in ahead if ahead[name] < seats}
    assert set(result.alternates) == {name for name in ahead if seats <= ahead[name] < 2 * seats}
    assert result.decided


@given(members=unequal, alternates=unequal)
def test_without_a_tie_two_parallel_contests_agree_too(
    members: list[int], alternates: list[int]
) -> None:
    contests = [
        replace(contest(place, **dict(zip(NAMES, votes, strict=False))), blank=300 - sum(votes))
        for place, votes in (("member", members), ("alternate", alternates))
    ]
    result = count(sheet(*contests, voted=300))

    member = members.index(max(members))
    left = [(votes, i) for i, votes in enumerate(alternates) if i != member]
    assert result.winners == (NAMES[member],)
    assert result.alternates == ((NAMES[max(left)[1]],) if left else ())


@given(
    members=st.lists(st.integers(0, 3), min_size=2, max_size=4),
    alternates=st.lists(st.integers(0, 3), min_size=1, max_size=5),
    order=st.permutations(NAMES),
)
def test_alternates_named_before_a_tie_is_settled_stay_so(
    members: list[int], alternates: list[int], order: list[str]
) -> None:
    contests = [
        replace(contest(place, **dict(zip(NAMES, votes, strict=False))), blank=20 - sum(votes))
        for place, votes in (("member", members), ("alternate", alternates))
    ]
    one = sheet(*contests, voted=20)
    before = count(one)
    decisions = tuple(
        TieDecision(0, tuple(name for name in order if name in tie.between))
        for tie in before.ties
        if tie.place == "member"
    )
    after = count(replace(one, tie_decisions=decisions))

    assert len(after.winners) == 1
    assert set(before.alternates) <= set(after.alternates)
    assert not set(after.winners) & set(after.alternates)


@given(votes=unequal)
def test_a_majority_elects_whom_more_than_all_others_together_want(votes: list[int]) -> None:
    result = count(majority(contest(**dict(zip(NAMES, votes, strict=False)))))

    wanted = [NAMES[i] for i, mine in enumerate(votes) if mine > sum(votes) - mine]
    assert list(result.winners) == wanted


@given(one=sheets(), order=st.permutations(NAMES))
def test_other_names_give_the_same_result_under_other_names(
    one: CountSheet, order: list[str]
) -> None:
    new = dict(zip(NAMES, order, strict=True))
    before, after = count(one), count(renamed(one, new))

    assert [new[name] for name in before.winners] == list(after.winners)
    assert [new[name] for name in before.alternates] == list(after.alternates)
    for now, then in ((before.ties, after.ties), (before.second_round, after.second_round)):
        assert [(each.place, [new[name] for name in each.between]) for each in now] == [
            (each.place, list(each.between)) for each in then
        ]
    assert said(before) == said(after)
    assert before.decided == after.decided


@given(one=sheets())
def test_contests_that_share_the_rule_of_the_sheet_are_counted_as_the_sheet_is(
    one: CountSheet,
) -> None:
    assert count_each(one, [(one.rule, one.majority_of)] * len(one.contests)) == count(one)


@given(one=sheets(), chance=st.randoms())
def test_the_order_of_the_candidates_gives_nobody_a_place(one: CountSheet, chance: Any) -> None:
    old = one.contests[0]
    mixed = list(old.candidates)
    chance.shuffle(mixed)
    before = count(one)
    after = count(replace(one, contests=(replace(old, candidates=tuple(mixed)),)))

    assert set(before.winners) == set(after.winners)
    assert set(before.alternates) == set(after.alternates)
    assert before.decided == after.decided


@given(one=sheets(), more=st.integers(1, 5))
def test_more_votes_never_cost_a_winner_the_seat(one: CountSheet, more: int) -> None:
    old = one.contests[0]
    for name in count(one).winners:
        votes = {**(old.votes or {}), name: (old.votes or {})[name] + more}
        grown = replace(
            one,
            contests=(replace(old, votes=votes),),
            voted=one.voted + more,
            registered=one.registered + (more if one.majority_of != "registered" else 0),
        )
        if grown.voted <= grown.registered and not count(grown).contradictions:
            assert name in count(grown).winners


@given(one=sheets())
def test_nobody_gets_two_places_and_none_above_the_seats(one: CountSheet) -> None:
    result = count(one)
    assert wrong(result) == []
    taken = [*result.winners, *result.alternates]
    open_ = {name for each in (*result.ties, *result.second_round) for name in each.between}

    assert len(taken) == len(set(taken))
    assert not open_ & set(taken)
    assert len(result.winners) <= one.contests[0].seats
    assert result.decided == (not open_ and "second-round-without-choice" not in said(result))


@given(one=sheets(), missing=st.integers(1, 5))
def test_papers_that_are_missing_always_contradict(one: CountSheet, missing: int) -> None:
    if one.contests[0].seats == 1:
        grown = replace(one, voted=one.voted + missing, registered=one.registered + missing)
        assert wrong(count(grown)) == ["papers-differ-from-voted"]


@given(one=sheets(), order=st.permutations(NAMES))
def test_a_decision_settles_its_tie_and_only_that(one: CountSheet, order: list[str]) -> None:
    tied = count(one).ties
    decisions = tuple(
        TieDecision(0, tuple(name for name in order if name in tie.between)) for tie in tied
    )
    before, after = count(one), count(replace(one, tie_decisions=decisions))

    assert after.ties == ()
    assert after.contradictions == ()
    assert set(before.winners) <= set(after.winners)


@settings(max_examples=200)
@given(one=sheets(), language=st.sampled_from(LANGUAGES))
def test_every_step_is_a_sentence(one: CountSheet, language: str) -> None:
    result = count(replace(one, minimum_turnout=30))

    for step in result.steps:
        text = text_of(step, language)
        assert text.endswith(".")
        assert "{" not in text


def test_every_sentence_has_its_three_languages() -> None:
    for table in (STEPS, CONTRADICTIONS, UNREADABLE):
        for code, sentence in table.items():
            assert set(sentence) == set(LANGUAGES), code
