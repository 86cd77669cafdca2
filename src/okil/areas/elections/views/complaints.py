"""Complaints: anybody files one, everybody reads what became of it, those who took no part decide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.bodies.models import Role
from okil.areas.bodies.queries import role_name
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import complaints as actions
from okil.areas.elections.forms.complaints import (
    ComplaintDecisionForm,
    ComplaintForm,
    ComplaintOnPaperForm,
    ConcernedForm,
)
from okil.areas.elections.models import Complaint, Election, Round
from okil.areas.elections.queries import complaints as filed
from okil.areas.elections.queries.complaints import Happened
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording.complaints import ACTS, BY, EFFECTS, STATUSES
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.forms import answer_with_note
from okil.foundation.web.templatetags.okil import day
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

# A hall full of people may share one address; one who types all day is slowed down.
FILED = {"complaint": "20/1h/ip"}
MARKS = {"waiting": "wait", "decided": "ok", "withdrawn": "stop"}


def _election(year: int, slug: str) -> Any:
    """With the state of its newest round."""
    newest = Round.objects.filter(election=OuterRef("pk")).order_by("-number")
    elections = Election.objects.select_related("cycle__body", "group")
    return get_object_or_404(
        elections.annotate(state=Subquery(newest.values("state")[:1])),
        cycle__year=year,
        group__slug=slug,
    )


# For everybody


def complain(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The form, for a voter, a candidate or an observer; nobody signs in for it."""
    election = _election(year, slug)
    at = clock.now()
    adopted = filed.adopted_by(election)
    happened = filed.acts_under(adopted, election, at=at)
    form = ComplaintForm(*posted(request), acts=_choices(happened, at=at))
    if request.method == "POST" and form.is_valid():
        if ratelimit.consume(request, app="okil", action="complaint", config=FILED) is None:
            form.add_error(None, _("Too many complaints came from this connection: wait an hour."))
        else:
            try:
                complaint = actions.file_complaint(
                    election.pk, facts=form.facts(), once=form.cleaned_data["once"], at=at
                )
            except Refused as refused:
                refusals.add_to(form, refused)
            else:
                return HttpResponseRedirect(
                    reverse("public_complaint", args=[year, slug, complaint.number])
                )
    return render(
        request,
        "elections/complain.html",
        {
            "election": election,
            "form": form,
            "may_complain": any(each.is_open(at) for each in happened),
            "stops": filed.ground_in(adopted) is not None,
            "is_over": election.state == State.CONCLUDED,
        },
        status=422 if form.is_bound else 200,
    )


def _choices(happened: list[Happened], *, at: datetime) -> list[tuple[str, Any]]:
    """Each act with the last day to complain about it; one that is over says so and is refused."""
    several = len({each.round.pk for each in happened}) > 1
    return [
        (
            each.key,
            answer_with_note(_name(each, several), _until(each, at=at)),
        )
        for each in happened
    ]


def _name(happened: Happened, several_rounds: bool) -> str:
    name = str(ACTS[happened.act])
    if not several_rounds:
        return name
    return _("{act} (round {number})").format(act=name, number=happened.round.number)


def _until(happened: Happened, *, at: datetime) -> str:
    facts = {"on": day(happened.on), "last_on": day(happened.last_on)}
    if happened.last_on is None:
        words = _("{on}. The regulation names no term: until the election is concluded.")
    elif happened.is_open(at):
        words = _("{on}. Last day to complain: {last_on}.")
    else:
        words = _("{on}. The last day to complain was {last_on}.")
    return words.format(**facts)


