"""A real mail server for tests: it takes every letter, reads it as a mailbox would, delivers nothing."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

PATIENCE_SECONDS = 10


@dataclass
class Sink:
    letters: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    refuse_with: str = ""  # "451 later" refuses every letter for now
    refuse_recipients_with: str = ""  # "550 no such mailbox" refuses whom it is for

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse_recipients_with:
            return self.refuse_recipients_with
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.refuse_with:
            return self.refuse_with
        content = envelope.original_content or b""
        self.raw.append(content)
        self.letters.append(message_from_bytes(content, policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        self.greetings.append(str(session.host_name))
        return "250 taken"

    def wait_for(self, number: int) -> EmailMessage:
        """The letter with this number, counted from 1; fails if it does not come."""
        until = time.monotonic() + PATIENCE_SECONDS
        while len(self.letters) < number:
            assert time.monotonic() < until, f"letter {number} did not come"
            time.sleep(0.01)
        return self.letters[number - 1]


@pytest.fixture
def smtp_sink(settings: Settings) -> Iterator[Sink]:
    sink = Sink()
    port = _free_port()
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "okil.foundation.notifications.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Okil <letters@example.org>"
    yield sink
    server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def part(letter: EmailMessage, kind: str) -> str:
    """The text of its "plain" or "html" part."""
    body = letter.get_body(preferencelist=(kind,))
    assert body is not None, f"the letter has no {kind} part"
    return str(body.get_content())
