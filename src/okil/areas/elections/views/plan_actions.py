"""One action of the plan: written, checked before it is saved, added, removed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access
from okil.areas.elections.actions import plan as actions
from okil.areas.elections.forms.plan import ActionForm, SeenPlan, action_initial
from okil.areas.elections.models import Cycle, PlanAction
from okil.areas.elections.queries.plan import calendar_of, examined
from okil.areas.elections.views import plan_shown
from okil.areas.elections.views.plan import seen_anew
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused


def _action_of(cycle: Cycle, number: int) -> PlanAction:
    action = cycle.plan.filter(number=number).first()
    if action is None:
        raise Http404
    return action


@officer_required
def change(request: HttpRequest, year: int, number: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    cycle = visit.cycle
    action = _action_of(cycle, number)
    initial = {**action_initial(action), "revision": cycle.plan_revision}
    form = ActionForm(*posted(request), initial=initial)
    form.order_fields(["revision", "kind", "on", "depends_on"])  # what is changed most
    page = _page(cycle, action)
    if request.POST.get("act") == "check":
        return _checked(request, form, cycle, action, page)

    def perform(form: ActionForm) -> None:
        try:
            with seen_anew(form, cycle):
                actions.change_action(
                    cycle.pk,
                    number,
                    facts=form.facts(),
                    seen_revision=form.cleaned_data["revision"],
                    actor=visit.user,
                    at=at,
                )
        except Refused as refused:
            if refused.code == "changed-meanwhile":
                page["now"] = plan_shown.row(cycle.plan.get(number=number))
            raise

    return act(
        request,
        form,
        perform,
        template="elections/plan_action.html",
        page=page,
        then=plan_shown.address_of(cycle, number),
        done=_("Action {number} is saved.").format(number=number),
    )


@officer_required
def add(request: HttpRequest, year: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    cycle = visit.cycle
    form = ActionForm(*posted(request), initial={"revision": cycle.plan_revision, "kind": "by"})
    page = _page(cycle, None)
    if request.POST.get("act") == "check":
        return _checked(request, form, cycle, None, page)

    def perform(form: ActionForm) -> None:
        with seen_anew(form, cycle):
            actions.add_action(
                cycle.pk,
                facts=form.facts(),
                seen_revision=form.cleaned_data["revision"],
                actor=visit.user,
                at=at,
            )

    return act(
        request,
        form,
        perform,
        template="elections/plan_action.html",
        page=page,
        then=reverse("plan", args=[year]),
        done=_("The action is added."),
    )


@officer_required
def remove(request: HttpRequest, year: int, number: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    cycle = visit.cycle
    action = _action_of(cycle, number)
    form = SeenPlan(*posted(request), initial={"revision": cycle.plan_revision})

    def perform(form: SeenPlan) -> None:
        with seen_anew(form, cycle):
            actions.remove_action(
                cycle.pk,
                number,
                seen_revision=form.cleaned_data["revision"],
                actor=visit.user,
                at=at,
            )

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Remove action {number}").format(number=number),
            "lead": str(action.title),
            "note": _(
                "What groups dated and marked of it goes too. The journal keeps that it was there."
            ),
            "button": _("Remove it"),
            "is_final": True,
            "back": reverse("plan_action", args=[year, number]),
        },
        then=reverse("plan", args=[year]),
        done=_("Action {number} is removed.").format(number=number),
    )


def _page(cycle: Cycle, action: PlanAction | None) -> dict[str, Any]:
    return {
        "cycle": cycle,
        "action": action,
        "title": _("Action {number}").format(number=action.number) if action else _("A new action"),
        "numbers": list(cycle.plan.order_by("stage", "number")),
        "back": reverse("plan", args=[cycle.year]),
    }


def _checked(
    request: HttpRequest,
    form: ActionForm,
    cycle: Cycle,
    action: PlanAction | None,
    page: dict[str, Any],
) -> HttpResponse:
    """What would be found with this action in the plan as it is typed; nothing is saved."""
    if form.is_valid():
        others = [row for row in page["numbers"] if action is None or row.pk != action.pk]
        wanted = action or PlanAction(cycle=cycle, number=actions.next_number(others))
        try:
            actions.write(wanted, form.facts())
            plan = actions.require_order(cycle, [*others, wanted])
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            at_action = examined(plan, calendar_of(cycle.body)).at_action
            findings = [
                note
                for found in at_action.values()
                for note in plan_shown.findings_shown(
                    each for each in found if wanted.number in each.actions
                )
            ]
            page |= {"is_checked": True, "findings": findings}
    status = 200 if form.is_valid() else 422
    return render(request, "elections/plan_action.html", {**page, "form": form}, status=status)
