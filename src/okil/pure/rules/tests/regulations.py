"""Regulations to test with: any that can be written, and the three examples of the demonstration."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from okil.pure.rules.regulation import LANGUAGES, QUESTIONS, Kind, Question, Regulation, read
from okil.pure.rules.regulation.findings import Approval, Around

OKIL = Path(__file__).parents[3]
EXAMPLES = ("sound", "gaps", "parallel")
REGIONS = ("KZ-31", "KZ-71", "KZ-75", "KZ-79")


def example(name: str) -> dict[str, Any]:
    """The answers of an example, with what stands beside them in the file."""
    path = OKIL / "site" / "demonstration" / "data" / "regulations" / f"{name}.json"
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return data


def regulation(name: str) -> Regulation:
    answers, wrong = read(example(name))
    assert set(wrong) <= {"approval", "common"}
    return answers


def sound(**changed: Any) -> Regulation:
    """The sound example; some of its answers otherwise."""
    answers, wrong = read({**example("sound"), **changed})
    assert set(wrong) == {"approval", "common"}, wrong
    return answers


APPROVAL = Approval("The general assembly", "assembly", date(2024, 6, 20), "1")
APPROVED = Around(approval=APPROVAL, common=example("sound")["common"])

# Few texts, and some that hurt: what counts is where they stand.
_TEXTS = st.sampled_from(("Так.", "Осылай.", "So.", "0", '{x} & <b>"*_#$[1]\\', "ab\n\tc" * 9))
_BY_LANGUAGE = st.sampled_from([("ru",), ("kk",), ("ru", "kk"), LANGUAGES]).flatmap(
    lambda codes: st.fixed_dictionaries(dict.fromkeys(codes, _TEXTS))
)


def _some(options: tuple[Any, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Each number says which of the options are chosen, by its binary digits."""
    chosen = st.integers(0, 2 ** len(options) - 1)
    return chosen.map(lambda bits: tuple(o for i, o in enumerate(options) if bits >> i & 1))


def _row(columns: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    chosen = _some(columns).filter(bool)
    return chosen.flatmap(lambda few: st.fixed_dictionaries(dict.fromkeys(few, _BY_LANGUAGE)))


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Any answer that can be given to it, and none."""
    match question.kind:
        case Kind.CHOICE:
            return st.none() | st.sampled_from(question.options)
        case Kind.CHOICES:
            return _some(question.options)
        case Kind.NUMBER:
            return st.none() | st.integers(question.least, question.most)
        case Kind.YES_NO:
            return st.none() | st.booleans()
        case Kind.TEXT:
            return st.none() | _BY_LANGUAGE
        case Kind.ROWS:
            return st.lists(_row(question.options), max_size=2).map(tuple)
        case Kind.REGIONS:
            return _some(REGIONS)


ANY_REGULATION = st.builds(
    Regulation, **{name: answers_to(question) for name, question in QUESTIONS.items()}
)
