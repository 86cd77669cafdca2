from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, ELECTION, PUBLIC_CYCLE, PUBLIC_ELECTION
from okil.areas.elections.views import announcements, notices, notices_public

NOTICE = ELECTION + "notices/<int:notice>/"
ANNOUNCEMENT = CYCLE + "announcement/"

urlpatterns = [
    path(ELECTION + "notices/", notices.notices, name="notices"),
    path(ELECTION + "notices/<slug:kind>/write/", notices.write, name="notice_write"),
    path(NOTICE, notices.notice, name="notice"),
    path(NOTICE + "copy/", notices.copy, name="notice_copy"),
    path(NOTICE + "issue/", notices.issue, name="notice_issue"),
    path(NOTICE + "draft/<slug:language>.<slug:form>", notices.draft, name="notice_draft"),
    path(
        ELECTION + "publications/<int:publication>/withdraw/",
        notices.withdraw,
        name="publication_withdraw",
    ),
    path(ANNOUNCEMENT, announcements.announcement, name="announcement"),
    path(ANNOUNCEMENT + "write/", announcements.write, name="announcement_write"),
    path(ANNOUNCEMENT + "copy/", announcements.copy, name="announcement_copy"),
    path(ANNOUNCEMENT + "issue/", announcements.issue, name="announcement_issue"),
    path(
        ANNOUNCEMENT + "draft/<slug:language>.<slug:form>",
        announcements.draft,
        name="announcement_draft",
    ),
    path(
        ANNOUNCEMENT + "publications/<int:publication>/withdraw/",
        announcements.withdraw,
        name="announcement_publication_withdraw",
    ),
    path(
        PUBLIC_CYCLE + "announcement/",
        notices_public.announcement,
        name="announcement_public",
    ),
    path(
        PUBLIC_CYCLE + "announcement/papers/<int:file>/",
        notices_public.announcement_paper,
        name="announcement_paper",
    ),
    path(PUBLIC_ELECTION + "notices/", notices_public.notices, name="group_notices"),
    path(
        PUBLIC_ELECTION + "notices/papers/<int:file>/",
        notices_public.paper,
        name="notice_paper",
    ),
]
