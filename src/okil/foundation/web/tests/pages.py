"""Reads a page as a browser would, for the tests of every area.

page = read(client.get("/"))
assert page.problems() == []
assert page.title == "Выборы 2024 года – Okil"
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Protocol
from urllib.parse import urlsplit

LARGEST_PAGE = 100_000  # bytes; what a cheap phone on a bad network bears
VOID = {"base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SVG_SHAPES = {"circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "use"}
LOADING = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls")


class Response(Protocol):
    content: bytes


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __iter__(self) -> Iterator[Element]:
        """The element and everything in it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    def all(self, *tags: str) -> list[Element]:
        return [each for each in self if each.tag in tags]

    def classed(self, name: str) -> list[Element]:
        return [each for each in self if name in each["class"].split()]

    @property
    def text(self) -> str:
        """What is read aloud: single spaces, but no-break spaces as they are."""
        return " ".join(word for word in "".join(self._pieces()).split(" ") if word)

    def within(self, tag: str) -> Element | None:
        parent = self.parent
        while parent and parent.tag != tag:
            parent = parent.parent
        return parent

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Element):
                yield from child._pieces()
            else:
                yield child.translate({9: " ", 10: " ", 13: " "})


@dataclass
class Form:
    action: str
    method: str
    values: dict[str, list[str]]
    """What the browser would send if nothing were touched, without the token against forgery."""

    buttons: list[str]


class Page:
    def __init__(self, html: str) -> None:
        self.html = html
        builder = _Builder()
        builder.feed(html)
        builder.close()
        self.root = builder.root
        self._nesting = builder.problems

    @property
    def title(self) -> str:
        return " ".join(each.text for each in self.root.all("title"))

    @property
    def language(self) -> str:
        return next((each["lang"] for each in self.root.all("html")), "")

    @property
    def headings(self) -> list[tuple[int, str]]:
        found = self.root.all("h1", "h2", "h3", "h4", "h5", "h6")
        return [(int(each.tag[1]), each.text) for each in found]

    @property
    def main(self) -> Element:
        return next(iter(self.root.all("main")), self.root)

    @property
    def text(self) -> str:
        return self.main.text

    @property
    def links(self) -> dict[str, str]:
        """Words to address; of two links with the same words the first."""
        found: dict[str, str] = {}
        for each in self.root.all("a"):
            found.setdefault(each.text, each["href"])
        return found

    @property
    def forms(self) -> list[Form]:
        return [_form(each) for each in self.root.all("form")]

    def form_to(self, action: str) -> Form:
        return next(form for form in self.forms if form.action == action)

    def by_id(self, name: str) -> Element:
        return next(each for each in self.root if each["id"] == name)

    def problems(self, *, whole: bool = True) -> list[str]:
        """What is wrong with the page, as sentences; `whole=False` for a piece of one."""
        found = [*self._nesting, *self._identity(), *self._controls(), *self._policy()]
        return [*found, *self._outline()] if whole else found

    def _outline(self) -> Iterator[str]:
        levels = [level for level, _text in self.headings]
        if levels.count(1) != 1:
            yield f"There are {levels.count(1)} h1."
        if not self.language:
            yield "The language is not told."
        if not self.title or self.title.startswith("–"):
            yield "There is no title."
        if len(self.root.all("main")) != 1:
            yield "There is not one main part."
        size = len(self.html.encode())
        if size > LARGEST_PAGE:
            yield f"The page has {size} bytes."

    def _identity(self) -> Iterator[str]:
        ids = Counter(each["id"] for each in self.root if each["id"])
        yield from (
            f"The id {name} stands {times} times." for name, times in ids.items() if times > 1
        )
        for each in self.root:
            for attribute in REFERENCES:
                for name in each[attribute].split():
                    if name not in ids:
                        yield f"{attribute} of {each.tag} names {name}, which is not there."
            target = each["href"][1:] if each.tag == "a" and each["href"].startswith("#") else ""
            if target and target not in ids:
                yield f"A link leads to #{target}, which is not there."

    def _controls(self) -> Iterator[str]:
        labelled = {each["for"] for each in self.root.all("label")}
        ids = {each["id"] for each in self.root}
        yield from (
            f"A label is for {name}, which is not there." for name in labelled - ids if name
        )
        for each in self.root.all("input", "select", "textarea"):
            named = each["aria-label"] or each["aria-labelledby"] or each.within("label")
            if each["type"] != "hidden" and not named and (each["id"] or None) not in labelled:
                yield f"The control {each['name']} has no label."
            if each["placeholder"]:
                yield f"The control {each['name']} has a placeholder."
        for each in self.root.all("fieldset"):
            if not each.all("legend") and not each["aria-labelledby"]:
                yield "A fieldset has no legend."
        for each in self.root.all("a", "button"):
            if not (each.text or each["aria-label"]):
                yield f"A {each.tag} has no words."
        yield from (
            "A picture has no alt." for each in self.root.all("img") if "alt" not in each.attributes
        )

    def _policy(self) -> Iterator[str]:
        """What `default-src 'none'` would stop in silence."""
        for each in self.root:
            if each["style"] or each.tag == "style":
                yield f"{each.tag} has a style of its own."
            if any(name.startswith("on") for name in each.attributes):
                yield f"{each.tag} has a script of its own."
            if each.tag == "script" and not each["src"] and "json" not in each["type"]:
                yield "There is a script in the page."
            address = each[LOADING.get(each.tag, "action" if each.tag == "form" else "")]
            if urlsplit(address).netloc:
                yield f"{each.tag} goes to another site: {address}"


def read(response: Response | str) -> Page:
    return Page(response if isinstance(response, str) else response.content.decode())


def _form(form: Element) -> Form:
    values: dict[str, list[str]] = {}
    for each in form.all("input", "select", "textarea"):
        sent = _sent(each)
        if each["name"] and each["name"] != "csrfmiddlewaretoken" and sent is not None:
            values.setdefault(each["name"], []).append(sent)
    buttons = [each.text for each in form.all("button")]
    return Form(form["action"], form["method"].lower() or "get", values, buttons)


def _sent(control: Element) -> str | None:
    if control.tag == "textarea":
        return control.text
    if control.tag == "select":
        options = control.all("option")
        chosen = [each for each in options if "selected" in each.attributes] or options[:1]
        return chosen[0].attributes.get("value", chosen[0].text) if chosen else None
    if control["type"] in ("radio", "checkbox") and "checked" not in control.attributes:
        return None
    return control.attributes.get("value", "on" if control["type"] == "checkbox" else "")


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self._open = Element("")
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self._open)
        if len(element.attributes) < len(attrs):
            self.problems.append(f"{tag} has an attribute twice.")
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in SVG_SHAPES:
            self.handle_endtag(tag)
        elif tag not in VOID:
            self.problems.append(f"{tag} closes itself.")
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open.tag != tag or self._open.parent is None:
            self.problems.append(f"{tag} closes where {self._open.tag or 'nothing'} is open.")
            return
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)

    def close(self) -> None:
        super().close()
        if self._open is not self.root:
            self.problems.append(f"{self._open.tag} is never closed.")
