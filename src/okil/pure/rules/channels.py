"""By how many ways people were told (REG-37): at least two, and a chat is never the only one."""

from __future__ import annotations

from collections.abc import Iterable

CHAT = "chat"
LEAST = 2


def is_enough(channels: Iterable[str], *, least: int = LEAST) -> bool:
    """Were people told by `least` different channels, of which one at least is no chat?

    A channel used twice counts once.
    """
    different = set(channels)
    return len(different) >= least and bool(different - {CHAT})


def only_chats(channels: Iterable[str]) -> bool:
    """Was it told somewhere, and nowhere but in chats? Then those who are in none do not know."""
    return set(channels) == {CHAT}
