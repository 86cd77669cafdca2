"""Imports of models stand inside: this file is read before Django is set up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from okil.foundation.audit.tests.emptying import _journal_may_be_emptied

__all__ = ["_journal_may_be_emptied"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    from okil.foundation.vault.tests import given

    with django_db_blocker.unblock():
        given.tables()


@pytest.fixture(autouse=True)
def _empty_tables(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.node.get_closest_marker("django_db"):
        yield
        return

    from okil.foundation.vault import keys
    from okil.foundation.vault.tests import given

    keys.forget()
    yield
    keys.forget()
    if request.node.get_closest_marker("django_db").kwargs.get("transaction"):
        given.empty_tables()
