"""All papers of an election: an index for its officers, the public ones for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.access import may
from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import papers as actions
from okil.areas.elections.models import Election
from okil.areas.elections.queries import papers as known
from okil.areas.elections.views.assembly import page_of, scene
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.documents.models import File, Issued
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.foundation.web.languages import LANGUAGES
from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

TAB = "papers"
OFFERED = ("pdf", "docx")  # a page of HTML is for pages


@officer_required
@require_GET
def papers(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What was issued, newest first. Observers read the public versions; nobody is named here."""
    visit = access.election_for(request.user, year, slug)
    sees_index = visit.may("see", "dossier") or visit.may("see_counts", "dossier")
    rows = [_row(visit, each) for each in known.papers_of(visit.election)]
    return render(
        request,
        "elections/papers.html",
        {
            **scene(visit, TAB),
            "rows": [row for row in rows if sees_index or row["public"]],
            "is_observer": not sees_index,
        },
    )


def _row(visit: Visit, paper: Issued) -> dict[str, Any]:
    files = [file for file in _in_order(paper) if file.format in OFFERED]
    sees = _sees(visit, paper.kind)
    return {
        "paper": paper,
        "replaced_by": known.replacement_of(paper),
        "public": [_file(file) for file in files if file.published_by_owner],
        "internal": [_file(file) for file in files if not file.published_by_owner] if sees else [],
    }


def _in_order(paper: Issued) -> list[File]:
    """Languages as everywhere on the site, whatever order they were made in."""
    return sorted(paper.files.all(), key=lambda file: LANGUAGES.index(file.language))


def _sees(visit: Visit, kind: str) -> bool:
    return may(
        visit.standings,
        "see",
        actions.shows(kind),
        body=visit.election.cycle.body,
        group=visit.election.group,
        met=actions.met_by(kind),
    )


def _file(file: File) -> dict[str, Any]:
    return {
        "file": file,
        "language": LANGUAGE_NAMES.get(file.language, file.language),
        "form": file.format.upper(),
        "kilobytes": -(-file.size // 1024),
    }


def _of_address(
    election: Election, paper_year: int, number: int, audience: str, language: str, form: str
) -> File:
    found = File.objects.select_related("issued").filter(
        issued__vault_scope=f"election-{election.pk}"
    )
    return get_object_or_404(
        found,
        issued__year=paper_year,
        issued__number=number,
        audience=audience,
        language=language,
        format=form,
    )


@officer_required
@require_POST
def internal(
    request: HttpRequest,
    year: int,
    slug: str,
    paper_year: int,
    number: int,
    language: str,
    form: str,
) -> HttpResponse:
    """A file that names people: asked for by a button, on the record."""
    visit = access.election_for(request.user, year, slug)
    file = _of_address(visit.election, paper_year, number, "internal", language, form)
    try:
        content = actions.open_paper(
            file.pk, election_id=visit.election.pk, actor=visit.user, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(page_of("papers", visit))
    return documents.serve(content, file.name)


@officer_required
@require_GET
def for_officers(
    request: HttpRequest,
    year: int,
    slug: str,
    paper_year: int,
    number: int,
    language: str,
    form: str,
) -> HttpResponse:
    """A public version for officers, also before it is everybody's."""
    visit = access.election_for(request.user, year, slug)
    file = _of_address(visit.election, paper_year, number, "public", language, form)
    return documents.serve(documents.open_published_file(file), file.name)


# For everybody


def public_papers_shown(election: Election, state: State) -> list[dict[str, Any]]:
    """For `elections/_papers_public.html`."""
    return [
        {
            "paper": paper,
            "files": [
                _file(file)
                for file in _in_order(paper)
                if file.published_by_owner and file.format == "pdf"
            ],
        }
        for paper in known.public_papers(election, state)
    ]


@require_GET
def public(
    request: HttpRequest,
    year: int,
    slug: str,
    paper_year: int,
    number: int,
    language: str,
    form: str,
) -> HttpResponse:
    election = get_object_or_404(
        Election.objects.select_related("cycle__body", "group"), cycle__year=year, group__slug=slug
    )
    state = queries.whereabouts_of(election).state
    standing = known.public_papers(election, state).filter(year=paper_year, number=number)
    get_object_or_404(standing)
    file = _of_address(election, paper_year, number, "public", language, form)
    return documents.serve(documents.open_published_file(file), file.name, is_public=True)
