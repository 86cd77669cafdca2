"""The plan on screen: what is found, what is proposed, what is typed and checked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Cycle
from okil.areas.elections.queries.plan import calendar_of, examined, plan_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.foundation.web.tests.pages import Page, read

pytestmark = pytest.mark.django_db


def contradictory() -> Cycle:
    return given_plan.as_in_2024(given.cycle())


def page_of(name: str, *arguments: Any, client: Client | None = None) -> Page:
    browser = client or given.browser_of(given.secretariat())
    page = read(browser.get(reverse(name, args=[2024, *arguments])))
    assert page.problems() == []
    return page


def contradictions_of(cycle: Cycle) -> int:
    cycle = Cycle.objects.get(pk=cycle.pk)
    plan = plan_of(cycle, cycle.plan.all())
    return len(examined(plan, calendar_of(cycle.body)).contradictions)


# The plan


def test_findings_stand_beside_their_lines_for_officers_and_not_for_visitors() -> None:
    election = given.election()
    given_plan.as_in_2024(election.cycle)

    for role in ("secretariat", "organiser", "commissioner", "observer"):
        page = page_of("plan", client=given.browser_of(given.officer_of(role, election)))
        assert page.by_id("a16").classed("bad"), role
        assert page.by_id("a17").classed("bad") == [], role
    visitor = page_of("plan", client=Client())
    assert visitor.main.classed("bad") == []
    assert visitor.main.classed("gantt")


def test_the_side_counts_what_the_check_finds() -> None:
    cycle = contradictory()

    side = page_of("plan").main.classed("side")[0]

    assert str(contradictions_of(cycle)) in side.classed("bad")[0].text


def test_of_several_earlier_actions_one_is_told_and_the_others_numbered() -> None:
    contradictory()

    notes = page_of("plan").by_id("a20").classed("note")

    order = next(note for note in notes if note.classed("bad"))
    assert len(order.all("p")) == 2


def of_actions(cycle: Cycle, size: int) -> None:
    """As many, each a copy of the last one."""
    for number in range(26, size + 1):
        row = cycle.plan.get(number=25)
        row.pk, row.number = None, number
        row.save()


def test_a_long_plan_is_read_page_by_page_and_none_is_heavy() -> None:
    cycle = contradictory()
    of_actions(cycle, 200)
    client = given.browser_of(given.secretariat())
    url = reverse("plan", args=[2024])

    pages = [client.get(f"{url}?page={number}") for number in range(1, 8)]

    assert max(len(each.content) for each in pages) <= 100 * 1024
    lines = [row["id"] for each in pages for row in read(each).main.all("tr") if row["id"]]
    assert sorted(lines, key=lambda each: int(each[1:])) == [f"a{n}" for n in range(1, 201)]
    assert "200" in read(pages[0]).main.all("h1")[0].text


@pytest.mark.parametrize("asked", ["?action=", "?action=tea", "?page=0", "?page=²", "?action=999"])
def test_a_page_of_the_plan_that_is_none_is_answered_with_one_that_is(asked: str) -> None:
    of_actions(contradictory(), 40)

    response = given.browser_of(given.secretariat()).get(reverse("plan", args=[2024]) + asked)

    assert response.status_code == 200
    assert read(response).main.all("tr")


def test_of_a_long_plan_an_action_is_found_on_its_page() -> None:
    cycle = contradictory()
    of_actions(cycle, 40)
    client = given.browser_of(given.secretariat())
    fields = typed(page_of("plan_action", 40, client=client), title_ru="Закрыть приём")

    saved = client.post(reverse("plan_action", args=[2024, 40]), fields)

    place = saved.headers["Location"]
    assert place == reverse("plan", args=[2024]) + "?action=40#a40"
    page = read(client.get(place))
    assert "Закрыть приём" in page.by_id("a40").text
    late = [each["href"] for each in page.by_id("late").all("a")]
    assert "?action=7#a7" in late


def test_a_plan_that_contradicts_itself_leads_to_the_proposal_and_not_to_the_approval() -> None:
    contradictory()
    links = page_of("plan").links.values()
    assert reverse("plan_proposal", args=[2024]) in links
    assert reverse("plan_approve", args=[2024]) not in links


def test_an_approval_that_is_pressed_all_the_same_is_refused() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    url = reverse("plan_approve", args=[2024])
    values = read(client.get(url)).form_to("").values
    made_on = {"made_on_0": "14", "made_on_1": "8", "made_on_2": "2024"}

    response = client.post(url, {**values, "made_by": "Комитет", **made_on})

    assert response.status_code == 422
    cycle.refresh_from_db()
    assert cycle.plan_approved_by is None


# The proposal


def test_a_proposal_taken_whole_leaves_no_contradiction() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    form = page_of("plan_proposal", client=client).form_to("")
    assert len(form.values["take"]) > 3

    response = client.post(reverse("plan_proposal", args=[2024]), form.values)

    assert response.headers["Location"] == reverse("plan", args=[2024])
    assert contradictions_of(cycle) == 0
    assert page_of("plan_proposal").main.all("form") == []


def test_what_is_taken_in_part_is_moved_and_the_rest_is_found_again() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    values = page_of("plan_proposal", client=client).form_to("").values
    first, *rest = values["take"]
    before = contradictions_of(cycle)

    client.post(reverse("plan_proposal", args=[2024]), {**values, "take": [first]})

    number, day = first.split(":")
    assert cycle.plan.get(number=number).deadline_on == date.fromisoformat(day)
    assert 0 < contradictions_of(cycle) < before
    left = page_of("plan_proposal").form_to("").values["take"]
    assert {each.split(":")[0] for each in left} == {each.split(":")[0] for each in rest}


def test_a_choice_is_checked_without_being_saved() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    values = page_of("plan_proposal", client=client).form_to("").values
    revision = given_plan.revision(cycle)
    url = reverse("plan_proposal", args=[2024])

    def told(taken: list[str]) -> Page:
        page = read(client.post(url, {**values, "take": taken, "act": "check"}))
        assert page.problems() == []
        return page

    whole, part = told(values["take"]), told(values["take"][:1])

    assert whole.main.classed("is-ok")
    assert not part.main.classed("is-ok")
    assert part.form_to("").values["take"] == values["take"][:1]
    assert given_plan.revision(cycle) == revision


def test_a_proposal_to_a_plan_that_changed_meanwhile_is_not_taken_and_stays_ticked() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    url = reverse("plan_proposal", args=[2024])
    values = page_of("plan_proposal", client=client).form_to("").values
    given_plan.dated(cycle, {23: date(2024, 9, 6)})

    second = client.post(url, values)

    assert second.status_code == 422
    again = read(second).form_to("").values
    assert again["take"] == values["take"]
    assert client.post(url, again).status_code == 302


@pytest.mark.parametrize("take", [[], ["5"], ["16:2030-01-01"], ["16:x"], ["\0"]])
def test_what_was_not_proposed_is_not_taken(take: list[str]) -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    url = reverse("plan_proposal", args=[2024])
    values = page_of("plan_proposal", client=client).form_to("").values

    response = client.post(url, {**values, "take": take})

    assert response.status_code == 422
    assert read(response).problems() == []
    assert contradictions_of(cycle) > 0


def test_a_plan_too_long_for_a_proposal_says_so() -> None:
    of_actions(contradictory(), 204)

    page = page_of("plan_proposal")

    assert "200" in page.text
    assert page.main.all("form") == []


# One action


def typed(page: Page, **fields: Any) -> dict[str, Any]:
    return {**page.form_to("").values, **fields}


def test_an_action_is_saved_and_the_page_lands_on_its_line() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    url = reverse("plan_action", args=[2024, 16])
    fields = typed(
        page_of("plan_action", 16, client=client),
        depends_on="14; 15 13",
        title_ru="Закрыть приём",
        on_0="30",
        participants=["community"],
    )

    response = client.post(url, fields)

    assert response.headers["Location"] == reverse("plan", args=[2024]) + "#a16"
    action = cycle.plan.get(number=16)
    assert (action.depends_on, action.participants) == ([14, 15, 13], ["community"])
    assert (action.title["ru"], action.deadline_on) == ("Закрыть приём", date(2024, 8, 30))


@pytest.mark.parametrize("numbers", ["77", "16", "20", "x", "0", "-1", "1.5", "9" * 500, "²"])
def test_a_wrong_dependency_stands_beside_its_field_and_what_is_typed_stays(numbers: str) -> None:
    contradictory()
    client = given.browser_of(given.secretariat())
    page = page_of("plan_action", 16, client=client)

    for act in ("", "check"):
        response = client.post(
            reverse("plan_action", args=[2024, 16]),
            typed(page, depends_on=numbers, title_ru="Иначе", act=act),
        )
        assert response.status_code == 422
        again = read(response)
        assert again.problems() == []
        assert again.form_to("").values["title_ru"] == ["Иначе"]
        field = again.by_id("id_depends_on").parent
        assert field is not None
        assert "is-bad" in field["class"]


def test_an_action_is_checked_as_it_is_typed_and_nothing_is_saved() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    page = page_of("plan_action", 11, client=client)
    url = reverse("plan_action", args=[2024, 11])

    bad = read(client.post(url, typed(page, act="check")))
    good = read(client.post(url, typed(page, depends_on="", act="check")))

    assert bad.main.classed("note")
    assert len(good.main.classed("bad")) < len(bad.main.classed("bad"))
    assert (bad.problems(), good.problems()) == ([], [])
    assert cycle.plan.get(number=11).depends_on == [9, 10]


def test_a_new_action_is_checked_added_and_removed() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    url = reverse("plan_action_add", args=[2024])
    fields = typed(
        page_of("plan_action_add", client=client),
        title_ru="Проверить зал",
        stage="5",
        kind="open",
        depends_on="18",
        responsible=["organiser"],
    )

    assert client.post(url, {**fields, "act": "check"}).status_code == 200
    assert client.post(url, fields).status_code == 302
    assert cycle.plan.get(number=26).depends_on == [18]

    out = reverse("plan_action_remove", args=[2024, 26])
    values = page_of("plan_action_remove", 26, client=client).form_to("").values
    assert client.post(out, values).status_code == 302
    assert client.get(out).status_code == 404


def test_of_two_people_the_second_reads_what_the_first_saved_and_keeps_what_was_typed() -> None:
    cycle = contradictory()
    client = given.browser_of(given.secretariat())
    colleague = given.browser_of(bodies.secretariat(given.body()))
    url = reverse("plan_action", args=[2024, 16])
    page = page_of("plan_action", 16, client=client)
    colleague.post(url, typed(page, title_ru="Так сказал первый", title_kk="Бірінші"))

    second = client.post(url, typed(page, title_ru="Так говорит второй"))

    assert second.status_code == 422
    again = read(second)
    assert "Так сказал первый" in again.text
    assert again.form_to("").values["title_ru"] == ["Так говорит второй"]
    assert client.post(url, again.form_to("").values).status_code == 302
    assert cycle.plan.get(number=16).title["ru"] == "Так говорит второй"


# A new cycle


def test_a_new_cycle_may_begin_from_the_plan_before() -> None:
    client = given.browser_of(given.secretariat())
    first = read(client.get(reverse("cycle_open")))
    assert "like_latest" not in first.form_to("").values
    contradictory()
    page = read(client.get(reverse("cycle_open")))
    assert page.problems() == []

    response = client.post(
        reverse("cycle_open"),
        {
            **page.form_to("").values,
            "year": "2027",
            "like_latest": "yes",
            "first_on_0": "2",
            "first_on_1": "8",
            "first_on_2": "2027",
            "term_begins_on_0": "1",
            "term_begins_on_1": "11",
            "term_begins_on_2": "2027",
            "term_ends_on_0": "31",
            "term_ends_on_1": "10",
            "term_ends_on_2": "2030",
        },
    )

    assert response.status_code == 302
    earliest = Cycle.objects.get(year=2027).plan.order_by("deadline_on")[0]
    assert (earliest.number, earliest.deadline_on) == (3, date(2027, 8, 2))  # a Monday again
