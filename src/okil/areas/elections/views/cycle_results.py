"""Results of all groups of a cycle, and how the body is renewed by them (6.08, 6.12, 7.23)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.queries import composition_of
from okil.areas.elections import access
from okil.areas.elections.actions import results as actions
from okil.areas.elections.documents.results import ALL_GROUPS, ELECTED
from okil.areas.elections.models import Cycle
from okil.areas.elections.queries.cycle_results import GroupResult, group_results
from okil.areas.elections.queries.papers import newest_papers
from okil.areas.elections.views.assembly import pressed, seen_in
from okil.areas.elections.views.results import Names
from okil.areas.elections.views.tabs import cycle_tabs
from okil.areas.elections.wording.results import POSITIONS
from okil.areas.elections.wording.seats import OPEN, why_vacant
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.documents import issued_of
from okil.foundation.documents.kinds import title_of
from okil.foundation.documents.models import File, Issued
from okil.foundation.web.clock import clock
from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.rules.rotation import Composition


@require_GET
def results(request: HttpRequest, year: int) -> HttpResponse:
    groups, earlier = group_results(year)
    cycle = groups[0].election.cycle if groups else get_object_or_404(Cycle, year=year)
    published = [each for each in groups if each.result is not None]
    return render(
        request,
        "elections/cycle_results.html",
        {
            "cycle": cycle,
            "rows": [row_of(each) for each in groups],
            "published": len(published),
            "waiting": len(groups) - len(published),
            "composition": composition_shown(composition_of(cycle.body, str(year))),
            "turnout": turnout_shown(groups, earlier),
            "files": _files_of(cycle),
        },
    )


@require_GET
def paper(request: HttpRequest, year: int, language: str) -> HttpResponse:
    """The results of all groups as a paper, the newest version."""
    cycle = get_object_or_404(Cycle, year=year)
    newest = issued_of(cycle, ALL_GROUPS).first()
    files = newest.files if newest else File.objects.none()
    file = get_object_or_404(files, language=language, format="pdf", audience="public")
    return documents.serve(documents.open_published_file(file), file.name, is_public=True)


def _files_of(cycle: Cycle) -> list[dict[str, Any]]:
    """Of the newest paper on all groups, in one query."""
    newest = issued_of(cycle, ALL_GROUPS).values("pk")[:1]
    return _shown(File.objects.filter(issued__in=newest).defer("content").order_by("pk"))


def _files(paper: Issued | None) -> list[dict[str, Any]]:
    return _shown(paper.files.all()) if paper else []


def _shown(files: Iterable[File]) -> list[dict[str, Any]]:
    return [
        {"file": file, "language": LANGUAGE_NAMES[file.language]}
        for file in files
        if file.format == "pdf"
    ]


# The Secretariat


@officer_required
@require_GET
def office(request: HttpRequest, year: int) -> HttpResponse:
    """Which groups have published, whose elected have their seats; the two papers on all of them."""
    visit = access.cycle_for(request.user, year)
    groups, _earlier = group_results(visit.cycle.year)
    rows = [
        {**row_of(each), "is_seated": each.result is not None and each.result.is_seated}
        for each in groups
    ]
    newest = newest_papers(ALL_GROUPS, ELECTED, about=visit.cycle)
    return render(
        request,
        "elections/office_results.html",
        {
            "cycle": visit.cycle,
            "rows": rows,
            "is_any_published": any(row["is_published"] for row in rows),
            "unseated": sum(row["is_published"] and not row["is_seated"] for row in rows),
            "papers": [_paper(kind, newest.get(kind)) for kind in (ALL_GROUPS, ELECTED)],
            "tabs": cycle_tabs(visit.standings, visit.cycle, "results"),
        },
    )


def _paper(kind: str, newest: Issued | None) -> dict[str, Any]:
    return {
        "title": title_of(kind),
        "newest": newest,
        "files": _files(newest),
        "seen": newest.version if newest else 0,
        "address": ISSUED_AT[kind],
        "is_public": kind == ALL_GROUPS,
    }


ISSUED_AT = {ALL_GROUPS: "results_issue_all", ELECTED: "results_issue_elected"}


@officer_required
@require_POST
def issue_all(request: HttpRequest, year: int) -> HttpResponse:
    return _issue(request, year, actions.issue_all_results)


@officer_required
@require_POST
def issue_elected(request: HttpRequest, year: int) -> HttpResponse:
    return _issue(request, year, actions.issue_elected)


def _issue(request: HttpRequest, year: int, issue: Callable[..., Issued]) -> HttpResponse:
    visit = access.cycle_for(request.user, year)
    seen, at = seen_in(request), clock.now()
    return pressed(
        request,
        lambda: issue(visit.cycle.pk, seen=seen, actor=visit.user, at=at),
        then=reverse("office_results", args=[year]),
        done=_("The paper is issued."),
    )


@officer_required
@require_POST
def download(request: HttpRequest, year: int, file: int) -> HttpResponse:
    """One of the two papers; the list of the elected on the record."""
    visit = access.cycle_for(request.user, year)
    about = {"issued__kind__in": (ALL_GROUPS, ELECTED), "issued__subject_number": visit.cycle.pk}
    get_object_or_404(File, pk=file, **about)
    found, content = actions.open_paper(
        file, cycle_id=visit.cycle.pk, actor=visit.user, at=clock.now()
    )
    return documents.serve(content, found.name)


# In rows


def row_of(each: GroupResult) -> dict[str, Any]:
    return {
        "group": each.election.group,
        "is_published": each.result is not None,
        "has_facts": each.taken is not None,
        "places": [
            {"title": title, "lines": _lines(each, position)}
            for position, title in POSITIONS.items()
        ],
    }


def _lines(each: GroupResult, position: str) -> list[dict[str, Any]]:
    taken = each.taken
    if taken is None:
        return []
    names = Names(each.called)
    people = [{"who": names.of(number)} for number in taken.of(position)]
    reason = why_vacant(each.posts.get(position), has_left=bool(each.gone))
    vacant = [{"vacant": reason}] * taken.vacant.get(position, 0)
    waiting = [{"open": OPEN[why]} for why in taken.why] if taken.open.get(position) else []
    return [*people, *vacant, *waiting]


def composition_shown(found: Composition) -> dict[str, Any]:
    """How the body is renewed: before anybody has taken a seat there is nothing to count."""
    counts = (
        (_("For the first time"), found.first_time, "g-bar"),
        (_("Again after a break"), found.returning, "g-bar"),
        (_("Continuing"), found.continuing, "g-mid"),
        (_("Cannot be decided"), found.undecidable, "g-mid"),
        (_("Vacant"), found.vacant, "g-mid"),
    )
    places = found.people + found.vacant
    return {
        "people": found.people,
        "places": places,
        "renewal": None if found.renewal is None else float(found.renewal * 100),
        "rows": [
            {
                "word": word,
                "number": number,
                "percent": 100 * number / places if places else 0,
                "width": f"{100 * number / places if places else 0:.1f}%",
                "bar": bar,
            }
            for word, number, bar in counts
        ],
    }


def turnout_shown(
    groups: Sequence[GroupResult], earlier: Mapping[int, Mapping[str, Any]]
) -> dict[str, Any]:
    """Voters and turnout by group, beside the cycle before where that is known (6.12)."""
    rows = []
    for each in groups:
        if each.voters is None:
            continue
        before = earlier.get(each.election.group_id)
        rows.append(
            {
                "group": each.election.group,
                "registered": each.voters["registered"],
                "voted": each.voters["voted"],
                "percent": _percent(each.voters),
                "before": _percent(before) if before else None,
                "registered_before": before["registered"] if before else None,
            }
        )
    registered = sum(row["registered"] for row in rows)
    voted = sum(row["voted"] for row in rows)
    return {
        "rows": rows,
        "registered": registered,
        "voted": voted,
        "percent": _percent({"registered": registered, "voted": voted}),
        "is_before_known": any(row["registered_before"] is not None for row in rows),
    }


def _percent(voters: Mapping[str, Any]) -> float | None:
    return 100 * voters["voted"] / voters["registered"] if voters["registered"] else None
