"""One application before the commission: what is known, what each member says, what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okil.areas.bodies.models import Membership, Role, RoleName
from okil.areas.bodies.queries import role_name
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import admission as actions
from okil.areas.elections.actions import candidates as applications
from okil.areas.elections.actions.candidates import Application
from okil.areas.elections.forms.admission import SettleForm, VoteForm
from okil.areas.elections.models import AdmissionVote, Candidate
from okil.areas.elections.queries import Whereabouts, voters
from okil.areas.elections.queries import admission as deciding
from okil.areas.elections.queries import candidates as known
from okil.areas.elections.queries.admission import is_member
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
from okil.areas.elections.wording.candidates import CRITERIA, CRITERIA_SOURCES, PLACES, VOTES
from okil.areas.elections.wording.voters import region_name
from okil.foundation.accounts import officer_required
from okil.foundation.web import dates, refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.reader import the_reader
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.rotation_words import text_of

OK, YOURS, BROKEN = "ok", "warn", "bad"


@officer_required
def candidate(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """Six conditions, earlier terms, votes. Posted: opened on the record, voted on, or concluded."""
    visit, found, place = candidate_at(request, year, slug, number)
    at = clock.now()
    here = reverse("candidate", args=[year, slug, number])
    wanted = request.POST.get("act", "") if request.method == "POST" else ""
    form = VoteForm(*(posted(request) if wanted == "vote" else (None, None)))
    opened: Application | None = None
    reasons: dict[int, str] = {}
    if wanted in ("application", "reasons"):
        opened, reasons = _opened(visit, found, wanted, at=at)
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
    officers = deciding.officers_about(visit.election.group, found.person_id)
    return render(
        request,
        "elections/candidate.html",
        {
            **head_of(visit, place),
            **_application(visit, found, place, opened, officers),
            **_votes(visit, found, reasons, place, officers),
            "form": form,
            "tabs": election_tabs(visit, TAB),
        },
        status=422 if form.errors else 200,
    )


def _opened(
    visit: Visit, found: Candidate, wanted: str, *, at: datetime
) -> tuple[Application | None, dict[int, str]]:
    try:
        if wanted == "reasons":
            return None, actions.open_reasons(found.pk, actor=visit.user, at=at)
        return applications.open_application(found.pk, actor=visit.user, at=at), {}
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
    opened: Application | None,
    officers: Sequence[Role],
) -> dict[str, Any]:
    held = known.memberships_held(found.person) if found.person else []
    changes = visit.may("change", "candidate_application")
    running = is_open(place.round)
    return {
        "candidate": found,
        "place": PLACES[found.place],
        "region": region_name(found.region),
        "outcome": outcome_shown(found),
        "opened": opened,
        "sealed": _sealed(opened) if opened else [],
        "barred": [role_name(role) for role in opened.barred] if opened else [],
        "conditions": _conditions(visit, found, place, held, opened, officers),
        "terms": [_term(each) for each in held],
        "may_change": changes and running and found.withdrawn_at is None,
        "may_consent": changes and found.withdrawn_at is None,
        "may_withdraw": changes and found.withdrawn_at is None and place.state in MAY_WITHDRAW,
        "may_link": running and found.outcome == Candidate.Outcome.WAITING,
    }


def _sealed(opened: Application) -> list[dict[str, str]]:
    titles = {
        "name": _("Name"),
        "contact": _("How to reach the candidate"),
        "experience": _("Experience in the community"),
        "term_history": _("Seats held before, as the candidate says"),
        "conflict": _("Own analysis of conflicts of interest"),
    }
    return [{"term": title, "value": opened.sealed[name] or "–"} for name, title in titles.items()]


# The six conditions


def _conditions(
    visit: Visit,
    found: Candidate,
    place: Whereabouts,
    held: list[Membership],
    opened: Application | None,
    officers: Sequence[Role],
) -> list[dict[str, Any]]:
    """Each with what the system knows; whether it is met, the member says."""
    known_of = {
        "signed_in_time": _in_time(found),
        "of_the_group": (
            YOURS,
            _("Yours to decide"),
            [found.organisation or _("No organisation is named. The application says more.")],
        ),
        "rotation": _rotation(visit, found, held, place.rules or Regulation()),
        "not_an_officer": _officer(visit, found, opened, officers),
        "conflict": _conflict(found),
        "documents": (
            OK,
            _("Done"),
            [
                _("Application signed on {signed}, consent of {consented}.").format(
                    signed=_day(found.signed_on) if found.signed_on else _("not yet"),
                    consented=_day(found.consented_on),
                )
            ],
        ),
    }
    return [
        {
            "title": title,
            "mark": known_of[code][0],
            "word": known_of[code][1],
            "basis": known_of[code][2],
            "source": CRITERIA_SOURCES[code],
        }
        for code, title in CRITERIA.items()
    ]


def _language() -> str:
    return (get_language() or "ru")[:2]


def _day(each: date) -> str:
    return dates.day(each, _language(), "plain", unsaid_year=the_reader().year)


def _in_time(found: Candidate) -> tuple[str, str, list[str]]:
    reader = the_reader()
    moment = dates.moment(
        found.entered_at, reader.zone, _language(), "plain", unsaid_year=reader.year
    )
    basis = [_("Entered {moment}.").format(moment=moment)]
    if found.is_late:
        return BROKEN, _("Came late"), basis
    return OK, _("Done"), basis


def _rotation(
    visit: Visit, found: Candidate, held: list[Membership], rules: Regulation
) -> tuple[str, str, list[str]]:
    if found.person is None:
        return (
            YOURS,
            _("Yours to decide"),
            [
                _(
                    "Not known here as somebody who held a seat. The application says what came before."
                )
            ],
        )
    answer = known.rotation_of(found, visit.election, held, rules)
    marks = {
        "free": (OK, _("Done")),
        "exhausted": (BROKEN, _("Too many terms")),
        "cannot_decide": (YOURS, _("Yours to decide")),
    }
    mark, word = marks[answer.answer]
    return mark, word, [text_of(reason, _language()) for reason in answer.reasons]


def _officer(
    visit: Visit, found: Candidate, opened: Application | None, officers: Sequence[Role]
) -> tuple[str, str, list[str]]:
    against = list(opened.barred) if opened else []
    if found.person is not None:
        held = [role for role in officers if role.person_id == found.person.pk]
        against += voters.roles_against(held, "candidate", visit.election.group)
    if against:
        roles = ", ".join(str(role_name(role)) for role in dict.fromkeys(against))
        return BROKEN, _("Holds a role"), [_("Named like: {roles}.").format(roles=roles)]
    if opened or found.person is not None:
        return OK, _("Done"), [_("Compared with all officers now.")]
    return OK, _("Done"), [_("Compared by name when it was entered; opening it compares again.")]


def _conflict(found: Candidate) -> tuple[str, str, list[str]]:
    if found.conflict is None:
        return YOURS, _("Yours to decide"), [_("The candidate gave no analysis.")]
    return YOURS, _("Yours to decide"), [_("The candidate's own analysis is in the application.")]


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
    reasons: dict[int, str],
    place: Whereabouts,
    officers: Sequence[Role],
) -> dict[str, Any]:
    """Who has voted; how, only for those who may see it already."""
    members = [role for role in officers if is_member(role, visit.election.group)]
    votes = deciding.votes_on(found, members)
    own = next((m.person.number for m in members if m.person.user_id == visit.user.pk), None)
    decided = found.outcome != Candidate.Outcome.WAITING
    seen = votes.seen_by(own, decided=decided)
    closing = getattr(found.round, "closing", None)
    stands = is_open(place.round) and not found.is_late and found.withdrawn_at is None
    may_decide = own is not None and visit.may("decide", "candidate_application") and stands
    return {
        "votes": [_vote(m, votes.given, seen, reasons, own) for m in members],
        "sees_votes": bool(seen),
        "reasons_shown": bool(reasons),
        "closing": closing,
        "may_vote": may_decide and closing is not None and not decided,
        "waits_for_closing": may_decide and closing is None,
        "has_voted": own in votes.given,
        "may_conclude": may_decide
        and closing is not None
        and not decided
        and votes.outcome != Candidate.Outcome.WAITING,
        "may_settle": may_decide and found.outcome == Candidate.Outcome.UNDECIDED,
        "members": len(members),
        "majority": len(members) // 2 + 1,
    }


def _vote(
    member: Role,
    given: Any,
    seen: dict[int, AdmissionVote],
    reasons: dict[int, str],
    own: int | None,
) -> dict[str, Any]:
    number = member.person.number
    vote = seen.get(number)
    return {
        "number": number,
        "organisation": member.person.organisation,
        "is_own": number == own,
        "has_voted": number in given,
        "vote": VOTES[vote.vote] if vote else "",
        "mark": {"admit": OK, "refuse": BROKEN, "undecided": YOURS}[vote.vote] if vote else "",
        "not_met": [CRITERIA[code] for code in vote.not_met] if vote else [],
        "reason": reasons.get(number, ""),
    }


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
