"""Signing somebody in, their sessions, and ending them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from okil.foundation.accounts.models import Session, User
from okil.foundation.accounts.second_factor import note_second_factor
from okil.foundation.accounts.sessions import stored_key


@dataclass(frozen=True)
class SignedIn:
    """A browser the person is signed in with, as they may recognise it."""

    key: str
    device: str
    first_day: date | None
    last_day: date | None
    is_this: bool


def sign_in(request: HttpRequest, user: User) -> HttpResponse:
    """For who came by a link sent to their address: that stands for the code; the second factor does not.

    The answer leads on: to the second factor, or to the person's pages.
    """
    if request.user == user:
        return HttpResponseRedirect(get_adapter().get_login_redirect_url(request))
    if request.user.is_authenticated:
        logout(request, show_message=False)
    record_authentication(request, user, "link")
    response: HttpResponse = perform_login(request, Login(user=user, email=user.email))
    return response


def let_in(request: HttpRequest, user: User) -> None:
    """Signed in, second factor and all, on the caller's word: only for the demonstration's doors."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    note_second_factor(request, user, "demonstration")


def sessions_of(user: User, request: HttpRequest) -> list[SignedIn]:
    """This browser first, then the latest seen."""
    this = stored_key(request.session.session_key or "")
    open_now = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    found = [_signed_in(session, this) for session in open_now.order_by("-expire_date")]
    return sorted(found, key=lambda each: not each.is_this)


def _signed_in(session: Session, this: str) -> SignedIn:
    seen = session.facts.get("seen", {})
    return SignedIn(
        key=session.session_key,
        device=seen.get("device", ""),
        first_day=date.fromisoformat(seen["first"]) if seen else None,
        last_day=date.fromisoformat(seen["last"]) if seen else None,
        is_this=session.session_key == this,
    )


def end_session(user: User, key: str) -> None:
    Session.objects.filter(user=user, session_key=key).delete()


def end_other_sessions(user: User, request: HttpRequest) -> None:
    this = stored_key(request.session.session_key or "")
    Session.objects.filter(user=user).exclude(session_key=this).delete()


def end_all_sessions(user: User) -> None:
    """Part of an action: signs the person out everywhere."""
    Session.objects.filter(user=user).delete()
