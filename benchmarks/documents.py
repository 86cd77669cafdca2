"""A protocol of three pages as PDF, beside a browser printing the same: `python -m benchmarks.documents`.

`--check` ends with 1 if the claim is missed tenfold: for CI, against hanging.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pypdf

RESULTS = Path(__file__).with_name("RESULTS.md")
MARKS = "<!-- documents -->", "<!-- end of documents -->"
MILLISECONDS_AT_MOST = 150.0
CANDIDATES = 80  # so many fill three pages


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--write", action="store_true", help="into RESULTS.md")
    parser.add_argument("--check", action="store_true", help="1 if the claim is missed tenfold")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        ours = _ours(chosen.rounds)
        theirs = None if chosen.check else _browser(chosen.rounds)
    report = _report(ours, theirs)
    print(report)
    if chosen.write:
        _write(report)
    return 1 if chosen.check and ours["pdf"] > 10 * MILLISECONDS_AT_MOST else 0


def _prepare(folder: Path) -> None:
    """Django's settings, with nothing of an installation; no database is asked."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "okil.site.settings",
        "OKIL_DATA": str(folder),
        "OKIL_SECRET_KEY": "only-for-benchmarks-" * 3,
        "OKIL_VAULT_KEY": "00" * 32,
    }
    import django

    django.setup()


def _protocol() -> Callable[[str], bytes]:
    from okil.foundation.documents.rendering import RENDERED
    from okil.foundation.documents.tests import given

    many = [{"name": f"Ромашкина {at}", "votes": 90 - at} for at in range(CANDIDATES)]
    facts = given.FACTS | {"candidates": many}
    return lambda form: RENDERED[form](given.sheet(language="kk", facts=facts))


def _ours(rounds: int) -> dict[str, float]:
    protocol = _protocol()
    pages = len(pypdf.PdfReader(io.BytesIO(protocol("pdf"))).pages)
    if pages != 3:
        raise SystemExit(f"The protocol has {pages} pages, not three.")
    return {
        form: _milliseconds(lambda form=form: protocol(form), rounds)  # type: ignore[misc]  # one each
        for form in ("pdf", "html", "docx")
    }


def _browser(rounds: int) -> float:
    """Chromium prints the same protocol from HTML: tagged, but neither PDF/A nor PDF/UA."""
    from tests.booth.browsing import chromium

    page_of = _protocol()("html").decode("utf-8")
    with chromium() as browser:
        page = browser.new_page()

        def printed() -> None:
            page.set_content(page_of)
            page.pdf(format="A4", tagged=True)

        return _milliseconds(printed, rounds)


def _milliseconds(act: Callable[[], object], rounds: int) -> float:
    act()  # the first reads fonts and templates
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


def _report(ours: dict[str, float], theirs: float | None) -> str:
    cores = len(os.sched_getaffinity(0))
    lines = [
        f"Python {platform.python_version()}, {cores} cores; medians.",
        "",
        "| a protocol of three pages | takes |",
        "|---|---|",
        *(f"| {form.upper()} | {taken:.0f} ms |" for form, taken in ours.items()),
    ]
    if theirs is not None:
        lines.append(f"| PDF, by a browser that is open already | {theirs:.0f} ms |")
    return "\n".join(lines)


def _write(report: str) -> None:
    text = RESULTS.read_text(encoding="utf-8")
    begin, end = MARKS
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    RESULTS.write_text(f"{before}{begin}\n\n{report}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
