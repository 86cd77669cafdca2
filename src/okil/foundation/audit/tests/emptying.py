"""A test with real transactions ends with an emptied database, which the journal's guards forbid.

conftest.py at the root imports this fixture; `post_migrate`, sent after the emptying, puts the
guards back.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

REAL_TRANSACTIONS = {"transactional_db", "live_server", "django_db_reset_sequences"}


@pytest.fixture(autouse=True)
def _journal_may_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    marker = request.node.get_closest_marker("django_db")
    marked = bool(marker and marker.kwargs.get("transaction"))
    if not marked and not REAL_TRANSACTIONS & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")  # set up before us, so emptied after us
    yield
    take_guards_away()


def take_guards_away() -> None:
    """What somebody does who owns the database."""
    from okil.foundation.audit import triggers

    with connection.cursor() as cursor:
        for trigger in triggers.wanted(connection):
            cursor.execute(triggers.drop(connection, trigger))
