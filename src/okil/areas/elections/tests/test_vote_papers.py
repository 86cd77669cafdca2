"""Papers of the vote say what they must, in three languages, and nothing that marks a voter."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils.translation import gettext, override

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import assembly as actions
from okil.areas.elections.actions import count
from okil.areas.elections.documents import assembly as papers
from okil.areas.elections.documents.ballots import compose_paper
from okil.areas.elections.documents.count import BLANK_SHEET
from okil.areas.elections.models import Election
from okil.areas.elections.queries.ballots import PAPER
from okil.areas.elections.queries.candidates import shown_names
from okil.areas.elections.queries.voters import roll_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import assembly as meetings
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import voters as roll
from okil.areas.elections.wording.assembly import AGENDA
from okil.areas.elections.wording.count import LINES
from okil.foundation import documents
from okil.foundation.audit import Actor
from okil.foundation.documents.blocks import Choices, Heading, Paragraph
from okil.foundation.documents.models import File, Issued
from okil.foundation.documents.tests import reading
from okil.foundation.web import dates
from okil.pure.rules.stages import Stage, State

pytestmark = pytest.mark.django_db
LANGUAGES = ("ru", "kk", "en")
AT = meetings.PLANNED_AT
HALL = {"ru": "В зале до 40 человек.", "kk": "Залда 40 адамға дейін.", "en": "Up to 40 people."}


@pytest.fixture
def election() -> Election:
    """Three candidates: no. 1 shows a name, no. 2 a pseudonym, no. 3 nothing."""
    found = given.election(State.REGISTRATION, rules={**given.RULES, "languages": ["ru", "kk"]})
    listing.listed(found, 3, voters=4)
    meetings.planned(found, conditions=HALL, until=date(2024, 9, 30))
    return found


def plain(text: str) -> str:
    return " ".join(text.split())


def said(issued: Issued, language: str) -> str:
    file = issued.files.get(language=language, format="pdf")
    actor = Actor("system", None)
    return reading.text(documents.open_file(file, actor=actor, at=AT))


def name_of_first(election: Election) -> str:
    names = shown_names(given.round_of(election).candidates.all())
    return next(name for name in names.values() if any(n in name for n in bodies.SURNAMES))


def closing(language: str) -> str:
    ends_at = given.DATES[Stage.VOTING][1]
    return plain(dates.moment(ends_at, "Asia/Almaty", language, "full"))


# 7.18: programme and invitation


def test_the_programme_says_when_where_what_and_who(election: Election) -> None:
    issued = actions.issue_programme(election.pk, seen=0, actor=given.organiser_of(election), at=AT)

    for language in LANGUAGES:
        text = said(issued, language)
        with override(language):
            assert plain(dates.moment(meetings.BEGINS_AT, "Asia/Almaty", language, "full")) in text
            assert closing(language) in text
            assert all(plain(str(item)) in text for item in AGENDA.values())
            assert HALL[language] in text
            assert plain(dates.day(date(2024, 9, 30), language, "long")) in text
        assert (meetings.PLACE.get(language) or meetings.PLACE["ru"]) in text
        assert name_of_first(election) in text
        assert "Аққу" in text
        assert str(election.group.public_name) in text
        assert "Ассоциация «Гүлдер»" in text  # where an observer comes from


# 7.19: the ballot paper


def test_the_paper_has_one_form_for_all_in_the_order_drawn(election: Election) -> None:
    making.drawn(election, {"both": [3, 1, 2]})

    issued = making.issued(election)

    (file,) = issued.files.filter(format="pdf")
    content = documents.open_published_file(file)
    text = reading.text(content)
    places = [text.index(sign) for sign in ("3", name_of_first(election), "Аққу")]
    assert places == sorted(places)
    assert closing("ru") in text
    assert closing("kk") in text
    assert closing("en") not in text  # the group's languages, and no others
    assert str(election.group.public_name) in text


def test_nothing_on_a_paper_tells_it_from_another(election: Election) -> None:
    making.drawn(election)
    issued = making.issued(election)

    content = documents.open_published_file(issued.files.get(format="pdf"))
    text = reading.text(content)

    assert issued.number_shown not in text
    assert issued.code not in text.replace("-", "")
    assert "verify" not in text
    assert "1 / 1" not in text
    assert not [tag for tag, _alt in reading.tags(content) if tag == "/Figure"]
    assert reading.links(content) == []


def contest(**said: object) -> dict[str, object]:
    return {
        "place": "both",
        "seats": 1,
        "for_or_against": False,
        "candidates": [{"number": 2, "name": ""}, {"number": 1, "name": "Аққу"}],
        **said,
    }


def facts(*contests: dict[str, object]) -> dict[str, object]:
    return {
        "group": {"kk": "Қадам"},
        "languages": ["en"],
        "zone": "Asia/Almaty",
        "voting_ends_at": "2024-09-13T13:00:00+00:00",
        "contests": list(contests),
    }


def squares(*contests: dict[str, object]) -> list[list[tuple[str, str]]]:
    blocks = compose_paper(facts(*contests), "en", "public")
    lists = [block for block in blocks if isinstance(block, Choices)]
    return [[(item.text, item.note) for item in block.items] for block in lists]


def test_each_candidate_has_a_square_a_number_and_no_remark() -> None:
    assert squares(contest()) == [[("No. 2", ""), ("No. 1 Аққу", "")]]


def test_one_paper_asks_both_questions_of_two_contests() -> None:
    blocks = compose_paper(
        facts(contest(place="member"), contest(place="alternate")), "en", "public"
    )

    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == ["Who shall be member?", "Who shall be alternate?"]
    assert len([block for block in blocks if isinstance(block, Choices)]) == 2


def test_of_one_candidate_the_paper_asks_for_or_against() -> None:
    alone = contest(for_or_against=True, candidates=[{"number": 1, "name": "Аққу"}])

    assert squares(alone) == [[("For the candidate", ""), ("Against the candidate", "")]]


def test_the_paper_says_how_many_marks_it_bears() -> None:
    def instruction(seats: int) -> str:
        blocks = compose_paper(facts(contest(seats=seats)), "en", "public")
        return next(block.text for block in blocks if isinstance(block, Paragraph))

    assert instruction(1).startswith("Put a mark into one square.")
    assert "2" in instruction(2)


# Attendance sheet and count sheet


def test_the_attendance_sheet_has_a_line_for_each_number(election: Election) -> None:
    organiser = given.organiser_of(election)
    roll.promised(election)
    voters = list(roll_of(given.round_of(election)))

    by_number = actions.issue_attendance_sheet(
        election.pk, with_names=False, seen=0, actor=organiser, at=AT
    )
    for_the_desk = actions.issue_attendance_sheet(
        election.pk, with_names=True, seen=1, actor=organiser, at=AT
    )

    assert not any(name in said(by_number, "ru") for name in bodies.SURNAMES)
    text = said(for_the_desk, "ru")
    assert all(re.search(rf"\b{voter.number}\b", text) for voter in voters)
    assert any(name in text for name in bodies.SURNAMES)
    assert {file.audience for file in File.objects.filter(issued=for_the_desk)} == {"internal"}
    assert not any(
        name in file.name for file in for_the_desk.files.all() for name in bodies.SURNAMES
    )


def test_a_paper_issued_anew_says_nothing_of_the_one_before(election: Election) -> None:
    making.drawn(election, {"both": [3, 1, 2]})
    making.issued(election)
    later = making.PRINTED_AT + given.HOUR
    given.round_of(election).candidates.filter(number=2).update(withdrawn_at=later)

    issued = making.issued(election, at=later + given.HOUR)

    (file,) = issued.files.filter(format="pdf")
    text = reading.text(documents.open_published_file(file))
    assert issued.version == 2
    assert name_of_first(election) in text
    assert not any(word in text for word in ("Версия", "Заменяет", "нұсқа", "/2024"))


def test_a_count_sheet_is_blank_and_has_each_pile(election: Election) -> None:
    issued = count.issue_count_sheet(
        election.pk, seen=0, actor=given.commissioner_of(election), at=AT
    )

    for language in LANGUAGES:
        text = said(issued, language)
        with override(language):
            assert all(plain(str(line)) in text for line in LINES.values())
            assert plain(gettext("Candidate no. {number}").format(number=3)) in text
        assert name_of_first(election) in text


def test_kinds_of_the_vote_are_registered_with_their_requirements() -> None:
    kinds = {
        code: documents.kinds.kind_of(code).requirement
        for code in (papers.PROGRAMME, papers.ATTENDANCE, PAPER, BLANK_SHEET)
    }  # fmt: skip

    assert kinds == {
        "assembly-programme": "7.18",
        "attendance-sheet": "7.18",
        "ballot-paper": "7.19",
        "blank-count-sheet": "6.01",
    }
