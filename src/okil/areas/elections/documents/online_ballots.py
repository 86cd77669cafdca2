"""What is asked in the booth: questions by numbers only, and the names file beside them (16.2, 16.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import override

from okil.areas.elections.documents.ballots import told, what_is_asked
from okil.areas.elections.queries.ballots import Contest
from okil.areas.elections.queries.candidates import shown_names
from okil.pure.ballots.election import Question
from okil.pure.ballots.group import Chance
from okil.pure.ballots.names import LANGUAGES, name_entry


def questions_of(contests: Sequence[Contest]) -> tuple[Question, ...]:
    """One for each contest that is voted on, in the order of the paper. A blank ballot is always
    possible, as on paper; of a single candidate it says "against" (docs/counting.md)."""
    return tuple(
        Question(
            title=str(place),
            answers=tuple(map(str, range(1, len(contest.contestants) + 1))),
            minimum=1,
            maximum=min(contest.seats, len(contest.contestants)),
            blank=True,
        )
        for place, contest in enumerate(contests, 1)
    )


def names_of(contests: Sequence[Contest], chance: Chance) -> list[dict[str, Any]]:
    """Who stands behind each number, as everybody may read it, each with its salt."""
    return [
        name_entry(question, answer, names, chance) for question, answer, names in _names(contests)
    ]


def _names(contests: Sequence[Contest]) -> Iterator[tuple[int, int | None, Mapping[str, str]]]:
    shown = shown_names([each.candidate for contest in contests for each in contest.contestants])
    for question, contest in enumerate(contests):
        yield question, None, _in_all(lambda place=contest.place: what_is_asked(place))
        for answer, each in enumerate(contest.contestants):
            candidate = {"number": each.candidate.number, "name": shown[each.candidate.pk]}
            yield question, answer, _in_all(lambda candidate=candidate: told(candidate))


def _in_all(say: Any) -> Mapping[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(say())
    return said
