"""`okil count` as an operator runs it: good, contradictory and unreadable files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules import count_sheet, regulation
from okil.site.command_line import count, main
from okil.site.command_line.tests.test_verify import ROOT, require_schema, schema
from tests.faults.program import is_one_sentence, okil

GOOD: dict[str, Any] = {
    "model": "two_parallel_contests",
    "rule": "absolute_majority",
    "majority_of": "votes_cast",
    "tie": "lot",
    "contests": [
        {
            "for": "member",
            "seats": 1,
            "candidates": ["Ромашкина", "Клёнова"],
            "votes": {"Ромашкина": 11, "Клёнова": 5},
            "blank": 1,
            "rejected": {"wrongly_completed": 1, "late": 0},
        },
        {
            "for": "alternate",
            "seats": 1,
            "candidates": ["Ромашкина", "Берёзов"],
            "ballots": [*[["Ромашкина"]] * 4, *[["Берёзов"]] * 12, [], []],
        },
    ],
    "tie_decisions": [],
    "registered": 20,
    "voted": 18,
    "minimum_turnout": 50,
}
TIED = {
    "model": "single_contest_runner_up_alternate",
    "rule": "plurality",
    "tie": "lot",
    "contests": [{"for": "both", "candidates": ["A", "B"], "votes": {"A": 5, "B": 5}}],
    "registered": 10,
    "voted": 10,
}


def written(folder: Path, data: Any) -> str:
    path = folder / "count.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return str(path)


def answer(path: str, capsys: pytest.CaptureFixture[str], status: int = 0) -> dict[str, Any]:
    assert main(["count", path, "--format", "json", "--lang", "en"]) == status
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    require_schema(said, schema("count.json"))
    return said


def test_a_good_file_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(written(tmp_path, GOOD), capsys)
    steps = said.pop("steps")

    assert said == {
        "winners": ["Ромашкина"],
        "alternates": ["Берёзов"],
        "ties": [],
        "second_round": [],
        "decided": True,
    }
    assert {
        "code": "passed-over",
        "text": "Ромашкина is elected member already and is passed over as alternate.",
    } in steps


@pytest.mark.parametrize(
    ("language", "member", "ending"),
    [
        ("ru", "Член: Ромашкина", "По этим числам решено всё."),
        ("kk", "Мүше: Ромашкина", "Осы сандар бойынша бәрі шешілді."),
        ("en", "Member: Ромашкина", "These numbers decide everything."),
    ],
)
def test_people_read_it_in_their_language(
    language: str, member: str, ending: str, tmp_path: Path
) -> None:
    said = okil(tmp_path, "count", written(tmp_path, GOOD), "--lang", language)

    assert said.returncode == 0
    assert said.stderr == ""
    assert said.stdout.startswith(f"{member}\n")
    assert said.stdout.endswith(f"{ending}\n")


def test_a_tie_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = answer(written(tmp_path, TIED), capsys)

    assert said["ties"] == [{"between": ["A", "B"], "for": "member"}]
    assert said["winners"] == said["alternates"] == []
    assert said["decided"] is False

    assert main(["count", written(tmp_path, TIED), "--lang", "en"]) == 0
    assert "Tie (the seat of member): A, B\n" in capsys.readouterr().out


def test_a_second_round_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = {**TIED, "rule": "absolute_majority", "majority_of": "registered"}
    said = answer(written(tmp_path, data), capsys)

    assert (said["second_round"], said["decided"]) == (["A", "B"], False)

    assert main(["count", written(tmp_path, data), "--lang", "en"]) == 0
    assert "Second round (the seat of member): A, B\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"voted": 9}, ["papers-differ-from-voted"]),
        ({"registered": 9}, ["voted-exceeds-registered"]),
        (
            {"tie_decisions": [{"contest": 0, "order": ["A", "C"]}]},
            ["decision-without-tie"],
        ),
        ({"voted": 11}, ["voted-exceeds-registered", "papers-differ-from-voted"]),
    ],
)
def test_contradictory_numbers_are_all_named(
    change: dict[str, Any], codes: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, {**TIED, **change})
    said = answer(path, capsys, status=1)

    assert [each["code"] for each in said["contradictions"]] == codes
    assert said["winners"] == said["steps"] == []

    assert main(["count", path, "--lang", "en"]) == 1
    text = capsys.readouterr().out
    for each in said["contradictions"]:
        assert each["text"] in text


@given(votes=st.lists(st.integers(0, 9), min_size=2, max_size=2), voted=st.integers(0, 40))
def test_the_status_is_one_exactly_where_the_sum_is_wrong(
    tmp_path_factory: pytest.TempPathFactory, votes: list[int], voted: int
) -> None:
    contest = {
        "for": "both",
        "candidates": ["A", "B"],
        "votes": dict(zip("AB", votes, strict=True)),
    }
    data = {**TIED, "contests": [contest], "registered": 40, "voted": voted}
    path = written(tmp_path_factory.getbasetemp(), data)

    assert main(["count", path, "--format", "json"]) == (1 if sum(votes) != voted else 0)


def text(data: Any) -> bytes:
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe{}", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"a":' * 100_000, "not JSON"),
        (b'{"voted": 1, "voted": 2}', "not JSON"),
        (b'{"voted": 1.5}', "not JSON"),
        (b'{"voted": NaN}', "not JSON"),
        (b'{"voted": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"model": "\\ud800"}', "not JSON"),
        (b"null", "{}: an object with keys is needed."),
        (b"{}", "{}: the key “model” is missing."),
        (text({**TIED, "vot\ned": 3}), "{}: the key “vot\N{REPLACEMENT CHARACTER}ed” is unknown."),
        (text({**TIED, "voted": "10"}), "voted: a whole number from 0 to 1000000000 is needed."),
        (text({**TIED, "model": "other"}), "model: it may only be single_contest"),
        (text({**TIED, "contests": []}), "contests: these are not the contests of the model"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "count.json"
    path.write_bytes(content)
    told = okil(tmp_path, "count", str(path))

    assert told.returncode == 2
    assert told.stdout == ""
    assert is_one_sentence(told.stderr)
    assert told.stderr.startswith(f"{path}: ")
    assert said in told.stderr


def test_a_file_without_end_is_not_read_to_the_end(tmp_path: Path) -> None:
    told = okil(tmp_path, "count", "/dev/zero")

    assert told.returncode == 2
    assert told.stderr == f"/dev/zero: the file is larger than {count.LARGEST} bytes.\n"


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        told = okil(tmp_path, "count", str(path))

        assert told.returncode == 2
        assert is_one_sentence(told.stderr)
        assert str(path) in told.stderr


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["a", "--format", "xml"]])
def test_a_wrong_call_is_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    told = okil(tmp_path, "count", *arguments)

    assert told.returncode == 2
    assert told.stderr.startswith("okil count cannot be called like this")
    assert is_one_sentence(told.stderr)


def test_a_name_cannot_move_the_cursor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "A\x1b[2J\u202eB\n"
    contest = {"for": "both", "candidates": [name], "votes": {name: 10}}
    path = written(tmp_path, {**TIED, "contests": [contest]})

    assert main(["count", path]) == 0
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().out)
    assert answer(path, capsys)["winners"] == [name]


def test_the_schema_of_the_input_says_what_the_program_reads() -> None:
    described = schema("count-input.json")
    allowed = {key: each.get("enum") for key, each in described["properties"].items()}
    contest = described["$defs"]["contest"]["properties"]

    require_schema(GOOD, described)
    require_schema(TIED, described)
    assert tuple(allowed["model"]) == tuple(count_sheet.CONTESTS_OF)
    assert tuple(allowed["rule"]) == regulation.DECISION_PRINCIPLE
    assert tuple(allowed["majority_of"]) == (*count_sheet.MAJORITY_OF, None)
    assert tuple(allowed["tie"]) == (*regulation.TIE, None)
    assert contest["seats"]["maximum"] == count_sheet.MOST_SEATS
    assert contest["ballots"]["maxItems"] == count_sheet.MOST_BALLOTS
    assert contest["candidates"] == {"$ref": "#/$defs/candidates"}
    assert described["$defs"]["candidates"]["maxItems"] == count_sheet.MOST_CANDIDATES
    assert described["$defs"]["name"]["maxLength"] == count_sheet.LONGEST_NAME
    assert described["$defs"]["number"]["maximum"] == count_sheet.MOST_PAPERS


@pytest.mark.parametrize("key", ["model", "rule", "contests", "registered", "voted"])
def test_the_keys_that_the_schema_needs_are_needed(key: str, tmp_path: Path) -> None:
    data = {name: value for name, value in TIED.items() if name != key}

    assert key in schema("count-input.json")["required"]
    assert main(["count", written(tmp_path, data)]) == 2


def test_counting_starts_without_django() -> None:
    program = (
        "import sys; from okil.site.command_line import count; sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_example_of_the_handbook_is_counted_as_it_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handbook = (ROOT / "docs" / "counting.md").read_text(encoding="utf-8")
    example, line = re.findall(r"```json\n(.*?)```", handbook, re.DOTALL)
    data = json.loads(example)

    said = answer(written(tmp_path, data), capsys)
    assert (said["winners"], said["alternates"], said["decided"]) == (["A"], [], False)

    said = answer(written(tmp_path, {**data, **json.loads(f"{{{line}}}")}), capsys)
    assert (said["winners"], said["alternates"], said["decided"]) == (["A"], ["C"], True)
