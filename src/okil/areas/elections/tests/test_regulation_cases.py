"""A rule that the regulation leaves open or breaks, settled for one election on screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from okil.areas.elections.models import Election, GateAnswer
from okil.areas.elections.tests import given
from okil.areas.elections.views.regulation_cases import questions_left
from okil.foundation.audit import length_and_last_hash
from okil.foundation.web.tests.pages import read
from okil.pure.rules.regulation import as_data, regulation_from
from okil.pure.rules.regulation.findings import examine_rule
from okil.pure.rules.stages import State
from okil.pure.rules.tests.regulations import regulation as example

pytestmark = pytest.mark.django_db
SOUND = as_data(example("sound"))
# Registration asks for observers and for the term of complaints.
OPEN = {**SOUND, "observers_obligatory": False, "observers_invited_by": None}
DECIDED = {
    "made_by": "Общее собрание",
    "made_on_0": "14",
    "made_on_1": "8",
    "made_on_2": "2024",
}


def of(election: Election, name: str, *more: object) -> str:
    return reverse(name, args=[2024, election.group.slug, *more])


def announced(rules: dict[str, Any]) -> tuple[Client, Election]:
    election = given.election(State.ANNOUNCED, rules=rules)
    return given.browser_of(given.organiser_of(election)), election


def test_what_is_open_or_broken_is_asked_and_what_stands_is_only_said() -> None:
    client, election = announced(OPEN)

    page = read(client.get(of(election, "election_regulation_case", "REG-02")))

    assert page.problems() == []
    asked = set(page.form_to("").values) | {each["name"] for each in page.main.all("input")}
    assert {"observers_obligatory", "observers_invited_by", "made_by"} <= asked
    assert "observers_at_least" not in asked
    assert page.main.classed("facts")


@pytest.mark.parametrize(
    ("appointed_by", "asked"),
    [
        ("assembly", {"organiser_does_not_stand"}),
        ("other", {"organiser_does_not_stand", "organiser_appointed_text"}),
        (
            None,
            {"organiser_does_not_stand", "organiser_appointed_by", "organiser_appointed_text"},
        ),
    ],
)
def test_another_way_is_asked_for_only_where_the_regulation_does_not_name_one(
    appointed_by: str | None, asked: set[str]
) -> None:
    regulation = regulation_from(
        {**SOUND, "organiser_appointed_by": appointed_by, "organiser_does_not_stand": None}
    )

    left = questions_left(examine_rule("REG-22", regulation), regulation)

    assert set(left) == asked


def test_only_answers_are_said_to_stand() -> None:
    election = given.election()
    given.adopt(election.group, {**SOUND, "approval_majority": None})
    client = given.browser_of(given.organiser_of(election))

    page = read(client.get(of(election, "election_regulation_case", "REG-18")))

    answers = [each.text for each in page.main.classed("facts")[0].all("dd")]
    assert answers
    assert "" not in answers


def test_the_decision_holds_for_this_election_and_the_regulation_stays() -> None:
    client, election = announced(OPEN)
    url = of(election, "election_regulation_case", "REG-02")
    said = {"observers_obligatory": "yes", "observers_invited_by": "organiser"}

    response = client.post(url, {**read(client.get(url)).form_to("").values, **said, **DECIDED})

    assert response.status_code == 302
    newest, own = election.group.regulations.all()
    assert (newest.case_of, newest.regulation.observers_obligatory) == (election, True)
    assert (own.case_of, own.regulation.observers_obligatory) == (None, False)
    assert GateAnswer.objects.get().gate == "REG-02"
    page = read(client.get(of(election, "election_regulation_findings")))
    assert not [each for each in page.main if each["id"] == "REG-02"]


def test_a_decision_that_leaves_the_rule_open_is_refused_and_stays_typed() -> None:
    client, election = announced(OPEN)
    url = of(election, "election_regulation_case", "REG-02")
    before = length_and_last_hash()
    typed = {**read(client.get(url)).form_to("").values, "observers_obligatory": "yes", **DECIDED}

    response = client.post(url, typed)

    page = read(response)
    assert (response.status_code, page.problems()) == (422, [])
    assert page.form_to("").values["observers_obligatory"] == ["yes"]
    assert page.form_to("").values["made_by"] == ["Общее собрание"]
    assert length_and_last_hash() == before


def test_only_what_the_next_move_asks_for_is_offered_for_a_decision() -> None:
    client, election = announced({**OPEN, "archive_years": None})

    page = read(client.get(of(election, "election_regulation_findings")))

    ways = set(page.links.values())
    assert of(election, "election_regulation_case", "REG-02") in ways
    assert of(election, "election_regulation_case", "REG-35") not in ways
    later = client.get(of(election, "election_regulation_case", "REG-35"))
    assert later.headers["Location"] == of(election, "election_regulation_findings")


def test_what_the_regulation_settles_needs_no_decision() -> None:
    client, election = announced(OPEN)
    url = of(election, "election_regulation_case", "REG-26")

    for ask in (client.get, client.post):
        assert ask(url).headers["Location"] == of(election, "election_regulation_findings")
    assert GateAnswer.objects.count() == 0


@pytest.mark.parametrize("rule", ["REG-99", "tea", "reg-02"])
def test_a_rule_that_is_none_is_not_found(rule: str) -> None:
    client, election = announced(OPEN)

    assert client.get(of(election, "election_regulation_case", rule)).status_code == 404


def test_nobody_but_the_organiser_brings_a_decision() -> None:
    _client, election = announced(OPEN)
    url = of(election, "election_regulation_case", "REG-02")

    for role in ("secretariat", "commissioner", "observer"):
        client = given.browser_of(given.officer_of(role, election))
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
        page = read(client.get(of(election, "election_regulation_findings")))
        assert url not in page.links.values()
