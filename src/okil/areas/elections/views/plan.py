"""The common plan: read by everybody, dated and approved by the Secretariat."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.access import may, standings
from okil.areas.elections import access, wording
from okil.areas.elections.actions import plan as actions
from okil.areas.elections.forms.cycles import DeadlineForm
from okil.areas.elections.forms.decisions import DecisionForm
from okil.areas.elections.models import Cycle
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.rules.stages import Stage


def plan(request: HttpRequest, year: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle.objects.select_related("body", "plan_approved_by"), year=year)
    held = standings(request.user)
    actions_by_stage: dict[int, list[object]] = {int(stage): [] for stage in Stage}
    for action in cycle.plan.all():
        actions_by_stage[action.stage].append(
            {
                "action": action,
                "responsible": [wording.PLAN_ROLES[code] for code in action.responsible],
                "participants": [wording.PLAN_ROLES[code] for code in action.participants],
            }
        )
    return render(
        request,
        "elections/plan.html",
        {
            "cycle": cycle,
            "stages": [
                {"number": number, "name": wording.stage_name(number), "rows": rows}
                for number, rows in actions_by_stage.items()
                if rows
            ],
            "size": sum(len(rows) for rows in actions_by_stage.values()),
            "may_change": may(held, "change", "plan", body=cycle.body),
        },
    )


@officer_required
def deadline(request: HttpRequest, year: int, number: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    cycle = visit.cycle
    action = cycle.plan.filter(number=number).first()
    if action is None:
        raise Http404
    form = DeadlineForm(
        *posted(request), initial={"kind": action.deadline_kind, "on": action.deadline_on}
    )

    def perform(form: DeadlineForm) -> None:
        given = form.cleaned_data
        on = None if given["kind"] == "open" else given["on"]
        actions.set_deadline(action.pk, kind=given["kind"], on=on, actor=visit.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Action {number}: deadline").format(number=number),
            "lead": str(action.title),
            "note": _("An approved plan that is changed needs its approval anew.")
            if cycle.plan_approved_by_id
            else "",
            "button": _("Save the deadline"),
            "back": reverse("plan", args=[year]),
        },
        then=reverse("plan", args=[year]) + f"#a{number}",
        done=_("The deadline is saved."),
    )


@officer_required
def approve(request: HttpRequest, year: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    cycle = visit.cycle
    form = DecisionForm(*posted(request))

    def perform(form: DecisionForm) -> None:
        actions.approve_plan(cycle.pk, decision=form.facts(), actor=visit.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Approve the plan"),
            "lead": _(
                "The plan counts as approved once it is written here who approved it and when."
            ),
            "button": _("Record the approval"),
            "back": reverse("plan", args=[year]),
        },
        then=reverse("plan", args=[year]),
        done=_("The plan is approved."),
    )
