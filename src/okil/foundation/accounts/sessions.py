"""Where sessions are kept: in the database, sealed, under the hash of their key.

A stolen copy of the database opens nobody's session, and tells neither an address typed at the door
nor a code that was just sent. Only the ways Django uses without `async` are ours: we serve WSGI.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from okil.foundation.accounts.models import Session
from okil.foundation.accounts.sealing import NotOurs, keyed_hash, seal, unseal

KEY_CHARACTERS = 40  # as wide as Django's column


def stored_key(session_key: str) -> str:
    """What stands in the table for the key in the cookie."""
    return keyed_hash(session_key, "session-key")[:KEY_CHARACTERS]


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def encode(self, session_dict: dict[str, Any]) -> str:
        return seal(json.dumps(session_dict, separators=(",", ":")), "session")

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            decoded: dict[str, Any] = json.loads(unseal(str(session_data), "session"))
        except NotOurs:
            return {}  # as Django does: a session nobody can read is no session
        return decoded

    def load(self) -> dict[str, Any]:
        row = Session.objects.filter(
            session_key=stored_key(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=stored_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        user_id = data.get(SESSION_KEY)
        return Session(
            session_key=stored_key(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # the stubs leave it out
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=int(user_id) if user_id else None,
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=stored_key(key)).delete()
