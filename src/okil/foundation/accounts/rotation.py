"""When the installation's key changes: second factors are sealed anew, sessions end."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.dispatch import receiver

from okil.foundation.accounts.models import Session
from okil.foundation.accounts.sealing import seal_anew
from okil.foundation.vault.installation import installation_key_changes


@receiver(installation_key_changes)
def _seal_factors_anew(old_key: bytes, new_key: bytes, **_: Any) -> None:
    for factor in Authenticator.objects.filter(type=Authenticator.Type.TOTP):
        factor.data["secret"] = seal_anew(
            factor.data["secret"], "authenticator", old_key=old_key, new_key=new_key
        )
        factor.save(update_fields=["data"])
    # Sessions hang on the old key and on hashes made with it: everybody signs in once more.
    Session.objects.all().delete()
