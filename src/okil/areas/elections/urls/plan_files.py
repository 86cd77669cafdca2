from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, PUBLIC_CYCLE, PUBLIC_ELECTION
from okil.areas.elections.views import plan_files, plan_import

urlpatterns = [
    path(PUBLIC_CYCLE + "plan.ics", plan_files.calendar, name="plan_ics"),
    path(PUBLIC_CYCLE + "plan.json", plan_files.data, name="plan_json"),
    path(PUBLIC_CYCLE + "plan.xlsx", plan_files.sheet, name="plan_xlsx"),
    path(PUBLIC_CYCLE + "plan.pdf", plan_files.paper, name="plan_pdf"),
    path(PUBLIC_ELECTION + "plan.ics", plan_files.group_calendar, name="group_plan_ics"),
    path(CYCLE + "plan/import/", plan_import.plan_import, name="plan_import"),
]
