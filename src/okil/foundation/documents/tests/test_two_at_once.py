from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from okil.foundation.documents.models import Issued
from okil.foundation.documents.tests import given

WRITERS = 4
EACH = 3


@pytest.mark.django_db(transaction=True)
def test_who_issue_at_once_get_numbers_without_gap_or_twin() -> None:
    together = Barrier(WRITERS)
    subjects = [given.subject(f"election {at}") for at in range(WRITERS)]

    def write(at: int) -> None:
        together.wait(timeout=20)
        try:
            for _ in range(EACH):
                given.protocol(subject=subjects[at])
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        for writer in [pool.submit(write, at) for at in range(WRITERS)]:
            writer.result()

    numbers = Issued.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, WRITERS * EACH + 1))
    versions = Issued.objects.filter(subject_number=subjects[0].pk).order_by("version")
    assert [one.version for one in versions] == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_stand_in_one_line() -> None:
    together = Barrier(2)
    subject = given.subject()
    given.protocol()

    def correct() -> None:
        together.wait(timeout=20)
        try:
            given.protocol(subject=subject)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for writer in [pool.submit(correct) for _ in range(2)]:
            writer.result()

    line = Issued.objects.order_by("version").values_list("version", "supersedes__version")
    assert list(line) == [(1, None), (2, 1), (3, 2)]
