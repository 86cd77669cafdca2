"""What everybody may read of notices: text, day, by how many channels, and the paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from okil.areas.elections.models import Cycle, Election, Notice
from okil.areas.elections.queries import notices as known
from okil.areas.elections.queries.notices import Told
from okil.areas.elections.queries.officers import newest_papers, papers_in_election
from okil.areas.elections.views.officers import files_shown
from okil.areas.elections.wording.notices import CHANNELS, KINDS
from okil.foundation import documents
from okil.foundation.documents.kinds import PUBLIC
from okil.foundation.documents.models import File
from okil.foundation.web.languages import Texts


def shown(told: Told, files: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """A published notice. Where exactly it was sent stays inside: a chat's name can tell too much."""
    language = (get_language() or "ru")[:2]
    text = Texts(told.notice.text)
    return {
        "title": KINDS[told.notice.kind],
        "language": text.language_shown(language),
        "text": text.in_language(language),
        "first_at": told.publications[0].published_at,
        "channels": [CHANNELS[code] for code in dict.fromkeys(told.channels)],
        "files": files,
    }


@require_GET
def notices(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    election = get_object_or_404(
        Election.objects.select_related("cycle__body", "group"), cycle__year=year, group__slug=slug
    )
    issued = papers_in_election(election, list(known.PAPER_OF.values()))

    def files(told: Told) -> list[dict[str, Any]]:
        kind, subject = known.PAPER_OF.get(told.notice.kind, ""), told.notice.round_id or 0
        return files_shown(issued.get((kind, subject)), "notice_paper", [year, slug])

    found = known.published_for(election.cycle, election)
    return render(
        request,
        "elections/notices_public.html",
        {"election": election, "notices": [shown(each, files(each)) for each in found]},
    )


@require_GET
def announcement(request: HttpRequest, year: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle.objects.select_related("body"), year=year)
    found = known.published_for(cycle, None)
    kind = known.PAPER_OF[Notice.Kind.ANNOUNCEMENT]
    issued = newest_papers(kind, [cycle]).get(cycle.pk)
    files = files_shown(issued, "announcement_paper", [year])
    return render(
        request,
        "elections/notices_public.html",
        {"cycle": cycle, "notices": [shown(each, files) for each in found]},
    )


def _public_files() -> QuerySet[File]:
    kinds = list(known.PAPER_OF.values())
    return File.objects.select_related("issued").filter(audience=PUBLIC, issued__kind__in=kinds)


@require_GET
def paper(request: HttpRequest, year: int, slug: str, file: int) -> HttpResponse:
    election = get_object_or_404(Election, cycle__year=year, group__slug=slug)
    found = get_object_or_404(
        _public_files(), pk=file, issued__vault_scope=f"election-{election.pk}"
    )
    return documents.serve(documents.open_published_file(found), found.name, is_public=True)


@require_GET
def announcement_paper(request: HttpRequest, year: int, file: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle, year=year)
    found = get_object_or_404(
        _public_files(),
        pk=file,
        issued__vault_scope=f"body-{cycle.body_id}",
        issued__subject_number=cycle.pk,
    )
    return documents.serve(documents.open_published_file(found), found.name, is_public=True)
