"""Rate limits are kept in the database, so that they hold in all processes, and say nothing there."""

from __future__ import annotations

from okil.foundation.accounts.sealing import keyed_hash


def cache_key(key: str, key_prefix: str, version: int) -> str:
    """The cache's KEY_FUNCTION: an IP address or e-mail in a key cannot be read or guessed."""
    return keyed_hash(f"{key_prefix}:{version}:{key}", "cache-key")
