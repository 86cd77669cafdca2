from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from okil.foundation.audit import (
    Actor,
    entries_of,
    history_of,
    length_and_last_hash,
    publish_head,
    verify_chain,
)
from okil.foundation.audit.facts import NotForTheJournal
from okil.foundation.audit.models import JournalEntry, PublishedHead
from okil.foundation.audit.tests import given
from okil.foundation.audit.tests.emptying import take_guards_away
from okil.pure import hashchain

pytestmark = pytest.mark.django_db


def test_a_journal_begins_with_one_and_the_hash_of_nothing() -> None:
    entry = given.entry()

    assert (entry.number, entry.previous_hash) == (1, hashchain.BEGINNING)


def test_every_entry_names_the_hash_of_the_one_before() -> None:
    first, second, third = given.entry(), given.entry(), given.entry()

    assert [second.previous_hash, third.previous_hash] == [first.hash, second.hash]
    assert length_and_last_hash() == (3, third.hash)


def test_an_entry_read_back_from_the_database_has_the_same_hash() -> None:
    astana = timezone(timedelta(hours=5))
    given.entry(
        at=datetime(2026, 9, 12, 18, 0, 0, 1, tzinfo=astana),
        before={"state": "registration", "уровень": None},
        after={"state": "voting", "deadline": "2026-09-20", "numbers": [3, 1, 2], "open": True},
    )
    given.entry(at=datetime(2026, 9, 12, 13, 0, tzinfo=astana), actor=Actor("system", None))
    given.entry(after={"": "", "b": [-1, 2**70, True, None], "a": '"\\/\u2028\n😀 é е́', "{}": {}})

    assert verify_chain() == []


def test_history_of_a_thing_and_entries_of_a_chapter_are_told_in_order() -> None:
    seat, group = given.subject("seat"), given.subject("group")
    opened = given.entry("seat.opened", subject=seat, chapter="body-1")
    named = given.entry("group.named", subject=group, chapter="body-1")
    filled = given.entry("seat.filled", subject=seat, chapter="election-12")

    assert list(history_of(seat)) == [opened, filled]
    assert list(entries_of("body-1")) == [opened, named]


@pytest.mark.parametrize(
    "facts",
    [
        {"reason": "x" * 201},
        {"a": {"b": {"c": {"d": 1}}}},
        {"share": 0.5},
        {"share": Decimal("0.5")},
        {"day": date(2026, 9, 12)},
        {1: "one"},
        {"reason": "a\0b"},
    ],
)
def test_what_is_not_small_is_not_written(facts: dict[str, Any]) -> None:
    with pytest.raises(NotForTheJournal):
        given.entry(after=facts)

    assert length_and_last_hash()[0] == 0


@pytest.mark.parametrize("event", ["", "Round moved", "round moved", "раунд.начат", "r" * 81])
def test_an_event_is_a_code_and_not_a_text(event: str) -> None:
    with pytest.raises(NotForTheJournal):
        given.entry(event)


def test_a_role_and_a_chapter_are_codes_and_not_texts() -> None:
    with pytest.raises(NotForTheJournal):
        given.entry(actor=Actor("Дина Клёнова", 1))
    with pytest.raises(NotForTheJournal):
        given.entry(chapter="Commission of Samal")


def test_the_head_of_a_day_is_published_once_in_the_day_of_the_zone() -> None:
    entry = given.entry()
    evening = datetime(2026, 9, 12, 20, 0, tzinfo=given.AT.tzinfo)

    head = publish_head(evening, "Asia/Almaty")
    given.entry()
    again = publish_head(evening + timedelta(hours=1), "Asia/Almaty")

    assert (head.day, head.length, head.last_hash) == (date(2026, 9, 13), 1, entry.hash)
    assert again == head
    assert PublishedHead.objects.count() == 1


def _behind_the_guards(sql: str) -> None:
    take_guards_away()
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_changed_row_is_found() -> None:
    for _ in range(3):
        given.entry()
    _behind_the_guards("UPDATE audit_journalentry SET actor_number = 8 WHERE number = 2")

    assert verify_chain() == ["Row 2 is not what was hashed when it was written."]


def test_a_removed_row_is_found() -> None:
    for _ in range(3):
        given.entry()
    _behind_the_guards("DELETE FROM audit_journalentry WHERE number = 2")

    assert verify_chain() == [
        "Row 2 is missing before row 3.",
        "Row 3 does not name the hash of the row before it.",
    ]


def test_rows_cut_off_the_end_are_found_by_a_published_head() -> None:
    for _ in range(3):
        given.entry()
    publish_head(given.AT, "Asia/Almaty")
    _behind_the_guards("DELETE FROM audit_journalentry WHERE number > 1")

    assert verify_chain() == ["The head published on 2026-09-12 (row 3) is not in the journal."]


def test_a_journal_written_anew_is_found_by_a_published_head() -> None:
    given.entry()
    publish_head(given.AT, "Asia/Almaty")
    _behind_the_guards("DELETE FROM audit_journalentry")
    given.entry("round.suspended")

    assert verify_chain() == ["The head published on 2026-09-12 (row 1) is not in the journal."]


def test_a_head_of_an_empty_journal_stands() -> None:
    publish_head(given.AT, "Asia/Almaty")
    given.entry()

    assert verify_chain() == []


def test_verifying_reads_the_journal_in_pieces(django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        given.entry()

    with django_assert_max_num_queries(2):
        assert verify_chain() == []
    assert JournalEntry.objects.count() == 20
