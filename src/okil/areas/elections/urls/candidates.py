from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import admission, admission_queue, candidates, relations

CANDIDATES = ELECTION + "candidates/"
ONE = CANDIDATES + "<int:number>/"

urlpatterns = [
    path(CANDIDATES, candidates.candidates, name="candidates"),
    path(CANDIDATES + "new/", candidates.enter, name="candidate_enter"),
    path(CANDIDATES + "queue/", admission_queue.queue, name="admission_queue"),
    path(ONE, admission.candidate, name="candidate"),
    path(ONE + "change/", candidates.change, name="candidate_change"),
    path(ONE + "public/", candidates.consents, name="candidate_consents"),
    path(ONE + "withdraw/", candidates.withdraw, name="candidate_withdraw"),
    path(ONE + "signed/", candidates.signed, name="candidate_signed"),
    path(ONE + "ticket/", candidates.ticket, name="candidate_ticket"),
    path(ONE + "person/", candidates.person, name="candidate_person"),
    path(ONE + "settle/", admission.settle, name="admission_settle"),
    path(ONE + "checks/<slug:criterion>/", admission.check, name="candidate_check"),
    path(ONE + "relation/", relations.candidate_relation, name="candidate_relation"),
    path(
        ONE + "relation/mistake/",
        relations.candidate_relation_back,
        name="candidate_relation_back",
    ),
]
