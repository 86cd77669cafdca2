"""`okil serve` starts whole or not at all, and leaves nothing behind, however it ends."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.program import (
    Server,
    free_port,
    is_one_sentence,
    okil,
    processes_of,
    until,
)

pytestmark = pytest.mark.slow

Serve = Callable[..., Server]


def test_it_serves_and_stops_in_order(serve: Serve, data: Path) -> None:
    server = serve()

    assert str(server.port) in server.wait_until_it_serves()
    server.wait_until_healthy()
    assert server.health() == (200, {"database": "live", "worker": "live"})
    assert server.stop() == 0
    assert processes_of(data) == set()


def test_a_busy_port_is_named(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = okil(data, "serve", "--port", str(port))

    assert answer.returncode == 2
    assert answer.stderr.startswith(f"Port {port} on 127.0.0.1 is taken")
    assert is_one_sentence(answer.stderr)


def test_two_servers_do_not_share_a_port(serve: Serve, data: Path) -> None:
    server = serve()
    server.wait_until_it_serves()

    answer = okil(data, "serve", "--port", str(server.port))

    assert answer.returncode == 2
    assert "is taken by another program" in answer.stderr


def test_an_address_of_another_machine_is_refused(data: Path) -> None:
    answer = okil(data, "serve", "--host", "192.0.2.1", "--port", str(free_port()))

    assert answer.returncode == 2
    assert answer.stderr.startswith("The address 192.0.2.1 is not one of this computer")


def test_a_killed_server_takes_its_processes_with_it_and_starts_again(
    serve: Serve, data: Path
) -> None:
    server = serve()
    server.wait_until_it_serves()
    server.wait_until_healthy()
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()

    until(lambda: processes_of(data) == set(), seconds=30)
    second = serve()
    second.wait_until_it_serves()
    second.wait_until_healthy()
    assert second.stop() == 0


def test_a_killed_worker_is_started_again(serve: Serve, data: Path) -> None:
    server = serve()
    server.wait_until_it_serves()
    server.wait_until_healthy()
    (worker,) = [each for each in processes_of(data) if is_the_worker(each)]
    os.kill(worker, signal.SIGKILL)

    until(lambda: bool({w for w in processes_of(data) if is_the_worker(w)} - {worker}), seconds=30)
    server.wait_until_healthy()


def is_the_worker(process: int) -> bool:
    return Path(f"/proc/{process}/cmdline").read_bytes().endswith(b"\0tasks\0")


def test_a_wrong_vault_key_stops_the_start(data: Path) -> None:
    answer = okil(data, "serve", "--port", str(free_port()), OKIL_VAULT_KEY="ff" * 32)

    assert answer.returncode == 2
    assert "vault key" in answer.stderr
    assert is_one_sentence(answer.stderr)


def test_a_demonstration_is_served_on_this_machine_only(data: Path) -> None:
    mark_as_demonstration(data)

    answer = okil(data, "serve", "--host", "0.0.0.0", "--port", str(free_port()))

    assert answer.returncode == 2
    assert answer.stderr.startswith("This is a demonstration")
    assert is_one_sentence(answer.stderr)


def mark_as_demonstration(data: Path) -> None:
    program = (
        "from okil.foundation.web.clock import clock; "
        "from okil.site.demonstration.models import Mark; "
        "Mark.objects.create(pk=1, made_at=clock.now(), weeks_moved=0)"
    )
    answer = okil(data, "manage", "shell", "--no-imports", "--command", program)
    assert answer.returncode == 0, answer.stderr


def test_a_demonstration_is_never_made_over_real_data(data: Path) -> None:
    answer = okil(data, "demo", "--no-serve", "--fresh")

    assert answer.returncode == 2
    assert answer.stderr.startswith("OKIL_DATA: ")
    assert "a real installation" in answer.stderr
    with sqlite3.connect(data / "okil.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM bodies_body").fetchone() == (1,)


def test_an_installation_is_begun_only_once(data: Path) -> None:
    answer = okil(
        data, "start", "--name-en", "Committee", "--languages", "en",
        "--time-zone", "Asia/Almaty", "--secretariat", "second@example.org",
    )  # fmt: skip

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)


def test_a_database_server_that_does_not_answer_is_said(data: Path) -> None:
    url = f"postgresql://okil@127.0.0.1:{free_port()}/okil"

    answer = okil(data, "serve", "--port", str(free_port()), DATABASE_URL=url)

    assert answer.returncode == 2
    assert answer.stderr.startswith("The database server does not answer")
    assert is_one_sentence(answer.stderr)
