"""People with accounts, and how they sign in."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from itertools import count

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from okil.foundation.accounts.models import User

AT = datetime(2024, 9, 12, 13, 0, tzinfo=UTC)
_numbers = count(1)


def officer(language: str = "ru") -> User:
    return User.objects.create_user(
        f"officer-{next(_numbers)}@example.org", language=language, at=AT
    )


def officer_with_app(language: str = "ru") -> User:
    user = officer(language)
    TOTP.activate(user, generate_totp_secret())
    return user


def app_code(user: User, *, steps: int = 0) -> str:
    """What the app of this person shows now, or some half-minutes later."""
    secret = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    return code_for(decrypt(secret), steps=steps)


def code_for(secret: str, *, steps: int = 0) -> str:
    code: str = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
    return code


def code_in(text: str) -> str:
    found = re.search(r"\b\d{4}-\d{4}\b", text)
    assert found, f"no code in {text!r}"
    return found.group()


def browser_of(user: User, agent: str = "") -> Client:
    """A browser this person has signed in with, second factor and all."""
    client = Client(headers={"User-Agent": agent})
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def is_signed_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def ask_for_code(client: Client, address: str) -> None:
    client.post(reverse("account_login"), {"email": address})
