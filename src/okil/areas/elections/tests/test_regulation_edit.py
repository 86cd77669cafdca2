"""The editor of a regulation: nine parts, saved as they are; two people at one draft; its adoption."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import AdoptedRegulation, Election, RegulationDraft
from okil.areas.elections.queries.regulations import written_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given.regulation_drafts import a_word_file, drafted
from okil.foundation.audit import length_and_last_hash
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.regulation import QUESTIONS, Kind, Part, Regulation, as_data
from okil.pure.rules.regulation_words import remedy
from okil.pure.rules.stages import State
from okil.pure.rules.tests.regulations import regulation as example

pytestmark = pytest.mark.django_db
PARTS = [part.value for part in Part]
DECIDED = {
    "made_by": "Общее собрание",
    "made_on_0": "14",
    "made_on_1": "8",
    "made_on_2": "2024",
    "number": "3",
}


def of(election: Election, name: str, *more: object) -> str:
    return reverse(name, args=[2024, election.group.slug, *more])


def part_of(election: Election, part: str) -> str:
    return of(election, "election_regulation_part", part)


def writing(
    rules: dict[str, Any] | None = None, state: State = State.PREPARATION
) -> tuple[Client, Election]:
    """The organiser's browser, and the election."""
    election = given.election(state, rules=rules)
    return given.browser_of(given.organiser_of(election)), election


def values(client: Client, url: str) -> dict[str, list[str]]:
    """What the browser would send as it stands."""
    return read(client.get(url)).form_to("").values


def saved(election: Election) -> Regulation:
    return written_of(election.group).regulation


# Every kind of answer goes through the form unharmed


@pytest.mark.parametrize("name", ["sound", "gaps", "parallel"])
def test_what_is_saved_as_it_is_shown_changes_nothing(name: str) -> None:
    client, election = writing()
    drafted(election.group, as_data(example(name)))
    before = (written_of(election.group).content, length_and_last_hash())

    for part in PARTS:
        response = client.post(part_of(election, part), values(client, part_of(election, part)))
        assert response.status_code == 302, part

    assert (written_of(election.group).content, length_and_last_hash()) == before


@pytest.mark.parametrize("name", ["sound", "parallel"])
def test_part_by_part_the_form_gives_back_the_whole_regulation(name: str) -> None:
    client, election = writing(rules={"tie": "lot"})
    drafted(election.group, as_data(example(name)))
    pages = {part: values(client, part_of(election, part)) for part in PARTS}
    RegulationDraft.objects.all().delete()

    for part, typed in pages.items():
        seen = values(client, part_of(election, part))["seen"]
        assert client.post(part_of(election, part), {**typed, "seen": seen}).status_code == 302

    assert saved(election) == example(name)


def test_each_question_stands_on_exactly_one_page_and_may_stay_open() -> None:
    client, election = writing(rules={"tie": "lot"})
    asked: list[str] = []

    for part in PARTS:
        page = read(client.get(part_of(election, part)))
        assert page.problems() == []
        named = {each["name"] for each in page.main.all("input", "textarea")}
        asked += [name for name in QUESTIONS if any(_belongs(name, each) for each in named)]

    assert sorted(asked) == sorted(QUESTIONS)


def _belongs(question: str, control: str) -> bool:
    languages = {f"{question}_{code}" for code in ("ru", "kk", "en")}
    return control == question or control in languages or control == f"{question}-rows"


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_questions_are_asked_in_the_readers_language(language: str) -> None:
    client, election = writing()
    with override(language):
        url = part_of(election, "seats")
    word = {"ru": "альтернат", "kk": "баламалы", "en": "alternate"}[language]

    page = read(client.get(url))

    assert page.language == language
    assert word in page.text
    assert page.problems() == []


# Saving


def test_one_answer_alone_is_saved_and_its_finding_follows() -> None:
    client, election = writing(rules={"voter_kind": "natural_person"})
    url = part_of(election, "seats")
    assert marked(read(client.get(url)), "REG-90") == ["mark gap"]

    response = client.post(url, {**values(client, url), "tie": "lot"})

    assert (response.status_code, response.headers["Location"]) == (302, url)
    page = read(client.get(url))
    assert saved(election).tie == "lot"
    assert marked(page, "REG-90") == ["mark ok"]
    assert page.form_to("").values["tie"] == ["lot"]


