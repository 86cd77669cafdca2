"""What is read of a regulation: its findings, its versions, two beside each other, what all may read."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given.regulation_drafts import decided_together, drafted
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.regulation import RULES, Part, as_data
from okil.pure.rules.stages import State
from okil.pure.rules.tests.regulations import regulation as example

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
INSIDE = ("secretariat", "organiser", "commissioner", "observer")


def of(election: Election, name: str, *more: object) -> str:
    return reverse(name, args=[2024, election.group.slug, *more])


def seen_by(role: str, election: Election) -> Client:
    """A browser that has been here before."""
    client = given.browser_of(given.officer_of(role, election))
    client.get(reverse("journal_heads"))
    return client


def all_pages(election: Election) -> list[str]:
    return [
        *(
            of(election, f"election_regulation{name}")
            for name in ("", "_parts", "_adopt", "_findings", "_draft_findings", "_compare")
        ),
        *(of(election, "election_regulation_part", part.value) for part in Part),
        of(election, "election_regulation_compare") + "?one=1&other=draft",
        reverse("common_rules"),
    ]


WORLDS: dict[str, dict[str, Any]] = {
    "empty": {},
    "gaps": as_data(example("gaps")),
    "sound": as_data(example("sound")),
}


@pytest.mark.parametrize("world", WORLDS)
def test_every_page_is_light_and_sound_whatever_the_regulation_says(world: str) -> None:
    election = given.election(rules=WORLDS[world] or {"tie": None})
    drafted(election.group, {**WORLDS[world], "tie": "seniority_of_criteria"})
    decided_together(tightened=("REG-09",))
    client = seen_by("organiser", election)

    for language in ("ru", "kk", "en"):
        with override(language):
            pages = all_pages(election)
        for url in pages:
            with CaptureQueriesContext(connection) as queries:
                response = client.get(url)
            assert response.status_code == 200, url
            assert read(response).problems() == [], url
            assert len(queries) <= MOST_QUERIES, url
            assert not [name for name in bodies.SURNAMES if name in response.content.decode()]


# Findings


def findings(role: str, election: Election, name: str = "election_regulation_findings") -> Page:
    page = read(seen_by(role, election).get(of(election, name)))
    assert page.problems() == []
    return page


def test_every_rule_stands_once_on_the_page_for_a_meeting() -> None:
    election = given.election(rules=as_data(example("gaps")))

    text = findings("observer", election).text

    assert [rule for rule in RULES if text.count(rule) != 1] == []


def test_within_a_part_what_is_obligatory_and_broken_comes_first() -> None:
    rules = {**as_data(example("sound")), "observers_obligatory": False, "sworn_in": None}
    election = given.election(rules={**rules, "commission_declares": None})

    sections = [each["id"] for each in findings("organiser", election).main.all("section")]

    officers = [rule for rule in sections if rule in ("REG-02", "REG-04", "REG-23")]
    assert officers[0] == "REG-02"


def test_what_is_open_has_its_reason_its_wording_and_its_source_and_what_is_settled_a_line() -> (
    None
):
    election = given.election(rules={**as_data(example("sound")), "observers_obligatory": False})

    page = findings("organiser", election)

    section = page.by_id("REG-02")
    assert section.classed("mark")[0]["class"] == "mark bad"
    assert section.all("q")
    assert not [each for each in page.main if each["id"] == "REG-03"]
    assert "REG-03" in page.text


def test_a_quotation_in_another_language_than_its_source_is_marked_as_our_translation() -> None:
    election = given.election(rules={"tie": "lot"})
    with override("en"):
        page = findings("organiser", election)
    with override("ru"):
        original = findings("organiser", election)

    assert "Our translation." in page.by_id("REG-02").text
    assert "Our translation." not in original.by_id("REG-02").text
    assert "перевод" not in original.by_id("REG-02").text


def test_what_is_being_written_is_judged_for_its_writer_only() -> None:
    election = given.election(rules={**as_data(example("sound")), "tie": None})
    drafted(election.group, {"tie": "lot"})

    assert findings("organiser", election).by_id("REG-90")
    draft = findings("organiser", election, "election_regulation_draft_findings")
    assert not [each for each in draft.main if each["id"] == "REG-90"]
    for role in ("secretariat", "commissioner", "observer"):
        url = of(election, "election_regulation_draft_findings")
        assert seen_by(role, election).get(url).status_code == 404


def test_a_rule_that_the_body_tightened_is_obligatory_here() -> None:
    election = given.election(rules={"tie": "lot"})
    before = findings("organiser", election).by_id("REG-09").text
    decided_together(tightened=("REG-09",))

    after = findings("organiser", election).by_id("REG-09").text

    assert ("желательно" in before, "обязательно" in before) == (True, False)
    assert ("желательно" in after, "обязательно" in after) == (False, True)


def test_an_answer_that_differs_from_what_the_groups_decided_is_found() -> None:
    rules = {**as_data(example("sound")), "most_commissions": 1}
    election = given.election(rules=rules)
    ids = {each["id"] for each in findings("organiser", election).main}
    assert "REG-16" not in ids

    decided_together()

    assert "is-bad" in findings("organiser", election).by_id("REG-16")["class"]


# The version in force, and those before


def test_all_answers_stand_part_by_part_and_lead_to_the_findings() -> None:
    election = given.election(rules=as_data(example("sound")))

    for role in INSIDE:
        page = read(seen_by(role, election).get(of(election, "election_regulation")))
        assert len(page.main.all("table")) == len(Part)
        assert of(election, "election_regulation_findings") in page.links.values()
        may_write = of(election, "election_regulation_parts") in page.links.values()
        assert may_write is (role == "organiser")


def test_what_was_decided_for_one_election_is_said_to_be_so() -> None:
    election = given.election(State.ANNOUNCED, rules={**given.RULES, "voter_kind": None})
    given.answered("voter-defined", election, at=given.AT)
    client = seen_by("organiser", election)

    with override("en"):
        page = read(client.get(of(election, "election_regulation")))
        public = read(Client().get(of(election, "group_regulation")))

    assert page.text.count("For one election only") == 1
    for each in (page, public):
        assert "Version 1, adopted by: " in each.text
        assert "With what was decided for this election alone it is version 2." in each.text


def test_the_document_of_a_version_is_made_by_a_button_and_then_stands_on_both_pages() -> None:
    election = given.election(rules=as_data(example("sound")))
    client = seen_by("organiser", election)
    url = of(election, "election_regulation")
    form = read(client.get(url)).form_to(of(election, "election_regulation_issue"))

    assert client.post(form.action, form.values).headers["Location"] == url

    client.get(url)  # the answer to the button is read
    with CaptureQueriesContext(connection) as queries:
        page = read(client.get(url))
    assert len(queries) <= MOST_QUERIES
    assert page.problems() == []
    paper = of(election, "election_regulation_paper", 1, "kk", "pdf")
    assert paper in page.links.values()
    assert client.get(paper).content.startswith(b"%PDF-")
    public = of(election, "public_regulation_paper", "ru", "docx")
    assert public in read(Client().get(of(election, "group_regulation"))).links.values()
    assert Client().get(public).status_code == 200


# Comparison


def compared(client: Client, election: Election, one: str, other: str) -> Page:
    url = of(election, "election_regulation_compare")
    response = client.get(url, {"one": one, "other": other})
    assert response.status_code == 200
    return read(response)


def test_two_versions_are_compared_in_words() -> None:
    election = given.election()
    given.adopt(election.group, {**given.RULES, "tie": "lot", "midterm": None})

    page = compared(seen_by("observer", election), election, "1", "2")

    rows = page.main.all("tbody")[0].all("tr")
    assert len(rows) == 2
    by_rule = {("REG-90" in row.text, "REG-93" in row.text) for row in rows}
    assert by_rule == {(True, False), (False, True)}
    tie = next(row for row in rows if "REG-90" in row.text)
    assert "жребий" in tie.all("ins")[0].text
    vacancy = next(row for row in rows if "REG-93" in row.text)
    assert vacancy.classed("gap")


def test_who_says_the_same_is_told_so() -> None:
    election = given.election()
    given.adopt(election.group, given.RULES)

    page = compared(seen_by("organiser", election), election, "1", "2")

    assert page.main.all("tbody") == []
    assert page.problems() == []


def test_the_draft_is_laid_beside_only_by_who_writes_it() -> None:
    election = given.election()
    given.adopt(election.group, given.RULES)
    drafted(election.group, {"tie": "lot"})

    assert compared(seen_by("organiser", election), election, "1", "draft").main.all("ins")
    url = of(election, "election_regulation_compare")
    other = seen_by("observer", election).get(url, {"one": "1", "other": "draft"})
    assert other.status_code == 422


def test_the_secretariat_compares_all_groups_and_a_group_what_is_everybodys() -> None:
    one, shown, hidden = (bodies.group(given.body()) for _each in range(3))
    given.prepared(one)
    given.prepared(shown, rules={**given.RULES, "tie": "lot"}, is_public=True)
    given.prepared(hidden, rules={**given.RULES, "tie": "lot"}, is_public=False)
    election = given.cycle([one]).elections.select_related("cycle__body", "group__body").get()

    def offered(role: str) -> set[str]:
        page = read(seen_by(role, election).get(of(election, "election_regulation_compare")))
        return {each["value"] for each in page.main.all("option")}

    assert offered("secretariat") == {"1", f"of-{shown.slug}", f"of-{hidden.slug}"}
    assert offered("organiser") == {"1", f"of-{shown.slug}"}
    page = compared(seen_by("secretariat", election), election, "1", f"of-{hidden.slug}")
    assert "REG-90" in page.text


@pytest.mark.parametrize(
    "sides", [{"one": "tea"}, {"one": "1"}, {"one": "9", "other": "1"}, {"x": "1"}]
)
def test_sides_that_are_none_are_asked_for_again(sides: dict[str, str]) -> None:
    election = given.election()
    given.adopt(election.group, given.RULES)

    response = seen_by("organiser", election).get(
        of(election, "election_regulation_compare"), sides
    )

    assert response.status_code == 422
    assert read(response).problems() == []


# For everybody


def test_everybody_reads_the_clauses_of_a_regulation_only_if_its_group_agreed() -> None:
    rules = as_data(example("sound"))
    election = given.election(rules=rules)
    page = read(Client().get(of(election, "group_regulation")))
    assert page.problems() == []
    assert len([level for level, _text in page.headings if level == 2]) == len(Part)
    assert "REG-90" in page.text

    given.adopt(election.group, rules, is_public=False)

    assert Client().get(of(election, "group_regulation")).status_code == 404
    assert seen_by("organiser", election).get(of(election, "group_regulation")).status_code == 404


def test_before_a_regulation_is_entered_its_pages_say_so() -> None:
    group = bodies.group(given.body())
    bodies.organiser_of(group)
    election = given.cycle([group]).elections.select_related("cycle__body", "group__body").get()
    client = seen_by("organiser", election)

    for name in ("", "_parts", "_findings", "_draft_findings", "_compare", "_adopt"):
        response = client.get(of(election, f"election_regulation{name}"))
        assert response.status_code == 200, name
        assert read(response).problems() == [], name
    assert Client().get(of(election, "group_regulation")).status_code == 404
