"""Meetings that chose delegates: which regions have held one, and who of them is on the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from okil.areas.elections import queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import delegates as actions
from okil.areas.elections.forms.delegates import DelegateForm, DelegatesMeetingForm, NamedForm
from okil.areas.elections.models import DelegatesMeeting, Voter
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries import delegates as chosen
from okil.areas.elections.queries.voters import closing_of
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.tickets import CONTENT_TYPES
from okil.areas.elections.views.voters import (
    A_PAGE,
    MARKS,
    TAB,
    entering,
    head_of,
    is_over,
    is_sworn,
    may_see_roll,
    on_paper,
    visit_of,
    where,
)
from okil.areas.elections.wording.voters import STATUSES, region_name
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.forms import OkilForm
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage
from okil.pure.rules.voter_form import questions_of


def _indirect_or_404(visit: Visit) -> Whereabouts:
    found = queries.whereabouts_of(visit.election)
    if not chosen.is_indirect(found.rules):
        raise Http404
    return found


@officer_required
@require_safe
def meetings(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Who sees the roll sees each meeting; everybody else with business here, how many there were."""
    visit = visit_of(request, year, slug)
    found = _indirect_or_404(visit)
    counted = chosen.counted_meetings(found.round)
    held = [each for each in counted if each.meeting.withdrawn_at is None]
    rules = found.rules or Regulation()
    regions = chosen.by_region(held, rules.regions)
    sworn = may_see_roll(visit) and is_sworn(visit)
    page = {
        **head_of(visit, found),
        "held": len(held),
        "present": sum(each.meeting.present for each in held),
        "chosen": sum(each.meeting.chosen for each in held),
        "named": sum(each.named for each in held),
        "meetings": [_shown(each) for each in counted] if sworn else [],
        "regions": [(region_name(each.region), each) for each in regions] if sworn else [],
        "empty": [region_name(each.region) for each in regions if each.is_empty],
        "sees_roll": may_see_roll(visit),
        "sworn": sworn,
        "may_record": sworn and _may_change(visit, found),
        "tabs": election_tabs(visit, TAB),
    }
    return render(request, "elections/delegates.html", page)


def _may_change(visit: Visit, found: Whereabouts) -> bool:
    return (
        visit.may("change", "voter_application")
        and found.state in actions.MAY_BE_RECORDED
        and not (found.annulled or found.suspension)
        and closing_of(found.round) is None
    )


def _shown(counted: chosen.Counted) -> dict[str, Any]:
    meeting = counted.meeting
    if meeting.withdrawn_at is not None:
        mark, word = "gap", _("withdrawn")
    elif counted.places_left:
        n = counted.places_left
        mark = "wait"
        word = ngettext("{n} not on the list yet", "{n} not on the list yet", n).format(n=n)
    else:
        mark, word = "ok", _("all on the list")
    return {
        "meeting": meeting,
        "counted": counted,
        "region": region_name(meeting.region) if meeting.region else _("of several regions"),
        "mark": mark,
        "word": word,
    }


def _meeting_at(
    request: HttpRequest, year: int, slug: str, number: int
) -> tuple[Visit, Whereabouts, chosen.Counted]:
    visit = visit_of(request, year, slug)
    if not may_see_roll(visit) or not is_sworn(visit):
        raise Http404
    found = _indirect_or_404(visit)
    its = chosen.counted_meeting(found.round, number)
    if its is None:
        raise Http404
    return visit, found, its


def _changing(
    request: HttpRequest, year: int, slug: str, number: int
) -> tuple[Visit, Whereabouts, DelegatesMeeting]:
    visit, found, its = _meeting_at(request, year, slug, number)
    if not visit.may("change", "voter_application"):
        raise Http404
    return visit, found, its.meeting


@officer_required
def meeting(request: HttpRequest, year: int, slug: str, meeting: int) -> HttpResponse:
    """One meeting and its delegates; posted, voters of the list whom its protocol names too."""
    visit, found, counted = _meeting_at(request, year, slug, meeting)
    its = counted.meeting
    here = reverse("delegates_meeting", args=[*where(visit), meeting])
    form = NamedForm(*posted(request))
    if form.is_bound and not visit.may("change", "voter_application"):
        raise Http404
    if form.is_bound and form.is_valid() and _named(request, visit, its, form):
        return HttpResponseRedirect(here)
    voters = Paginator(chosen.delegates_of(its), A_PAGE).get_page(request.GET.get("page"))
    may_change = _may_change(visit, found) and its.withdrawn_at is None
    page = {
        **head_of(visit, found),
        **_shown(counted),
        "page": voters,
        "rows": [_row(voter) for voter in voters],
        "form": form,
        "may_change": may_change,
        "back": reverse("delegates", args=where(visit)),
        "tabs": election_tabs(visit, TAB),
    }
    status = 422 if form.is_bound else 200
    return render(request, "elections/delegates_meeting.html", page, status=status)


