"""`okil regulation schema`, `new` and `check` as people and programs meet them."""

from __future__ import annotations

import json
import string
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from okil.pure.rules.regulation import QUESTIONS, RULES, Part
from okil.pure.rules.regulation.findings import STAGE_OF
from okil.pure.rules.regulation_file import Wrong
from okil.pure.rules.regulation_schema import schema as schema_of_a_regulation
from okil.pure.rules.regulation_words import part
from okil.pure.rules.tests.regulations import EXAMPLES, example
from okil.site.command_line import main, regulation_words
from okil.site.command_line.tests.test_verify import schema

LANGUAGES = ("ru", "kk", "en")


def written(tmp_path: Path, data: Any) -> str:
    path = tmp_path / "regulation.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def said(path: str, capsys: pytest.CaptureFixture[str], expected: int) -> Any:
    arguments = ["regulation", "check", path, "--format", "json", "--lang", "en"]
    assert main(arguments) == expected
    answer = json.loads(capsys.readouterr().out)
    jsonschema.validate(answer, schema("regulation-check.json"))
    return answer


# schema, new


def test_the_schema_is_printed_and_kept_in_the_documents(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["regulation", "schema", "--lang", "kk"]) == 0

    printed = capsys.readouterr().out
    assert json.loads(printed) == schema("regulation.json") == schema_of_a_regulation()
    jsonschema.Draft202012Validator.check_schema(schema("regulation.json"))
    jsonschema.Draft202012Validator.check_schema(schema("regulation-check.json"))


def test_a_new_regulation_has_every_key_and_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["regulation", "new"]) == 0
    new = json.loads(capsys.readouterr().out)

    assert new == dict.fromkeys([*QUESTIONS, "approval", "common"])
    jsonschema.validate(new, schema("regulation.json"))
    answer = said(written(tmp_path, new), capsys, 1)
    assert answer["counts"] == {"fulfilled": 0, "broken": 0, "not_regulated": 47}
    assert answer == said(written(tmp_path, {}), capsys, 1)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_fit_the_schema(name: str) -> None:
    jsonschema.validate(example(name), schema("regulation.json"))


# check, for programs


