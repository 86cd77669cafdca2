"""Meetings of the Secretariat with organisers and commissions; the minutes on demand, on the record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.bodies.queries import in_kazakh_order
from okil.areas.elections import access, wording
from okil.areas.elections.access import CycleVisit
from okil.areas.elections.actions import consultations as actions
from okil.areas.elections.forms.consultations import ConsultationForm, as_entered
from okil.areas.elections.models import Consultation
from okil.areas.elections.queries.consultations import consultations_of
from okil.areas.elections.views.tabs import cycle_tabs
from okil.areas.elections.wording.consultations import CONSULTATION_KINDS, TOPICS, WAYS
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused


def _page_of(visit: CycleVisit) -> dict[str, Any]:
    """The tabs lead to pages of the Secretariat: others are led back to their own work."""
    works_here = visit.may("change", "cycle")
    tabs = cycle_tabs(visit.standings, visit.cycle, "consultations") if works_here else []
    return {"cycle": visit.cycle, "tabs": tabs, "may_change": visit.may("change", "consultations")}


def _by_name(group: ElectoralGroup) -> tuple[int, ...]:
    return in_kazakh_order(group.public_name.in_language("kk"))


def _shown(held: Consultation) -> dict[str, Any]:
    return {
        "consultation": held,
        "kind": CONSULTATION_KINDS[held.kind],
        "way": WAYS[held.way],
        "topics": [TOPICS[code] for code in held.topics],
        "stages": [wording.stage_name(stage) for stage in held.stages],
        "groups": sorted(held.groups.all(), key=_by_name),
    }


@officer_required
def consultations(request: HttpRequest, year: int) -> HttpResponse:
    visit = access.consultations_for(request.user, year)
    return render(
        request,
        "elections/consultations.html",
        {**_page_of(visit), "rows": [_shown(each) for each in consultations_of(visit.cycle)]},
    )


def _held(visit: CycleVisit, pk: int) -> Consultation:
    return get_object_or_404(consultations_of(visit.cycle), pk=pk)


@officer_required
def consultation(request: HttpRequest, year: int, consultation: int) -> HttpResponse:
    """One meeting; posted, the same page with its minutes, once, and on the record."""
    visit = access.consultations_for(request.user, year)
    held = _held(visit, consultation)
    opens = visit.may("see", "consultations")
    opened = ""
    if request.method == "POST":
        if not opens:
            raise Http404
        try:
            opened = actions.open_minutes(held.pk, actor=visit.user, at=clock.now())
        except Refused as refused:
            messages.error(request, refusals.sentence(refused))
            return HttpResponseRedirect(reverse("consultation", args=[year, held.pk]))
    return render(
        request,
        "elections/consultation.html",
        {
            **_page_of(visit),
            **_shown(held),
            "opens": opens,
            "minutes": opened.split("\n\n") if opened else [],
        },
    )


def _changing(request: HttpRequest, year: int) -> CycleVisit:
    visit = access.consultations_for(request.user, year)
    if not visit.may("change", "consultations"):
        raise Http404
    return visit


def _groups_of(visit: CycleVisit) -> list[ElectoralGroup]:
    elections = visit.cycle.elections.select_related("group")
    return sorted((election.group for election in elections), key=_by_name)


@officer_required
def record(request: HttpRequest, year: int) -> HttpResponse:
    visit = _changing(request, year)
    back = reverse("consultations", args=[year])
    return act(
        request,
        ConsultationForm(*posted(request), groups=_groups_of(visit), initial={"seen": 0}),
        lambda form: actions.record_consultation(
            visit.cycle.pk, facts=form.facts(), actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page={
            **_page_of(visit),
            "title": pgettext("consultation", "Record a meeting"),
            "lead": _(
                "That it was held, what it was about, how many came and what was handed out, all "
                "officers read. The minutes are sealed."
            ),
            "button": _("Save"),
        },
        then=back,
        done=pgettext("consultation", "The meeting is recorded."),
    )


@officer_required
def correct(request: HttpRequest, year: int, consultation: int) -> HttpResponse:
    visit = _changing(request, year)
    held = _held(visit, consultation)
    # Who was represented then may take part no longer; what was entered can be entered again.
    groups = sorted({*_groups_of(visit), *held.groups.all()}, key=_by_name)
    return act(
        request,
        ConsultationForm(
            *posted(request), groups=groups, has_minutes=True, initial=as_entered(held)
        ),
        lambda form: actions.correct_consultation(
            held.pk,
            facts=form.facts(),
            seen=form.cleaned_data["seen"],
            actor=visit.user,
            at=clock.now(),
        ),
        template="elections/form.html",
        page={
            **_page_of(visit),
            "title": _("Correct what is recorded of a meeting"),
            "lead": _("The journal keeps that it was corrected, and what stood here before."),
            "button": _("Save"),
        },
        then=reverse("consultation", args=[year, held.pk]),
        done=_("The correction is saved."),
    )
