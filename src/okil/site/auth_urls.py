"""The addresses of signing in: only those pages of allauth that we use, under allauth's names."""

from __future__ import annotations

from allauth.account.views import LogoutView
from django.urls import URLPattern, path

from okil.foundation.accounts import views
from okil.foundation.accounts.second_factor import fresh_factor_required

urlpatterns: list[URLPattern] = [
    path("sign-in/", views.RequestCode.as_view(), name="account_login"),
    path("sign-in/", views.RequestCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/", views.ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/second-factor/", views.Authenticate.as_view(), name="mfa_authenticate"),
    path("sign-in/out/", LogoutView.as_view(), name="account_logout"),
    path("account/", views.security, name="account_security"),
    path("account/language/", views.choose_language, name="account_language"),
    path("account/sessions/end/", views.end_one_session, name="account_end_session"),
    path(
        "account/sessions/end-others/",
        views.end_sessions_elsewhere,
        name="account_end_other_sessions",
    ),
    path("account/second-factor/", views.choose_factor, name="account_choose_factor"),
    path("account/again/", views.Reauthenticate.as_view(), name="mfa_reauthenticate"),
    path(
        "account/again/passkey/",
        views.ReauthenticateByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/app/",
        fresh_factor_required(views.SetUpApp.as_view()),
        name="mfa_activate_totp",
    ),
    path(
        "account/app/remove/",
        fresh_factor_required(views.RemoveApp.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/passkeys/add/",
        fresh_factor_required(views.AddPasskey.as_view()),
        name="mfa_add_webauthn",
    ),
    path(
        "account/passkeys/<int:pk>/remove/",
        fresh_factor_required(views.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
]
