"""Compile the translations: `python -m okil.site.translations`.

Compiled files are not kept in the repository. Babel compiles them, so no system package is needed.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[1]


def compile_all() -> list[Path]:
    """Compile every .po of the package whose .mo is missing or older; say which were written."""
    sources = sorted(PACKAGE.rglob("*.po"))
    return [compile_one(source) for source in sources if is_stale(source)]


def is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def compile_one(source: Path) -> Path:
    with source.open("rb") as lines:
        catalogue = read_po(lines, abort_invalid=True)
    # Written aside and renamed: a process that starts meanwhile reads a whole file, old or new.
    with NamedTemporaryFile(dir=source.parent, suffix=".part", delete=False) as part:
        write_mo(part, catalogue)
    aside = Path(part.name)
    aside.chmod(0o644)  # a temporary file is private; the server may run as another user
    return aside.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    for written in compile_all():
        print(written)  # noqa: T201 (a command prints)
