"""Django's SMTP, except that it does not tell every mail server the name of this machine."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends import smtp

from okil.foundation.notifications.letters import own_domain


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> Callable[..., smtplib.SMTP]:
        connect = super().connection_class

        def under_our_domain(host: str, port: int, **options: Any) -> smtplib.SMTP:
            return connect(host, port, **{**options, "local_hostname": own_domain()})

        return under_our_domain
