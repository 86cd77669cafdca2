"""The regulation as a file: drafts of what is being written, the paper of what was adopted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections import access
from okil.areas.elections.actions import regulation_papers as actions
from okil.areas.elections.documents.regulations import ELECTION_REGULATION, draft_facts
from okil.areas.elections.models import AdoptedRegulation, Election, RegulationDraft
from okil.areas.elections.queries import regulation_papers as known
from okil.areas.elections.views.assembly import or_404, page_of, pressed, seen_in
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.documents.kinds import PUBLIC, kind_of
from okil.foundation.web.clock import clock
from okil.pure.rules.regulation import Regulation, read


@officer_required
@require_GET
def draft(request: HttpRequest, year: int, slug: str, language: str, form: str) -> HttpResponse:
    """What is being written, as far as it is; without it, the newest version as a beginning."""
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("change", "regulation"))
    kind = kind_of(ELECTION_REGULATION)
    or_404(language in kind.languages and form in kind.formats)
    group = visit.election.group
    content = documents.draft(
        ELECTION_REGULATION,
        facts=draft_facts(group, _being_written(group)),
        language=language,
        audience=PUBLIC,
        format=form,
    )
    return documents.serve(content, f"draft-{language}.{form}")


def _being_written(group: ElectoralGroup) -> Regulation:
    found = RegulationDraft.objects.filter(group=group).first() or group.regulations.first()
    return read(found.content)[0] if found else Regulation()


@officer_required
@require_POST
def issue(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("change", "regulation"))
    at = clock.now()
    return pressed(
        request,
        lambda: actions.issue_regulation(
            visit.election.group_id, seen=seen_in(request), actor=visit.user, at=at
        ),
        then=page_of("election_regulation", visit),
        done=_("The paper of the regulation is made."),
    )


@officer_required
@require_GET
def paper(
    request: HttpRequest, year: int, slug: str, version: int, language: str, form: str
) -> HttpResponse:
    """The paper of a version, for everyone who may read the regulation here."""
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("see", "regulation"))
    adopted = get_object_or_404(visit.election.group.regulations, version=version)
    return _served(adopted, language, form)


@require_GET
def public(request: HttpRequest, year: int, slug: str, language: str, form: str) -> HttpResponse:
    """The version in force, where the group agreed to show it."""
    election = get_object_or_404(
        Election.objects.select_related("group"), cycle__year=year, group__slug=slug
    )
    adopted = election.group.regulations.first()
    if adopted is None or not adopted.is_public:
        raise Http404
    return _served(adopted, language, form, is_public=True)


def _served(
    adopted: AdoptedRegulation, language: str, form: str, *, is_public: bool = False
) -> HttpResponse:
    issued = known.paper_of(adopted)
    if issued is None:
        raise Http404
    file = get_object_or_404(issued.files.all(), language=language, format=form)
    return documents.serve(documents.open_published_file(file), file.name, is_public=is_public)
