from __future__ import annotations

from tests.architecture import refusals
from tests.architecture.source import Module, modules

WORDING = Module(
    "okil.areas.bodies.wording",
    'REFUSALS: dict[str, str] = {"too-late": _("Registration closed on {closed_at}.")}',
)


def action(text: str) -> Module:
    return Module("okil.areas.bodies.actions", text)


def test_every_refusal_has_its_words() -> None:
    assert refusals.without_words(modules()) == []


def test_no_words_wait_for_a_refusal_that_nobody_gives() -> None:
    assert refusals.never_said(modules()) == []


def test_a_refusal_without_words_is_found() -> None:
    assert refusals.without_words([WORDING, action('raise Refused("too-early")')]) == [
        "okil.areas.bodies.actions:1: Refused: no wording for too-early"
    ]


def test_a_refusal_whose_code_is_made_elsewhere_is_found() -> None:
    assert refusals.without_words([WORDING, action("raise Refused(code)")]) == [
        "okil.areas.bodies.actions:1: Refused: its code is not written here"
    ]


def test_a_gap_without_a_fact_is_found() -> None:
    assert refusals.without_words([WORDING, action('raise Refused("too-late", day=day)')]) == [
        "okil.areas.bodies.actions:1: Refused: too-late says ['closed_at'], which is not given"
    ]


def test_a_refusal_with_words_and_facts_is_left_in_peace() -> None:
    given = action('raise Refused("too-late", closed_at=day)')

    assert refusals.without_words([WORDING, given]) == []
    assert refusals.never_said([WORDING, given]) == []


def test_words_for_a_refusal_that_nobody_gives_are_found() -> None:
    assert refusals.never_said([WORDING]) == ["too-late"]
