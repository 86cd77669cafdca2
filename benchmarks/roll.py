"""A file of 10,000 voters taken over, and the page of their roll: `python -m benchmarks.roll`.

`--check` ends with 1 if a claim on time is missed tenfold, or one on size at all: for CI, against hanging.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("RESULTS.md")
MARKS = "<!-- roll -->", "<!-- end of roll -->"
VOTERS = 10_000
IMPORT_SECONDS = 20.0
PAGE_BYTES, PAGE_QUERIES = 100_000, 12
SEEN = re.compile(r'name="seen" value="([0-9a-f]{64})"')


@dataclass(frozen=True)
class Taken:
    what: str
    seconds: float
    size: int = 0
    queries: int = 0
    is_act: bool = False  # which writes, so that no number of queries is claimed

    @property
    def is_small(self) -> bool:
        return self.is_act or (self.size <= PAGE_BYTES and self.queries <= PAGE_QUERIES)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voters", type=int, default=VOTERS)
    parser.add_argument("--write", action="store_true", help="into RESULTS.md")
    parser.add_argument("--check", action="store_true", help="1 if a claim is missed")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        imported, pages = _measured(chosen.voters)
    report = _report(chosen.voters, imported, pages)
    print(report)
    if chosen.write:
        _write(report)
    seconds = sum(each.seconds for each in imported)
    holds = seconds <= 10 * IMPORT_SECONDS and all(page.is_small for page in pages)
    return 1 if chosen.check and not holds else 0


def _prepare(folder: Path) -> None:
    """An installation of its own with an empty database."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "okil.site.settings",
        "OKIL_DATA": str(folder),
        "OKIL_SECRET_KEY": "only-for-benchmarks-" * 3,
        "OKIL_VAULT_KEY": "00" * 32,
    }
    import django
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    django.setup()
    setup_test_environment(debug=False)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def _measured(voters: int) -> tuple[list[Taken], list[Taken]]:
    from django.urls import reverse

    from okil.areas.elections.tests import given
    from okil.areas.elections.tests.given import voters as given_voters
    from okil.pure.rules.stages import State

    given.it_is(given_voters.ENTERED_AT)
    election = given_voters.promised(given.election(State.REGISTRATION))
    where = [election.cycle.year, election.group.slug]
    organiser = given.browser_of(given.organiser_of(election))
    file, roll = reverse("voters_file", args=where), reverse("voters", args=where)
    content = _file(voters)
    shown, checked = _asked("shown as it is understood", lambda: _sent(organiser, file, content))
    seen = _seen(shown)
    done, taken = _asked(
        "taken over",
        lambda: _sent(organiser, file, content, act="take", seen=seen),
    )
    if done.status_code != 302:
        raise SystemExit("The file was not taken over.")
    addresses = {
        "the first page of the roll": roll,
        "its last page": f"{roll}?page=99999",
        "its page of one region": f"{roll}?region=KZ-75",
        "voters by region": reverse("coverage", args=where),
    }
    organiser.get(roll)  # the first reads the templates
    pages = [
        _asked(what, lambda url=url: organiser.get(url))[1]  # type: ignore[misc]  # one each
        for what, url in addresses.items()
    ]
    _shown, opened = _asked(
        "names of a page opened", lambda: organiser.post(roll, {"act": "names"})
    )
    pages.append(replace(opened, is_act=True))
    return [checked, taken], pages


def _file(voters: int) -> bytes:
    regions = ("Алматы", "г. Астана", "Карагандинская обл.", "Шымкент", "область Абай")
    lines = ["Имя;Регион;Организация;Кто подтверждает;День согласия;Контакты"]
    lines += [
        f"Ромашкина Аида {number};{regions[number % 5]};Фонд «Дала» {number % 40};организация;26.8.2024;"
        f"+7 700 {number:07}"
        for number in range(voters)
    ]
    return "\r\n".join(lines).encode()


def _sent(client: Any, url: str, content: bytes, **more: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = {"kind": "person", "source": "", "act": "check", **more}
    return client.post(url, {**data, "file": SimpleUploadedFile("table.csv", content)})


def _seen(response: Any) -> str:
    found = SEEN.search(response.content.decode())
    if found is None:
        raise SystemExit("The file was not understood.")
    return found[1]


def _asked(what: str, ask: Callable[[], Any]) -> tuple[Any, Taken]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        response = ask()
        seconds = time.perf_counter() - began
    return response, Taken(what, seconds, len(response.content), len(queries))


def _report(voters: int, imported: list[Taken], pages: list[Taken]) -> str:
    cores = len(os.sched_getaffinity(0))
    lines = [
        f"Python {platform.python_version()}, {cores} cores, SQLite.",
        "",
        f"| a file of {voters:,} voters | takes |",
        "|---|---|",
        *(f"| {each.what} | {each.seconds:.1f} s |" for each in imported),
        "",
        f"| with {voters:,} voters | takes | bytes | queries |",
        "|---|---|---|---|",
        *(
            f"| {each.what} | {1000 * each.seconds:,.0f} ms | {each.size:,} | {each.queries} |"
            for each in pages
        ),
    ]
    return "\n".join(lines)


def _write(report: str) -> None:
    text = RESULTS.read_text("utf-8")
    begin, end = MARKS
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    RESULTS.write_text(f"{head}{begin}\n\n{report}\n\n{end}{tail}", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
