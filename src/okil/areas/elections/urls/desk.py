from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import desk

HERE = ELECTION + "desk/"

urlpatterns = [
    path(HERE, desk.desk, name="desk"),
    path(HERE + "paper/", desk.give, name="desk_give"),
    path(HERE + "paper/back/", desk.take_back, name="desk_take_back"),
    path(HERE + "voted/", desk.voted, name="desk_voted"),
]
