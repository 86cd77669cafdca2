"""A group's own deadlines inside the common plan: read by its officers, set by its organiser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from okil.areas.elections import access, queries, wording
from okil.areas.elections.actions import own_plan as actions
from okil.areas.elections.forms.plan import OwnPlanForm
from okil.areas.elections.models import Election, PlanAction
from okil.areas.elections.queries.plan import calendar_of, plan_and_own_days, plan_of
from okil.areas.elections.queries.plan_done import done_in, is_of_groups, shows_itself
from okil.areas.elections.views import plan_shown, shown
from okil.areas.elections.views.heads import place
from okil.areas.elections.views.tabs import election_tabs
from okil.foundation.accounts import officer_required
from okil.foundation.web import dates
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.reader import the_reader
from okil.pure.refusal import Refused
from okil.pure.rules.own_plan import outside, own_findings, refined
from okil.pure.rules.plan import Deadline, DeadlineKind
from okil.pure.rules.stages import State


@officer_required
def own_plan(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    election = visit.election
    where = queries.whereabouts_of(election)
    may_change = visit.may("change", "election_dates")
    if request.method == "POST" and not may_change:
        raise Http404
    rows, own = plan_and_own_days(election)
    page = plan_shown.page_of(request, plan_shown.ordered(rows))
    form = OwnPlanForm(*posted(request), actions=list(filter(is_of_groups, page)), own=own)

    def perform(form: OwnPlanForm) -> None:
        try:
            actions.set_own_deadlines(
                election.pk,
                days=form.days(),
                seen=form.seen_days(),
                actor=visit.user,
                at=at,
            )
        except Refused as refused:
            if refused.code == "changed-meanwhile":
                form.has_seen(own)
            raise

    table = _table(election, rows, own, form, on=shown.day_of(at))
    runs = where.suspension is None and not where.annulled
    return act(
        request,
        form,
        perform,
        template="elections/own_plan.html",
        page={
            **place(visit, where),
            "plan_stages": plan_shown.by_stage(row for row in table if row["action"] in page),
            "page": page,
            "late": [row["action"].number for row in table if row["is_late"]],
            "may_set": may_change and runs and where.state is not State.CONCLUDED,
            "may_mark": may_change,
            "tabs": election_tabs(visit, "own_plan"),
        },
        then=_after(request, page),
        done=_("The group's deadlines are saved. What does not fit stands beside them."),
    )


def _after(request: HttpRequest, page: Page[PlanAction]) -> str:
    """The same page of the table again, or the next if that was asked for."""
    number = page.number + (page.has_next() and "next" in request.POST)
    return request.path + (f"?page={number}" if number > 1 else "")


def _table(
    election: Election,
    rows: list[PlanAction],
    own: Mapping[int, date],
    form: OwnPlanForm,
    *,
    on: date,
) -> list[dict[str, Any]]:
    common = plan_of(election.cycle, rows)
    deadlines = {
        row.number: Deadline(DeadlineKind(actions.own_kind(row)), own[row.number])
        for row in rows
        if row.number in own
    }
    notes = _notes(common, deadlines, election)
    ends = {each.number: each.deadline.due for each in refined(common, deadlines).actions}
    done = done_in(election.cycle, [row.number for row in rows], election=election.pk)
    return [
        {
            **plan_shown.row(row),
            "field": form[f"day_{row.number}"] if row.number in form.numbers else None,
            "is_once": not is_of_groups(row),
            "own": own.get(row.number),
            "notes": notes.get(row.number, []),
            "is_done": is_done,
            "marked_on": done[row.number].marked_in.get(election.pk),
            "is_late": is_of_groups(row)
            and not is_done
            and (end := ends[row.number]) is not None
            and end < on,
            "may_be_marked": is_of_groups(row) and not is_done and not shows_itself(row.number),
        }
        for row in rows
        for is_done in [done[row.number].in_election(election.pk)]
    ]


def _notes(
    common: Any, deadlines: Mapping[int, Deadline], election: Election
) -> dict[int, list[dict[str, Any]]]:
    """What does not fit, at the own deadline that brought it."""
    notes: dict[int, list[dict[str, Any]]] = {number: [] for number in deadlines}
    language, year = plan_shown.language(), the_reader().year
    for left in outside(common, deadlines):
        day = dates.day(left.common, language, "plain", unsaid_year=year)
        told = str(wording.OUTSIDE[left.code]).format(day=day)
        notes[left.action].append(
            {"kind": "bad", "word": _("Outside the common plan"), "sentences": [told]}
        )
    found = own_findings(common, deadlines, is_working_day=calendar_of(election.cycle.body))
    for number in deadlines:
        mine = [each for each in found if _place(each.actions, deadlines) == number]
        notes[number] += plan_shown.findings_shown(mine)
    return notes


def _place(numbers: tuple[int, ...], deadlines: Mapping[int, Deadline]) -> int:
    """A pair is told at its later action, or at the earlier if only that one is the group's."""
    return next(number for number in reversed(numbers) if number in deadlines)
