from __future__ import annotations

import json
from typing import Any

import pytest

from okil.pure.rules.plan import NotAPlan
from okil.pure.rules.plan_texts import SUMMARY_AT_MOST, TITLE_AT_MOST, Bounds, as_data, written_in

BOUNDS = Bounds(actions=3, number=99, stages=range(1, 7), roles={"secretariat", "organiser"})


def plan(count: int = 1, **said: Any) -> dict[str, Any]:
    first = {"no": 1, "stage": 1, "deadline": {"kind": "open"}, "depends_on": []}
    others = [{**first, "no": number} for number in range(2, count + 1)]
    return {"actions": [first | said, *others]}


def test_what_is_said_is_read_in_either_way_of_writing() -> None:
    (short,) = written_in(plan(title={"ru": " Собрание ", "kk": ""}), BOUNDS)
    (long,) = written_in(plan(title_ru="Собрание", summary_en="All\nof it"), BOUNDS)

    assert short.title == long.title == {"ru": "Собрание"}
    assert (short.summary, long.summary) == (None, {"en": "All\nof it"})


def test_what_is_left_unsaid_is_none_and_an_empty_list_is_said() -> None:
    (unsaid,) = written_in(plan(title=None, responsible_ru=["Секретариат"]), BOUNDS)
    (said,) = written_in(plan(responsible=[], participants=["organiser", "organiser"]), BOUNDS)

    assert (unsaid.title, unsaid.responsible, unsaid.participants) == (None, None, None)
    assert (said.responsible, said.participants) == ((), ("organiser",))


@pytest.mark.parametrize(
    "said",
    [
        {"title": {"ru": "Собрание"}, "responsible": [], "participants": ["organiser"]},
        {"deadline": {"kind": "by", "date": "2024-08-12"}, "summary_kk": "Бәрі"},
    ],
)
def test_what_was_read_is_written_to_be_read_again(said: dict[str, Any]) -> None:
    written = written_in(plan(2, **said), BOUNDS)

    assert written_in(json.loads(json.dumps(as_data(written))), BOUNDS) == written


def test_texts_of_the_longest_length_and_as_many_actions_as_allowed_are_read() -> None:
    texts = {"title_en": "t" * TITLE_AT_MOST, "summary_en": "s" * SUMMARY_AT_MOST}

    assert len(written_in(plan(3, no=99, stage=6, **texts), BOUNDS)) == 3


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"no": 100}, "actions[0].no"),
        ({"stage": 7}, "actions[0].stage"),
        ({"title": "Assembly"}, "actions[0].title"),
        ({"title": ["Assembly"]}, "actions[0].title"),
        ({"title": {"de": "Versammlung"}}, "actions[0].title"),
        ({"title": {"en": 1}}, "actions[0].title.en"),
        ({"title_kk": ["a"]}, "actions[0].title.kk"),
        ({"title": {"en": "t" * (TITLE_AT_MOST + 1)}}, "actions[0].title.en"),
        ({"title": {"en": "a\x00b"}}, "actions[0].title.en"),
        ({"summary": {"en": "s" * (SUMMARY_AT_MOST + 1)}}, "actions[0].summary.en"),
        ({"responsible": "secretariat"}, "actions[0].responsible"),
        ({"participants": [["secretariat"]]}, "actions[0].participants"),
    ],
)
def test_what_cannot_be_kept_is_named_with_its_place(said: dict[str, Any], place: str) -> None:
    with pytest.raises(NotAPlan) as refusal:
        written_in(plan(**said), BOUNDS)

    assert (refusal.value.code, refusal.value.facts) == ("field-wrong", {"place": place})


def test_a_role_that_nobody_knows_is_named() -> None:
    with pytest.raises(NotAPlan) as refusal:
        written_in(plan(responsible=["secretariat", "minister"]), BOUNDS)

    assert refusal.value.code == "role-unknown"
    assert refusal.value.facts == {"place": "actions[0].responsible", "role": "minister"}


def test_more_actions_than_can_be_kept_are_refused() -> None:
    with pytest.raises(NotAPlan) as refusal:
        written_in(plan(4), BOUNDS)

    assert (refusal.value.code, refusal.value.facts) == ("too-long", {"most": 3})
