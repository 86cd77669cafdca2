"""Notices as papers: what each must say, in three languages; and what is told after the vote."""

from __future__ import annotations

import html
import re

import pytest
from django.utils.translation import override

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import notices
from okil.areas.elections.documents import notices as texts
from okil.areas.elections.documents.notices import papers
from okil.areas.elections.documents.notices.texts import elected_said
from okil.areas.elections.documents.officers import TITLES
from okil.areas.elections.models import Election, Notice
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import assembly as given_assembly
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import count as given_count
from okil.areas.elections.tests.given import notices as given_notices
from okil.areas.elections.tests.given import officers as given_officers
from okil.areas.elections.tests.given import seats as given_seats
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.wording.stages import stage_name
from okil.foundation import documents
from okil.foundation.audit import history_of
from okil.foundation.documents.blocks import Paragraph, Points
from okil.foundation.documents.models import Issued
from okil.foundation.documents.tests import reading
from okil.foundation.web import dates
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage, State

pytestmark = pytest.mark.django_db
AT = given.moment(8, 15, 6)
OPENING = given.moment(8, 20, 6)
CLOSED = given.moment(9, 6, 13)
TOLD = given.moment(9, 19, 10)
LANGUAGES = ("ru", "kk", "en")
Kind = Notice.Kind


def plain(text: str) -> str:
    return " ".join(text.split())


def issued(notice: Notice) -> Issued:
    actor = given.organiser_of(notice.round.election) if notice.round else given.secretariat()
    return notices.issue_notice(notice.pk, actor=actor, at=notice.written_at)


def said_in(paper: Issued, language: str) -> str:
    file = paper.files.get(language=language, audience="public", format="pdf")
    return reading.text(documents.open_published_file(file))


def shown_in(paper: Issued, language: str) -> str:
    """The text of the page."""
    file = paper.files.get(language=language, audience="public", format="html")
    markup = documents.open_published_file(file).decode()
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def results() -> Election:
    """Counted and published: no. 1 has most votes, no. 2 follows."""
    election = given_count.in_counting(candidates=3, voters=12)
    given_count.counted(election, {1: 7, 2: 4, 3: 1})
    return given.moved_to(State.PUBLISHED, election)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_announcement_says_all_that_is_asked_of_it(language: str) -> None:
    election = given.election()

    paper = issued(given_notices.announcement(election.cycle, at=AT))
    said = said_in(paper, language)

    zone = election.cycle.body.time_zone
    text = texts.draft_text(texts.announcement_facts(election.cycle), language)
    for item in (
        TITLES["7.01"].in_language(language),
        *(stage_name(stage).in_language(language) for stage in Stage),
        *(dates.moment(ends, zone, language) for _begins, ends in given.DATES.values()),
        election.group.public_name.in_language(language),
        given_notices.CONTACT,
    ):
        assert plain(item) in said, item
    # Rights and duties, the least of papers, what is attached: each line of the text.
    shown = shown_in(paper, language)
    for line in text.replace(texts.GAP, given_notices.CONTACT).split("\n"):
        assert plain(line.removeprefix("– ")) in shown, line


def test_the_announcement_can_be_edited_as_docx() -> None:
    election = given.election()

    paper = issued(given_notices.announcement(election.cycle, at=AT))

    file = paper.files.get(language="kk", format="docx")
    text = reading.word_text(documents.open_published_file(file))
    assert election.group.public_name["kk"] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_of_opening_says_the_exact_hours_and_nine_items(language: str) -> None:
    election = given.election(
        State.ANNOUNCED, rules={**given.RULES, "languages": ["ru", "kk", "en"]}
    )
    notice = given_notices.notice(Kind.REGISTRATION_OPENS, election, at=OPENING)

    said = said_in(issued(notice), language)

    zone = election.cycle.body.time_zone
    begins, ends = given.DATES[Stage.REGISTRATION]
    voting, _over = given.DATES[Stage.VOTING]
    assert begins is not None
    assert voting is not None
    for item in (
        dates.moment(begins, zone, language, "full"),
        dates.moment(ends, zone, language, "full"),
        dates.since_moment(voting, zone, language, "plain"),
        given_notices.CONTACT,
        *(f"{number}. " for number in range(1, 10)),
    ):
        assert plain(item) in said, item


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_of_closing_says_when_and_how_many(language: str) -> None:
    election = given.election(State.REGISTRATION)
    given_voters.voters(election, 12)
    given_candidates.candidates(election, 3)
    given_voters.closed(election, at=CLOSED)
    notice = given_notices.notice(Kind.REGISTRATION_CLOSED, election, at=CLOSED)

    said = said_in(issued(notice), language)

    zone = election.cycle.body.time_zone
    for item in (
        election.group.public_name.in_language(language),
        dates.moment(CLOSED, zone, language, "full"),
        "12",
        "3",
    ):
        assert plain(item) in said, item


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_on_the_result_says_who_and_with_how_many_votes(language: str) -> None:
    election = results()
    notice = given_notices.notice(Kind.RESULTS, election, at=TOLD)
    facts = texts.notice_facts(Kind.RESULTS, election, given.round_of(election))

    said = said_in(issued(notice), language)

    elected = facts["result"]["elected"]
    assert [each["number"] for each in elected["member"]] == [1]
    assert [each["number"] for each in elected["alternate"]] == [2]
    assert [each["votes"] for each in facts["result"]["votes"]] == [7, 4, 1]
    assert election.group.public_name.in_language(language) in said
    assert "12" in said  # on the roll, and at the vote
    assert not given.fulfilled("group-informed", given.round_of(election))
    given_notices.published(notice, given_notices.EMAIL, at=TOLD)
    assert given.fulfilled("group-informed", given.round_of(election))


