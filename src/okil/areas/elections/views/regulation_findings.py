"""What a regulation settles, breaks and leaves open: beside its fields, and as a page for a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from okil.areas.bodies.models import Decision
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.queries import regulations as known
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording import MOVES
from okil.areas.elections.wording import regulations as wording
from okil.foundation.accounts import officer_required
from okil.pure.rules.regulation import RULES_OF, Part, Regulation
from okil.pure.rules.regulation.findings import Finding, Level, Outcome, examine
from okil.pure.rules.stages import GATES, RULES_GATE, Answer, State, next_state

TAB = "regulation"
# What a meeting must talk about first stands first.
URGENCY = (Outcome.BROKEN, Outcome.NOT_REGULATED, Outcome.FULFILLED)


def counts(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """How many are fulfilled, broken, left open; what does not occur is not said."""
    found = [each.outcome for each in findings]
    return [
        {"kind": kind, "word": wording.outcome_name(outcome), "number": found.count(outcome)}
        for outcome, kind in wording.MARKS.items()
        if outcome in found
    ]


def may_be_decided_now(finding: Finding, state: State) -> bool:
    """Does the next move ask for this rule, as one of all or by a question of its own?"""
    to = next_state(state)
    if to is None or finding.outcome is Outcome.FULFILLED or not finding.questions:
        return False
    alone = {gate.question for gate in GATES[to] if gate.answer is Answer.REGULATION}
    return to in RULES_GATE and (finding.closes is to or not alone.isdisjoint(finding.questions))


def finding_shown(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "title": wording.rule_title(finding.rule),
        "kind": wording.MARKS[finding.outcome],
        "word": wording.outcome_name(finding.outcome),
        "level": wording.level_name(finding.level),
        "message": wording.finding_message(finding),
        "closes": MOVES[finding.closes] if finding.closes else "",
        "why": wording.rule_why(finding.rule),
        "remedy": wording.rule_remedy(finding.rule),
        "quotation": wording.rule_quotation(finding.rule),
    }


def _by_urgency(findings: Iterable[Finding]) -> list[Finding]:
    """Obligatory first, then what is broken, then what is left open."""
    return sorted(
        findings, key=lambda each: (each.level is not Level.MUST, URGENCY.index(each.outcome))
    )


def parts_shown(findings: Sequence[Finding], state: State | None = None) -> list[dict[str, Any]]:
    """Part by part: what is to be settled in full, what is settled as a line. `state`: where the
    election stands, for whoever may bring a decision for it."""
    shown = []
    for number, part in enumerate(Part, start=1):
        here = _by_urgency(each for each in findings if each.rule in RULES_OF[part])
        shown.append(
            {
                "number": number,
                "name": wording.part_name(part),
                "open": [
                    {
                        **finding_shown(each),
                        "may_be_decided": state is not None and may_be_decided_now(each, state),
                    }
                    for each in here
                    if each.outcome is not Outcome.FULFILLED
                ],
                "settled": [
                    {"rule": each.rule, "title": wording.rule_title(each.rule)}
                    for each in here
                    if each.outcome is Outcome.FULFILLED
                ],
            }
        )
    return shown


def findings_in_force(visit: Visit) -> tuple[Finding, ...]:
    adopted = known.newest_of(visit.election.group)
    regulation = adopted.regulation if adopted else Regulation()
    return _examined(visit, regulation, known.approval_of(adopted))


def findings_of_what_is_written(visit: Visit, written: known.Written) -> tuple[Finding, ...]:
    approved_by = None if written.draft else known.approval_of(written.adopted)
    return _examined(visit, written.regulation, approved_by)


def _examined(
    visit: Visit, regulation: Regulation, approved_by: Decision | None
) -> tuple[Finding, ...]:
    body = visit.election.cycle.body
    common = known.common_rules_of(body)
    return examine(regulation, known.around(regulation, approved_by, common, body))


@officer_required
@require_GET
def findings(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("see", "regulation"):
        raise Http404
    adopted = known.newest_of(visit.election.group)
    return _page(
        request,
        visit,
        findings_in_force(visit),
        version=adopted.version if adopted else None,
        decides=visit.may("change", "regulation"),
    )


@officer_required
@require_GET
def draft_findings(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Of what is being written, for those who write it."""
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "regulation"):
        raise Http404
    written = known.written_of(visit.election.group)
    found = findings_of_what_is_written(visit, written)
    return _page(request, visit, found, version=None if written.draft else written.based_on)


def _page(
    request: HttpRequest,
    visit: Visit,
    found: Sequence[Finding],
    *,
    version: int | None,
    decides: bool = False,
) -> HttpResponse:
    return render(
        request,
        "elections/regulation_findings.html",
        {
            "election": visit.election,
            "tabs": election_tabs(visit, TAB),
            "version": version,
            "counts": counts(found),
            "obligatory": counts(each for each in found if each.level is Level.MUST),
            "parts": parts_shown(found, visit.state if decides else None),
            "total": len(found),
        },
    )
