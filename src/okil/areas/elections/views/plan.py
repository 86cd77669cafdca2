"""The common plan: read by everybody, checked for officers, put right and approved by the Secretariat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.bodies.access import Standing, may, standings
from okil.areas.elections import access
from okil.areas.elections.actions import plan as actions
from okil.areas.elections.forms.plan import ApprovalForm, SeenPlan
from okil.areas.elections.models import Cycle, PlanAction
from okil.areas.elections.queries.plan import Examined, calendar_of, examined, plan_of
from okil.areas.elections.queries.plan_done import Done, done_in, overdue
from okil.areas.elections.views import plan_shown, shown
from okil.areas.elections.views.plan_line import line
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused

FILES = (
    ("plan_ics", gettext_lazy("for a calendar")),
    ("plan_xlsx", gettext_lazy("as a spreadsheet")),
    ("plan_pdf", gettext_lazy("to print")),
    ("plan_json", gettext_lazy("for programs")),
)
IMPORT = (("plan_import", ""),)


def plan(request: HttpRequest, year: int) -> HttpResponse:
    """What everybody may read; officers of the body read what is found in it too, and what is late."""
    at = clock.now()
    cycle = get_object_or_404(Cycle.objects.select_related("body", "plan_approved_by"), year=year)
    held = standings(request.user)
    rows = plan_shown.ordered(cycle.plan.all())
    page = plan_shown.page_of(request, rows)
    inside = _inside(cycle, rows, on=shown.day_of(at)) if _serves(held, cycle) else {}
    found: Examined | None = inside.get("examined")
    wrong = {each.actions[-1] for each in found.contradictions} if found else set()
    return render(
        request,
        "elections/plan.html",
        {
            "cycle": cycle,
            "stages": plan_shown.by_stage(_table(page, **inside)),
            "page": page,
            "size": len(rows),
            "line": line(
                list(page), on=shown.day_of(at), language=plan_shown.language(), wrong=wrong
            ),
            "may_change": may(held, "change", "plan", body=cycle.body),
            "is_officer": found is not None,
            "summary": plan_shown.summary(found.found) if found else [],
            "contradicts": bool(wrong),
            "late": sorted(inside.get("late", [])),
            "files": list(_files(FILES, year)),
            "import_url": next((each["url"] for each in _files(IMPORT, year)), ""),
        },
    )


def _serves(held: list[Standing], cycle: Cycle) -> bool:
    return any(each.body == cycle.body_id for each in held)


def _inside(cycle: Cycle, rows: list[PlanAction], *, on: Any) -> dict[str, Any]:
    """What is found in the plan, what of it is done, and what is late."""
    done = done_in(cycle, [row.number for row in rows])
    return {
        "examined": examined(plan_of(cycle, rows), calendar_of(cycle.body)),
        "done": done,
        "late": [number for number in overdue(rows, on=on) if not done[number].everywhere],
    }


def _table(
    rows: Iterable[PlanAction],
    *,
    examined: Examined | None = None,
    done: dict[int, Done] | None = None,
    late: Iterable[int] = (),
) -> list[dict[str, Any]]:
    return [
        plan_shown.row(
            row,
            examined=examined,
            done=(done or {}).get(row.number),
            late=row.number in late,
        )
        for row in rows
    ]


def _files(names: Iterable[tuple[str, Any]], year: int) -> Iterator[dict[str, Any]]:
    for name, words in names:
        try:
            yield {"url": reverse(name, args=[year]), "words": words}
        except NoReverseMatch:
            continue


@contextmanager
def seen_anew(form: SeenPlan, cycle: Cycle) -> Iterator[None]:
    """Somebody changed the plan meanwhile: what was typed is saved next time, over what is there now."""
    try:
        yield
    except Refused as refused:
        if refused.code == "changed-meanwhile":
            form.has_seen(Cycle.objects.values_list("plan_revision", flat=True).get(pk=cycle.pk))
        raise


@officer_required
def approve(request: HttpRequest, year: int) -> HttpResponse:
    at = clock.now()
    visit = access.cycle_for(request.user, year)
    cycle = visit.cycle
    form = ApprovalForm(*posted(request), initial={"revision": cycle.plan_revision})

    def perform(form: ApprovalForm) -> None:
        with seen_anew(form, cycle):
            actions.approve_plan(
                cycle.pk,
                decision=form.facts(),
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
            "title": _("Approve the plan"),
            "lead": _(
                "The plan counts as approved once it is written here who approved it and when. "
                "Whoever changes a deadline afterwards takes the approval back."
            ),
            "button": _("Record the approval"),
            "back": reverse("plan", args=[year]),
        },
        then=reverse("plan", args=[year]),
        done=_("The plan is approved."),
    )
