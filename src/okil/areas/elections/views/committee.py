"""The Organizing Committee of a cycle: who organises in which group, and the texts that ask for it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okil.areas.bodies.queries import in_kazakh_order
from okil.areas.elections import access
from okil.areas.elections.actions import officers as actions
from okil.areas.elections.documents import committee as texts
from okil.areas.elections.documents import officers as papers
from okil.areas.elections.forms.officers import SeenForm
from okil.areas.elections.models import Election
from okil.areas.elections.queries import officers as known
from okil.areas.elections.queries.officers import Officer
from okil.areas.elections.views.officers import files_shown
from okil.areas.elections.views.tabs import cycle_tabs
from okil.areas.elections.wording.officers import undertaking_title
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.documents.models import File
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.widgets import LANGUAGE_NAMES


def _order(row: tuple[Election, Officer | None]) -> tuple[int, ...]:
    return in_kazakh_order(row[0].group.public_name.in_language("kk"))


@officer_required
def committee(request: HttpRequest, year: int) -> HttpResponse:
    visit = access.cycle_for(request.user, year)
    found = sorted(known.committee_of(visit.cycle), key=_order)
    named = [officer for _election, officer in found if officer]
    facts = texts.request_facts(visit.cycle, named=len(named), groups=len(found))
    issued = known.newest_papers(papers.COMMITTEE, [visit.cycle]).get(visit.cycle.pk)
    languages = visit.cycle.body.languages
    return render(
        request,
        "elections/organisers.html",
        {
            "cycle": visit.cycle,
            "rows": [_row(election, officer) for election, officer in found],
            "named": len(named),
            "issued": issued,
            "files": files_shown(issued, "organisers_paper", [year]),
            "texts": [
                {
                    "title": title,
                    "inputs": [
                        {
                            "language": code,
                            "name": LANGUAGE_NAMES[code],
                            "text": compose(facts, code),
                        }
                        for code in languages
                    ],
                    "id": name,
                }
                for name, title, compose in (
                    ("request", _("Request for nominees"), texts.request_text),
                    ("formed", _("The committee is formed"), texts.formed_text),
                )
            ],
            "tabs": cycle_tabs(visit.standings, visit.cycle, "organisers"),
        },
    )


def _row(election: Election, officer: Officer | None) -> dict[str, Any]:
    return {
        "group": election.group,
        "url": reverse("officers", args=[election.cycle.year, election.group.slug]),
        "person": officer.role.person if officer else None,
        "decision": officer.role.given_by if officer else None,
        "undertakings": [
            {"title": undertaking_title(kind), "signed": signed}
            for kind, signed in officer.undertakings.items()
        ]
        if officer
        else [],
    }


@officer_required
def issue(request: HttpRequest, year: int) -> HttpResponse:
    visit = access.cycle_for(request.user, year)
    newest = known.newest_paper(papers.COMMITTEE, visit.cycle)
    back = reverse("organisers", args=[year])
    return act(
        request,
        SeenForm(*posted(request), initial={"seen": newest.version if newest else 0}),
        lambda form: actions.issue_committee_list(
            visit.cycle.pk, seen=form.cleaned_data["seen"], actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page={
            "title": papers.TITLES["7.05"],
            "lead": _(
                "The paper gets a number and is kept in three languages. Names are opened for it, which "
                "is recorded; its public version names only who agreed to it."
            ),
            "button": _("Issue the paper"),
            "back": back,
            "tabs": cycle_tabs(visit.standings, visit.cycle, "organisers"),
        },
        then=back,
        done=_("The paper is issued."),
    )


@officer_required
@require_GET
def paper(request: HttpRequest, year: int, file: int) -> HttpResponse:
    """A file of the committee's list; the internal one is opened on the record."""
    visit = access.cycle_for(request.user, year)
    try:
        found, content = actions.open_committee_paper(
            file, cycle_id=visit.cycle.pk, actor=visit.user, at=clock.now()
        )
    except File.DoesNotExist:
        raise Http404 from None
    return documents.serve(content, found.name, is_public=found.published_by_owner)
