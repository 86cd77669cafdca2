"""One election: its public page, its workspace, and each act that moves or dates it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.queries import officers_of, role_name
from okil.areas.elections import access, queries, wording
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import stages as actions
from okil.areas.elections.forms.cycles import DatesForm
from okil.areas.elections.forms.decisions import DecisionWithPaperForm
from okil.areas.elections.forms.stages import (
    CaseDecisionForm,
    ExtensionForm,
    MoveForm,
    NewRoundForm,
    StatementForm,
    SuspensionForm,
)
from okil.areas.elections.models import Election, GateAnswer
from okil.areas.elections.queries import Standing
from okil.areas.elections.views import shown
from okil.areas.elections.views.acts import act
from okil.areas.elections.views.answers import answers_shown
from okil.areas.elections.views.cycles import initial_dates
from okil.areas.elections.views.tabs import election_tabs
from okil.foundation import vault
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules import stages
from okil.pure.rules.stages import Answer, Stage, State


def group(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What everybody may read of one group's election."""
    election = get_object_or_404(
        Election.objects.select_related("cycle__body", "group"), cycle__year=year, group__slug=slug
    )
    standing = queries.standing_of(election, at=clock.now())
    adopted = standing.regulation
    return render(
        request,
        "elections/group.html",
        {
            "election": election,
            "standing": standing,
            "sentence": wording.state_sentence(standing.state),
            "mark": shown.state_mark(standing),
            "next_date": shown.next_date(standing),
            "stages": shown.stage_line(
                shown.edges_of(standing),
                standing.stage,
                finished=standing.state is State.CONCLUDED,
            ),
            "extensions": [
                e for e in standing.extensions if e.dates.stage >= standing.stage
            ],
            "adopted": adopted if adopted and adopted.is_public else None,
            "answers": answers_shown(adopted.regulation) if adopted and adopted.is_public else [],
            "model": adopted.regulation.contest_model if adopted and adopted.is_public else None,
            **_who_runs_it(election),
        },
    )


def _who_runs_it(election: Election) -> dict[str, Any]:
    """Numbers and organisations; a name only of who published it."""
    officers = list(officers_of(election.group))
    organiser = next((r.person for r in officers if r.role == RoleName.ORGANISER), None)
    published = [organiser] if organiser and organiser.published_by_owner else []
    names = vault.open_published(published) if published else {}
    commission = [r.person for r in officers if r.role == RoleName.COMMISSIONER]
    return {
        "organiser": organiser,
        "organiser_name": names[organiser.pk]["name"] if organiser and names else "",
        "commission": commission,
        "organisations": sorted({p.organisation for p in commission if p.organisation}),
        "observers": sum(r.role == RoleName.OBSERVER for r in officers),
    }


