"""The second factor: whether it was shown in this session, and where to go if not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

SECOND_FACTOR = "mfa"  # allauth's word in its records of a session


def second_factor_used(request: HttpRequest) -> bool:
    """Was a second factor shown, or set up, in this session?"""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(each["method"] == SECOND_FACTOR for each in records)


def note_second_factor(request: HttpRequest, user: User, kind: str) -> None:
    """Setting one up, too, shows that it is at hand."""
    record_authentication(request, user, SECOND_FACTOR, type=kind, reauthenticated=True)


def record_second_factor(event: str, kind: str, *, user: User, at: datetime) -> None:
    """Part of an action of the person themselves; by others' hands it is reset (areas/bodies)."""
    record(event, actor=Actor("officer", user.pk), subject=user, at=at, after={"kind": kind})


def has_second_factor(user: User) -> bool:
    has: bool = Authenticator.objects.filter(user=user).exists()
    return has


def is_only_factor(authenticator: Authenticator) -> bool:
    all_of_them = Authenticator.objects.filter(user_id=authenticator.user_id)
    return not all_of_them.exclude(pk=authenticator.pk).exists()


def reset_second_factors(user: User) -> None:
    """Part of an action: forget all factors; the person sets up a new one at the next sign-in."""
    Authenticator.objects.filter(user=user).delete()


def officer_required(view: View) -> View:
    """Only for who is signed in and has shown a second factor; the others are led to where it is done."""

    @wraps(view)
    def for_officers(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(_back_to(request))
        if not second_factor_used(request):
            return _to_second_factor(request, request.user)
        return view(request, *args, **kwargs)

    return cast("View", for_officers)


def fresh_factor_required(view: View) -> View:
    """Whoever has a second factor shows it again, unless they did a few minutes ago.

    allauth asks the same, but would keep the whole request in the session, IP address included.
    """

    @wraps(view)
    def freshly(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(_back_to(request))
        if is_reauthentication_required(request, app="allauth.mfa"):
            return _to_second_factor(request, request.user)
        return view(request, *args, **kwargs)

    return cast("View", freshly)


def _to_second_factor(request: HttpRequest, user: User) -> HttpResponseRedirect:
    ways = get_adapter().get_reauthentication_methods(user)
    url = ways[0]["url"] if ways else reverse("account_choose_factor")
    return HttpResponseRedirect(f"{url}?{urlencode({'next': _back_to(request)})}")


def _back_to(request: HttpRequest) -> str:
    """A page can be asked for again; what was posted leads to the page on which it was typed, where the
    browser names one of ours."""
    if request.method == "GET":
        return request.get_full_path()
    typed_on = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(typed_on, {request.get_host()}, request.is_secure()):
        return urlsplit(typed_on).path or reverse("account_security")
    return reverse("account_security")
