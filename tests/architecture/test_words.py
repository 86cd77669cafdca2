"""Every sentence a person may meet is there in Russian and in Kazakh, with the same gaps."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[2] / "src"
GAP = re.compile(r"%\((\w+)\)\w|\{(\w+)\}")
LANGUAGES = ("ru", "kk")


def gathered_into(folder: Path) -> Path:
    """A copy of the sources with what `make messages` would gather today."""
    shutil.copytree(SOURCE, folder / "src", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    locales = [argument for code in LANGUAGES for argument in ("--locale", code)]
    command = [sys.executable, "-m", "django", "makemessages", *locales]
    options = ["--no-wrap", "--no-obsolete", "--add-location", "file", "--ignore", "tests/*"]
    subprocess.run(
        [*command, *options],
        cwd=folder / "src" / "okil",
        # The copy is imported, not this house: gathering writes where the settings point.
        env=os.environ | {"PYTHONPATH": str(folder / "src")},
        check=True,
        capture_output=True,
    )
    return folder / "src" / "okil" / "site" / "locale"


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gathered_into(tmp_path_factory.mktemp("gathered"))


def missing_in(po: Path) -> list[str]:
    """What nobody has translated, or only guessed."""
    with po.open("rb") as lines:
        catalogue = read_po(lines)
    return [str(m.id) for m in catalogue if m.id and (m.fuzzy or not all(_texts(m)))]


def other_gaps_in(po: Path) -> list[str]:
    """Translations that lose a gap or invent one."""
    with po.open("rb") as lines:
        catalogue = read_po(lines)
    return [str(m.id) for m in catalogue if m.id and _gaps_differ(m)]


def _texts(message: Message) -> tuple[str, ...]:
    return _all(message.string)


def _all(given: object) -> tuple[str, ...]:
    """The forms of a sentence; most have one."""
    return tuple(map(str, given)) if isinstance(given, list | tuple) else (str(given or ""),)


def _gaps_differ(message: Message) -> bool:
    ids = _all(message.id)
    allowed = {gap for each in ids for gap in GAP.findall(each)}
    # A singular may say "one" in a word; every other form keeps all gaps.
    return any(set(GAP.findall(text)) - allowed for text in _texts(message)) or (
        set(GAP.findall(_texts(message)[-1])) != set(GAP.findall(ids[-1]))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(gathered: Path, language: str) -> None:
    assert missing_in(gathered / language / "LC_MESSAGES" / "django.po") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_gaps(language: str) -> None:
    po = SOURCE / "okil" / "site" / "locale" / language / "LC_MESSAGES" / "django.po"
    assert other_gaps_in(po) == []


def test_an_untranslated_sentence_would_be_found(tmp_path: Path) -> None:
    po = tmp_path / "django.po"
    po.write_text('msgid ""\nmsgstr ""\n"Language: ru\\n"\n\nmsgid "Go on"\nmsgstr ""\n')
    assert missing_in(po) == ["Go on"]


def test_a_lost_gap_would_be_found(tmp_path: Path) -> None:
    po = tmp_path / "django.po"
    po.write_text('msgid ""\nmsgstr ""\n"Language: ru\\n"\n\nmsgid "By {day}"\nmsgstr "Скоро"\n')
    assert other_gaps_in(po) == ["By {day}"]
