"""allauth's forms as our pages show them: our labels and hints, no placeholder, no names asked."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from okil.foundation.accounts.models import User
from okil.foundation.web.forms import say_what_to_do

CODE_HINT_APP = _("Six digits that the authenticator app on your phone shows now.")


class RequestCodeForm(account_forms.RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        address = self.fields["email"]
        address.label = _("E-mail address")
        address.widget = forms.EmailInput(attrs={"autocomplete": "email", "class": "mid"})
        say_what_to_do(self)


class CodeFieldMixin:
    """The one field of five forms: a code to copy from a letter or an app."""

    code_hint: Any = CODE_HINT_APP
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            help_text=self.code_hint,
            max_length=20,
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "one-time-code",
                    "inputmode": "numeric",
                    "class": "digits",
                    "spellcheck": "false",
                }
            ),
        )
        say_what_to_do(self)  # type: ignore[arg-type]  # it is mixed into forms


class ConfirmCodeForm(CodeFieldMixin, account_forms.ConfirmLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    code_hint = _("Eight digits; the dash may be left out.")


class OnceOnlyMixin(CodeFieldMixin):
    """A code of the app is good for three half-minutes (the phone's clock may be off), and used once.

    allauth remembers a used code for half a minute only.
    """

    user: User

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # allauth's form comes next
        lives = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        key = f"authenticator-code:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(key, "used", timeout=lives):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnceOnlyMixin, factor_forms.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    pass


class ReauthenticateForm(OnceOnlyMixin, factor_forms.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    pass


class ActivateAppForm(OnceOnlyMixin, totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    pass


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    name = None  # people would write names; the device is told in two words instead

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["name"] = self.clean_name()
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def clean_name(self) -> str:
        name: str = get_adapter().generate_authenticator_name(
            self.user, Authenticator.Type.WEBAUTHN
        )
        return name


class LanguageForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["language"]
        widgets = {"language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["language"].label = _("The language of your pages and letters")
