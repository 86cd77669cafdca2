"""Remarks of observers: numbers for all officers, words for those whom they concern."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.models import RoleName
from okil.areas.elections import queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import remarks as actions
from okil.areas.elections.forms.remarks import RemarkForm
from okil.areas.elections.models import Remark, Round
from okil.areas.elections.queries import protocols as known
from okil.areas.elections.views.protocols import entering, standing_at
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused


@officer_required
def remarks(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """How many there are, from whom; posted, what they say."""
    visit, page = entering(request, year, slug, tab="remarks")
    texts: dict[int, str] = {}
    if request.method == "POST":
        try:
            texts = actions.open_remarks(visit.election.pk, actor=visit.user, at=clock.now())
        except Refused as refused:
            messages.error(request, refusals.sentence(refused))
            return HttpResponseRedirect(request.path)
    where = queries.whereabouts_of(visit.election)
    own = _own_numbers(visit)
    rows = [
        {"remark": each, "text": texts.get(each.pk, ""), "is_mine": _is_mine(each, own)}
        for each in known.remarks_of(where.round)
    ]
    is_observer = visit.is_a(RoleName.OBSERVER)
    may_read = visit.is_a(RoleName.ORGANISER) or visit.is_a(RoleName.COMMISSIONER)
    is_open = where.state in known.OPEN_FOR_REMARKS
    return render(
        request,
        "elections/remarks.html",
        {
            **page,
            **standing_at(where),
            "rows": rows,
            "texts_shown": bool(texts),
            "may_open": bool(rows) and (may_read or any(row["is_mine"] for row in rows)),
            "may_file": is_observer and is_open,
            "is_observer": is_observer,
        },
    )


def _own_numbers(visit: Visit) -> set[int]:
    group = visit.election.group_id
    return {
        each.number or 0
        for each in visit.standings
        if each.role == RoleName.OBSERVER and each.group == group
    }


def _is_mine(remark: Remark, own: set[int]) -> bool:
    return remark.role.person.number in own


@officer_required
def new(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """An observer writes down what they saw."""
    visit, page = entering(request, year, slug, tab="remarks")
    if not visit.is_a(RoleName.OBSERVER):
        raise Http404
    filed = _filed_by(visit, queries.current_round(visit.election))

    def perform(form: RemarkForm) -> None:
        actions.file_remark(
            visit.election.pk,
            text=form.cleaned_data["text"],
            filed_before=form.cleaned_data["filed_before"],
            actor=visit.user,
            at=clock.now(),
        )

    back = reverse("remarks", args=[year, slug])
    return act(
        request,
        RemarkForm(*posted(request), initial={"filed_before": filed}),
        perform,
        template="elections/remark_new.html",
        page={**page, "back": back},
        then=back,
        done=_("Your remark is filed. It is annexed to the protocol."),
    )


def _filed_by(visit: Visit, row: Round) -> int:
    return row.remarks.filter(role__person__number__in=_own_numbers(visit)).count()
