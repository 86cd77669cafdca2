"""`okil package verify` as people and programs meet it."""

from __future__ import annotations

import ast
import json
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from okil.pure.packages import kinds, reading
from okil.pure.packages.tests import (
    test_tampering_with_the_content,
    test_tampering_with_the_file,
    test_tampering_with_the_journal,
)
from okil.pure.packages.tests.spoiling import facts_changed, good, unzipped, with_manifest
from okil.pure.packages.verify import verify
from okil.pure.packages.writing import fingerprint
from okil.site.command_line import main, package, package_words
from okil.site.command_line.tests.test_verify import require_schema, schema

ROOT = Path(__file__).parents[5]
LANGUAGES = ("ru", "kk", "en")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "package.zip"
    made.write_bytes(good())
    return made


def _json(arguments: list[str], capsys: pytest.CaptureFixture[str], expected: int) -> Any:
    assert package.run(["verify", *arguments, "--format", "json"], "en") == expected
    said = json.loads(capsys.readouterr().out)
    require_schema(said, schema("package-verify.json"))
    return said


# For programs


def test_a_good_package_ends_with_0_and_says_so_in_json(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _json([str(path)], capsys, 0)
    assert said["verified"]
    assert [check["number"] for check in said["checks"]] == list(range(1, 11))
    assert [check["ok"] for check in said["checks"]] == [True] * 10
    assert said["package"]["group"]["slug"] == "samal"
    assert said["package"]["protocol"]["number"] == "17/2024"
    assert len(said["warnings"]) == 6


def test_the_right_fingerprint_passes_however_it_is_typed(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = fingerprint(unzipped(good())[kinds.MANIFEST])
    for typed in (right, right.upper(), f" {right} "):
        said = _json([str(path), "--fingerprint", typed], capsys, 0)
        assert said["package"]["fingerprint"] == right
        assert len(said["warnings"]) == 5


def test_a_package_made_anew_ends_with_1_at_its_fingerprint(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = fingerprint(unzipped(good())[kinds.MANIFEST])
    path.write_bytes(facts_changed(lambda facts: facts["observers"].update(number=2)))
    said = _json([str(path), "--fingerprint", right], capsys, 1)
    assert [check["ok"] for check in said["checks"]] == [True, False] + [None] * 8
    assert said["checks"][1]["reason"] == "fingerprint-differs"
    assert right in said["checks"][1]["detail"]


def test_a_spoilt_package_ends_with_1_and_names_check_and_reason(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, tamper = test_tampering_with_the_content.SHEET["votes from nowhere"]
    path.write_bytes(tamper())
    said = _json([str(path)], capsys, 1)
    assert not said["verified"]
    assert [check["ok"] for check in said["checks"]] == [True] * 6 + [False] + [None] * 3
    assert said["checks"][6]["reason"] == "sheet-contradictory"
    assert said["checks"][6]["detail"].startswith("The numbers contradict each other. ")


def test_a_zip_that_is_no_package_ends_with_1_and_has_no_heading(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, tamper = test_tampering_with_the_file.MANIFEST["no manifest"]
    path.write_bytes(tamper())
    assert _json([str(path)], capsys, 1)["package"] is None


# For people


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_ten_lines_and_what_they_prove(
    language: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["package", "verify", str(path), "--lang", language]) == 0
    said = capsys.readouterr().out
    assert said.count("✓") == 10
    assert said.count(" ! ") == 6
    assert package_words.word("proves", language) in said
    assert package_words.word("proves-not", language) in said
    assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_which_check_fails(
    language: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, tamper = test_tampering_with_the_journal.SIGNATURES["a signature dropped"]
    path.write_bytes(tamper())
    assert package.run(["verify", str(path)], language) == 1
    said = capsys.readouterr().out
    assert (said.count("✓"), said.count("✗")) == (5, 1)
    assert said.count(package_words.word("not-reached", language)) == 4
    assert package_words.word("failed", language, number=6) in said
    assert package_words.word("proves", language) not in said


def test_a_hostile_package_cannot_write_into_the_terminal(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = {"ru": "\x1b[2J\u202eOK\r"}
    path.write_bytes(with_manifest(lambda found: found["group"].update(name=name)))
    assert package.run(["verify", str(path)], "en") == 1
    said = capsys.readouterr().out
    assert "OK" in said
    assert not {"\x1b", "\u202e", "\r"} & set(said)


# What cannot be used


@pytest.mark.parametrize("file", ["nowhere.zip", ".", __file__])
def test_what_is_no_zip_ends_with_2_and_one_sentence(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.run(["verify", file], "en") == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize("typed", ["", "nonsense", "0" * 63, "g" * 64])
def test_a_fingerprint_that_is_none_ends_with_2(
    typed: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.run(["verify", str(path), "--fingerprint", typed], "en") == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["verify"], ["open", "x"], ["verify", "x", "--no"]])
def test_a_command_that_makes_no_sense_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        package.run(arguments, "en")
    assert ended.value.code == 2


def test_a_file_without_end_is_not_read_to_its_end(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (reading, package):
        monkeypatch.setattr(module, "LARGEST_PACKAGE", 1_000)
    assert _json([str(path)], capsys, 1)["checks"][0]["reason"] == "package-too-large"
    assert len(package._read(path)) == 1_001


def test_the_program_verifies_without_django() -> None:
    program = (
        "import sys; from okil.site.command_line import package; print('django' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"


# Words


def _codes_in_code(*functions: str) -> set[str]:
    """The first text handed to these functions, everywhere in pure/packages."""
    found = set()
    for file in (ROOT / "src" / "okil" / "pure" / "packages").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in functions:
                    found.add(str(node.args[0].value))
    return found


def test_every_reason_and_every_warning_has_its_sentence_and_none_is_left_over() -> None:
    signatures = {"dissent", "handwritten", "absent"}
    for language in LANGUAGES:
        sections = package_words._sections(language)
        assert set(sections["reasons"]) == _codes_in_code("Faulty")
        assert set(sections["warnings"]) == _codes_in_code("warn") | signatures


def _gaps(sentence: str) -> set[str]:
    """A name at the beginning of a sentence has a capital."""
    return {name.lower() for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_the_three_languages_say_the_same_with_the_same_gaps() -> None:
    ru, kk, en = (package_words._sections(language) for language in LANGUAGES)
    assert ru.keys() == kk.keys() == en.keys()
    for section in en:
        assert ru[section].keys() == kk[section].keys() == en[section].keys()
        for code, sentence in en[section].items():
            assert _gaps(ru[section][code]) == _gaps(kk[section][code]) == _gaps(sentence), code


TAMPERINGS: dict[str, Any] = {
    f"{check} {name}": tamper
    for tables in (
        test_tampering_with_the_file.TABLES,
        test_tampering_with_the_journal.TABLES,
        test_tampering_with_the_content.TABLES,
    )
    for check, table in tables.items()
    for name, (_, tamper) in table.items()
}


def test_there_are_more_than_twenty_kinds_of_tampering() -> None:
    assert len(TAMPERINGS) > 100


@pytest.mark.parametrize("name", TAMPERINGS)
def test_every_tampering_is_told_in_sentences_of_the_readers_language(name: str) -> None:
    report = verify(TAMPERINGS[name]())
    (failed,) = [check for check in report.checks if check.ok is False]
    for language in LANGUAGES:
        told = package._detail(failed, language)
        assert told is not None
        assert told.endswith(".")
        assert "\n" not in told
        assert "{" not in told.replace("{}", "")
