from __future__ import annotations

import os

from okil.site.command_line.arguments import Arguments, number_of_processes, port
from okil.site.command_line.installation import (
    bring_up_to_date,
    open_installation,
    require_demonstration_stays_here,
)
from okil.site.command_line.serving import require_free, serve


def run(arguments: list[str], language: str) -> int:
    parser = Arguments("serve", language)
    parser.option("--host", "option-host", default="127.0.0.1")
    parser.option("--port", "option-port", type=port, default=8000)
    parser.option("--workers", "option-workers", type=number_of_processes, default=2)
    chosen = parser.parse_args(arguments)

    os.environ["OKIL_LISTEN"] = chosen.host
    require_free(chosen.host, chosen.port)
    open_installation(language)
    bring_up_to_date()
    require_demonstration_stays_here(chosen.host)
    address = f"http://{chosen.host}:{chosen.port}"
    return serve(chosen.host, chosen.port, chosen.workers, address=address, language=language)
