"""What the operator learns of a page that broke: where, and what kind of fault. Never the address,
which may be somebody's link, and never the message, which may hold anything."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest

log = logging.getLogger("okil.faults")


@receiver(got_request_exception)
def _note(request: HttpRequest | None = None, **_: Any) -> None:
    kind, _error, trace = sys.exc_info()
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "nowhere"
    if trace is not None:
        code = trace.tb_frame.f_code
        place = f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
    match = getattr(request, "resolver_match", None)
    page = match.view_name if match else "no page"
    log.error("A page broke: %s, %s at %s.", page, kind.__name__ if kind else "?", place)
