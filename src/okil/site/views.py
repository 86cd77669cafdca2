"""Pages that belong to no area: the door, who sees what, the journal's heads, the glossary."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from okil.areas.bodies.queries import role_names, the_body
from okil.areas.elections import wording
from okil.areas.elections.models import Cycle
from okil.foundation.audit.models import PublishedHead
from okil.foundation.web.languages import LANGUAGES, words_from
from okil.pure.rules import days_off
from okil.pure.rules.stages import Stage, State
from okil.site import rights_table

HEADS_SHOWN = 60


def home(request: HttpRequest) -> HttpResponse:
    body = the_body()
    return render(
        request,
        "site/home.html",
        {"body": body, "cycles": list(Cycle.objects.filter(body=body).order_by("-year"))},
    )


def who_sees_what(request: HttpRequest) -> HttpResponse:
    return render(request, "site/who_sees_what.html", {"rows": rights_table.rows()})


def journal_heads(request: HttpRequest) -> HttpResponse:
    """By this a stranger sees later whether the journal was cut or rewritten."""
    heads = PublishedHead.objects.order_by("-day")[:HEADS_SHOWN]
    return render(request, "site/journal_heads.html", {"heads": list(heads)})


def glossary(request: HttpRequest) -> HttpResponse:
    """One word per thing in three languages side by side."""
    documents = words_from(wording.WORDS / "documents.json")
    sections = [
        ("stages", [wording.stage_name(stage) for stage in Stage]),
        ("states", [wording.state_name(state) for state in State]),
        ("roles", list(role_names().values())),
        ("documents", list(documents.values())),
        ("holidays", days_off.names()),
    ]
    return render(
        request,
        "site/glossary.html",
        {
            "sections": [
                (name, [[term[code] for code in LANGUAGES] for term in terms])
                for name, terms in sections
            ]
        },
    )
