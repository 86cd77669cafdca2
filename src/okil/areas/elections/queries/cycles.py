from __future__ import annotations

from okil.areas.elections.models import Cycle


def latest_cycle() -> Cycle | None:
    return Cycle.objects.select_related("body").order_by("-year").first()
