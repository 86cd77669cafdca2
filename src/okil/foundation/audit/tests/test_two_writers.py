from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from okil.foundation.audit import length_and_last_hash, verify_chain
from okil.foundation.audit.tests import given
from okil.pure.refusal import Refused

WRITERS = 4
EACH = 8


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_keep_one_chain() -> None:
    together = Barrier(WRITERS)
    subject = given.subject()

    def write() -> None:
        together.wait(timeout=20)
        try:
            for _ in range(EACH):
                with transaction.atomic():
                    given.entry(subject=subject)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        for writer in [pool.submit(write) for _ in range(WRITERS)]:
            writer.result()

    assert length_and_last_hash()[0] == WRITERS * EACH
    assert verify_chain() == []


@transaction.atomic
def _act_and_be_refused() -> None:
    given.entry()
    raise Refused("too-late")


@pytest.mark.django_db(transaction=True)
def test_an_action_that_fails_leaves_neither_a_row_nor_a_gap() -> None:
    given.entry()
    with pytest.raises(Refused):
        _act_and_be_refused()
    given.entry()

    assert length_and_last_hash()[0] == 2
    assert verify_chain() == []
