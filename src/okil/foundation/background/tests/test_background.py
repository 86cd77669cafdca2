from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django_tasks_db.models import DBTaskResult

from okil.foundation.background import every, later, run_worker, work, worker_alive
from okil.foundation.background.models import RegularWork, Worker
from okil.foundation.background.tests.given import all_work_done
from okil.foundation.background.worker import (
    MOST_ATTEMPTS,
    SILENT_SECONDS,
    begin_what_is_due,
    do_next,
    take_up_abandoned_work,
)
from okil.foundation.web.clock import clock

AT = datetime(2024, 9, 12, 13, 0, tzinfo=UTC)
PATIENCE_SECONDS = 20
done: list[tuple[int | str, ...]] = []

pytestmark = pytest.mark.django_db


@work("background_tests.note")
def note(*arguments: int | str) -> None:
    done.append(arguments)


@work("background_tests.fail")
def fail() -> None:
    raise ValueError("Клёнова Дина, klyonova@example.org")


@work("background_tests.find_the_database_busy")
def find_the_database_busy() -> None:
    done.append(("tried",))
    raise OperationalError("database is locked")


@every("background_tests.daily", hours=24)
def daily() -> None:
    done.append(("daily",))


@pytest.fixture(autouse=True)
def _nothing_done_and_the_clock_stands() -> Iterator[None]:
    done.clear()
    yield
    clock.set_source(None)


def _clock_stands_at(moment: datetime) -> None:
    clock.set_source(lambda: moment)


def test_work_is_done_with_its_arguments() -> None:
    later("background_tests.note", 12, "ru")

    all_work_done()

    assert done == [(12, "ru")]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_work_of_a_change_that_was_taken_back_is_not_done() -> None:
    with transaction.atomic():
        later("background_tests.note", 12)
        transaction.set_rollback(True)

    assert all_work_done() == 0


def test_work_waits_for_its_hour_by_our_clock() -> None:
    _clock_stands_at(AT)
    later("background_tests.note", 1, run_after=AT + timedelta(hours=1))
    assert all_work_done() == 0

    _clock_stands_at(AT + timedelta(hours=1))
    assert all_work_done() == 1


@pytest.mark.parametrize("argument", ["Клёнова Дина", "klyonova@example.org", "A B", 1.5, None])
def test_a_row_takes_no_text(argument: object) -> None:
    with pytest.raises(TypeError):
        later("background_tests.note", argument)  # type: ignore[arg-type]  # that is the point


def test_unknown_work_is_refused_when_it_is_queued() -> None:
    with pytest.raises(LookupError):
        later("background_tests.nobody_knows")


def test_of_a_failure_only_the_type_is_kept(caplog: pytest.LogCaptureFixture) -> None:
    later("background_tests.fail")

    all_work_done()

    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path, row.traceback) == (
        "FAILED",
        "builtins.ValueError",
        "",
    )
    assert "builtins.ValueError" in caplog.text
    assert "Клёнова" not in caplog.text + str(DBTaskResult.objects.values())


def test_what_a_silent_worker_began_is_taken_up_again() -> None:
    later("background_tests.note", 7)
    _begun_by("gone", silent_for=SILENT_SECONDS + 1)

    take_up_abandoned_work("a-new-one")
    all_work_done()

    assert done == [(7,)]


def test_what_a_living_worker_does_is_left_to_it() -> None:
    later("background_tests.note", 7)
    _begun_by("alive", silent_for=0)

    take_up_abandoned_work("a-new-one")

    assert all_work_done() == 0


def test_work_that_kills_its_worker_each_time_is_given_up() -> None:
    later("background_tests.note", 7)
    for number in range(MOST_ATTEMPTS):
        _begun_by(f"gone-{number}", silent_for=SILENT_SECONDS + 1)
        take_up_abandoned_work("a-new-one")

    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert row.exception_class_path == "okil.foundation.background.worker.GivenUp"


def test_what_a_worker_could_not_note_the_end_of_it_does_again() -> None:
    later("background_tests.note", 7)
    _begun_by("alive", silent_for=0)

    take_up_abandoned_work("alive")

    assert all_work_done() == 1


def test_work_that_found_the_database_busy_is_tried_again_later() -> None:
    later("background_tests.find_the_database_busy")

    for minute in range(2 * MOST_ATTEMPTS):
        _clock_stands_at(AT + timedelta(minutes=minute))
        all_work_done()

    assert done == [("tried",)] * MOST_ATTEMPTS
    assert DBTaskResult.objects.get().status == "FAILED"


def test_regular_work_is_begun_once_in_its_interval() -> None:
    begin_what_is_due(AT)
    begin_what_is_due(AT + timedelta(hours=23))
    all_work_done()
    assert done == [("daily",)]

    begin_what_is_due(AT + timedelta(hours=24))
    all_work_done()
    assert done == [("daily",)] * 2


def test_nobody_works_until_somebody_beats() -> None:
    assert not worker_alive()

    Worker.objects.create(key="alive", beat_at=_seconds_ago(0))
    assert worker_alive()

    Worker.objects.update(beat_at=_seconds_ago(SILENT_SECONDS + 1))
    assert not worker_alive()


@pytest.mark.django_db(transaction=True)
def test_a_worker_works_and_stops_when_told() -> None:
    stop = threading.Event()
    worker = threading.Thread(target=run_worker, args=(stop,))
    worker.start()
    _wait_until(worker_alive)
    later("background_tests.note", 3)
    _wait_until(lambda: (3,) in done)

    stop.set()
    worker.join(PATIENCE_SECONDS)

    assert not worker.is_alive()
    assert not worker_alive()


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_row_once() -> None:
    for number in range(20):
        later("background_tests.note", number)

    def one_worker(key: str) -> None:
        try:
            while do_next(key):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(one_worker, ["one", "two"]))

    assert sorted(done) == [(number,) for number in range(20)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_begin_regular_work_once() -> None:
    def look_around(_: int) -> None:
        try:
            begin_what_is_due(AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(look_around, range(2)))

    rows = [row.args_kwargs["args"][0] for row in DBTaskResult.objects.all()]
    assert len(rows) == len(set(rows)) == RegularWork.objects.count()


def _begun_by(key: str, *, silent_for: float) -> None:
    Worker.objects.create(key=key, beat_at=_seconds_ago(silent_for))
    DBTaskResult.objects.get().claim(key)


def _seconds_ago(seconds: float) -> datetime:
    return datetime.fromtimestamp(time.time() - seconds, UTC)


def _wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.02)
