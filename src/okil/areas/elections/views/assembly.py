"""The assembly: when, where, agenda, the papers that call it. What pages of the vote have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.bodies.queries import role_name
from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import assembly as actions
from okil.areas.elections.documents import assembly as papers
from okil.areas.elections.forms.assembly import (
    AssemblyForm,
    AttendanceForm,
    IssueForm,
    ItemForm,
    PlaceOnAgendaForm,
    planned,
)
from okil.areas.elections.models import Contestant, Round
from okil.areas.elections.queries.assembly import assembly_of, conditions_of
from okil.areas.elections.queries.candidates import shown_names
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording.assembly import PAPERS, item_text, paper_name
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.documents.kinds import INTERNAL, PUBLIC
from okil.foundation.documents.models import File
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

MOVES = {"up": -1, "down": 1}


# What the pages of assembly, ballots, desk and count share


def scene(visit: Visit, tab: str) -> dict[str, Any]:
    """Which election this is, and as what the visitor is here."""
    return {
        "election": visit.election,
        "capacities": [role_name(role) for role in visit.roles()],
        "tabs": election_tabs(visit, tab),
    }


def page_of(name: str, visit: Visit, *arguments: Any) -> str:
    return reverse(name, args=[visit.election.cycle.year, visit.election.group.slug, *arguments])


def or_404(allowed: bool) -> None:
    if not allowed:
        raise Http404


def pressed(request: HttpRequest, act: Any, *, then: str, done: str) -> HttpResponse:
    """A button that asks nothing more: done, or the reason why not, on the page it came from."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(then)


def seen_in(request: HttpRequest) -> int:
    """How many papers of a kind the page showed whose button was pressed."""
    form = IssueForm(request.POST)
    or_404(form.is_valid())
    seen: int = form.cleaned_data["seen"]
    return seen


def papers_shown(row: Round, kinds: Collection[str]) -> list[dict[str, Any]]:
    """Papers issued for a round, newest first, with a link or a button for each file to print."""
    return [
        {
            "name": paper_name(issued.kind),
            "issued": issued,
            "files": [
                {
                    "file": file,
                    "language": LANGUAGE_NAMES.get(file.language, file.language),
                    "is_public": file.published_by_owner,
                }
                for file in issued.files.all()
                if file.format == "pdf"
            ],
        }
        for issued in documents.issued_of(row)
        if issued.kind in kinds
    ]


def candidate_labels(contestants: Iterable[Contestant]) -> dict[int, str]:
    """By number; with the name or pseudonym that everybody may read."""
    candidates = {each.candidate_id: each.candidate for each in contestants}
    names = shown_names(candidates.values())
    return {
        each.number: papers.candidate_told(each.number, names[key])
        for key, each in candidates.items()
    }


# The assembly


