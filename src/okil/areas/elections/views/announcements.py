"""The announcement of a cycle, by the Secretariat."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.access import may
from okil.areas.elections import access
from okil.areas.elections.access import CycleVisit
from okil.areas.elections.actions import notices as actions
from okil.areas.elections.documents import notices as texts
from okil.areas.elections.models import Notice
from okil.areas.elections.queries import notices as known
from okil.areas.elections.views import notices as pages
from okil.areas.elections.views.tabs import cycle_tabs
from okil.areas.elections.wording.notices import PURPOSES
from okil.foundation.accounts import officer_required
from okil.foundation.web.clock import clock

TAB = "announcement"
KIND = Notice.Kind.ANNOUNCEMENT


def _entering(request: HttpRequest, year: int) -> CycleVisit:
    visit = access.cycle_for(request.user, year)
    if not may(visit.standings, "change", "notices", body=visit.cycle.body):
        raise Http404
    return visit


def _page(visit: CycleVisit) -> dict[str, Any]:
    return {
        "cycle": visit.cycle,
        "tabs": cycle_tabs(visit.standings, visit.cycle, TAB),
        "may_change": True,
    }


def _newest(visit: CycleVisit) -> Notice:
    found = known.announcements_of(visit.cycle).select_related("cycle__body").first()
    if found is None:
        raise Http404
    return found


@officer_required
def announcement(request: HttpRequest, year: int) -> HttpResponse:
    """The newest version; before there is one, what it needs."""
    visit = _entering(request, year)
    found = known.announcements_of(visit.cycle).select_related("cycle__body").first()
    if found is None:
        return render(
            request,
            "elections/no_announcement.html",
            {
                **_page(visit),
                "purpose": PURPOSES[KIND],
                "is_dated": visit.cycle.common_stages.exists(),
            },
        )
    return pages.notice_page(
        request,
        found,
        visit.user,
        page=_page(visit),
        urls={
            "back": reverse("overview", args=[year]),
            "here": reverse("announcement", args=[year]),
            "copy": reverse("announcement_copy", args=[year]),
            "write": reverse("announcement_write", args=[year]),
            "issue": reverse("announcement_issue", args=[year]),
            "draft": lambda language, form: reverse(
                "announcement_draft", args=[year, language, form]
            ),
            "withdraw": lambda pk: reverse("announcement_publication_withdraw", args=[year, pk]),
        },
        paper_url="announcement_paper",
        paper_args=[year],
    )


@officer_required
def write(request: HttpRequest, year: int) -> HttpResponse:
    visit = _entering(request, year)
    cycle = visit.cycle
    return pages.write_page(
        request,
        KIND,
        known.announcements_of(cycle).first(),
        cycle.body.languages,
        lambda: texts.announcement_facts(cycle),
        lambda form: actions.write_announcement(
            cycle.pk,
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            actor=visit.user,
            at=clock.now(),
        ),
        page=_page(visit),
        back=reverse("announcement", args=[year]),
        here=reverse("announcement_write", args=[year]),
        then=lambda _notice: reverse("announcement", args=[year]),
    )


@officer_required
@require_GET
def copy(request: HttpRequest, year: int) -> HttpResponse:
    visit = _entering(request, year)
    return pages.copy_page(
        request,
        _newest(visit),
        texts.announcement_facts(visit.cycle),
        page=_page(visit),
        back=reverse("announcement", args=[year]),
    )


@officer_required
def issue(request: HttpRequest, year: int) -> HttpResponse:
    visit = _entering(request, year)
    back = reverse("announcement", args=[year])
    return pages.issue_page(request, _newest(visit), visit.user, page=_page(visit), back=back)


@officer_required
@require_GET
def draft(request: HttpRequest, year: int, language: str, form: str) -> HttpResponse:
    return pages.draft_file(_newest(_entering(request, year)), language, form)


@officer_required
@require_POST
def withdraw(request: HttpRequest, year: int, publication: int) -> HttpResponse:
    visit = _entering(request, year)
    get_object_or_404(Notice, publications__pk=publication, cycle=visit.cycle, round=None)
    return pages.withdraw_and_go(
        request, publication, visit.user, reverse("announcement", args=[year])
    )
