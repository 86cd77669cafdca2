"""A ticket is shown once: to whoever registered, or to the organiser who hands it over (PROTOCOL 16.9)."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.elections.actions import registration as actions
from okil.areas.elections.forms.registration import NewTicketForm
from okil.areas.elections.models import Voter
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.voters import TAB, voter_at, where
from okil.foundation.accounts import officer_required
from okil.foundation.documents.squares import drawn_once
from okil.foundation.web import refusals
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.tickets import CHANCE_BYTES, make_ticket, shown_ticket

CONTENT_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


def new_ticket() -> str:
    return make_ticket(secrets.token_bytes(CHANCE_BYTES))


def shown(ticket: str) -> dict[str, Any]:
    """The ticket as text, as a link and as a square; nothing of it is kept."""
    link = link_to(ticket)
    return {"text": shown_ticket(ticket), "link": link, "square": drawn_once(link)}


def link_to(ticket: str) -> str:
    """Behind the #: what stands there is sent to no server."""
    return f"{settings.SITE_ADDRESS}{reverse('my')}#{shown_ticket(ticket)}"


def for_one_reader(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, and no page after it learns where the reader came from."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@officer_required
def renew(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """The organiser makes a ticket, and it is shown once; reloading asks for another."""
    visit, found = voter_at(request, year, slug, number)
    if not visit.may("change", "voter_application"):
        raise Http404
    form = NewTicketForm(*posted(request))
    page = {
        "election": visit.election,
        "voter": found,
        "back": reverse("voter", args=[*where(visit), number]),
        "tabs": election_tabs(visit, TAB),
    }
    if form.is_bound and form.is_valid():
        ticket = new_ticket()
        try:
            actions.renew_ticket(
                found.pk,
                reason=form.cleaned_data["reason"],
                ticket=ticket,
                actor=visit.user,
                at=clock.now(),
            )
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            page["ticket"] = shown(ticket)
            return for_one_reader(render(request, "elections/register_ticket.html", page))
    page |= {
        "form": form,
        "title": _("A new ticket for voter no. {number}").format(number=number),
        "lead": _(
            "It is shown once, for you to hand over: print it, or read it to the voter. The ticket"
            " before, if there is one, opens nothing from then on."
        ),
        "button": _("Make the ticket"),
    }
    return render(request, "elections/form.html", page, status=422 if form.is_bound else 200)


@officer_required
@require_POST
def paper(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """The paper of whoever votes for an organisation. Its file name says nothing."""
    visit, found = voter_at(request, year, slug, number)
    try:
        content = actions.open_voter_paper(found.pk, actor=visit.user, at=clock.now())
    except Refused:
        raise Http404 from None
    return attached(content, found)


def attached(content: bytes, voter: Voter) -> HttpResponse:
    """To be kept, not shown in the page."""
    kind = voter.paper_kind
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="voter-{voter.number}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
