"""Notices of an election: written from facts, copied, published by channels, issued as papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.queries import role_name
from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import notices as actions
from okil.areas.elections.documents import notices as texts
from okil.areas.elections.forms.notices import NoticeForm, PublicationForm
from okil.areas.elections.forms.officers import SeenForm
from okil.areas.elections.models import Notice
from okil.areas.elections.queries import notices as known
from okil.areas.elections.queries.notices import Told
from okil.areas.elections.views.officers import files_shown, page_of
from okil.areas.elections.wording.notices import CHANNELS, KINDS, PURPOSES
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.documents.models import Issued
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.languages import LANGUAGES
from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

TAB = "notices"
DRAFTS = ("pdf", "docx")


@officer_required
def notices(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Each notice of the round: written or not, by how many channels published."""
    visit = access.election_for(request.user, year, slug)
    row = queries.current_round(visit.election)
    state = State(row.state)
    newest = known.newest(known.notices_of(row))
    may_change = visit.may("change", "notices")
    return render(
        request,
        "elections/notices.html",
        {
            **page_of(visit, TAB),
            "rows": [
                {
                    "title": KINDS[kind],
                    "purpose": PURPOSES[kind],
                    "told": (told := known.told(newest[kind]) if kind in newest else None),
                    "mark": _mark(told),
                    "channels": _channels(told),
                    "url": reverse("notice", args=[year, slug, newest[kind].pk])
                    if kind in newest
                    else "",
                    "write_url": reverse("notice_write", args=[year, slug, kind])
                    if may_change and known.when(kind, state) == "now"
                    else "",
                    "when": known.when(kind, state),
                }
                for kind in known.kinds_of(row)
            ],
        },
    )


def _mark(told: Told | None) -> dict[str, str]:
    if told is None:
        return {"kind": "wait", "word": _("Not written")}
    if told.only_chats and not told.is_enough:
        return {"kind": "warn", "word": _("Only in a chat")}
    if told.is_enough:
        return {"kind": "ok", "word": _("Published")}
    if told.publications:
        return {"kind": "warn", "word": _("By one channel only")}
    return {"kind": "warn", "word": _("Written, not published")}


def _channels(told: Told | None) -> list[Any]:
    return [CHANNELS[code] for code in dict.fromkeys(told.channels)] if told else []


def _of(visit: Visit, pk: int) -> Notice:
    found = Notice.objects.select_related("cycle__body", "round").prefetch_related("publications")
    return get_object_or_404(found, pk=pk, round__election=visit.election)


def _changing(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "notices"):
        raise Http404
    return visit


# Writing


@officer_required
def write(request: HttpRequest, year: int, slug: str, kind: str) -> HttpResponse:
    visit = _changing(request, year, slug)
    election = visit.election
    where = queries.whereabouts_of(election)
    row, rules = where.round, where.rules
    if kind not in known.kinds_of(row):
        raise Http404
    latest = Notice.objects.filter(round=row, kind=kind).order_by("-version").first()
    languages = known.languages_for(rules, election.cycle.body.languages)
    return write_page(
        request,
        kind,
        latest,
        languages,
        lambda: texts.notice_facts(kind, election, row, rules),
        lambda form: actions.write_notice(
            election.pk,
            kind=kind,
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            actor=visit.user,
            at=clock.now(),
        ),
        page=page_of(visit, TAB),
        back=reverse("notices", args=[year, slug]),
        here=reverse("notice_write", args=[year, slug, kind]),
        then=lambda notice: reverse("notice", args=[year, slug, notice.pk]),
    )


