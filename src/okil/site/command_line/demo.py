from __future__ import annotations

import os
import time
from pathlib import Path

from okil.site.command_line.arguments import Arguments, port
from okil.site.command_line.installation import (
    bring_up_to_date,
    is_demonstration,
    open_installation,
)
from okil.site.command_line.progress import Progress, percent
from okil.site.command_line.serving import require_free, serve
from okil.site.command_line.words import Stopped, sentence

HOST = "127.0.0.1"
DATABASE = "okil.sqlite3"
UNFINISHED = "demonstration-unfinished"


def run(arguments: list[str], language: str) -> int:
    parser = Arguments("demo", language)
    parser.option("--port", "option-port", type=port, default=8000)
    parser.option("--no-serve", "option-no-serve", action="store_true")
    parser.option("--fresh", "option-fresh", action="store_true")
    chosen = parser.parse_args(arguments)

    address = f"http://localhost:{chosen.port}"
    data = _world_of_its_own(address)
    if not chosen.no_serve:
        require_free(HOST, chosen.port)
    _prepare(data, fresh=chosen.fresh, language=language)
    _print_doors(language)
    if chosen.no_serve:
        return 0
    return serve(HOST, chosen.port, workers=1, address=address, language=language)


def _world_of_its_own(address: str) -> Path:
    """The real database is out of reach, whatever the environment names."""
    os.environ.setdefault("OKIL_DATA", "demo-data")
    os.environ.pop("DATABASE_URL", None)
    os.environ["OKIL_LISTEN"] = HOST
    os.environ["OKIL_ADDRESS"] = address
    return Path(os.environ["OKIL_DATA"]).absolute()


def _prepare(data: Path, *, fresh: bool, language: str) -> None:
    unfinished = data / UNFINISHED
    database = data / DATABASE
    if unfinished.exists():
        _remove(database)  # a demonstration that was never finished
    elif not database.exists() and (data / "vault-key").exists():
        raise Stopped("demonstration-would-hide-real-data", path=data)

    made_before = database.exists()
    open_installation(language)
    if made_before:
        if not _has_mark():
            raise Stopped("demonstration-would-hide-real-data", path=data)
        if not fresh:
            bring_up_to_date()
            return
        from django.db import connections

        connections.close_all()
        _remove(database)
    unfinished.touch()
    _make(language)
    unfinished.unlink()


def _has_mark() -> bool:
    from django.db import DatabaseError

    try:
        return is_demonstration()
    except DatabaseError:
        return False  # a database without our tables is not ours to touch


def _make(language: str) -> None:
    print(sentence("demonstration-being-made", language), flush=True)
    bring_up_to_date()
    from okil.foundation.web.clock import clock
    from okil.site.demonstration.build import build

    progress = Progress(
        lambda done, of: sentence("demonstration-progress", language, percent=percent(done, of)),
        time.monotonic(),
    )
    build(at=clock.now(), tell=progress)
    progress.end()


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm", ".lock"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)


def _print_doors(language: str) -> None:
    from okil.site.demonstration.build import doors

    print(sentence("demonstration-doors", language))
    for role, name in doors():
        print(f"  {role}: {name}" if name else f"  {role}")
