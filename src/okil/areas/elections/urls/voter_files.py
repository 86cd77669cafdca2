from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.voters import VOTERS
from okil.areas.elections.views import voter_files

urlpatterns = [
    path(VOTERS + "file/", voter_files.voters_file, name="voters_file"),
    path(VOTERS + "file/empty.csv", voter_files.empty_table, name="voters_file_empty"),
]
