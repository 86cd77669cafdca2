from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import candidate_questions

urlpatterns = [
    path(
        PUBLIC_ELECTION + "candidates/questions/",
        candidate_questions.public,
        name="candidate_questions",
    ),
    path(
        ELECTION + "candidates/questions/",
        candidate_questions.hiding,
        name="candidate_questions_hide",
    ),
]
