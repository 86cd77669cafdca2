"""What can be done later, by name, and the one task that does it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django_tasks import task

Function = TypeVar("Function", bound=Callable[..., None])

# A row of work is no place for a name or an address: numbers and short codes only.
SHORT_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")

_works: dict[str, Callable[..., None]] = {}
_intervals: dict[str, timedelta] = {}


class WorkFailed(Exception):  # noqa: N818 (reads as what happened)
    """Work failed; only the type of what was raised is told. Its message may hold anything."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def work(name: str) -> Callable[[Function], Function]:
    """Registers a function under a name, which is what rows keep: functions may move, names stay."""

    def register(function: Function) -> Function:
        if name in _works:
            raise ValueError(f"two functions want to be {name!r}")
        _works[name] = function
        return function

    return register


def every(name: str, *, hours: int) -> Callable[[Function], Function]:
    """Registers a function without arguments that the worker does again and again."""

    def register(function: Function) -> Function:
        _intervals[name] = timedelta(hours=hours)
        return work(name)(function)

    return register


def later(name: str, *arguments: int | str, run_after: datetime | None = None) -> None:
    """Saves the work as a row, in the caller's transaction: it is done only if the change is kept."""
    if name not in _works:
        raise LookupError(f"no work is called {name!r}")
    for argument in arguments:
        _require_number_or_code(argument)
    do_work.using(run_after=run_after).enqueue(name, *arguments)


def intervals() -> dict[str, timedelta]:
    return dict(_intervals)


@task()
def do_work(name: str, *arguments: int | str) -> None:
    try:
        _works[name](*arguments)
    except Exception as error:
        raise WorkFailed(name_of(type(error))) from None


def name_of(kind: type[Exception]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _require_number_or_code(argument: Any) -> None:
    if isinstance(argument, int) or (isinstance(argument, str) and SHORT_CODE.fullmatch(argument)):
        return
    raise TypeError("work takes record numbers and short codes only")
