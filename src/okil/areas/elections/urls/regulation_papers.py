from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import regulation_papers

FILE = "<slug:language>/<slug:form>/"
REGULATION = ELECTION + "regulation/"

urlpatterns = [
    path(
        REGULATION + "draft/file/" + FILE, regulation_papers.draft, name="election_regulation_draft"
    ),
    path(REGULATION + "paper/", regulation_papers.issue, name="election_regulation_issue"),
    path(
        REGULATION + "paper/<int:version>/" + FILE,
        regulation_papers.paper,
        name="election_regulation_paper",
    ),
    path(
        PUBLIC_ELECTION + "regulation/" + FILE,
        regulation_papers.public,
        name="public_regulation_paper",
    ),
]
