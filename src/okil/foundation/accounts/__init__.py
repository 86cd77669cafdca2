"""Officers' accounts: sign-in by an e-mailed code and a second factor, their sessions. No roles here.

The names below are loaded when first used: this package is an app, and Django imports it before any
model may be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okil.foundation.accounts.links import make_link_token as make_link_token
    from okil.foundation.accounts.links import read_link_token as read_link_token
    from okil.foundation.accounts.second_factor import officer_required as officer_required
    from okil.foundation.accounts.second_factor import reset_second_factors as reset_second_factors
    from okil.foundation.accounts.second_factor import second_factor_used as second_factor_used
    from okil.foundation.accounts.signing_in import end_all_sessions as end_all_sessions
    from okil.foundation.accounts.signing_in import let_in as let_in
    from okil.foundation.accounts.signing_in import sign_in as sign_in

FACE = {
    "end_all_sessions": "signing_in",
    "let_in": "signing_in",
    "make_link_token": "links",
    "officer_required": "second_factor",
    "read_link_token": "links",
    "reset_second_factors": "second_factor",
    "second_factor_used": "second_factor",
    "sign_in": "signing_in",
}


def __getattr__(name: str) -> Any:
    if name not in FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{FACE[name]}"), name)
