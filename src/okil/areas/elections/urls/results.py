from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, PUBLIC_CYCLE, PUBLIC_ELECTION
from okil.areas.elections.views import cycle_results, results

urlpatterns = [
    path(PUBLIC_ELECTION + "results/", results.results, name="group_results"),
    path(PUBLIC_ELECTION + "results/numbers.csv", results.numbers, name="group_numbers"),
    path(PUBLIC_CYCLE + "results/", cycle_results.results, name="cycle_results"),
    path(
        PUBLIC_CYCLE + "results/<slug:language>/", cycle_results.paper, name="cycle_results_paper"
    ),
    path(CYCLE + "results/", cycle_results.office, name="office_results"),
    path(CYCLE + "results/all/", cycle_results.issue_all, name="results_issue_all"),
    path(CYCLE + "results/elected/", cycle_results.issue_elected, name="results_issue_elected"),
    path(CYCLE + "results/files/<int:file>/", cycle_results.download, name="results_file"),
]
