from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import by_elections

urlpatterns = [
    path(ELECTION + "by-election/", by_elections.by_election, name="by_election"),
]
