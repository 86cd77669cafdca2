from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.voters import VOTERS
from okil.areas.elections.views import delegates

MEETINGS = VOTERS + "meetings/"
MEETING = MEETINGS + "<int:meeting>/"

urlpatterns = [
    path(MEETINGS, delegates.meetings, name="delegates"),
    path(MEETINGS + "new/", delegates.record, name="delegates_record"),
    path(MEETING, delegates.meeting, name="delegates_meeting"),
    path(MEETING + "new/", delegates.enter, name="delegate_enter"),
    path(MEETING + "withdraw/", delegates.withdraw, name="delegates_withdraw"),
    path(MEETING + "protocol/", delegates.protocol, name="delegates_protocol"),
]
