"""A kind that only tests know: a protocol of a made-up election."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import Actor
from okil.foundation.documents import issuing, kinds, sheets
from okil.foundation.documents.blocks import (
    Block,
    Blocks,
    Choice,
    Choices,
    Clause,
    Code,
    Column,
    Corner,
    Facts,
    Heading,
    Paragraph,
    Points,
    Room,
    SignatureLine,
    Signatures,
    Table,
    Title,
)
from okil.foundation.documents.models import Issued
from okil.foundation.documents.sheets import Place, Sheet
from okil.foundation.web.languages import Texts

AT = datetime(2024, 9, 7, 8, 40, 15, tzinfo=UTC)
ZONE = "Asia/Almaty"
SECRETARIAT = Actor("secretariat", 7)
SCOPE = "election-12"
TEMPLATE = Path(sheets.__file__).with_name("typst") / "document.typ"

NAME, PSEUDONYM = "Ромашкина Аида", "Ақбөкен"
FACTS: dict[str, Any] = {
    "group": {"ru": "«Самал»", "kk": "«Самал»", "en": "“Samal”"},
    "candidates": [
        {"name": NAME, "votes": 74},
        {"name": "Калинина Ирина", "votes": 58},
        {"name": PSEUDONYM, "votes": 29},
    ],
    "commission": ["Клюквина В.", "Морошкина Ж.", "Астрин О."],
}
PUBLIC_FACTS: dict[str, Any] = {
    **FACTS,
    "candidates": [
        {"name": "", "votes": 74},
        {"name": "Калинина Ирина", "votes": 58},
        {"name": PSEUDONYM, "votes": 29},
    ],
    "commission": ["", "", ""],
}

WORDS: dict[str, dict[str, Any]] = {
    "ru": {
        "above": "ПРОТОКОЛ",
        "title": "о результатах выборов в группе {group}",
        "corner": (
            "Публичная версия",
            "Приложение к письму в Секретариат",
            "от 7 сентября 2024 года № 4",
        ),
        "place": "г. Астана, 7 сентября 2024 года, № {number}. Начало в 10:00, окончание в 13:40.",
        "course": "1. Как проходили выборы",
        "course_text": (
            "Выборы проведены по Положению о выборах, утверждённому собранием группы 20 июня 2024 года."
            " Регистрация была открыта с 19 августа, 9:00 по 28 августа, 18:00; об этом сообщено по двум"
            " каналам. Список кандидатов опубликован 2 сентября. Голосование шло с 4 сентября, 9:00 по"
            " 6 сентября, 18:00, тайно, на равных условиях."
        ),
        "points": ("объявление опубликовано на сайте", "приглашение разослано по почте"),
        "voters": "2. Избиратели",
        "facts": (("В списке избирателей", "214"), ("Регионов", "9"), ("Проголосовали", "171")),
        "facts_caption": "Сведения из журнала",
        "votes": "3. Кандидаты и голоса",
        "columns": ("Кандидат", "Интернет", "Собрание", "Всего"),
        "caption": "Голоса по каналам",
        "total": "Принято",
        "nobody": "имя не опубликовано",
        "decided": "4. Решение",
        "clauses": (
            "Членом комитета от группы избран кандидат, получивший больше голосов; альтернатом – следующий.",
            "Комиссия подаёт их в Секретариат. За – 3, против – 0, воздержались – 0.",
        ),
        "signed": "Подписи",
        "role": "Член комиссии",
        "note": "подписано 7 сентября 2024 года, вторым фактором; при особом мнении: список лежал открытым",
    },
    "kk": {
        "above": "ХАТТАМА",
        "title": "{group} тобындағы сайлау нәтижелері туралы",
        "corner": (
            "Жария нұсқа",
            "Хатшылыққа жіберілген хатқа қосымша",
            "2024 жылғы 7 қыркүйек, № 4",
        ),
        "place": "Астана қ., 2024 жылғы 7 қыркүйек, № {number}. Басталуы 10:00, аяқталуы 13:40.",
        "course": "1. Сайлау қалай өтті",
        "course_text": (
            "Сайлау топ жиналысы 2024 жылғы 20 маусымда бекіткен Сайлау туралы ереже бойынша өткізілді."
            " Тіркеу 19 тамыз, сағат 9:00-ден 28 тамыз, 18:00-ге дейін ашық болды; бұл туралы екі арна"
            " арқылы хабарланды. Кандидаттар тізімі 2 қыркүйекте жарияланды. Дауыс беру жасырын, тең"
            " жағдайда өтті: Ә ә Ғ ғ Қ қ Ң ң Ө ө Ұ ұ Ү ү Һ һ І і."
        ),
        "points": ("хабарландыру сайтта жарияланды", "шақыру поштамен жіберілді"),
        "voters": "2. Сайлаушылар",
        "facts": (("Сайлаушылар тізімінде", "214"), ("Өңірлер", "9"), ("Дауыс берді", "171")),
        "facts_caption": "Журналдан алынған мәліметтер",
        "votes": "3. Кандидаттар мен дауыстар",
        "columns": ("Кандидат", "Интернет", "Жиналыс", "Барлығы"),
        "caption": "Арналар бойынша дауыстар",
        "total": "Қабылданды",
        "nobody": "аты жарияланбаған",
        "decided": "4. Шешім",
        "clauses": (
            "Топтан комитет мүшесі болып көп дауыс алған кандидат сайланды; баламалы мүше – келесісі.",
            "Комиссия оларды Хатшылыққа ұсынады. Жақтағандар – 3, қарсы – 0, қалыс қалғандар – 0.",
        ),
        "signed": "Қолдар",
        "role": "Комиссия мүшесі",
        "note": "2024 жылғы 7 қыркүйекте екінші фактормен қол қойылды",
    },
    "en": {
        "above": "PROTOCOL",
        "title": "of the results of the election in the group {group}",
        "corner": (
            "Public version",
            "Annex to the letter to the Secretariat",
            "of 7 September 2024, No. 4",
        ),
        "place": "Astana, 7 September 2024, No. {number}. Begun at 10:00, ended at 13:40.",
        "course": "1. How the election went",
        "course_text": (
            "The election followed the Election Regulation adopted by the group's assembly on 20 June 2024."
            " Registration was open from 19 August, 9:00 to 28 August, 18:00; two channels said so. The"
            " list of candidates was published on 2 September. Voting ran from 4 September, 9:00 to"
            " 6 September, 18:00, in secret, on equal terms."
        ),
        "points": ("the announcement was published on the site", "the invitation was sent by mail"),
        "voters": "2. Voters",
        "facts": (("On the roll", "214"), ("Regions", "9"), ("Voted", "171")),
        "facts_caption": "From the journal",
        "votes": "3. Candidates and votes",
        "columns": ("Candidate", "Internet", "Assembly", "Together"),
        "caption": "Votes by channel",
        "total": "Accepted",
        "nobody": "name not published",
        "decided": "4. Decision",
        "clauses": (
            "Elected member of the committee is who got the most votes; alternate is the next.",
            "The commission sends them to the Secretariat. For: 3, against: 0, abstained: 0.",
        ),
        "signed": "Signatures",
        "role": "Commissioner",
        "note": "signed on 7 September 2024 with a second factor",
    },
}


def compose_protocol(facts: Mapping[str, Any], language: str, audience: str) -> Blocks:
    words = WORDS[language]
    candidate, *channels = words["columns"]
    rows = tuple(
        (one["name"] or words["nobody"], str(one["votes"] - 5), "5", str(one["votes"]))
        for one in facts["candidates"]
    )
    return [
        Corner(words["corner"]),
        Title(words["title"].format(group=facts["group"][language]), above=words["above"]),
        Paragraph(words["place"].format(number=facts["number"])),
        Heading(words["course"]),
        Paragraph(words["course_text"]),
        Points(words["points"]),
        Heading(words["voters"]),
        Facts(words["facts"], caption=words["facts_caption"]),
        Heading(words["votes"]),
        Table(
            (Column(candidate), *(Column(title, is_number=True) for title in channels)),
            rows,
            caption=words["caption"],
            total=(words["total"], "146", "15", "161"),
        ),
        Heading(words["decided"]),
        *(Clause(text) for text in words["clauses"]),
        Heading(words["signed"]),
        Signatures(
            tuple(
                SignatureLine(words["role"], name or "", words["note"] if at == 1 else "")
                for at, name in enumerate(facts["commission"])
            )
        ),
        Code(),
    ]


def compose_ballot(facts: Mapping[str, Any], language: str, audience: str) -> Blocks:
    return [
        Title("Бюллетень для тайного голосования · Жасырын дауыс беру бюллетені"),
        Paragraph("Поставьте один знак в квадрате. Шаршыға бір белгі қойыңыз."),
        Choices(
            (
                Choice("Ромашкина Аида", "врач, Караганда · дәрігер, Қарағанды"),
                Choice("Калинина Ирина"),
                Choice("Против всех · Бәріне қарсы"),
            )
        ),
        Room(3),
    ]


def compose_blocks(facts: Mapping[str, Any], language: str, audience: str) -> Blocks:
    """Whatever blocks a test brings: facts are not JSON here, so this is for drafts only."""
    blocks: list[Block] = list(facts["blocks"])
    return blocks if any(isinstance(one, Title) for one in blocks) else [Title("Проба"), *blocks]


PROTOCOL = kinds.Kind(
    "sample-protocol", "7.20", _("Protocol of results"), compose_protocol, is_editable=True
)
BALLOT = kinds.Kind(
    "sample-ballot",
    "7.12",
    _("Ballot paper"),
    compose_ballot,
    audiences=("public",),
    languages=("ru",),
    has_footer=False,
)
BLOCKS = kinds.Kind(
    "sample-blocks", "7.01", _("Protocol of results"), compose_blocks, audiences=("public",)
)
for _kind in (PROTOCOL, BALLOT, BLOCKS):
    kinds.register(_kind)


def subject(name: str = "election") -> ContentType:
    """Something with a number; which model it is does not matter here."""
    thing, _made = ContentType.objects.get_or_create(app_label="documents-tests", model=name)
    return thing


def protocol(**given: Any) -> Issued:
    named: dict[str, Any] = {
        "facts": FACTS,
        "public_facts": PUBLIC_FACTS,
        "scope": SCOPE,
        "year": 2024,
        "zone": ZONE,
        "at": AT,
    }
    if "subject" not in given:
        named["subject"] = subject()
    return issuing.issue("sample-protocol", **(named | given))


PLACE = Place(
    number="17/2024",
    version=1,
    code="K7F4E2ACMN30",
    issued_at=AT,
    zone=ZONE,
    before=None,
    reason=Texts(),
)


def sheet(kind: kinds.Kind = PROTOCOL, language: str = "ru", **given: Any) -> Sheet:
    """An issued one, for tests that need no database."""
    facts = {**FACTS, "number": PLACE.number} | given.pop("facts", {})
    named: dict[str, Any] = {"audience": kinds.INTERNAL, "place": PLACE} | given
    return sheets.sheet(kind, facts, language=language, **named)


def sheet_of(*blocks: Block, language: str = "ru") -> Sheet:
    return sheet(BLOCKS, language, facts={"blocks": blocks})


def draft(language: str, format: str = "pdf") -> bytes:  # noqa: A002 (as `issuing.draft`)
    return issuing.draft(
        "sample-protocol", facts=FACTS, language=language, audience=kinds.INTERNAL, format=format
    )
