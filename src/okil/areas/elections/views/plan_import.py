"""A plan from a file: read, compared with the plan that is there, looked at, taken over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okil.areas.bodies.access import may
from okil.areas.elections import access
from okil.areas.elections.access import CycleVisit
from okil.areas.elections.actions import plan_import as actions
from okil.areas.elections.forms.plan_import import PlanFileForm, TakeOverForm, carried
from okil.areas.elections.models import Cycle, DeadlineKind, PlanAction
from okil.areas.elections.queries.plan import as_rule, calendar_of, examined
from okil.areas.elections.queries.plan_import import (
    ADDED,
    REMOVED,
    Change,
    changes,
    if_taken_over,
)
from okil.areas.elections.wording import DEADLINE_KINDS, PLAN_ROLES, stage_name
from okil.areas.elections.wording.plan_import import FIELDS
from okil.foundation.accounts import officer_required
from okil.foundation.web import dates, refusals
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock
from okil.foundation.web.languages import LANGUAGES, Texts
from okil.foundation.web.reader import the_reader
from okil.pure.refusal import Refused
from okil.pure.rules import plan_words
from okil.pure.rules.plan import Code, Finding, Level, Plan
from okil.pure.rules.plan_texts import Written

TEMPLATE = "elections/plan_import.html"
CHANGES_SHOWN, FINDINGS_SHOWN = 100, 20
GRAVE = (Level.ERROR, Level.WARNING)  # in this order; that nobody approved it is told anyway
LETTERS_SHOWN = 300  # of a text: enough to see which it is


@officer_required
def plan_import(request: HttpRequest, year: int) -> HttpResponse:
    """First the file is read and shown beside the plan; the button under that takes it over."""
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    cycle = visit.cycle
    if not may(visit.standings, "change", "plan", body=cycle.body):
        raise Http404
    if request.method == "POST" and "carried" in request.POST:
        return _take_over(request, visit, at=at)
    rows = list(cycle.plan.all())
    form = PlanFileForm(*posted(request), known={row.number for row in rows})
    page: dict[str, Any] = {"cycle": cycle, "form": form, "upload": form}
    if form.is_bound and form.is_valid():
        page |= _preview(cycle, rows, form.cleaned_data["file"])
    status = 422 if form.errors else 200
    return render(request, TEMPLATE, page, status=status)


def _take_over(request: HttpRequest, visit: CycleVisit, *, at: datetime) -> HttpResponse:
    cycle = visit.cycle
    form = TakeOverForm(request.POST, cycle=cycle.pk)
    page: dict[str, Any] = {"cycle": cycle, "form": form, "upload": PlanFileForm(known=())}
    if form.is_valid():
        written = form.cleaned_data["written"]
        try:
            actions.take_over_plan(
                cycle.pk,
                written=written,
                seen_revision=form.cleaned_data["revision"],
                actor=visit.user,
                at=at,
            )
        except Refused as refused:
            refusals.add_to(form, refused)
            page |= _preview(Cycle.objects.get(pk=cycle.pk), list(cycle.plan.all()), written)
        else:
            messages.success(request, _("The plan is taken over. It needs its approval anew."))
            return HttpResponseRedirect(reverse("plan", args=[cycle.year]))
    return render(request, TEMPLATE, page, status=422)


def _preview(
    cycle: Cycle, rows: Sequence[PlanAction], written: Sequence[Written]
) -> dict[str, Any]:
    after = if_taken_over(cycle, rows, written)
    found = examined(Plan(tuple(map(as_rule, after))), calendar_of(cycle.body)).found
    differences = changes(rows, after)
    grave = sorted(
        (each for each in found if each.level in GRAVE and each.code is not Code.NOT_APPROVED),
        key=lambda each: GRAVE.index(each.level),
    )
    return {
        "is_read": True,
        "carried": carried(cycle.pk, cycle.plan_revision, written),
        "size": len(after),
        "differences": [_shown(each) for each in differences[:CHANGES_SHOWN]],
        "more_differences": max(0, len(differences) - CHANGES_SHOWN),
        "counts": plan_words.counts(found, _language()),
        "findings": [_sentence(each) for each in grave[:FINDINGS_SHOWN]],
        "more_findings": max(0, len(grave) - FINDINGS_SHOWN),
    }


def _language() -> str:
    return (get_language() or "ru")[:2]


def _sentence(finding: Finding) -> dict[str, str]:
    days = plan_words.Days(dates.day, dates.weekday)
    return {
        "kind": "bad" if finding.level is Level.ERROR else "warn",
        "mark": plan_words.mark(finding.code, _language()),
        "text": plan_words.message(finding, _language(), days, the_reader().year),
    }


# Changes in words


def _shown(change: Change) -> dict[str, Any]:
    if change.what in (ADDED, REMOVED):
        row: PlanAction = change.after or change.before
        return {"number": change.number, "what": change.what, "title": row.title}
    if change.what in ("title", "summary"):
        before, after = _texts(change.before, change.after)
    else:
        before, after = map(SAID[change.what], (change.before, change.after))
    return {
        "number": change.number,
        "what": FIELDS[change.what],
        "before": before,
        "after": after,
    }


def _deadline(said: tuple[str, Any]) -> str:
    kind, day = said
    phrases = {DeadlineKind.BY: dates.by, DeadlineKind.FROM: dates.since}
    if day is None:
        return str(DEADLINE_KINDS[kind])
    return phrases.get(DeadlineKind(kind), dates.day)(
        day, _language(), "plain", unsaid_year=the_reader().year
    )


def _texts(before: Texts, after: Texts) -> tuple[str, str]:
    """In the languages in which they differ, whatever the reader's is."""
    changed = [code for code in LANGUAGES if before.get(code) != after.get(code)]
    return _joined(before, changed), _joined(after, changed)


def _joined(said: Texts, codes: Iterable[str]) -> str:
    told = " / ".join(said[code] for code in codes if said.get(code)) or "–"
    return told if len(told) <= LETTERS_SHOWN else f"{told[:LETTERS_SHOWN]}…"


def _numbers(said: Iterable[int]) -> str:
    return ", ".join(map(str, said)) or "–"


def _roles(said: Iterable[str]) -> str:
    return ", ".join(str(PLAN_ROLES[code]) for code in said) or _("nobody named")


SAID: dict[str, Any] = {
    "stage": lambda stage: f"{stage}. {stage_name(stage)}",
    "deadline": _deadline,
    "depends_on": _numbers,
    "responsible": _roles,
    "participants": _roles,
}
