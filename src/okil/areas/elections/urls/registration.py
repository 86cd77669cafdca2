from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import my, registration, tickets

VOTER = ELECTION + "voters/<int:number>/"

urlpatterns = [
    path(PUBLIC_ELECTION + "register/", registration.register, name="register"),
    path("my/", my.my, name="my"),
    path(VOTER + "ticket/", tickets.renew, name="voter_ticket"),
    path(VOTER + "paper/", tickets.paper, name="voter_paper"),
]
