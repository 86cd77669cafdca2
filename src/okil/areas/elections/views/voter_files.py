"""Voters from a file: shown as it is understood, and taken over when the same file is chosen again.

Nothing of the file stays here between the two: it holds the names of people.
"""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from okil.areas.elections import queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions.voters import enter_voters
from okil.areas.elections.forms.voter_files import MOST_WRONG, VoterFileForm
from okil.areas.elections.models import Voter
from okil.areas.elections.views.voters import (
    compare,
    entering,
    is_over,
    line_shown,
    on_paper,
    usual_kind,
    where,
)
from okil.areas.elections.wording.voter_files import HEADS
from okil.areas.elections.wording.voters import REGIONS, SOURCES
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage

LINES_SHOWN = 20


@officer_required
def voters_file(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = entering(request, year, slug)
    at = clock.now()
    found = queries.whereabouts_of(visit.election)
    zone = ZoneInfo(visit.election.cycle.body.time_zone)
    form = VoterFileForm(
        *posted(request),
        today=at.astimezone(zone).date(),
        initial={"kind": usual_kind(found.rules or Regulation())},
    )
    is_read = form.is_bound and form.is_valid()
    if is_read:
        compare(form, visit.election, found.round)
        if _is_meant(request, form) and _taken_over(request, visit, form, at=at):
            return HttpResponseRedirect(reverse("voters", args=where(visit)))
    wrong = sum(bool(line.mistakes) for line in form.lines)
    return render(
        request,
        "elections/voters_file.html",
        on_paper(
            visit,
            form=form,
            **(_preview(form, wrong) if is_read else {}),
            is_another=is_read and _is_another(request, form),
            late=is_over(found.ends.get(Stage.REGISTRATION), at),
            regions=REGIONS.values(),
        ),
        status=422 if form.is_bound and (form.errors or wrong) else 200,
    )


def _is_meant(request: HttpRequest, form: VoterFileForm) -> bool:
    return request.POST.get("act") == "take" and form.was_seen and not form.has_mistakes


def _is_another(request: HttpRequest, form: VoterFileForm) -> bool:
    return request.POST.get("act") == "take" and not form.was_seen


def _taken_over(request: HttpRequest, visit: Visit, form: VoterFileForm, *, at: datetime) -> bool:
    try:
        entered = enter_voters(
            visit.election.pk, facts=form.facts(), way=Voter.Way.FILE, actor=visit.user, at=at
        )
    except Refused as refused:
        refusals.add_to(form, refused)
        return False
    n = len(entered)
    done = ngettext("{n} voter is entered.", "{n} voters are entered.", n)
    messages.success(request, done.format(n=n))
    return True


def _preview(form: VoterFileForm, wrong: int) -> dict[str, Any]:
    """The first lines that can be read, and the mistakes of the others; never all of a long file."""
    sound = [line for line in form.lines if not line.mistakes]
    return {
        "is_read": True,
        "size": len(form.lines),
        "wrong": wrong,
        "is_cut": form.is_cut,
        "mistaken": [line for line in form.lines if line.mistakes][:MOST_WRONG],
        "lines": [line_shown(line) for line in sound[:LINES_SHOWN]],
        "more": max(0, len(sound) - LINES_SHOWN),
        "columns": [HEADS[column] for column in HEADS if column in form.heads],
        "left_out": form.left_out,
        "namesakes": [line.number for line in form.lines if line.warnings][:MOST_WRONG],
        "nameless": sum(not name for name in form.names),
    }


@officer_required
@require_safe
def empty_table(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """To be filled in: the headings in the reader's language, and one line that shows how."""
    entering(request, year, slug)
    written = StringIO()
    sheet = csv.writer(written, delimiter=";")
    sheet.writerow([str(head) for head in HEADS.values()])
    region, source = REGIONS["KZ-71"], SOURCES["own_word"]
    sheet.writerow(["1", _("Pseudonym"), region, "", source, "1.9.2024", "", ""])
    response = HttpResponse(
        written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="table.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
