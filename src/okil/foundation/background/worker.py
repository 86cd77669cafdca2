"""The worker: takes the next row of work, does it, notes how it went; beats while it lives."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta

from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet, get_date_max

from okil.foundation.background.models import RegularWork, Worker
from okil.foundation.background.registry import WorkFailed, do_work, intervals, later, name_of
from okil.foundation.locking import locked
from okil.foundation.web.clock import clock

BEAT_SECONDS = 10
SILENT_SECONDS = 60  # six missed beats: it is gone
IDLE_SECONDS = 1
LOOK_AROUND_SECONDS = 15
DATABASE_AWAY_SECONDS = 5
DATABASE_AWAY = (OperationalError, InterfaceError)  # it restarts, or others write for too long
AWAY_KINDS = frozenset(name_of(kind) for kind in DATABASE_AWAY)
TRY_AGAIN_AFTER = timedelta(minutes=1)
MOST_ATTEMPTS = 5  # work that kills its worker each time is given up

logger = logging.getLogger(__name__)


class GivenUp(Exception):  # noqa: N818 (stands in the row as what happened)
    """The work was begun several times and never ended: each time its worker died."""


def run_worker(stop: threading.Event) -> None:
    """Works until `stop` is set, then ends what it has begun and returns."""
    key = secrets.token_hex(8)
    stop_beating = threading.Event()
    beat(key)
    beating = threading.Thread(target=_keep_beating, args=(key, stop_beating), daemon=True)
    beating.start()
    try:
        _work_until(stop, key)
    finally:
        stop_beating.set()
        beating.join()
        Worker.objects.filter(key=key).delete()
        connection.close()


def worker_alive() -> bool:
    return _living_workers().exists()


def beat(key: str) -> None:
    Worker.objects.update_or_create(key=key, defaults={"beat_at": _wall_clock()})


def do_next(key: str) -> bool:
    """Does the next row that is ready, if any. False: there was nothing to do."""
    row = _claim(key)
    if row is None:
        return False
    try:
        do_work.func(*row.args_kwargs["args"])
    except WorkFailed as failed:
        if failed.kind in AWAY_KINDS and len(row.worker_ids) < MOST_ATTEMPTS:
            _put_back(row)
        else:
            _keep_failure(row, failed.kind)
    else:
        row.set_successful(None)
    return True


def take_up_abandoned_work(key: str) -> None:
    """What a worker began that no longer beats is ready again.

    So is what the asking worker itself once began: it asks when it does nothing, so it could not
    even note how that went.
    """
    living = set(_living_workers().exclude(key=key).values_list("key", flat=True))
    for row in DBTaskResult.objects.running().filter(task_path=do_work.module_path):
        if row.worker_ids and row.worker_ids[-1] in living:
            continue
        if len(row.worker_ids) >= MOST_ATTEMPTS:
            _keep_failure(row, name_of(GivenUp))
            continue
        # Only if nobody took it up since it was read.
        same = DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at)
        same.update(status=TaskResultStatus.READY)
    Worker.objects.filter(beat_at__lt=_wall_clock() - timedelta(hours=1)).delete()


def begin_what_is_due(at: datetime) -> None:
    """Regular work whose time has come becomes a row, once, however many workers look."""
    begun = dict(RegularWork.objects.values_list("name", "begun_at"))
    for name, interval in intervals().items():
        if _is_due(begun.get(name), interval, at):
            _begin(name, interval, at)


@transaction.atomic
def _begin(name: str, interval: timedelta, at: datetime) -> None:
    row, _ = RegularWork.objects.get_or_create(name=name)
    row = locked(RegularWork, row.pk)
    if not _is_due(row.begun_at, interval, at):
        return
    row.begun_at = at
    row.save(update_fields=["begun_at"])
    later(name)


def _is_due(begun_at: datetime | None, interval: timedelta, at: datetime) -> bool:
    return begun_at is None or at - begun_at >= interval


def _work_until(stop: threading.Event, key: str) -> None:
    looked_around = float("-inf")
    while not stop.is_set():
        did_something = False
        try:
            if time.monotonic() - looked_around > LOOK_AROUND_SECONDS:
                looked_around = time.monotonic()
                take_up_abandoned_work(key)
                begin_what_is_due(clock.now())
            did_something = do_next(key)
            close_old_connections()
        except DATABASE_AWAY as error:
            # A worker outlives that.
            logger.warning("the database does not answer: %s", type(error).__name__)
            connection.close()
            stop.wait(DATABASE_AWAY_SECONDS)
        if not did_something:
            stop.wait(IDLE_SECONDS)


def _keep_beating(key: str, stop: threading.Event) -> None:
    while not stop.wait(BEAT_SECONDS):
        try:
            beat(key)
            close_old_connections()
        except DATABASE_AWAY as error:
            logger.warning("could not beat: %s", type(error).__name__)
            connection.close()
    connection.close()


def _claim(key: str) -> DBTaskResult[..., None] | None:
    # Asked without a transaction first: on SQLite each one keeps all other writers out.
    if not _ready().exists():
        return None
    with transaction.atomic():
        row = _ready().get_locked()
        if row is not None:
            row.claim(key)
    return row


def _ready() -> DBTaskResultQuerySet:
    # By our clock, which a demonstration sets; django-tasks would look at the machine's.
    ready: DBTaskResultQuerySet = DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=clock.now()),
        status=TaskResultStatus.READY,
        task_path=do_work.module_path,
    )
    return ready


def _put_back(row: DBTaskResult[..., None]) -> None:
    row.status = TaskResultStatus.READY
    row.run_after = clock.now() + TRY_AGAIN_AFTER
    row.save(update_fields=["status", "run_after"])


def _keep_failure(row: DBTaskResult[..., None], kind: str) -> None:
    """The type of what was raised; no message, no traceback: they may hold what nobody may read."""
    logger.error("work %s (%s) failed: %s", row.args_kwargs["args"][0], row.pk, kind)
    row.status = TaskResultStatus.FAILED
    row.finished_at = _wall_clock()
    row.exception_class_path = kind
    row.save(update_fields=["status", "finished_at", "exception_class_path"])


def _living_workers() -> QuerySet[Worker]:
    return Worker.objects.filter(beat_at__gt=_wall_clock() - timedelta(seconds=SILENT_SECONDS))


def _wall_clock() -> datetime:
    """The machine's time: a heartbeat is about this machine, also where the clock is set forward."""
    return datetime.fromtimestamp(time.time(), UTC)
