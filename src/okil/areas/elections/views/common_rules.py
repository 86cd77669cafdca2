"""The rules that all groups decided together, and which groups' regulations say otherwise or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okil.areas.bodies.access import Visit, office_for
from okil.areas.bodies.models import ElectoralGroup
from okil.areas.bodies.queries import groups_in_force
from okil.areas.elections import queries
from okil.areas.elections.actions import common_rules as actions
from okil.areas.elections.forms.common_rules import CommonRulesForm
from okil.areas.elections.models import CommonRules
from okil.areas.elections.queries import regulations as known
from okil.areas.elections.views import shown
from okil.areas.elections.views.tabs import cycle_tabs
from okil.areas.elections.wording import regulations as wording
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import RULE_OF, RULES, Regulation, read
from okil.pure.rules.regulation.comparison import said
from okil.pure.rules.regulation.findings import COMMON_QUESTIONS, Finding, Outcome, examine

TAB = "common_rules"


def _tabs(visit: Visit) -> list[dict[str, Any]]:
    """The Secretariat's, around its newest cycle."""
    cycle = queries.latest_cycle()
    if cycle is None or not visit.may("change", "cycle"):
        return []
    return cycle_tabs(visit.standings, cycle, TAB)


@officer_required
@require_GET
def common_rules(request: HttpRequest) -> HttpResponse:
    """What was decided together: every officer reads it, the Secretariat enters it."""
    visit = office_for(request.user)
    versions = list(
        CommonRules.objects.filter(body=visit.body)
        .select_related("adopted_by")
        .defer("adopted_by__paper")
    )
    newest = versions[0] if versions else None
    return render(
        request,
        "elections/common_rules.html",
        {
            "tabs": _tabs(visit),
            "adopted": newest,
            "versions": versions,
            "answers": _answers_shown(newest),
            "tightened": [
                {"rule": rule, "title": wording.rule_title(rule)}
                for rule in (newest.tightened if newest else ())
            ],
            "may_change": visit.may("change", "common_rules"),
            "comparisons_url": _comparisons_url(visit),
        },
    )


def _comparisons_url(visit: Visit) -> str:
    cycle = queries.latest_cycle()
    if cycle is None or not visit.may("see_counts", "matching"):
        return ""
    return reverse("several_roles_cycle", args=[cycle.year])


def _answers_shown(adopted: CommonRules | None) -> list[dict[str, Any]]:
    content = adopted.content if adopted else {}
    return [
        {
            "question": wording.question_name(name),
            "rule": RULE_OF[name],
            "answer": wording.in_words(name, content.get(name)),
        }
        for name in COMMON_QUESTIONS
    ]


def _secretariat(request: HttpRequest) -> Visit:
    visit = office_for(request.user)
    if not visit.may("change", "common_rules"):
        raise Http404
    return visit


@officer_required
def adopt(request: HttpRequest) -> HttpResponse:
    visit = _secretariat(request)
    newest = known.common_rules_of(visit.body)
    version = newest.version if newest else 0
    form = CommonRulesForm(
        *posted(request),
        content=newest.content if newest else {},
        initial={"tightened": newest.tightened if newest else [], "seen_version": version},
    )

    def perform(form: CommonRulesForm) -> None:
        try:
            actions.adopt_common_rules(
                visit.body.pk,
                content=form.answers(),
                tightened=form.cleaned_data["tightened"],
                decision=form.facts(),
                seen_version=form.cleaned_data["seen_version"],
                actor=visit.user,
                at=clock.now(),
            )
        except Refused as refused:
            if refused.code == "changed-meanwhile":
                form.has_seen(version)
            raise

    back = reverse("common_rules")
    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Common rules of all groups"),
            "lead": _(
                "Enter what the groups decided together about people who are in several of them. "
                "Each group's regulation is compared with it."
            ),
            "button": _("Save as a new version"),
            "back": back,
            "tabs": _tabs(visit),
        },
        then=back,
        done=_("The common rules are entered."),
    )


# Rule by rule, group by group


@officer_required
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """Which groups lack which answers: numbers and codes; what to make of it is the groups' business."""
    visit = _secretariat(request)
    found = groups_in_force(visit.body, on=shown.day_of(clock.now()))
    newest = known.newest_of_groups(found)
    common = known.common_rules_of(visit.body)
    read_of = {
        group.pk: newest[group.pk].regulation if group.pk in newest else Regulation()
        for group in found
    }
    findings = {
        group.pk: {
            each.rule: each
            for each in examine(
                read_of[group.pk],
                known.around(
                    read_of[group.pk], _approval(newest.get(group.pk)), common, visit.body
                ),
            )
        }
        for group in found
    }
    differing = {group.pk: _differing(read_of[group.pk], common) for group in found}
    return render(
        request,
        "elections/common_rules_groups.html",
        {
            "tabs": _tabs(visit),
            "common": common,
            "groups": _heads(found),
            "rows": [_row(rule, found, findings, differing) for rule in RULES],
            "without": [group for group in found if group.pk not in newest],
        },
    )


def _approval(adopted: Any) -> Any:
    """What was decided for one election is no approval of the regulation."""
    return adopted.adopted_by if adopted and adopted.case_of_id is None else None


def _heads(found: list[ElectoralGroup]) -> list[dict[str, Any]]:
    cycle = queries.latest_cycle()
    taking_part = (
        set(cycle.elections.values_list("group_id", flat=True)) if cycle is not None else set()
    )
    return [
        {
            "name": group.public_name,
            "url": reverse("election_regulation_findings", args=[cycle.year, group.slug])
            if cycle and group.pk in taking_part
            else "",
        }
        for group in found
    ]


def _differing(regulation: Regulation, common: CommonRules | None) -> set[str]:
    """The rules that a group answers, and answers otherwise than all groups together."""
    decided = read(common.content)[0] if common else Regulation()
    pairs = ((name, said(name, regulation), said(name, decided)) for name in COMMON_QUESTIONS)
    return {
        RULE_OF[name]
        for name, own, together in pairs
        if None not in (own, together) and own != together
    }


def _row(
    rule: str,
    found: list[ElectoralGroup],
    findings: Mapping[int, Mapping[str, Finding]],
    differing: Mapping[int, set[str]],
) -> dict[str, Any]:
    cells = [_cell(findings[group.pk][rule], rule in differing[group.pk]) for group in found]
    return {
        "rule": rule,
        "title": wording.rule_title(rule),
        "cells": cells,
        "lacking": sum(not cell["is_settled"] for cell in cells),
    }


def _cell(finding: Finding, differs: bool) -> dict[str, Any]:
    return {
        "kind": wording.MARKS[finding.outcome],
        "word": wording.outcome_name(finding.outcome),
        "open": len(finding.questions) if finding.outcome is Outcome.NOT_REGULATED else 0,
        "differs": differs,
        "is_settled": finding.outcome is Outcome.FULFILLED,
    }