def marked(page: Page, rule: str) -> list[str]:
    return [each["class"] for each in page.by_id(rule).classed("mark")]


def test_what_breaks_a_rule_is_said_beside_it_with_its_code_and_the_step_that_it_stops() -> None:
    client, election = writing()
    url = part_of(election, "officers")
    client.post(url, {**values(client, url), "observers_obligatory": "no"})

    note = read(client.get(url)).by_id("REG-02").classed("note")[0]

    assert "is-bad" in note["class"]
    assert "REG-02" in note.text
    assert "«" in note.text or "“" in note.text


def test_save_and_go_on_leads_from_part_to_part_and_at_last_to_all_of_them() -> None:
    client, election = writing()
    way = [*(part_of(election, part) for part in PARTS), of(election, "election_regulation_parts")]

    for here, following in pairwise(way):
        response = client.post(here, {**values(client, here), "next": "next"})
        assert response.headers["Location"] == following
    page = read(client.get(way[-1]))
    assert page.problems() == []
    assert set(way[:-1]) <= set(page.links.values())


def test_an_answer_under_a_condition_is_kept_while_the_condition_does_not_hold() -> None:
    client, election = writing()
    url = part_of(election, "seats")
    words = {"tie_text_ru": "Решает собрание.", "tie_text_kk": "Жиналыс шешеді."}
    client.post(url, {**values(client, url), "tie": "other", **words})

    client.post(url, {**values(client, url), "tie": "lot"})

    assert saved(election).tie_text == {"ru": "Решает собрание.", "kk": "Жиналыс шешеді."}
    page = read(client.get(url))
    assert page.form_to("").values["tie_text_ru"] == ["Решает собрание."]


def test_lines_end_alike_whichever_way_the_browser_ends_them() -> None:
    client, election = writing(rules={"tie": "lot"})
    url = part_of(election, "voters")
    client.post(url, {**values(client, url), "voter_definition_ru": "Первое.\r\nВторое."})
    before = length_and_last_hash()

    client.post(url, {**values(client, url), "voter_definition_ru": "Первое.\r\nВторое."})

    assert saved(election).voter_definition == {"ru": "Первое.\nВторое."}
    assert length_and_last_hash() == before


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("results", {"complaint_days": "31"}),
    ("results", {"complaint_days": "9" * 5000}),
    ("seats", {"replacement": "tea"}),
    ("seats", {"tie_text_ru": "a\x00b"}),
    ("seats", {"tie_text_ru": "а" * 2001}),
    ("voting", {"languages": ["ru", "tea"]}),
    ("voters", {"regions": ["KZ-99"]}),
    ("candidates", {"criteria-0-criterion-ru": "а" * 2001}),
    ("candidates", {"criteria-0-proof-kk": "a\x00b"}),
]


@pytest.mark.parametrize(("part", "typed"), WRONG)
def test_what_is_typed_wrongly_stays_beside_its_error(part: str, typed: dict[str, Any]) -> None:
    client, election = writing()
    url = part_of(election, part)
    before = length_and_last_hash()
    also = {"complaint_days": "5"} if part == "results" else {}

    response = client.post(url, {**values(client, url), **also, **typed})

    page = read(response)
    assert response.status_code == 422
    assert page.problems() == []
    assert page.main.classed("is-bad")
    assert length_and_last_hash() == before
    name, value = next(iter(typed.items()))
    if isinstance(value, str) and value != "tea" and "\x00" not in value:
        assert page.form_to("").values[name] == [value]


@pytest.mark.parametrize(
    "typed",
    [
        {"seen": "tea"},
        {"seen": "=" * 1999},
        {"seen": ""},
        {"criteria-rows": "9" * 30},
        {"criteria-rows": "-1"},
        {"criteria-rows": "٣"},
        {"use": "tea"},
        {"use": "criteria"},
        {"use": "seen"},
        {"more": "tea"},
        {"more": "most_terms"},
    ],
)
def test_odd_things_sent_break_nothing(typed: dict[str, str]) -> None:
    client, election = writing()
    url = part_of(election, "candidates")

    response = client.post(url, {**values(client, url), **typed})

    assert response.status_code in (200, 302, 422)
    assert AdoptedRegulation.objects.count() == 1


