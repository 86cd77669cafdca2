"""A backup brings everything back but the vault's key; what is wrong with it is said in a sentence."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import pty
import re
import resource
import sqlite3
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okil.site.backup_file import NotPossible, Writer, opened, written_whole
from tests.faults.program import VAULT_KEY, environment, is_one_sentence, okil

pytestmark = pytest.mark.slow

OTHER_KEY = "ab" * 32

# Rows of which every kind of value is checked by the journal's hashes or by the vault.
FILL = """
from datetime import UTC, datetime
from okil.foundation.audit import Actor, record
from okil.foundation.vault import keys, require_right_key
from okil.foundation.vault.models import VaultKey
from okil.foundation.vault.sealing import seal
require_right_key()
key = keys.key_to_seal("body-1", "officers")
row = VaultKey.objects.get()
for number in range(3):
    record("thing.moved", actor=Actor("system", None), subject=row, chapter="body-1",
           at=datetime(2026, 3, 2, 9, 0, 0, number + 1, tzinfo=UTC),
           before={"state": None}, after={"state": "Қазақша", "list": [1, {"deep": True}]})
sealed = seal(key.secret, "Ромашкина Вера".encode(), key_number=key.number, label="test")
print(sealed.hex())
"""
OPEN = """
from okil.foundation.vault import keys
from okil.foundation.vault.sealing import unseal
key = keys.known_key("body-1", "officers")
print(unseal(key.secret, bytes.fromhex("%s"), label="test").decode())
"""


class Kept:
    """An installation with some rows, a sealed text, and its backup."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.file = folder / "backup.zip"
        migrated = okil(self.data, "manage", "migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
        self.sealed = shell(self.data, FILL)
        self.answer = okil(self.data, "backup", str(self.file))
        assert self.answer.returncode == 0, self.answer.stderr


def shell(data: Path, script: str, **more: str) -> str:
    answer = okil(data, "manage", "shell", "--verbosity", "0", "-c", script, **more)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def tables_in(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n.startswith("tables/")}


def without_journal(file: Path) -> dict[str, bytes]:
    """A backup leaves a row there."""
    return {name: rows for name, rows in tables_in(file).items() if "journalentry" not in name}


def tables_of(data: Path) -> list[str]:
    if not (data / "okil.sqlite3").exists():
        return []
    with sqlite3.connect(data / "okil.sqlite3") as database:
        return [name for (name,) in database.execute("SELECT name FROM sqlite_master")]


def changed(file: Path, to: Path, **manifest: object) -> Path:
    """The same backup with another manifest."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | manifest).encode()
            new.writestr(name, content)
    return to


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Another machine's database: on PostgreSQL when the suite runs there, else SQLite."""
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield {}
        return
    name = f"okil_restore_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield {"DATABASE_URL": re.sub(r"/[^/?]*(\?|$)", rf"/{name}\1", server, count=1)}
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name}")


@pytest.mark.both
def test_everything_goes_on_elsewhere(
    kept: Kept, tmp_path: Path, elsewhere: dict[str, str]
) -> None:
    there = tmp_path / "there"

    restored = okil(there, "restore", str(kept.file), **elsewhere)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert "chain is whole" in restored.stdout

    again = tmp_path / "again.zip"
    assert okil(there, "backup", str(again), **elsewhere).returncode == 0
    assert tables_in(again) == tables_in(kept.file)
    assert okil(there, "manage", "check", **elsewhere).returncode == 0
    assert shell(there, OPEN % kept.sealed, **elsewhere) == "Ромашкина Вера"
    # The journal goes on where it was.
    assert shell(there, FILL.replace("require_right_key()\n", ""), **elsewhere)
    assert okil(there, "manage", "journal", "verify", **elsewhere).returncode == 0


def test_the_backup_is_for_its_owner_and_holds_no_key(kept: Kept) -> None:
    assert stat.S_IMODE(kept.file.stat().st_mode) == 0o600
    assert "OKIL_VAULT_KEY" in kept.answer.stdout

    content = b"".join(tables_in(kept.file).values()) + kept.file.read_bytes()
    for form in (
        VAULT_KEY.encode(),
        VAULT_KEY.upper().encode(),
        bytes.fromhex(VAULT_KEY),
        base64.b64encode(bytes.fromhex(VAULT_KEY)),
    ):
        assert form not in content
    with zipfile.ZipFile(kept.file) as archive:
        names = archive.namelist()
    assert [name for name in names if "session" in name] == []


def test_the_fingerprint_printed_is_the_one_written_down(kept: Kept, tmp_path: Path) -> None:
    answer = okil(kept.data, "backup", str(tmp_path / "b.zip"), "--format", "json")

    facts = json.loads(answer.stdout)
    with opened(tmp_path / "b.zip") as backup:
        assert backup.manifest.vault_fingerprint == facts["fingerprint"]
        assert backup.manifest.journal_length == facts["journal"] == 4
    assert facts["fingerprint"] in kept.answer.stdout
    assert facts["place"] == "OKIL_VAULT_KEY"


