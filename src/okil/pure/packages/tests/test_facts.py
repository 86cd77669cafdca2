from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import canonical_bytes
from okil.pure.packages import facts
from okil.pure.packages.facts import commitment, public_facts, result_data
from okil.pure.packages.tests import given as worlds
from okil.pure.packages.tests.given import World
from okil.pure.rules.count_sheet import sheet_from
from okil.pure.rules.counting import count


def test_public_facts_name_only_those_who_agreed() -> None:
    public = public_facts(worlds.facts())
    named = [one["name"] for one in (*public["candidates"], *public["commission"]) if one["name"]]
    assert named == ["Клёнова Дина", "Клюквина Вера"]
    assert public["organiser"]["name"] == ""
    assert public["candidates"][3]["pseudonym"] == "Ақбөкен"


def test_public_facts_merge_small_regions_with_those_from_elsewhere() -> None:
    assert public_facts(worlds.facts())["voters"]["by_region"] == [
        {"region": "kz-75", "registered": 18},
        {"region": "kz-71", "registered": 11},
        {"region": "kz-35", "registered": 6},
        {"region": "other", "registered": 5},
    ]


def test_public_facts_change_nothing_else_and_leave_the_internal_ones_alone() -> None:
    internal = worlds.facts()
    public = public_facts(internal)
    assert internal == worlds.facts()
    changed = {name for name in internal if public[name] != internal[name]}
    assert changed == {"audience", "candidates", "commission", "organiser", "voters"}


CELLS = st.dictionaries(
    st.sampled_from(["other", *(f"kz-{code}" for code in range(10, 20))]), st.integers(1, 30)
)


@given(CELLS, st.integers(3, 10))
def test_no_region_is_shown_with_fewer_people_than_the_smallest_cell(
    cells: dict[str, int], least: int
) -> None:
    internal = worlds.facts()
    rows = [{"region": region, "registered": number} for region, number in cells.items()]
    internal["voters"].update(by_region=rows, small_cell=least)
    shown = public_facts(internal)["voters"]["by_region"]
    total = sum(cells.values())
    assert sum(row["registered"] for row in shown) == total
    assert all(row["registered"] >= min(least, total) for row in shown)
    assert len({row["region"] for row in shown}) == len(shown)
    kept = {row["region"] for row in shown}
    hidden = [region for region in cells if region not in kept]
    nothing_is_shown = kept <= {"other"}
    assert len(hidden) != 1 or "other" in cells or nothing_is_shown


@given(st.binary(min_size=32, max_size=32))
def test_a_commitment_is_the_hash_of_salt_and_facts(salt: bytes) -> None:
    internal = worlds.facts()
    assert commitment(salt, internal) == sha256_hex(salt + canonical_bytes(internal))
    assert commitment(bytes(32), internal) != commitment(b"\1" * 32, internal)


def test_a_result_is_told_without_words() -> None:
    told = result_data(count(sheet_from(worlds.count_sheet())))
    assert told["winners"] == ["1"]
    assert told["alternates"] == ["4"]
    assert told["decided"] is True
    assert told["ties"] == []
    assert told["second_round"] == []
    assert told["steps"][0] == {
        "code": "took-part",
        "facts": {"voted": 32, "of": 40, "share": "80.0"},
    }
    assert canonical_bytes(told)  # JSON, without tuples and fractions


def test_an_open_result_says_what_is_open() -> None:
    sheet = {**worlds.count_sheet(), "tie_decisions": []}
    told = result_data(count(sheet_from(sheet)))
    assert told["ties"] == [{"between": ["2", "4"], "for": "alternate"}]
    assert told["decided"] is False


def test_the_facts_of_a_package_have_the_form_of_a_protocol() -> None:
    internal = worlds.parts(World()).internal
    for each in (internal, public_facts(internal)):
        facts.PROTOCOL.check(each, "")


@pytest.mark.parametrize("name", list(facts.PROTOCOL.fields))
def test_facts_without_one_of_their_fields_are_none(name: str) -> None:
    internal = {key: one for key, one in worlds.parts(World()).internal.items() if key != name}
    with pytest.raises(ValueError, match=f"wrong-form, place {name}"):
        facts.PROTOCOL.check(internal, "")
