"""What allauth asks of us: no sign-up, calm words, one answer to too many tries, sealed secrets."""

from __future__ import annotations

from typing import Any

import qrcode  # type: ignore[import-untyped]  # it ships none
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from okil.foundation.accounts.devices import device_words
from okil.foundation.accounts.models import User
from okil.foundation.accounts.sealing import seal, unseal
from okil.foundation.accounts.second_factor import is_only_factor

TOO_MANY = frozenset({"too_many_login_attempts", "rate_limited"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This is not the code. Copy the digits from the latest letter."),
        "too_many_login_attempts": _("The code was wrong three times. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Too many tries are not a mistake in a field: they are a page of their own."""
        if code in TOO_MANY:
            raise ImmediateHttpResponse(respond_429(context.request))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what went wrong. What went well is seen on the next page, and our pages say it."""
        if level == messages.ERROR and message:
            messages.error(request, message)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This is not the code the app shows now. A new one comes every 30 seconds."
        ),
        "cannot_delete_authenticator": _(
            "Set up another second factor before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, "authenticator")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, "authenticator")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_only_factor(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's)
        """Not asked from people, who would write names: the device in two coarse words."""
        return device_words(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """Kept by the person's own device, which shows it when they choose a passkey."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"name": user.email, "display_name": user.email}

    def build_totp_svg(self, url: str) -> str:
        """Always dark on light, also where the page is dark: scanners want it so. No style in it."""
        code = qrcode.QRCode(border=2)
        code.add_data(url)
        rows = code.get_matrix()
        squares = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        return format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img"'
            ' aria-label="{label}" shape-rendering="crispEdges">'
            '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{squares}"/></svg>',
            size=len(rows),
            label=_("A square code for the app to scan"),
            squares=squares,
        )
