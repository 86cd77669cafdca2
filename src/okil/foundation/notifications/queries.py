"""Whether letters arrive. The address is told nowhere: those who ask know the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Max, Min, OuterRef, Q, Subquery

from okil.foundation.notifications.models import Notification


def refused_since(users: Iterable[int]) -> dict[int, datetime]:
    """By primary key of the account: since when no letter to it arrives. One that came clears it."""
    arrived = (
        Notification.objects.filter(user=OuterRef("user"), sent_at__isnull=False)
        .order_by()
        .values("user")
        .annotate(last=Max("sent_at"))
        .values("last")
    )
    refused = Notification.objects.filter(user__in=list(users), refused_at__isnull=False)
    after = refused.alias(arrived=Subquery(arrived)).filter(
        Q(arrived=None) | Q(refused_at__gt=F("arrived"))
    )
    since = after.order_by().values("user").annotate(since=Min("refused_at"))
    return dict(since.values_list("user", "since"))
