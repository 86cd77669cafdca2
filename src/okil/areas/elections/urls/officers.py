from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, ELECTION
from okil.areas.elections.views import committee, meetings, officers, partners

OFFICERS = ELECTION + "officers/"

urlpatterns = [
    path(OFFICERS, officers.officers, name="officers"),
    path(OFFICERS + "description/", officers.describe, name="officers_describe"),
    path(OFFICERS + "undertakings/", officers.undertakings, name="undertakings"),
    path(
        OFFICERS + "undertakings/<slug:role>/<slug:kind>/",
        officers.sign,
        name="undertaking_sign",
    ),
    path(OFFICERS + "presence/", officers.presence, name="presence"),
    path(OFFICERS + "presence/withdraw/", officers.withdraw_presence, name="presence_withdraw"),
    path(OFFICERS + "issue/<slug:kind>/", officers.issue, name="officers_issue"),
    path(
        OFFICERS + "issue/<slug:kind>/<int:role>/",
        officers.issue,
        name="officers_issue_one",
    ),
    path(OFFICERS + "papers/<int:file>/", officers.paper, name="officers_paper"),
    path(OFFICERS + "letters/", partners.letters, name="letters"),
    path(OFFICERS + "letters/new/", partners.write, name="letter_write"),
    path(OFFICERS + "letters/<int:letter>/reply/", partners.reply, name="letter_reply"),
    path(OFFICERS + "meetings/", meetings.meetings, name="meetings"),
    path(OFFICERS + "meetings/new/", meetings.record, name="meeting_record"),
    path(OFFICERS + "meetings/<int:meeting>/", meetings.minutes, name="meeting_minutes"),
    path(
        OFFICERS + "meetings/<int:meeting>/issue/",
        meetings.issue,
        name="meeting_issue",
    ),
    path(CYCLE + "organisers/", committee.committee, name="organisers"),
    path(CYCLE + "organisers/issue/", committee.issue, name="organisers_issue"),
    path(CYCLE + "organisers/papers/<int:file>/", committee.paper, name="organisers_paper"),
]
