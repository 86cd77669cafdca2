"""The own page of a candidate: opened on /my/ by a candidate's ticket, which opens no booth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from okil.areas.elections import queries
from okil.areas.elections.models import Candidate
from okil.areas.elections.views import candidate_papers, candidate_questions
from okil.areas.elections.views import my_candidate_acts as acts
from okil.areas.elections.views import my_candidate_decision as decision
from okil.areas.elections.views import several_roles_my as crossings
from okil.areas.elections.views.candidates import outcome_of
from okil.areas.elections.views.my_candidate_page import Look, MyCandidate, Part, Scene, page_of
from okil.areas.elections.views.registration import destroyed_when
from okil.areas.elections.wording.applications import OWN_OUTCOMES
from okil.areas.elections.wording.candidates import PLACES
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage

MARKS = {
    "waiting": "wait",
    "admitted": "ok",
    "refused": "bad",
    "undecided": "warn",
    "withdrawn": "gap",
    "late": "warn",
}

# Each button's `act`, and what it does.
SCENES: dict[str, Scene] = {
    "open": acts.open_own,
    "print": acts.print_own,
    "copy": acts.copy,
    "mail": acts.mail,
    "correct": acts.correct,
    "save": acts.correct,
    "sign": acts.sign,
    "sign_now": acts.sign,
    "consents": acts.consents,
    "consents_preview": acts.consents,
    "consents_save": acts.consents,
    "withdraw": acts.withdraw,
    "confirm": acts.confirm,
    crossings.ACT: crossings.candidate_answers,
    **candidate_papers.SCENES,
    **candidate_questions.SCENES,
    **decision.SCENES,
}
# The parts of the page, in order: a template, and who gathers its facts.
PARTS: dict[str, Part] = {
    "elections/_my_candidate_decision.html": decision.own_decision,
    "elections/_my_crossing.html": crossings.asked_of_candidate,
    "elections/_my_candidate_own.html": acts.own_part,
    "elections/_my_candidate_papers.html": candidate_papers.own_papers,
    "elections/_my_candidate_questions.html": candidate_questions.own_questions,
}


@sensitive_variables()
def opened(request: HttpRequest, ticket: str, candidate: Candidate) -> HttpResponse:
    """What the holder of the ticket sees or does; `views.my` found whose it is."""
    mine = MyCandidate(ticket, candidate, queries.whereabouts_of(candidate.election), clock.now())
    scene = SCENES.get(request.POST.get("act", ""), _look)
    try:
        answer = scene(request, mine)
    except Refused as refused:
        answer = Look(mine, refused=refusals.sentence(refused))
    return _shown(request, answer) if isinstance(answer, Look) else answer


def _look(_request: HttpRequest, mine: MyCandidate) -> Look:
    return Look(mine)


def _shown(request: HttpRequest, look: Look) -> HttpResponse:
    mine = look.mine
    page = {
        **page_of(mine),
        "done": look.done,
        "refused": look.refused,
        **_state(mine),
        "parts": _parts(mine, look.more),
    }
    status = 422 if look.refused else 200
    return render(request, "elections/my_candidate.html", page, status=status)


def _state(mine: MyCandidate) -> dict[str, Any]:
    """Number and state; what is sealed stays so until it is asked for."""
    outcome = outcome_of(mine.candidate)
    return {
        "status": OWN_OUTCOMES[outcome],
        "mark": MARKS[outcome],
        "place": PLACES[mine.candidate.place],
        "may_change": mine.may_change,
        "registration_ends_at": mine.found.ends.get(Stage.REGISTRATION),
        "voting": mine.found.dates.get(Stage.VOTING),
        "destroyed": destroyed_when(mine.rules.personal_data_months),
    }


def _parts(mine: MyCandidate, more: Mapping[str, Any]) -> list[dict[str, Any]]:
    gathered = ((template, gather(mine, more)) for template, gather in PARTS.items())
    return [{"template": name, "facts": facts} for name, facts in gathered if facts is not None]
