"""`okil plan check` and `okil plan repair` as people and programs meet them."""

from __future__ import annotations

import json
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from okil.pure.rules.plan import Code
from okil.site.command_line import main, plan, plan_words
from okil.site.command_line.tests.test_verify import require_schema, schema

PLAN_2024 = Path(__file__).parents[5] / "tests" / "vectors" / "plans" / "plan_2024.json"
LANGUAGES = ("ru", "kk", "en")


def good_plan() -> dict[str, Any]:
    def each(number: int, day: str, *depends_on: int) -> dict[str, Any]:
        return {
            "no": number,
            "stage": number,
            "deadline_ru": "до срока",
            "deadline": {"kind": "by", "date": day},
            "depends_on": list(depends_on),
            "participants_ru": ["Наблюдатели"],
        }

    actions = [each(1, "2024-08-12"), each(2, "2024-08-14", 1), each(3, "2024-08-16", 2)]
    return {"title_ru": "План", "approval_date": "2024-06-03", "actions": actions}


def faulty_plan() -> dict[str, Any]:
    data = good_plan()
    data["actions"][1]["deadline"]["date"] = "2024-08-09"
    return data


def written(tmp_path: Path, data: Any) -> str:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def said(arguments: list[str], capsys: pytest.CaptureFixture[str], expected: int) -> Any:
    assert main(["plan", *arguments, "--format", "json", "--lang", "en"]) == expected
    return json.loads(capsys.readouterr().out)


# check


def test_a_good_plan_ends_with_0_and_no_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, good_plan())

    assert said(["check", path], capsys, 0) == {"findings": []}
    assert main(["plan", "check", path, "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Nothing to remark on in the plan.\nDays off here:")


def test_warnings_alone_end_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = said(["check", written(tmp_path, good_plan() | {"approval_date": None})], capsys, 0)

    assert answer["findings"] == [
        {
            "code": "PLAN_NOT_APPROVED",
            "level": "warning",
            "actions": [],
            "message": "The plan is not approved: the date of approval is empty.",
            "days": None,
        }
    ]


def test_a_faulty_plan_ends_with_1_and_says_which_actions_and_how_many_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = said(["check", written(tmp_path, faulty_plan())], capsys, 1)

    require_schema(answer, schema("plan-check.json"))
    assert [each for each in answer["findings"] if each["level"] == "error"] == [
        {
            "code": "PLAN_ORDER_INVERTED",
            "level": "error",
            "actions": [1, 2],
            "message": "Action 2 must come after action 1 but is due 3\xa0days before it.",
            "days": 3,
        }
    ]


def test_the_plan_of_2024_fits_the_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    require_schema(json.loads(PLAN_2024.read_text("utf-8")), schema("plan.json"))
    answer = said(["check", str(PLAN_2024)], capsys, 1)

    require_schema(answer, schema("plan-check.json"))
    codes = schema("plan-check.json")["properties"]["findings"]["items"]["properties"]["code"]
    assert {each["code"] for each in answer["findings"]} < set(codes["enum"]) == {*map(str, Code)}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "ru",
            [
                "Действие 18",
                "  · замечание: У действия 18 срок 25\xa0августа, воскресенье: это выходной.",
                "20\xa0противоречий, 25\xa0предупреждений, 11\xa0замечаний",
            ],
        ),
        (
            "kk",
            [
                "18-іс-шара",
                "  · ескертпе: 18-іс-шараның мерзімі – 25\xa0тамыз, жексенбі: бұл демалыс күні.",
                "20\xa0қайшылық, 25\xa0ескерту, 11\xa0ескертпе",
            ],
        ),
        (
            "en",
            [
                "Action 18",
                "  · note: Action 18 is due on 25\xa0August, Sunday: a day off.",
                "20\xa0contradictions, 25\xa0warnings, 11\xa0notes",
            ],
        ),
    ],
)
def test_people_read_it_under_the_later_action_in_their_language(
    language: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["plan", "check", str(PLAN_2024), "--lang", language]) == 1

    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if line in lines] == lines


def test_a_holiday_is_called_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = good_plan()
    data["actions"][2]["deadline"]["date"] = "2024-08-30"

    (finding,) = said(["check", written(tmp_path, data)], capsys, 0)["findings"]
    assert finding["message"] == "Action 3 is due on 30\xa0August, Constitution Day: a day off."


# repair


