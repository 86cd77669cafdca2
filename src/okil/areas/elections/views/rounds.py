"""Suspension, annulment, a new round: the commission enters what another body decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import stages as actions
from okil.areas.elections.forms.decisions import DecisionWithPaperForm
from okil.areas.elections.forms.stages import AnewForm, NewRoundForm, SuspensionForm
from okil.areas.elections.views.tabs import election_tabs
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.rules.stages import (
    FROM_THE_BEGINNING,
    RoundKind,
    Situation,
    kinds_that_may_follow,
)


def _deciding(request: HttpRequest, year: int, slug: str) -> tuple[Visit, datetime]:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("decide", "round"):
        raise Http404
    return visit, clock.now()


@officer_required
def suspend(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit, at = _deciding(request, year, slug)
    form = SuspensionForm(*posted(request))

    def perform(form: SuspensionForm) -> None:
        actions.suspend(
            visit.election.pk,
            reason=form.cleaned_data["reason"],
            decision=form.facts(),
            actor=visit.user,
            at=at,
        )

    return _decide(
        request,
        visit,
        form,
        perform,
        title=_("Suspend the election"),
        lead=_("Nothing moves until the suspension is lifted. The group's page says why."),
        button=_("Suspend"),
        done=_("The election is suspended."),
    )


@officer_required
def resume(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit, at = _deciding(request, year, slug)
    form = DecisionWithPaperForm(*posted(request))

    def perform(form: DecisionWithPaperForm) -> None:
        actions.lift_suspension(visit.election.pk, decision=form.facts(), actor=visit.user, at=at)

    return _decide(
        request,
        visit,
        form,
        perform,
        title=_("Lift the suspension"),
        lead=_("The election goes on where it stood. Extend a stage if its dates have passed."),
        button=_("Lift the suspension"),
        done=_("The election goes on."),
    )


@officer_required
def annul(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit, at = _deciding(request, year, slug)
    form = DecisionWithPaperForm(*posted(request))

    def perform(form: DecisionWithPaperForm) -> None:
        actions.annul_round(visit.election.pk, decision=form.facts(), actor=visit.user, at=at)

    return _decide(
        request,
        visit,
        form,
        perform,
        title=_("Annul this round"),
        lead=_("This round ends for good. It cannot be undone; a new round may be opened."),
        button=_("Annul for good"),
        done=_("The round is annulled."),
        is_final=True,
    )


@officer_required
def new_round(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit, at = _deciding(request, year, slug)
    progress = queries.progress_of(visit.election, at=at)
    anew = _anew(progress.situation)
    form_of_round = AnewForm if anew else NewRoundForm
    form = form_of_round(*posted(request), zone=visit.election.cycle.body.time_zone)

    def perform(form: AnewForm | NewRoundForm) -> None:
        actions.open_round(
            visit.election.pk,
            kind=anew or form.cleaned_data["kind"],
            dates=form.dates(),
            decision=form.facts(),
            actor=visit.user,
            at=at,
        )

    return _decide(
        request,
        visit,
        form,
        perform,
        title=_("Open a new round"),
        lead=_("It was annulled before its candidates were known: it begins from the beginning.")
        if anew
        else _("A repeat vote or a second round begins with its candidates published."),
        button=_("Open the round"),
        done=_("The round is open."),
    )


def _anew(situation: Situation) -> RoundKind | None:
    """The kind of the round, if it begins from the beginning: it was annulled early."""
    kinds = kinds_that_may_follow(situation) if situation.annulled else ()
    return next((kind for kind in kinds if kind in FROM_THE_BEGINNING), None)


def _decide(
    request: HttpRequest,
    visit: Visit,
    form: Any,
    perform: Any,
    *,
    title: str,
    lead: str,
    button: str,
    done: str,
    is_final: bool = False,
) -> HttpResponse:
    """An act of the commission that rests on somebody else's decision."""
    back = reverse("workspace", args=[visit.election.cycle.year, visit.election.group.slug])
    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": title,
            "lead": lead,
            "note": _(
                "It needs the decision of the body that the regulation names for complaints."
            ),
            "button": button,
            "is_final": is_final,
            "back": back,
            "tabs": election_tabs(visit, "workspace"),
        },
        then=back,
        done=done,
    )
