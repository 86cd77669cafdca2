"""The journal of an election is told in words, in the reader's language, to those it is for."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import answers, stages
from okil.areas.elections.models import Cycle, Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.areas.elections.views.journal import ROWS
from okil.foundation.audit import Actor, entries_of, record
from okil.foundation.audit.models import JournalEntry
from okil.foundation.audit.wording import registered
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import BY_CODE, RoundKind, Stage, State

pytestmark = pytest.mark.django_db

# What happens to an election and to a cycle themselves; what each subject tells comes on top.
OF_AN_ELECTION = {
    "round.dated",
    "gate.answered",
    "gate.answer_withdrawn",
    "round.moved",
    "stage.extended",
    "election.suspended",
    "election.resumed",
    "round.annulled",
    "round.opened",
}
OF_A_CYCLE = {"cycle.opened", "cycle.decided", "cycle.dated", "plan.changed", "plan.approved"}
MOVES_ONLY = {
    "round.moved",
    "round.opened",
    "round.annulled",
    "election.suspended",
    "election.resumed",
}
CODES = {*State, *RoundKind, *BY_CODE, *registered()} - {
    "preparation", "announced", "registration", "voting", "counting", "results", "submitted",
    "published", "concluded", "first",
}  # fmt: skip  # the single words among them are English words too


def everything_happens() -> Election:
    """Every act on an election itself, once at least, and what its gates ask for."""
    election = given.election(rules={**given.RULES, "voter_kind": None})
    organiser, commissioner = given.organiser_of(election), given.commissioner_of(election)
    paper = given.decision(paper=given.PDF)
    stages.set_dates(election.pk, dates=given.DATES, actor=organiser, at=given.AT)
    given.moved_to(State.ANNOUNCED, election)
    answer = given.answered("voter-defined", election, at=given.AT)
    answers.withdraw_answer(answer.pk, actor=organiser, at=given.AT)
    given.answered("voter-defined", election, at=given.AT)
    given.moved_to(State.REGISTRATION, election)
    given.extended(election, Stage.REGISTRATION, given.HOUR, at=given.moment(9, 2, 10))
    given.suspended(election, at=given.moment(9, 3, 10))
    stages.lift_suspension(
        election.pk, decision=paper, actor=commissioner, at=given.moment(9, 4, 10)
    )
    given.moved_to(State.CANDIDATES_PUBLISHED, election)
    given.annulled(election, at=given.moment(9, 9, 11))
    given.repeat_vote(election, at=given.moment(9, 10, 10))
    return election


def plan_changes(cycle: Cycle) -> None:
    given_plan.approved(cycle)
    given_plan.dated(cycle, {3: date(2024, 9, 1)})
    given_plan.everything_happens_to(cycle)


def is_told(row: JournalEntry, language: str) -> bool:
    with override(language):
        told = str(row.sentence())
    if not told or any(code in told for code in CODES) or re.search(r"[{}_…]|None|\w\.\w", told):
        return False
    return language == "en" or not re.search("[A-Za-z]", told)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_every_row_of_an_election_and_of_its_cycle_is_told_in_words(language: str) -> None:
    election = everything_happens()
    plan_changes(election.cycle)

    of_election = list(entries_of(election.chapter))
    of_cycle = list(entries_of(election.cycle.chapter))

    assert {row.event for row in of_election} >= OF_AN_ELECTION
    assert {row.event for row in of_cycle} >= OF_A_CYCLE
    assert [row.event for row in (*of_election, *of_cycle) if not is_told(row, language)] == []


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_every_state_gate_stage_and_kind_of_round_has_its_words_in_the_journal(
    language: str,
) -> None:
    rows = [
        *(JournalEntry(event="round.moved", after={"state": state}) for state in State),
        *(JournalEntry(event="gate.answered", after={"gate": code}) for code in BY_CODE),
        *(JournalEntry(event="gate.answer_withdrawn", after={"gate": code}) for code in BY_CODE),
        *(JournalEntry(event="stage.extended", after={"stage": int(stage)}) for stage in Stage),
        *(
            JournalEntry(event="round.opened", after={"round": 2, "kind": kind})
            for kind in RoundKind
            if kind is not RoundKind.FIRST
        ),
    ]

    assert [row.after for row in rows if not is_told(row, language)] == []


def rows_read_by(role: str, election: Election) -> list[str]:
    client = given.browser_of(given.officer_of(role, election))
    url = reverse("election_journal", args=[2024, election.group.slug])
    read_pages: list[str] = []
    page = 1
    while True:
        response = client.get(url, {"page": page})
        rows = read(response).main.classed("journal")
        read_pages += [item.all("p")[0].text for item in rows[0].all("li")] if rows else []
        if not response.context["page"].has_next():
            return read_pages
        page += 1


def test_a_page_that_is_not_there_is_the_last_and_what_is_no_number_the_first() -> None:
    election = given.election()
    row, actor = given.round_of(election), Actor("organiser", 1)
    for _each in range(2 * ROWS + 1):
        record("round.dated", actor=actor, subject=row, at=given.AT, chapter=election.chapter)
    client = given.browser_of(given.organiser_of(election))
    url = reverse("election_journal", args=[2024, election.group.slug])
    asked = ("", "1", "2", "99", "0", "-1", "x", "9" * 30)

    shown = {each: client.get(url, {"page": each}).context["page"].number for each in asked}

    last = -(-entries_of(election.chapter).count() // ROWS)
    assert last > 2
    assert shown == {
        "": 1, "1": 1, "2": 2, "99": last, "0": last, "-1": last, "x": 1, "9" * 30: last
    }  # fmt: skip


def test_officers_read_every_act_and_the_secretariat_the_moves() -> None:
    election = everything_happens()
    rows = entries_of(election.chapter).order_by("-number")
    with override("ru"):
        every_act = [row.sentence() for row in rows]
        moves = [row.sentence() for row in rows if row.event in MOVES_ONLY]

    for role in (RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER):
        assert rows_read_by(role, election) == every_act
    assert rows_read_by(RoleName.SECRETARIAT, election) == moves
    assert 0 < len(moves) < len(every_act)


def test_the_journal_of_one_election_tells_nothing_of_another() -> None:
    election = given.cycle().elections.get()
    neighbours = Election.objects.create(cycle=election.cycle, group=bodies.group(given.body()))
    neighbours.rounds.create(number=1, state_since=given.AT)
    given.adopt(neighbours.group, given.RULES)
    organiser = given.organiser_of(neighbours)
    stages.set_dates(neighbours.pk, dates=given.DATES, actor=organiser, at=given.AT)

    assert list(entries_of(election.chapter)) == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_page_names_who_acted_by_role_and_number_and_no_code(language: str) -> None:
    election = everything_happens()
    client = given.browser_of(given.organiser_of(election))

    with override(language):
        url = reverse("election_journal", args=[2024, election.group.slug])
        journal = read(client.get(url)).main.classed("journal")[0]

    assert not re.search("[A-Za-z_]{2,}", journal.text)
