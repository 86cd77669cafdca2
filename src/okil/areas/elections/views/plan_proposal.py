"""Deadlines that keep the order of the plan: proposed, taken whole or in part, checked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access
from okil.areas.elections.actions import plan as actions
from okil.areas.elections.forms.plan import ProposalForm
from okil.areas.elections.models import PlanAction
from okil.areas.elections.queries.plan import calendar_of, examined, plan_of
from okil.areas.elections.views import plan_shown
from okil.areas.elections.views.plan import seen_anew
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.reader import the_reader
from okil.pure.rules import plan_words
from okil.pure.rules.plan import Deadline, Finding, IsWorkingDay, Level, NotAPlan, Plan
from okil.pure.rules.repair import Move, repair


@officer_required
def proposal(request: HttpRequest, year: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    cycle = visit.cycle
    rows = {row.number: row for row in cycle.plan.all()}
    calendar = calendar_of(cycle.body)
    now = plan_of(cycle, rows.values())
    try:
        moves = repair(now, is_working_day=calendar).moves
    except NotAPlan as reason:
        told = plan_words.failure(reason, plan_shown.language(), plan_shown.DAYS)
        return render(request, "elections/plan_proposal.html", {"cycle": cycle, "told": told})
    form = ProposalForm(
        *posted(request),
        moves=[(move.action, move.after) for move in moves],
        initial={"revision": cycle.plan_revision},
    )

    def perform(form: ProposalForm) -> None:
        taken = form.taken()
        with seen_anew(form, cycle):
            actions.date_actions(
                cycle.pk,
                deadlines={n: (rows[n].deadline_kind, day) for n, day in taken.items()},
                seen_revision=form.cleaned_data["revision"],
                actor=visit.user,
                at=at,
            )

    page = {
        "cycle": cycle,
        "moves": list(_moves_shown(moves, rows, form)),
        "summary": plan_shown.summary(examined(now, calendar).found),
    }
    if request.POST.get("act") == "check" and form.is_valid():
        left = _left(now, form, calendar)
        page |= {"is_checked": True, "left": _contradictions(left), "after": _counts(left)}
        return render(request, "elections/plan_proposal.html", {**page, "form": form})
    return act(
        request,
        form,
        perform,
        template="elections/plan_proposal.html",
        page=page,
        then=reverse("plan", args=[year]),
        done=_("The deadlines are taken over. What the check finds now stands beside them."),
    )


def _moves_shown(
    moves: Iterable[Move], rows: dict[int, PlanAction], form: ProposalForm
) -> Iterable[dict[str, Any]]:
    chosen = form["take"].value() or []
    for move in moves:
        answer = f"{move.action}:{move.after.isoformat()}"
        yield {
            "action": rows[move.action],
            "before": move.before,
            "after": move.after,
            "why": plan_words.move(move, plan_shown.language(), plan_shown.DAYS, the_reader().year),
            "answer": answer,
            "is_taken": answer in chosen,
        }


def _left(now: Plan, form: ProposalForm, calendar: IsWorkingDay) -> tuple[Finding, ...]:
    """What would still be found if only these deadlines were taken."""
    taken = form.taken()
    wanted = tuple(
        replace(one, deadline=Deadline(one.deadline.kind, taken[one.number]))
        if one.number in taken
        else one
        for one in now.actions
    )
    return examined(replace(now, actions=wanted), calendar).found


def _contradictions(found: Iterable[Finding]) -> list[str]:
    return [plan_shown.told(each) for each in found if each.level is Level.ERROR]


def _counts(found: tuple[Finding, ...]) -> str:
    return plan_words.counts(found, plan_shown.language())
