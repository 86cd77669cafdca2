"""The board of an online vote: what everybody may read and fetch, and how anybody checks it.

Nothing here asks for what waits for the next head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_safe

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.queries import role_name
from okil.areas.elections import access
from okil.areas.elections.actions.board import signing_key
from okil.areas.elections.models import Election, OnlineVote
from okil.areas.elections.queries import board as known
from okil.areas.elections.queries.voting import heads_of
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording import board as words
from okil.foundation.accounts import officer_required

Fetched = TypeVar("Fetched", bound=HttpResponseBase)

CHECKED_HERE = 200  # ballots: some seconds of the server's work
MAY_CHECK = (RoleName.COMMISSIONER, RoleName.OBSERVER)


@require_GET
def newest(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The board of the newest online vote; there is none where nobody votes online."""
    election = _election(year, slug)
    boards = known.boards_of(election)
    if not boards:
        raise Http404
    return _shown(request, election, boards[0], boards[1:])


@require_GET
def earlier(request: HttpRequest, year: int, slug: str, uuid: str) -> HttpResponse:
    """The board of one vote, also of an earlier round or of a key that was lost."""
    election = _election(year, slug)
    return _shown(request, election, _board(election, uuid), [])


def _election(year: int, slug: str) -> Election:
    found = Election.objects.select_related("cycle__body", "group")
    return get_object_or_404(found, cycle__year=year, group__slug=slug)


def _board(election: Election, uuid: str) -> OnlineVote:
    return get_object_or_404(known.boards(), round__election=election, uuid=uuid)


def _shown(
    request: HttpRequest, election: Election, vote: OnlineVote, others: list[OnlineVote]
) -> HttpResponse:
    head = known.last_head(vote)
    state = known.state_of(vote)
    return render(
        request,
        "elections/board.html",
        {
            "election": election,
            "vote": vote,
            "others": others,
            "state": words.STATES[state],
            "mark": words.MARKS[state],
            "head": head,
            "hour": datetime.fromisoformat(head.hour) if head.hour else None,
            "fingerprints": known.fingerprints(vote),
            "weaker": [words.WEAKER[code] for code in known.weaknesses_of(vote)],
            "contests": known.result_of(vote, _language()),
            "key": known.public_half(signing_key()),
            "may_check": _may_check(request, election),
        },
    )


def _may_check(request: HttpRequest, election: Election) -> bool:
    """Whoever has no business in the workspace is not led there."""
    if not request.user.is_authenticated:
        return False
    try:
        visit = access.election_for(request.user, election.cycle.year, election.group.slug)
    except Http404:
        return False
    return any(visit.is_a(role) for role in MAY_CHECK)


def _language() -> str:
    return (get_language() or "ru")[:2]


@require_safe
def archive(request: HttpRequest, year: int, slug: str, uuid: str) -> HttpResponseBase:
    """The archive at the last head, piece by piece."""
    vote = _board(_election(year, slug), uuid)
    response = _fetched(
        StreamingHttpResponse(known.archive_pieces(vote), content_type="application/octet-stream"),
        f"{vote.uuid}.bel",
    )
    response["Content-Length"] = str(known.archive_size(vote))
    return response


def _key_text(_vote: OnlineVote) -> bytes:
    return f"{known.public_half(signing_key())}\n".encode()


def _names(vote: OnlineVote) -> bytes:
    return bytes(vote.names)


def _void(vote: OnlineVote) -> bytes:
    return known.void_list(vote, signing_key())


def _trackers(vote: OnlineVote) -> Iterable[str]:
    return known.trackers(vote)


FILES: Mapping[str, Callable[[OnlineVote], Any]] = {
    "heads.json": heads_of,
    "names.json": _names,
    "void.json": _void,
    "key.txt": _key_text,
    "trackers.txt": _trackers,
}
TYPES = {"json": "application/json", "txt": "text/plain; charset=utf-8"}


@require_safe
def file(request: HttpRequest, year: int, slug: str, uuid: str, name: str) -> HttpResponseBase:
    """One of the files that stand beside the archive."""
    if name not in FILES:
        raise Http404
    vote = _board(_election(year, slug), uuid)
    kind = TYPES[name.rpartition(".")[2]]
    return _fetched(HttpResponse(FILES[name](vote), content_type=kind), name)


def _fetched(response: Fetched, name: str) -> Fetched:
    """To be kept, and asked for anew each time: at the next head it is another."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache"
    return response


# How to check


@require_GET
def how_to_check(request: HttpRequest) -> HttpResponse:
    """For voters, for candidates, for observers."""
    return render(request, "elections/verify.html", {"readers": words.STEPS})


@require_GET
def find_ballot(request: HttpRequest) -> HttpResponse:
    """A tracker is looked up by the reader's own browser: it is sent nowhere."""
    boards = [
        {
            "vote": each,
            "election": each.round.election,
            "base": reverse(
                "group_board",
                args=[each.round.election.cycle.year, each.round.election.group.slug],
            ),
        }
        for each in known.boards().order_by("-pk")
    ]
    page = {"boards": boards, "key": known.public_half(signing_key())}
    return render(request, "elections/verify_ballot.html", page)


# In the workspace


@officer_required
def check(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The ten checks, made by the server for those who watch: its own word about itself."""
    visit = access.election_for(request.user, year, slug)
    boards = known.boards_of(visit.election)
    if not boards or not any(visit.is_a(role) for role in MAY_CHECK):
        raise Http404
    vote = boards[0]
    head = known.last_head(vote)
    is_small = head.ballots <= CHECKED_HERE
    asked = request.method == "POST"
    report = known.checked(vote, signing_key()) if asked and is_small else None
    return render(
        request,
        "elections/board_check.html",
        {
            "election": visit.election,
            "capacities": [role_name(role) for role in visit.roles()],
            "tabs": election_tabs(visit, "board"),
            "vote": vote,
            "head": head,
            "is_small": is_small,
            "report": report,
            "checks": [words.check_shown(each) for each in report.checks] if report else [],
        },
    )
