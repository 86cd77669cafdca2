"""What the protocol says: the nine items of REG-34 and the signatures, in each language and version."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from okil.areas.elections.documents.protocols import RESULTS_PROTOCOL, compose
from okil.areas.elections.wording.notices import KINDS
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation.documents import kinds, sheets
from okil.foundation.documents.blocks import (
    Block,
    Code,
    Corner,
    Facts,
    Points,
    SignatureLine,
    Signatures,
    Table,
    Title,
)
from okil.foundation.documents.rendering import RENDERED
from okil.foundation.documents.sheets import Place
from okil.foundation.documents.tests import reading
from okil.foundation.web import dates, numbers
from okil.foundation.web.languages import Texts
from okil.pure.packages.facts import PROTOCOL, public_facts
from okil.pure.packages.tests import given
from okil.pure.packages.tests.test_votes_of_rounds import tie_voted_on_again
from okil.pure.rules import regulation_words as words

PAPER_NUMBERS = (
    "Ballot papers printed",
    "Given to voters",
    "Left over",
    "Found in the box",
)
LANGUAGES = ("ru", "kk", "en")
ZONE = "Asia/Almaty"
PLACE = Place(
    "17/2024", 1, "K7F4E2ACMN30", datetime(2024, 9, 7, 8, 40, tzinfo=UTC), ZONE, None, Texts()
)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def internal(**changed: Any) -> dict[str, Any]:
    facts = copy.deepcopy(given.facts())
    facts["process"]["notices"] = [
        {"kind": "registration_opens", "channels": 2, "first_at": "2024-08-08T09:00:00+05:00"},
        {"kind": "assembly", "channels": 0, "first_at": None},
    ]
    facts["journal"] = {"length": 1412, "last_hash": "a3" * 32, "extract_sha256": "b" * 64}
    return {**facts, **changed}


def blocks(
    facts: Mapping[str, Any], language: str = "en", audience: str = "internal"
) -> list[Block]:
    with override(language):
        return compose(facts, language, audience)


def rendered(facts: Mapping[str, Any], language: str, audience: str, form: str = "pdf") -> bytes:
    kind = kinds.kind_of(RESULTS_PROTOCOL)
    sheet = sheets.sheet(kind, facts, language=language, audience=audience, place=PLACE)
    return RENDERED[form](sheet)


def told(facts: Mapping[str, Any], language: str = "en", audience: str = "internal") -> str:
    """The text of the PDF."""
    return plain(reading.text(rendered(facts, language, audience)))


def plain(text: str) -> str:
    return " ".join(text.split())


def moment(value: str, language: str) -> str:
    at = datetime.fromisoformat(value).astimezone(ZoneInfo(ZONE))
    return plain(dates.day(at.date(), language, "plain"))


def nine_items(facts: Mapping[str, Any], language: str) -> dict[str, list[str]]:
    """Item by item what must be read (7.20), as the data of any language give it."""
    process, voters, papers = facts["process"], facts["voters"], facts["papers"]
    by_votes = [each for each in facts["candidates"] if each["votes"]]
    with override(language):
        return {
            "the whole process": [
                moment("2024-06-20T12:00:00+05:00", language),
                process["regulation"]["adopted_by"],
                moment(process["announced_at"], language),
                moment(process["registration"]["begins_at"], language),
                Texts(process["registration"]["extensions"][0]["reason"]).in_language(language),
                str(KINDS["registration_opens"]),
                moment(process["candidates_published_at"], language),
                Texts(process["assembly"]["place"]).in_language(language),
            ],
            "number of voters": [str(voters["registered"]), str(voters["voted"])],
            "their geography": [
                plain(f"{REGIONS['KZ-75'].in_language(language)} – 18"),
                plain(f"{REGIONS['KZ-71'].in_language(language)} – 11"),
            ],
            "organisations they represent": [str(voters["organisations"])],
            "list of candidates": [each["name"] for each in facts["candidates"]],
            "votes for each": [f"{each['name']}" for each in by_votes] + ["12", "9", "30"],
            "not accepted, wrong or late": [str(papers["spoilt"]), str(papers["late"])],
            "observers": [
                Texts(facts["observers"]["organisations"][0]).in_language(language),
                moment("2024-09-05T12:00:00+05:00", language),
            ],
            "decision submitted to the Secretariat": [
                Texts(facts["body"]).in_language(language),
                "Клёнова Дина",
            ],
            "signatures": [
                *(each["name"] for each in facts["commission"]),
                facts["organiser"]["name"],
            ],
        }


def test_hours_are_those_of_the_zone_that_the_facts_name() -> None:
    facts = internal(drawn_up_at="2024-09-07T09:40:00+00:00")

    assert "14:40" in told({**facts, "zone": ZONE})
    assert "18:40" in told({**facts, "zone": "Asia/Tokyo"})


@each_language
def test_the_internal_version_has_every_item_and_the_signatures(language: str) -> None:
    facts = internal()
    text = told(facts, language)

    missing = {
        item: [each for each in wanted if plain(each) not in text]
        for item, wanted in nine_items(facts, language).items()
    }

    assert {item: each for item, each in missing.items() if each} == {}


@each_language
def test_the_public_version_says_the_same_without_who_did_not_agree(language: str) -> None:
    text = told(public_facts(internal()), language, "public")

    for shown in ("Клёнова Дина", "Клюквина"):  # they show their names
        assert shown in text
    for hidden in ("Калинина", "Осокина", "Ромашкина", "Морошкина", "Астрин", "Полынина"):
        assert hidden not in text
    assert "Ақбөкен" in text
    assert "Подорожник" in text  # an organisation is no person
    # Pavlodar has three voters: that is for the inside.
    assert plain(REGIONS["KZ-55"].in_language(language)) not in text


@each_language
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_it_is_three_pages_at_most_and_reads_the_same_everywhere(
    language: str, audience: str
) -> None:
    facts = internal() if audience == "internal" else public_facts(internal())

    pdf = rendered(facts, language, audience)

    assert len(reading.pages(pdf)) <= 3
    assert reading.catalog(pdf)["/Lang"] == language
    word = plain(reading.word_text(rendered(facts, language, audience, "docx")))
    html = rendered(facts, language, audience, "html").decode()
    for shown in ("Клёнова Дина", "a3" * 32):
        assert shown in word
        assert shown in html


@each_language
def test_hours_are_told_with_their_city(language: str) -> None:
    assert f"({dates.city(ZONE, language)})" in told(internal(), language)


def _after_a_repeat_vote() -> dict[str, Any]:
    """Of two who were equal, one has more votes in the second round."""
    world = given.World()
    tie_voted_on_again(world)
    later = {name: world.facts[name] for name in ("round", "count", "decision", "votes")}
    return internal(**later)


@each_language
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_after_a_repeat_vote_the_numbers_of_each_round_are_told_in_order(
    language: str, audience: str
) -> None:
    facts = _after_a_repeat_vote()
    facts = facts if audience == "internal" else public_facts(facts)
    found = blocks(facts, language, audience)

    tables = [each for each in found if isinstance(each, Table)]
    votes = [[(row[0], row[-1]) for row in table.rows] for table in tables[1:]]
    numbers_told = [dict(each.rows) for each in found if isinstance(each, Facts)][-3:-1]
    with override(language):
        said = [[each[_(name)] for name in PAPER_NUMBERS] for each in numbers_told]

    assert votes == [[("1", "12"), ("2", "9"), ("4", "9")], [("4", "17"), ("2", "10")]]
    assert said == [["45", "33", "12", "32"], ["45", "30", "15", "30"]]


def test_the_numbers_of_each_round_are_read_in_the_paper() -> None:
    text = told(_after_a_repeat_vote())

    assert "The numbers in 3 and 4 are those of round 1, whose count decides." in text
    assert "Round 1: first vote." in text
    assert "Round 2: Repeat vote." in text
    assert text.index("Round 1:") < text.index("Round 2:")


def test_a_first_round_says_nothing_of_rounds() -> None:
    assert "What each round found" not in told(internal())


@each_language
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_each_decision_for_this_election_alone_is_named_with_its_question(
    language: str, audience: str
) -> None:
    facts = internal()
    by_board = {"made_by": "Правление", "made_on": "2024-08-13", "number": ""}
    facts["process"]["regulation"]["for_this_case"].append({"asked": "REG-91", **by_board})
    facts = facts if audience == "internal" else public_facts(facts)

    named = [each.items for each in blocks(facts, language, audience) if isinstance(each, Points)]

    (tie, complaints) = named[0]
    day = dates.day(date(2024, 8, 19), language, "dated")
    assert words.question("tie", language) in tie
    assert "Собрание группы «Самал»" in tie
    assert day in tie
    assert tie.endswith(" 4")
    assert words.title("REG-91", language) in complaints
    assert complaints.endswith(dates.day(date(2024, 8, 13), language, "dated"))


def test_facts_from_before_such_decisions_were_told_read_as_they_did() -> None:
    facts = internal()
    del facts["process"]["regulation"]["for_this_case"]
    facts["process"]["regulation"]["sha256"] = "c" * 64
    PROTOCOL.check(facts, "")

    assert "decided for this election" not in told(facts)
    assert "decided for this election" in told(internal())


def test_what_nobody_recorded_is_not_said() -> None:
    facts = internal(place=None)
    facts["process"] |= {
        "announced_at": None,
        "candidates_published_at": None,
        "assembly": None,
        "notices": [],
        "complaints": {"filed": 0, "settled": 0, "suspended": 0},
        "registration": {"begins_at": None, "ends_at": None, "closed_at": None, "extensions": []},
        "voting": {"begins_at": None, "ends_at": None, "closed_at": None},
    }
    facts["process"]["regulation"] |= {"adopted_by": None, "adopted_on": None}
    facts["observers"] = {"number": 0, "organisations": [], "present_on": [], "remarks": 0}

    text = told(facts)

    assert "None" not in text
    assert "No complaint was filed." in text
    assert "No independent observer was accredited." in text
    assert "No remark was filed." in text
    assert "No written notice is on record." in text


def test_a_vacant_seat_and_an_open_count_are_said() -> None:
    facts = internal()
    sheet = facts["count"]
    sheet["contests"][0] |= {
        "candidates": ["1"],
        "votes": {"1": 30},
    }
    sheet["tie_decisions"] = []
    facts["decision"] = {
        "members": [1],
        "alternates": [],
        "vacant": [{"place": "alternate", "seats": 1}],
        "ties": [],
        "decided": True,
    }

    assert "Seat of the alternate stays vacant" in told(facts)
    facts["decision"] |= {"members": [], "vacant": [], "decided": False}
    text = told(facts)
    assert "Nobody is elected by this count." in text
    assert "The count does not settle every seat" in text


def test_two_candidates_of_one_name_are_told_apart() -> None:
    facts = internal()
    for each in facts["candidates"][:2]:
        each["name"] = "Клёнова Дина"

    text = told(facts)

    assert "Клёнова Дина, № 1" in text
    assert "Клёнова Дина, № 2" in text


def test_no_contest_loses_its_line_where_two_are_held() -> None:
    facts = internal()
    contests = [
        {"for": "member", "votes": {"1": 18, "2": 12}, "candidates": ["1", "2"]},
        {"for": "alternate", "votes": {"4": 28}, "candidates": ["4"]},
    ]
    facts["count"] |= {
        "model": "two_parallel_contests",
        "contests": [
            {"seats": 1, "blank": 1, "rejected": {"wrongly_completed": 1, "late": 0}, **each}
            for each in contests
        ],
        "tie_decisions": [],
    }
    facts["count"]["contests"][1]["blank"] = 3
    for candidate, votes in zip(
        facts["candidates"],
        ({"member": 18}, {"member": 12}, {}, {"alternate": 28}),
        strict=True,
    ):
        candidate["votes"] = votes
    facts["decision"] |= {"ties": [], "members": [1], "alternates": [4]}

    text = told(facts)

    for line in ("Votes for member", "Votes for alternate", "Blank. Votes for alternate 3"):
        assert line in text


def test_who_signs_stands_beside_a_line_by_number_and_organisation() -> None:
    public = blocks(public_facts(internal()), audience="public")

    [signatures] = [each for each in public if isinstance(each, Signatures)]
    assert [line.name for line in signatures.lines] == ["Клюквина Вера", "", "", ""]
    assert SignatureLine("Commission member No. 14", "", "Центр «Чабрец»") in signatures.lines
    assert any(isinstance(each, Code) for each in public)


def test_the_version_is_said_at_the_top() -> None:
    inside, outside = blocks(internal()), blocks(public_facts(internal()), audience="public")

    assert isinstance(inside[0], Corner)
    assert isinstance(outside[0], Corner)
    assert inside[0].lines[0] != outside[0].lines[0]
    assert isinstance(inside[1], Title)
    assert numbers.number(1412, "en") in told(internal())
