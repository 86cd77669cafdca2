"""Two processes write at once; `timeout: 0` makes SQLite itself give up instead of waiting."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import sys
import time

import django
from django.conf import settings

database, task = sys.argv[1:]
settings.configure(DATABASES={"default": {
    "ENGINE": "okil.foundation.sqlite", "NAME": database,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0},
}})
django.setup()

from django.db import connection, transaction

def add(seconds):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM counter")
            (number,) = cursor.fetchone()
            print("in", flush=True)
            time.sleep(seconds)
            cursor.execute("UPDATE counter SET number = %s", [number + 1])

if task == "add":
    for _ in range(100):
        add(0.0005)
elif task == "fail":
    try:
        with transaction.atomic():
            raise ValueError
    except ValueError:
        add(0)
elif task == "hold":
    add(60)
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "counter.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE counter (number INTEGER)")
        connection.execute("INSERT INTO counter VALUES (0)")
    return path


def writer(database: Path, task: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(database), task],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def count(database: Path) -> int:
    with sqlite3.connect(database) as connection:
        return int(connection.execute("SELECT number FROM counter").fetchone()[0])


def test_two_writers_wait_for_each_other_and_no_change_is_lost(database: Path) -> None:
    writers = [writer(database, "add") for _ in range(2)]
    problems = [each.communicate(timeout=60)[1] for each in writers]

    assert problems == ["", ""]
    assert count(database) == 200


def test_a_writer_that_dies_gives_its_turn_to_the_next(database: Path) -> None:
    holder = writer(database, "hold")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "in\n"
    next_one = writer(database, "add")
    holder.kill()
    holder.communicate()

    assert next_one.communicate(timeout=60)[1] == ""
    assert count(database) == 100


def test_a_transaction_that_is_rolled_back_ends_its_turn(database: Path) -> None:
    assert writer(database, "fail").communicate(timeout=60)[1] == ""
    assert count(database) == 1
