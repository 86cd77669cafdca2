"""A group dates actions of the common plan for itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Election, GroupDeadline
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.foundation.web.tests.pages import Page, read
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db


def own_of(election: Election) -> dict[int, tuple[str, date]]:
    rows = GroupDeadline.objects.filter(election=election).select_related("action")
    return {row.action.number: (row.deadline_kind, row.deadline_on) for row in rows}


def refusal_of(election: Election, days: Mapping[int, date], seen: Mapping[int, date] = {}) -> str:
    before = (own_of(election), length_and_last_hash())
    with pytest.raises(Refused) as refusal:
        given_plan.own(election, days, seen)
    assert (own_of(election), length_and_last_hash()) == before
    return refusal.value.code


def dated_election() -> Election:
    election = given.election()
    given_plan.given_deadlines(
        election.cycle,
        {
            13: ("by", date(2024, 8, 20)),
            14: ("on", date(2024, 8, 26)),
            4: ("from", date(2024, 8, 5)),
        },
    )
    return election


def test_own_deadlines_are_of_the_common_kind_and_an_end_where_nothing_is_said() -> None:
    election = dated_election()

    given_plan.own(election, {n: date(2024, 8, 19) for n in (4, 13, 14, 23)})

    day = date(2024, 8, 19)
    assert own_of(election) == {
        4: ("from", day), 13: ("by", day), 14: ("on", day), 23: ("by", day),
    }  # fmt: skip
    last = entries_of(election.chapter).order_by("-number")[0]
    assert (last.event, last.role) == ("own_plan.dated", "organiser")
    assert last.after == {
        "count": 4,
        "deadlines": dict.fromkeys(("4", "13", "14", "23"), "2024-08-19"),
    }


def test_what_is_left_out_keeps_the_common_deadline_again() -> None:
    election = dated_election()
    day = date(2024, 8, 19)
    given_plan.own(election, {13: day, 14: day})

    given_plan.own(election, {13: day}, seen={13: day, 14: day})

    assert own_of(election) == {13: ("by", day)}


def test_what_the_body_does_once_for_all_no_group_dates() -> None:
    election = dated_election()

    given_plan.own(election, {1: date(2024, 8, 19), 999: date(2024, 8, 19)})

    assert own_of(election) == {}


def test_whoever_has_seen_other_deadlines_is_told() -> None:
    election = dated_election()
    given_plan.own(election, {13: date(2024, 8, 19)})

    assert refusal_of(election, {13: date(2024, 8, 18)}) == "changed-meanwhile"


def test_an_election_that_stands_still_or_is_over_is_not_dated() -> None:
    suspended = given.suspended(given.election(State.VOTING), at=given.moment(9, 12, 10))

    assert refusal_of(suspended, {13: date(2024, 8, 19)}) == "suspended"


def test_only_the_organiser_of_the_group_dates_it() -> None:
    election = dated_election()
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    url = reverse("own_plan", args=[2024, election.group.slug])

    for role in ("secretariat", "commissioner", "observer"):
        client = given.browser_of(given.officer_of(role, election))
        assert client.post(url, {"day_13_0": "19"}).status_code == 404
    assert given.browser_of(neighbour).get(url).status_code == 404
    assert own_of(election) == {}


# The page


def page_after(election: Election, fields: Mapping[str, str]) -> tuple[int, Page]:
    client = given.browser_of(given.organiser_of(election))
    url = reverse("own_plan", args=[2024, election.group.slug])
    values = read(client.get(url)).form_to("").values
    response = client.post(url, {**values, **fields})
    return response.status_code, read(client.get(url) if response.status_code == 302 else response)


def day(number: int, typed: str) -> dict[str, str]:
    return {f"day_{number}_{i}": part for i, part in enumerate(typed.split())}


def test_what_does_not_fit_stands_beside_the_own_deadline() -> None:
    election = dated_election()

    status, page = page_after(
        election, {**day(13, "22 8 2024"), **day(14, "25 8 2024"), **day(16, "21 8 2024")}
    )

    assert status == 302
    assert page.problems() == []
    kinds = {n: len(page.by_id(f"a{n}").classed("is-bad")) for n in (13, 14, 15, 16)}
    assert kinds == {13: 1, 14: 1, 15: 0, 16: 1}  # later; not the common day; before 13 and 14


def test_a_day_that_does_not_exist_stands_beside_its_field_and_what_is_typed_stays() -> None:
    election = dated_election()

    status, page = page_after(election, {**day(13, "31 2 2024"), **day(16, "1 9 2024")})

    assert status == 422
    assert page.problems() == []
    assert len(page.by_id("a13").classed("is-bad")) == 1
    assert page.form_to("").values["day_16_0"] == ["1"]
    assert own_of(election) == {}


def test_of_two_windows_the_second_is_told_and_saves_over_it_next_time() -> None:
    election = dated_election()
    client = given.browser_of(given.organiser_of(election))
    url = reverse("own_plan", args=[2024, election.group.slug])
    values = read(client.get(url)).form_to("").values
    given_plan.own(election, {13: date(2024, 8, 19)})

    second = client.post(url, {**values, **day(13, "16 8 2024")})

    assert second.status_code == 422
    again = read(second).form_to("").values
    assert again["day_13_0"] == ["16"]
    assert client.post(url, again).status_code == 302
    assert own_of(election) == {13: ("by", date(2024, 8, 16))}


@pytest.mark.parametrize("seen", ["x", "13:2024-99-99", "13", "a:b:c", "\0", "9" * 5000])
def test_a_page_that_was_tampered_with_has_seen_nothing(seen: str) -> None:
    election = dated_election()

    status, _page = page_after(election, {"seen": seen, **day(13, "19 8 2024")})

    assert status in (302, 422)


# A long plan


def long_election() -> Election:
    """Two hundred actions, each but the body's with a deadline that the group's own day may break."""
    election = dated_election()
    last = election.cycle.plan.get(number=23)
    for number in range(26, 201):
        last.pk, last.number = None, number
        last.save()
    return election


def address(election: Election, asked: str = "") -> str:
    return reverse("own_plan", args=[2024, election.group.slug]) + asked


def test_a_long_plan_of_a_group_is_read_page_by_page_and_none_is_heavy() -> None:
    election = long_election()
    given_plan.own(election, {number: date(2024, 8, 1) for number in range(26, 201)})
    client = given.browser_of(given.organiser_of(election))

    pages = [client.get(address(election, f"?page={number}")) for number in range(1, 8)]

    assert max(len(each.content) for each in pages) <= 100 * 1024
    lines = [row["id"] for each in pages for row in read(each).main.all("tr") if row["id"]]
    assert sorted(lines, key=lambda each: int(each[1:])) == [f"a{n}" for n in range(1, 201)]
    assert [problem for each in pages for problem in read(each).problems()] == []


def test_each_page_of_a_long_plan_is_saved_by_itself_and_the_others_keep_what_they_have() -> None:
    election = long_election()
    given_plan.own(election, {13: date(2024, 8, 19), 190: date(2024, 8, 20)})
    client = given.browser_of(given.organiser_of(election))
    second = address(election, "?page=2")
    values = read(client.get(second)).form_to("").values

    saved = client.post(second, {**values, **day(40, "21 8 2024"), "next": "1"})

    assert (saved.status_code, saved["Location"]) == (302, address(election, "?page=3"))
    days = {number: on for number, (_kind, on) in own_of(election).items()}
    assert days == {13: date(2024, 8, 19), 40: date(2024, 8, 21), 190: date(2024, 8, 20)}


def test_what_was_saved_on_another_page_meanwhile_is_told_and_not_lost() -> None:
    election = long_election()
    client = given.browser_of(given.organiser_of(election))
    second = address(election, "?page=2")
    values = read(client.get(second)).form_to("").values
    given_plan.own(election, {13: date(2024, 8, 19)})

    told = client.post(second, {**values, **day(40, "21 8 2024")})

    assert told.status_code == 422
    assert client.post(second, read(told).form_to("").values).status_code == 302
    assert set(own_of(election)) == {13, 40}


def test_who_marks_an_action_of_a_long_plan_comes_back_to_its_page() -> None:
    election = long_election()
    client = given.browser_of(given.organiser_of(election))
    done = reverse("own_plan_done", args=[2024, election.group.slug, 190])

    answer = client.post(done, {f"done_on_{i}": part for i, part in enumerate(["1", "8", "2024"])})

    assert answer["Location"] == address(election, "?action=190#a190")
    assert read(client.get(address(election, "?action=190"))).by_id("a190").classed("ok")


def test_a_click_on_the_last_page_stays_there() -> None:
    election = long_election()
    client = given.browser_of(given.organiser_of(election))
    last = address(election, "?page=7")
    values = read(client.get(last)).form_to("").values

    assert client.post(last, {**values, "next": "1"})["Location"] == last