@pytest.mark.parametrize("name", ["sound", "parallel"])
def test_a_sound_regulation_ends_with_0_and_fulfils_all(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = said(written(tmp_path, example(name)), capsys, 0)

    assert answer["counts"] == {"fulfilled": 47, "broken": 0, "not_regulated": 0}
    assert [each["code"] for each in answer["findings"]] == list(RULES)
    assert {each["closes"] for each in answer["findings"]} == {None}


def test_one_gap_ends_with_1_and_is_told_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = said(written(tmp_path, example("sound") | {"sworn": ["commission"]}), capsys, 1)

    (found,) = [each for each in answer["findings"] if each["outcome"] != "fulfilled"]
    quoted = found.pop("quotation")
    assert found == {
        "code": "REG-04",
        "level": "must",
        "outcome": "broken",
        "questions": ["sworn"],
        "title": "Written confidentiality undertaking",
        "message": "Without a written undertaking: independent observers, the organiser.",
        "why": "Commission members, observers and the organiser may learn personal data of the "
        "participants. Each of them undertakes in writing not to disclose it, in the protocol or in "
        "another document.",
        "wording": "Before they begin, the members of the Mandate Commission, the independent "
        "observers and the organiser undertake in writing not to disclose personal data of the "
        "participants in the election. The undertaking is recorded in [the protocol / a separate "
        "document]. It remains in force after the election.",
        "closes": "registration",
    }
    assert quoted["translated"]
    assert quoted["source"] == "Report on the elections of 2024: recommendation (3)"
    assert quoted["text"].startswith("provide in the regulations for a mechanism")


@pytest.mark.parametrize("changed", [{"languages": ["ru"]}, {"midterm": None}])
def test_what_is_only_recommended_ends_with_0(
    changed: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = said(written(tmp_path, example("sound") | changed), capsys, 0)

    (found,) = [each for each in answer["findings"] if each["outcome"] != "fulfilled"]
    assert (found["level"], found["closes"]) == ("should", None)


def test_the_gaps_of_the_report_are_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = said(written(tmp_path, example("gaps")), capsys, 1)

    assert answer["counts"] == {"fulfilled": 2, "broken": 12, "not_regulated": 33}


def test_without_its_approval_a_regulation_is_none_yet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = said(written(tmp_path, example("sound") | {"approval": None}), capsys, 1)

    told = {each["code"]: each for each in answer["findings"] if each["outcome"] != "fulfilled"}
    assert set(told) == {"REG-18", "REG-19"}
    assert told["REG-19"]["questions"] == []


def test_an_answer_that_differs_from_the_common_decision_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = example("sound")["common"] | {"most_commissions": 1}
    answer = said(written(tmp_path, example("sound") | {"common": common}), capsys, 1)

    (found,) = [each for each in answer["findings"] if each["outcome"] != "fulfilled"]
    assert (found["code"], found["questions"]) == ("REG-16", ["most_commissions"])


# Keys that cannot be read


@pytest.mark.parametrize(
    ("changed", "code", "key"),
    [
        ({"quorum": 5}, "UNKNOWN_KEY", "quorum"),
        ({"__class__": None}, "UNKNOWN_KEY", "__class__"),
        ({"": 1}, "UNKNOWN_KEY", ""),
        ({"unused_elections": 99}, "ANSWER_UNREADABLE", "unused_elections"),
        ({"speech_minutes": True}, "ANSWER_UNREADABLE", "speech_minutes"),
        ({"conflict_days": "2"}, "ANSWER_UNREADABLE", "conflict_days"),
        ({"approval": []}, "ANSWER_UNREADABLE", "approval"),
        ({"approval": {"date": "20240620"}}, "ANSWER_UNREADABLE", "approval.date"),
        ({"approval": {"date": "2024-02-30"}}, "ANSWER_UNREADABLE", "approval.date"),
        ({"approval": {"date": 20240620}}, "ANSWER_UNREADABLE", "approval.date"),
        ({"approval": {"kind": "duel"}}, "ANSWER_UNREADABLE", "approval.kind"),
        ({"approval": {"kind": ["forum"]}}, "ANSWER_UNREADABLE", "approval.kind"),
        ({"approval": {"body": 7}}, "ANSWER_UNREADABLE", "approval.body"),
        ({"approval": {"number": "1" * 201}}, "ANSWER_UNREADABLE", "approval.number"),
        ({"approval": {"signed_by": "x"}}, "UNKNOWN_KEY", "approval.signed_by"),
        ({"common": 1}, "ANSWER_UNREADABLE", "common"),
        ({"common": {"tie": "lot"}}, "UNKNOWN_KEY", "common.tie"),
        ({"common": {"most_commissions": 0}}, "ANSWER_UNREADABLE", "common.most_commissions"),
    ],
)
def test_a_key_that_cannot_be_read_is_a_finding_and_the_rest_is_read(
    changed: dict[str, Any],
    code: str,
    key: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = example("sound") | changed
    answer = said(written(tmp_path, data), capsys, 1)

    wrong, *rules = answer["findings"]
    assert (wrong["code"], wrong["level"], wrong["questions"]) == (code, "must", [key])
    assert [each["code"] for each in rules] == list(RULES)
    assert answer["counts"]["fulfilled"] >= 45
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(
            data, schema("regulation.json"), format_checker=jsonschema.FormatChecker()
        )


def test_all_that_is_wrong_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = {"quorum": 1, "tie": "duel", "approval": {"x": 1, "kind": 1}, "common": {"x": 1}}
    answer = said(written(tmp_path, data), capsys, 1)

    keys = [each["questions"][0] for each in answer["findings"][:-47]]
    assert sorted(keys) == ["approval.kind", "approval.x", "common.x", "quorum", "tie"]


def test_a_hostile_key_cannot_move_the_cursor_nor_fill_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, {"\x1b[2J\u202eevil\n": 1, "x" * 5000: 1, "{0.__class__}": 1})

    assert main(["regulation", "check", path, "--lang", "en"]) == 1
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "x" * 100 not in told
    assert "{0.__class__}" in told


# check, for people


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "ru",
            [
                "Организатор, комиссия, наблюдатели",
                "  ✗ REG-22 Организатор один и сам не выдвигается (обязательно): нарушено",
                "      Организаторов: 2. От группы нужен ровно один.",
                "      Остановит объявление выборов.",
                "Выполнено 46, нарушено 1, не урегулировано 0.",
            ],
        ),
        (
            "kk",
            [
                "Ұйымдастырушы, комиссия, байқаушылар",
                "  ✗ REG-22 Ұйымдастырушы біреу және өзі кандидат болмайды (міндетті): бұзылған",
                "      Ұйымдастырушы саны: 2. Топтан тек біреу керек.",
                "      Сайлауды жариялауды тоқтатады.",
                "Орындалған 46, бұзылған 1, реттелмеген 0.",
            ],
        ),
        (
            "en",
            [
                "Organiser, commission, observers",
                "  ✗ REG-22 One organiser, who does not stand (obligatory): broken",
                "      Organisers: 2. Each group has exactly one.",
                "      Closes the announcement of the election.",
                "Fulfilled 46, broken 1, not regulated 0.",
            ],
        ),
    ],
)
def test_people_read_it_part_by_part_in_their_language(
    language: str, lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, example("sound") | {"organisers": 2})

    assert main(["regulation", "check", path, "--lang", language]) == 1
    told = capsys.readouterr().out.splitlines()
    assert set(lines) <= set(told)
    headings = [part(each, language) for each in Part]
    assert [line for line in told if line in headings] == headings


