from __future__ import annotations

from collections.abc import Iterator

import pytest

from okil.foundation.audit.tests.emptying import _journal_may_be_emptied
from okil.foundation.notifications.tests.smtp_sink import smtp_sink

__all__ = ["_journal_may_be_emptied", "smtp_sink"]


@pytest.fixture(autouse=True)
def _it_is_august() -> Iterator[None]:
    """Views read the clock; here it stands where the given worlds begin, until a test moves it."""
    from okil.areas.elections.tests import given  # models can be imported when Django is set up
    from okil.foundation.web.clock import clock

    usual = clock._source
    given.it_is(given.AT)
    yield
    clock.set_source(usual)
