"""Questions to candidates: asked on a voter's own page, answered on the candidate's, read by everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from okil.areas.elections import access, queries
from okil.areas.elections.actions import candidate_questions as actions
from okil.areas.elections.forms.candidate_questions import AnswerForm, NumberForm, QuestionForm
from okil.areas.elections.models import CandidateQuestion, Election, Voter
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries import candidate_questions as asked
from okil.areas.elections.queries.candidates import shown_names
from okil.areas.elections.views.my_candidate_page import MyCandidate, Scene, page_of
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.voters import is_sworn, where
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage
from okil.pure.rules.tickets import check_of, shown_ticket

ASKED = {
    "ask-candidate": "3/1d/key"
}  # of the ticket nothing is stored but its check, hashed once more
PAIRS_ON_A_PAGE = 15


class Asking(Protocol):
    """A voter's own page at one moment (`views.my.Mine`)."""

    @property
    def ticket(self) -> str: ...
    @property
    def voter(self) -> Voter: ...
    @property
    def found(self) -> Whereabouts: ...
    @property
    def at(self) -> datetime: ...


# The voter


def asking(mine: Asking) -> dict[str, Any]:
    """For a voter's own page: whether it offers to ask."""
    return {"may_ask": asked.may_ask(mine.voter, mine.found, at=mine.at)}


@sensitive_variables()
def ask(request: HttpRequest, mine: Asking) -> HttpResponse | str:
    """The form; when a question went out, the sentence that says so."""
    if not asked.is_on_roll(mine.voter, mine.found.round):
        raise Refused("question-not-by-voter")
    if not asked.asking_is_open(mine.found, at=mine.at):
        raise Refused("questions-not-open")
    sending = request.POST.get("act") == "ask-send"
    candidates = list(asked.on_the_list(mine.found.round))
    names = shown_names(candidates)
    form = QuestionForm(
        request.POST if sending else None,
        candidates=[(each.number, _called(each.number, names[each.pk])) for each in candidates],
    )
    if form.is_bound and form.is_valid() and _within_limit(request, mine, form):
        try:
            actions.ask_candidate(
                mine.ticket,
                number=form.cleaned_data["candidate"],
                text=form.cleaned_data["text"],
                at=mine.at,
            )
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            return _(
                "Your question went to the candidate. It is read with its answer, or by nobody."
            )
    page = {
        "ticket": shown_ticket(mine.ticket),
        "election": mine.voter.election,
        "form": form,
        "candidates": candidates,
        "ends_at": mine.found.ends.get(Stage.VOTING),
    }
    return render(request, "elections/my_ask.html", page, status=422 if sending else 200)


def _called(number: int, name: str) -> str:
    if not name:
        return _("no. {number}").format(number=number)
    return _("no. {number}, {name}").format(number=number, name=name)


def _within_limit(request: HttpRequest, mine: Asking, form: QuestionForm) -> bool:
    key = check_of(mine.ticket)
    used = ratelimit.consume(request, app="okil", action="ask-candidate", config=ASKED, key=key)
    if used is None:
        form.add_error(None, _("You asked three times today: ask again tomorrow."))
    return used is not None


# The candidate


