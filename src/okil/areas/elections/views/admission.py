"""One application before the commission: what is known, what each member says, what is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.models import Membership, Role, RoleName
from okil.areas.bodies.queries import role_name
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import admission as actions
from okil.areas.elections.actions import candidates as applications
from okil.areas.elections.actions.candidates import Application
from okil.areas.elections.forms.admission import CheckForm, SettleForm, VoteForm
from okil.areas.elections.forms.term_history import said_of
from okil.areas.elections.models import AdmissionVote, Candidate, CriterionCheck
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries import admission as deciding
from okil.areas.elections.queries import candidates as known
from okil.areas.elections.queries.admission import Votes, is_member
from okil.areas.elections.views.admission_checks import BROKEN, OK, YOURS, Looked, conditions
from okil.areas.elections.views.candidate_papers import papers_shown
from okil.areas.elections.views.candidates import (
    MAY_WITHDRAW,
    TAB,
    candidate_at,
    outcome_shown,
    refused_here,
    the_candidate,
)
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.voters import head_of, is_open, where
from okil.areas.elections.wording.admission import RELATIONS
from okil.areas.elections.wording.candidates import CRITERIA, PLACES, VOTES
from okil.areas.elections.wording.voters import region_name
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.admission import FEWEST_MEMBERS
from okil.pure.rules.regulation import Regulation


@officer_required
def candidate(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """Six conditions, earlier terms, votes. Posted: opened on the record, voted on, or concluded."""
    visit, found, place = candidate_at(request, year, slug, number)
    at = clock.now()
    here = reverse("candidate", args=[year, slug, number])
    wanted = request.POST.get("act", "") if request.method == "POST" else ""
    checks = deciding.checks_on(found)
    form = VoteForm(
        *(posted(request) if wanted == "vote" else (None, None)),
        against=any(each.state in deciding.AGAINST for each in checks.values()),
    )
    opened = Opened()
    if wanted in ("application", "reasons", "notes"):
        opened = _opened(visit, found, wanted, at=at)
    elif wanted == "vote" and form.is_valid() and _voted(visit, found, form, at=at):
        messages.success(request, _("Your vote is recorded. It can be changed until the decision."))
        return HttpResponseRedirect(here)
    elif wanted == "conclude":
        try:
            decided = actions.conclude_admission(found.pk, actor=visit.user, at=at)
        except Refused as refused:
            return refused_here(request, refused, here)
        messages.success(
            request, _("Decided: {outcome}.").format(outcome=outcome_shown(decided)["name"])
        )
        return HttpResponseRedirect(here)
    officers = deciding.officers_about(found, visit.election.group)
    return render(
        request,
        "elections/candidate.html",
        {
            **head_of(visit, place),
            **_application(visit, found, place, opened, officers, checks),
            **_votes(visit, found, opened, place, officers),
            "form": form,
            "tabs": election_tabs(visit, TAB),
        },
        status=422 if form.errors else 200,
    )


@dataclass(frozen=True)
class Opened:
    """What was sealed and is opened for this one look."""

    application: Application | None = None
    reasons: Mapping[int, str] = field(default_factory=dict)  # of votes, by the member's number
    notes: Mapping[str, str] = field(default_factory=dict)  # of checks, by the condition


def _opened(visit: Visit, found: Candidate, wanted: str, *, at: datetime) -> Opened:
    asked: dict[str, Any] = {"actor": visit.user, "at": at}
    try:
        if wanted == "reasons":
            return Opened(reasons=actions.open_reasons(found.pk, **asked))
        if wanted == "notes":
            return Opened(notes=actions.open_checks(found.pk, **asked))
        return Opened(application=applications.open_application(found.pk, **asked))
    except Refused:
        raise Http404 from None


def _voted(visit: Visit, found: Candidate, form: VoteForm, *, at: datetime) -> bool:
    try:
        actions.vote_on(found.pk, **form.cleaned_data, actor=visit.user, at=at)
    except Refused as refused:
        refusals.add_to(form, refused)
        return False
    return True


def _application(
    visit: Visit,
    found: Candidate,
    place: Whereabouts,
    opened: Opened,
    officers: Sequence[Role],
    checks: Mapping[str, CriterionCheck],
) -> dict[str, Any]:
    application, rules = opened.application, place.rules or Regulation()
    held = known.memberships_held(found.person) if found.person else []
    papers = papers_shown(found, rules)
    missing = [each["asked"] for each in papers if each["kept"] is None]
    changes = visit.may("change", "candidate_application")
    running = is_open(place.round)
    return {
        "candidate": found,
        "place": PLACES[found.place],
        "region": region_name(found.region),
        "outcome": outcome_shown(found),
        "opened": application,
        "sealed": _sealed(application) if application else [],
        "barred": [role_name(role) for role in application.barred] if application else [],
        "conditions": conditions(
            Looked(
                visit.election,
                found,
                rules,
                held,
                officers,
                missing,
                opened=application,
                checks=checks,
                notes=opened.notes,
            )
        ),
        "has_notes": bool(checks),
        "notes_shown": bool(opened.notes),
        "papers": papers,
        "terms": [_term(each) for each in held],
        "may_change": changes and running and found.withdrawn_at is None,
        "may_consent": changes and found.withdrawn_at is None,
        "may_withdraw": changes and found.withdrawn_at is None and place.state in MAY_WITHDRAW,
        "may_link": running and found.outcome == Candidate.Outcome.WAITING,
        "complaint_days": rules.complaint_days,
    }


def _sealed(opened: Application) -> list[dict[str, str]]:
    titles = {
        "name": _("Name"),
        "contact": _("How to reach the candidate"),
        "experience": _("Experience in the community"),
        "term_history": _("Seats held before, as the candidate says"),
        "conflict": _("Own analysis of conflicts of interest"),
    }
    told = {**opened.sealed, "term_history": "\n".join(said_of(opened.sealed["term_history"]))}
    return [{"term": title, "value": told[name] or "–"} for name, title in titles.items()]


def _term(each: Membership) -> dict[str, Any]:
    return {
        "membership": each,
        "position": PLACES[each.position],
        "group": each.seat.group.public_name,
    }


# The votes


def _votes(
    visit: Visit,
    found: Candidate,
    opened: Opened,
    place: Whereabouts,
    officers: Sequence[Role],
) -> dict[str, Any]:
    """Who has voted; how, only for those who may see it already."""
    members = [role for role in officers if is_member(role, visit.election.group)]
    votes = deciding.votes_among(found, members)
    own = next((m.person for m in members if m.person.user_id == visit.user.pk), None)
    number = own.number if own else None
    decided = found.outcome != Candidate.Outcome.WAITING
    seen = votes.seen_by(number, decided=decided)
    return {
        "votes": [_vote(m, votes, seen, opened.reasons, number) for m in members],
        "sees_votes": bool(seen),
        "reasons_shown": bool(opened.reasons),
        "closing": getattr(found.round, "closing", None),
        "has_voted": number in votes.given,
        "members": len(votes.deciding),
        "majority": len(votes.deciding) // 2 + 1,
        "too_few": len(votes.deciding) < FEWEST_MEMBERS <= len(members),
        "relation": RELATIONS.get(votes.related.get(number or 0, ""), ""),
        "is_the_candidate": own is not None and own.pk == found.person_id,
        **_rights(visit, found, place, votes, number),
    }


def _rights(
    visit: Visit, found: Candidate, place: Whereabouts, votes: Votes, number: int | None
) -> dict[str, bool]:
    """What the visitor, as a member of the commission, may do here now."""
    stands = is_open(place.round) and not found.is_late and found.withdrawn_at is None
    is_asked = number is not None and visit.may("decide", "candidate_application") and stands
    closed = getattr(found.round, "closing", None) is not None
    waits = found.outcome == Candidate.Outcome.WAITING
    takes_part = is_asked and number not in votes.related
    writes_down = takes_part or (is_asked and not votes.deciding)
    return {
        "may_check": takes_part and waits,
        "may_vote": takes_part and waits and closed,
        "may_declare": takes_part and waits,
        "may_take_back": is_asked and waits and number in votes.related,
        "may_see_notes": number not in votes.related or not waits,
        "waits_for_closing": takes_part and not closed,
        "may_conclude": writes_down
        and closed
        and waits
        and votes.outcome != Candidate.Outcome.WAITING,
        "may_settle": writes_down and found.outcome == Candidate.Outcome.UNDECIDED,
    }


def _vote(
    member: Role,
    votes: Votes,
    seen: Mapping[int, AdmissionVote],
    reasons: Mapping[int, str],
    own: int | None,
) -> dict[str, Any]:
    number = member.person.number
    vote = seen.get(number)
    return {
        "number": number,
        "organisation": member.person.organisation,
        "is_own": number == own,
        "is_related": number in votes.related,
        "has_voted": number in votes.given,
        "vote": VOTES[vote.vote] if vote else "",
        "mark": {"admit": OK, "refuse": BROKEN, "undecided": YOURS}[vote.vote] if vote else "",
        "not_met": [CRITERIA[code] for code in vote.not_met] if vote else [],
        "reason": reasons.get(number, ""),
    }


@officer_required
def check(request: HttpRequest, year: int, slug: str, number: int, criterion: str) -> HttpResponse:
    """What the commission found out on one condition, written by one of its members."""
    visit, found = the_candidate(request, year, slug, number)
    if not visit.is_a(RoleName.COMMISSIONER) or criterion not in CRITERIA:
        raise Http404
    written = deciding.checks_on(found).get(criterion)
    here = reverse("candidate", args=[*where(visit), number])
    return act(
        request,
        CheckForm(
            *posted(request),
            initial={"state": written.state, "due_on": written.due_on} if written else None,
        ),
        lambda form: actions.check_criterion(
            found.pk,
            criterion=criterion,
            **form.cleaned_data,
            actor=visit.user,
            at=clock.now(),
        ),
        template="elections/form.html",
        page={
            "title": _("Candidate no. {number}: {condition}").format(
                number=number, condition=CRITERIA[criterion]
            ),
            "lead": _("What you found together; each member's vote stays their own."),
            "note": _("It takes the place of what was written before.") if written else "",
            "button": _("Write it down"),
            "back": here,
            "tabs": election_tabs(visit, TAB),
        },
        then=f"{here}#check",
        done=_("Written down."),
    )


@officer_required
def settle(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """What the commission could not decide, the group's own body did."""
    visit, found = the_candidate(request, year, slug, number)
    if not visit.is_a(RoleName.COMMISSIONER):
        raise Http404
    here = reverse("candidate", args=[*where(visit), number])
    return act(
        request,
        SettleForm(*posted(request)),
        lambda form: actions.settle_admission(
            found.pk,
            admitted=form.cleaned_data["admitted"] == "yes",
            decision=form.facts(),
            actor=visit.user,
            at=clock.now(),
        ),
        template="elections/form.html",
        page={
            "title": _("What the group decided on candidate no. {number}").format(number=number),
            "lead": _("The commission had no majority, so the group's own body decided."),
            "button": _("Record the decision"),
            "back": here,
            "tabs": election_tabs(visit, TAB),
        },
        then=here,
        done=_("Recorded."),
    )
