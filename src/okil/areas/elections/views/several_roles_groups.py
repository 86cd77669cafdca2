"""Who of one group seems to be in another too: what they answered, and what the group's body decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import several_roles as actions
from okil.areas.elections.forms.several_roles import AnswerForm, RulingForm
from okil.areas.elections.models import Undertaking
from okil.areas.elections.queries import several_roles as asked
from okil.areas.elections.queries.several_roles import Question
from okil.areas.elections.views.several_roles_shown import few, question_shown
from okil.areas.elections.views.tabs import election_tabs
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

TAB = "lists"
THING = "cross_community_flags"


def _where(visit: Visit) -> list[Any]:
    return [visit.election.cycle.year, visit.election.group.slug]


def _page(visit: Visit, **page: Any) -> dict[str, Any]:
    return {"election": visit.election, "tabs": election_tabs(visit, TAB), **page}


def _is_sworn(visit: Visit) -> bool:
    promised = Undertaking.objects.filter(
        election=visit.election,
        role__person__user=visit.user,
        role__ends_at=None,
        kind=Undertaking.Kind.CONFIDENTIALITY,
    )
    return promised.exists()


@officer_required
def questions(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Numbers of voters, candidates and officers for those responsible; for others how many."""
    visit = access.election_for(request.user, year, slug)
    sees = visit.may("see", THING)
    if not sees and not visit.may("see_counts", THING):
        raise Http404
    row = queries.current_round(visit.election)
    found = asked.questions_in(visit.election, row)
    rules = sees and visit.may("decide", THING) and State(row.state) is State.REGISTRATION
    own = _number(visit)
    return render(
        request,
        "elections/several_roles_group.html",
        _page(
            visit,
            sees=sees,
            sworn=sees and _is_sworn(visit),
            is_compared=bool(found) or asked.was_compared(visit.election, row),
            rows=[
                {**question_shown(each), "rule_url": _rule_url(visit, each, own) if rules else ""}
                for each in found
            ],
            open=few(sum(each.is_open for each in found)),
            settled=few(sum(not each.is_open for each in found)),
            asks_you=any(_is_own(each, own) for each in found),
            runs_url=reverse("several_roles_cycle", args=[year]),
        ),
    )


def _number(visit: Visit) -> int | None:
    """The reader's, as a person of the body."""
    return next((held.number for held in visit.standings if held.number is not None), None)


def _is_own(question: Question, number: int | None) -> bool:
    return question.capacity not in ("voter", "candidate") and question.number == number


def _rule_url(visit: Visit, question: Question, own: int | None) -> str:
    """Where the body's decision is entered, by somebody whom it does not concern."""
    if _is_own(question, own) or not actions.may_be_ruled_on(question):
        return ""
    about = [str(question.capacity), question.number, question.situation]
    return reverse("several_roles_rule", args=[*_where(visit), *about])


@officer_required
def rule(
    request: HttpRequest, year: int, slug: str, capacity: str, number: int, situation: str
) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("decide", THING) or not _is_sworn(visit):
        raise Http404
    row = queries.current_round(visit.election)
    about = (capacity, number, situation)
    question = next(
        (
            each
            for each in asked.questions_in(visit.election, row)
            if (str(each.capacity), each.number, each.situation) == about
        ),
        None,
    )
    if question is None:
        raise Http404
    at = clock.now()
    words = question_shown(question)

    def perform(form: RulingForm) -> None:
        actions.rule_on_crossing(
            visit.election.pk,
            capacity=capacity,
            number=number,
            situation=situation,
            ruling=form.cleaned_data["ruling"],
            decision=form.facts(),
            actor=visit.user,
            at=at,
        )

    return act(
        request,
        RulingForm(*posted(request), initial={"ruling": question.ruling}),
        perform,
        template="elections/form.html",
        page=_page(
            visit,
            title=words["who"],
            lead=words["elsewhere"],
            note=" ".join(filter(None, (str(words["follows"]), str(words["own_rule"])))),
            button=_("Record the decision"),
        ),
        then=reverse("several_roles", args=_where(visit)),
        done=_("Recorded. What follows from it on the lists, the commission does there."),
    )


@officer_required
def mine(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What an officer is asked about their own role here, and their answer."""
    visit = access.election_for(request.user, year, slug)
    number = _number(visit)
    found = asked.questions_of_officer(visit.election, number) if number else []
    if not found:
        raise Http404
    row = queries.current_round(visit.election)
    may_answer = State(row.state) in asked.ANSWERED_IN and row.annulled_at is None
    bound: AnswerForm | None = None
    if request.method == "POST":
        situation = request.POST.get("situation", "")
        question = next((each for each in found if each.situation == situation), None)
        if question is None:
            raise Http404
        bound = AnswerForm(request.POST, question=question)
        if bound.is_valid() and _answered(request, visit, bound, situation):
            return HttpResponseRedirect(reverse("several_roles_mine", args=_where(visit)))
    return render(
        request,
        "elections/several_roles_mine.html",
        _page(
            visit,
            rows=[
                {
                    **question_shown(each),
                    "form": _form(each, bound) if may_answer and not each.ruling else None,
                }
                for each in found
            ],
            form=bound,
        ),
        status=422 if bound is not None else 200,
    )


def _form(question: Question, bound: AnswerForm | None) -> AnswerForm:
    if bound is not None and bound.prefix == question.situation:
        return bound
    return AnswerForm(question=question)


def _answered(request: HttpRequest, visit: Visit, form: AnswerForm, situation: str) -> bool:
    try:
        actions.answer_as_officer(
            visit.election.pk,
            situation=situation,
            answer=form.cleaned_data["answer"],
            actor=visit.user,
            at=clock.now(),
        )
    except Refused as refused:
        refusals.add_to(form, refused)
        return False
    messages.success(request, _("Saved. Those responsible in this group read your answer."))
    return True