def own_questions(mine: MyCandidate, _more: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """For `elections/_my_candidate_questions.html`; nothing before the list is published."""
    candidate = mine.candidate
    if candidate.listed_at is None or candidate.withdrawn_at is not None:
        return None
    return {
        "counted": asked.counted(candidate),
        "is_open": mine.is_of_this_round and asked.asking_is_open(mine.found, at=mine.at),
        "ends_at": mine.found.ends.get(Stage.VOTING),
    }


@sensitive_variables()
def _read(request: HttpRequest, mine: MyCandidate) -> HttpResponse:
    return _questions(request, mine)


@sensitive_variables()
def _questions(
    request: HttpRequest,
    mine: MyCandidate,
    *,
    form: AnswerForm | None = None,
    number: int = 0,
    done: str = "",
) -> HttpResponse:
    """Those that wait, then those answered last, opened on the record."""
    shown = [
        {
            "question": question,
            "text": text,
            "form": form
            if form and question.number == number
            else AnswerForm(question=question.number, initial={"answer": question.answer}),
        }
        for question, text in actions.open_own_questions(mine.ticket, at=mine.at)
    ]
    counted = asked.counted(mine.candidate)
    waiting = [each for each in shown if _question(each).answered_at is None]
    page = {
        **page_of(mine),
        "waiting": waiting,
        "answered": [each for each in shown if _question(each).answered_at is not None],
        "later": counted.waiting - len(waiting),
        "is_open": asked.asking_is_open(mine.found, at=mine.at),
        "form": form,
        "done": done,
    }
    status = 422 if form else 200
    return render(request, "elections/my_candidate_questions.html", page, status=status)


def _question(shown: Mapping[str, Any]) -> CandidateQuestion:
    question: CandidateQuestion = shown["question"]
    return question


@sensitive_variables()
def _answer(request: HttpRequest, mine: MyCandidate) -> HttpResponse:
    number = NumberForm(request.POST).read()
    form = AnswerForm(request.POST, question=number)
    if form.is_valid():
        answer = form.cleaned_data["answer"]
        actions.answer_question(mine.ticket, number=number, answer=answer, at=mine.at)
        return _questions(request, mine, done=_("Everybody reads your answer now."))
    return _questions(request, mine, form=form, number=number)


def _decline(request: HttpRequest, mine: MyCandidate) -> HttpResponse:
    number = NumberForm(request.POST).read()
    actions.decline_question(mine.ticket, number=number, at=mine.at)
    return _questions(request, mine, done=_("You do not answer it, and nobody reads it."))


# Each button of the part by its `act`.
SCENES: dict[str, Scene] = {"questions": _read, "answer": _answer, "decline": _decline}


# Everybody


def public(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Questions with their answers; what is not answered nobody reads."""
    election = get_object_or_404(
        Election.objects.select_related("cycle__body", "group"), cycle__year=year, group__slug=slug
    )
    found = queries.whereabouts_of(election)
    page = Paginator(asked.public_questions(found.round), PAIRS_ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "election": election,
        "page": shown,
        "pairs": _pairs(list(shown)),
        "hidden": asked.hidden_in(found.round),
        "is_open": asked.asking_is_open(found, at=clock.now()),
        "ends_at": found.ends.get(Stage.VOTING),
    }
    return render(request, "elections/candidate_questions.html", context)


def _pairs(questions: list[CandidateQuestion]) -> list[dict[str, Any]]:
    return [
        {"pair": pair, "called": _called(pair.candidate, pair.name)}
        for pair in asked.pairs_of(questions)
    ]


# The commission


@officer_required
def hiding(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What everybody reads, each with a button that takes it away."""
    visit = access.election_for(request.user, year, slug)
    if not visit.may("decide", "candidate_application") or not is_sworn(visit):
        raise Http404
    row = queries.current_round(visit.election)
    if request.method == "POST":
        return _hide(request, visit, row_pk=row.pk)
    page = Paginator(asked.public_questions(row), PAIRS_ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {
        "election": visit.election,
        "page": shown,
        "pairs": _pairs(list(shown)),
        "hidden": asked.hidden_in(row),
        "tabs": election_tabs(visit, "candidates"),
    }
    return render(request, "elections/candidate_questions_hide.html", context)


def _hide(request: HttpRequest, visit: access.Visit, *, row_pk: int) -> HttpResponse:
    question, candidate = (
        NumberForm({"number": request.POST.get(name)}).read() for name in ("question", "candidate")
    )
    row = visit.election.rounds.get(pk=row_pk)
    meant = get_object_or_404(asked.on_the_list(row), number=candidate)
    try:
        actions.hide_question(meant.pk, number=question, actor=visit.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, _("Nobody reads this question and its answer any more."))
    return HttpResponseRedirect(reverse("candidate_questions_hide", args=where(visit)))
