"""Django's SQLite, with the writers in a queue.

SQLite lets one transaction write at a time; the others sleep and ask again, longer each time, and an
unlucky one asks for seconds. Here a transaction first waits for a lock on `<database>.lock`: the
kernel wakes the next writer the moment the one before has finished, and frees the lock of a process
that dies.
"""

from __future__ import annotations

import fcntl
import os

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    _turn: int | None = None  # the open lock file, while this connection may write

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_for_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # not in its stubs
        except BaseException:
            self._end_turn()
            raise

    def _commit(self) -> None:
        # A commit that fails keeps its turn: the rollback that follows ends it.
        super()._commit()  # type: ignore[misc]  # not in its stubs
        self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # not in its stubs
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # not in its stubs
        finally:
            self._end_turn()

    def _wait_for_turn(self) -> None:
        if self.is_in_memory_db() or self._turn is not None:
            return
        self._turn = os.open(f"{self.settings_dict['NAME']}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._turn, fcntl.LOCK_EX)

    def _end_turn(self) -> None:
        if self._turn is not None:
            os.close(self._turn)  # which unlocks it
            self._turn = None
