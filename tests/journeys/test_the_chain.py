"""One election from the notice of its registration to the seats, in the browsers of all its people.

In Russian; what everybody reads, in Kazakh and English too. Then three groups that end otherwise: in a
tie, without an alternate, with a winner who declines.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.chain import PARTS, company, missing, move
from tests.journeys.conftest import Visitor
from tests.journeys.persons import Clock, Looks, Person, day
from tests.journeys.served import Served

pytestmark = pytest.mark.journey

OFFICE = "office/cycles/2024/groups/{}/"
LANGUAGES = ("ru", "kk", "en")


def test_one_election_from_the_notice_to_the_seats(demonstration: Served, visitor: Visitor) -> None:
    looks = Looks()
    people = company(
        lambda door, number: visitor(demonstration, door=door, number=number), Clock(), looks
    )

    for part in PARTS:
        part(people)

    assert looks.faults == []


def _reads(person: Person, path: str, *words: str) -> None:
    """Everybody, in three languages."""
    for language in LANGUAGES:
        person.language = language
        page = person.goes(path)
        for word in words:
            expect(page.locator("main")).to_contain_text(word)
    person.language = "ru"


def test_a_tie_is_settled_by_lot_before_witnesses(demonstration: Served, visitor: Visitor) -> None:
    """Counted anew, two have equal votes; the regulation says: by lot."""
    looks, here = Looks(), OFFICE.format("arna")
    member = "член Мандатной комиссии, Арна"
    first, second, third = (
        Person(visitor(demonstration, door=member, number=number), looks, at=here)
        for number in range(3)
    )

    first.sends("count/", act="count/anew/")
    box = {"issued": "21", "unused": "10", "found": "21", "both_wrongly_completed": "1"}
    votes = {"both_1": "9", "both_2": "9", "both_3": "2", "both_blank": "0", "both_late": "0"}
    for person in (second, third):
        person.sends("count/enter/", **votes, **box)
    second.sends("count/agreement/", explanation="Стопки пересчитаны заново вдвоём.")
    assert missing(first) == 2

    first.goes("count/result/")
    page = first.goes("count/tie/")
    page.locator("[name=way][value=lot]").check()
    first.sends(order="2, 1", witnesses="Наблюдатель и двое избирателей", witness_count="3")
    result = first.goes("count/result/")
    expect(result.locator("main dl, main .lead").first).to_contain_text("Рябинин Тимур")
    first.sends("protocol/new/")
    first.goes("protocol/1/")
    assert looks.faults == []


def test_a_place_without_a_candidate_stays_vacant_and_says_why(
    demonstration: Served, visitor: Visitor
) -> None:
    looks = Looks()
    secretary = Person(visitor(demonstration, door="Секретариат"), looks, at=OFFICE.format("tirek"))

    secretary.sends("package/1/check/")
    secretary.sends(answer="complete")
    move(secretary)
    secretary.goes("results/")
    secretary.sends("results/seats/")

    reader = Person(visitor(demonstration), looks)
    _reads(reader, "/cycles/2024/groups/tirek/results/", "Жусанова Дина")
    _reads(reader, "/cycles/2024/results/")
    expect(reader.goes("/cycles/2024/results/").locator("main")).to_contain_text("боятся огласки")
    assert looks.faults == []


def test_when_a_winner_declines_the_next_by_votes_follows(
    demonstration: Served, visitor: Visitor
) -> None:
    looks = Looks()
    member = Person(
        visitor(demonstration, door="член Мандатной комиссии, Көпір"),
        looks,
        at=OFFICE.format("kopir"),
    )
    page = member.goes("results/departures/1/")
    page.locator("[name=why][value=declined]").check()
    member.sends(**day("told_on", Clock().today()))
    expect(member.goes("results/").locator("main")).to_contain_text("становится членом")

    # Where the results are out, everybody reads the same.
    secretary = Person(visitor(demonstration, door="Секретариат"), looks, at=OFFICE.format("samal"))
    secretary.sends("results/seats/")
    reader = Person(visitor(demonstration), looks)
    _reads(reader, "/cycles/2024/groups/samal/results/", "Калинина Ирина")
    assert looks.faults == []
