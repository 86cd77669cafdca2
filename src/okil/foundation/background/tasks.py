from __future__ import annotations

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from okil.foundation.background.registry import every
from okil.foundation.web.clock import clock

DAYS_KEPT = 30


@every("background.forget_done_work", hours=24)
def forget_done_work() -> None:
    """What failed stays, for the operator to see."""
    long_ago = clock.now() - timedelta(days=DAYS_KEPT)
    DBTaskResult.objects.successful().filter(finished_at__lt=long_ago).delete()
