"""After each answer to somebody signed in: the browser is noted, at most once a day."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from okil.foundation.accounts.devices import device_words
from okil.foundation.accounts.models import User
from okil.foundation.web.clock import clock

Answer = Callable[[HttpRequest], HttpResponse]


def keep_sign_in(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
        if has_session and SESSION_KEY in request.session:
            _note_day(request)
        if language := getattr(request, "language_of_who_signed_in", ""):
            remember_language(response, language)
        return response

    return middleware


def remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )


def _note_day(request: HttpRequest) -> None:
    """The day and two words for the device; no IP address, no moment, no full user agent."""
    today = clock.today("UTC").isoformat()
    seen = request.session.get("seen", {})
    if seen.get("last") != today:
        request.session["seen"] = {
            "first": seen.get("first", today),
            "last": today,
            "device": device_words(request.headers.get("User-Agent", "")),
        }


@receiver(user_logged_in)
def _speak_their_language(request: HttpRequest, user: User, **_: object) -> None:
    if not request.path:
        return  # signed in by a test, without a page
    # Where the sign-in leads to is worked out after this, so its address is in their language too.
    translation.activate(user.language)
    setattr(request, "language_of_who_signed_in", user.language)  # noqa: B010 (the type has no such name)
