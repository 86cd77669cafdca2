from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import (
    regulation_cases,
    regulation_comparison,
    regulation_drafts,
    regulation_findings,
    regulations,
)

HERE = ELECTION + "regulation/"

urlpatterns = [
    path(HERE, regulations.regulation, name="election_regulation"),
    path(HERE + "new/", regulation_drafts.adopt, name="election_regulation_adopt"),
    path(HERE + "edit/", regulation_drafts.parts, name="election_regulation_parts"),
    path(HERE + "edit/discard/", regulation_drafts.discard, name="election_regulation_discard"),
    path(HERE + "edit/<slug:part>/", regulation_drafts.edit, name="election_regulation_part"),
    path(HERE + "findings/", regulation_findings.findings, name="election_regulation_findings"),
    path(
        HERE + "findings/draft/",
        regulation_findings.draft_findings,
        name="election_regulation_draft_findings",
    ),
    path(HERE + "compare/", regulation_comparison.compare, name="election_regulation_compare"),
    path(HERE + "case/<slug:rule>/", regulation_cases.case, name="election_regulation_case"),
    path(HERE + "<int:version>/text/", regulations.text, name="election_regulation_text"),
    path(PUBLIC_ELECTION + "regulation/", regulations.public, name="group_regulation"),
]
