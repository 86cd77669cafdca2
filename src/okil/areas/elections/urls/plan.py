from __future__ import annotations

from django.urls import path

from okil.areas.elections.urls.places import CYCLE, ELECTION, PUBLIC_CYCLE
from okil.areas.elections.views import (
    own_days,
    own_plan,
    plan,
    plan_actions,
    plan_done,
    plan_proposal,
    schedules,
)

HERE = CYCLE + "plan/"
OWN = ELECTION + "plan/"

urlpatterns = [
    path(PUBLIC_CYCLE + "plan/", plan.plan, name="plan"),
    path(HERE + "approval/", plan.approve, name="plan_approve"),
    path(HERE + "proposal/", plan_proposal.proposal, name="plan_proposal"),
    path(HERE + "new/", plan_actions.add, name="plan_action_add"),
    path(HERE + "days/", own_days.own_days, name="plan_days"),
    path(HERE + "days/<slug:iso>/remove/", own_days.forget, name="plan_day_forget"),
    path(HERE + "<int:number>/", plan_actions.change, name="plan_action"),
    path(HERE + "<int:number>/remove/", plan_actions.remove, name="plan_action_remove"),
    path(HERE + "<int:number>/done/", plan_done.done, name="plan_done"),
    path(HERE + "<int:number>/done/back/", plan_done.not_done, name="plan_not_done"),
    path(OWN, own_plan.own_plan, name="own_plan"),
    path(OWN + "schedule/draft/", schedules.draft, name="schedule_draft"),
    path(OWN + "schedule/", schedules.issue, name="schedule_issue"),
    path(OWN + "<int:number>/done/", plan_done.own_done, name="own_plan_done"),
    path(OWN + "<int:number>/done/back/", plan_done.own_not_done, name="own_plan_not_done"),
]
