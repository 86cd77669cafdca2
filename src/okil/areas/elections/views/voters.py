"""The roll of a group: entered, pasted as a list, verified. Numbers; names on demand, on the record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okil.areas.bodies.queries import role_name
from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import voters as actions
from okil.areas.elections.actions.voters import Named
from okil.areas.elections.forms.voter_lines import Line, LinesForm, ListForm
from okil.areas.elections.forms.voters import (
    ChangedVoterForm,
    DecideForm,
    FilterForm,
    NewVoterForm,
    numbers_from,
)
from okil.areas.elections.models import Election, Round, Undertaking, Voter
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries import voters as roll
from okil.areas.elections.queries.admission import related_voters
from okil.areas.elections.queries.delegates import is_indirect
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.voter_checks import checks_of
from okil.areas.elections.wording.delegates import meeting_told
from okil.areas.elections.wording.voter_files import HEADS
from okil.areas.elections.wording.voters import (
    KINDS,
    REASONS,
    REGIONS,
    SOURCES,
    STATUSES,
    WAYS,
    region_name,
)
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.forms import OkilForm
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage, State
from okil.pure.rules.voter_form import questions_of

TAB = "voters"
A_PAGE = 50
MARKS = {"accepted": "ok", "refused": "bad", "waiting": "wait", "withdrawn": "gap", "late": "warn"}


def where(visit: Visit) -> list[Any]:
    return [visit.election.cycle.year, visit.election.group.slug]


def is_sworn(visit: Visit) -> bool:
    """Has the visitor promised confidence in a role they hold here? Until then they see numbers only."""
    return Undertaking.objects.filter(
        election=visit.election,
        kind=Undertaking.Kind.CONFIDENTIALITY,
        role__person__user=visit.user,
        role__ends_at=None,
        role__role__in=visit.roles(),
    ).exists()


def head_of(visit: Visit, found: Whereabouts) -> dict[str, Any]:
    """Which election this is, as what the visitor is here; what is missing stands on the overview."""
    return {
        "election": visit.election,
        "where": found,
        "capacities": [role_name(role) for role in visit.roles()],
    }


def may_see_roll(visit: Visit) -> bool:
    return visit.may("see", "voter_application")


def visit_of(request: HttpRequest, year: int, slug: str) -> Visit:
    """Everybody with business here sees how many; who is on the roll, only some."""
    visit = access.election_for(request.user, year, slug)
    if not (may_see_roll(visit) or visit.may("see_counts", "voter_application")):
        raise Http404
    return visit


@officer_required
def voters(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The list in numbers; posted, with the names of this page, or with the commission's decision."""
    visit = visit_of(request, year, slug)
    at = clock.now()
    found = queries.whereabouts_of(visit.election)
    row = found.round
    ends_at = found.ends.get(Stage.REGISTRATION)
    sworn = may_see_roll(visit) and is_sworn(visit)
    asked = FilterForm(request.GET).wanted()
    page = _page(request, row, asked) if sworn else None
    form = DecideForm(*posted(request))
    names: dict[int, Named] = {}
    if request.method == "POST":
        if page is None:
            raise Http404
        if request.POST.get("act") == "names":
            names = _names_or_404(visit, list(page.object_list), at=at)
        elif form.is_valid() and _decided(request, visit, form, at=at):
            return HttpResponseRedirect(request.get_full_path())
    closing = roll.closing_of(row)
    counts = roll.roll_counts(row)
    return render(
        request,
        "elections/voters.html",
        {
            **head_of(visit, found),
            "counts": counted(counts),
            "ways": _ways(counts.by_way),
            "page": page,
            "rows": [_row(voter, names) for voter in page] if page else [],
            "names_shown": bool(names),
            "chosen": numbers_from(request.POST.getlist("voter")),
            "form": form if request.POST.get("act") in ("accept", "refuse") else DecideForm(),
            "filters": FilterForm(initial=asked),
            "is_filtered": bool(asked["status"] or asked["region"] or asked["number"]),
            "sees_roll": may_see_roll(visit),
            "sworn": sworn,
            "closing": closing,
            "ends_at": ends_at,
            "is_over": is_over(ends_at, at),
            "is_indirect": is_indirect(found.rules),
            "may_enter": sworn and visit.may("change", "voter_application") and is_open(row),
            "may_decide": sworn and visit.may("decide", "voter_application") and is_open(row),
            "tabs": election_tabs(visit, TAB),
        },
        status=422 if form.errors and request.POST.get("act") != "names" else 200,
    )


