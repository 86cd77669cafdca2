"""Every command answers with an exit status and, if it cannot be used, with one sentence."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from okil.site.command_line import COMMANDS, main
from tests.faults.program import environment, is_one_sentence, okil


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_help_names_every_command(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help", "--lang", language]) == 0

    text = capsys.readouterr().out
    for command in COMMANDS:
        assert f"okil {command} " in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_table_can_be_run(command: str) -> None:
    module = importlib.import_module(f"okil.site.command_line.{command.replace('-', '_')}")

    assert callable(module.run)


@pytest.mark.parametrize(
    "command", ["verify", "archive", "count", "plan", "regulation", "matching_key"]
)
def test_what_a_stranger_runs_starts_without_django(command: str) -> None:
    program = (
        f"import sys; from okil.site.command_line import {command}; "
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        (["elect"], "There is no command “elect”"),
        (["--lang", "de"], "--lang cannot be “de”"),
        (["serve", "--lang"], "--lang cannot be “”"),
        (["serve", "--port", "http"], "okil serve cannot be called like this"),
        (["serve", "--port", "70000"], "okil serve cannot be called like this"),
        (["serve", "--workers", "0"], "okil serve cannot be called like this"),
        (["demo", "--foo"], "okil demo cannot be called like this"),
        (["start", "--languages", "ru,de", "--name-ru", "Комитет"], "“ru,de” is no list"),
        (["start", "--name-ru", "Комитет", "--time-zone", "Astana"], "“Astana” is no time zone"),
        (["start", "--name-ru", "Комитет", "--secretariat", "office"], "“office” is not a mail"),
        (["start"], "The body needs a name"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    tmp_path: Path, arguments: list[str], beginning: str
) -> None:
    answer = okil(tmp_path / "data", *arguments)

    assert answer.returncode == 2
    assert is_one_sentence(answer.stderr)
    assert answer.stderr.startswith(beginning)
    assert not (tmp_path / "data").exists()


def test_the_language_of_the_environment_is_spoken(tmp_path: Path) -> None:
    answer = okil(tmp_path, "elect", LANG="kk_KZ.UTF-8")

    assert answer.stderr.startswith("«elect» деген команда жоқ")


def test_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "okil", "--help"],
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert answer.returncode == 2
    assert answer.stderr == "The disk is full; make room and try again.\n"


def test_a_reader_who_goes_away_hears_nothing(tmp_path: Path) -> None:
    answer = subprocess.run(
        f"{sys.executable} -m okil --help 2>{tmp_path}/said | true; cat {tmp_path}/said",
        env=environment(tmp_path),
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == ""
