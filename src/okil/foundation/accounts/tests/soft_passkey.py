"""A passkey without a browser: signs what the page asks, as a phone would."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "localhost:8000"
ORIGIN = f"http://{HOST}"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftPasskey:
    def __init__(self) -> None:
        self.number = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def set_up(self, browser: Client, agent: str = "") -> int:
        """The status of the answer."""
        headers = {"Host": HOST, "User-Agent": agent}
        url = reverse("mfa_add_webauthn")
        options = browser.get(url, headers=headers).context["js_data"]["creation_options"]
        asked = options["publicKey"]
        public_key = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]  # fido2's
        public = AttestedCredentialData.create(Aaguid.NONE, self.number, public_key)
        data = AuthenticatorData.create(
            self._site(asked["rp"]["id"]), PRESENT | AuthenticatorData.FLAG.AT, 0, public
        )
        response = {
            "clientDataJSON": self._said("webauthn.create", asked).b64,
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        posted = {"credential": self._credential(response)}
        return browser.post(url, posted, headers=headers).status_code

    def show(self, browser: Client, url: str) -> int:
        """The status of the answer."""
        headers = {"Host": HOST}
        asked = browser.get(url, headers=headers).context["js_data"]["request_options"]["publicKey"]
        said = self._said("webauthn.get", asked)
        data = AuthenticatorData.create(self._site(asked["rpId"]), PRESENT, 1)
        response = {
            "clientDataJSON": said.b64,
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(data + said.hash, ec.ECDSA(SHA256()))),
        }
        posted = {"credential": self._credential(response)}
        return browser.post(url, posted, headers=headers).status_code

    def _credential(self, response: dict[str, str]) -> str:
        number = websafe_encode(self.number)
        return json.dumps(
            {"id": number, "rawId": number, "type": "public-key", "response": response}
        )

    def _said(self, kind: str, asked: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, asked["challenge"], ORIGIN)

    def _site(self, name: str) -> bytes:
        return hashlib.sha256(name.encode()).digest()
