from __future__ import annotations

from okil.foundation.audit.wording import registered
from tests.architecture import events
from tests.architecture.source import Module, modules

WORDS = {"round.moved": "From {before_state} to {state}."}


def action(text: str) -> Module:
    return Module("okil.areas.elections.actions", text)


def test_every_event_has_its_words() -> None:
    assert events.without_words(modules(), registered()) == []


def test_no_words_wait_for_an_event_that_nobody_records() -> None:
    assert events.never_recorded(modules(), registered()) == []


def test_an_event_without_words_is_found() -> None:
    assert events.without_words([action('record("round.lost")')], WORDS) == [
        "okil.areas.elections.actions:1: round.lost: has no words"
    ]


def test_one_of_two_events_without_words_is_found() -> None:
    text = 'record("round.moved" if forwards else "round.lost", before=b, after=a)'

    assert len(events.without_words([action(text)], WORDS)) == 1


def test_a_gap_without_a_fact_is_found() -> None:
    text = 'record("round.moved", after={"state": state})'

    assert events.without_words([action(text)], WORDS) == [
        "okil.areas.elections.actions:1: round.moved: says ['before_state'], which is not recorded"
    ]


def test_words_for_an_event_that_nobody_records_are_found() -> None:
    assert events.never_recorded([action("")], WORDS) == ["round.moved"]


def test_an_event_with_words_and_facts_is_left_in_peace() -> None:
    given = action('record("round.moved", before={"state": was}, after={"state": state})')

    assert events.without_words([given], WORDS) == []
    assert events.never_recorded([given], WORDS) == []
