"""Looks after two processes, the pages and the background work, until it is told to stop."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress
from threading import Event

from okil.site.command_line.words import Stopped, sentence

SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
SECONDS_OF_A_FALSE_START = 10
FALSE_STARTS_ALLOWED = 3


class Process:
    """One of the two. It ends when its standard input does, so also when we are killed."""

    def __init__(self, *arguments: str) -> None:
        self._command = [sys.executable, "-m", "okil.site.command_line.child", *arguments]
        self._false_starts = 0
        self.start()

    def start(self) -> None:
        # A session of its own: Ctrl+C reaches only us, and we stop both in order.
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, start_new_session=True
        )
        self._started_at = time.monotonic()

    def keep_alive(self) -> None:
        if self._process.poll() is None:
            return
        lived = time.monotonic() - self._started_at
        self._false_starts = self._false_starts + 1 if lived < SECONDS_OF_A_FALSE_START else 0
        self._kill_what_is_left()
        if self._false_starts >= FALSE_STARTS_ALLOWED:
            raise Stopped("process-does-not-start")
        self.start()

    def ask_to_stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()

    def wait(self) -> None:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=SECONDS_TO_STOP)
        self._kill_what_is_left()

    def _kill_what_is_left(self) -> None:
        with suppress(ProcessLookupError):  # as it should be: nothing is left
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def require_free(host: str, port: int) -> None:
    """The page server shares its port between its processes, so it would not notice another owner."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except PermissionError as error:
            raise Stopped("port-forbidden", port=port) from error
        except OSError as error:
            busy = error.errno == errno.EADDRINUSE
            code = "port-busy" if busy else "host-not-here"
            raise Stopped(code, host=host, port=port) from error


def serve(host: str, port: int, workers: int, *, address: str, language: str) -> int:
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    processes = [Process("pages", host, str(port), str(workers)), Process("tasks")]
    announced = False
    try:
        while not stopping.wait(0.2):
            for process in processes:
                process.keep_alive()
            if not announced and _answers(host, port):
                print(sentence("serving", language, address=address), flush=True)
                announced = True
    finally:
        for process in processes:
            process.ask_to_stop()
        for process in processes:
            process.wait()
    return 0


def _answers(host: str, port: int) -> bool:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    try:
        socket.create_connection((everywhere.get(host, host), port), timeout=1).close()
    except OSError:
        return False
    return True
