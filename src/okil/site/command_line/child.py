"""The two processes that `okil serve` looks after: `pages HOST PORT WORKERS` and `tasks`."""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module

THREADS = 4


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okil.site.settings")
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if arguments[0] == "pages":
        _, host, port, workers = arguments
        serve_pages(host, int(port), int(workers))
    else:
        do_tasks()


def serve_pages(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "okil.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_access=False,  # who asked for which page is nobody's business
        log_level=LogLevels.error,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()


def do_tasks() -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    know_the_tasks()
    from okil.foundation.background import run_worker

    run_worker(stop)


def know_the_tasks() -> None:
    """The applications register theirs when they load; the site's own schedule is no application."""
    import django

    django.setup()
    import_module("okil.site.schedule")


def _end_with_parent() -> None:
    """The parent never writes here; the end of the stream is the end of the parent."""
    # Not sys.stdin: its lock would be held for ever in processes forked from this one.
    os.read(0, 1)
    os.killpg(0, signal.SIGTERM)


if __name__ == "__main__":
    main(sys.argv[1:])
