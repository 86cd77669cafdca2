"""The results protocol: where it stands, its draft, its versions, and what everybody may read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.access import Standing as Capacity
from okil.areas.bodies.models import Role, RoleName
from okil.areas.bodies.queries import role_name
from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import protocols as actions
from okil.areas.elections.forms.protocols import FirstVersionForm, FurtherVersionForm
from okil.areas.elections.models import AgreedCount, Election, Protocol, Signature
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries import protocols as known
from okil.areas.elections.views import shown
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording.protocols import SIGNATURE_KINDS
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.languages import LANGUAGES
from okil.pure.refusal import Refused
from okil.pure.rules.signing import Standing
from okil.pure.rules.stages import State

INTERNAL, PUBLIC = "internal", "public"
FORMS = ("pdf", "docx", "html")


def entering(
    request: HttpRequest, year: int, slug: str, *, tab: str = "protocol"
) -> tuple[Visit, dict[str, Any]]:
    """The visitor, and what pages of the protocol begin with: they ask little, to stay light."""
    visit = access.election_for(request.user, year, slug)
    page = {
        "election": visit.election,
        "capacities": [role_name(role) for role in visit.roles()],
        "tabs": election_tabs(visit, tab),
    }
    return visit, page


def standing_at(where: Whereabouts) -> dict[str, Any]:
    """Where the election stands, for pages on which something may be done now."""
    runs = not where.annulled and where.suspension is None
    return {
        "where": where,
        "mark": shown.state_mark(where),
        "is_open": runs and where.state in known.OPEN_FOR_PROTOCOLS,
    }


@officer_required
@require_GET
def protocol(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Who has signed, who has not; before that, what is missing for drawing it up."""
    visit, page = entering(request, year, slug)
    where = queries.whereabouts_of(visit.election)
    versions = list(known.versions_of(where.round))
    newest = versions[0] if versions else None
    return render(
        request,
        "elections/protocol.html",
        {
            **page,
            **standing_at(where),
            **(signing_shown(visit, newest, at=clock.now()) if newest else {}),
            "versions": versions,
            "newest": newest,
            "is_counted": bool(newest) or AgreedCount.objects.filter(round=where.round).exists(),
            "remarked_since": newest is not None and known.remarked_since(newest),
            "comes_later": where.state in BEFORE_THE_COUNT,
            "is_commissioner": visit.is_a(RoleName.COMMISSIONER),
            "may_read": visit.may("see", "protocol_internal"),
            "is_observer": visit.is_a(RoleName.OBSERVER),
        },
    )


BEFORE_THE_COUNT = frozenset(list(State)[: list(State).index(State.COUNTING)])


def signing_shown(visit: Visit, version: Protocol, *, at: datetime) -> dict[str, Any]:
    """One row for each who signs, and what the visitor can do about it."""
    roles = known.signers_of(version)
    signatures = {each.role_id: each for each in known.signatures_of(version)}
    standing = known.standing_among(version, roles, signatures.values(), at=at)
    own = {(each.role, each.number) for each in visit.standings if _is_here(each, visit.election)}
    mine = next((role for role in roles if known.signer(role) in own), None)
    return {
        "standing": standing,
        "signers": [_signer_shown(role, signatures.get(role.pk), standing) for role in roles],
        "may_sign": mine is not None and mine.pk not in signatures,
        "is_signer": mine is not None,
        "own_number": mine.person.number if mine else None,
    }


def _is_here(standing: Capacity, election: Election) -> bool:
    return standing.group == election.group_id


def _signer_shown(role: Role, signature: Signature | None, standing: Standing) -> dict[str, Any]:
    return {
        "number": role.person.number,
        "role_name": role_name(role.role),
        "organisation": role.person.organisation,
        "signature": signature,
        "kind": SIGNATURE_KINDS[signature.kind] if signature else "",
        "mark": MARKS[signature.kind] if signature else "wait",
        "may_be_absent": known.signer(role) in standing.may_be_stated_absent,
    }


MARKS = {"signed": "ok", "handwritten": "ok", "dissent": "warn", "absent": "gap"}


