"""The Election Regulation as a paper (7.28): what it must say, in three languages and all formats."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from docx.shared import Pt

from okil.areas.elections.documents.regulations import ELECTION_REGULATION, compose
from okil.areas.elections.documents.regulations.clauses import Answers, clauses_of
from okil.areas.elections.tests.given import regulation_papers as given_papers
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation import documents
from okil.foundation.documents.blocks import Clause, Corner, Heading, Room, Table
from okil.foundation.documents.kinds import LANGUAGES, PUBLIC, kind_of
from okil.foundation.documents.rendering import RENDERED
from okil.foundation.documents.sheets import Place, sheet
from okil.foundation.documents.tests import reading
from okil.foundation.web.languages import Texts
from okil.pure.rules import regulation_words
from okil.pure.rules.regulation import RULES, RULES_OF, Part, Regulation, open_questions
from okil.pure.rules.tests.regulations import regulation

SOUND, GAPS, PARALLEL = regulation("sound"), regulation("gaps"), regulation("parallel")
PLACE = Place(
    number="17/2024",
    version=1,
    code="K7F4E2ACMN30",
    issued_at=datetime(2024, 9, 7, 8, 40, 15, tzinfo=UTC),
    zone="Asia/Almaty",
    before=None,
    reason=Texts(),
)


def made(said: Regulation, language: str, form: str, **changed: Any) -> bytes:
    """As it is issued."""
    facts = given_papers.facts(said, **changed) | {"number": "17/2024", "version": 1}
    kind = kind_of(ELECTION_REGULATION)
    return RENDERED[form](sheet(kind, facts, language=language, audience=PUBLIC, place=PLACE))


def drafted(said: Regulation, language: str, form: str) -> bytes:
    facts = given_papers.facts(said, approval=None, common=None)
    return documents.draft(
        ELECTION_REGULATION, facts=facts, language=language, audience=PUBLIC, format=form
    )


def blocks(said: Regulation, language: str = "ru", **changed: Any) -> list[Any]:
    return compose(given_papers.facts(said, **changed), language, PUBLIC)


def plain(text: str) -> str:
    return " ".join(text.split())


def clauses(said: Regulation, language: str = "ru", **changed: Any) -> list[Clause]:
    return [each for each in blocks(said, language, **changed) if isinstance(each, Clause)]


# What 7.28 lists, and where it stands in the sound example.
CHECKLIST: dict[str, dict[str, tuple[str, ...]]] = {
    "ru": {
        "approval": ("УТВЕРЖДЕНО", "Съезд сообщества", "20 июня 2024 года", "протокол № 4"),
        "roles": ("проверяет избирателей;",),
        "criteria": ("Чем подтверждается", "Не исчерпал предельный срок"),
        "documents": ("Краткая программа, одна страница.", "Чтобы сравнить кандидатов"),
        "competition": ("второй по числу голосов становится альтернатом",),
        "voting": ("Голосование тайное",),
        "count": ("Избран тот, кто набрал больше голосов",),
        "replacement": ("место переходит к следующему по числу голосов",),
        "observers": ("с обязательным участием независимых наблюдателей",),
        "confidentiality": ("обязательство не разглашать персональные данные",),
        "conflict": ("Решение о конфликте интересов принимает комиссия",),
        "regions": ("Жамбылская область, Карагандинская область",),
        "cross": ("Общее решение: Организационный комитет, 2 мая 2024 года, № 2.",),
        "informing": ("Организатор сообщает сообществу о результатах",),
        "annex": ("Приложение 1. Форма заявки избирателя", "2. Имя или псевдоним"),
        "authority": ("Первичны факты", "№ 17/2024", "Редакция 3."),
    },
    "kk": {
        "approval": ("БЕКІТІЛДІ", "Съезд сообщества", "2024 жылғы 20 маусым", "№ 4 хаттама"),
        "roles": ("сайлаушыларды тексереді;",),
        "criteria": ("Немен расталады",),
        "documents": ("Кім пайдаланады",),
        "competition": ("дауыс саны бойынша екінші кандидат баламалы мүше болады",),
        "voting": ("Дауыс жасырын беріледі",),
        "count": ("Басқалардан көп дауыс жинаған кандидат сайланады",),
        "replacement": ("дауыс саны бойынша келесі кандидатқа өтеді",),
        "observers": ("тәуелсіз байқаушылардың міндетті қатысуымен",),
        "confidentiality": ("дербес деректерін жария етпеуге",),
        "conflict": ("Мүдделер қақтығысы туралы шешімді комиссия",),
        "regions": ("Жамбыл облысы, Қарағанды облысы",),
        "cross": ("Ортақ шешім: Организационный комитет, 2024 жылғы 2 мамыр, № 2.",),
        "informing": ("Ұйымдастырушы сайлау нәтижелерін қауымдастыққа хабарлайды",),
        "annex": ("1-қосымша. Сайлаушы өтінімінің нысаны",),
        "authority": ("арқау болған деректер", "№ 17/2024", "3-редакция."),
    },
    "en": {
        "approval": ("APPROVED", "Съезд сообщества", "20 June 2024", "minutes No. 4"),
        "roles": ("verifies voters;",),
        "criteria": ("What proves it",),
        "documents": ("Who uses it", "What for"),
        "competition": ("the runner-up becomes the alternate",),
        "voting": ("Voting is secret",),
        "count": ("The candidate with more votes than any other is elected",),
        "replacement": ("the seat passes to the next by votes",),
        "observers": ("in the presence of independent observers",),
        "confidentiality": ("undertaking not to disclose personal data",),
        "conflict": ("The commission decides on a conflict of interest",),
        "regions": ("Zhambyl Region, Karaganda Region",),
        "cross": ("The common decision: Организационный комитет, 2 May 2024, No. 2.",),
        "informing": ("The organiser informs the community of the results",),
        "annex": ("Annex 1. Voter application form",),
        "authority": ("are authoritative", "No. 17/2024", "Version 3."),
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_paper_says_all_that_a_regulation_needs(language: str, form: str) -> None:
    made_of = made(SOUND, language, form)

    said = reading.text(made_of) if form == "pdf" else plain(reading.word_text(made_of))

    missing = {
        item: words
        for item, listed in CHECKLIST[language].items()
        for words in listed
        if plain(words) not in said and not _is_laid_otherwise(item, form)
    }
    assert missing == {}


def _is_laid_otherwise(item: str, form: str) -> bool:
    """In DOCX the footer is no paragraph of the text."""
    return form == "docx" and item == "authority"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("said", "unsaid"),
    [
        pytest.param(SOUND, 0, id="sound"),
        pytest.param(
            PARALLEL, 1, id="parallel"
        ),  # nobody votes after its assembly: no closing hour
        pytest.param(GAPS, 25, id="gaps"),
    ],
)
def test_each_answered_rule_has_its_clause_in_every_format(
    said: Regulation, unsaid: int, language: str
) -> None:
    answers = Answers(said, language, {"common": "x"})
    answered = [rule for rule in RULES if list(clauses_of(rule, answers))]

    pdf, docx = reading.text(made(said, language, "pdf")), made(said, language, "docx")
    html = made(said, language, "html").decode()
    word = plain(reading.word_text(docx))

    assert len(RULES) - len(answered) == unsaid
    for rule in RULES:
        for content in (pdf, word, html):
            assert (rule in content) is (rule in answered), rule
    for clause in clauses(said, language):
        assert plain(clause.text) in word


def test_an_adopted_paper_says_nothing_of_what_is_left_open() -> None:
    said = given_papers.text_of(blocks(GAPS))

    assert "Не урегулировано" not in said
    assert "REG-20" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_marks_what_is_left_open_with_its_rule_and_question(language: str) -> None:
    word = plain(reading.word_text(drafted(GAPS, language, "docx")))
    marked = [each for each in clauses(GAPS, language, approval=None) if each.number == "●"]

    left = {rule for rule in RULES if open_questions(rule, GAPS)}
    assert {each.note for each in marked} == left
    assert len(marked) == len(left)
    for rule in left:
        for name in open_questions(rule, GAPS):
            assert plain(regulation_words.question(name, language)) in word


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_of_a_whole_regulation_leaves_only_the_approval_to_the_hand(language: str) -> None:
    said = reading.text(drafted(SOUND, language, "pdf"))
    [corner] = [each for each in blocks(SOUND, language, approval=None) if isinstance(each, Corner)]

    assert "●" not in said
    assert {"ru": "ПРОЕКТ", "kk": "ЖОБА", "en": "DRAFT"}[language] in said
    assert sum("____" in line for line in corner.lines) == 3
    assert any("Samal" in line or "Самал" in line for line in corner.lines)


def test_nine_parts_have_their_numbers_and_clauses_are_counted_in_each() -> None:
    heads = [each.text for each in blocks(SOUND) if isinstance(each, Heading)]
    numbers = [each.number for each in clauses(SOUND)]

    titles = [
        f"{number}. {regulation_words.part(part, 'ru')}" for number, part in enumerate(Part, 1)
    ]
    assert heads == [*titles, "Приложение 1. Форма заявки избирателя"]
    assert numbers[:5] == ["1.1.", "1.2.", "1.3.", "1.4.", "2.1."]
    assert len(set(numbers)) == len(numbers)


def test_a_part_of_which_nothing_is_said_is_left_out_and_the_next_takes_its_number() -> None:
    said = blocks(Regulation(smallest_cell=5))

    heads = [each.text for each in said if isinstance(each, Heading)]
    assert heads == [
        f"1. {regulation_words.part(Part.ITSELF, 'ru')}",
        f"2. {regulation_words.part(Part.DATA, 'ru')}",
    ]
    assert [each.number for each in said if isinstance(each, Clause)] == ["1.1.", "2.1."]


@pytest.mark.parametrize(
    ("kind", "text", "body", "lines"),
    [
        ("assembly", None, "Общее собрание", ["Общее собрание"]),
        ("forum", None, "Встреча в Астане", ["Встреча в Астане", "форум сообщества"]),
        ("other", {"ru": "Совет старших"}, "Совет", ["Совет"]),
        (None, None, "Съезд", ["Съезд"]),
    ],
)
def test_the_corner_says_who_and_in_which_form(
    kind: str | None, text: dict[str, str] | None, body: str, lines: list[str]
) -> None:
    said = Regulation(approval_kind=kind, approval_kind_text=text)
    approval = {"body": body, "made_on": "2024-06-20", "number": ""}

    corner = blocks(said, approval=approval)[0]

    assert corner.lines == ("УТВЕРЖДЕНО", *lines, "Группа «Самал»", "20\xa0июня 2024\xa0года")


def test_the_annex_asks_for_the_fields_that_are_named_and_no_other() -> None:
    said = replace(SOUND, voter_fields=("contact", "basis_of_belonging"))

    whole = blocks(said)
    rooms = [each.lines for each in whole if isinstance(each, Room)]
    text = given_papers.text_of(whole)

    assert rooms == [1, 2, 1]  # a contact; why one belongs; the day
    assert "1. Контакт для голосования" in text
    assert "Имя или псевдоним" not in text


def test_a_form_whose_fields_are_not_named_has_empty_lines() -> None:
    rooms = [each for each in blocks(Regulation(voter_form_annexed=True)) if isinstance(each, Room)]

    assert [each.lines for each in rooms] == [6, 1]


@pytest.mark.parametrize("annexed", [False, None])
def test_without_the_form_there_is_no_annex(annexed: bool | None) -> None:
    said = given_papers.text_of(blocks(replace(SOUND, voter_form_annexed=annexed)))

    assert "Приложение 1" not in said


def test_criteria_and_documents_are_tables() -> None:
    tables = [each for each in blocks(SOUND) if isinstance(each, Table)]

    assert [len(each.columns) for each in tables] == [2, 3]
    assert [len(each.rows) for each in tables] == [
        len(SOUND.criteria),
        len(SOUND.candidate_documents),
    ]


def test_what_holds_for_one_election_only_says_so() -> None:
    text = "Эта редакция действует только для выборов 2024 года."

    assert text in given_papers.text_of(blocks(SOUND, only_for=2024))
    assert text not in given_papers.text_of(blocks(SOUND))


def test_without_a_common_decision_none_is_named() -> None:
    assert "Общее решение" not in given_papers.text_of(blocks(SOUND, common=None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_tagged_in_its_language_and_fit_for_archives(language: str) -> None:
    content = made(SOUND, language, "pdf")

    assert reading.catalog(content)["/Lang"] == language
    assert "<pdfaid:part>2</pdfaid:part>" in reading.xmp(content)
    assert "<pdfuaid:part>1</pdfuaid:part>" in reading.xmp(content)
    tags = [tag for tag, _description in reading.tags(content)]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == len(RULES_OF) + 1
    assert {"/Table", "/TH", "/L"} <= set(tags)
    assert "Самал" not in reading.metadata(content)["/Title"]


def test_the_rule_stands_small_beside_its_clause_in_word() -> None:
    document = reading.word(made(SOUND, "ru", "docx"))

    [clause] = [each for each in document.paragraphs if each.text.startswith("5.1.\t")]
    *_before, note = clause.runs
    assert note.text.strip() == "REG-05"
    assert note.font.size == Pt(8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_region_has_a_name(language: str) -> None:
    text = given_papers.text_of(
        blocks(replace(SOUND, regions=tuple(code for code in REGIONS if code != "other")), language)
    )

    assert "KZ-" not in text
