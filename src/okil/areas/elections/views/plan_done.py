"""Somebody marks an action of the plan as done, or takes that back."""

from __future__ import annotations

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from okil.areas.elections import access
from okil.areas.elections.actions import plan_marks as actions
from okil.areas.elections.forms.plan import DoneForm
from okil.areas.elections.models import Cycle, Election
from okil.areas.elections.views import plan_shown, shown
from okil.foundation.accounts import officer_required
from okil.foundation.accounts.models import User
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock


@officer_required
def done(request: HttpRequest, year: int, number: int) -> HttpResponse:
    visit = access.cycle_for(request.user, year)
    back = plan_shown.address_of(visit.cycle, number)
    return _mark(request, visit.cycle, number, None, visit.user, back)


@officer_required
def not_done(request: HttpRequest, year: int, number: int) -> HttpResponse:
    visit = access.cycle_for(request.user, year)
    back = plan_shown.address_of(visit.cycle, number)
    return _take_back(request, visit.cycle, number, None, visit.user, back)


@officer_required
def own_done(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit = _organiser_at(request, year, slug)
    election = visit.election
    back = plan_shown.own_address_of(election, number)
    return _mark(request, election.cycle, number, election, visit.user, back)


@officer_required
def own_not_done(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit = _organiser_at(request, year, slug)
    election = visit.election
    back = plan_shown.own_address_of(election, number)
    return _take_back(request, election.cycle, number, election, visit.user, back)


def _organiser_at(request: HttpRequest, year: int, slug: str) -> access.Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "election_dates"):
        raise Http404
    return visit


def _title_of(cycle: Cycle, number: int) -> str:
    action = cycle.plan.filter(number=number).first()
    if action is None:
        raise Http404
    return str(action.title)


def _mark(
    request: HttpRequest,
    cycle: Cycle,
    number: int,
    election: Election | None,
    user: User,
    back: str,
) -> HttpResponse:
    at = clock.now()
    form = DoneForm(*posted(request), initial={"done_on": shown.day_of(at)})

    def perform(form: DoneForm) -> None:
        actions.mark_done(
            cycle.pk,
            number,
            election=election,
            done_on=form.cleaned_data["done_on"],
            actor=user,
            at=at,
        )

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Action {number} is done").format(number=number),
            "lead": _title_of(cycle, number),
            "note": _("Your word stands for what cannot be seen here. It can be taken back."),
            "button": _("Mark as done"),
        },
        then=back,
        done=_("Action {number} is marked as done.").format(number=number),
    )


def _take_back(
    request: HttpRequest,
    cycle: Cycle,
    number: int,
    election: Election | None,
    user: User,
    back: str,
) -> HttpResponse:
    at = clock.now()
    form = Form(*posted(request))

    def perform(form: Form) -> None:
        actions.take_mark_back(cycle.pk, number, election=election, actor=user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Action {number} is not done").format(number=number),
            "lead": _title_of(cycle, number),
            "button": _("Take the mark back"),
        },
        then=back,
        done=_("Action {number} is no longer marked as done.").format(number=number),
    )
