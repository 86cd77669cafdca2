"""One world for all tests: a data folder of their own, a fixed vault key, no setting from outside."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "client"}
VAULT_KEY = "00112233445566778899aabbccddeeff" * 2
BROWSER_FIXTURES = {"browser", "chromium"}
PURE = "src/okil/pure"


def _is_worker() -> bool:
    """A worker of pytest-xdist, which inherits the world its master prepared."""
    return "PYTEST_XDIST_WORKER" in os.environ


def _prepare_world() -> str:
    for name in list(os.environ):
        if name.startswith("OKIL_"):
            del os.environ[name]
    data = tempfile.mkdtemp(prefix="okil-tests-")
    os.environ["OKIL_DATA"] = data
    os.environ["OKIL_VAULT_KEY"] = VAULT_KEY
    os.environ["OKIL_BOARD_KEY"] = VAULT_KEY[::-1]
    # Playwright keeps a loop running in the thread of the tests; nothing of ours is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    os.environ["OKIL_SECRET_KEY"] = "only-for-tests-" + "0123456789abcdef" * 4
    return data


# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("okil", deadline=None)
hypothesis.settings.load_profile("okil")

DATA = os.environ["OKIL_DATA"] if _is_worker() else _prepare_world()


def _only_pure(config: pytest.Config) -> bool:
    pure = config.rootpath / PURE
    paths = [Path(config.invocation_params.dir, each.split("::")[0]) for each in config.args]
    return all(path.resolve().is_relative_to(pure) for path in paths)


def pytest_configure(config: pytest.Config) -> None:
    """Django is set up before the tests are collected, unless only the pure rules are asked for."""
    if _only_pure(config):
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okil.site.settings")
    import django
    from django.conf import settings

    from okil.site.translations import compile_all

    compile_all()

    # Hashed names need `collectstatic`, which a test does not.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    if not settings.ENVIRONMENT.database_url_given:
        # A file, as in service, not memory: two threads of a test meet as two people would.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{DATA}/test.sqlite3"
    django.setup()


def pytest_unconfigure() -> None:
    if not _is_worker():
        shutil.rmtree(DATA, ignore_errors=True)


# What a paper, a form or a page says does not depend on the database that its facts came from; what they
# ask of it is asked by the tests of their subject too, and each page is opened by everybody on both.
ON_ONE_DATABASE = ("_papers", "_text", "_forms", "_views", "_pages")
ON_BOTH = ("test_pages", "test_views")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what `make test` runs on PostgreSQL too, in a browser, and with other people's tools."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        asks = item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES
        stem = item.path.stem
        enough = stem.endswith(ON_ONE_DATABASE) and stem not in ON_BOTH
        enough = enough or item.get_closest_marker("one_database") is not None
        if asks and not enough:
            item.add_marker("database")
        if fixtures & BROWSER_FIXTURES:
            item.add_marker("journey")
        if "/tests/interop/" in item.path.as_posix():
            item.add_marker("interop")


@pytest.fixture(autouse=True)
def _no_language_of_the_test_before() -> None:
    """A request leaves its language behind in the thread; each test begins with the site's own."""
    if "django" in sys.modules and "DJANGO_SETTINGS_MODULE" in os.environ:
        from django.utils import translation

        translation.deactivate()
