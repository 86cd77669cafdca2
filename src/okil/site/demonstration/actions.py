from __future__ import annotations

from django.db import transaction

from okil.foundation.locking import locked
from okil.site.demonstration.models import Mark


@transaction.atomic
def pass_a_day(mark_id: int) -> Mark:
    """The demonstration's clock goes a day further; two presses at once are two days."""
    mark = locked(Mark, mark_id)
    mark.days_ahead += 1
    mark.save(update_fields=["days_ahead"])
    return mark
