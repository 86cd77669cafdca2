"""`okil verify` and `okil archive` as people and programs meet them."""

from __future__ import annotations

import ast
import json
import string
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from okil.pure.ballots import statements
from okil.pure.ballots.ballot import tracker
from okil.pure.ballots.failures import CheckFailed
from okil.pure.ballots.tests import (
    given,
    test_attacks_on_the_file,
    test_attacks_on_the_setup,
    test_attacks_on_the_vote,
)
from okil.pure.ballots.tests.given import World, archive_of
from okil.pure.ballots.tests.spoiling import verdict, with_json
from okil.pure.encoding import base64_text, canonical_json
from okil.site.command_line import archive, ballot_words, progress, verify

ROOT = Path(__file__).parents[5]
SAMPLES = ROOT / "tests" / "vectors" / "belenios"
LANGUAGES = ("ru", "kk", "en")
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64_text(KEY.public_key().public_bytes_raw())


@cache
def good() -> World:
    return given.counted_world()


@pytest.fixture
def bel(tmp_path: Path) -> Path:
    path = tmp_path / "vote.bel"
    path.write_bytes(good().archive())
    (tmp_path / "names.json").write_bytes(good().names_file)
    return path


def _json(arguments: list[str], capsys: pytest.CaptureFixture[str], expected: int) -> Any:
    assert verify.run([*arguments, "--format", "json"], "en") == expected
    return json.loads(capsys.readouterr().out)


# verify, for programs


def test_a_good_archive_ends_with_0_and_says_so_in_json(
    bel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _json([str(bel)], capsys, 0)
    require_schema(said, schema("verify.json"))
    assert said["verified"]
    assert said["complete"]
    assert said["ballots"] == 5
    assert said["result"] == [[0, 2, 2], [1, 1, 1, 0, 1]]
    assert [check["ok"] for check in said["checks"]] == [True] * 10
    assert [check["number"] for check in said["checks"]] == list(range(1, 11))
    assert len(said["warnings"]) == 4
    assert said["election"]["uuid"] == good().election.uuid
    assert said["election"]["questions"][0]["names"] is None


def test_a_spoilt_archive_ends_with_1_and_names_check_event_and_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spoilt.bel"
    entries = with_json(good().entries, "Ballot", 0, lambda f: f.update(credential="5"), 1)
    path.write_bytes(archive_of(entries))
    said = _json([str(path)], capsys, 1)
    require_schema(said, schema("verify.json"))
    assert not said["verified"]
    assert [check["ok"] for check in said["checks"]] == [True] * 5 + [False] + [None] * 4
    failed = said["checks"][5]
    assert (failed["height"], failed["reason"]) == (2, "ballot-hash-wrong")
    assert failed["detail"].startswith("Event 2: ")
    assert said["result"] is None


def test_an_unfinished_archive_ends_with_0_unless_a_complete_one_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "open.bel"
    path.write_bytes(archive_of(good().entries[:4]))
    said = _json([str(path)], capsys, 0)
    require_schema(said, schema("verify.json"))
    assert (said["verified"], said["complete"]) == (True, False)
    said = _json([str(path), "--complete"], capsys, 1)
    assert (said["verified"], said["complete"]) == (True, False)


def test_archives_made_elsewhere_need_to_be_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(SAMPLES / "a-basic-blank.bel")
    assert not _json([path], capsys, 1)["verified"]
    said = _json([path, "--accept-standard-proofs"], capsys, 0)
    assert said["result"] == [[2, 0, 2, 1, 0, 1]]
    assert any("standard proofs" in warning for warning in said["warnings"])


def test_the_number_of_processes_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for jobs in ("1", "2"):
        path = str(SAMPLES / "a-basic-plain.bel")
        answer = _json([path, "--jobs", jobs, "--accept-standard-proofs"], capsys, 0)
        del answer["seconds"]
        said.append(answer)
    assert said[0] == said[1]


def test_processes_check_a_larger_archive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "SMALL", 0)
    monkeypatch.setattr(progress, "QUIET_SECONDS", 0.0)
    path = tmp_path / "vote.bel"
    path.write_bytes(good().archive())
    assert verify.run([str(path), "--jobs", "2", "--format", "json"], "en") == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["complete"]
    assert "check" in shown.err
    assert "%" in shown.err


