"""A group's regulation: what is in force, which versions there were, its text as it was attached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from okil.areas.elections import access, queries
from okil.areas.elections.actions import regulations as actions
from okil.areas.elections.models import AdoptedRegulation, Election
from okil.areas.elections.queries import regulation_papers as papers
from okil.areas.elections.queries import regulations as known
from okil.areas.elections.views.answers import answers_by_part, clauses_by_part
from okil.areas.elections.views.heads import head
from okil.areas.elections.views.regulation_findings import TAB, counts
from okil.areas.elections.views.tabs import election_tabs
from okil.foundation.accounts import officer_required
from okil.foundation.documents.models import File
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.regulation.findings import examine
from okil.pure.rules.stages import RULES_STAND

OFFERED = ("pdf", "docx")  # a page of HTML is for pages
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@officer_required
def regulation(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("see", "regulation"):
        raise Http404
    group = visit.election.group
    versions = known.versions_of(group)
    adopted = versions[0] if versions else None
    found = adopted.regulation if adopted else Regulation()
    own = next((each for each in versions if each.case_of_id is None), None)
    approved = own.adopted_by if own else None
    progress = queries.progress_of(visit.election, at=clock.now())
    around = known.approved(progress.where.around, found, approved)
    return render(
        request,
        "elections/regulation.html",
        {
            **head(visit, progress),
            "adopted": adopted,
            "own": own,
            "parts": answers_by_part(found),
            "counts": counts(examine(found, around)),
            "versions": versions,
            "may_change": visit.may("change", "regulation"),
            **_paper(adopted),
            "rules_stand": progress.where.state in RULES_STAND and not progress.where.annulled,
            "tabs": election_tabs(visit, TAB),
        },
    )


def _paper(adopted: AdoptedRegulation | None) -> dict[str, Any]:
    """The version in force as a document, and how many such papers there are."""
    if adopted is None:
        return {}
    issued = papers.papers_with_files(adopted.group)
    of_this = (files for paper, files in issued if paper.issued_at >= adopted.entered_at)
    return {"files": _files(next(of_this, ())), "papers_issued": len(issued)}


def _files(files: Iterable[File]) -> list[dict[str, Any]]:
    return [
        {"file": file, "language": LANGUAGE_NAMES[file.language], "form": file.format.upper()}
        for file in sorted(files, key=lambda each: (each.language, each.format))
        if file.format in OFFERED
    ]


@officer_required
@require_POST
def text(request: HttpRequest, year: int, slug: str, version: int) -> HttpResponse:
    """The attached text: asked for by a button, on the record. Its file name says nothing."""
    visit = access.election_for(request.user, year, slug)
    if not visit.may("see", "regulation"):
        raise Http404
    versions = visit.election.group.regulations.defer("text")
    adopted = get_object_or_404(versions, version=version)
    try:
        content = actions.open_text(adopted.pk, actor=visit.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(reverse("election_regulation", args=[year, slug]))
    kind = adopted.text_kind
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="regulation-{version}.{kind}"'},
    )


@require_GET
def public(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """For everybody, if the group agreed to show it."""
    election = get_object_or_404(
        Election.objects.select_related("cycle__body", "group__body"),
        cycle__year=year,
        group__slug=slug,
    )
    adopted = known.newest_of(election.group)
    if adopted is None or not adopted.is_public:
        raise Http404
    paper = papers.paper_of(adopted)
    return render(
        request,
        "elections/regulation_public.html",
        {
            "election": election,
            "adopted": adopted,
            "own": known.own_regulation(election.group) if adopted.case_of_id else adopted,
            "parts": clauses_by_part(adopted.regulation),
            "files": _files(paper.files.all() if paper else ()),
        },
    )
