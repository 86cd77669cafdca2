from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import papers

FILE = "<int:paper_year>/<int:number>/<slug:language>/<slug:form>/"

urlpatterns = [
    path(ELECTION + "papers/", papers.papers, name="papers"),
    path(ELECTION + "papers/internal/" + FILE, papers.internal, name="paper_internal"),
    path(ELECTION + "papers/public/" + FILE, papers.for_officers, name="paper_for_officers"),
    path(PUBLIC_ELECTION + "papers/" + FILE, papers.public, name="public_paper"),
]
