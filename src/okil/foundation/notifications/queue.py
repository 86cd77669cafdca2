"""Letters that may wait for the worker, kept in the transaction of the change they tell about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from okil.foundation.accounts.models import User
from okil.foundation.background import later
from okil.foundation.notifications.letters import require_known
from okil.foundation.notifications.models import Notification


@transaction.atomic
def notify(kind: str, *, to: User, about: int, at: datetime) -> Notification:
    """Part of an action. The letter is written when it is sent, from what is true then."""
    require_known(kind)
    notification = Notification.objects.create(
        kind=kind, user=to, about=about, language=to.language, queued_at=at
    )
    later("notifications.deliver", notification.pk)
    return notification
