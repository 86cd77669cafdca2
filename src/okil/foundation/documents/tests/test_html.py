from __future__ import annotations

from html.parser import HTMLParser

import pytest

from okil.foundation.documents.blocks import (
    Block,
    Choice,
    Choices,
    Clause,
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
from okil.foundation.documents.html import article_of, html
from okil.foundation.documents.tests import given
from tests.architecture.pages import forbidden_on_a_page

EVIL = '<script>alert(1)</script></article><b onclick="x">&amp;{{ 7|add:7 }}{% now "Y" %}'


class Elements(HTMLParser):
    """Each element with its class, in order; nothing is left open."""

    VOID = {"br", "hr", "meta"}

    def __init__(self, content: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("class")
        self.found.append(f"{tag}.{name}" if name else tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(*blocks: Block) -> str:
    return html(given.sheet_of(*blocks)).decode("utf-8")


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_a_protocol_says_the_same_as_on_paper(language: str) -> None:
    words = given.WORDS[language]

    page = Elements(html(given.sheet(language=language)).decode("utf-8"))

    assert page.open == []
    for line in (*words["corner"], words["course_text"], *words["points"], words["caption"]):
        assert line in page.text
    assert page.found[:8] == [
        "html", "head", "meta", "meta", "title", "body", "article.doc", "p.corner",
    ]  # fmt: skip
    assert page.found.count("h1") == 1
    assert "table.sign" in page.found


def test_each_text_is_shown_and_none_is_obeyed() -> None:
    page = shown(
        Title(EVIL, above=EVIL),
        Corner((EVIL,)),
        Heading(EVIL),
        Paragraph(EVIL),
        Clause(EVIL, number=EVIL),
        Points((EVIL,)),
        Facts(((EVIL, EVIL),), caption=EVIL),
        Table((Column(EVIL),), ((EVIL,),), caption=EVIL, total=(EVIL,)),
        Signatures((SignatureLine(EVIL, EVIL, EVIL),)),
        Choices((Choice(EVIL, EVIL),)),
    )

    assert "<script" not in page
    assert "<b " not in page
    assert Elements(page).text.count(EVIL) == 20
    assert list(forbidden_on_a_page("x.html", page)) == []


def test_an_article_can_stand_in_a_page_whatever_it_says() -> None:
    article = article_of(html(given.sheet_of(Title("Проба"), Paragraph(EVIL))))

    assert article.startswith('<article class="doc" lang="ru">')
    assert article.endswith("</article>")
    assert article.count("</article>") == 1


def test_lines_stay_lines_and_rooms_are_rows() -> None:
    page = shown(Title("Проба"), Paragraph("Первая\nвторая"), Room(3))

    assert "<p>Первая<br>вторая</p>" in page
    assert Elements(page).found.count("td.line") == 3


def test_the_same_facts_give_the_same_bytes() -> None:
    assert html(given.sheet()) == html(given.sheet())


def test_a_draft_says_so_first() -> None:
    page = given.draft("kk", "html").decode("utf-8")

    assert page.index("ЖОБА") < page.index("<h1>")
    assert "verify/paper" not in page
