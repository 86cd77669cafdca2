"""The cycle: its public page, and the Secretariat's overview and acts."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.access import office_for
from okil.areas.bodies.queries import groups_in_force, in_kazakh_order
from okil.areas.elections import access, queries, wording
from okil.areas.elections.actions import cycles as actions
from okil.areas.elections.forms.cycles import EDGES, CycleDecisionForm, CycleForm, DatesForm
from okil.areas.elections.models import Cycle
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries.plan import latest_plan
from okil.areas.elections.queries.plan_done import late_in
from okil.areas.elections.views import shown
from okil.areas.elections.views.tabs import cycle_tabs
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.rules.stages import Stage


def public_order(where: Whereabouts) -> tuple[int, ...]:
    """By the names the groups chose: no other order is neutral."""
    return in_kazakh_order(where.election.group.public_name.in_language("kk"))


def _edges(cycle: Cycle) -> dict[Stage, Any]:
    return {Stage(row.stage): (row.begins_at, row.ends_at) for row in cycle.common_stages.all()}


def cycle(request: HttpRequest, year: int) -> HttpResponse:
    at = clock.now()
    found = get_object_or_404(Cycle.objects.select_related("body"), year=year)
    edges = _edges(found)
    elections = sorted(queries.whereabouts_in(found), key=public_order)
    return render(
        request,
        "elections/cycle.html",
        {
            "cycle": found,
            "today": at,
            "stages": shown.stage_line(edges, shown.common_stage(edges, at=at), at=at)
            if edges
            else [],
            "groups": [
                {
                    "group": where.election.group,
                    "stage": int(where.stage),
                    "mark": shown.state_mark(where),
                    "next_date": shown.next_date(where),
                    "today": wording.TODAY[where.state],
                }
                for where in elections
            ],
            "plan_size": found.plan.aggregate(last=Max("number"))["last"] or 0,
        },
    )


@officer_required
def overview(request: HttpRequest, year: int) -> HttpResponse:
    """Ten groups: where each is, what it waits for, who must act, what is late. Never a name."""
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    found = visit.cycle
    elections = sorted(queries.progress_in(found, at=at), key=lambda each: public_order(each.where))
    rows = [
        {
            "group": each.where.election.group,
            "url": reverse("workspace", args=[year, each.where.election.group.slug]),
            "stage": int(each.where.stage),
            "mark": shown.state_mark(each.where),
            "next_date": shown.next_date(each.where),
            "missing": len(each.missing),
            "first_missing": shown.first_missing(each),
            "mover": each.mover,
            "is_late": each.is_late,
            "due_at": each.due_at,
            "may_move": each.may_move,
        }
        for each in elections
    ]
    return render(
        request,
        "elections/overview.html",
        {
            "cycle": found,
            "rows": rows,
            "late": sum(row["is_late"] for row in rows),
            "late_actions": len(late_in(found, on=shown.day_of(at))),
            "mine": sum(row["may_move"] and row["mover"] == "secretariat" for row in rows),
            "tabs": cycle_tabs(visit.standings, found, "overview"),
        },
    )


@officer_required
def open_cycle(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    visit = office_for(request.user)
    if not visit.may("change", "cycle"):
        raise Http404
    groups = groups_in_force(visit.body, on=shown.day_of(at))
    planned = latest_plan(visit.body)
    form = CycleForm(
        *posted(request),
        initial={"year": at.year},
        groups=groups,
        planned_in=planned.year if planned else None,
    )

    def perform(form: CycleForm) -> None:
        actions.open_cycle(body=visit.body, **form.cleaned_data, actor=visit.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Open a cycle of elections"),
            "lead": _(
                "Each group you choose gets its election. The plan begins with the 25 usual "
                "actions; you date them afterwards."
            ),
            "button": _("Open the cycle"),
            "back": reverse("office"),
        },
        then=reverse("office"),
        done=_("The cycle is open. Next: its decision and its dates."),
    )


@officer_required
def cycle_decision(request: HttpRequest, year: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    found = visit.cycle
    form = CycleDecisionForm(*posted(request), initial={"quotas": found.quotas})

    def perform(form: CycleDecisionForm) -> None:
        actions.record_cycle_decision(
            found.pk,
            decision=form.facts(),
            quotas=form.cleaned_data["quotas"],
            actor=visit.user,
            at=at,
        )

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("The decision that opens the cycle"),
            "lead": _(
                "Once in three years the body decides on the dates, the seats of each sector and who "
                "is responsible. Everything that follows refers to this decision."
            ),
            "button": _("Record the decision"),
            "back": reverse("overview", args=[year]),
        },
        then=reverse("overview", args=[year]),
        done=_("The decision is recorded."),
    )


@officer_required
def cycle_dates(request: HttpRequest, year: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    found = visit.cycle
    form = DatesForm(
        *posted(request), zone=found.body.time_zone, initial=initial_dates(_edges(found))
    )

    def perform(form: DatesForm) -> None:
        actions.set_common_dates(found.pk, dates=form.dates(), actor=visit.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Common dates of the six stages"),
            "lead": _(
                "Groups that are still preparing take these dates over. Groups further on keep their "
                "own: they extend a stage, with a reason."
            ),
            "button": _("Save the dates"),
            "back": reverse("overview", args=[year]),
        },
        then=reverse("overview", args=[year]),
        done=_("The dates are saved."),
    )


def initial_dates(edges: dict[Stage, Any]) -> dict[str, Any]:
    """What a form of dates shows before anything is typed."""
    initial: dict[str, Any] = {}
    for stage, begins_too in EDGES:
        if stage in edges:
            begins, ends = edges[stage]
            initial[f"ends_{int(stage)}"] = ends
            if begins_too:
                initial[f"begins_{int(stage)}"] = begins
    return initial
