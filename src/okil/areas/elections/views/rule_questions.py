"""Questions about unclear rules: asked by officers, answered by the organiser, read by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.queries import role_name
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import rule_questions as actions
from okil.areas.elections.forms.rule_questions import (
    AnswerForm,
    AskForm,
    ProposalForm,
    SeenForm,
    StatusFilter,
    as_answered,
)
from okil.areas.elections.models import Election, RuleQuestion
from okil.areas.elections.queries import rule_questions as known
from okil.areas.elections.queries.regulations import own_regulation
from okil.areas.elections.queries.rule_questions import Status, seen_in, status_of
from okil.areas.elections.views.tabs import cycle_tabs, election_tabs
from okil.areas.elections.wording import rule_questions as wording
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.languages import Texts
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import PART_OF_RULE, RULES

ROWS = 25
IN_FULL = 6  # each may be long in three places


def _visit(request: HttpRequest, year: int, slug: str, operation: str = "see") -> Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may(operation, "rule_questions"):
        raise Http404
    return visit


def _page_of(visit: Visit, tab: str = "rule_questions") -> dict[str, Any]:
    return {
        "election": visit.election,
        "capacities": [role_name(role) for role in visit.roles()],
        "tabs": election_tabs(visit, tab),
    }


def _shown(question: RuleQuestion) -> dict[str, Any]:
    status = status_of(question)
    return {
        "question": question,
        "rule": wording.rule_name(question.rule),
        "by": wording.BY[question.by],
        "status": wording.STATUSES[status],
        "mark": wording.MARKS[status],
        "answer": _said(question.answer),
        "proposal": _said(question.proposal),
    }


def _said(words: Texts) -> dict[str, str]:
    """A text of several lines, and in which language it is shown."""
    language = get_language() or "ru"
    return {"text": words.in_language(language), "language": words.language_shown(language)}


def _paged(request: HttpRequest, found: QuerySet[RuleQuestion], rows: int) -> Page[RuleQuestion]:
    return Paginator(found, rows).get_page(request.GET.get("page"))


@officer_required
def questions(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _visit(request, year, slug)
    chosen = StatusFilter(request.GET).chosen()
    found = known.questions_of(visit.election)
    if chosen:
        found = found.filter(known.IS[Status(chosen)])
    page = _paged(request, found, ROWS)
    return render(
        request,
        "elections/rule_questions.html",
        {
            **_page_of(visit),
            "page": page,
            "rows": [_shown(each) for each in page],
            "counts": [
                {"word": wording.STATUSES[each], "mark": wording.MARKS[each], "number": number}
                for each, number in known.counted(visit.election).items()
                if number
            ],
            "filters": StatusFilter(initial={"status": chosen}),
            "is_filtered": bool(chosen),
            "may_ask": visit.may("change", "rule_questions"),
        },
    )


@officer_required
def ask(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _visit(request, year, slug, "change")
    return act(
        request,
        AskForm(*posted(request)),
        lambda form: actions.ask_question(
            visit.election.pk, **form.cleaned_data, actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page={
            **_page_of(visit),
            "title": _("Ask about an unclear rule"),
            "lead": _(
                "For what the regulation does not clearly say. The organiser answers; afterwards the "
                "question is closed or becomes a proposal for the next regulation."
            ),
            "button": _("Ask"),
        },
        then=reverse("rule_questions", args=[year, slug]),
        done=_("The question is asked. The organiser answers it."),
    )


def _question(visit: Visit, number: int) -> RuleQuestion:
    return get_object_or_404(known.questions_of(visit.election), number=number)


@officer_required
@require_GET
def question(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit = _visit(request, year, slug)
    found = _question(visit, number)
    status = status_of(found)
    decides = visit.may("decide", "rule_questions")
    return render(
        request,
        "elections/rule_question.html",
        {
            **_page_of(visit),
            "each": _shown(found),
            "may_answer": decides and status in (Status.OPEN, Status.ANSWERED),
            "may_end": decides and status is Status.ANSWERED,
            "seen": seen_in(found),
        },
    )


def _settling(
    request: HttpRequest, year: int, slug: str, number: int
) -> tuple[Visit, RuleQuestion, str]:
    """Who settles the question, the question, and its page."""
    visit = _visit(request, year, slug, "decide")
    there = reverse("rule_question", args=[year, slug, number])
    return visit, _question(visit, number), there


def _or_shown(
    question: RuleQuestion, perform: Callable[[SeenForm], object]
) -> Callable[[SeenForm], object]:
    """Where another was faster, the page shows what stands now; sent once more, it is known."""

    def do(form: SeenForm) -> object:
        try:
            return perform(form)
        except Refused as refused:
            if refused.code == "changed-meanwhile":
                form.has_seen(seen_in(question))
            raise

    return do


@officer_required
def answer(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found, there = _settling(request, year, slug, number)
    return act(
        request,
        AnswerForm(
            *posted(request),
            languages=visit.election.cycle.body.languages,
            initial=as_answered(found, seen_in(found)),
        ),
        _or_shown(
            found,
            lambda form: actions.answer_question(
                found.pk, **form.cleaned_data, actor=visit.user, at=clock.now()
            ),
        ),
        template="elections/rule_question_settle.html",
        page={
            **_page_of(visit),
            "each": _shown(found),
            "title": _("Answer a question about the rules"),
            "lead": _("Everybody reads it on the group's page, without who asked."),
            "button": _("Answer"),
        },
        then=there,
        done=_("The question is answered. Everybody can read it on the group's page."),
    )


@officer_required
def propose(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found, there = _settling(request, year, slug, number)
    return act(
        request,
        ProposalForm(
            *posted(request),
            languages=visit.election.cycle.body.languages,
            initial={"seen": seen_in(found)},
        ),
        _or_shown(
            found,
            lambda form: actions.propose_change(
                found.pk, **form.cleaned_data, actor=visit.user, at=clock.now()
            ),
        ),
        template="elections/rule_question_settle.html",
        page={
            **_page_of(visit),
            "each": _shown(found),
            "title": _("Propose a change of the regulation"),
            "lead": _(
                "The question ends with it. The rules of this election stay as they are; whoever writes"
                " the next regulation finds the proposal there."
            ),
            "button": _("Propose it"),
        },
        then=there,
        done=_("The proposal is kept for the next regulation."),
    )


def _settled_by_button(
    request: HttpRequest,
    where: tuple[int, str, int],
    perform: Callable[[RuleQuestion, str, Visit], object],
    done: str,
) -> HttpResponse:
    visit, found, there = _settling(request, *where)
    form = SeenForm(request.POST)
    try:
        perform(found, form.cleaned_data["seen"] if form.is_valid() else "", visit)
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(there)


@officer_required
@require_POST
def reopen(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    return _settled_by_button(
        request,
        (year, slug, number),
        lambda found, seen, visit: actions.reopen_question(
            found.pk, seen=seen, actor=visit.user, at=clock.now()
        ),
        _("The answer is taken back. The question waits for another."),
    )


@officer_required
@require_POST
def close(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    return _settled_by_button(
        request,
        (year, slug, number),
        lambda found, seen, visit: actions.close_question(
            found.pk, seen=seen, actor=visit.user, at=clock.now()
        ),
        _("The question is closed with its answer."),
    )


@officer_required
@require_GET
def proposals(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """For whoever writes the next regulation: what was proposed since the one in force was entered."""
    visit = _visit(request, year, slug)
    group = visit.election.group
    own = own_regulation(group)
    found = known.proposals_for(group, since=own.entered_at if own else None)
    page = _paged(request, found, IN_FULL)
    writes = visit.may("change", "regulation")
    return render(
        request,
        "elections/rule_question_proposals.html",
        {
            **_page_of(visit, "regulation"),
            "page": page,
            "rows": [{**_shown(each), "part": _part_of(each) if writes else ""} for each in page],
            "own": own,
            "may_write": writes,
        },
    )


def _part_of(question: RuleQuestion) -> str:
    """The part of the regulation in which its rule is written; "" where it is about none."""
    return PART_OF_RULE[question.rule].value if question.rule in PART_OF_RULE else ""


@officer_required
@require_GET
def of_the_cycle(request: HttpRequest, year: int) -> HttpResponse:
    """Rule by rule, how many questions all groups asked: where regulations are unclear."""
    visit = access.cycle_for(request.user, year)
    by_rule = known.counted_by_rule(visit.cycle)
    return render(
        request,
        "elections/rule_question_counts.html",
        {
            "cycle": visit.cycle,
            "tabs": cycle_tabs(visit.standings, visit.cycle, "rule_questions"),
            "statuses": list(wording.STATUSES.values()),
            "rows": [
                {"rule": wording.rule_name(rule), "numbers": _numbers(by_rule[rule])}
                for rule in (*RULES, "")
                if rule in by_rule
            ],
            "sums": _numbers(known.summed(by_rule.values())),
        },
    )


def _numbers(counts: dict[Status, int]) -> list[dict[str, Any]]:
    return [{"word": wording.STATUSES[each], "number": counts[each]} for each in Status]


@require_GET
def public(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What was answered, for everybody; nobody learns here who asked."""
    election = get_object_or_404(
        Election.objects.select_related("cycle", "group"), cycle__year=year, group__slug=slug
    )
    page = _paged(request, known.answered_in(election), IN_FULL)
    return render(
        request,
        "elections/rule_question_public.html",
        {"election": election, "page": page, "rows": [_shown(each) for each in page]},
    )
