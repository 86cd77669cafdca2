"""Refusals and events of this area as sentences; names of stages and states; what each gate asks.

Each subject has its file here, which registers its own refusals and events.
"""

from okil.areas.elections.wording import (
    assembly,
    ballots,
    by_elections,
    candidates,
    complaints,
    count,
    desk,
    meetings,
    notices,
    officers,
    packages,
    partners,
    protocols,
    refusals,
    regulation_papers,
    results,
    seats,
    voters,
)
from okil.areas.elections.wording.gates import GATE_WORDS, GateWords
from okil.areas.elections.wording.plan import DEADLINE_KINDS, MODEL_PLAN, OUTSIDE, PLAN_ROLES
from okil.areas.elections.wording.regulations import ANSWERS, QUESTIONS
from okil.areas.elections.wording.stages import (
    CONSEQUENCES,
    MOVES,
    NEXT_DATE,
    TODAY,
    WORDS,
    flag_name,
    round_kind_name,
    stage_name,
    state_name,
    state_sentence,
)

__all__ = [
    "ANSWERS",
    "CONSEQUENCES",
    "DEADLINE_KINDS",
    "GATE_WORDS",
    "MODEL_PLAN",
    "MOVES",
    "NEXT_DATE",
    "OUTSIDE",
    "PLAN_ROLES",
    "QUESTIONS",
    "TODAY",
    "WORDS",
    "GateWords",
    "assembly",
    "ballots",
    "by_elections",
    "candidates",
    "complaints",
    "count",
    "desk",
    "flag_name",
    "meetings",
    "notices",
    "officers",
    "packages",
    "partners",
    "protocols",
    "refusals",
    "regulation_papers",
    "results",
    "round_kind_name",
    "seats",
    "stage_name",
    "state_name",
    "state_sentence",
    "voters",
]