def test_a_repaired_plan_is_the_same_plan_with_other_dates_and_has_no_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(PLAN_2024.read_text("utf-8"))

    repaired = said(["repair", str(PLAN_2024)], capsys, 0)

    require_schema(repaired, schema("plan-repair.json"))
    require_schema(repaired, schema("plan.json"))
    dates_moved = {each["action"]: each["to"] for each in repaired["moves"]}
    assert sorted(dates_moved) == [1, 13, 14, 17, 18]
    for each in data["actions"]:
        if each["no"] in dates_moved:
            each["deadline"]["date"] = dates_moved[each["no"]]
            each["deadline_ru"] = "до 9 августа" if each["no"] == 1 else "до 15 августа"
    assert {**repaired, "moves": None} == {**data, "moves": None}
    said(["check", written(tmp_path, repaired)], capsys, 0)


def test_a_repair_explains_each_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repaired = said(["repair", written(tmp_path, faulty_plan())], capsys, 0)

    assert repaired["moves"] == [
        {
            "action": 1,
            "from": "2024-08-12",
            "to": "2024-08-09",
            "days": 3,
            "because_of": 2,
            "message": "Action 1: 9\xa0August instead of 12\xa0August. "
            "Action 2, due on 9\xa0August, comes after it.",
        }
    ]


def test_a_move_past_days_off_and_of_an_exact_date_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = faulty_plan()
    for place, day in ((0, "2024-08-17"), (1, "2024-08-16")):
        data["actions"][place]["deadline"] = {"kind": "on", "date": day}
    data["actions"][2]["deadline"] = {"kind": "on", "date": "2024-08-20"}
    data["actions"].append({**data["actions"][0], "no": 4, "depends_on": [], "stage": 1})
    data["actions"][1]["depends_on"] = [1, 4]

    (move,) = said(["repair", written(tmp_path, data)], capsys, 0)["moves"]
    assert move["to"] == "2024-08-19"
    assert move["message"] == (
        "Action 2: 19\xa0August instead of 16\xa0August. It comes after action 1, "
        "which is due on 17\xa0August. No working day is nearer. This date is exact or common "
        "to all groups: without moving one there is no order."
    )


def test_a_plan_in_order_is_given_back_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, good_plan())

    assert said(["repair", path], capsys, 0) == {**good_plan(), "moves": []}
    assert main(["plan", "repair", path, "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("Nothing has to move: the actions are in order.\n")


# What cannot be used


UNUSABLE: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "no text": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"7",
    "a field twice": b'{"actions": [], "actions": []}',
    "no actions": b'{"actions": []}',
    "deep": b'{"actions": [1], "notes": ' + b"[" * 30 + b"]" * 30 + b"}",
    "very deep": b"[" * 200_000,
    "large": b" " * 5_000_001,
    "half a pair": b'{"actions": ["\\ud800"]}',
    "other fields": b'{"actions": [{"no": 1}]}',
    "a circle": json.dumps(
        {**good_plan(), "actions": [{**good_plan()["actions"][0], "depends_on": [1]}]}
    ).encode(),
}


@pytest.mark.parametrize("act", ["check", "repair"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", UNUSABLE)
def test_what_is_no_plan_ends_with_2_and_one_sentence(
    act: str, language: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(UNUSABLE[name])

    assert main(["plan", act, str(path), "--lang", language]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert str(path) in err
    assert "Traceback" not in err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_not_there_ends_with_2(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path / "nowhere.json", tmp_path):
        assert main(["plan", "check", str(path), "--lang", language]) == 2
        assert str(path) in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["check"], ["mend", "plan.json"], ["check", "a", "b"]])
def test_a_call_that_is_not_understood_ends_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["plan", *arguments, "--lang", "en"])

    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("okil plan cannot be called like this")


def test_a_byte_order_mark_is_no_hindrance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(good_plan()), encoding="utf-8-sig")

    assert said(["check", str(path)], capsys, 0) == {"findings": []}


def test_the_command_starts_without_django() -> None:
    program = (
        "import sys; from okil.site.command_line import plan; sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# Words and days


SENTENCES = json.loads(Path(plan_words.__file__).with_suffix(".json").read_text("utf-8"))


@pytest.mark.parametrize("code", SENTENCES)
def test_each_sentence_is_there_in_three_languages_with_the_same_gaps(code: str) -> None:
    def gaps(sentence: str) -> frozenset[str]:
        return frozenset(gap for _, gap, _, _ in string.Formatter().parse(sentence) if gap)

    assert set(SENTENCES[code]) == set(LANGUAGES)
    assert len({gaps(sentence) for sentence in SENTENCES[code].values()}) == 1


def test_each_act_has_its_words() -> None:
    for act in plan.ACTS:
        assert all(plan_words.word(f"about-{act}", language) for language in LANGUAGES)
