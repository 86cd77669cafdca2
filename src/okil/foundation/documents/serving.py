"""A file on its way to the reader."""

from __future__ import annotations

from django.http import HttpResponse

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def serve(content: bytes, name: str, *, is_public: bool = False) -> HttpResponse:
    """To be kept, not shown: the browser neither guesses its type nor opens it in our place."""
    form = name.rpartition(".")[2]
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=3600" if is_public else "private, no-store"
    return response
