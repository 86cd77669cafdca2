"""Papers and the photo of a candidate: on the own page, for those who decide, and, if consented, for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from okil.areas.elections import queries
from okil.areas.elections.actions import candidate_papers as actions
from okil.areas.elections.actions.candidate_papers import Paper
from okil.areas.elections.forms.candidate_papers import FileForm, PaperForm, PhotoForm, RowForm
from okil.areas.elections.models import Candidate, Election
from okil.areas.elections.queries import candidate_papers as known
from okil.areas.elections.views.candidates import the_candidate
from okil.areas.elections.views.my_candidate_page import Look, MyCandidate, Scene
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation

CONTENT_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg"}
PHOTO_ROW = 0  # no row of the list


# The own page


def own_papers(mine: MyCandidate, more: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """For `elections/_my_candidate_papers.html`; nothing for who withdrew."""
    candidate = mine.candidate
    if candidate.withdrawn_at is not None:
        return None
    there = known.handed_in(candidate)
    refused: Mapping[int, FileForm] = more.get("files", {})
    rows = [
        {
            "asked": asked,
            "kept": there.papers.get(asked.row),
            "form": refused.get(asked.row) or PaperForm(row=asked.row),
        }
        for asked in known.papers_asked(mine.rules)
    ]
    return {
        "rows": rows,
        "missing": sum(row["kept"] is None for row in rows),
        "may_change": mine.may_change,
        "has_photo": there.has_photo,
        "photo_form": refused.get(PHOTO_ROW) or PhotoForm(row=PHOTO_ROW),
        "is_seen": known.shows_photo(candidate),
    }


def _row(request: HttpRequest) -> int:
    return RowForm(request.POST).number()


@sensitive_variables()
def _put_paper(request: HttpRequest, mine: MyCandidate) -> Look:
    row = _row(request)
    form = PaperForm(request.POST, request.FILES, row=row)
    return _kept(
        mine,
        form,
        row,
        lambda content: actions.put_paper(mine.ticket, row=row, content=content, at=mine.at),
        done=_("The paper is kept."),
    )


@sensitive_variables()
def _put_photo(request: HttpRequest, mine: MyCandidate) -> Look:
    form = PhotoForm(request.POST, request.FILES, row=PHOTO_ROW)
    return _kept(
        mine,
        form,
        PHOTO_ROW,
        lambda content: actions.put_photo(mine.ticket, content=content, at=mine.at),
        done=_("The photo is kept. Nobody else sees it unless you agree to that below."),
    )


@sensitive_variables()
def _kept(
    mine: MyCandidate, form: FileForm, row: int, keep: Callable[[bytes], object], *, done: str
) -> Look:
    if form.is_valid():
        try:
            keep(form.content())
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            return _again(mine, done)
    sentence = _("The file is not kept: the reason stands beside it.")
    return Look(mine, refused=sentence, more={"files": {row: form}})


def _again(mine: MyCandidate, done: str) -> Look:
    mine.candidate.refresh_from_db(fields=["shows_photo"])
    return Look(mine, done=done)


def _remove_paper(request: HttpRequest, mine: MyCandidate) -> Look:
    actions.remove_paper(mine.ticket, row=_row(request), at=mine.at)
    return _again(mine, _("The paper is gone from here."))


def _remove_photo(_request: HttpRequest, mine: MyCandidate) -> Look:
    actions.remove_photo(mine.ticket, at=mine.at)
    return _again(mine, _("The photo is gone from here."))


@sensitive_variables()
def _own_paper(request: HttpRequest, mine: MyCandidate) -> HttpResponse:
    row = _row(request)
    return attached(actions.open_own_paper(mine.ticket, row=row, at=mine.at), f"paper-{row}")


@sensitive_variables()
def _own_photo(_request: HttpRequest, mine: MyCandidate) -> HttpResponse:
    photo = actions.open_own_photo(mine.ticket, at=mine.at)
    return attached(Paper("jpeg", photo), "photo")


# Each button of the part by its `act`.
SCENES: dict[str, Scene] = {
    "paper": _put_paper,
    "paper-open": _own_paper,
    "paper-remove": _remove_paper,
    "photo": _put_photo,
    "photo-open": _own_photo,
    "photo-remove": _remove_photo,
}


# For those who decide


def papers_shown(candidate: Candidate, rules: Regulation) -> list[dict[str, Any]]:
    """For `elections/_candidate_papers.html`: what is asked, by whom it is used, and whether it is here."""
    papers = known.papers_asked(rules)
    there = known.handed_in(candidate).papers if papers else {}
    return [{"asked": asked, "kept": there.get(asked.row)} for asked in papers]


@officer_required
@require_POST
@sensitive_variables()
def paper(request: HttpRequest, year: int, slug: str, number: int, row: int) -> HttpResponse:
    """Opened on the record, to be kept and not shown. Its file name says nothing."""
    visit, candidate = the_candidate(request, year, slug, number)
    try:
        opened = actions.open_paper(candidate.pk, row=row, actor=visit.user, at=clock.now())
    except Refused:
        raise Http404 from None
    return attached(opened, f"candidate-{number}-paper-{row}")


def attached(opened: Paper, name: str) -> HttpResponse:
    response = HttpResponse(opened.content, content_type=CONTENT_TYPES[opened.kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{opened.kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


# For everybody


@require_safe
def photo(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """The photo of a candidate on the list who wants it seen. Kept by no cache: consents end."""
    election = get_object_or_404(
        Election.objects.select_related("cycle__body", "group"), cycle__year=year, group__slug=slug
    )
    content = known.published_photo(queries.current_round(election), number)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=CONTENT_TYPES["jpeg"])
    response["Content-Disposition"] = 'inline; filename="photo.jpeg"'
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