@officer_required
def workspace(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Where we are, what is missing, who, by when."""
    visit = access.election_for(request.user, year, slug)
    standing = queries.standing_of(visit.election, at=clock.now())
    return render(
        request,
        "elections/workspace.html",
        {
            **_head(visit, standing),
            "missing": [shown.asked_shown(a, standing, is_a=visit.is_a) for a in standing.missing],
            "done": [shown.asked_shown(a, standing, is_a=visit.is_a) for a in standing.fulfilled],
            "dates": list(standing.dates.values()),
            "officers": {role: standing.officers.get(role, 0) for role in RoleName.values},
            "rounds": visit.election.rounds.order_by("number"),
            "may_decide": visit.may("decide", "round"),
            "may_be_followed": stages.may_be_followed(standing.situation),
            "may_date": visit.may("change", "election_dates"),
            "is_late": standing.is_late,
            "due_at": standing.due_at,
            "tabs": election_tabs(visit, "workspace"),
        },
    )


def _head(visit: Visit, standing: Standing) -> dict[str, Any]:
    """What every page of an election begins with."""
    to = standing.next_state
    return {
        "election": visit.election,
        "standing": standing,
        "sentence": wording.state_sentence(standing.state),
        "mark": shown.state_mark(standing),
        "next_state": to,
        "next_state_name": wording.state_name(to) if to else "",
        "next_move": wording.MOVES[to] if to else "",
        "mover_name": role_name(standing.mover) if standing.mover else "",
        "is_mover": visit.is_a(standing.mover),
        "capacities": [role_name(s.role) for s in visit.standings if s.role != "public"],
        "stages": shown.stage_line(
            shown.edges_of(standing), standing.stage, finished=standing.state is State.CONCLUDED
        ),
    }


@officer_required
def move(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What the move means, once more, for whoever makes it; it concerns others and is not undone."""
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    standing = queries.standing_of(visit.election, at=at)
    back = reverse("workspace", args=[year, slug])
    to = standing.next_state
    if to is None or not visit.is_a(standing.mover):
        raise Http404
    form = MoveForm(request.POST or None, initial={"to": to})

    def perform(form: MoveForm) -> None:
        wanted = form.cleaned_data["to"]
        if wanted not in State.__members__.values():
            raise Refused("moved-already")
        actions.move_on(visit.election.pk, to=wanted, actor=request.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/move.html",
        context={
            **_head(visit, standing),
            "missing": [shown.asked_shown(a, standing, is_a=visit.is_a) for a in standing.missing],
            "consequence": wording.CONSEQUENCES[to],
            "back": back,
            "tabs": election_tabs(visit, "workspace"),
        },
        then=back,
        done=wording.state_sentence(to),
    )


@officer_required
def gate(request: HttpRequest, year: int, slug: str, code: str) -> HttpResponse:
    """A person answers one gate: says it was done, or brings the group's decision for this case."""
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    standing = queries.standing_of(visit.election, at=at)
    asked = next((a for a in standing.asked if a.gate.code == code), None)
    if asked is None or asked.gate.answer not in (Answer.STATEMENT, Answer.REGULATION):
        raise Http404
    by_decision = asked.gate.answer is Answer.REGULATION
    form_class = CaseDecisionForm if by_decision else StatementForm
    form = form_class(
        request.POST or None, initial={} if by_decision else {"done_on": shown.day_of(at)}
    )
    back = reverse("workspace", args=[year, slug])

    def perform(form: StatementForm | CaseDecisionForm) -> None:
        given = form.cleaned_data
        actions.answer_gate(
            visit.election.pk,
            gate=code,
            done_on=given["made_on"] if by_decision else given["done_on"],
            decision=form.facts() if isinstance(form, CaseDecisionForm) else None,
            actor=request.user,
            at=at,
        )

    words = shown.asked_shown(asked, standing, is_a=visit.is_a)
    return act(
        request,
        form,
        perform,
        template="elections/gate.html",
        context={
            **_head(visit, standing),
            "asked": words,
            "by_name": role_name(asked.gate.by),
            "by_decision": by_decision,
            "back": back,
            "tabs": election_tabs(visit, "workspace"),
        },
        then=back,
        done=_("Recorded. You can take it back until the election moves on."),
        beside={
            "day-to-come": "made_on" if by_decision else "done_on",
            "decision-in-the-future": "made_on" if by_decision else "done_on",
        },
    )


@officer_required
@require_POST
def withdraw_answer(request: HttpRequest, year: int, slug: str, answer: int) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    found = get_object_or_404(GateAnswer, pk=answer, round__election=visit.election)
    try:
        actions.withdraw_answer(found.pk, actor=request.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(reverse("workspace", args=[year, slug]))


@officer_required
def dates(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The group's own dates: set while it prepares, read and extended afterwards."""
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    standing = queries.standing_of(visit.election, at=at)
    may_change = visit.may("change", "election_dates")
    context = {
        **_head(visit, standing),
        "dated": [
            {
                "row": row,
                "name": wording.stage_name(row.stage),
                "extensions": [e for e in standing.extensions if e.dates_id == row.pk],
                "may_extend": may_change
                and row.stage >= standing.stage
                and standing.state is not State.PREPARATION
                and not standing.situation.suspended
                and not standing.situation.annulled,
            }
            for row in standing.dates.values()
        ],
        "may_set": may_change and standing.state is State.PREPARATION,
        "button": _("Save the dates"),
        "tabs": election_tabs(visit, "dates"),
    }
    form = DatesForm(
        request.POST or None,
        zone=visit.election.cycle.body.time_zone,
        initial=initial_dates(dict(shown.edges_of(standing))),
    )

    def perform(form: DatesForm) -> None:
        actions.set_dates(visit.election.pk, dates=form.dates(), actor=request.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/dates.html",
        context=context,
        then=reverse("election_dates", args=[year, slug]),
        done=_("The dates are saved."),
    )


@officer_required
def extend(request: HttpRequest, year: int, slug: str, stage: int) -> HttpResponse:
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    standing = queries.standing_of(visit.election, at=at)
    row = standing.dates.get(Stage(stage)) if stage in Stage.__members__.values() else None
    if row is None or not visit.may("change", "election_dates"):
        raise Http404
    form = ExtensionForm(
        request.POST or None,
        zone=visit.election.cycle.body.time_zone,
        initial={"to_at": row.ends_at},
    )

    def perform(form: ExtensionForm) -> None:
        actions.extend_stage(
            visit.election.pk,
            stage=Stage(stage),
            to_at=form.cleaned_data["to_at"],
            reason=form.cleaned_data["reason"],
            actor=request.user,
            at=at,
        )

    back = reverse("election_dates", args=[year, slug])
    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        context={
            "title": _("Extend: {stage}").format(stage=wording.stage_name(stage)),
            "lead": _(
                "The new end and its reason appear on the group's page at once. The stages after it "
                "move along by as much."
            ),
            "button": _("Extend and publish the reason"),
            "back": back,
            "tabs": election_tabs(visit, "dates"),
        },
        then=back,
        done=_("The stage is extended; the group's page gives the reason."),
        beside={"not-later": "to_at"},
    )


def _deciding(request: HttpRequest, year: int, slug: str) -> tuple[Visit, Standing]:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("decide", "round"):
        raise Http404
    return visit, queries.standing_of(visit.election, at=clock.now())


@officer_required
def suspend(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit, standing = _deciding(request, year, slug)
    form = SuspensionForm(request.POST or None, request.FILES or None)

    def perform(form: SuspensionForm) -> None:
        actions.suspend(
            visit.election.pk,
            reason=form.cleaned_data["reason"],
            decision=form.facts(),
            actor=request.user,
            at=standing.at,
        )

    return _decide(
        request,
        visit,
        form,
        perform,
        title=_("Suspend the election"),
        lead=_("Nothing moves until the suspension is lifted. The group's page says why."),
        button=_("Suspend"),
        done=_("The election is suspended."),
    )


@officer_required
def resume(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit, standing = _deciding(request, year, slug)
    form = DecisionWithPaperForm(request.POST or None, request.FILES or None)

    def perform(form: DecisionWithPaperForm) -> None:
        actions.lift_suspension(
            visit.election.pk, decision=form.facts(), actor=request.user, at=standing.at
        )

    return _decide(
        request,
        visit,
        form,
        perform,
        title=_("Lift the suspension"),
        lead=_("The election goes on where it stood. Extend a stage if its dates have passed."),
        button=_("Lift the suspension"),
        done=_("The election goes on."),
    )


@officer_required
def annul(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit, standing = _deciding(request, year, slug)
    form = DecisionWithPaperForm(request.POST or None, request.FILES or None)

    def perform(form: DecisionWithPaperForm) -> None:
        actions.annul_round(
            visit.election.pk, decision=form.facts(), actor=request.user, at=standing.at
        )

    return _decide(
        request,
        visit,
        form,
        perform,
        title=_("Annul this round"),
        lead=_("This round ends for good. It cannot be undone; a new round may be opened."),
        button=_("Annul for good"),
        done=_("The round is annulled."),
        is_final=True,
    )


@officer_required
def new_round(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit, standing = _deciding(request, year, slug)
    form = NewRoundForm(
        request.POST or None,
        request.FILES or None,
        zone=visit.election.cycle.body.time_zone,
    )

    def perform(form: NewRoundForm) -> None:
        actions.open_round(
            visit.election.pk,
            kind=form.cleaned_data["kind"],
            dates=form.dates(),
            decision=form.facts(),
            actor=request.user,
            at=standing.at,
        )

    return _decide(
        request,
        visit,
        form,
        perform,
        title=_("Open a new round"),
        lead=_("A repeat vote or a second round begins with its candidates published."),
        button=_("Open the round"),
        done=_("The round is open."),
    )


def _decide(
    request: HttpRequest,
    visit: Visit,
    form: Any,
    perform: Any,
    *,
    title: str,
    lead: str,
    button: str,
    done: str,
    is_final: bool = False,
) -> HttpResponse:
    """An act of the commission that rests on somebody else's decision."""
    back = reverse("workspace", args=[visit.election.cycle.year, visit.election.group.slug])
    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        context={
            "title": title,
            "lead": lead,
            "note": _("It needs the decision of the body that the regulation names for complaints."),
            "button": button,
            "is_final": is_final,
            "back": back,
            "tabs": election_tabs(visit, "workspace"),
        },
        then=back,
        done=done,
        beside={
            "decision-in-the-future": "made_on",
            "paper-unknown": "paper",
            "paper-too-large": "paper",
            "paper-missing": "paper",
        },
    )
