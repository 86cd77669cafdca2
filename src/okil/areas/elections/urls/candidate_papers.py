from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import candidate_papers

urlpatterns = [
    path(
        ELECTION + "candidates/<int:number>/papers/<int:row>/",
        candidate_papers.paper,
        name="candidate_paper",
    ),
    path(
        PUBLIC_ELECTION + "candidates/<int:number>/photo/",
        candidate_papers.photo,
        name="candidate_photo",
    ),
]
