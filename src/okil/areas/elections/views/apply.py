"""The form by which a candidate applies; the ticket is shown in the answer, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from okil.areas.elections import queries
from okil.areas.elections.actions import applications as actions
from okil.areas.elections.forms.applications import ApplicationForm
from okil.areas.elections.forms.registration import is_mail_address
from okil.areas.elections.models import Candidate, Election
from okil.areas.elections.queries import Whereabouts, lists
from okil.areas.elections.queries.registration import Window, window_of
from okil.areas.elections.views.candidates import as_everybody_reads
from okil.areas.elections.views.registration import told_before
from okil.areas.elections.views.term_history import terms_answer
from okil.areas.elections.views.tickets import for_one_reader, new_ticket, shown
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.rotation import EXHAUSTED
from okil.pure.rules.stages import Stage, State
from okil.pure.rules.voter_form import questions_of

# A whole mobile network may share one address.
APPLIED = {"apply": "60/1h/ip,600/1h/key"}


@sensitive_post_parameters()
@sensitive_variables()
def apply(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The form while registration is open, else when it is. What is sent late is kept, and marked.

    Terms and preview are looked at without anything being stored.
    """
    election, found = public_election(year, slug)
    at = clock.now()
    window = window_of(found, at=at)
    act = request.POST.get("act", "apply") if request.method == "POST" else ""
    if act in ("", "begin") and window is not Window.OPEN:
        return render(request, "elections/apply_closed.html", closed(found, window))
    form = form_for(request, found, is_posted=act not in ("", "begin"))
    page = {"election": election, "form": form, **_about(found)}
    if form.is_bound:
        page |= _looked_at(form, found, act)
        if form.is_valid() and act == "apply" and not page.get("holds"):
            answer = _applied(request, found, form, at=at)
            if answer is not None:
                return answer
    is_refused = form.is_bound and bool(form.errors)
    return render(request, "elections/apply.html", page, status=422 if is_refused else 200)


def public_election(year: int, slug: str) -> tuple[Election, Whereabouts]:
    elections = Election.objects.select_related("cycle__body", "group__body")
    election = get_object_or_404(elections, cycle__year=year, group__slug=slug)
    return election, queries.whereabouts_of(election)


def form_for(request: HttpRequest, found: Whereabouts, *, is_posted: bool) -> ApplicationForm:
    """Bound to what was posted, or new; who comes from a nomination brings its secret and its place."""
    said = request.POST
    asked = {
        "places": lists.places_for(found.round, found.rules or Regulation()),
        "languages": found.election.cycle.body.languages,
    }
    if is_posted:
        return ApplicationForm(said, **asked)
    begun = {name: said[name] for name in ("nomination", "place") if name in said}
    return ApplicationForm(initial=begun, **asked)


def _about(found: Whereabouts) -> dict[str, Any]:
    """What stands before the first field."""
    rules = found.rules or Regulation()
    papers = rules.candidate_documents if rules.candidate_papers == "form_and_listed" else ()
    return {
        "ends_at": found.ends.get(Stage.REGISTRATION),
        "criteria": rules.criteria,
        "papers": papers,
        "has_regulation": found.rules is not None,
        **told_before(found, questions_of(rules)),
    }


def _looked_at(form: ApplicationForm, found: Whereabouts, act: str) -> dict[str, Any]:
    """The answer on terms where there is one, and the preview. An application whose terms are exhausted is
    held once, so that nobody learns of it after they sent it."""
    form.is_valid()
    page: dict[str, Any] = {}
    place, history = form.cleaned_data.get("place"), form.cleaned_data.get("term_history", "")
    if act == "check":
        _only(form, "place", "term_history")
    if place and "term_history" not in form.errors and (history or act == "check"):
        terms = terms_answer(history, found.election, found.rules or Regulation(), place=place)
        is_unread = act == "apply" and form.data.get("terms_seen") != EXHAUSTED
        page |= {"terms": terms, "holds": is_unread and terms["code"] == EXHAUSTED}
    if act == "preview" and form.is_valid():
        page["shown"] = as_everybody_reads(form, 0)
    return page


def _only(form: ApplicationForm, *names: str) -> None:
    """Who asks about one thing is not told what is missing elsewhere."""
    for name in [each for each in form.errors if each not in names]:
        del form.errors[name]


def _applied(
    request: HttpRequest, found: Whereabouts, form: ApplicationForm, *, at: datetime
) -> HttpResponse | None:
    """The ticket; nothing if it was refused, and the form says why."""
    election = found.election
    if not within_limits(request, "apply", APPLIED, election, form):
        return None
    ticket = new_ticket()
    try:
        candidate = actions.apply_as_candidate(
            election.pk,
            facts=form.facts(),
            consents=form.consents(),
            pseudonym=form.cleaned_data["pseudonym"],
            once=form.cleaned_data["once"],
            nomination=form.cleaned_data["nomination"],
            ticket=ticket,
            at=at,
        )
    except Refused as refused:
        refusals.add_to(form, refused)
        return None
    has_mail = is_mail_address(form.cleaned_data["contact"])
    page = {**ticket_page(candidate, ticket, found), "is_own": True, "has_mail": has_mail}
    return for_one_reader(render(request, "elections/apply_ticket.html", page))


def ticket_page(candidate: Candidate, ticket: str, found: Whereabouts) -> dict[str, Any]:
    """What `elections/apply_ticket.html` shows."""
    return {
        "election": found.election,
        "candidate": candidate,
        "ticket": shown(ticket),
        "closes_at": found.ends.get(Stage.REGISTRATION),
    }


def within_limits(
    request: HttpRequest, action: str, limits: dict[str, str], election: Election, form: Any
) -> bool:
    used = ratelimit.consume(
        request, app="okil", action=action, config=limits, key=str(election.pk)
    )
    if used is None:
        form.add_error(
            None,
            _(
                "Very much is sent from here at this moment. Try again in a few minutes, or go to the"
                " organiser: what you typed stays here."
            ),
        )
    return used is not None


def closed(found: Whereabouts, window: Window) -> dict[str, Any]:
    dates = found.dates.get(Stage.REGISTRATION)
    return {
        "election": found.election,
        "window": str(window),
        "begins_at": dates.begins_at if dates else None,
        "ends_at": dates.ends_at if dates else None,
        "may_complain": found.state not in (State.PREPARATION, State.CONCLUDED),
    }