def public_complaints(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """All complaints of an election in their published form."""
    election = _election(year, slug)
    found = [shown(each) for each in filed.complaints_of(election)]
    return render(
        request, "elections/public_complaints.html", {"election": election, "complaints": found}
    )


def public_complaint(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """What everybody reads of a complaint; whoever filed it sees here that it arrived."""
    election = _election(year, slug)
    complaint = get_object_or_404(filed.complaints_of(election), number=number)
    return render(
        request,
        "elections/public_complaint.html",
        {"election": election, "complaint": shown(complaint)},
    )


def shown(complaint: Complaint) -> dict[str, Any]:
    """The published form: act, days, effect, reasons; nothing of who complained."""
    status = "decided" if complaint.decided_at else "waiting"
    if complaint.withdrawn_at is not None:
        status = "withdrawn"
    return {
        "row": complaint,
        "number": complaint.number,
        "act": ACTS[complaint.act],
        "status": STATUSES[status],
        "kind": MARKS[status],
        "effect": EFFECTS.get(complaint.effect, ""),
    }


# For officers


@officer_required
def complaints(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """That there are complaints, and who decides; what they say is opened one by one."""
    visit = access.election_for(request.user, year, slug)
    officers = filed.officers_of(visit.election)
    return render(
        request,
        "elections/complaints.html",
        {
            **_head(visit),
            "complaints": [
                {**shown(each), "is_mine": _is_mine(visit, each, officers)}
                for each in filed.complaints_of(visit.election)
            ],
            "may_enter": _may_enter(visit),
            "days": filed.days_of(visit.election),
        },
    )


def _head(visit: Visit) -> dict[str, Any]:
    """Without what the next move needs: complaints are settled whatever it is."""
    return {
        "election": visit.election,
        "capacities": [role_name(role) for role in visit.roles()],
        "tabs": election_tabs(visit, "complaints"),
    }


def _numbers(visit: Visit) -> set[int]:
    return {held.number for held in visit.standings if held.number is not None}


def _may_enter(visit: Visit) -> bool:
    return visit.is_a("commissioner") or visit.is_a("organiser")


def _is_mine(visit: Visit, complaint: Complaint, officers: list[Role]) -> bool:
    """Is the visitor one of those who decide about it?"""
    deciding = {role.person.number for role in filed.deciders(complaint, officers)}
    return bool(deciding & _numbers(visit))


def _complaint(
    request: HttpRequest, year: int, slug: str, number: int
) -> tuple[Visit, Complaint, list[Role]]:
    visit = access.election_for(request.user, year, slug)
    complaint = get_object_or_404(filed.complaints_of(visit.election), number=number)
    return visit, complaint, filed.officers_of(visit.election)


def _own_complaint(
    request: HttpRequest, year: int, slug: str, number: int
) -> tuple[Visit, Complaint, list[Role]]:
    """One that the visitor decides about; for the others these pages are not there."""
    visit, complaint, officers = _complaint(request, year, slug, number)
    if not _is_mine(visit, complaint, officers):
        raise Http404
    return visit, complaint, officers


@officer_required
def complaint(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """One complaint; posted by somebody who decides, the same page with what it says."""
    visit, found, officers = _complaint(request, year, slug, number)
    at = clock.now()
    opened = None
    if request.method == "POST":
        try:
            opened = actions.open_complaint(found.pk, actor=visit.user, at=at)
        except Refused as refused:
            messages.error(request, refusals.sentence(refused))
            return HttpResponseRedirect(request.path)
    deciding = filed.deciders(found, officers)
    is_waiting = filed.is_waiting(found)
    return render(
        request,
        "elections/complaint.html",
        {
            **_head(visit),
            "complaint": shown(found),
            "by": BY[found.by],
            "opened": opened,
            "is_found": filed.is_found(found, opened["name"]) if opened else None,
            "deciding": [_officer(role) for role in deciding],
            "concerned": found.concerned,
            "is_mine": _is_mine(visit, found, officers),
            "is_waiting": is_waiting,
            "may_stop": is_waiting
            and not found.suspends
            and filed.ground_for_stopping(visit.election) is not None,
        },
    )


def _officer(role: Role) -> dict[str, Any]:
    return {"name": role_name(role.role), "number": role.person.number}


@officer_required
def enter(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """A complaint that came on paper."""
    visit = access.election_for(request.user, year, slug)
    if not _may_enter(visit):
        raise Http404
    at = clock.now()
    happened = filed.acts_of(visit.election, at=at)
    form = ComplaintOnPaperForm(*posted(request), acts=_choices(happened, at=at))

    def perform(form: ComplaintOnPaperForm) -> None:
        actions.enter_complaint(
            visit.election.pk,
            facts=form.facts(),
            received_on=form.cleaned_data["received_on"],
            actor=visit.user,
            at=at,
        )

    return _act(
        request,
        visit,
        form,
        perform,
        then=reverse("complaints", args=[year, slug]),
        title=_("Enter a complaint received on paper"),
        lead=_(
            "Only if you took no part in what it is about. Otherwise hand the paper, unread, to "
            "somebody who did not."
        ),
        button=_("Enter the complaint"),
        done=_("The complaint is entered."),
    )


@officer_required
def concerned(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found, officers = _own_complaint(request, year, slug, number)
    others = [role for role in officers if role.person.number not in found.concerned]
    form = ConcernedForm(
        *posted(request),
        officers=[
            (
                str(role.person.number),
                _("{role}, person no. {number}").format(
                    role=role_name(role.role), number=role.person.number
                ),
            )
            for role in others
        ],
    )

    def perform(form: ConcernedForm) -> None:
        actions.name_concerned(
            found.pk, numbers=form.cleaned_data["numbers"], actor=visit.user, at=clock.now()
        )

    return _act(
        request,
        visit,
        form,
        perform,
        # Whoever names themselves has no business with it any more, but may see that it exists.
        then=reverse("complaint", args=[year, slug, number]),
        title=_("Who else took part"),
        lead=_("The journal tells who did the act. Name here who took part in another way."),
        button=_("Save"),
        done=_("Saved."),
    )


@officer_required
@require_POST
def take_up(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found, _officers = _own_complaint(request, year, slug, number)
    try:
        actions.take_up(found.pk, actor=visit.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, _("The election stops until this complaint is decided."))
    return HttpResponseRedirect(reverse("complaint", args=[year, slug, number]))


@officer_required
@require_POST
def withdraw(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found, _officers = _own_complaint(request, year, slug, number)
    try:
        actions.withdraw_complaint(found.pk, actor=visit.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, _("The complaint is withdrawn."))
    return HttpResponseRedirect(reverse("complaint", args=[year, slug, number]))


@officer_required
def decide(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found, _officers = _own_complaint(request, year, slug, number)
    form = ComplaintDecisionForm(*posted(request))

    def perform(form: ComplaintDecisionForm) -> None:
        actions.decide_complaint(
            found.pk,
            effect=form.cleaned_data["effect"],
            reasons=form.cleaned_data["reasons"],
            decision=form.facts(),
            actor=visit.user,
            at=clock.now(),
        )

    return _act(
        request,
        visit,
        form,
        perform,
        then=reverse("complaint", args=[year, slug, number]),
        title=_("Decision on complaint no. {number}").format(number=number),
        lead=_(
            "Enter what the body decided that the regulation names for complaints. Effect and reasons "
            "are published at once; it cannot be undone."
        ),
        button=_("Enter and publish the decision"),
        done=_("The decision is entered and published."),
    )


def _act(
    request: HttpRequest,
    visit: Visit,
    form: Any,
    perform: Any,
    *,
    then: str,
    title: str,
    lead: str,
    button: str,
    done: str,
) -> HttpResponse:
    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": title,
            "lead": lead,
            "button": button,
            "back": then,
            "tabs": election_tabs(visit, "complaints"),
        },
        then=then,
        done=done,
    )
