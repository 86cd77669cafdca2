"""Signing a version: with a fresh second factor, on paper, or the others' words on who did not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.bodies.queries import role_name
from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import protocols as actions
from okil.areas.elections.forms.protocols import AbsenceForm, PaperSignatureForm, SignForm
from okil.areas.elections.models import Protocol
from okil.areas.elections.queries import protocols as known
from okil.areas.elections.views.protocols import article_of, entering
from okil.foundation.accounts import officer_required
from okil.foundation.accounts.second_factor import fresh_factor_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused

CONTENT_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}


def _signing(
    request: HttpRequest, year: int, slug: str, version: int
) -> tuple[Visit, Protocol, dict[str, Any]]:
    visit, page = entering(request, year, slug)
    if not visit.may("decide", "protocol_internal"):
        raise Http404
    versions = known.versions_of(queries.current_round(visit.election))
    found = get_object_or_404(versions, version=version)
    return visit, found, {**page, "version": found, "back": reverse("protocol", args=[year, slug])}


@officer_required
@fresh_factor_required
def sign(request: HttpRequest, year: int, slug: str, version: int) -> HttpResponse:
    """What is signed, what signing means, and the signature."""
    visit, found, page = _signing(request, year, slug, version)

    def perform(form: SignForm) -> None:
        actions.sign_protocol(
            visit.election.pk,
            version=version,
            dissent=form.dissent(),
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        SignForm(*posted(request)),
        perform,
        template="elections/protocol_sign.html",
        page={**page, "article": article_of(found, (get_language() or "ru")[:2])},
        then=page["back"],
        done=_("Signed. The journal keeps the hashes of what you signed."),
    )


@officer_required
@fresh_factor_required
def on_paper(request: HttpRequest, year: int, slug: str, version: int, number: int) -> HttpResponse:
    """The scan of a page signed by hand, one's own or another's."""
    visit, found, page = _signing(request, year, slug, version)

    def perform(form: PaperSignatureForm) -> None:
        actions.enter_paper_signature(
            visit.election.pk,
            version=version,
            number=number,
            paper=form.scan(),
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        PaperSignatureForm(*posted(request)),
        perform,
        template="elections/protocol_about.html",
        page={
            **page,
            "signer": _signer(found, number),
            "title": _("A signature on paper"),
            "lead": _(
                "Print the protocol, have it signed by hand, and attach the page. You answer for it "
                "that the signature is theirs: the journal names you beside it."
            ),
            "button": _("Keep the signature"),
        },
        then=page["back"],
        done=_("The signature is kept."),
    )


@officer_required
@fresh_factor_required
def absence(request: HttpRequest, year: int, slug: str, version: int, number: int) -> HttpResponse:
    """A member has not signed for three days: the others' words stand instead."""
    visit, found, page = _signing(request, year, slug, version)

    def perform(form: AbsenceForm) -> None:
        actions.state_absence(
            visit.election.pk,
            version=version,
            number=number,
            reason=form.cleaned_data["reason"],
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        AbsenceForm(*posted(request)),
        perform,
        template="elections/protocol_about.html",
        page={
            **page,
            "signer": _signer(found, number),
            "title": _("State an absence"),
            "lead": _(
                "All others have signed, and three days have passed. With your statement the protocol "
                "is complete. Who was absent can then sign a new version only."
            ),
            "button": _("State the absence"),
            "is_final": True,
        },
        then=page["back"],
        done=_("The absence is stated."),
    )


def _signer(found: Protocol, number: int) -> dict[str, Any]:
    """Whose signature it is about, without the name."""
    for role in known.signers_of(found):
        if role.person.number == number:
            return {
                "number": number,
                "role_name": role_name(role.role),
                "organisation": role.person.organisation,
            }
    raise Http404


@officer_required
@require_POST
def scan(request: HttpRequest, year: int, slug: str, version: int, number: int) -> HttpResponse:
    """The page that was signed by hand, on the record; its file name says nothing."""
    visit = access.election_for(request.user, year, slug)
    if not visit.may("see", "protocol_internal"):
        raise Http404
    found = get_object_or_404(
        known.versions_of(queries.current_round(visit.election)), version=version
    )
    signature = get_object_or_404(
        found.signatures.exclude(paper_kind=""), role__person__number=number
    )
    try:
        opened = actions.open_signatures(
            visit.election.pk, version=version, actor=visit.user, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(reverse("protocol_version", args=[year, slug, version]))
    kind = signature.paper_kind
    return HttpResponse(
        opened[signature.pk]["paper"],
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="signature-{signature.pk}.{kind}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
