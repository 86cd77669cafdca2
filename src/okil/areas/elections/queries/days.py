"""On which days a body works, as far as it says so itself."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Aggregate, CharField, OuterRef, Subquery
from django.db.models.functions import Cast

from okil.areas.bodies.models import Body
from okil.areas.elections.models import OwnDay
from okil.pure.rules.days_off import is_working_day
from okil.pure.rules.plan import IsWorkingDay


class Joined(Aggregate):
    """Texts one after the other, a space between them. Each database has its own word for it."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ' ')"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


def calendar_of_terms(body: Body) -> IsWorkingDay:
    """The days on which the body rests make a term longer; that it works on a Saturday makes none
    shorter: nobody loses a day that was promised."""
    rests = body.own_days.filter(is_working=False).values_list("day", flat=True)
    return partial(is_working_day, own=dict.fromkeys(rests, False))


def rests_of(body: str) -> Subquery:
    """What `calendar_from` needs, asked together with rows that lead to the body by this path."""
    rests = OwnDay.objects.filter(body=OuterRef(body), is_working=False).order_by()
    joined = rests.values("body").annotate(joined=Joined(Cast("day", CharField())))
    return Subquery(joined.values("joined"))


def calendar_from(rests: str | None) -> IsWorkingDay:
    """As `calendar_of_terms`, of days that were asked by `rests_of`."""
    own = {date.fromisoformat(day): False for day in (rests or "").split()}
    return partial(is_working_day, own=own)