@officer_required
def draw_up(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """A version made from the facts, once more asked; a further one says why."""
    visit, page = entering(request, year, slug)
    if not visit.is_a(RoleName.COMMISSIONER):
        raise Http404
    newest = known.newest(queries.current_round(visit.election))
    form_class = FurtherVersionForm if newest else FirstVersionForm
    seen = newest.version if newest else 0
    form = form_class(*posted(request), initial={"seen_version": seen})
    back = reverse("protocol", args=[year, slug])

    def perform(form: FirstVersionForm | FurtherVersionForm) -> None:
        actions.draw_up_protocol(
            visit.election.pk,
            seen_version=form.cleaned_data["seen_version"],
            reason=form.reason(),
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        form,
        perform,
        template="elections/protocol_draw_up.html",
        page={**page, "newest": newest, "back": back},
        then=back,
        done=_("The protocol is drawn up. Now all sign it."),
    )


@officer_required
def draft(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The internal version as it would be now; asked for by a button, since it opens names."""
    visit, page = entering(request, year, slug)
    if not visit.is_a(RoleName.COMMISSIONER):
        raise Http404
    article, problem = "", ""
    if request.method == "POST":
        form = request.POST.get("form", "html")
        try:
            content = actions.draft_protocol(
                visit.election.pk,
                language=_language(request),
                form=_one_of(form, ("html", "pdf")),
                actor=visit.user,
                at=clock.now(),
            )
        except Refused as refused:
            problem = refusals.sentence(refused)
        else:
            if form == "pdf":
                return documents.serve(content, "draft.pdf")
            article = documents.article_of(content)
    context = {**page, "article": article, "problem": problem, "languages": _languages()}
    return render(request, "elections/protocol_draft.html", context, status=422 if problem else 200)


def _languages() -> list[dict[str, str]]:
    return [{"code": code, "name": NAMES_OF_LANGUAGES[code]} for code in LANGUAGES]


NAMES_OF_LANGUAGES = {"ru": "Русский", "kk": "Қазақша", "en": "English"}


def _one_of(value: str, known_values: tuple[str, ...]) -> str:
    if value not in known_values:
        raise Http404
    return value


def _language(request: HttpRequest) -> str:
    return _one_of(request.POST.get("language", (get_language() or "ru")[:2]), LANGUAGES)


@officer_required
def version(request: HttpRequest, year: int, slug: str, version: int) -> HttpResponse:
    """One version with its files, its hashes and its signatures. Posted: what was written with these."""
    at = clock.now()
    visit, page = entering(request, year, slug)
    versions = list(known.versions_of(queries.current_round(visit.election)))
    found = next((each for each in versions if each.version == version), None)
    if found is None:
        raise Http404
    notes: dict[int, dict[str, Any]] = {}
    if request.method == "POST":
        try:
            notes = actions.open_signatures(
                visit.election.pk, version=version, actor=visit.user, at=at
            )
        except Refused as refused:
            messages.error(request, refusals.sentence(refused))
            return HttpResponseRedirect(request.path)
    signing = signing_shown(visit, found, at=at)
    for row in signing["signers"]:
        signature = row["signature"]
        row["note"] = notes[signature.pk]["note"] if signature and signature.pk in notes else ""
    return render(
        request,
        "elections/protocol_version.html",
        {
            **page,
            **signing,
            "version": found,
            "newest": versions[0],
            "may_read": visit.may("see", "protocol_internal"),
            "files": files_by_language(found),
            "notes_shown": bool(notes),
            "has_notes": any(
                row["signature"] and row["signature"].kind in ("dissent", "absent")
                for row in signing["signers"]
            ),
        },
    )


def files_by_language(version: Protocol) -> list[dict[str, Any]]:
    """For each language, its files of the public and of the internal version."""
    files = list(version.issued.files.defer("content"))
    return [
        {
            "language": code,
            "name": NAMES_OF_LANGUAGES[code],
            "public": [each for each in files if (each.language, each.audience) == (code, PUBLIC)],
            "internal": [
                each for each in files if (each.language, each.audience) == (code, INTERNAL)
            ],
        }
        for code in LANGUAGES
    ]


@officer_required
@require_POST
def internal_file(
    request: HttpRequest, year: int, slug: str, version: int, language: str, form: str
) -> HttpResponse:
    """A file that names people: asked for by a button, on the record."""
    visit = access.election_for(request.user, year, slug)
    if not visit.may("see", "protocol_internal"):
        raise Http404
    try:
        file, content = actions.open_protocol_file(
            visit.election.pk,
            version=version,
            language=_one_of(language, LANGUAGES),
            form=_one_of(form, FORMS),
            actor=visit.user,
            at=clock.now(),
        )
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(reverse("protocol", args=[year, slug]))
    return documents.serve(content, file.name)


@officer_required
@require_GET
def public_file(
    request: HttpRequest, year: int, slug: str, version: int, language: str, form: str
) -> HttpResponse:
    """The public version for officers, before it is published."""
    visit = access.election_for(request.user, year, slug)
    versions = known.versions_of(queries.current_round(visit.election))
    found = get_object_or_404(versions, version=version)
    return _public_file(found, language, form)


def _public_file(
    found: Protocol, language: str, form: str, *, is_public: bool = False
) -> HttpResponse:
    file = get_object_or_404(
        found.issued.files, audience=PUBLIC, language=language, format=_one_of(form, FORMS)
    )
    return documents.serve(documents.open_published_file(file), file.name, is_public=is_public)


def article_of(found: Protocol, language: str) -> str:
    """The public version as a part of a page."""
    file = found.issued.files.get(audience=PUBLIC, language=language, format="html")
    return documents.article_of(documents.open_published_file(file))


# What everybody may read


def _published(year: int, slug: str) -> tuple[Election, known.Published]:
    election = get_object_or_404(
        Election.objects.select_related("cycle__body", "group"), cycle__year=year, group__slug=slug
    )
    found = known.published(election)
    if found is None:
        raise Http404
    return election, found


@require_GET
def public(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The public protocol, from the publication of the results on."""
    election, found = _published(year, slug)
    return render(
        request,
        "elections/protocol_public.html",
        {
            "election": election,
            "version": found.protocol,
            "correction_waits": found.correction_waits,
            "article": article_of(found.protocol, (get_language() or "ru")[:2]),
            "languages": _languages(),
        },
    )


@require_GET
def public_pdf(request: HttpRequest, year: int, slug: str, language: str) -> HttpResponse:
    _election, found = _published(year, slug)
    return _public_file(found.protocol, language, "pdf", is_public=True)