def write_page(
    request: HttpRequest,
    kind: str,
    latest: Notice | None,
    languages: Sequence[str],
    facts: Callable[[], dict[str, Any]],
    perform: Callable[[NoticeForm], Notice],
    *,
    page: dict[str, Any],
    back: str,
    here: str,
    then: Callable[[Notice], str],
) -> HttpResponse:
    """The text to be edited: of the last version, or anew from the facts of now. When it is kept, the
    reader stands before it, to publish it.
    """
    anew = latest is None or "anew" in request.GET
    initial: dict[str, Any] = {"seen": latest.version if latest else 0}
    if request.method != "POST":
        initial["text"] = (
            {code: texts.draft_text(gathered, code) for code in languages}
            if anew and (gathered := facts())
            else latest.text
            if latest
            else {}
        )
    written: list[Notice] = []
    answer = act(
        request,
        NoticeForm(*posted(request), initial=initial, languages=languages),
        lambda form: written.append(perform(form)),
        template="elections/notice_write.html",
        page={
            **page,
            "title": KINDS[kind],
            "purpose": PURPOSES[kind],
            "gap": texts.GAP,
            "has_gap": any(texts.GAP in text for text in initial.get("text", {}).values()),
            "latest": latest,
            "anew": anew,
            "here": here,
            "back": back,
        },
        then=back,
        done=_("Saved. Now publish it, and note where and when."),
    )
    return HttpResponseRedirect(then(written[0])) if written else answer


# One notice


@officer_required
def notice(request: HttpRequest, year: int, slug: str, notice: int) -> HttpResponse:
    """Its text, where and when it was published; posted, one publication more."""
    visit = access.election_for(request.user, year, slug)
    found = _of(visit, notice)
    where = [year, slug]
    return notice_page(
        request,
        found,
        visit.user,
        page={**page_of(visit, TAB), "may_change": visit.may("change", "notices")},
        urls={
            "back": reverse("notices", args=where),
            "here": reverse("notice", args=[*where, found.pk]),
            "copy": reverse("notice_copy", args=[*where, found.pk]),
            "write": reverse("notice_write", args=[*where, found.kind]),
            "issue": reverse("notice_issue", args=[*where, found.pk]),
            "draft": lambda language, form: reverse(
                "notice_draft", args=[*where, found.pk, language, form]
            ),
            "withdraw": lambda pk: reverse("publication_withdraw", args=[*where, pk]),
        },
        paper_url="notice_paper",
        paper_args=where,
    )


def notice_page(
    request: HttpRequest,
    found: Notice,
    user: Any,
    *,
    page: dict[str, Any],
    urls: dict[str, Any],
    paper_url: str,
    paper_args: Sequence[Any],
) -> HttpResponse:
    """The page of a notice, of a round or of the cycle."""
    at = clock.now()
    if request.method == "POST" and not page["may_change"]:
        raise Http404
    told = known.told(found)
    return act(
        request,
        PublicationForm(
            *posted(request), zone=found.cycle.body.time_zone, initial={"published_at": at}
        ),
        lambda form: actions.record_publication(found.pk, **form.cleaned_data, actor=user, at=at),
        template="elections/notice.html",
        page={
            **page,
            "notice": found,
            "title": KINDS[found.kind],
            "texts": _texts(found),
            "role_name": role_name(found.role),
            "publications": [_publication(each, urls) for each in told.publications],
            "withdrawn": len(told.withdrawn),
            "is_enough": told.is_enough,
            "only_chats": told.only_chats,
            "needs_several": found.kind in known.BY_SEVERAL,
            "is_newest": _is_newest(found),
            **_paper(found, urls, paper_url, paper_args),
            "urls": urls,
            "back": urls["back"],
        },
        then=urls["here"],
        done=_("Noted."),
    )


def _is_newest(found: Notice) -> bool:
    return not Notice.objects.filter(
        cycle=found.cycle_id, round=found.round_id, kind=found.kind, version__gt=found.version
    ).exists()


def _texts(found: Notice) -> list[dict[str, str]]:
    return [
        {"language": code, "name": LANGUAGE_NAMES[code], "text": found.text[code]}
        for code in LANGUAGES
        if found.text.get(code)
    ]


def _paper(
    found: Notice, urls: dict[str, Any], paper_url: str, paper_args: Sequence[Any]
) -> dict[str, Any]:
    """The paper that some kinds of notices become: its drafts, and its files once it is issued."""
    has_paper = found.kind in known.PAPER_OF
    issued: Issued | None = known.papers_of(found).first() if has_paper else None
    return {
        "has_paper": has_paper,
        "issued": issued,
        "is_issued": issued is not None and issued.issued_at >= found.written_at,
        "files": files_shown(issued, paper_url, paper_args),
        "drafts": _drafts(found, urls) if has_paper else [],
    }


