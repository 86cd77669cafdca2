from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from okil.foundation.audit.tests import given
from okil.foundation.audit.tests.emptying import take_guards_away

pytestmark = pytest.mark.django_db


def test_verify_prints_length_last_hash_and_ok() -> None:
    last = [given.entry(), given.entry()][-1]
    output = io.StringIO()

    call_command("journal", "verify", stdout=output)

    assert output.getvalue().splitlines() == ["Rows: 2", f"Last hash: {last.hash}", "OK"]


def test_verify_tells_each_problem_and_ends_with_one() -> None:
    given.entry()
    take_guards_away()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_journalentry SET event = 'round.lost'")
    output = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("journal", "verify", stdout=output)

    assert end.value.code == 1
    assert output.getvalue().splitlines()[2:] == [
        "Row 1 is not what was hashed when it was written."
    ]


def test_journal_alone_says_what_it_can_do() -> None:
    with pytest.raises(CommandError, match="verify"):
        call_command("journal")