def test_without_any_field_nothing_is_written_over() -> None:
    client, election = writing()
    before = written_of(election.group).content

    for part in PARTS:
        assert client.post(part_of(election, part)).status_code in (302, 422)

    assert saved(election).tie == before["tie"]


@pytest.mark.parametrize("part", ["tea", "Seats", "itself-", "10"])
def test_a_part_that_is_none_is_not_found(part: str) -> None:
    client, election = writing()

    assert client.get(part_of(election, part)).status_code == 404


# Ready wording and rows


def test_the_ready_wording_is_put_in_to_be_worked_over_and_nothing_is_saved() -> None:
    client, election = writing()
    url = part_of(election, "voters")
    before = length_and_last_hash()

    response = client.post(
        url, {**values(client, url), "voter_kind": "legal_entity", "use": "voter_definition"}
    )

    page = read(response)
    typed = page.form_to("").values
    assert (response.status_code, page.problems()) == (200, [])
    assert typed["voter_definition_ru"] == [remedy("REG-26", "ru")]
    assert typed["voter_definition_kk"] == [remedy("REG-26", "kk")]
    assert typed["voter_kind"] == ["legal_entity"]
    assert length_and_last_hash() == before


def test_rows_are_added_without_saving_and_empty_ones_are_not_kept() -> None:
    client, election = writing(rules={"tie": "lot"})
    url = part_of(election, "candidates")
    first = values(client, url)
    count = int(first["criteria-rows"][0])

    response = client.post(
        url, {**first, "criteria-0-criterion-ru": "Живёт здесь", "more": "criteria"}
    )

    page = read(response)
    typed = page.form_to("").values
    assert (response.status_code, page.problems()) == (200, [])
    assert int(typed["criteria-rows"][0]) > count
    last = int(typed["criteria-rows"][0]) - 1
    typed[f"criteria-{last}-criterion-kk"] = ["Осында тұрады"]
    client.post(url, typed)
    assert saved(election).criteria == (
        {"criterion": {"ru": "Живёт здесь"}},
        {"criterion": {"kk": "Осында тұрады"}},
    )


def test_a_table_grows_no_longer_than_it_may() -> None:
    client, election = writing()
    url = part_of(election, "candidates")
    typed = values(client, url)

    for _each in range(15):
        typed = read(client.post(url, {**typed, "more": "criteria"})).form_to("").values

    assert typed["criteria-rows"] == ["30"]


# Two people, one draft


def test_of_two_tabs_the_second_reads_what_the_first_saved_and_keeps_what_it_typed() -> None:
    client, election = writing()
    url = part_of(election, "seats")
    one, other = values(client, url), values(client, url)
    client.post(url, {**one, "tie": "lot", "midterm": "alternate_until_the_end"})

    refused = client.post(url, {**other, "tie": "other", "repeat_vote_days": "14"})

    page = read(refused)
    assert (refused.status_code, page.problems()) == (422, [])
    assert saved(election).tie == "lot"
    kept = page.form_to("").values
    assert (kept["tie"], kept["repeat_vote_days"]) == (["other"], ["14"])
    assert "жребий" in page.text
    # Saved again it goes through; what only the first had changed stays as the first left it.
    assert client.post(url, kept).status_code == 302
    now = saved(election)
    assert (now.tie, now.repeat_vote_days, now.midterm) == (
        "other",
        14,
        "alternate_until_the_end",
    )


def test_two_tabs_at_different_questions_are_both_saved() -> None:
    client, election = writing()
    url = part_of(election, "seats")
    one, other = values(client, url), values(client, url)

    assert client.post(url, {**one, "tie": "lot"}).status_code == 302
    assert client.post(url, {**other, "midterm": "other"}).status_code == 302

    assert (saved(election).tie, saved(election).midterm) == ("lot", "other")


# Discarding and adopting


def test_a_draft_is_discarded_by_a_button_that_asks_once_more() -> None:
    client, election = writing()
    drafted(election.group, {"tie": "lot"})
    page = read(client.get(of(election, "election_regulation_parts")))
    form = page.form_to(of(election, "election_regulation_discard"))

    response = client.post(form.action, form.values)

    assert response.headers["Location"] == of(election, "election_regulation")
    assert written_of(election.group).draft is None
    again = client.post(form.action, form.values, follow=True)
    assert again.status_code == 200
    assert read(again).main.classed("notice")


