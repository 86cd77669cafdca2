"""One election: its public page, its workspace, and each step that moves it."""

from __future__ import annotations

from datetime import datetime
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
from okil.areas.elections.actions import answers
from okil.areas.elections.actions import stages as actions
from okil.areas.elections.forms.regulations import CaseForm
from okil.areas.elections.forms.stages import MoveForm
from okil.areas.elections.models import Election, Extension, GateAnswer
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries.assembly import public_assembly
from okil.areas.elections.queries.board import with_has_board
from okil.areas.elections.queries.plan_done import late_in
from okil.areas.elections.queries.registration import Window, window_of
from okil.areas.elections.queries.rule_questions import open_in
from okil.areas.elections.views import shown
from okil.areas.elections.views.answers import answers_shown
from okil.areas.elections.views.candidates import candidates_public
from okil.areas.elections.views.heads import head, line
from okil.areas.elections.views.papers import public_papers_shown
from okil.areas.elections.views.tabs import election_tabs
from okil.foundation import vault
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules import stages
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Answer, State


def group(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What everybody may read of one group's election."""
    election = get_object_or_404(
        with_has_board(Election.objects.select_related("cycle__body", "group")),
        cycle__year=year,
        group__slug=slug,
    )
    at = clock.now()
    where = queries.whereabouts_of(election)
    adopted = election.group.regulations.select_related("adopted_by").first()
    public = adopted if adopted and adopted.is_public else None
    return render(
        request,
        "elections/group.html",
        {
            "election": election,
            "where": where,
            "sentence": wording.state_sentence(where.state),
            "next_date": shown.next_date(where),
            "stages": line(where, at=at),
            "extensions": _extensions(where),
            "adopted": public,
            "answers": answers_shown(public.regulation) if public else [],
            "model": public.regulation.contest_model if public else None,
            "candidates": candidates_public(where.round, where.rules or Regulation()),
            "assembly": public_assembly(where.round, on=shown.day_of(at)),
            "papers": public_papers_shown(election, where.state),
            "may_complain": where.state is not State.PREPARATION,
            "may_register": window_of(where, at=at) is Window.OPEN,
            "has_results": where.state in (State.PUBLISHED, State.CONCLUDED),
            **_who_runs_it(election),
        },
    )


def _extensions(where: Whereabouts) -> list[dict[str, Any]]:
    """Each act of extending with its reason, and the ends of stages still to come that it moved."""
    if not any(dated.is_extended for dated in where.dates.values()):
        return []
    acts: dict[datetime, dict[str, Any]] = {}
    for moved in Extension.objects.filter(dates__round=where.round).select_related("dates"):
        act = acts.setdefault(
            moved.published_at,
            {"reason": moved.reason, "published_at": moved.published_at, "moved": []},
        )
        if moved.dates.stage >= where.stage:
            act["moved"].append(moved)
    return [act for act in acts.values() if act["moved"]]


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
    at = clock.now()
    progress = queries.progress_of(visit.election, at=at)
    may_date = visit.may("change", "election_dates")
    return render(
        request,
        "elections/workspace.html",
        {
            **head(visit, progress),
            "missing": [shown.asked_shown(a, progress, is_a=visit.is_a) for a in progress.missing],
            "done": [shown.asked_shown(a, progress, is_a=visit.is_a) for a in progress.fulfilled],
            "dates": list(progress.where.dates.values()),
            "officers": {role: progress.officers.get(role, 0) for role in RoleName.values},
            "rounds": visit.election.rounds.order_by("number"),
            "may_decide": visit.may("decide", "round")
            and progress.where.state is not State.CONCLUDED,
            "may_be_followed": bool(stages.kinds_that_may_follow(progress.situation)),
            "may_elect_anew": visit.may("change", "cycle"),
            "may_date": may_date,
            "late_actions": len(_late_actions(visit.election, at=at)) if may_date else 0,
            "open_questions": open_in(visit.election)
            if progress.where.state is State.CONCLUDED
            else 0,
            "is_late": progress.is_late,
            "due_at": progress.due_at,
            "tabs": election_tabs(visit, "workspace"),
        },
    )


def _late_actions(election: Election, *, at: datetime) -> list[int]:
    return late_in(election.cycle, on=shown.day_of(at), election=election.pk)


@officer_required
def move(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What the move means, once more, for whoever makes it; it concerns others and is not undone."""
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    progress = queries.progress_of(visit.election, at=at)
    back = reverse("workspace", args=[year, slug])
    to = progress.next_state
    wanted = request.POST.get("to") if request.method == "POST" else to
    if not visit.is_a(stages.mover_into(wanted)):
        raise Http404
    if to is None or wanted != to:
        # Somebody was faster, or the button was pressed twice.
        messages.error(request, refusals.sentence(Refused("moved-already")))
        return HttpResponseRedirect(back)
    form = MoveForm(*posted(request), initial={"to": to})

    def perform(form: MoveForm) -> None:
        actions.move_on(visit.election.pk, to=form.cleaned_data["to"], actor=visit.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/move.html",
        page={
            **head(visit, progress),
            "missing": [shown.asked_shown(a, progress, is_a=visit.is_a) for a in progress.missing],
            "consequence": wording.CONSEQUENCES[to],
            "back": back,
            "tabs": election_tabs(visit, "workspace"),
        },
        then=back,
        done=wording.state_sentence(to),
    )


@officer_required
def gate(request: HttpRequest, year: int, slug: str, code: str) -> HttpResponse:
    """A question the regulation leaves open: the group's decision for this case is brought."""
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    progress = queries.progress_of(visit.election, at=at)
    asked = next((a for a in progress.asked if a.gate.code == code), None)
    if asked is None or asked.gate.answer is not Answer.REGULATION:
        raise Http404
    back = reverse("workspace", args=[year, slug])
    if asked.is_open:
        messages.info(request, refusals.sentence(Refused("answered-already")))
        return HttpResponseRedirect(back)
    form = CaseForm(
        *posted(request),
        question=asked.gate.question,
        languages=visit.election.cycle.body.languages,
    )

    def perform(form: CaseForm) -> None:
        answers.answer_gate(
            visit.election.pk,
            gate=code,
            answer=form.answer(),
            decision=form.facts(),
            actor=visit.user,
            at=at,
        )

    words = shown.asked_shown(asked, progress, is_a=visit.is_a)
    return act(
        request,
        form,
        perform,
        template="elections/gate.html",
        page={
            **head(visit, progress),
            "asked": words,
            "by_name": role_name(asked.gate.by),
            "back": back,
            "tabs": election_tabs(visit, "workspace"),
        },
        then=back,
        done=_("Recorded. You can take it back until the election moves on."),
    )


@officer_required
@require_POST
def withdraw_answer(request: HttpRequest, year: int, slug: str, answer: int) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    found = get_object_or_404(GateAnswer, pk=answer, round__election=visit.election)
    try:
        answers.withdraw_answer(found.pk, actor=visit.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(reverse("workspace", args=[year, slug]))
