from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import ELECTION
from okil.areas.elections.views import retention

HERE = ELECTION + "destruction/"

urlpatterns = [
    path(HERE, retention.retention, name="retention"),
    path(HERE + "copies/<int:destruction>/", retention.backups, name="retention_backups"),
    path(HERE + "<slug:holding>/", retention.destroy, name="retention_destroy"),
]
