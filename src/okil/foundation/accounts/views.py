"""The pages of signing in. Most are allauth's, said in our words."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account import views as account_views
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as factor_views
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.foundation.accounts.forms import LanguageForm
from okil.foundation.accounts.middleware import remember_language
from okil.foundation.accounts.models import User
from okil.foundation.accounts.second_factor import (
    has_second_factor,
    is_only_factor,
    note_second_factor,
    officer_required,
    record_second_factor,
    second_factor_used,
)
from okil.foundation.accounts.signing_in import end_other_sessions, end_session, sessions_of
from okil.foundation.locking import locked
from okil.foundation.web.clock import clock


class MistakesAre422:
    """A form that comes back with mistakes says so to the browser too."""

    request: HttpRequest

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)  # type: ignore[misc]  # a view comes next
        if self.request.method == "POST":
            response.status_code = 422
        return response


class ChangesFactors:
    """Each change is in the journal. Afterwards: where the person was going, else their sign-in page."""

    request: HttpRequest
    kind: str  # of the factor
    event: str

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            # Two changes at once must not leave a person without any factor.
            locked(User, request.user.pk)
            response: HttpResponseBase = super().post(request, *args, **kwargs)  # type: ignore[misc]  # a view comes next
            return response

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # a view comes next
        user = _user(self.request)
        if self.event == "second_factor.added":
            note_second_factor(self.request, user, self.kind)
        record_second_factor(self.event, self.kind, user=user, at=clock.now())
        return response

    def get_success_url(self) -> str:
        return get_next_redirect_url(self.request) or reverse("account_security")


# Signing in. allauth has no types, hence the ignored errors below.


class RequestCode(MistakesAre422, account_views.RequestLoginCodeView):  # type: ignore[misc]
    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseRedirect | None:
        if isinstance(stage, AuthenticateStage) and not has_second_factor(stage.login.user):
            # Their lost factor was reset while they waited at its page: they begin anew.
            clear_login(request)
            return None
        answer: HttpResponseRedirect = super()._redirect_to_pending_stage(request, stage)
        return answer


class ConfirmCode(MistakesAre422, account_views.ConfirmLoginCodeView):  # type: ignore[misc]
    _process: Any = None  # allauth's; none if there is no code to compare with any more

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if request.method == "POST" and not self._process and not request.user.is_authenticated:
            messages.error(request, _("That code is not good any more. Ask for a new one."))
        return answer


class Authenticate(MistakesAre422, factor_views.AuthenticateView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | _factors(self.stage.login.user)


# Showing the second factor again, before something that matters.


class Reauthenticate(MistakesAre422, factor_views.ReauthenticateView):  # type: ignore[misc]
    pass


class ReauthenticateByPasskey(MistakesAre422, passkey_views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | kwargs


# Setting up and removing second factors.


@login_required
def choose_factor(request: HttpRequest) -> HttpResponseBase:
    if second_factor_used(request):
        return HttpResponseRedirect(reverse("account_security"))
    shown = {"next": get_next_redirect_url(request), "address": _address_for_passkeys(request)}
    return render(request, "account/choose_factor.html", shown)


class SetUpApp(MistakesAre422, ChangesFactors, totp_views.ActivateTOTPView):  # type: ignore[misc]
    kind, event = Authenticator.Type.TOTP.value, "second_factor.added"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = context["form"].secret
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        return context | {"secret_groups": groups, "next": get_next_redirect_url(self.request)}


class AddPasskey(MistakesAre422, ChangesFactors, passkey_views.AddWebAuthnView):  # type: ignore[misc]
    kind, event = Authenticator.Type.WEBAUTHN.value, "second_factor.added"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= kwargs  # allauth forgets the form that came back with mistakes
        return context | {
            "next": get_next_redirect_url(self.request),
            "address": _address_for_passkeys(self.request),
        }


class RemoveApp(MistakesAre422, ChangesFactors, totp_views.DeactivateTOTPView):  # type: ignore[misc]
    kind, event = Authenticator.Type.TOTP.value, "second_factor.removed"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"is_only_one": is_only_factor(self.authenticator)}


class RemovePasskey(MistakesAre422, ChangesFactors, passkey_views.RemoveWebAuthnView):  # type: ignore[misc]
    kind, event = Authenticator.Type.WEBAUTHN.value, "second_factor.removed"

    def form_valid(self, form: Any) -> HttpResponse:
        if is_only_factor(self.object):
            return self.render_to_response(self.get_context_data())
        answer: HttpResponse = super().form_valid(form)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"is_only_one": is_only_factor(self.object)}


# "Your sign-in"


@officer_required
def security(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    return render(
        request,
        "account/security.html",
        {
            "account": user,
            "language_form": LanguageForm(instance=user),
            "sessions": sessions_of(user, request),
            **_factors(user),
        },
    )


@require_POST
@officer_required
def choose_language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST, instance=_user(request))
    if not form.is_valid():
        return HttpResponseRedirect(reverse("account_security"))  # only a forged form comes here
    user = form.save()
    with translation.override(user.language):
        response = HttpResponseRedirect(reverse("account_security"))
    remember_language(response, user.language)
    return response


@require_POST
@officer_required
def end_one_session(request: HttpRequest) -> HttpResponse:
    end_session(_user(request), request.POST.get("session", ""))
    return HttpResponseRedirect(reverse("account_security"))


@require_POST
@officer_required
def end_sessions_elsewhere(request: HttpRequest) -> HttpResponse:
    end_other_sessions(_user(request), request)
    return HttpResponseRedirect(reverse("account_security"))


def _user(request: HttpRequest) -> User:
    assert request.user.is_authenticated  # officer_required stands before each view that asks
    return request.user


def _factors(user: User) -> dict[str, Any]:
    found = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    return {
        "app": next((each for each in found if each.type == Authenticator.Type.TOTP), None),
        "passkeys": [each for each in found if each.type == Authenticator.Type.WEBAUTHN],
        "only_one_factor": len(found) == 1,
    }


def _address_for_passkeys(request: HttpRequest) -> str:
    """Where to go if this address is bare numbers, which browsers refuse for passkeys; else nothing."""
    here = urlsplit(request.build_absolute_uri())
    if here.hostname not in ("127.0.0.1", "::1"):
        return ""
    port = f":{here.port}" if here.port else ""
    return here._replace(netloc=f"localhost{port}").geturl()
