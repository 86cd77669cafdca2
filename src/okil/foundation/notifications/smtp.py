"""Django's SMTP, except that it does not tell every mail server the name of this machine."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends import smtp

from okil.foundation.notifications.letters import own_domain


class UnderOurDomain:
    def __init__(self, host: str, port: int, **options: Any) -> None:
        super().__init__(host, port, **{**options, "local_hostname": own_domain()})  # type: ignore[call-arg]  # smtplib's class comes next


class Connection(UnderOurDomain, smtplib.SMTP):
    pass


class ConnectionOverTLS(UnderOurDomain, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return ConnectionOverTLS if self.use_ssl else Connection
