"""The ballot papers: the lot, the paper, what was printed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import ballots as actions
from okil.areas.elections.documents import ballots as papers
from okil.areas.elections.forms.ballots import LotForm, PrintingForm
from okil.areas.elections.models import Printing
from okil.areas.elections.queries.ballots import (
    Contest,
    changed_since,
    contests_of,
    newest_in_numbers,
)
from okil.areas.elections.queries.count import contests_voted
from okil.areas.elections.views import shown
from okil.areas.elections.views.assembly import (
    candidate_labels,
    draft_of,
    or_404,
    page_of,
    papers_shown,
    pressed,
    scene,
    seen_in,
)
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.witnesses import may_read_witnesses
from okil.areas.elections.wording.count import contest_name
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.rules.stages import State


@officer_required
def ballots(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What is on the paper, in which order; how far its making is."""
    visit = access.election_for(request.user, year, slug)
    numbers = newest_in_numbers(visit.election)
    row = numbers.round
    contests = contests_of(row, numbers)
    issued = papers_shown(row, (papers.PAPER,))
    is_before = State(row.state) is State.CANDIDATES_PUBLISHED
    outdated = bool(issued) and is_before and changed_since(row, issued[0]["issued"].issued_at)
    decides = visit.may("decide", "ballots")
    voted = any(contest.held.is_voted_on for contest in contests)
    drawn = all(contest.is_drawn for contest in contests)
    return render(
        request,
        "elections/ballots.html",
        {
            **scene(visit, "ballots"),
            "contests": [_contest(each) for each in contests],
            "stands": any(each.contestants for each in contests),
            "is_voted_on": voted,
            "is_drawn": drawn,
            "lot_draw": numbers.lot_draw,
            "reads_witnesses": may_read_witnesses(visit),
            "papers": issued,
            "is_outdated": outdated,
            "printings": list(row.printings.all()),
            "printed": numbers.printed,
            "is_early": State(row.state) in actions_before(State.CANDIDATES_PUBLISHED),
            "may_draw": decides and is_before and voted and not issued,
            "may_issue": decides and is_before and voted and drawn and (not issued or outdated),
            "may_print": decides and bool(issued) and State(row.state) in actions.MAY_PRINT,
            "may_take_back": decides and is_before,
        },
    )


def actions_before(state: State) -> tuple[State, ...]:
    every = tuple(State)
    return every[: every.index(state)]


def _contest(contest: Contest) -> dict[str, Any]:
    return {
        "name": contest_name(contest.place),
        "numbers": contest.numbers,
        "is_drawn": contest.is_drawn,
        "held": contest.held,
        "seats": contest.seats,
    }


@officer_required
def lot(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _deciding(request, year, slug)
    numbers = newest_in_numbers(visit.election)
    contests = contests_of(numbers.round, numbers)
    labels = candidate_labels(each for contest in contests for each in contest.contestants)
    at = clock.now()
    initial: dict[str, Any] = {"drawn_on": shown.day_of(at)}
    for contest in contests:
        for each in contest.contestants:
            initial[f"{contest.place}_{each.candidate.number}"] = each.position
    form = LotForm(*posted(request), contests=contests, labels=labels, initial=initial)
    back = page_of("ballots", visit)
    return act(
        request,
        form,
        lambda form: actions.draw_lot(
            visit.election.pk,
            drawn_on=form.cleaned_data["drawn_on"],
            witnesses=form.cleaned_data["witnesses"],
            order=form.order(),
            actor=visit.user,
            at=at,
        ),
        template="elections/form.html",
        page={
            "title": _("The order on the ballot paper, as it was drawn"),
            "lead": _("Draw it before witnesses, then write down the place of each candidate."),
            "note": _("The order is public; who watched stays sealed."),
            "button": _("Save the order"),
            "back": back,
            "tabs": election_tabs(visit, "ballots"),
        },
        then=back,
        done=_("The order is saved."),
    )


@officer_required
@require_POST
def issue(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _deciding(request, year, slug)
    return pressed(
        request,
        lambda: actions.issue_ballot_paper(
            visit.election.pk, seen=seen_in(request), actor=visit.user, at=clock.now()
        ),
        then=page_of("ballots", visit),
        done=_("The ballot paper is issued: print it and count what was printed."),
    )


@officer_required
def specimen(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The paper with a watermark: to look at, to hang up, not to vote with."""
    visit = access.election_for(request.user, year, slug)
    row = queries.current_round(visit.election)
    contests = contests_voted(row)
    or_404(any(contest.held.is_voted_on for contest in contests))
    return draft_of(papers.PAPER, papers.paper_facts(row, contests), language="ru")


@officer_required
def printing(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _deciding(request, year, slug)
    row = queries.current_round(visit.election)
    at = clock.now()
    form = PrintingForm(
        *posted(request),
        initial={"printed_on": shown.day_of(at), "seen": row.printings.count()},
    )
    back = page_of("ballots", visit)
    return act(
        request,
        form,
        lambda form: actions.record_printing(
            visit.election.pk, **form.cleaned_data, actor=visit.user, at=at
        ),
        template="elections/form.html",
        page={
            "title": _("Papers were printed"),
            "lead": _("More may follow later; each time their number is recorded."),
            "button": _("Record the number"),
            "back": back,
            "tabs": election_tabs(visit, "ballots"),
        },
        then=back,
        done=_("The number is recorded."),
    )


@officer_required
@require_POST
def take_printing_back(request: HttpRequest, year: int, slug: str, printing: int) -> HttpResponse:
    visit = _deciding(request, year, slug)
    found = get_object_or_404(Printing, pk=printing, round__election=visit.election)
    return pressed(
        request,
        lambda: actions.take_printing_back(found.pk, actor=visit.user, at=clock.now()),
        then=page_of("ballots", visit),
        done=_("Taken back."),
    )


def _deciding(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("decide", "ballots"))
    return visit
