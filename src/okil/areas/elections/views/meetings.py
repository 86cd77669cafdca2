"""Meetings of the commission: when, where, how many; the minutes on demand, on the record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.queries import role_name
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import meetings as actions
from okil.areas.elections.documents.meetings import MINUTES
from okil.areas.elections.forms.meetings import MeetingForm
from okil.areas.elections.forms.officers import SeenForm
from okil.areas.elections.models import Meeting
from okil.areas.elections.queries.meetings import meetings_of
from okil.areas.elections.queries.officers import newest_paper, newest_papers, officers_in
from okil.areas.elections.views.officers import files_shown, page_of
from okil.areas.elections.wording.meetings import MEETING_KINDS
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused


def _entering(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    sees = visit.may("see", "commission_meetings") or visit.may("see_counts", "commission_meetings")
    if not sees:
        raise Http404
    return visit


@officer_required
def meetings(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """That they met, everybody in the workspace may know; what was said, commission and organiser."""
    visit = _entering(request, year, slug)
    found = list(meetings_of(visit.election))
    reads = visit.may("see", "commission_meetings")
    issued = newest_papers(MINUTES, found) if reads else {}
    return render(
        request,
        "elections/meetings.html",
        {
            **page_of(visit),
            "meetings": [
                {
                    "meeting": each,
                    "kind": MEETING_KINDS[each.kind],
                    "present": len(each.present.all()),
                    "files": files_shown(issued.get(each.pk), "officers_paper", [year, slug]),
                }
                for each in found
            ],
            "reads": reads,
            "may_record": visit.may("change", "commission_meetings"),
        },
    )


@officer_required
def minutes(request: HttpRequest, year: int, slug: str, meeting: int) -> HttpResponse:
    """One meeting; posted, the same page with its minutes, once, and on the record."""
    at = clock.now()
    visit = _entering(request, year, slug)
    if not visit.may("see", "commission_meetings"):
        raise Http404
    found = get_object_or_404(Meeting.objects.defer("minutes"), pk=meeting, election=visit.election)
    opened = ""
    if request.method == "POST":
        try:
            opened = actions.open_minutes(found.pk, actor=visit.user, at=at)
        except Refused as refused:
            messages.error(request, refusals.sentence(refused))
            return HttpResponseRedirect(reverse("undertakings", args=[year, slug]))
    return render(
        request,
        "elections/meeting.html",
        {
            **page_of(visit),
            "meeting": found,
            "kind": MEETING_KINDS[found.kind],
            "present": [
                {"role_name": role_name(role.role), "number": role.person.number}
                for role in found.present.select_related("person").order_by("role", "pk")
            ],
            "minutes": opened.split("\n\n") if opened else [],
            "may_issue": visit.may("change", "commission_meetings"),
        },
    )


def _recording(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "commission_meetings"):
        raise Http404
    return visit


@officer_required
def record(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    at = clock.now()
    visit = _recording(request, year, slug)
    back = reverse("meetings", args=[year, slug])
    officers = [each.role for each in officers_in(visit.election)]
    form = MeetingForm(
        *posted(request), zone=visit.election.cycle.body.time_zone, officers=officers
    )

    def perform(form: MeetingForm) -> None:
        given: dict[str, Any] = form.cleaned_data
        actions.record_meeting(visit.election.pk, **given, actor=visit.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Record a meeting"),
            "lead": _(
                "Commission and organiser read the minutes, nobody else; the others see that you met. "
                "What is saved stays as it is: a correction is the business of the next meeting."
            ),
            "button": _("Save"),
            "back": back,
            **page_of(visit),
        },
        then=back,
        done=_("The meeting is recorded."),
    )


@officer_required
def issue(request: HttpRequest, year: int, slug: str, meeting: int) -> HttpResponse:
    visit = _recording(request, year, slug)
    found = get_object_or_404(Meeting.objects.defer("minutes"), pk=meeting, election=visit.election)
    newest = newest_paper(MINUTES, found)
    back = reverse("meetings", args=[year, slug])
    return act(
        request,
        SeenForm(*posted(request), initial={"seen": newest.version if newest else 0}),
        lambda form: actions.issue_minutes(
            found.pk, seen=form.cleaned_data["seen"], actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page={
            "title": _("Issue the minutes"),
            "lead": _(
                "As PDF and as DOCX, with a number and with names, to be signed by hand. Both are "
                "kept sealed; each opening is recorded."
            ),
            "button": _("Issue the paper"),
            "back": back,
            **page_of(visit),
        },
        then=back,
        done=_("The paper is issued."),
    )
