"""The body's own working days and days off: what the check of the plan reckons with."""

from __future__ import annotations

from datetime import date

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access
from okil.areas.elections.actions import own_days as actions
from okil.areas.elections.forms.plan import OwnDayForm
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock


@officer_required
def own_days(request: HttpRequest, year: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    body = visit.cycle.body
    form = OwnDayForm(*posted(request))

    def perform(form: OwnDayForm) -> None:
        actions.name_day(body.pk, **form.cleaned_data, actor=visit.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/own_days.html",
        page={"cycle": visit.cycle, "days": list(body.own_days.all())},
        then=reverse("plan_days", args=[year]),
        done=_("The day is in the list."),
    )


@officer_required
def forget(request: HttpRequest, year: int, iso: str) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    body = visit.cycle.body
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        raise Http404 from None
    named = body.own_days.filter(day=day).first()
    if named is None:
        raise Http404
    back = reverse("plan_days", args=[year])

    def perform(form: Form) -> None:
        actions.forget_day(body.pk, day, actor=visit.user, at=at)

    return act(
        request,
        Form(*posted(request)),
        perform,
        template="elections/form.html",
        page={
            "title": _("Take a day out of the list"),
            "lead": _("Then it counts as it does for everybody else."),
            "button": _("Take it out"),
        },
        then=back,
        done=_("The day is no longer in the list."),
    )
