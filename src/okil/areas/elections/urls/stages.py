from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import (
    cycles,
    dates,
    journal,
    office,
    rounds,
    stages,
)

urlpatterns = [
    path("cycles/<int:year>/", cycles.cycle, name="cycle"),
    path("cycles/<int:year>/groups/<slug:slug>/", stages.group, name="group"),
    path("office/", office.office, name="office"),
    path("office/journal/", journal.office_journal, name="office_journal"),
    path("office/cycles/new/", cycles.open_cycle, name="cycle_open"),
    path("office/cycles/<int:year>/", cycles.overview, name="overview"),
    path("office/cycles/<int:year>/decision/", cycles.cycle_decision, name="cycle_decision"),
    path("office/cycles/<int:year>/dates/", cycles.cycle_dates, name="cycle_dates"),
    path(ELECTION, stages.workspace, name="workspace"),
    path(ELECTION + "move/", stages.move, name="election_move"),
    path(ELECTION + "gates/<slug:code>/", stages.gate, name="election_gate"),
    path(
        ELECTION + "answers/<int:answer>/withdraw/",
        stages.withdraw_answer,
        name="election_answer_withdraw",
    ),
    path(ELECTION + "dates/", dates.dates, name="election_dates"),
    path(ELECTION + "dates/<int:stage>/", dates.extend, name="election_extend"),
    path(ELECTION + "suspension/", rounds.suspend, name="election_suspend"),
    path(ELECTION + "suspension/end/", rounds.resume, name="election_resume"),
    path(ELECTION + "annulment/", rounds.annul, name="election_annul"),
    path(ELECTION + "round/", rounds.new_round, name="election_new_round"),
    path(ELECTION + "journal/", journal.election_journal, name="election_journal"),
]
