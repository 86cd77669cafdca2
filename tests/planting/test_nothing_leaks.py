"""What is sealed is found nowhere: no table, journal row, page, mail, log or file shows a name.

A world plants names with real actions and says which pages to open. To add one, write a function that
answers a `World` and name it in WORLDS.
"""

from __future__ import annotations

import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from okil.foundation import vault
from okil.foundation.audit import Actor
from okil.foundation.audit.tests.emptying import _journal_may_be_emptied
from tests.planting import sources
from tests.planting.hunter import find

__all__ = ["_journal_may_be_emptied"]

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class World:
    """What was planted, what its owners published, who opens which pages (beside those a visitor comes
    to by links), and whatever else was written on the way."""

    needles: list[str]
    public: list[str] = field(default_factory=list)
    visits: list[tuple[Client, str]] = field(default_factory=list)
    written: dict[str, object] = field(default_factory=dict)


def guests() -> World:
    """The vault alone: saved, changed, found, opened, a failed save, a failed opening."""
    from okil.foundation.vault.tests.models import Guest

    actor = Actor("secretariat", 7)
    guest = Guest.objects.create(
        name="Клёнова Дина", phone="+7 701 555 43 21", papers=NOTE.encode()
    )
    Guest.objects.bulk_create([Guest(name="Ромашкина Вера", party=2)])
    guest.name = "Липова Анжелика"
    guest.save()
    vault.find(Guest, "name", "Липова Анжелика", scope="body-1").get()
    vault.open(Guest.objects.filter(party=1), "officers", actor=actor, at=AT)
    logging.getLogger("okil").warning("%s %r %s", guest, guest, guest.name)

    written: dict[str, object] = {"repr": [guest, guest.name, vars(guest)]}
    written["pickle"] = pickle.dumps(guest)
    for failing in (Guest(party=None), Guest.objects.get(party=2)):
        try:
            failing.name = "Осокина Тамара"
            vault.open([failing], "officers", actor=actor, at=AT)
        except Exception:
            written[f"traceback {len(written)}"] = traceback.format_exc()
    vault.destroy("body-2", "officers", actor=actor, at=AT)
    return World(
        needles=[
            "Клёнова Дина",
            "Ромашкина Вера",
            "Липова Анжелика",
            "Осокина Тамара",
            "Тростникова",
            "+7 701 555 43 21",
        ],
        written=written,
    )


NOTE = "Справка выдана: Тростникова"


def demonstration() -> World:
    """Ten groups, eighty people, five years: every name that its owner has not published.

    The Secretariat's overview and the journals show numbers only, also to those who may see names.
    """
    from okil.areas.bodies.models import Person, Role, RoleName
    from okil.foundation.accounts.tests.given import browser_of
    from okil.site.demonstration.build import build

    build(at=datetime.now(UTC))
    people = list(Person.objects.all())
    opened = vault.open(people, "officers", actor=Actor("system", None), at=AT)
    names: dict[bool, list[str]] = {True: [], False: []}
    for person in people:
        names[person.published_by_owner] += filter(None, opened[person.pk].values())

    role = Role.objects.filter(role=RoleName.SECRETARIAT, ends_at=None).order_by("pk")[0]
    assert role.person.user is not None
    browser = browser_of(role.person.user)
    addresses = ["/ru/office/cycles/2024/", "/ru/office/journal/"]
    return World(
        needles=names[False],
        public=names[True],
        visits=[(browser, address) for address in addresses],
    )


WORLDS: dict[str, Callable[[], World]] = {
    "guests": guests,
    "demonstration": demonstration,
}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    from okil.foundation.vault.tests import given

    with django_db_blocker.unblock():
        given.tables()


@pytest.fixture(autouse=True)
def _no_guests_stay() -> Iterator[None]:
    from okil.foundation.vault import keys
    from okil.foundation.vault.tests import given

    yield
    given.empty_tables()
    keys.forget()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", WORLDS)
def test_no_planted_name_is_found_anywhere(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    # Every question to the database is logged with its values, as a careless operator may do.
    with CaptureQueriesContext(connection) as queries:
        world = WORLDS[name]()
        pages = {**sources.public_pages("/ru/", "/kk/", "/en/"), **sources.pages(world.visits)}
    looked_at = {
        **pages,
        **sources.mails(),
        **sources.rows_of_every_table(),
        **sources.database_files(),
        **sources.folder(settings.STATIC_ROOT),
        **sources.texts(world.written),
        **sources.texts({"log": caplog.text, "queries": queries.captured_queries}),
    }

    found = find(world.needles, looked_at, public=world.public)
    assert [str(finding) for finding in found] == []


@pytest.mark.django_db(transaction=True)
def test_what_is_not_sealed_would_be_found() -> None:
    """The same sources, and a name that somebody kept in the open: a row, a file, a log."""
    from okil.foundation.vault.tests.models import Guest

    Guest.objects.create(name="Клёнова Дина", note="Клёнова Дина")

    found = find(["Клёнова Дина"], {**sources.rows_of_every_table(), **sources.database_files()})
    where = {finding.source for finding in found}
    assert "table vault_tests_guest" in where
    in_files = [
        name for name in where if "sqlite3" in name
    ]  # the file itself, or its log of writes
    assert connection.vendor != "sqlite" or in_files