def is_open(row: Round) -> bool:
    return row.state == State.REGISTRATION and row.annulled_at is None


def is_over(ends_at: datetime | None, at: datetime) -> bool:
    return ends_at is not None and at >= ends_at


def counted(counts: roll.RollCounts) -> list[dict[str, Any]]:
    """Each status with its number; those that nobody is in are left out, but for the first three."""
    always = ("waiting", "accepted", "refused")
    found: dict[str, int] = {status: counts[status] for status in Voter.Status.values}
    found["late"] = counts.late
    return [
        {"code": code, "name": STATUSES[code], "mark": MARKS[code], "number": number}
        for code, number in found.items()
        if number or code in always
    ]


def _ways(numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"name": name, "number": numbers[way]} for way, name in WAYS.items() if way in numbers]


def _page(request: HttpRequest, row: Round, asked: dict[str, Any]) -> Page[Voter]:
    found = roll.roll_page(row, **asked)
    return Paginator(found, A_PAGE).get_page(request.GET.get("page"))


def _names_or_404(
    visit: Visit, found: list[Voter], *, at: datetime, only: tuple[str, ...] = ("name",)
) -> dict[int, Named]:
    try:
        return actions.open_voters(visit.election, found, actor=visit.user, at=at, only=only)
    except Refused:
        raise Http404 from None


def _row(voter: Voter, names: dict[int, Named]) -> dict[str, Any]:
    named = names.get(voter.pk)
    status = "late" if voter.is_late else voter.status
    return {
        "voter": voter,
        "region": region_name(voter.region),
        "status": STATUSES[status],
        "mark": MARKS[status],
        "reason": REASONS.get(voter.refusal, ""),
        "name": (named.name or _("without a name")) if named else "",
        "barred": [role_name(role) for role in named.barred] if named else [],
        "alike": named.alike if named else [],
    }


def _decided(request: HttpRequest, visit: Visit, form: DecideForm, *, at: datetime) -> bool:
    """The commission's decision on the ticked voters; a refusal stands at the form."""
    refuses = request.POST.get("act") == "refuse"
    try:
        if refuses and not form.cleaned_data["refusal"]:
            raise Refused("refusal-without-reason")
        changed = actions.decide_voters(
            visit.election.pk,
            numbers=numbers_from(request.POST.getlist("voter")),
            refusal=form.cleaned_data["refusal"] if refuses else "",
            is_namesake=form.cleaned_data["is_namesake"],
            actor=visit.user,
            at=at,
        )
    except Refused as refused:
        refusals.add_to(form, refused)
        return False
    n = len(changed)
    if refuses:
        done = ngettext("{n} voter is refused.", "{n} voters are refused.", n)
    else:
        done = ngettext("{n} voter is accepted.", "{n} voters are accepted.", n)
    messages.success(request, done.format(n=n))
    return True


def entering(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "voter_application"):
        raise Http404
    return visit


def usual_kind(rules: Regulation) -> str:
    return "organisation" if rules.voter_kind == "legal_entity" else "person"


def on_paper(visit: Visit, **page: Any) -> dict[str, Any]:
    """A page of the organiser about voters."""
    return {
        "election": visit.election,
        "back": reverse("voters", args=where(visit)),
        "tabs": election_tabs(visit, TAB),
        **page,
    }


