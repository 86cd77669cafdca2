from okil.areas.elections.queries.cycles import latest_cycle, seats_unsettled
from okil.areas.elections.queries.stages import (
    Asked,
    Progress,
    Whereabouts,
    current_round,
    progress_in,
    progress_of,
    progress_of_groups,
    situation,
    whereabouts_in,
    whereabouts_of,
)

__all__ = [
    "Asked",
    "Progress",
    "Whereabouts",
    "current_round",
    "latest_cycle",
    "progress_in",
    "progress_of",
    "progress_of_groups",
    "seats_unsettled",
    "situation",
    "whereabouts_in",
    "whereabouts_of",
]
