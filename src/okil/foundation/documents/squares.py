"""The square code (QR) of a link."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

OF_ONE_PAPER = 8  # its languages and versions share one link


def drawn_once(link: str) -> str:
    """Of a link that is a secret: it grows to the width of its place, and is kept nowhere."""
    picture = io.BytesIO()
    segno.make_qr(link, error="m").save(
        picture, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return picture.getvalue().decode("utf-8")


@lru_cache(OF_ONE_PAPER)
def square_as_svg(link: str) -> str:
    picture = io.BytesIO()
    segno.make_qr(link, error="m").save(
        picture, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None
    )
    return picture.getvalue().decode("utf-8")


@lru_cache(OF_ONE_PAPER)
def square_as_png(link: str) -> bytes:
    picture = io.BytesIO()
    segno.make_qr(link, error="m").save(picture, kind="png", border=0, scale=8)
    return picture.getvalue()