def test_those_elected_are_told_by_number_or_by_the_name_they_chose_for_it() -> None:
    election = results()  # no. 1 shows the name, no. 2 a pseudonym, no. 3 neither

    facts = texts.notice_facts(Kind.RESULTS, election, given.round_of(election))
    text = texts.draft_text(facts, "ru")

    assert "Аққу" in text
    assert not any(name in text for name in bodies.SURNAMES)
    assert texts.GAP not in text


def test_when_the_winner_declines_the_group_is_told_who_follows() -> None:
    election = results()
    winner = election.candidates.get(number=1)
    given_seats.departed(election, winner.number, at=TOLD)

    facts = texts.notice_facts(Kind.RESULTS, election, given.round_of(election))

    elected = facts["result"]["elected"]
    taken = {position: [each["number"] for each in found] for position, found in elected.items()}
    assert taken == {"member": [2], "alternate": [3]}
    assert texts.GAP not in texts.draft_text(facts, "ru")


@pytest.mark.parametrize("position", ["member", "alternate"])
@pytest.mark.parametrize("why", ["vacant", "open"])
def test_a_place_that_nobody_takes_is_said_to_be_so(why: str, position: str) -> None:
    told = {"elected": {"member": [], "alternate": []}, "vacant": [], "open": [], why: [position]}

    with override("en"):
        said = elected_said(told)

    assert len(said) == 1
    assert position in said[0]
    assert elected_said({**told, why: []}) == [texts.GAP]


def test_the_list_and_the_invitation_are_told_from_what_there_is() -> None:
    election = given.election(State.REGISTRATION)
    given_candidates.listed(election, 3)
    given_assembly.planned(election, at=given.moment(9, 10, 6))
    row = given.round_of(election)

    listed = texts.notice_facts(Kind.CANDIDATES, election, row)
    invited = texts.notice_facts(Kind.ASSEMBLY, election, row)

    assert [each["number"] for each in listed["candidates"]] == [1, 2, 3]
    assert len(invited["assembly"]["agenda"]) >= 5
    for language in LANGUAGES:
        assert texts.GAP not in texts.draft_text(listed, language)
        text = texts.draft_text(invited, language)
        assert texts.GAP not in text
        assert text.count("\n– ") == len(invited["assembly"]["agenda"])


def test_a_paper_is_issued_once_for_a_version_and_the_next_replaces_it() -> None:
    election = given.election(State.ANNOUNCED)
    notice = given_notices.notice(Kind.REGISTRATION_OPENS, election, at=OPENING)
    first = issued(notice)

    with pytest.raises(Refused) as refusal:
        issued(notice)
    assert refusal.value.code == "notice-issued"
    later = given_notices.notice(Kind.REGISTRATION_OPENS, election, at=OPENING + given.HOUR)
    second = issued(later)

    assert (second.version, second.supersedes) == (2, first)
    assert history_of(later).filter(event="notice.issued").get().after == {
        "kind": "registration_opens",
        "version": 2,
        "number": second.number,
    }


def test_not_every_notice_is_a_paper() -> None:
    election = given.election()
    notice = given_notices.notice(Kind.COMMISSION_FORMING, election, at=AT)

    with pytest.raises(Refused) as refusal:
        issued(notice)

    assert refusal.value.code == "notice-without-paper"


def test_papers_and_their_names_tell_no_person() -> None:
    election = given.election(State.ANNOUNCED)
    given_officers.all_signed(election, at=AT)
    paper = issued(given_notices.notice(Kind.REGISTRATION_OPENS, election, at=OPENING))

    for file in paper.files.all():
        content = documents.open_published_file(file)
        assert not any(name in file.name for name in bodies.SURNAMES)
        if file.format == "pdf":
            assert not any(name in reading.text(content) for name in bodies.SURNAMES)
            assert election.group.public_name["kk"] not in str(reading.metadata(content))


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Одно.\n\nДругое.", [Paragraph("Одно."), Paragraph("Другое.")]),
        ("Есть:\n– раз\n– два", [Paragraph("Есть:"), Points(("раз", "два"))]),
        ("– раз\r\n– два\r\nи всё.", [Points(("раз", "два")), Paragraph("и всё.")]),
        (
            "Права:\n– раз\nОбязанности:\n– два",
            [Paragraph("Права:"), Points(("раз",)), Paragraph("Обязанности:"), Points(("два",))],
        ),
        ("\n\n  \n", []),
        ("#eval(1) $x$", [Paragraph("#eval(1) $x$")]),
    ],
)
def test_a_plain_text_becomes_paragraphs_and_lists(text: str, blocks: list[object]) -> None:
    assert papers.text_blocks(text) == blocks
