"""`/healthz`: for a machine that asks whether this one still does its work."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from okil.foundation.background import worker_alive

WORDS = {True: "live", False: "dead"}


def healthz(request: HttpRequest) -> JsonResponse:
    database = _database_lives()
    worker = database and worker_alive()
    return JsonResponse(
        {"database": WORDS[database], "worker": WORDS[worker]},
        status=200 if database and worker else 503,
        headers={"Cache-Control": "no-store"},
    )


def _database_lives() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
