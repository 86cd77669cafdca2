"""Cards for trusted organisations: made, shown once as a sheet to print, withdrawn."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from okil.areas.elections import queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import cards as actions
from okil.areas.elections.forms.cards import SUGGESTIONS, CardsForm
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries.cards import batches_of, known_organisations
from okil.areas.elections.queries.voters import closing_of
from okil.areas.elections.views.voters import entering, is_sworn, on_paper, where
from okil.foundation.accounts import officer_required
from okil.foundation.documents.squares import drawn_once
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.forms import OkilForm
from okil.foundation.web.languages import LANGUAGES
from okil.pure.refusal import Refused
from okil.pure.rules.cards import make_card, shown_card
from okil.pure.rules.stages import Stage
from okil.pure.rules.tickets import CHANCE_BYTES


@officer_required
@sensitive_variables("codes")
def cards(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """All batches in numbers; posted, the sheet of a new one, which nobody can see again."""
    visit = entering(request, year, slug)
    found = queries.whereabouts_of(visit.election)
    batches = batches_of(visit.election)
    known = known_organisations(visit.election, batches)
    form = CardsForm(*posted(request), known=known)
    if form.is_bound and form.is_valid():
        codes = [
            make_card(secrets.token_bytes(CHANCE_BYTES)) for _n in range(form.cleaned_data["count"])
        ]
        try:
            batch = actions.make_cards(
                visit.election.pk,
                organisation=form.cleaned_data["organisation"],
                codes=codes,
                actor=visit.user,
                at=clock.now(),
            )
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            return _sheet(request, found, batch, codes)
    page = {
        "batches": batches,
        "form": form,
        "suggestions": SUGGESTIONS,
        "may_make": found.state in actions.MAY_BE_MADE and closing_of(found.round) is None,
        "sworn": is_sworn(visit),
    }
    status = 422 if form.is_bound else 200
    return render(request, "elections/cards.html", on_paper(visit, **page), status=status)


@sensitive_variables("codes")
def _sheet(request: HttpRequest, found: Whereabouts, batch: int, codes: list[str]) -> HttpResponse:
    """The codes stand in this answer and nowhere else."""
    election = found.election
    with override(_languages(found)[0]):
        address = f"{settings.SITE_ADDRESS}{reverse('register', args=_public(found))}"
    page = {
        "election": election,
        "batch": batch,
        "back": reverse("cards", args=_public(found)),
        "told": [_told(found, language) for language in _languages(found)],
        "address": address,
        "cards": [
            {"code": shown_card(code), "square": drawn_once(f"{address}#{shown_card(code)}")}
            for code in codes
        ],
    }
    response = render(request, "elections/cards_sheet.html", page)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _public(found: Whereabouts) -> list[Any]:
    return [found.election.cycle.year, found.election.group.slug]


def _languages(found: Whereabouts) -> list[str]:
    """Those in which the group votes; if nobody said, that of the page."""
    said = found.rules.languages if found.rules else ()
    return [code for code in LANGUAGES if code in said] or [get_language() or "ru"]


def _told(found: Whereabouts, language: str) -> dict[str, Any]:
    """What a card says: nothing by which somebody who finds it learns about its owner."""
    with override(language):
        return {
            "language": language,
            "name": str(found.election.group.public_name),
            "until": found.ends.get(Stage.REGISTRATION),
        }


@officer_required
def withdraw(request: HttpRequest, year: int, slug: str, batch: int) -> HttpResponse:
    visit = entering(request, year, slug)
    known = {each.number: each for each in batches_of(visit.election)}
    if batch not in known:
        raise Http404
    return act(
        request,
        OkilForm(*posted(request)),
        lambda _form: actions.withdraw_cards(
            visit.election.pk, batch, actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page=_to_withdraw(visit, batch, known[batch].left),
        then=reverse("cards", args=where(visit)),
        done=_("The cards that were left of the batch open nothing any more."),
    )


def _to_withdraw(visit: Visit, batch: int, left: int) -> dict[str, Any]:
    return on_paper(
        visit,
        title=_("Withdraw the cards of batch {batch}").format(batch=batch),
        lead=_(
            "Cards that nobody used yet ({left}) will open nothing any more. Whoever is registered"
            " stays registered."
        ).format(left=left),
        button=_("Withdraw these cards"),
        back=reverse("cards", args=where(visit)),
        is_final=True,
    )
