"""A plan from a file: shown beside the plan that is there, taken over by a button, or refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.models import RoleName
from okil.areas.elections.documents.plan import plan_data
from okil.areas.elections.models import ActionMark, Cycle, GroupDeadline
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.foundation.audit import history_of, length_and_last_hash

pytestmark = pytest.mark.django_db
PLAN_2024 = Path(__file__).parents[5] / "tests" / "vectors" / "plans" / "plan_2024.json"


def page() -> str:
    return reverse("plan_import", args=[2024])


def browser() -> Client:
    return given.browser_of(given.secretariat())


def upload(content: Any, client: Client | None = None) -> Any:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode("utf-8")
    file = SimpleUploadedFile("plan.json", raw)
    with override("en"):
        return (client or browser()).post(page(), {"file": file})


def carried_by(response: Any) -> str:
    found = re.search(r'name="carried" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def take_over(carried: str, client: Client | None = None) -> Any:
    with override("en"):
        return (client or browser()).post(page(), {"carried": carried})


def texts(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def changed(cycle: Cycle, change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(plan_data(cycle)))
    change(data)
    return data


def later(data: dict[str, Any]) -> None:
    data["actions"][17]["deadline"] = {"kind": "by", "date": "2024-08-27"}


# Seen first


def test_what_was_exported_changes_nothing_when_it_comes_back() -> None:
    cycle = given_plan.as_in_2024(given.cycle())

    response = upload(plan_data(cycle))

    assert response.status_code == 200
    assert "The file says what the plan says already." in texts(response)
    assert 'name="carried"' not in response.content.decode()


def test_each_difference_is_shown_and_nothing_is_written() -> None:
    cycle = given_plan.as_in_2024(given.cycle())
    before = (list(cycle.plan.values()), length_and_last_hash())

    def change(data: dict[str, Any]) -> None:
        later(data)
        data["actions"][0]["title"]["kk"] = "Жаңа атау"
        data["actions"][1]["participants"] = ["partners"]
        del data["actions"][22]
        data["actions"].append({**data["actions"][23], "no": 31, "title": {"en": "Rest"}})

    response = upload(changed(cycle, change))

    shown = texts(response)
    assert response.status_code == 200
    assert "18 Deadline by 25 August by 27 August" in shown
    assert "Жаңа атау" in shown
    assert "2 Taking part" in shown
    assert "23 Action is removed" in shown
    assert "31 New action – Rest" in shown
    assert "contradictions" in shown
    assert (list(cycle.plan.values()), length_and_last_hash()) == before


def test_what_is_taken_over_is_what_was_shown() -> None:
    cycle = given_plan.as_in_2024(given.cycle())
    file = changed(cycle, later)

    response = take_over(carried_by(upload(file)))

    assert (response.status_code, response["Location"]) == (
        302,
        reverse("plan", args=[2024]).replace("/ru/", "/en/"),
    )
    cycle.refresh_from_db()
    assert plan_data(cycle) == file
    assert cycle.plan.get(number=18).deadline_on == date(2024, 8, 27)
    row = history_of(cycle).filter(event="plan.taken_over").get()
    assert row.before == {"deadlines": {"18": "by 2024-08-25"}}
    assert row.after == {"count": 1, "deadlines": {"18": "by 2024-08-27"}}


def test_a_plan_that_is_taken_over_needs_its_approval_anew() -> None:
    cycle = given_plan.approved(given.cycle())
    response = upload(changed(cycle, later))
    assert "needs its approval anew" in texts(response)

    take_over(carried_by(response))

    cycle.refresh_from_db()
    assert cycle.plan_approved_by is None


def test_an_action_that_goes_takes_along_what_groups_dated_and_marked() -> None:
    election = given.election()
    cycle = given_plan.dated(election.cycle, {1: date(2024, 8, 20)})
    given_plan.own(election, {1: date(2024, 8, 19)})
    given_plan.marked(cycle, 1)

    def without_1(data: dict[str, Any]) -> None:
        del data["actions"][0]
        for each in data["actions"]:
            each["depends_on"] = [number for number in each["depends_on"] if number != 1]

    take_over(carried_by(upload(changed(cycle, without_1))))

    assert not cycle.plan.filter(number=1).exists()
    assert not GroupDeadline.objects.exists()
    assert not ActionMark.objects.exists()


def test_the_plan_of_2024_as_it_was_published_is_taken_over_with_our_titles() -> None:
    cycle = given.cycle()
    titles = dict(cycle.plan.values_list("number", "title"))

    take_over(carried_by(upload(PLAN_2024.read_bytes())))

    assert dict(cycle.plan.values_list("number", "title")) == titles
    deadlines = dict(cycle.plan.values_list("number", "deadline_on"))
    assert deadlines == {number: day for number, (_, day) in given_plan.OF_2024.items()}


# Two people, and other hands


def test_a_plan_that_somebody_changed_meanwhile_is_shown_anew() -> None:
    cycle = given_plan.as_in_2024(given.cycle())
    carried = carried_by(upload(changed(cycle, later)))
    given_plan.dated(cycle, {19: date(2024, 8, 30)})

    response = take_over(carried)

    assert response.status_code == 422
    assert "Somebody changed this meanwhile" in texts(response)
    assert "30 August" in texts(response).replace("\xa0", " ")
    assert cycle.plan.get(number=18).deadline_on == date(2024, 8, 25)

    assert take_over(carried_by(response)).status_code == 302
    assert cycle.plan.get(number=19).deadline_on == date(2024, 8, 15)


@pytest.mark.parametrize("spoil", [lambda carried: carried + "x", lambda carried: "", str.swapcase])
def test_what_the_page_carried_cannot_be_changed(spoil: Callable[[str], str]) -> None:
    cycle = given_plan.as_in_2024(given.cycle())

    response = take_over(spoil(carried_by(upload(changed(cycle, later)))))

    assert response.status_code == 422
    assert "choose the file again" in texts(response)
    assert cycle.plan.get(number=18).deadline_on == date(2024, 8, 25)


@pytest.mark.parametrize("role", [RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER])
def test_for_others_there_is_nothing_here(role: str) -> None:
    election = given.election()
    client = given.browser_of(given.officer_of(role, election))

    assert client.get(page()).status_code == 404
    assert upload(plan_data(election.cycle), client).status_code == 404


# What is refused


def one(**said: Any) -> dict[str, Any]:
    first = {"no": 1, "stage": 1, "deadline": {"kind": "open"}, "depends_on": []}
    return {"actions": [first | said]}


def many(count: int) -> dict[str, Any]:
    return {"actions": [one()["actions"][0] | {"no": number} for number in range(1, count + 1)]}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"{", "It is not JSON"),
        (b"\xff\xd8\xff", "It is not JSON"),
        (b"[" * 100_000, "It is not JSON"),
        (b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}", "nested deeper than 20 levels"),
        (b" " * 1_000_001, "It is larger than 1 MB"),
        ([], "The field “plan” is missing"),
        ({"actions": []}, "It has no actions."),
        (many(201), "more than 200 actions"),
        (many(2001), "more than 2000 actions"),
        (one(depends_on=[1]), "Action 1 waits for itself."),
        (one(no=32_768, title={"en": "x"}), "“actions[0].no”"),
        (one(no=26), "“actions[0].title”"),
        (one(stage=7), "“actions[0].stage”"),
        (one(deadline={"kind": "by", "date": "2024-02-30"}), "“actions[0].deadline.date”"),
        (one(title={"en": "t" * 201}), "“actions[0].title.en”"),
        (one(responsible=["minister"]), "no such role"),
        (one(title={"en": "\u0000"}), "“actions[0].title.en”"),
    ],
)
def test_a_file_that_is_refused_says_which_place_is_wrong(content: Any, sentence: str) -> None:
    given.cycle()
    before = length_and_last_hash()

    response = upload(content)

    assert response.status_code == 422
    assert sentence in texts(response)
    assert length_and_last_hash() == before


def test_without_a_file_the_page_asks_for_one() -> None:
    given.cycle()

    with override("en"):
        response = browser().post(page(), {})

    assert response.status_code == 422
    assert "Choose a file." in texts(response)


def test_a_file_of_two_hundred_actions_all_wrong_makes_a_light_page() -> None:
    given.cycle()
    texts_ = dict.fromkeys(("ru", "kk", "en"), "т" * 200)
    data = many(200)
    for number, each in enumerate(data["actions"], 1):
        each |= {
            "title": texts_,
            "depends_on": [number - 1] if number > 1 else [],
            "deadline": {
                "kind": "by",
                "date": f"2024-{12 - number // 20:02}-{28 - number % 20:02}",
            },
        }

    response = upload(data)

    assert response.status_code == 200
    assert len(response.content) < 100 * 1024
    assert "more differences" in texts(response)
    assert re.search(r"And \d+ more\.", texts(response))
