"""Exact search without opening anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db import models
from django.views.decorators.debug import sensitive_variables

from okil.foundation.vault.fields import KeyedHash, hashes_of
from okil.foundation.vault.keys import Key, known_key

Record = TypeVar("Record", bound=models.Model)


@sensitive_variables("text")
def find(model: type[Record], name: str, text: str, *, scope: str) -> models.QuerySet[Record]:
    """Records of this scope whose sealed field `name` is this text, but for case, spaces and ё."""
    rows = model._default_manager.all()
    field, key = _searched(model, name, scope)
    if key is None:
        return rows.none()
    return rows.filter(**{field.name: field.hashed(text, key)})


@sensitive_variables("texts")
def places_by_hash(
    model: type[models.Model], name: str, texts: Sequence[str], *, scope: str
) -> tuple[str, dict[bytes, list[int]]]:
    """To look for many at once: the column of the hashes, and for each hash that a record of this scope
    would have the places of its texts in the list. Empty texts are not looked for."""
    field, key = _searched(model, name, scope)
    places: dict[bytes, list[int]] = {}
    for place, text in enumerate(texts if key else ()):
        if text and key:
            places.setdefault(field.hashed(text, key), []).append(place)
    return field.name, places


def _searched(model: type[models.Model], name: str, scope: str) -> tuple[KeyedHash, Key | None]:
    """The column to search, and the key: None where nothing can be found (any more)."""
    hashes = hashes_of(model, name)
    if not hashes:
        raise TypeError(f"{model._meta.label}.{name} has no KeyedHash to search by.")
    key = known_key(scope, hashes[0].source.purpose)
    return hashes[0], key if key is not None and key.secret is not None else None
