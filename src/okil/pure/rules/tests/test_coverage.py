from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.coverage import Coverage, Row, covered, covered_in_cells

REGIONS = ["KZ-10", "KZ-11", "KZ-35", "KZ-71", "KZ-75", ""]
CELLS = st.dictionaries(st.sampled_from(REGIONS), st.integers(0, 40))
NAMED = st.sets(st.sampled_from(REGIONS[:-1]))


def test_who_sees_the_roll_sees_every_region_and_what_is_missing() -> None:
    found = covered({"KZ-75": 7, "KZ-71": 2, "": 1}, {"KZ-71": 4, "KZ-35": 3}, ("KZ-71", "KZ-10"))

    assert found == Coverage(
        (
            Row("KZ-75", 7, 0),
            Row("KZ-71", 2, 4, is_fewer=True),
            Row("", 1, 0),
            Row("KZ-10", 0, 0, is_empty=True),
            Row("KZ-35", 0, 3, is_fewer=True),
        )
    )
    assert found.empty == ("KZ-10",)
    assert found.fewer == ("KZ-71", "KZ-35")


def test_without_an_election_before_nothing_is_compared() -> None:
    assert covered({"KZ-71": 1}, None, ()) == Coverage((Row("KZ-71", 1, None),))


def test_others_see_large_cells_and_learn_of_no_region_that_it_is_empty() -> None:
    now = {"KZ-75": 17, "KZ-71": 9, "KZ-35": 2, "KZ-11": 4}

    found = covered_in_cells(
        now,
        {"KZ-75": 20, "KZ-71": 3, "KZ-11": 2},
        ("KZ-71", "KZ-35", "KZ-10"),
        least=5,
        changing=False,
    )

    assert found == Coverage(
        (Row("KZ-75", 17, 20, is_fewer=True), Row("KZ-71", 9, None)),
        other=6,
        untold=("KZ-10", "KZ-35"),
    )
    assert found.empty == ()


def test_while_numbers_change_they_are_rounded_down_in_both_elections() -> None:
    found = covered_in_cells({"KZ-75": 17, "KZ-71": 9}, {"KZ-75": 19}, (), least=5, changing=True)

    assert found.rows == (Row("KZ-75", 15, 15), Row("KZ-71", 5, None))
    assert found.other == 6


@given(CELLS, CELLS | st.none(), NAMED, st.integers(3, 10), st.booleans())
def test_no_small_cell_is_told_and_no_region_can_be_reckoned(
    now: dict[str, int], before: dict[str, int] | None, named: set[str], least: int, changing: bool
) -> None:
    found = covered_in_cells(now, before, named, least=least, changing=changing)

    assert all(row.number >= least for row in found.rows if len(found.rows) > 1)
    assert all(row.before is None or row.before >= 0 for row in found.rows)
    assert sum(row.number for row in found.rows) + found.other == sum(now.values())
    told = {row.region for row in found.rows}
    hidden = {code for code, number in now.items() if number} - told
    assert len(hidden) != 1 or not told


@given(CELLS, NAMED, st.integers(3, 10), st.data())
def test_one_more_voter_changes_a_rounded_number_at_every_step_only(
    now: dict[str, int], named: set[str], least: int, data: st.DataObject
) -> None:
    region = data.draw(st.sampled_from(REGIONS))
    more = {**now, region: now.get(region, 0) + 1}

    one, other = (
        {row.region: row.number for row in found.rows}
        for found in (
            covered_in_cells(cells, None, named, least=least, changing=True)
            for cells in (now, more)
        )
    )

    for code in one.keys() & other.keys():
        assert (other[code] - one[code]) % least == 0
