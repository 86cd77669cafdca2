"""One person in two groups, in numbers: the comparisons, their key, and what the groups decided together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from okil.areas.elections import access
from okil.areas.elections.access import CycleVisit
from okil.areas.elections.actions import matching as actions
from okil.areas.elections.forms.several_roles import MatchingKeyForm, RunForm
from okil.areas.elections.models import MatchingRun
from okil.areas.elections.queries import several_roles as known
from okil.areas.elections.queries.regulations import common_rules_of
from okil.areas.elections.queries.several_roles import Tally
from okil.areas.elections.views.several_roles_shown import few
from okil.areas.elections.views.tabs import cycle_tabs
from okil.areas.elections.wording import several_roles as wording
from okil.foundation.accounts import officer_required
from okil.foundation.accounts.second_factor import fresh_factor_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.forms import OkilForm
from okil.pure.refusal import Refused
from okil.pure.rules.matching import shown_fingerprint
from okil.pure.rules.several_roles import SITUATIONS, Answer, follows

TAB = "several_roles"


def _page(visit: CycleVisit, **page: Any) -> dict[str, Any]:
    """The tabs lead to pages of the Secretariat: others are led back to their own work."""
    works_here = visit.may("change", "cycle")
    tabs = cycle_tabs(visit.standings, visit.cycle, TAB) if works_here else []
    return {"cycle": visit.cycle, "tabs": tabs, **page}


@officer_required
def several_roles(request: HttpRequest, year: int) -> HttpResponse:
    """For the meeting of all groups, and for whoever watches how often they are compared."""
    visit = access.matching_for(request.user, year)
    cycle = visit.cycle
    common = common_rules_of(cycle.body)
    content = common.content if common else {}
    tallies = known.tallies_of(cycle)
    keys = known.keys_of(cycle)
    return render(
        request,
        "elections/several_roles.html",
        _page(
            visit,
            situations=[
                {
                    "name": wording.SITUATIONS[each.code],
                    "follows": wording.FOLLOWS_IN_SHORT[follows(each.code, content)],
                    **_counted(tallies.get(each.code)),
                }
                for each in SITUATIONS
            ],
            runs=[_run_shown(each) for each in known.runs_of(cycle)],
            keys=[{"key": each, "shown": shown_fingerprint(each.fingerprint)} for each in keys],
            has_key=any(each.destroyed_at is None for each in keys),
            common=common,
            may_change=visit.may("change", "matching"),
            may_decide=visit.may("change", "common_rules"),
        ),
    )


def _counted(tally: Tally | None) -> dict[str, Any]:
    if tally is None:
        return {"pairs": few(0), "answers": []}
    return {
        "pairs": few(tally.pairs),
        "answers": [
            {"said": wording.ANSWERED[answer], "number": few(tally.answers[answer])}
            for answer in Answer
            if answer in tally.answers
        ],
    }


def _run_shown(run: MatchingRun) -> dict[str, Any]:
    found = [
        {"name": wording.SITUATIONS[code], "number": few(number)}
        for code, number in sorted(run.found.items())
    ]
    return {"run": run, "found": found}


def _secretariat(request: HttpRequest, year: int) -> CycleVisit:
    visit = access.matching_for(request.user, year)
    if not visit.may("change", "matching"):
        raise Http404
    return visit


def _back(visit: CycleVisit) -> str:
    return reverse("several_roles_cycle", args=[visit.cycle.year])


@officer_required
def enter_key(request: HttpRequest, year: int) -> HttpResponse:
    visit = _secretariat(request, year)

    def perform(form: MatchingKeyForm) -> None:
        actions.enter_matching_key(
            visit.cycle.pk,
            fingerprint=form.cleaned_data["fingerprint"],
            holder=form.cleaned_data["person"],
            decision=form.facts(),
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        MatchingKeyForm(*posted(request)),
        perform,
        template="elections/form.html",
        page=_page(
            visit,
            title=_("Who keeps the key"),
            lead=_(
                "The groups decide together who keeps the key of the comparisons. That person makes it"
                " on their own computer (“okil matching-key new FILE”), tells you its fingerprint, and"
                " gives the file to nobody."
            ),
            button=_("Enter the holder and the fingerprint"),
        ),
        then=_back(visit),
        done=_("The key is entered. Compare together with its holder."),
    )


@sensitive_post_parameters()
@sensitive_variables()
@officer_required
@fresh_factor_required
def run(request: HttpRequest, year: int) -> HttpResponse:
    """The key comes with the request and goes with it."""
    visit = _secretariat(request, year)
    if known.living_key(visit.cycle) is None:
        messages.error(request, refusals.sentence(Refused("matching-key-missing")))
        return HttpResponseRedirect(_back(visit))
    return act(
        request,
        RunForm(*posted(request)),
        lambda form: actions.run_matching(
            visit.cycle.pk, key_file=form.content(), actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page=_page(
            visit,
            title=_("Compare the groups"),
            lead=_(
                "All groups whose lists are closed are compared by contacts, codes and register numbers."
                " This opens them, and each group's journal says so."
            ),
            note=_(
                "The holder of the key is here, chooses the file and takes it away. Nothing that was"
                " compared is kept, only who seems to be in two groups; each of them is asked."
            ),
            button=_("Compare now"),
        ),
        then=_back(visit),
        done=_("The groups are compared. Whoever was found is asked on their own page."),
    )


@officer_required
def end_key(request: HttpRequest, year: int) -> HttpResponse:
    visit = _secretariat(request, year)
    return act(
        request,
        OkilForm(*posted(request)),
        lambda _form: actions.end_matching_key(visit.cycle.pk, actor=visit.user, at=clock.now()),
        template="elections/form.html",
        page=_page(
            visit,
            title=_("The key is destroyed"),
            lead=_(
                "Its holder says that the file is destroyed, with every copy. From then on no comparison"
                " runs with it."
            ),
            button=_("Record that it is destroyed"),
            is_final=True,
        ),
        then=_back(visit),
        done=_("Recorded. Whoever compares again needs a new key and a new decision."),
    )
