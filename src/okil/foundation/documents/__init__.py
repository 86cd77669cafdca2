"""Facts in; numbered, kept, checkable documents out: PDF, HTML, and DOCX where people edit the text.

    register(Kind("results-protocol", "7.20", _("Protocol of results"), compose))   # as the area loads
    issued = issue("results-protocol", facts=…, public_facts=…, scope="election-12", …)   # in an action

`blocks` holds what documents are made of, `kinds` how an area registers its own. The names below are
loaded when first used: this package is an app, and Django imports it before any model may be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okil.foundation.documents import blocks as blocks
    from okil.foundation.documents import kinds as kinds
    from okil.foundation.documents.html import article_of as article_of
    from okil.foundation.documents.issuing import draft as draft
    from okil.foundation.documents.issuing import issue as issue
    from okil.foundation.documents.issuing import issued_of as issued_of
    from okil.foundation.documents.opening import open_facts as open_facts
    from okil.foundation.documents.opening import open_file as open_file
    from okil.foundation.documents.opening import open_published_facts as open_published_facts
    from okil.foundation.documents.opening import open_published_file as open_published_file
    from okil.foundation.documents.serving import serve as serve

FACE = {
    "article_of": "html",
    "draft": "issuing",
    "issue": "issuing",
    "issued_of": "issuing",
    "open_facts": "opening",
    "open_file": "opening",
    "open_published_facts": "opening",
    "open_published_file": "opening",
    "serve": "serving",
}
PARTS = ("blocks", "kinds")


def __getattr__(name: str) -> Any:
    if name in PARTS:
        return import_module(f"{__name__}.{name}")
    if name not in FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{FACE[name]}"), name)
