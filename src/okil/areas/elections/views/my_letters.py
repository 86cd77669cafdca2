"""What is mailed at once to the holder of a ticket: the link, or a code. Nothing of it is queued or kept."""

from __future__ import annotations

import logging
import secrets

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okil.areas.elections.forms.registration import is_mail_address
from okil.areas.elections.views.tickets import link_to
from okil.foundation.notifications.letters import Letter, send
from okil.pure.readable import shown_letters

MAILED = {"ticket-mail": "3/1h/key"}

logger = logging.getLogger(__name__)


def mail_link(request: HttpRequest, ticket: str, contact: str, *, key: str) -> str:
    """Why it was not mailed; nothing if it was."""
    if not is_mail_address(contact):
        return _("You left no e-mail address: copy the ticket instead.")
    if ratelimit.consume(request, app="okil", action="ticket-mail", config=MAILED, key=key) is None:
        return _("The letter was sent several times: wait an hour.")
    letter = Letter(
        subject=_("Your link"),
        paragraphs=[
            _("You asked for this link. Keep it: whoever has it can open your page."),
            _("If you did not ask for it, delete this letter."),
        ],
        link=link_to(ticket),
    )
    return "" if _is_sent(letter, contact) else _("The letter could not be sent: copy the ticket.")


def mail_code(code: str, contact: str) -> str:
    """Why it was not mailed; nothing if it was. The letter does not say what it is for."""
    letter = Letter(
        subject=_("Your code"),
        paragraphs=[
            _("You asked for this code. It is good for fifteen minutes, and once."),
            _("If you did not ask for it, delete this letter, and tell the code to nobody."),
        ],
        code=shown_letters(code),
    )
    if _is_sent(letter, contact):
        return ""
    return _("The letter could not be sent. Try again later, or go to the organiser, on paper.")


def _is_sent(letter: Letter, contact: str) -> bool:
    try:
        send(letter, contact.strip(), get_language() or "ru", mark=secrets.token_hex(16))
    except OSError as error:
        logger.error("a letter was not sent: %s", type(error).__name__)
        return False
    return True
