"""People of a journey: each in a browser of their own, each page looked at when it is first met."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, ViewportSize

from okil.site.demonstration.calendar import ZONE, Calendar, weeks_between
from tests.journeys.looks import serious_faults, sticks_out

NARROW: ViewportSize = {"width": 360, "height": 800}
WIDE: ViewportSize = {"width": 1280, "height": 800}


class Looks:
    """Each kind of page is looked at once in a language: axe, and whether it fits a phone.

    What is wrong is kept, so that one walk finds all of it.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.faults: list[str] = []

    def at(self, page: Page) -> None:
        kind = re.sub(r"\d+", "0", urlsplit(page.url).path)
        if kind in self.seen:
            return
        self.seen.add(kind)
        if page.locator("h1").count() != 1:
            self.faults.append(f"{page.url}: not one heading")
        page.set_viewport_size(NARROW)
        if wider := sticks_out(page):
            self.faults.append(f"{page.url}: {wider} px wider than a phone")
        self.faults += serious_faults(page)
        page.set_viewport_size(WIDE)


class Clock:
    """The demonstration's time: its days of 2024 told as days of today, and how far it was moved on."""

    def __init__(self) -> None:
        zone = ZoneInfo(ZONE)
        self.calendar = Calendar(weeks_between(datetime.now(UTC).astimezone(zone).date()))
        self.zone = zone
        self.days = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.days)

    def today(self) -> date:
        return self.now().astimezone(self.zone).date()

    def pass_to(self, moment: datetime, page: Page) -> None:
        """“Next day” is pressed until the moment is over."""
        for _each in range(max(0, math.ceil((moment - self.now()) / timedelta(days=1)))):
            page.goto("/ru/cycles/2024/")
            page.locator("aside.demo button").click()
            self.days += 1


def day(name: str, on: date) -> dict[str, str]:
    """A day as its three fields ask for it."""
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def moment(name: str, at: datetime) -> dict[str, str]:
    return {**day(name, at.date()), f"{name}_3": f"{at:%H:%M}"}


class Person:
    def __init__(self, page: Page, looks: Looks, *, at: str = "", language: str = "ru") -> None:
        self.page = page
        self.looks = looks
        self.language = language
        self.at = at  # where their work is, below the language

    def goes(self, path: str = "", *, status: int = 200) -> Page:
        """To a page of their work; to any other with a leading slash."""
        where = path[1:] if path.startswith("/") else self.at + path
        answer = self.page.goto(f"/{self.language}/{where}")
        assert answer is not None
        assert answer.status == status, f"{answer.status}: {self.page.url}"
        if status == 200:
            self.looks.at(self.page)
        return self.page

    def sends(self, path: str | None = None, *, act: str = "", **said: str) -> None:
        """Fills in the form that asks for these things, and it is taken.

        `act` is the value of the button where a form has several (or its name=value), or the end of the
        action of a form that asks nothing.
        """
        status = self._send(path, act, said)
        assert status < 400, f"{status} {self.page.url}\n{self.page.locator('main').inner_text()}"

    def is_refused(self, path: str | None = None, *, act: str = "", **said: str) -> None:
        """The form comes back, with what is wrong in it."""
        assert self._send(path, act, said) >= 400, self.page.url

    def _send(self, path: str | None, act: str, said: Mapping[str, str]) -> int:
        if path is not None:
            self.goes(path)
        for name, value in said.items():
            self._fill(name, value)
        with self.page.expect_navigation() as gone:
            self._button(act, next(iter(said), "")).click()
        answer = gone.value
        assert answer is not None
        self.looks.at(self.page)
        return answer.status

    def _fill(self, name: str, value: str) -> None:
        field = self.page.locator(f"main [name={name}]")
        kind = field.first.get_attribute("type")
        if kind in ("radio", "checkbox") and value != "on":
            for each in value.split():
                self.page.locator(f"main [name={name}][value='{each}']").check()
        elif kind == "checkbox":
            field.check()
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.first.select_option(value)
        else:
            field.first.fill(value)

    def _button(self, act: str, name: str) -> Locator:
        forms = self.page.locator("main form")
        if act and "/" in act:
            return self.page.locator(f"main form[action$='{act}'] button").first
        if name:
            forms = forms.filter(has=self.page.locator(f"[name={name}]"))
        if act:
            name, value = act.split("=") if "=" in act else ("act", act)
            return forms.locator(f"button[name={name}][value={value}]").first
        return forms.last.locator("button[type=submit]").last
