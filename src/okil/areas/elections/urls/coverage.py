from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.voters import VOTERS
from okil.areas.elections.views import coverage

urlpatterns = [path(VOTERS + "regions/", coverage.coverage, name="coverage")]