def test_the_page_of_adoption_says_what_changes_and_enters_it() -> None:
    client, election = writing()
    drafted(election.group, {"tie": "lot"})
    url = of(election, "election_regulation_adopt")
    page = read(client.get(url))
    assert "REG-90" in page.text
    assert page.main.all("ins")[0].text.strip()

    response = client.post(url, {**page.form_to("").values, **DECIDED})

    assert response.headers["Location"] == of(election, "election_regulation")
    newest = election.group.regulations.all()[0]
    assert (newest.version, newest.regulation.tie, newest.is_public) == (2, "lot", True)


def test_a_version_entered_meanwhile_is_shown_and_can_be_adopted_over() -> None:
    client, election = writing()
    drafted(election.group, {"tie": "lot"})
    url = of(election, "election_regulation_adopt")
    typed = {**values(client, url), **DECIDED}
    given.adopt(election.group, {**given.RULES, "midterm": None})

    refused = client.post(url, typed)

    page = read(refused)
    assert (refused.status_code, page.problems()) == (422, [])
    assert "REG-93" in page.text
    assert client.post(url, page.form_to("").values).status_code == 302
    assert election.group.regulations.all()[0].regulation.tie == "lot"


def test_while_the_election_is_announced_the_refusal_stands_on_the_page() -> None:
    client, election = writing(state=State.ANNOUNCED)
    url = of(election, "election_regulation_adopt")

    response = client.post(url, {**values(client, url), **DECIDED})

    assert response.status_code == 422
    assert AdoptedRegulation.objects.count() == 1


TEXTS = [
    (a_word_file(), 302, "docx"),
    (given.PDF, 302, "pdf"),
    (b"MZ this is a program", 422, ""),
    (given.PDF + bytes(5 * 1024 * 1024), 422, ""),
]


@pytest.mark.parametrize(("content", "status", "kind"), TEXTS)
def test_the_groups_own_text_is_attached_if_it_is_one(
    content: bytes, status: int, kind: str
) -> None:
    client, election = writing()
    url = of(election, "election_regulation_adopt")
    text = SimpleUploadedFile("Положение Ивановой.docx", content, "application/octet-stream")

    response = client.post(url, {**values(client, url), **DECIDED, "text": text})

    assert response.status_code == status
    newest = election.group.regulations.all()[0]
    assert newest.text_kind == kind


def test_an_attached_text_is_served_by_a_button_as_a_file_that_names_nobody() -> None:
    client, election = writing()
    url = of(election, "election_regulation_adopt")
    content = a_word_file()
    text = SimpleUploadedFile("Положение Ивановой.docx", content)
    client.post(url, {**values(client, url), **DECIDED, "text": text})
    where = of(election, "election_regulation_text", 2)
    forms = read(client.get(of(election, "election_regulation"))).forms

    response = client.post(where)

    assert where in [form.action for form in forms]
    assert response.content == content
    assert response.headers["Content-Disposition"] == 'attachment; filename="regulation-2.docx"'
    assert client.get(where).status_code == 405
    assert client.post(of(election, "election_regulation_text", 1)).status_code == 302
    assert client.post(of(election, "election_regulation_text", 9)).status_code == 404


def test_the_kinds_of_answers_all_have_their_field() -> None:
    """A new kind of answer without a field would break the page of its part."""
    from okil.areas.elections.forms.answers import FIELDS

    assert set(FIELDS) == set(Kind)


def test_a_neighbour_writes_nothing_here() -> None:
    _client, election = writing()
    neighbour = given.browser_of(bodies.officer("organiser", bodies.group(given.body())))

    for part in PARTS:
        assert neighbour.get(part_of(election, part)).status_code == 404
        assert neighbour.post(part_of(election, part), {"tie": "lot"}).status_code == 404
    assert written_of(election.group).draft is None


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.PREPARATION, True),
        (State.ANNOUNCED, False),
        (State.PUBLISHED, False),
        (State.CONCLUDED, True),
    ],
)
def test_adoption_is_offered_only_while_the_rules_may_change(state: State, offered: bool) -> None:
    election = given.election(state)
    client = given.browser_of(given.organiser_of(election))

    page = read(client.get(of(election, "election_regulation_parts")))

    ways = [way["href"] for way in page.main.all("a")]
    assert (of(election, "election_regulation_adopt") in ways) is offered
