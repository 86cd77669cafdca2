"""What forms answer: to what is filled in soundly, wrongly, twice, by two at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Cycle, Election, GateAnswer
from okil.areas.elections.tests import given
from okil.foundation.audit import length_and_last_hash
from okil.foundation.web.tests.pages import Page, read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db

# Forms keep what was typed


def of(election: Election, name: str, *arguments: Any) -> str:
    return reverse(name, args=[2024, election.group.slug, *arguments])


def filled(page: Page, url: str = "", **fields: Any) -> dict[str, Any]:
    """What a browser would send after these fields were filled in."""
    return {**page.form_to(url).values, **fields}


def paper(content: bytes = given.PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.pdf", content, "application/pdf")


def on(
    name: str, day: str, month: str = "8", year: str = "2024", time: str | None = None
) -> dict[str, str]:
    """A day, and a time, as they are typed into their inputs."""
    typed = {f"{name}_0": day, f"{name}_1": month, f"{name}_2": year}
    return typed if time is None else {**typed, f"{name}_3": time}


def in_all_languages(name: str, text: str) -> dict[str, str]:
    return {f"{name}_{language}": text for language in ("ru", "kk", "en")}


DECIDED = {"made_by": "Конфликтная комиссия", **on("made_on", "14"), "number": "3"}
BAD_DAY = on("made_on", "31", "2")


@dataclass(frozen=True)
class Case:
    """A form: its address, who fills it in, in which state, what is sound, and what is not."""

    name: str
    role: str
    state: str
    sound: dict[str, Any]
    bad: dict[str, Any]
    arguments: tuple[Any, ...] = ()
    rules: dict[str, Any] = field(default_factory=dict)

    def begun(self) -> tuple[Client, str]:
        """The browser of whoever fills it in, and the address."""
        election = given.election(State(self.state), rules={**given.RULES, **self.rules})
        if self.name == "election_resume":
            given.suspended(election, at=given.AT)
        of_cycle = self.name.startswith(("cycle", "plan"))
        where = [2024] if of_cycle else [2024, election.group.slug]
        url = reverse(self.name, args=[*where, *self.arguments])
        return given.browser_of(given.officer_of(self.role, election)), url


def at_six(**days: tuple[str, str]) -> dict[str, str]:
    """Days and months of 2024, each at 18:00 in Astana."""
    typed: dict[str, str] = {}
    for name, (day, month) in days.items():
        typed |= on(name, day, month, time="18:00")
    return typed


SIX_STAGES = at_six(
    ends_1=("16", "8"),
    ends_2=("20", "8"),
    begins_3=("26", "8"),
    ends_3=("6", "9"),
    ends_4=("10", "9"),
    begins_5=("12", "9"),
    ends_5=("13", "9"),
    ends_6=("25", "9"),
)
ANOTHER_VOTE = at_six(begins_5=("28", "9"), ends_5=("29", "9"), ends_6=("10", "10"))
CASES = [
    Case("cycle_decision", "secretariat", "preparation", DECIDED, BAD_DAY),
    Case("plan_approve", "secretariat", "preparation", DECIDED, {"made_by": "x" * 201}),
    Case(
        "plan_action",
        "secretariat",
        "preparation",
        {"kind": "by", **on("on", "1")},
        {"kind": "tea"},
        arguments=(3,),
    ),
    Case("cycle_dates", "secretariat", "preparation", SIX_STAGES, at_six(ends_3=("1", "1"))),
    Case("election_dates", "organiser", "preparation", SIX_STAGES, at_six(ends_6=("1", "1"))),
    Case(
        "election_gate",
        "organiser",
        "announced",
        {**DECIDED, "answer": "natural_person"},
        on("made_on", "16"),
        arguments=("voter-defined",),
        rules={"voter_kind": None},
    ),
    Case(
        "election_extend",
        "organiser",
        "registration",
        {**at_six(to_at=("20", "9")), **in_all_languages("reason", "Мало заявок.")},
        at_six(to_at=("1", "9")),
        arguments=(3,),
    ),
    Case(
        "election_suspend",
        "commissioner",
        "announced",
        {**DECIDED, **in_all_languages("reason", "Рассматривается жалоба.")},
        BAD_DAY,
    ),
    Case("election_resume", "commissioner", "announced", DECIDED, BAD_DAY),
    Case("election_annul", "commissioner", "announced", DECIDED, {"made_by": ""}),
    Case(
        "election_new_round",
        "commissioner",
        "counting",
        {**DECIDED, **ANOTHER_VOTE, "kind": "repeat_vote"},
        {"kind": "first"},
    ),
    Case(
        "election_regulation_adopt",
        "organiser",
        "preparation",
        DECIDED,
        {"made_by": "x" * 201},
    ),
]
WITH_PAPER = {"election_suspend", "election_resume", "election_annul", "election_new_round"}
every_form = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def sound(case: Case, client: Client, url: str) -> dict[str, Any]:
    typed = filled(read(client.get(url)), **case.sound)
    return typed | ({"paper": paper()} if case.name in WITH_PAPER else {})


@every_form
def test_a_form_filled_in_soundly_goes_through(case: Case) -> None:
    client, url = case.begun()
    length = length_and_last_hash()[0]

    response = client.post(url, sound(case, client, url))

    assert response.status_code == 302, read(response).text
    assert length_and_last_hash()[0] == length + 1
    assert client.get(response.headers["Location"]).status_code == 200


NOT_AMONG_THE_ANSWERS = ("tea", "first")


@every_form
def test_a_form_filled_in_wrongly_says_where_and_keeps_what_was_typed(case: Case) -> None:
    client, url = case.begun()
    typed = {**sound(case, client, url), **case.bad}
    before = length_and_last_hash()

    response = client.post(url, typed)

    page = read(response)
    assert response.status_code == 422
    assert page.problems() == []
    assert page.main.classed("is-bad")
    kept = page.form_to("").values
    for name, value in typed.items():
        if name != "paper" and value not in NOT_AMONG_THE_ANSWERS:
            assert kept.get(name) == (value if isinstance(value, list) else [value]), name
    assert length_and_last_hash() == before


ODD: list[tuple[str, dict[str, Any]]] = [
    ("election_suspend", {"made_by": "a\x00b"}),
    ("election_suspend", {"number": "\x00"}),
    ("election_annul", on("made_on", "1", "1", "0001")),
    ("election_annul", on("made_on", "٣", "1")),
    ("election_annul", on("made_on", "1" * 5000, "1")),
    ("election_annul", on("made_on", "1", "1", "2" * 5000)),
    ("election_gate", on("made_on", "1", "1", "0001")),
    ("election_gate", {"answer": "tea"}),
    ("election_extend", on("to_at", "31", "12", "9999", "23:59")),
    ("election_dates", on("ends_6", "31", "12", "9999", "23:59")),
    ("cycle_dates", on("ends_6", "31", "12", "9999", "23:59")),
    ("election_new_round", on("ends_6", "31", "12", "9999", "23:59")),
    ("election_regulation_adopt", {"seen_version": "9" * 30}),
    ("election_regulation_adopt", {"seen_version": "-1"}),
    ("election_regulation_adopt", {"seen_revision": "tea"}),
]


@pytest.mark.parametrize(("name", "typed"), ODD)
def test_odd_things_typed_break_nothing(name: str, typed: dict[str, Any]) -> None:
    case = next(case for case in CASES if case.name == name)
    client, url = case.begun()

    response = client.post(url, {**sound(case, client, url), **typed})

    assert response.status_code in (302, 422)
    if response.status_code == 302:  # a day long ago is a day
        assert client.get(response.headers["Location"]).status_code == 200


PAPERS = [
    (bytes(6 * 1024 * 1024), "МБ"),
    (given.PDF + bytes(5 * 1024 * 1024), "МБ"),
    (b"MZ this is a program", "PDF"),
    (b"", "пуст"),
]


@pytest.mark.parametrize(("content", "words"), PAPERS)
@pytest.mark.parametrize("name", sorted(WITH_PAPER))
def test_a_paper_that_cannot_be_kept_is_refused_at_its_field(
    name: str, content: bytes, words: str
) -> None:
    case = next(case for case in CASES if case.name == name)
    client, url = case.begun()
    before = length_and_last_hash()

    response = client.post(url, {**sound(case, client, url), "paper": paper(content)})

    assert response.status_code == 422
    assert any("paper" in link for link in read(response).links.values())
    assert length_and_last_hash() == before


# Two at a form


def test_what_was_decided_already_is_told_and_not_written_twice() -> None:
    election = given.election(State.ANNOUNCED, rules={**given.RULES, "voter_kind": None})
    client = given.browser_of(given.organiser_of(election))
    url = of(election, "election_gate", "voter-defined")
    typed = filled(read(client.get(url)), **DECIDED, answer="natural_person")
    assert client.post(url, typed).status_code == 302
    before = length_and_last_hash()

    second = client.post(url, typed, follow=True)

    assert second.status_code == 200
    assert length_and_last_hash() == before


def test_what_was_decided_for_one_election_is_not_proposed_for_all() -> None:
    election = given.election(State.ANNOUNCED, rules={**given.RULES, "voter_kind": None})
    given.answered("voter-defined", election, at=given.AT)
    given.annulled(election, at=given.AT)
    client = given.browser_of(given.organiser_of(election))
    url = of(election, "election_regulation_adopt")

    typed = filled(read(client.get(url)), **DECIDED)
    assert client.post(url, typed).status_code == 302

    newest, own, *_earlier = election.group.regulations.all()
    assert (own.case_of, own.regulation.voter_kind) == (None, None)
    assert (newest.case_of, newest.regulation.voter_kind) == (election, "natural_person")


def test_the_regulations_own_answer_is_not_asked_for() -> None:
    election = given.election(State.ANNOUNCED)
    client = given.browser_of(given.organiser_of(election))
    url = of(election, "election_gate", "voter-defined")

    assert client.get(url).headers["Location"] == of(election, "workspace")
    assert client.post(url, {**DECIDED, "answer": "other"}).status_code == 302
    assert GateAnswer.objects.filter(gate="voter-defined").count() == 0


def test_a_cycle_is_opened_once_a_year() -> None:
    bodies.group(given.body())
    client = given.browser_of(given.secretariat())
    url = reverse("cycle_open")
    typed = filled(
        read(client.get(url)),
        year="2024",
        **on("term_begins_on", "1", "11"),
        **on("term_ends_on", "31", "10", "2027"),
    )

    assert client.post(url, typed).status_code == 302
    again = client.post(url, typed)

    assert again.status_code == 422
    assert Cycle.objects.count() == 1
    assert Election.objects.count() == 1
