from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION, PUBLIC_ELECTION
from okil.areas.elections.views import complaints

ONE = ELECTION + "complaints/<int:number>/"
urlpatterns = [
    path(PUBLIC_ELECTION + "complaint/", complaints.complain, name="complain"),
    path(PUBLIC_ELECTION + "complaints/", complaints.public_complaints, name="public_complaints"),
    path(
        PUBLIC_ELECTION + "complaints/<int:number>/",
        complaints.public_complaint,
        name="public_complaint",
    ),
    path(ELECTION + "complaints/", complaints.complaints, name="complaints"),
    path(ELECTION + "complaints/new/", complaints.enter, name="complaint_enter"),
    path(ONE, complaints.complaint, name="complaint"),
    path(ONE + "concerned/", complaints.concerned, name="complaint_concerned"),
    path(ONE + "taken-up/", complaints.take_up, name="complaint_take_up"),
    path(ONE + "withdrawal/", complaints.withdraw, name="complaint_withdraw"),
    path(ONE + "decision/", complaints.decide, name="complaint_decide"),
]
