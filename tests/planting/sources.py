"""Where a name could have leaked to: every place this program writes to, as bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client

# Cells that hold bytes may be wrapped in their own way, so each is looked at alone.
Cells = dict[str, bytes]


def rows_of_every_table() -> Cells:
    """Also tables without a model: cache, tasks, migrations, what a library keeps."""
    found: Cells = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            texts: list[bytes] = []
            for number, row in enumerate(cursor.fetchall()):
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, bytes | memoryview):
                        found[f"table {table}, row {number}, {column}"] = bytes(value)
                    else:
                        texts.append(f"{column}: {value}".encode("utf-8", "replace"))
            found[f"table {table}"] = b"\n".join(texts)
    return found


def database_files() -> Cells:
    """SQLite's file as it lies on the disk, with its write-ahead log and what was deleted."""
    if connection.vendor != "sqlite":
        return {}
    file = Path(connection.settings_dict["NAME"])
    return {path.name: path.read_bytes() for path in file.parent.glob(f"{file.name}*")}


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


def pages(visits: Iterable[tuple[Client, str]]) -> Cells:
    """What each visitor is sent: head, cookies and body."""
    found: Cells = {}
    for client, address in visits:
        response = client.get(address, follow=True)
        assert response.status_code == 200, address  # else something else would be looked at
        head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        cookies = response.cookies.output()
        body = response.getvalue() if response.streaming else response.content
        found[address] = f"{head}\n{cookies}\n\n".encode() + bytes(body)
    return found


def public_pages(*beginnings: str) -> Cells:
    """Every page a visitor comes to by links alone."""
    visitor = Client()
    found: Cells = {}
    waiting = list(beginnings)
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        found.update(pages([(visitor, address)]))
        links = re.findall(rb'href="(/[^"#?]*)', found[address])
        waiting.extend(link.decode() for link in links if not link.startswith(b"/static/"))
    return found


def texts(many: Mapping[str, Any]) -> Cells:
    return {name: str(text).encode("utf-8", "surrogatepass") for name, text in many.items()}