@officer_required
def assembly(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    row = queries.current_round(visit.election)
    found = assembly_of(row)
    may_plan = visit.may("change", "assembly") and State(row.state) in actions.UNTIL_THE_COUNT
    may_open = visit.may("see", "voter_application")
    kinds = (papers.PROGRAMME, papers.ATTENDANCE) if may_open else (papers.PROGRAMME,)
    issued = papers_shown(row, (papers.PROGRAMME, papers.ATTENDANCE))
    seen = Counter(each["issued"].kind for each in issued)
    issues_sheet = State(row.state) in (State.CANDIDATES_PUBLISHED, State.VOTING)
    return render(
        request,
        "elections/assembly.html",
        {
            **scene(visit, "assembly"),
            "assembly": found,
            "agenda": [item_text(item) for item in found.agenda] if found else [],
            "conditions": conditions_of(found) if found else None,
            "papers": [each for each in issued if each["issued"].kind in kinds],
            "seen": seen[papers.PROGRAMME],
            "may_plan": may_plan,
            "may_open": may_open,
            "sheet_form": AttendanceForm(initial={"seen": seen[papers.ATTENDANCE]})
            if may_open and issues_sheet
            else None,
        },
    )


@officer_required
def plan(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("change", "assembly"))
    found = assembly_of(queries.current_round(visit.election))
    zone = visit.election.cycle.body.time_zone
    form = AssemblyForm(*posted(request), zone=zone, initial=planned(found))
    back = page_of("assembly", visit)
    return act(
        request,
        form,
        lambda form: actions.plan_assembly(
            visit.election.pk, plan=form.plan(), actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page={
            "title": _("When and where the group meets"),
            "lead": _("The group's page shows it at once, and the programme says it on paper."),
            "note": _(
                "The assembly hears the candidates and votes, so it lies in the days of the vote."
            ),
            "button": _("Save"),
            "back": back,
            "tabs": election_tabs(visit, "assembly"),
        },
        then=back,
        done=_("Saved."),
    )


@officer_required
def agenda(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The items in their order, each with buttons; below, one more item."""
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("change", "assembly"))
    found = assembly_of(queries.current_round(visit.election))
    if found is None:
        return HttpResponseRedirect(page_of("assembly_plan", visit))
    here = page_of("assembly_agenda", visit)
    return act(
        request,
        ItemForm(*posted(request)),
        lambda form: actions.add_item(
            visit.election.pk, text=form.cleaned_data["text"], actor=visit.user, at=clock.now()
        ),
        template="elections/assembly_agenda.html",
        page={
            **scene(visit, "assembly"),
            "agenda": [
                {"text": item_text(item), "is_own": "code" not in item} for item in found.agenda
            ],
            "seen": actions.agenda_mark(found.agenda),
            "back": page_of("assembly", visit),
        },
        then=here,
        done=_("The item is on the agenda."),
    )


@officer_required
@require_POST
def arrange(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """A button beside an item of the agenda."""
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("change", "assembly"))
    form = PlaceOnAgendaForm(request.POST)
    or_404(form.is_valid())
    given = form.cleaned_data
    asked = {"number": given["number"], "seen": given["seen"], "actor": visit.user}

    def perform() -> None:
        if given["act"] == "remove":
            actions.remove_item(visit.election.pk, **asked, at=clock.now())
        else:
            actions.move_item(visit.election.pk, **asked, by=MOVES[given["act"]], at=clock.now())

    return pressed(
        request, perform, then=page_of("assembly_agenda", visit), done=_("The agenda is changed.")
    )


# Papers


@officer_required
@require_POST
def issue_programme(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("change", "assembly"))
    return pressed(
        request,
        lambda: actions.issue_programme(
            visit.election.pk, seen=seen_in(request), actor=visit.user, at=clock.now()
        ),
        then=page_of("assembly", visit),
        done=_("The programme is issued: print it, send it."),
    )


@officer_required
def draft_programme(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """How it would look, watermarked, in the reader's language."""
    visit = access.election_for(request.user, year, slug)
    row = queries.current_round(visit.election)
    found = assembly_of(row)
    if found is None:
        raise Http404
    return draft_of(papers.PROGRAMME, papers.programme_facts(row, found))


def draft_of(kind: str, facts: dict[str, Any], language: str = "") -> HttpResponse:
    content = documents.draft(
        kind, facts=facts, language=language or (get_language() or "ru")[:2], audience=PUBLIC
    )
    return documents.serve(content, "draft.pdf")


@officer_required
@require_POST
def issue_sheet(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("see", "voter_application"))
    form = AttendanceForm(request.POST)
    or_404(form.is_valid())
    return pressed(
        request,
        lambda: actions.issue_attendance_sheet(
            visit.election.pk,
            with_names=form.cleaned_data["names"] == "yes",
            seen=form.cleaned_data["seen"],
            actor=visit.user,
            at=clock.now(),
        ),
        then=page_of("assembly", visit),
        done=_("The attendance sheet is ready."),
    )


@officer_required
def paper(request: HttpRequest, year: int, slug: str, file: int) -> HttpResponse:
    """A file of a paper of the vote; an internal one only by the press of a button, on the record."""
    visit = access.election_for(request.user, year, slug)
    found = get_object_or_404(
        File.objects.select_related("issued"),
        pk=file,
        issued__kind__in=PAPERS,
        issued__subject_kind=Round._meta.label_lower,
        issued__subject_number__in=visit.election.rounds.values("pk"),
    )
    if found.audience == INTERNAL:
        or_404(request.method == "POST" and visit.may("see", "voter_application"))
        try:
            name, content = actions.open_attendance_sheet(
                found.pk, actor=visit.user, at=clock.now()
            )
        except Refused as refused:
            messages.error(request, refusals.sentence(refused))
            return HttpResponseRedirect(page_of("assembly", visit))
        return documents.serve(content, name)
    return documents.serve(documents.open_published_file(found), found.name, is_public=True)
