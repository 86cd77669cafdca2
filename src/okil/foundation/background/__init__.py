"""Work for later: a row saved with the change that needs it, done by a worker, at least once.

    @work("notifications.deliver")
    def deliver(notification_id: int) -> None: ...

    later("notifications.deliver", 12)  # in the transaction of the change

    @every("audit.publish_head", hours=24)
    def publish_head() -> None: ...

Every function must bear being done twice: a worker that is killed half-way leaves its work to the next.
The names below are loaded when first used: this package is an app, and Django imports it before any
model may be.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okil.foundation.background.registry import every as every
    from okil.foundation.background.registry import later as later
    from okil.foundation.background.registry import work as work
    from okil.foundation.background.worker import run_worker as run_worker
    from okil.foundation.background.worker import worker_alive as worker_alive

FACE = {
    "every": "registry",
    "later": "registry",
    "run_worker": "worker",
    "work": "registry",
    "worker_alive": "worker",
}


def __getattr__(name: str) -> Any:
    if name not in FACE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{FACE[name]}"), name)