def test_the_journal_knows_each_backup_by_its_hash_and_by_nothing_else(
    kept: Kept, tmp_path: Path
) -> None:
    data, file = tmp_path / "data", tmp_path / "a-name-that-tells.zip"
    okil(data, "restore", str(kept.file))

    assert okil(data, "backup", str(file)).returncode == 0

    with sqlite3.connect(data / "okil.sqlite3") as database:
        query = "SELECT role, subject_kind, chapter, after FROM audit_journalentry WHERE event = ?"
        ((role, subject, chapter, after),) = database.execute(query, ["backup.made"])
    assert (role, subject, chapter) == ("system", "vault.vaultprobe", "")
    assert json.loads(after) == {
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "journal": 3,
    }
    assert okil(data, "manage", "journal", "verify").returncode == 0


def test_the_place_of_a_key_file_is_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    own = {"OKIL_VAULT_KEY": ""}
    okil(data, "manage", "migrate", "--verbosity", "0", **own)

    answer = okil(data, "backup", str(tmp_path / "b.zip"), **own)

    assert str(data / "vault-key") in answer.stdout


def test_a_backup_shows_one_moment_and_waits_for_nobody(kept: Kept, tmp_path: Path) -> None:
    """Only the row that notes it, after the file, waits for its turn to write."""
    file = tmp_path / "b.zip"
    writer = sqlite3.connect(kept.data / "okil.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO django_content_type (app_label, model) VALUES ('half', 'done')")
    backing_up = subprocess.Popen(
        [sys.executable, "-m", "okil", "backup", str(file)],
        env=environment(kept.data),
        stdout=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 120
        while not file.exists() and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        writer.execute("ROLLBACK")
        writer.close()

    assert backing_up.wait(timeout=60) == 0
    assert without_journal(file) == without_journal(kept.file)


def test_a_backup_never_replaces_a_file(kept: Kept, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    file.write_text("the only good one")

    answer = okil(kept.data, "backup", str(file))

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert file.read_text() == "the only good one"


def test_before_there_is_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    answer = okil(tmp_path / "data", "backup", str(tmp_path / "b.zip"))

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert not (tmp_path / "b.zip").exists()


def test_a_full_disk_is_one_sentence_and_leaves_no_half_file(kept: Kept, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    folder.mkdir()

    answer = subprocess.run(
        [sys.executable, "-m", "okil", "backup", str(folder / "b.zip")],
        env=environment(kept.data) | {"PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert list(folder.iterdir()) == []


def test_a_wrong_key_makes_no_backup(kept: Kept, tmp_path: Path) -> None:
    answer = okil(kept.data, "backup", str(tmp_path / "b.zip"), OKIL_VAULT_KEY=OTHER_KEY)

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_one_changed_byte_changes_nothing_or_is_found(
    kept: Kept, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(kept.file.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    file = tmp_path_factory.mktemp("damaged") / "b.zip"
    file.write_bytes(content)

    with opened(kept.file) as good:
        expected = {t.model: list(good.rows(t)) for t in good.manifest.tables}
        manifest = good.manifest
    try:
        with opened(file) as damaged:
            assert damaged.manifest == manifest
            found = {t.model: list(damaged.rows(t)) for t in damaged.manifest.tables}
    except NotPossible:
        return
    assert found == expected


@pytest.mark.parametrize("kind", ["cut off", "empty", "text", "another zip", "a row less", "more"])
def test_a_damaged_file_is_refused_and_nothing_is_made(
    kept: Kept, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "b.zip"
    whole = kept.file.read_bytes()
    file.write_bytes({"cut off": whole[:-100], "text": b"Okil"}.get(kind, b""))
    if kind in {"another zip", "a row less", "more"}:
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in tables_in(kept.file).items() if kind != "another zip" else ():
                less = kind == "a row less" and "journalentry" in name
                archive.writestr(
                    name, content[: content.rindex(b"\n", 0, -1) + 1] if less else content
                )
            with zipfile.ZipFile(kept.file) as old:
                archive.writestr(
                    "else.txt" if kind == "another zip" else "manifest.json",
                    old.read("manifest.json"),
                )
            if kind == "more":
                archive.writestr("tables/999-more.jsonl", b"")

    answer = okil(tmp_path / "there", "restore", str(file))

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert not (tmp_path / "there").exists()


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    answer = okil(tmp_path / "there", "restore", str(tmp_path / "nowhere.zip"))

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)


@pytest.mark.parametrize("what", ["format", "migration", "column"])
def test_a_backup_of_a_newer_version_is_refused(kept: Kept, tmp_path: Path, what: str) -> None:
    with zipfile.ZipFile(kept.file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    if what == "format":
        manifest["version"] += 1
    elif what == "migration":
        manifest["migrations"].append(["vault", "9999_not_yet_written"])
    else:
        manifest["tables"][0]["columns"].append("not_yet_written")
    file = changed(kept.file, tmp_path / "b.zip", **manifest)

    answer = okil(tmp_path / "there", "restore", str(file))

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert "newer version" in answer.stderr
    assert tables_of(tmp_path / "there") == []


def test_a_database_that_holds_something_is_left_as_it_is(kept: Kept, tmp_path: Path) -> None:
    there = tmp_path / "there"
    okil(there, "manage", "migrate", "--verbosity", "0")
    shell(there, FILL)
    before = tmp_path / "before.zip"
    okil(there, "backup", str(before))

    answer = okil(there, "restore", str(kept.file))

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    okil(there, "backup", str(tmp_path / "after.zip"))
    assert without_journal(tmp_path / "after.zip") == without_journal(before)


def test_tables_of_another_program_are_left_alone(kept: Kept, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    with sqlite3.connect(there / "okil.sqlite3") as other:
        other.execute("CREATE TABLE theirs (x)")

    assert okil(there, "restore", str(kept.file)).returncode == 2
    assert tables_of(there) == ["theirs"]


def test_a_restore_can_be_done_again_after_it_was_interrupted(kept: Kept, tmp_path: Path) -> None:
    # What an interrupted restore leaves: tables, but no row of the backup.
    there = tmp_path / "there"
    okil(there, "manage", "migrate", "--verbosity", "0")
    shell(there, "from okil.foundation.vault import require_right_key; require_right_key()")

    assert okil(there, "restore", str(kept.file)).returncode == 0
    assert shell(there, OPEN % kept.sealed) == "Ромашкина Вера"


def test_without_the_key_nothing_is_made(kept: Kept, tmp_path: Path) -> None:
    answer = okil(tmp_path / "there", "restore", str(kept.file), OKIL_VAULT_KEY="")

    with opened(kept.file) as backup:
        fingerprint = backup.manifest.vault_fingerprint
    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert fingerprint in answer.stderr
    assert not (tmp_path / "there").exists()


def test_another_key_is_told_by_fingerprint_and_nothing_is_made(kept: Kept, tmp_path: Path) -> None:
    answer = okil(tmp_path / "there", "restore", str(kept.file), OKIL_VAULT_KEY=OTHER_KEY)

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert OTHER_KEY not in answer.stderr
    assert not (tmp_path / "there").exists()


def test_the_key_can_be_typed_and_is_kept_for_its_owner(kept: Kept, tmp_path: Path) -> None:
    there = tmp_path / "there"
    shown = typed(there, kept.file, VAULT_KEY)

    assert VAULT_KEY not in shown
    key = there / "vault-key"
    assert key.read_text() == VAULT_KEY
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert shell(there, OPEN % kept.sealed, OKIL_VAULT_KEY="") == "Ромашкина Вера"


def test_a_wrongly_typed_key_is_not_kept(kept: Kept, tmp_path: Path) -> None:
    for key in (OTHER_KEY, "hello"):
        shown = typed(tmp_path / "there", kept.file, key)
        assert "Nothing was changed." in shown
    assert not (tmp_path / "there").exists()


def typed(data: Path, file: Path, key: str) -> str:
    """`okil restore` at a terminal, and somebody who types."""
    child, terminal = pty.fork()
    if child == 0:
        os.execve(
            sys.executable,
            [sys.executable, "-m", "okil", "restore", str(file)],
            environment(data, OKIL_VAULT_KEY=""),
        )
    shown = b""
    answered = False
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            shown += os.read(terminal, 1024)
        except OSError:  # the child has closed its side
            break
        if not answered and b"not shown): " in shown:
            os.write(terminal, key.encode() + b"\n")
            answered = True
    os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode()


def test_the_guards_of_the_journal_stand_after_a_restore(kept: Kept, tmp_path: Path) -> None:
    there = tmp_path / "there"
    okil(there, "restore", str(kept.file))

    with sqlite3.connect(there / "okil.sqlite3") as database, pytest.raises(sqlite3.Error):
        database.execute("UPDATE audit_journalentry SET role = 'x'")


def test_a_journal_that_was_falsified_in_the_backup_is_told(kept: Kept, tmp_path: Path) -> None:
    """Somebody who can write the file can make its checksums fit; the chain still tells."""
    file = tmp_path / "b.zip"
    with opened(kept.file) as backup, written_whole(file) as target:
        writer = Writer(target)
        for table in backup.manifest.tables:
            rows = list(backup.rows(table))
            if table.model == "audit.journalentry":
                rows[1] = ["secretariat" if cell == "system" else cell for cell in rows[1]]
            writer.add_table(table.model, table.columns, iter(rows))
        writer.finish(type(backup.manifest)(**{**vars(backup.manifest), "tables": writer.tables}))

    answer = okil(tmp_path / "there", "restore", str(file))

    assert answer.returncode == 1
    assert "something is wrong with the journal" in answer.stdout


def test_a_backup_made_before_an_upgrade_is_brought_forward(kept: Kept, tmp_path: Path) -> None:
    old, there = tmp_path / "old", tmp_path / "there"
    okil(old, "restore", str(kept.file))
    back = okil(old, "manage", "migrate", "--verbosity", "0", "mfa", "0001")
    assert back.returncode == 0, back.stderr
    assert okil(old, "backup", str(tmp_path / "old.zip")).returncode == 0

    restored = okil(there, "restore", str(tmp_path / "old.zip"))

    assert restored.returncode == 0, restored.stderr
    plan = okil(there, "manage", "migrate", "--check")
    assert plan.returncode == 0, plan.stdout
