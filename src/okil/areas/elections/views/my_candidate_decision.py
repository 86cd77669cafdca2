"""The decision on a candidate's own page: result, reasons, and how and until when to complain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from okil.areas.elections.actions import admission as actions
from okil.areas.elections.queries import admission as deciding
from okil.areas.elections.views.answers import in_words
from okil.areas.elections.views.my_candidate_page import Look, MyCandidate, Scene
from okil.areas.elections.wording.candidates import CRITERIA
from okil.pure.rules.stages import State


def own_decision(mine: MyCandidate, more: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """For `elections/_my_candidate_decision.html`; nothing while nothing is decided."""
    rules = mine.rules
    told = deciding.told_to_candidate(mine.candidate, rules, mine.at)
    if told is None:
        return None
    ends_at = told.complaint_ends_at
    is_over = mine.found.state is State.CONCLUDED
    return {
        "told": told,
        "not_met": [CRITERIA[code] for code in told.not_met],
        "reasons": more.get("reasons"),
        "may_open": told.outcome != "late" and told.settled_by is None,
        "may_complain": told.may_complain and not is_over,
        "last_on": ends_at.date() if ends_at else None,
        "complaint_to": in_words("complaint_to", rules.complaint_to) if rules.complaint_to else "",
    }


def _reasons(_request: HttpRequest, mine: MyCandidate) -> Look:
    """What was written is opened for whom it is about, and recorded."""
    return Look(mine, more={"reasons": actions.open_own_reasons(mine.ticket, at=mine.at)})


SCENES: dict[str, Scene] = {"reasons": _reasons}
