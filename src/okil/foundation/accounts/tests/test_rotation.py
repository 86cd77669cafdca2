from __future__ import annotations

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.test import override_settings

from okil.foundation.accounts.models import Session
from okil.foundation.accounts.sealing import NotOurs, unseal
from okil.foundation.accounts.tests import given

NEW_KEY = bytes(range(32))


@pytest.mark.django_db
def test_after_a_new_installation_key_the_app_still_opens_and_sessions_are_over(
    tmp_path: Path,
) -> None:
    user = given.officer_with_app()
    given.browser_of(user)
    secret = unseal(_sealed_secret(), "authenticator")
    new_key = tmp_path / "new-key"
    new_key.write_text(NEW_KEY.hex())

    call_command("vault", "rotate", "--new-key-file", str(new_key), verbosity=0)

    with pytest.raises(NotOurs):
        unseal(_sealed_secret(), "authenticator")
    with override_settings(VAULT_KEY=NEW_KEY):
        assert unseal(_sealed_secret(), "authenticator") == secret
    assert not Session.objects.exists()


def _sealed_secret() -> str:
    secret: str = Authenticator.objects.get().data["secret"]
    return secret
