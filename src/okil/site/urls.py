from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from okil.site import views
from okil.site.demonstration import views as demonstration
from okil.site.health import healthz

handler400 = "okil.foundation.web.views.bad_request"
handler403 = "okil.foundation.web.views.permission_denied"
handler404 = "okil.foundation.web.views.page_not_found"
handler500 = "okil.foundation.web.views.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("who-sees-what/", views.who_sees_what, name="who_sees_what"),
        path("journal/", views.journal_heads, name="journal_heads"),
        path("glossary/", views.glossary, name="glossary"),
        path("style/", demonstration.style, name="style"),
        path("demonstration/", demonstration.doors, name="demonstration"),
        path("demonstration/door/", demonstration.enter, name="demonstration_enter"),
        path("demonstration/next-day/", demonstration.next_day, name="demonstration_next_day"),
        path("", include("okil.site.auth_urls")),
        path("", include("okil.foundation.documents.urls")),
        path("", include("okil.areas.elections.urls")),
        path("", include("okil.areas.bodies.urls")),
    ),
]