def _named(request: HttpRequest, visit: Visit, meeting: DelegatesMeeting, form: NamedForm) -> bool:
    try:
        named = actions.name_delegates(
            meeting.pk, numbers=form.cleaned_data["numbers"], actor=visit.user, at=clock.now()
        )
    except Refused as refused:
        refusals.add_to(form, refused)
        return False
    n = len(named)
    done = ngettext(
        "{n} voter is a delegate of this meeting now.",
        "{n} voters are delegates of this meeting now.",
        n,
    )
    messages.success(request, done.format(n=n))
    return True


def _row(voter: Voter) -> dict[str, Any]:
    status = "late" if voter.is_late else voter.status
    return {
        "voter": voter,
        "region": region_name(voter.region),
        "status": STATUSES[status],
        "mark": MARKS[status],
        "is_named": voter.source == Voter.Source.MEETING,
    }


@officer_required
def record(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = entering(request, year, slug)
    _indirect_or_404(visit)
    at = clock.now()
    return act(
        request,
        DelegatesMeetingForm(*posted(request)),
        lambda form: actions.record_delegates_meeting(
            visit.election.pk, facts=form.facts(), actor=visit.user, at=at
        ),
        template="elections/form.html",
        page=on_paper(
            visit,
            title=_("Record a meeting that chose delegates"),
            lead=_(
                "Day and region are shown to delegates who register themselves, so that they can"
                " say which meeting chose them. The protocol is sealed: you and the commission open"
                " it, on the record."
            ),
            button=_("Save"),
        ),
        then=reverse("delegates", args=where(visit)),
        done=_("The meeting is recorded. Now enter its delegates."),
    )


@officer_required
def enter(request: HttpRequest, year: int, slug: str, meeting: int) -> HttpResponse:
    visit, found, its = _changing(request, year, slug, meeting)
    at = clock.now()
    asked = questions_of(found.rules or Regulation())
    initial = {
        "kind": asked.kind,
        "region": its.region,
        "consented_on": its.held_on,
    }
    here = reverse("delegates_meeting", args=[*where(visit), meeting])
    again = "again" in request.POST
    return act(
        request,
        DelegateForm(*posted(request), asked=asked.asked, initial=initial),
        lambda form: actions.enter_delegate(its.pk, facts=form.facts(), actor=visit.user, at=at),
        template="elections/voter_form.html",
        page=on_paper(
            visit,
            title=_("Enter a delegate of meeting no. {number}").format(number=meeting),
            button=_("Enter"),
            may_repeat=True,
            back=here,
            late=is_over(found.ends.get(Stage.REGISTRATION), at),
        ),
        then=reverse("delegate_enter", args=[*where(visit), meeting]) if again else here,
        done=_("The delegate is entered and waits for the commission."),
    )


@officer_required
def withdraw(request: HttpRequest, year: int, slug: str, meeting: int) -> HttpResponse:
    visit, _found, its = _changing(request, year, slug, meeting)
    return act(
        request,
        OkilForm(*posted(request)),
        lambda _form: actions.withdraw_delegates_meeting(its.pk, actor=visit.user, at=clock.now()),
        template="elections/form.html",
        page=on_paper(
            visit,
            title=_("Withdraw meeting no. {number}").format(number=meeting),
            lead=_(
                "For a meeting that was recorded by mistake. It stays in the list, marked withdrawn;"
                " its number is not given again."
            ),
            button=_("Withdraw"),
            back=reverse("delegates_meeting", args=[*where(visit), meeting]),
            is_final=True,
        ),
        then=reverse("delegates", args=where(visit)),
        done=_("The meeting is withdrawn."),
    )


@officer_required
@require_POST
def protocol(request: HttpRequest, year: int, slug: str, meeting: int) -> HttpResponse:
    """The protocol, to be kept and not shown in the page. Its file name says nothing."""
    visit, _found, counted = _meeting_at(request, year, slug, meeting)
    its = counted.meeting
    try:
        content = actions.open_delegates_protocol(its.pk, actor=visit.user, at=clock.now())
    except Refused:
        raise Http404 from None
    response = HttpResponse(content, content_type=CONTENT_TYPES[its.paper_kind])
    response["Content-Disposition"] = (
        f'attachment; filename="meeting-{its.number}.{its.paper_kind}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
