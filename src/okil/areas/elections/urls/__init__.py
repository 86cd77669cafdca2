"""The addresses of this area; each subject has its file."""

from __future__ import annotations

from okil.areas.elections.urls import (
    assembly,
    ballots,
    by_elections,
    candidates,
    complaints,
    count,
    desk,
    notices,
    officers,
    packages,
    papers,
    plan,
    plan_files,
    protocols,
    regulation_papers,
    results,
    seats,
    stages,
    voters,
)

urlpatterns = [
    *stages.urlpatterns,
    *plan.urlpatterns,
    *plan_files.urlpatterns,
    *by_elections.urlpatterns,
    *complaints.urlpatterns,
    *notices.urlpatterns,
    *officers.urlpatterns,
    *protocols.urlpatterns,
    *regulation_papers.urlpatterns,
    *assembly.urlpatterns,
    *ballots.urlpatterns,
    *count.urlpatterns,
    *desk.urlpatterns,
    *results.urlpatterns,
    *packages.urlpatterns,
    *papers.urlpatterns,
    *seats.urlpatterns,
    *candidates.urlpatterns,
    *voters.urlpatterns,
]
