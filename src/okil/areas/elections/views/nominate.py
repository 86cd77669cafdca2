"""Somebody proposes somebody else; the link is shown once, and whoever it is handed to reads it."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from okil.areas.elections.actions import nominations as actions
from okil.areas.elections.forms.applications import NominationForm, NominationSecretForm
from okil.areas.elections.models import Nomination
from okil.areas.elections.queries import Whereabouts, lists
from okil.areas.elections.queries.applications import nomination_with_secret
from okil.areas.elections.queries.registration import Window, window_of
from okil.areas.elections.views.apply import closed, public_election, within_limits
from okil.areas.elections.views.tickets import for_one_reader
from okil.areas.elections.wording.candidates import PLACES
from okil.foundation.documents.squares import drawn_once
from okil.foundation.web import refusals
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage
from okil.pure.rules.tickets import shown_ticket

NOMINATED = {"nominate": "30/1h/ip,600/1h/key"}
# Only links that do not exist are counted: a right one opens for everybody behind one address.
UNKNOWN = {"nomination": "60/10m/ip,1200/10m/key"}


@sensitive_post_parameters()
@sensitive_variables()
def nominate(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Who nominates, for what and why; nothing of whom."""
    election, found = public_election(year, slug)
    at = clock.now()
    window = window_of(found, at=at)
    if request.method != "POST" and window is not Window.OPEN:
        return render(request, "elections/apply_closed.html", closed(found, window))
    places = lists.places_for(found.round, found.rules or Regulation())
    form = NominationForm(posted(request)[0], places=places)
    if form.is_valid() and within_limits(request, "nominate", NOMINATED, election, form):
        given = form.cleaned_data
        said = {name: given[name] for name in ("place", "by", "reason")}
        secret = actions.secret_of(election, given["once"], **said)
        try:
            made = actions.nominate(election.pk, **said, secret=secret, at=at)
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            return _link_shown(request, found, made, secret)
    page = {"election": election, "form": form, "ends_at": found.ends.get(Stage.REGISTRATION)}
    status = 422 if form.is_bound else 200
    return render(request, "elections/nominate.html", page, status=status)


def _link_shown(
    request: HttpRequest, found: Whereabouts, made: Nomination, secret: str
) -> HttpResponse:
    """Behind the #: what stands there is sent to no server."""
    link = f"{settings.SITE_ADDRESS}{reverse('nomination')}#{shown_ticket(secret)}"
    page = {
        "election": found.election,
        "nomination": made,
        "text": shown_ticket(secret),
        "link": link,
        "square": drawn_once(link),
        "ends_at": found.ends.get(Stage.REGISTRATION),
    }
    return for_one_reader(render(request, "elections/nominate_link.html", page))


@sensitive_post_parameters()
@sensitive_variables()
def nomination(request: HttpRequest) -> HttpResponse:
    """A field for the letters of the link; posted, who nominates, and how to accept or decline."""
    form = NominationSecretForm(posted(request)[0])
    if not form.is_bound:
        return _asks(request, form)
    secret = form.secret_typed()
    known = nomination_with_secret(secret) if secret else None
    if known is None:
        return _unknown(request, form, well_formed=bool(secret))
    at = clock.now()
    page: dict[str, Any] = {
        "secret": shown_ticket(secret),
        "nomination": known,
        "election": known.election,
        "place": PLACES[known.place],
    }
    try:
        if request.POST.get("act") == "decline":
            actions.decline_nomination(secret, at=at)
            page["declined"] = True
        else:
            page |= actions.open_nomination(secret, at=at)
    except Refused as refused:
        refusals.add_to(form, refused)
        return _asks(request, form, status=422)
    return _not_kept(render(request, "elections/nominate_opened.html", page))


def _not_kept(response: HttpResponse) -> HttpResponse:
    """By no cache. Its forms are taken by pages that ask where one comes from: no address tells more."""
    response["Cache-Control"] = "no-store"
    return response


def _asks(request: HttpRequest, form: NominationSecretForm, status: int = 200) -> HttpResponse:
    page = {"form": form}
    return _not_kept(render(request, "elections/nominate_opening.html", page, status=status))


def _unknown(
    request: HttpRequest, form: NominationSecretForm, *, well_formed: bool
) -> HttpResponse:
    if form.is_valid():
        refusals.add_to(form, Refused("nomination-unknown"))
    used: object = well_formed and ratelimit.consume(
        request, app="okil", action="nomination", config=UNKNOWN, key="all"
    )
    if used is None:
        form.add_error(
            None, _("Too many letters that do not exist were tried from here: wait ten minutes.")
        )
    return _asks(request, form, status=429 if used is None else 422)
