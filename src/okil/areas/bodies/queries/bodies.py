from __future__ import annotations

from okil.areas.bodies.models import Body


def the_body() -> Body | None:
    """The one body of this installation; None before `okil start`."""
    return Body.objects.order_by("pk").first()
