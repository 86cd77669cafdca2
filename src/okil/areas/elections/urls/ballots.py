from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import ballots

HERE = ELECTION + "ballots/"

urlpatterns = [
    path(HERE, ballots.ballots, name="ballots"),
    path(HERE + "lot/", ballots.lot, name="ballots_lot"),
    path(HERE + "paper/", ballots.issue, name="ballots_issue"),
    path(HERE + "specimen/", ballots.specimen, name="ballots_specimen"),
    path(HERE + "printing/", ballots.printing, name="ballots_printing"),
    path(
        HERE + "printing/<int:printing>/withdraw/",
        ballots.take_printing_back,
        name="ballots_printing_withdraw",
    ),
]
