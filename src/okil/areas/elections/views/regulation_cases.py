"""One rule of a regulation, settled for one election by a decision of the group."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access
from okil.areas.elections.actions import answers
from okil.areas.elections.forms.regulations import RuleForm
from okil.areas.elections.queries import regulations as known
from okil.areas.elections.views.answers import answers_to
from okil.areas.elections.views.regulation_findings import (
    TAB,
    finding_shown,
    findings_in_force,
    may_be_decided_now,
)
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording import regulations as wording
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import (
    QUESTIONS,
    QUESTIONS_OF,
    Regulation,
    as_data,
    is_answered,
    is_asked,
)
from okil.pure.rules.regulation.findings import Finding, Outcome
from okil.pure.rules.stages import State


def questions_left(finding: Finding, regulation: Regulation) -> tuple[str, ...]:
    """What a decision may answer: what is open or broken. What is said and stands is not asked, nor
    what is a question only under another answer than the one that stands."""
    own = (name for name in QUESTIONS_OF[finding.rule] if not is_answered(name, regulation))
    open_here = {*own, *finding.questions}
    ordered = dict.fromkeys((*QUESTIONS_OF[finding.rule], *finding.questions))
    return tuple(
        name
        for name in ordered
        if name in open_here and (is_asked(name, regulation) or _waits_for(name) in open_here)
    )


def _waits_for(name: str) -> str:
    """The question whose answer makes this one a question; "" if none does."""
    condition = QUESTIONS[name].asked_if
    return condition[0] if condition else ""


def _nothing_to_decide(finding: Finding, state: State) -> Refused | None:
    """Why no decision is asked for this rule now; None if one is."""
    if finding.outcome is Outcome.FULFILLED:
        return Refused("answered-already")
    return None if may_be_decided_now(finding, state) else Refused("gate-not-asked")


@officer_required
def case(request: HttpRequest, year: int, slug: str, rule: str) -> HttpResponse:
    """The questions of a rule that are left, for whoever brings the group's decision."""
    visit = access.election_for(request.user, year, slug)
    if rule not in QUESTIONS_OF or not visit.may("change", "regulation"):
        raise Http404
    finding = next(each for each in findings_in_force(visit) if each.rule == rule)
    back = reverse("election_regulation_findings", args=[year, slug])
    if refused := _nothing_to_decide(finding, visit.state):
        messages.info(request, refusals.sentence(refused))
        return HttpResponseRedirect(back)
    adopted = known.newest_of(visit.election.group)
    regulation = adopted.regulation if adopted else Regulation()
    left = questions_left(finding, regulation)
    form = RuleForm(
        *posted(request),
        names=left,
        content=as_data(regulation),
        languages=visit.election.cycle.body.languages,
    )

    def perform(form: RuleForm) -> None:
        answers.answer_rule(
            visit.election.pk,
            rule=rule,
            answers=form.answers(),
            decision=form.facts(),
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        form,
        perform,
        template="elections/regulation_case.html",
        page={
            "election": visit.election,
            "title": wording.rule_title(rule),
            "finding": finding_shown(finding),
            "said": answers_to(
                [
                    each
                    for each in QUESTIONS_OF[rule]
                    if each not in left and is_answered(each, regulation)
                ],
                regulation,
            ),
            "back": back,
            "tabs": election_tabs(visit, TAB),
        },
        then=back,
        done=_("Recorded for this election. The regulation itself stays as it is."),
    )