def _drafts(found: Notice, urls: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "language": code,
            "text": f"{LANGUAGE_NAMES[code]}, {form.upper()}",
            "url": urls["draft"](code, form),
        }
        for code in LANGUAGES
        for form in (DRAFTS if found.round_id is None else DRAFTS[:1])
    ]


def _publication(each: Any, urls: dict[str, Any]) -> dict[str, Any]:
    return {
        "publication": each,
        "channel": CHANNELS[each.channel],
        "role_name": role_name(each.role),
        "withdraw_url": urls["withdraw"](each.pk),
    }


@officer_required
@require_GET
def copy(request: HttpRequest, year: int, slug: str, notice: int) -> HttpResponse:
    """Text ready to be pasted, whole and short, in each language."""
    visit = access.election_for(request.user, year, slug)
    found = get_object_or_404(
        Notice.objects.select_related("cycle__body", "round"),
        pk=notice,
        round__election=visit.election,
    )
    assert found.round is not None
    facts = texts.notice_facts(found.kind, visit.election, found.round)
    return copy_page(
        request,
        found,
        facts,
        page=page_of(visit, TAB),
        back=reverse("notice", args=[year, slug, found.pk]),
    )


def copy_page(
    request: HttpRequest, found: Notice, facts: dict[str, Any], *, page: dict[str, Any], back: str
) -> HttpResponse:
    return render(
        request,
        "elections/notice_copy.html",
        {
            **page,
            "title": KINDS[found.kind],
            "texts": [
                {
                    "language": code,
                    "name": LANGUAGE_NAMES[code],
                    "short": texts.short_text(facts, code),
                    "whole": found.text[code],
                    "lines": min(24, found.text[code].count("\n") + 4),
                }
                for code in LANGUAGES
                if found.text.get(code)
            ],
            "back": back,
        },
    )


@officer_required
@require_POST
def withdraw(request: HttpRequest, year: int, slug: str, publication: int) -> HttpResponse:
    visit = _changing(request, year, slug)
    found = get_object_or_404(Notice, publications__pk=publication, round__election=visit.election)
    back = reverse("notice", args=[year, slug, found.pk])
    return withdraw_and_go(request, publication, visit.user, back)


def withdraw_and_go(request: HttpRequest, publication: int, user: Any, back: str) -> HttpResponse:
    try:
        actions.withdraw_publication(publication, actor=user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(back)


@officer_required
def issue(request: HttpRequest, year: int, slug: str, notice: int) -> HttpResponse:
    visit = _changing(request, year, slug)
    found = _of(visit, notice)
    back = reverse("notice", args=[year, slug, found.pk])
    return issue_page(request, found, visit.user, page=page_of(visit, TAB), back=back)


def issue_page(
    request: HttpRequest, found: Notice, user: Any, *, page: dict[str, Any], back: str
) -> HttpResponse:
    """Once more, before a number is given."""
    if found.kind not in known.PAPER_OF:
        raise Http404
    return act(
        request,
        SeenForm(*posted(request), initial={"seen": found.version}),
        lambda form: actions.issue_notice(found.pk, actor=user, at=clock.now()),
        template="elections/form.html",
        page={
            **page,
            "title": _("Issue the paper"),
            "lead": _(
                "The notice becomes a numbered paper in three languages. Everybody may read it and "
                "check it by its code."
            ),
            "button": _("Issue the paper"),
            "back": back,
        },
        then=back,
        done=_("The paper is issued."),
    )


@officer_required
@require_GET
def draft(
    request: HttpRequest, year: int, slug: str, notice: int, language: str, form: str
) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    return draft_file(_of(visit, notice), language, form)


def draft_file(found: Notice, language: str, form: str) -> HttpResponse:
    """What the paper would look like; DOCX where people edit it."""
    forms = DRAFTS if found.round_id is None else DRAFTS[:1]
    if found.kind not in known.PAPER_OF or language not in LANGUAGES or form not in forms:
        raise Http404
    content = documents.draft(
        known.PAPER_OF[found.kind],
        facts=texts.paper_facts(found),
        language=language,
        audience="public",
        format=form,
    )
    return documents.serve(content, f"draft-{language}.{form}")
