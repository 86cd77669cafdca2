"""The desk: somebody says a number; is it on the roll, was a paper given, give it. Nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit, require_confidence
from okil.areas.elections.actions import desk as actions
from okil.areas.elections.forms.desk import NumberForm, PaperForm
from okil.areas.elections.queries.desk import CLOSED_IN, at_the_desk, voters_with_paper
from okil.areas.elections.views.assembly import or_404, page_of, pressed, scene
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State


@officer_required
def desk(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """A number is asked about by a posted form: it stands in no address and in no history."""
    visit = _at_the_desk(request, year, slug)
    row = queries.current_round(visit.election)
    is_open = State(row.state) is State.VOTING
    form = NumberForm(*posted(request))
    answer = None
    if is_open and form.is_valid():
        try:
            require_confidence(visit.user, "see_counts", "who_voted_before_close", visit.election)
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            answer = at_the_desk(row, form.cleaned_data["number"])
            form = NumberForm()
    context: dict[str, Any] = {
        **scene(visit, "desk"),
        "form": form,
        "answer": answer,
        "is_open": is_open,
    }
    return render(request, "elections/desk.html", context, status=422 if form.errors else 200)


@officer_required
@require_POST
def give(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _at_the_desk(request, year, slug)
    form = PaperForm(request.POST)
    or_404(form.is_valid())
    return pressed(
        request,
        lambda: actions.give_paper(
            visit.election.pk,
            number=form.cleaned_data["number"],
            actor=visit.user,
            at=clock.now(),
        ),
        then=page_of("desk", visit),
        done=_("Recorded: the paper may be handed out."),
    )


@officer_required
@require_POST
def take_back(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _at_the_desk(request, year, slug)
    form = PaperForm(request.POST)
    or_404(form.is_valid())
    return pressed(
        request,
        lambda: actions.take_paper_back(
            visit.election.pk,
            number=form.cleaned_data["number"],
            actor=visit.user,
            at=clock.now(),
        ),
        then=page_of("desk", visit),
        done=_("Taken back: no paper is recorded for this number."),
    )


@officer_required
def voted(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Who was given a paper, by number (6.04): after the vote, while its count is under way."""
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("see", "who_voted_after_close") and visit.state not in CLOSED_IN)
    try:
        require_confidence(visit.user, "see", "who_voted_after_close", visit.election)
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(page_of("workspace", visit))
    row = queries.current_round(visit.election)
    return render(
        request,
        "elections/voted.html",
        {
            **scene(visit, "count"),
            "numbers": list(voters_with_paper(row).values_list("number", flat=True)),
            "back": page_of("count", visit),
        },
    )


def _at_the_desk(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("see_counts", "who_voted_before_close") and visit.state not in CLOSED_IN)
    return visit
