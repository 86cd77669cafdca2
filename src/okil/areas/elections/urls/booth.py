from __future__ import annotations

from django.urls import path

from okil.areas.elections.views import booth

urlpatterns = [
    path("booth/", booth.booth, name="booth"),
    path("booth/open/", booth.open_booth, name="booth_open"),
    path("booth/cast/", booth.cast, name="booth_cast"),
]
