"""A regulation being written: its nine parts, saved as they are, adopted or discarded as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import regulation_drafts as drafts
from okil.areas.elections.actions import regulations as actions
from okil.areas.elections.forms.answers import condition_of
from okil.areas.elections.forms.regulation_rows import RowsTable
from okil.areas.elections.forms.regulations import AdoptionForm, DiscardForm, PartForm
from okil.areas.elections.queries import regulations as known
from okil.areas.elections.queries.regulations import Written
from okil.areas.elections.queries.rule_questions import proposals_for
from okil.areas.elections.views.regulation_comparison import changes_shown
from okil.areas.elections.views.regulation_findings import (
    TAB,
    counts,
    finding_shown,
    findings_of_what_is_written,
)
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording import regulations as wording
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import (
    QUESTIONS,
    QUESTIONS_OF,
    RULES_OF,
    Kind,
    Part,
    Regulation,
    as_data,
    is_answered,
    is_asked,
)
from okil.pure.rules.regulation.comparison import changes
from okil.pure.rules.regulation.findings import Finding

PARTS = tuple(Part)
OFFERED = ("pdf", "docx")


def _writer(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "regulation"):
        raise Http404
    return visit


def _of(visit: Visit, name: str, *more: object) -> str:
    election = visit.election
    return reverse(name, args=[election.cycle.year, election.group.slug, *more])


@officer_required
def parts(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """All parts, and how far each is."""
    visit = _writer(request, year, slug)
    written = known.written_of(visit.election.group)
    found = findings_of_what_is_written(visit, written)
    stands = known.rules_stand_for(visit.election.group)
    return render(
        request,
        "elections/regulation_parts.html",
        {
            "election": visit.election,
            "tabs": election_tabs(visit, TAB),
            "written": written,
            "counts": counts(found),
            "rules_stand": stands,
            "may_adopt": not stands and (written.draft or written.adopted),
            "proposals": proposals_for(visit.election.group, since=written.entered_at).count(),
            "parts": [_part_shown(visit, part, found) for part in PARTS],
            "papers": [
                {
                    "url": _of(visit, "election_regulation_draft", code, form),
                    "language": name,
                    "form": form.upper(),
                }
                for code, name in LANGUAGE_NAMES.items()
                for form in OFFERED
            ],
        },
    )


def _part_shown(visit: Visit, part: Part, found: Sequence[Finding]) -> dict[str, Any]:
    return {
        "number": PARTS.index(part) + 1,
        "name": wording.part_name(part),
        "url": _of(visit, "election_regulation_part", part.value),
        "counts": counts(each for each in found if each.rule in RULES_OF[part]),
    }


@officer_required
def edit(request: HttpRequest, year: int, slug: str, part: str) -> HttpResponse:
    """The questions of one part, each rule with what is found about it."""
    visit = _writer(request, year, slug)
    if part not in set(Part):
        raise Http404
    here = Part(part)
    written = known.written_of(visit.election.group)
    form = PartForm(
        *posted(request),
        part=here,
        content=as_data(written.regulation),
        languages=visit.election.cycle.body.languages,
    )
    if request.method == "POST":
        if "use" in request.POST or "more" in request.POST:
            form.with_ready_wording(request.POST.get("use", ""))
            form.with_more_rows(request.POST.get("more", ""))
            return _edit_page(request, visit, here, form, written, status=200)
        if form.is_valid() and _is_saved(visit, here, form):
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(_where_next(request, visit, here))
    return _edit_page(
        request, visit, here, form, written, status=422 if request.method == "POST" else 200
    )


def _is_saved(visit: Visit, part: Part, form: PartForm) -> bool:
    group = visit.election.group
    try:
        drafts.save_draft(
            group.pk,
            part=part.value,
            answers=form.answers(),
            seen=form.seen_answers(),
            actor=visit.user,
            at=clock.now(),
        )
    except Refused as refused:
        if refused.code == "draft-changed":
            now = known.written_of(group)
            form.tell_what_changed(now.content, as_data(now.regulation))
        refusals.add_to(form, refused)
        return False
    return True


def _where_next(request: HttpRequest, visit: Visit, part: Part) -> str:
    """The next part if that button was pressed, after the last one the list of all."""
    following = PARTS[PARTS.index(part) + 1 :]
    if "next" not in request.POST:
        return _of(visit, "election_regulation_part", part.value)
    if following:
        return _of(visit, "election_regulation_part", following[0].value)
    return _of(visit, "election_regulation_parts")


def _edit_page(
    request: HttpRequest,
    visit: Visit,
    part: Part,
    form: PartForm,
    written: Written,
    *,
    status: int,
) -> HttpResponse:
    found = {
        each.rule: each
        for each in findings_of_what_is_written(visit, written)
        if each.rule in RULES_OF[part]
    }
    number = PARTS.index(part) + 1
    return render(
        request,
        "elections/regulation_edit.html",
        {
            "election": visit.election,
            "tabs": election_tabs(visit, TAB),
            "title": wording.part_name(part),
            "number": number,
            "of": len(PARTS),
            "following": wording.part_name(PARTS[number]) if number < len(PARTS) else "",
            "form": form,
            "counts": counts(found.values()),
            "rules": [
                _rule_shown(f"{number}.{index}", found[rule], form, written.regulation)
                for index, rule in enumerate(RULES_OF[part], start=1)
            ],
        },
        status=status,
    )


def _rule_shown(
    number: str, finding: Finding, form: PartForm, regulation: Regulation
) -> dict[str, Any]:
    return {
        **finding_shown(finding),
        "number": number,
        "fields": [_field_shown(name, form, regulation) for name in QUESTIONS_OF[finding.rule]],
    }


def _field_shown(name: str, form: PartForm, regulation: Regulation) -> dict[str, Any]:
    """What is asked only under a condition is folded away as long as that does not hold."""
    asked = is_asked(name, regulation)
    field = form[name]
    return {
        "field": field,
        "condition": condition_of(name),
        "is_folded": not (asked or field.errors or is_answered(name, regulation)),
        "takes_wording": QUESTIONS[name].kind is Kind.TEXT,
        "takes_rows": isinstance(form.fields[name].widget, RowsTable),
    }


@officer_required
@require_POST
def discard(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _writer(request, year, slug)
    form = DiscardForm(request.POST)
    seen = form.cleaned_data["seen_revision"] if form.is_valid() else 0
    try:
        drafts.discard_draft(
            visit.election.group_id, seen_revision=seen, actor=visit.user, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(_of(visit, "election_regulation_parts"))
    messages.success(request, _("The draft is discarded. The version in force stays as it is."))
    return HttpResponseRedirect(_of(visit, "election_regulation"))


@officer_required
def adopt(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The draft becomes a version, by a decision of the group."""
    visit = _writer(request, year, slug)
    group = visit.election.group
    written = known.written_of(group)
    form = AdoptionForm(
        *posted(request),
        initial={
            "is_public": written.adopted.is_public if written.adopted else False,
            "seen_version": written.version,
            "seen_revision": written.revision,
        },
    )

    def perform(form: AdoptionForm) -> None:
        try:
            actions.adopt_draft(
                group.pk,
                decision=form.facts(),
                is_public=form.cleaned_data["is_public"],
                text=form.text_read(),
                seen_version=form.cleaned_data["seen_version"],
                seen_revision=form.cleaned_data["seen_revision"],
                actor=visit.user,
                at=clock.now(),
            )
        except Refused as refused:
            if refused.code == "changed-meanwhile":
                form.has_seen(written.version, written.revision)
            raise

    return act(
        request,
        form,
        perform,
        template="elections/regulation_adopt.html",
        page=_adoption_page(visit, written),
        then=_of(visit, "election_regulation"),
        done=_("The regulation is entered."),
    )


def _adoption_page(visit: Visit, written: Written) -> dict[str, Any]:
    """What is adopted, and what changes by it."""
    before = written.adopted.regulation if written.adopted else Regulation()
    return {
        "election": visit.election,
        "tabs": election_tabs(visit, TAB),
        "written": written,
        "counts": counts(findings_of_what_is_written(visit, written)),
        "changes": changes_shown(changes(before, written.regulation)),
        "back": _of(visit, "election_regulation_parts"),
    }
