"""Letters: what areas write, and the mail it becomes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from okil.foundation.accounts.models import User


@dataclass(frozen=True)
class Letter:
    """Plain sentences. The subject tells a glance at a phone nothing: no names, groups, elections."""

    subject: str
    paragraphs: list[str]
    link: str | None = None
    link_text: str | None = None
    code: str | None = None  # shown on a line of its own after the first paragraph


Write = Callable[[int, str, User], Letter]

_writers: dict[str, Write] = {}


def register(kind: str, write: Write) -> None:
    """`write(about, language, user)` is called with that language active, when the letter is sent."""
    if kind in _writers:
        raise ValueError(f"letters of the kind {kind!r} are written already")
    _writers[kind] = write


def require_known(kind: str) -> None:
    if kind not in _writers:
        raise LookupError(f"nobody writes letters of the kind {kind!r}")


def write_letter(kind: str, about: int, language: str, user: User) -> Letter:
    with translation.override(language):
        return _writers[kind](about, language, user)


def send_at_once(letter: Letter, user: User) -> None:
    """For what cannot wait. Raises what the mail server said."""
    send(letter, user.email, user.language, mark=secrets.token_hex(16))


def send(letter: Letter, address: str, language: str, *, mark: str) -> None:
    """One part text, one part HTML. The same mark twice is, for a mailbox, the same letter."""
    with translation.override(language):
        shown = {"letter": letter, "language": language}
        message = EmailMultiAlternatives(
            subject=letter.subject,
            body=render_to_string("notifications/letter.txt", shown).strip() + "\n",
            to=[address],
            headers={
                # Django would name this machine in it.
                "Message-ID": f"<{mark}@{own_domain()}>",
                "Content-Language": language,
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
            },
        )
        message.attach_alternative(
            render_to_string("notifications/letter.html", shown), "text/html"
        )
        message.send()


def own_domain() -> str:
    """The domain letters come from: what we call ourselves in mail, instead of this machine's name."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
