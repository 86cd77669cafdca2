"""Where a name could have leaked to: every place this program writes to, as bytes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from okil.areas.elections.models import Election
from okil.foundation.audit.models import JournalEntry

# Cells that hold bytes may be wrapped in their own way, so each is looked at alone.
Cells = dict[str, bytes]


def rows_of_every_table(*, but: Collection[bytes] = ()) -> Cells:
    """Also tables without a model: cache, tasks, migrations, what a library keeps.

    Left out are cells of which somebody knows that they are sealed: they hold noise.
    """
    found: Cells = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            texts: list[bytes] = []
            for number, row in enumerate(cursor.fetchall()):
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes | memoryview):
                        if bytes(value) not in but:
                            found[f"table {table}, row {number}, {column}"] = bytes(value)
                    else:
                        texts.append(f"{column}: {value}".encode("utf-8", "replace"))
            found[f"table {table}"] = b"\n".join(texts)
    return found


def database_files(*, but: Collection[bytes] = ()) -> Cells:
    """SQLite's file as it lies on the disk, with its write-ahead log and what was deleted."""
    if connection.vendor != "sqlite":
        return {}
    file = Path(connection.settings_dict["NAME"])
    whole = file.read_bytes()
    beside = [path for path in file.parent.glob(f"{file.name}?*") if path.is_file()]
    # The log of writes mostly repeats what stands in the file.
    found = {path.name: without(path.read_bytes(), [*but, whole]) for path in beside}
    return {**found, file.name: without(whole, but)}


# Bytes. A database keeps a long cell in pieces of four kilobytes; what is as long as STEP, a LEAP and
# a MARK is met wherever it stands.
MARK, LEAP, STEP, MOST = 16, 16, 1024, 65536
BACK = STEP + LEAP


def without(content: bytes, cells: Iterable[bytes]) -> bytes:
    """The content with every longer piece of these cells taken out."""
    marks = _marks(cells)
    left: list[bytes] = []
    begin = at = 0
    while at <= len(content) - MARK:
        met = marks.get(content[at : at + MARK])
        if met is None:
            at += LEAP
            continue
        cell, place = met
        before = _alike(
            content[max(begin, at - BACK) : at][::-1], cell[max(0, place - BACK) : place][::-1]
        )
        left.append(content[begin : at - before])
        begin = at = at + _alike(content[at : at + MOST], cell[place : place + MOST])
    return b"\n".join([*left, content[begin:]])


def _marks(cells: Iterable[bytes]) -> dict[bytes, tuple[bytes, int]]:
    """What to look for at every LEAP, and of which cell it is: LEAP places in each STEP."""
    return {
        cell[at : at + MARK]: (cell, at)
        for cell in cells
        for step in range(0, len(cell) - MARK + 1, STEP)
        for at in range(step, min(step + LEAP, len(cell) - MARK + 1))
    }


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[:middle] == other[:middle]:
            least = middle
        else:
            most = middle - 1
    return least


@contextmanager
def questions() -> Iterator[tuple[dict[str, None], set[bytes]]]:
    """Every question to the database with its values, as a careless operator may log them; what is
    given as bytes apart.
    """
    texts: dict[str, None] = {}  # in their order, each once
    given: set[bytes] = set()

    def ask(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        rows = values if many else [values]
        for value in (value for row in rows or () for value in row or ()):
            if isinstance(value, bytes | memoryview):
                given.add(bytes(value))
            else:
                texts[str(value)] = None
        texts[sql] = None
        return execute(sql, values, many, context)

    with connection.execute_wrapper(ask):
        yield texts, given


def mails() -> Cells:
    return {
        f"mail {number}": message.message().as_bytes() for number, message in enumerate(mail.outbox)
    }


def folder(path: Path) -> Cells:
    """Static files, exports, documents: contents and names."""
    files = [file for file in path.rglob("*") if file.is_file()]
    names = "\n".join(str(file.relative_to(path)) for file in files)
    contents = {str(file.relative_to(path)): file.read_bytes() for file in files}
    return {**contents, f"names in {path.name}": names.encode()}


def pages(client: Client, *beginnings: str, who: str, within: str = "/") -> Cells:
    """What is sent to somebody on every page they come to by links alone: head, cookies and body.

    A file may name people if whoever took it stands in the journal for that; a page may not.
    """
    found: Cells = {}
    seen: set[str] = set()
    waiting = list(beginnings)
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        opened_before = _openings()
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{who} is led to {address}"
        head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        found[f"{who}: head of {address}"] = f"{head}\n{response.cookies.output()}".encode()
        body = bytes(response.getvalue() if response.streaming else response.content)
        if response.headers["Content-Type"].startswith("text/html") or _openings() == opened_before:
            found[f"{who}: {address}"] = body
        links = [link.decode() for link in re.findall(rb'href="(/[^"#?]*)', body)]
        waiting.extend(link for link in links if re.match(within, link))
        further = re.findall(rb'href="(\?page=\d+)"', body)
        waiting.extend(address.partition("?")[0] + link.decode() for link in further)
    return found


# What may be taken along is asked for by its name as well: no page need lead there.
OF_A_CYCLE = ("plan_ics", "plan_json", "plan_xlsx", "plan_pdf")
OF_A_GROUP = ("group_plan_ics", "group_numbers", "schedule_draft", "voters_file_empty")


def files(client: Client, *, who: str) -> Cells:
    """What somebody gets of the files of the cycle and of every group, with their heads."""
    elections = list(Election.objects.values_list("cycle__year", "group__slug"))
    asked = {
        *((name, str(year)) for year, _ in elections for name in OF_A_CYCLE),
        *((name, str(year), slug) for year, slug in elections for name in OF_A_GROUP),
    }
    found: Cells = {}
    for name, *where in sorted(asked):
        address = reverse(name, args=where)
        response = client.get(address)
        assert response.status_code in (200, 302, 404), f"{who} asks for {address}"
        if response.status_code == 200:
            head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
            found[f"{who}: head of {address}"] = head.encode()
            found[f"{who}: {address}"] = response.content
    return found


def kinds_of(cells: Cells) -> set[str]:
    """Of what kinds the pages and files are, by their heads."""
    heads = b"\n".join(cell for name, cell in cells.items() if ": head of " in name)
    return {kind.decode() for kind in re.findall(rb"(?m)^Content-Type: ([^;\n]+)", heads)}


def _openings() -> int:
    return JournalEntry.objects.filter(event="vault.opened").count()


def visitors_pages() -> Cells:
    """In all languages; the files once, for they do not depend on that of the page."""
    within = r"/(?!static/|(?:kk|en)/.*/(?:pdf|docx|html)/$)"
    return pages(Client(), "/ru/", "/kk/", "/en/", who="visitor", within=within)


def texts(many: Mapping[str, Any]) -> Cells:
    return {name: str(text).encode("utf-8", "surrogatepass") for name, text in many.items()}