@officer_required
def enter(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = entering(request, year, slug)
    at = clock.now()
    found = queries.whereabouts_of(visit.election)
    asked = questions_of(found.rules or Regulation())
    form = NewVoterForm(*posted(request), asked=asked.asked, initial={"kind": asked.kind})

    def perform(form: NewVoterForm) -> None:
        actions.enter_voter(visit.election.pk, facts=form.facts(), actor=visit.user, at=at)

    again = "again" in request.POST
    return act(
        request,
        form,
        perform,
        template="elections/voter_form.html",
        page=on_paper(
            visit,
            title=_("Enter a voter"),
            button=_("Enter"),
            may_repeat=True,
            late=is_over(found.ends.get(Stage.REGISTRATION), at),
            paste_url=reverse("voters_paste", args=where(visit)),
        ),
        then=reverse("voter_enter" if again else "voters", args=where(visit)),
        done=_("The voter is entered and waits for the commission."),
    )


@officer_required
def paste(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """A list, first shown as it was understood; what was shown is then entered in one act."""
    visit = entering(request, year, slug)
    at = clock.now()
    election = visit.election
    found = queries.whereabouts_of(election)
    zone = ZoneInfo(election.cycle.body.time_zone)
    form = ListForm(
        *posted(request),
        today=at.astimezone(zone).date(),
        initial={"kind": usual_kind(found.rules or Regulation())},
    )
    preview = False
    if form.is_bound and form.is_valid():
        compare(form, election, found.round)
        if not form.has_mistakes and request.POST.get("act") == "confirm" and form.was_seen:
            try:
                entered = actions.enter_voters(
                    election.pk, facts=form.facts(), actor=visit.user, at=at
                )
            except Refused as refused:
                refusals.add_to(form, refused)
            else:
                n = len(entered)
                done = ngettext("{n} voter is entered.", "{n} voters are entered.", n)
                messages.success(request, done.format(n=n))
                return HttpResponseRedirect(reverse("voters", args=where(visit)))
        preview = not form.errors
    return render(
        request,
        "elections/voters_paste.html",
        on_paper(
            visit,
            form=form,
            preview=preview,
            lines=[line_shown(line) for line in form.lines] if preview else [],
            regions=REGIONS.values(),
            wrong=sum(bool(line.mistakes) for line in form.lines),
            late=is_over(found.ends.get(Stage.REGISTRATION), at),
        ),
        status=422 if form.is_bound and (form.errors or form.has_mistakes) else 200,
    )


def compare(form: LinesForm, election: Election, row: Round) -> None:
    """With who is on the list already, and with the commission: a mistake, and a warning."""
    for place, number in roll.voters_named(row, form.names).items():
        form.mark(
            place, _("Name"), _("This name is on the list already: no. {n}.").format(n=number)
        )
    for place, number in roll.organisations_numbered(row, form.organisations).items():
        said = _("This organisation is on the list already: no. {n}.").format(n=number)
        form.mark(place, str(HEADS["organisation_number"]), said)
    asked = {line.facts.number for line in form.lines if line.facts and line.facts.number}
    taken = set(row.voters.filter(number__in=asked).values_list("number", flat=True))
    for place, line in enumerate(form.lines):
        if line.facts and line.facts.number in taken:
            form.mark(place, str(HEADS["number"]), _("This number is on the list already."))
    for place in roll.barred_names(election, form.names, "voter"):
        form.lines[place].warnings.append(
            _("Named like a member of this group's commission, who may not vote here.")
        )


def line_shown(line: Line) -> dict[str, Any]:
    facts = line.facts
    return {
        "number": line.number,
        "typed": " · ".join(cell for cell in line.cells if cell),
        "facts": facts,
        "region": region_name(facts.region) if facts else "",
        "source": SOURCES[facts.source] if facts else "",
        "mistakes": line.mistakes,
        "warnings": line.warnings,
    }


@officer_required
def voter(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """One voter: what was entered and decided; posted, with the name."""
    visit, voter = voter_at(request, year, slug, number)
    at = clock.now()
    found = queries.whereabouts_of(visit.election)
    names: dict[int, Named] = {}
    form = DecideForm(*posted(request))
    deciding = request.POST.get("act") in ("accept", "refuse")
    if request.method == "POST":
        if not deciding:
            names = _names_or_404(visit, [voter], at=at, only=("name", "contact", "basis"))
        elif form.is_valid() and _decided(request, visit, form, at=at):
            return HttpResponseRedirect(reverse("voters", args=where(visit)))
    closing = roll.closing_of(found.round)
    running = is_open(found.round)
    changes = running and visit.may("change", "voter_application") and closing is None
    return render(
        request,
        "elections/voter.html",
        {
            **head_of(visit, found),
            **_row(voter, names),
            "facts": [*_facts(voter), *_delegated(voter, found)],
            "named": names.get(voter.pk),
            "checks": checks_of(voter, names.get(voter.pk)),
            "names_shown": bool(names),
            "related": bool(related_voters(visit.user, [voter])),
            "form": form if deciding else DecideForm(),
            "may_change": changes and voter.status != Voter.Status.WITHDRAWN,
            "may_renew": visit.may("change", "voter_application")
            and found.state != State.CONCLUDED
            and voter.status != Voter.Status.WITHDRAWN,
            "may_decide": running
            and visit.may("decide", "voter_application")
            and voter.status != Voter.Status.WITHDRAWN,
            "tabs": election_tabs(visit, TAB),
        },
        status=422 if deciding and form.errors else 200,
    )


def voter_at(request: HttpRequest, year: int, slug: str, number: int) -> tuple[Visit, Voter]:
    visit = access.election_for(request.user, year, slug)
    if not may_see_roll(visit) or not is_sworn(visit):
        raise Http404
    row = queries.current_round(visit.election)
    found = queries.voters_of(row).select_related("meeting").defer("meeting__paper")
    return visit, get_object_or_404(found, number=number)


def _facts(voter: Voter) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"term": _("Who"), "value": KINDS[voter.kind]},
        {"term": _("Region"), "value": region_name(voter.region)},
        {"term": _("Organisation"), "value": voter.organisation or "–"},
        {"term": _("Who confirms"), "value": SOURCES[voter.source]},
        {"term": _("How it came in"), "value": WAYS[voter.way]},
    ]
    told = {
        _("Registration number of the organisation"): voter.organisation_number,
        _("What the organisation does for the group"): voter.services,
    }
    return facts + [{"term": term, "value": value} for term, value in told.items() if value]


def _delegated(voter: Voter, found: Whereabouts) -> list[dict[str, Any]]:
    """Where delegates vote: the meeting that chose this one."""
    if not is_indirect(found.rules):
        return []
    told = meeting_told(voter, voter.meeting)
    return [{"term": _("Meeting that chose the delegate"), "value": told}]


@officer_required
def change(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found = voter_at(request, year, slug, number)
    if not visit.may("change", "voter_application"):
        raise Http404
    at = clock.now()
    kept = ("kind", "region", "organisation", "source", "consented_on")
    form = ChangedVoterForm(*posted(request), initial={name: getattr(found, name) for name in kept})

    def perform(form: ChangedVoterForm) -> None:
        actions.change_voter(
            found.pk,
            facts=form.facts(),
            new_name=form.cleaned_data["new_name"],
            actor=visit.user,
            at=at,
        )

    here = reverse("voter", args=[*where(visit), number])
    return act(
        request,
        form,
        perform,
        template="elections/voter_form.html",
        page=on_paper(
            visit,
            title=_("Change the entry of voter no. {number}").format(number=number),
            note=_("The name is not shown here. The commission looks at a changed entry again."),
            button=_("Save"),
            back=here,
        ),
        then=here,
        done=_("Saved. The commission looks at it again."),
    )


@officer_required
def withdraw(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found = voter_at(request, year, slug, number)
    if not visit.may("change", "voter_application"):
        raise Http404
    return act(
        request,
        OkilForm(*posted(request)),
        lambda _form: actions.withdraw_voter(found.pk, actor=visit.user, at=clock.now()),
        template="elections/form.html",
        page=on_paper(
            visit,
            title=_("Withdraw voter no. {number}").format(number=number),
            lead=_("The voter is on the list no more. The number is not given again."),
            button=_("Withdraw"),
            is_final=True,
        ),
        then=reverse("voters", args=where(visit)),
        done=_("The voter is withdrawn."),
    )
