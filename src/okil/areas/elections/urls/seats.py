from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import seats

RESULTS = ELECTION + "results/"

urlpatterns = [
    path(RESULTS, seats.results, name="election_results"),
    path(RESULTS + "departures/<int:number>/", seats.departure, name="departure"),
    path(RESULTS + "seats/", seats.take_seats, name="take_seats"),
]
