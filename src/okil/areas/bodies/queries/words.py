"""The names of roles, for this area and those above it."""

from __future__ import annotations

from pathlib import Path

from okil.foundation.web.languages import Texts, words_from

_ROLES: dict[str, dict[str, Texts]] = words_from(
    Path(__file__).parent.parent / "words" / "roles.json"
)


def role_name(role: str) -> Texts:
    """A role as people call it; its code if it has no name."""
    return _ROLES[role]["name"] if role in _ROLES else Texts(en=role)


def roles_name(role: str) -> Texts:
    """The plural: the heading of a list."""
    return _ROLES[role]["plural"]


def role_names() -> dict[str, Texts]:
    """Every role's name by its code: for the journal."""
    return {role: words["name"] for role, words in _ROLES.items()}
