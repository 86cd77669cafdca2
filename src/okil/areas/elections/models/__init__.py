from okil.areas.elections.models.cycles import CommonStage, Cycle
from okil.areas.elections.models.plan import DeadlineKind, PlanAction
from okil.areas.elections.models.regulations import AdoptedRegulation
from okil.areas.elections.models.stages import (
    Election,
    Extension,
    GateAnswer,
    Move,
    Round,
    StageDates,
    Suspension,
)

__all__ = [
    "AdoptedRegulation",
    "CommonStage",
    "Cycle",
    "DeadlineKind",
    "Election",
    "Extension",
    "GateAnswer",
    "Move",
    "PlanAction",
    "Round",
    "StageDates",
    "Suspension",
]