def test_files_beside_the_archive_are_checked(
    bel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uuid = good().election.uuid
    shown = tracker(good().entries[4][1][0])
    receipt = {"uuid": uuid, "tracker": shown, "after_head": 0}
    void = {"uuid": uuid, "void": [good().public(4)], "unused_spares": []}
    kinds: tuple[tuple[str, type[statements.Statement], dict[str, Any]], ...] = (
        ("receipt", statements.Receipt, receipt),
        ("void", statements.VoidList, void),
    )
    files = ["--names", str(tmp_path / "names.json"), "--key", PUBLIC]
    for name, kind, statement in kinds:
        path = tmp_path / f"{name}.json"
        path.write_bytes(canonical_json(statements.sign_statement(kind, statement, KEY)))
        files += [f"--{name}", str(path)]
    said = _json([str(bel), *files], capsys, 0)
    require_schema(said, schema("verify.json"))
    assert len(said["warnings"]) == 1
    assert said["election"]["questions"][0]["names"]["answers"][1]["ru"] == "Ромашкина 2"


# verify, for people


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_ten_lines_the_result_with_names_and_what_it_proves(
    language: str, bel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = str(bel.with_name("names.json"))
    assert verify.run([str(bel), "--names", names], language) == 0
    said = capsys.readouterr().out
    assert said.count("✓") == 10
    assert "2  2. Ромашкина 2" in said
    assert ballot_words.word("proves", language) in said
    assert ballot_words.word("proves-not", language) in said
    assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_that_there_is_no_result_yet(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "open.bel"
    path.write_bytes(archive_of(good().entries[:-1]))
    assert verify.run([str(path)], language) == 0
    assert ballot_words.word("no-result", language) in capsys.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_which_check_fails(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "spoilt.bel"
    path.write_bytes(archive_of(with_json(good().entries, "Result", 0, lambda f: {"result": []})))
    assert verify.run([str(path)], language) == 1
    said = capsys.readouterr().out
    assert said.count("✗") == 1
    assert ballot_words.word("failed", language, number=10) in said


def test_a_hostile_archive_cannot_write_into_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.bel"
    path.write_bytes(
        archive_of(
            with_json(good().entries[:1], "Setup", 0, lambda f: f.update(name="\x1b[2J\u202eOK\r"))
        )
    )
    assert verify.run([str(path)], "en") == 0
    said = capsys.readouterr().out
    assert "OK" in said
    assert not {"\x1b", "\u202e", "\r"} & set(said)


# What cannot be used


@pytest.mark.parametrize("arguments", [["nowhere.bel"], ["."], [__file__], [str(ROOT / "LICENSE")]])
def test_what_is_no_archive_ends_with_2_and_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for run in (verify.run, lambda given, language: archive.run(["show", *given], language)):
        assert run(arguments, "en") == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.count("\n") == 1


def test_a_missing_file_beside_the_archive_ends_with_2(
    bel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.run([str(bel), "--names", "nowhere.json"], "en") == 2
    assert capsys.readouterr().err == "nowhere.json: No such file or directory.\n"


def test_heads_without_a_key_and_a_wrong_key_end_with_2(
    bel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.run([str(bel), "--heads", str(bel)], "en") == 2
    assert verify.run([str(bel), "--key", "nonsense"], "en") == 2
    assert capsys.readouterr().err.count("\n") == 2


@pytest.mark.parametrize(
    "arguments", [[], ["--jobs", "0", "x"], ["--format", "xml", "x"], ["--no"]]
)
def test_a_command_that_makes_no_sense_ends_with_2(arguments: list[str]) -> None:
    for run in (verify.run, archive.run):
        with pytest.raises(SystemExit) as ended:
            run(arguments, "en")
        assert ended.value.code == 2


def test_the_program_verifies_without_django_and_without_traceback() -> None:
    program = (
        "import sys; from okil.site.command_line import verify; print('django' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"


# archive


def _archive(arguments: list[str], capsys: pytest.CaptureFixture[str], expected: int) -> Any:
    assert archive.run([*arguments, "--format", "json"], "en") == expected
    said = json.loads(capsys.readouterr().out)
    assert any(_fits(said, each) for each in schema("archive.json")["oneOf"])
    return said


def test_show_tells_every_event(bel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = _archive(["show", str(bel)], capsys, 0)["events"]
    kinds = [event["type"] for event in events]
    assert kinds == [kind for kind, _ in good().entries]
    assert events[3]["tracker"] == tracker(good().entries[3][1][0])
    assert [event["owner"] for event in events if event["type"] == "PartialDecryption"] == [1, 3]
    assert archive.run(["show", str(bel)], "kk") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(events)


def test_show_tells_a_broken_chain_after_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.bel"
    path.write_bytes(archive_of([*good().entries[:3], good().entries[-1]]))
    said = _archive(["show", str(path)], capsys, 1)
    assert len(said["events"]) == 4
    assert "Result" in said["fault"]


def test_a_tracker_is_found_counted_or_replaced(
    bel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = (tracker(good().entries[place][1][0]) for place in (1, 4))
    said = _archive(["tracker", str(bel), first], capsys, 0)
    assert (said["height"], said["counts"], said["replaced_by"]) == (1, False, 4)
    said = _archive(["tracker", str(bel), last + "="], capsys, 0)
    assert (said["height"], said["counts"], said["replaced_by"]) == (4, True, None)
    for absent in (base64_text(bytes(32)), "nonsense", "AAAA"):
        assert not _archive(["tracker", str(bel), absent], capsys, 1)["found"]


def test_a_new_archive_continues_an_old_one_or_not(
    bel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, other = tmp_path / "old.bel", tmp_path / "other.bel"
    old.write_bytes(archive_of(good().entries[:4]))
    other.write_bytes(archive_of([*good().entries[:2], *good().entries[3:5]]))
    assert _archive(["compare", str(old), str(bel)], capsys, 0)["added"] == 7
    assert _archive(["compare", str(bel), str(bel)], capsys, 0)["added"] == 0
    assert not _archive(["compare", str(bel), str(old)], capsys, 1)["continues"]
    assert "event 2" in _archive(["compare", str(old), str(other)], capsys, 1)["detail"]


def test_a_damaged_archive_ends_with_1(
    bel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged.bel"
    damaged.write_bytes(bel.read_bytes()[:-100])
    said = _archive(["show", str(damaged)], capsys, 1)
    assert (said["check"], said["reason"]) == (1, "record-cut-off")


# Words


def _reasons_in_code() -> set[str]:
    """Every reason that a check can give: the texts handed to failures in pure/ballots."""
    spoken_elsewhere = {"ceremony", "key_file", "signing"}
    found = set()
    for path in (ROOT / "src" / "okil" / "pure" / "ballots").glob("*.py"):
        if path.stem in spoken_elsewhere:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in {
                "Malformed", "CheckFailed", "_later",
            }:  # fmt: skip
                texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
                found |= {text for text in texts if isinstance(text, str) and "-" in text}
    # These are told where somebody types a code or a key, or counts, not by a check.
    typed = {"code-length", "code-characters", "code-mistyped", "not-a-public-key", "not-a-count"}
    return found - typed


def _gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_reason_has_its_sentence_in_three_languages() -> None:
    sections = {language: ballot_words._sections(language) for language in LANGUAGES}
    for code in _reasons_in_code() | {"credential-unknown", "credential-void", "signature-wrong"}:
        for language in LANGUAGES:
            assert code in sections[language]["reasons"], (code, language)


ATTACKS: dict[str, Any] = {
    **test_attacks_on_the_file.FILE_ATTACKS,
    **test_attacks_on_the_file.CHAIN_ATTACKS,
    **test_attacks_on_the_file.REPETITIONS,
    **{f"{n} {a}": s for n, t in test_attacks_on_the_setup.TABLES.items() for a, s in t.items()},
    **{
        f"{n} {a}": s
        for n, t in test_attacks_on_the_vote.REASONS.items()
        for a, (_, s) in t.items()
    },
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_is_told_in_one_sentence_of_the_readers_language(attack: str) -> None:
    report = verdict(ATTACKS[attack]())
    (failed,) = [check for check in report.checks if check.ok is False]
    for language in LANGUAGES:
        told = verify._detail(failed, language)
        assert told is not None
        assert told.endswith(".")
        assert "\n" not in told


def test_the_three_languages_say_the_same_with_the_same_gaps() -> None:
    ru, kk, en = (ballot_words._sections(language) for language in LANGUAGES)
    assert ru.keys() == kk.keys() == en.keys()
    for section in en:
        assert ru[section].keys() == kk[section].keys() == en[section].keys()
        for code, sentence in en[section].items():
            assert _gaps(ru[section][code]) == _gaps(kk[section][code]) == _gaps(sentence), code


def test_a_place_is_named_in_the_readers_language() -> None:
    failed = CheckFailed(6, "not-a-list", 7, where="question 2, entry 1")
    assert ballot_words.failure(failed, "ru") == (
        "Проверка 6: Событие 7: ожидался список (вопрос 2, позиция 1)."
    )


# A reader of our own schemas: only the words that they use.


def schema(name: str) -> Any:
    return json.loads((ROOT / "docs" / "schemas" / name).read_text(encoding="utf-8"))


TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def require_schema(value: Any, wanted: Any, root: Any = None) -> None:
    root = root or wanted
    if "$ref" in wanted:
        wanted = root["$defs"][wanted["$ref"].rsplit("/", 1)[1]]
    names = wanted.get("type", list(TYPES))
    names = [names] if isinstance(names, str) else names
    assert any(_is(value, name) for name in names), (value, wanted)
    if isinstance(value, dict) and "properties" in wanted:
        assert set(wanted.get("required", ())) <= set(value)
        if wanted.get("additionalProperties") is False:
            assert set(value) <= set(wanted["properties"])
        for name, inner in value.items():
            if name in wanted["properties"]:
                require_schema(inner, wanted["properties"][name], root)
    if isinstance(value, list) and "items" in wanted:
        for inner in value:
            require_schema(inner, wanted["items"], root)


def _is(value: Any, name: str) -> bool:
    if name in {"integer", "number"} and isinstance(value, bool):
        return False
    return isinstance(value, TYPES[name])


def _fits(value: Any, wanted: Any) -> bool:
    try:
        require_schema(value, wanted)
    except AssertionError:
        return False
    return True
