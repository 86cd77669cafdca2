from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import PUBLIC_ELECTION
from okil.areas.elections.views import apply, nominate

urlpatterns = [
    path(PUBLIC_ELECTION + "apply/", apply.apply, name="apply"),
    path(PUBLIC_ELECTION + "nominate/", nominate.nominate, name="nominate"),
    path("nomination/", nominate.nomination, name="nomination"),
]
