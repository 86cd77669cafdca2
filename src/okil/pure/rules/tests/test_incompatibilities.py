from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.incompatibilities import TABLE, Held, Incompatible, Reach, conflicts

NAMES = sorted({name for ban in TABLE for name in (ban.one, ban.other)} | {"partner", "adviser"})
holdings = st.builds(Held, st.sampled_from(NAMES), st.sampled_from([1, 2, 3]))
HERE, ELSEWHERE = 1, 2


@pytest.mark.parametrize("ban", TABLE, ids=lambda ban: f"{ban.one} and {ban.other}")
def test_a_ban_holds_whichever_of_the_two_roles_came_first(ban: Incompatible) -> None:
    one, other = Held(ban.one, HERE), Held(ban.other, HERE)

    assert conflicts([one], other) == (ban,)
    assert conflicts([other], one) == (ban,)


@pytest.mark.parametrize("ban", TABLE, ids=lambda ban: f"{ban.one} and {ban.other}")
def test_a_ban_reaches_as_far_as_it_says(ban: Incompatible) -> None:
    found = conflicts([Held(ban.one, HERE)], Held(ban.other, ELSEWHERE))

    assert found == ((ban,) if ban.reach is Reach.BODY else ())


def test_pairs_that_the_table_does_not_name_are_allowed() -> None:
    banned = {frozenset((ban.one, ban.other)) for ban in TABLE}

    for one, other in product(NAMES, NAMES):
        if frozenset((one, other)) not in banned:
            assert conflicts([Held(one, HERE)], Held(other, HERE)) == ()


def test_a_commissioner_of_one_group_may_be_a_candidate_of_another() -> None:
    # Consensus of all groups decides about such pairs (REG-12 to REG-15); until then they are shown.
    assert conflicts([Held("commissioner", HERE)], Held("candidate", ELSEWHERE)) == ()


def test_an_organiser_may_be_a_candidate_nowhere() -> None:
    (ban,) = conflicts([Held("organiser", HERE)], Held("candidate", ELSEWHERE))

    assert ban.source == "8.03, REG-22"


def test_each_pair_is_banned_once_and_says_by_what() -> None:
    pairs = [frozenset((ban.one, ban.other)) for ban in TABLE]

    assert len(pairs) == len(set(pairs))
    assert all(len(pair) == 2 for pair in pairs)
    assert all(ban.source for ban in TABLE)


def test_each_of_several_bans_is_told() -> None:
    held = [Held("secretariat", None), Held("commissioner", HERE)]

    found = conflicts(held, Held("candidate", HERE))

    assert {ban.one for ban in found} == {"secretariat", "commissioner"}


def test_a_role_in_the_whole_body_meets_only_bans_that_reach_through_the_body() -> None:
    reaches = {ban.reach for ban in TABLE if "secretariat" in (ban.one, ban.other)}

    assert reaches == {Reach.BODY}


@given(st.lists(holdings, max_size=6), holdings)
def test_who_holds_more_breaks_at_least_the_same_bans(held: list[Held], wanted: Held) -> None:
    some = set(conflicts(held[:3], wanted))

    assert some <= set(conflicts(held, wanted))


@given(holdings, holdings)
def test_of_two_roles_the_order_does_not_matter(one: Held, other: Held) -> None:
    assert conflicts([one], other) == conflicts([other], one)