def test_people_are_told_when_all_is_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["regulation", "check", written(tmp_path, example("sound")), "--lang", "en"]) == 0

    assert capsys.readouterr().out.endswith(
        "Fulfilled 47, broken 0, not regulated 0.\nAll obligatory rules are fulfilled.\n"
    )


# What cannot be used


UNUSABLE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "a field twice": b'{"tie": "lot", "tie": "lot"}',
    "a fraction": b'{"complaint_days": 2.5}',
    "deep": b'{"criteria": ' + b"[" * 30 + b"]" * 30 + b"}",
    "very deep": b"[" * 200_000,
    "large": b" " * 1_000_001,
    "half a pair": b'{"tie": "\\ud800"}',
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", UNUSABLE)
def test_what_is_no_regulation_ends_with_2_and_one_sentence(
    language: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "regulation.json"
    path.write_bytes(UNUSABLE[name])

    assert main(["regulation", "check", str(path), "--lang", language]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert str(path) in err
    assert "Traceback" not in err


def test_a_file_of_just_a_megabyte_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "regulation.json"
    path.write_bytes(json.dumps(example("sound")).encode().ljust(1_000_000))

    assert said(str(path), capsys, 0)["counts"]["fulfilled"] == 47


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_not_there_ends_with_2(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path / "nowhere.json", tmp_path):
        assert main(["regulation", "check", str(path), "--lang", language]) == 2
        assert str(path) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["check"], ["mend", "a"], ["check", "a", "b"], ["schema", "a"], ["new", "a"]]
)
def test_a_call_that_is_not_understood_ends_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["regulation", *arguments, "--lang", "en"])

    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("okil regulation cannot be called like this")


def test_a_byte_order_mark_is_no_hindrance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "regulation.json"
    path.write_text(json.dumps(example("sound")), encoding="utf-8-sig")

    assert said(str(path), capsys, 0)["counts"]["broken"] == 0


def test_what_is_checked_is_not_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = example("gaps")
    path = written(tmp_path, deepcopy(data))
    said(path, capsys, 1)

    assert json.loads(Path(path).read_text("utf-8")) == data


def test_the_command_starts_without_django() -> None:
    program = (
        "import sys; from okil.site.command_line import regulation; "
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# Words


SENTENCES = json.loads(
    Path(regulation_words.__file__).with_suffix(".json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("code", SENTENCES)
def test_each_sentence_is_there_in_three_languages_with_the_same_gaps(code: str) -> None:
    def gaps(sentence: str) -> frozenset[str]:
        return frozenset(gap for _, gap, _, _ in string.Formatter().parse(sentence) if gap)

    assert set(SENTENCES[code]) == set(LANGUAGES)
    assert len({gaps(sentence) for sentence in SENTENCES[code].values()}) == 1


def test_each_closed_move_and_each_wrong_key_has_its_words() -> None:
    for state in set(STAGE_OF.values()):
        assert regulation_words.word(f"closes-{state}", "kk")
    for code in Wrong:
        for what in ("title", "message", "why", "wording"):
            assert regulation_words.word(f"{code}-{what}", "kk", key="x")
    closed = schema("regulation-check.json")["properties"]["findings"]["items"]["properties"]
    assert set(closed["closes"]["enum"]) == {*STAGE_OF.values(), None}
