from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction

from okil.foundation.accounts.sealing import keyed_hash
from okil.foundation.background import later, work
from okil.foundation.locking import locked
from okil.foundation.notifications.letters import send, write_letter
from okil.foundation.notifications.models import Notification
from okil.foundation.web.clock import clock

# How long to wait after each attempt that failed; after the last, the letter is given up.
WAIT_MINUTES = (1, 5, 20, 60, 3 * 60, 8 * 60, 24 * 60)

logger = logging.getLogger(__name__)


@work("notifications.deliver")
def deliver(notification_id: int) -> None:
    """Done twice, it sends once; killed between sending and noting it, the letter may come twice."""
    notification = Notification.objects.select_related("user").get(pk=notification_id)
    user = notification.user
    if notification.sent_at or not user.is_active:
        return
    letter = write_letter(notification.kind, notification.about, notification.language, user)
    mark = keyed_hash(str(notification.pk), "message-id")[:32]
    # No transaction is open here: a mail server may take its time, and others want to write.
    try:
        send(letter, user.email, notification.language, mark=mark)
    except OSError as error:  # the network's errors, and all of smtplib's
        # Its message may name the address, so only its type is told.
        logger.warning("letter %s was not sent: %s", notification.pk, type(error).__name__)
        _note_failure(notification.pk)
    else:
        _note_success(notification.pk)


@transaction.atomic
def _note_success(notification_id: int) -> None:
    notification = locked(Notification, notification_id)
    notification.sent_at = clock.now()
    notification.attempts += 1
    notification.save(update_fields=["sent_at", "attempts"])


@transaction.atomic
def _note_failure(notification_id: int) -> None:
    notification = locked(Notification, notification_id)
    notification.attempts += 1
    notification.save(update_fields=["attempts"])
    if notification.attempts <= len(WAIT_MINUTES):
        wait = timedelta(minutes=WAIT_MINUTES[notification.attempts - 1])
        later("notifications.deliver", notification.pk, run_after=clock.now() + wait)
