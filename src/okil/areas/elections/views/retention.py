"""What is destroyed when, and what already was: for the officers of an election; the organiser does it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import retention as actions
from okil.areas.elections.forms.retention import BackupsForm, DestroyByDecisionForm, DestroyForm
from okil.areas.elections.models import Destruction
from okil.areas.elections.queries import retention as known
from okil.areas.elections.queries.retention import Held
from okil.areas.elections.views.assembly import scene
from okil.areas.elections.views.registration import destroyed_when
from okil.areas.elections.wording.retention import HOLDINGS, HOLDS, NUMBERS, REFUSALS, STAYS
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.rules.retention import KEPT, Holding, Term

TAB = "retention"
MOST_BACKUPS = 20  # on a page; the journal has them all


def _entering(request: HttpRequest, year: int, slug: str, operation: str = "see") -> Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may(operation, "retention"):
        raise Http404
    return visit


@officer_required
@require_safe
def retention(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Each holding: what it is, until when, what was destroyed of it, which copies are older."""
    visit, at = _entering(request, year, slug), clock.now()
    found = known.retention_of(visit.election, at=at)
    may_destroy = visit.may("decide", "retention")
    return render(
        request,
        "elections/retention.html",
        {
            **scene(visit, TAB),
            "rows": [_row(each, may_destroy=may_destroy) for each in found.held],
            "promised": destroyed_when(found.rules.personal_data_months),
            "years": found.rules.archive_years,
            "is_concluded": found.standing.ended is not None,
            "gone": [_gone(each) for each in found.gone],
            "may_destroy": may_destroy,
            **_copies(visit),
        },
    )


def _row(held: Held, *, may_destroy: bool) -> dict[str, Any]:
    is_open = held.obstacle in (None, "destruction-undated")
    return {
        "holding": held.holding,
        "title": HOLDINGS[held.holding],
        "holds": HOLDS[held.holding],
        "numbers": _numbers(held.numbers),
        "due_on": held.due_on,
        "is_undated": held.obstacle == "destruction-undated",
        "is_due": held.obstacle is None,
        "is_there": held.is_there,
        "destroyed": held.destroyed,
        "may_destroy": may_destroy and is_open and held.is_there,
        "source": KEPT[held.holding].source,
    }


def _numbers(numbers: dict[str, int]) -> list[dict[str, Any]]:
    return [{"term": NUMBERS[name], "value": number} for name, number in numbers.items()]


def _gone(destruction: Destruction) -> dict[str, Any]:
    return {
        "destruction": destruction,
        "title": HOLDINGS[known.holding_of(destruction)],
        "numbers": _numbers(destruction.counts.get("gone", {})),
    }


def _copies(visit: Visit) -> dict[str, Any]:
    made = known.backups_of(visit.election)
    return {"copies": made[:MOST_BACKUPS], "more_copies": max(0, len(made) - MOST_BACKUPS)}


@officer_required
def destroy(request: HttpRequest, year: int, slug: str, holding: str) -> HttpResponse:
    """What will be gone, what stays, which copies still hold it; then the number, typed."""
    visit, at = _entering(request, year, slug, "decide"), clock.now()
    if holding not in set(Holding):
        raise Http404
    found = known.retention_of(visit.election, at=at)
    held = found.of(Holding(holding))
    undated = held.obstacle == "destruction-undated"
    form = (DestroyByDecisionForm if undated else DestroyForm)(*posted(request))
    back = reverse("retention", args=[year, slug])

    def perform(form: Any) -> None:
        actions.destroy_holding(
            visit.election.pk,
            holding=held.holding,
            typed=form.cleaned_data["typed"],
            decision=form.facts(),
            actor=visit.user,
            at=at,
        )

    return act(
        request,
        form,
        perform,
        template="elections/retention_destroy.html",
        page={
            **scene(visit, TAB),
            **_row(held, may_destroy=True),
            "total": held.total,
            "stays": STAYS[held.holding],
            "refused": "" if held.obstacle is None or undated else REFUSALS.get(held.obstacle, ""),
            "in_years": KEPT[held.holding].term is Term.ARCHIVE,
            **_copies(visit),
            "back": back,
        },
        then=back,
        done=_("It is destroyed. The numbers stay; the journal has a row."),
    )


@officer_required
def backups(request: HttpRequest, year: int, slug: str, destruction: int) -> HttpResponse:
    """The day on which the operator destroyed the copies that still held it."""
    visit = _entering(request, year, slug, "decide")
    found = get_object_or_404(Destruction, pk=destruction, election=visit.election)
    back = reverse("retention", args=[year, slug])

    def perform(form: BackupsForm) -> None:
        actions.confirm_backups_destroyed(
            found.pk, destroyed_on=form.cleaned_data["done_on"], actor=visit.user, at=clock.now()
        )

    return act(
        request,
        BackupsForm(*posted(request)),
        perform,
        template="elections/form.html",
        page={
            "title": _("The copies are destroyed"),
            "lead": _(
                "The operator tells you when the last copy made before this destruction is gone, and"
                " the new copy in its place is made."
            ),
            "button": _("Note the day"),
            "tabs": scene(visit, TAB)["tabs"],
        },
        then=back,
        done=_("The day is noted."),
    )
