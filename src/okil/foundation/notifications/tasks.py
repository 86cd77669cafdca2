from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.db import transaction

from okil.foundation.accounts.sealing import keyed_hash
from okil.foundation.background import later, work
from okil.foundation.locking import locked
from okil.foundation.notifications.letters import send, write_letter
from okil.foundation.notifications.models import Notification
from okil.foundation.web.clock import clock

# How long to wait after each attempt that failed; after the last, the letter is given up.
WAIT_MINUTES = (1, 5, 20, 60, 3 * 60, 8 * 60, 24 * 60)
PERMANENT = 500  # RFC 5321, 4.2.1: from here on, not to be tried again as it is

logger = logging.getLogger(__name__)


@work("notifications.deliver")
def deliver(notification_id: int) -> None:
    """Done twice, it sends once; killed between sending and noting it, the letter may come twice."""
    notification = Notification.objects.select_related("user").get(pk=notification_id)
    user = notification.user
    if notification.sent_at or notification.refused_at or not user.is_active:
        return
    letter = write_letter(notification.kind, notification.about, notification.language, user)
    mark = keyed_hash(str(notification.pk), "message-id")[:32]
    # No transaction is open here: a mail server may take its time, and others want to write.
    try:
        send(letter, user.email, notification.language, mark=mark)
    except OSError as error:  # the network's errors, and all of smtplib's
        # Its message may name the address, so only its type is told.
        logger.warning("letter %s was not sent: %s", notification.pk, type(error).__name__)
        _note_failure(notification.pk, for_good=is_for_good(error))
    else:
        _note_success(notification.pk)


@transaction.atomic
def _note_success(notification_id: int) -> None:
    notification = locked(Notification, notification_id)
    notification.sent_at = clock.now()
    notification.attempts += 1
    notification.save(update_fields=["sent_at", "attempts"])


@transaction.atomic
def _note_failure(notification_id: int, *, for_good: bool) -> None:
    notification = locked(Notification, notification_id)
    notification.attempts += 1
    if for_good or notification.attempts > len(WAIT_MINUTES):
        notification.refused_at = clock.now()
    else:
        wait = timedelta(minutes=WAIT_MINUTES[notification.attempts - 1])
        later("notifications.deliver", notification.pk, run_after=clock.now() + wait)
    notification.save(update_fields=["attempts", "refused_at"])


def is_for_good(error: OSError) -> bool:
    """Did the mail server refuse the recipient or the letter for ever (5xx)?

    What it refuses in us (the sign-in, the sender, the greeting) is no reason to give somebody up.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _said in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= PERMANENT
