"""The booth: one page that votes by itself, and the two things it asks of the server (PROTOCOL 16.6, 16.7).

The ticket in the body is the only authority. No cookie is set, no session is read, nothing is counted
by address, and neither address stands in a log: `log_access=False` in our server, `access_log off` in
the example for nginx.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from okil.areas.elections.actions.board import signing_key
from okil.areas.elections.actions.casting import LARGEST_BALLOT, MAY_CAST, cast_ballot
from okil.areas.elections.models import Right
from okil.areas.elections.queries.voting import Admission, admission_with
from okil.areas.elections.views.tickets import for_one_reader
from okil.areas.elections.wording.booth import in_three_languages
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.foundation.web.languages import LANGUAGES
from okil.foundation.web.templatetags.okil import moment
from okil.pure.encoding import NotCanonical, base64_text, read_json
from okil.pure.refusal import Refused
from okil.pure.rules.tickets import read_ticket

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
LARGEST_OPENING = 2**12
LARGEST_CAST = 2 * LARGEST_BALLOT  # quotation marks within JSON take two bytes
FORBIDDEN = ("ticket-unknown", "voted-otherwise")


@require_GET
def booth(request: HttpRequest) -> HttpResponse:
    """The same page for everybody; whose it becomes only the browser knows."""
    languages = in_three_languages()
    here = dict(languages)[get_language() or "ru"]
    page = {"languages": languages, "words": {key.replace("-", "_"): word for key, word in here}}
    response = for_one_reader(render(request, "elections/booth.html", page))
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response["Permissions-Policy"] = PERMISSIONS_POLICY
    return response


# The ticket in the body is the only authority there is, so nobody can be made to use it unknowingly.
@csrf_exempt
@require_POST
@sensitive_variables()
def open_booth(request: HttpRequest) -> HttpResponse:
    """What the booth needs to show the ballot and to encrypt it."""
    at = clock.now()

    def opening(asked: Mapping[str, str]) -> dict[str, Any]:
        found = admission_with(asked["ticket"])
        if found is None:
            raise Refused("ticket-unknown")
        if found.right.channel not in MAY_CAST:
            raise Refused("voted-otherwise")
        closing = [each for each in (found.ends_at, found.vote.closing_at) if each is not None]
        if closing and at >= min(closing):
            raise Refused("vote-closed")
        if not found.is_running:
            raise Refused("vote-not-open")
        return _told(found)

    return _answered(request, opening, at_most=LARGEST_OPENING)


# As above.
@csrf_exempt
@require_POST
@sensitive_variables()
def cast(request: HttpRequest) -> HttpResponse:
    """The signed receipt. A ballot counts if its request began before the closing: the clock first."""
    at = clock.now()

    def casting(asked: Mapping[str, str]) -> dict[str, Any]:
        return cast_ballot(asked["ticket"], asked.get("ballot", "").encode(), at=at)

    return _answered(request, casting, at_most=LARGEST_CAST)


@sensitive_variables()
def _answered(
    request: HttpRequest,
    answer: Callable[[Mapping[str, str]], dict[str, Any]],
    *,
    at_most: int,
) -> HttpResponse:
    """The answer, or the refusal in the language in which the booth is read."""
    asked: dict[str, str] = {}
    try:
        asked = _asked(request, at_most)
        if not asked.get("ticket"):
            raise Refused("ticket-unknown")
        return for_one_reader(JsonResponse(answer(asked)))
    except Refused as refused:
        language = asked.get("language", "")
        with override(language if language in LANGUAGES else get_language()):
            said = {"code": refused.code, "sentence": refusals.sentence(refused)}
        status = 403 if refused.code in FORBIDDEN else 422
        return for_one_reader(JsonResponse(said, status=status))


@sensitive_variables()
def _asked(request: HttpRequest, at_most: int) -> dict[str, str]:
    """The texts in the body, the ticket as it was meant; nothing if it is no JSON. Raises
    Refused("ballot-wrong") before reading what is longer than any ballot."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > at_most:
        raise Refused("ballot-wrong")
    try:
        body = read_json(request.body)
    except NotCanonical:
        return {}
    if not isinstance(body, dict):
        return {}
    asked = {name: value for name, value in body.items() if isinstance(value, str)}
    return {**asked, "ticket": read_ticket(asked.get("ticket", ""))}


def _told(found: Admission) -> dict[str, Any]:
    vote = found.vote
    vote.refresh_from_db(fields=["election", "names"])
    return {
        "election": bytes(vote.election).decode(),
        "names": bytes(vote.names).decode(),
        "key": base64_text(signing_key().public_key().public_bytes_raw()),
        "closes": _in_each_language(found),
        "used": found.right.channel == Right.Channel.ONLINE,
        "group": dict(vote.round.election.group.public_name),
        "head": vote.head,
        "rehearsal": vote.is_rehearsal,
    }


def _in_each_language(found: Admission) -> dict[str, str] | None:
    """When the vote closes, in words; None if it has no day."""
    if found.ends_at is None:
        return None
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(moment(found.ends_at))
    return said
