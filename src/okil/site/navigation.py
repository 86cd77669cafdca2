"""What frames every page: whose site it is, in which languages, where one may go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, ngettext

from okil.areas.bodies import queries as bodies
from okil.areas.bodies.models import Body
from okil.foundation.web.clock import clock
from okil.foundation.web.languages import Texts
from okil.foundation.web.reader import forget_reader, write_for_reader
from okil.site.demonstration.doors import set_days_ahead, the_mark
from okil.site.demonstration.models import Mark

LANGUAGES = (("kk", "Қаз", "Қазақша"), ("ru", "Рус", "Русский"), ("en", "Eng", "English"))


@dataclass(frozen=True)
class Demonstration:
    mark: Mark
    path: str

    @property
    def sentence(self) -> str:
        return ngettext(
            "Demonstration: people and votes are invented; the dates of 2024 stand {weeks} week later.",
            "Demonstration: people and votes are invented; the dates of 2024 stand {weeks} weeks later.",
            self.mark.weeks_moved,
        ).format(weeks=self.mark.weeks_moved)

    @property
    def next_day_url(self) -> str:
        # A browser may keep the referrer to itself, so the way back is said in the address.
        return reverse("demonstration_next_day") + "?" + urlencode({"next": self.path})


class Frame:
    """Read lazily: a page that shows none of it (a file, a redirect) asks for none of it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def body(self) -> Body | None:
        return bodies.the_body()

    @cached_property
    def mark(self) -> Mark | None:
        return the_mark()

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def body_name(self) -> Texts | None:
        return self.body.name if self.body else None

    @property
    def home_url(self) -> str:
        return reverse("home")

    @property
    def demonstration(self) -> Demonstration | None:
        if self.mark is None:
            return None
        return Demonstration(self.mark, self.request.get_full_path())

    @property
    def languages(self) -> list[dict[str, Any]]:
        here = get_language()
        # A page that answers a form has no address of its own: its languages lead to the form.
        path = self.request.get_full_path()
        return [
            {
                "code": code,
                "short": short,
                "name": name,
                "url": translate_url(path, code),
                "current": code == here,
            }
            for code, short, name in LANGUAGES
        ]

    @property
    def person(self) -> list[dict[str, Any]]:
        if self.request.user.is_authenticated:
            return [
                {"url": reverse("office"), "text": gettext("Office")},
                {"url": reverse("account_security"), "text": gettext("Your sign-in")},
                {"url": reverse("account_logout"), "text": gettext("Sign out"), "post": True},
            ]
        return [{"url": reverse("account_login"), "text": gettext("Sign in")}]

    @property
    def footer(self) -> list[dict[str, str]]:
        links = [
            {"url": reverse("who_sees_what"), "text": gettext("Who sees what")},
            {"url": reverse("paper_ask"), "text": gettext("Check a paper")},
            {"url": reverse("verify"), "text": gettext("How to check an election")},
            {"url": reverse("journal_heads"), "text": gettext("Journal")},
            {"url": reverse("glossary"), "text": gettext("Glossary")},
        ]
        if self.mark:
            links.append({"url": reverse("style"), "text": gettext("Style")})
        return links


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"frame": frame_of(request)}


def frame_of(request: HttpRequest) -> Frame:
    """The middleware's, or one of its own where a request never came so far."""
    frame: Frame | None = getattr(request, "frame", None)
    return frame or Frame(request)


def write_for_the_body(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: dates of a page are told in the body's zone; the demonstration's clock is set."""

    def middleware(request: HttpRequest) -> HttpResponse:
        frame = Frame(request)
        setattr(request, "frame", frame)  # noqa: B010 (an attribute of ours on Django's request)
        set_days_ahead(frame.mark.days_ahead if frame.mark else 0)
        if frame.body:
            write_for_reader(zone=frame.body.time_zone, now=clock.now())
        try:
            return get_response(request)
        finally:
            forget_reader()
            set_days_ahead(None)

    return middleware
