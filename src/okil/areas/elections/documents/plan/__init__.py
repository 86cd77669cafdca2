"""The plan as files: data that `okil plan` reads, a calendar, a sheet, a paper."""

from okil.areas.elections.documents.plan.calendars import cycle_calendar, group_calendar
from okil.areas.elections.documents.plan.data import plan_data
from okil.areas.elections.documents.plan.papers import PLAN, plan_facts
from okil.areas.elections.documents.plan.schedules import SCHEDULE, schedule_facts
from okil.areas.elections.documents.plan.sheets import plan_sheet

__all__ = [
    "PLAN",
    "SCHEDULE",
    "cycle_calendar",
    "group_calendar",
    "plan_data",
    "plan_facts",
    "plan_sheet",
    "schedule_facts",
]
