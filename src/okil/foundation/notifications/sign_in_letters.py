"""The letter with the code for signing in: sent at once, and the same for every visitor."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from okil.foundation.accounts.adapter import AccountAdapter
from okil.foundation.accounts.models import User
from okil.foundation.notifications.letters import Letter, send_at_once

LOGIN_CODE = "account/email/login_code"

logger = logging.getLogger(__name__)
# Beside the answer, so that neither its time nor an error of the mail server tells whether an
# address is known here. Nothing is queued: threads are free or the letter waits for seconds.
postmen = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sign-in-letter")


class SignInAdapter(AccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix != LOGIN_CODE:
            raise NotImplementedError(f"allauth wants to send {template_prefix}")
        user = User.objects.get_by_natural_key(email)
        postmen.submit(_send_code, context["code"], user)


def _send_code(code: str, user: User) -> None:
    with translation.override(user.language):
        letter = Letter(
            subject=_("Sign-in code"),
            paragraphs=[
                _("Your sign-in code:"),
                _("It works once, for ten minutes, in the browser where you asked for it."),
                _("Nobody will ever ask you for it. If you did not ask for a code, do nothing."),
            ],
            code=code,
        )
        try:
            send_at_once(letter, user)
        except OSError as error:
            logger.error("a sign-in code was not sent: %s", type(error).__name__)
