from __future__ import annotations

from django.utils import timezone

from okil.foundation.accounts.models import Session
from okil.foundation.background import every


@every("accounts.forget_ended_sessions", hours=24)
def forget_ended_sessions() -> None:
    # By the machine's clock, as the sessions' own end is.
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
