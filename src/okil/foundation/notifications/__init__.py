"""Telling people: one letter at a time, in their language, with a subject that says nothing.

    register("bodies.invitation", write)                       # in the area's notices, when it loads
    notify("bodies.invitation", to=user, about=12, at=at)      # in the transaction of the change

The names below are loaded when first used: this package is an app, and Django imports it before any
model may be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okil.foundation.notifications.letters import Letter as Letter
    from okil.foundation.notifications.letters import register as register
    from okil.foundation.notifications.letters import send_at_once as send_at_once
    from okil.foundation.notifications.queries import refused_since as refused_since
    from okil.foundation.notifications.queue import notify as notify

FACE = {
    "Letter": "letters",
    "notify": "queue",
    "refused_since": "queries",
    "register": "letters",
    "send_at_once": "letters",
}


def __getattr__(name: str) -> Any:
    if name not in FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{FACE[name]}"), name)
