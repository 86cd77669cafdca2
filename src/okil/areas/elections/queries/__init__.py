from okil.areas.elections.queries.cycles import latest_cycle, seats_unsettled
from okil.areas.elections.queries.stages import (
    Asked,
    Standing,
    current_round,
    situation,
    standing_of,
    standings_in,
)

__all__ = [
    "Asked",
    "Standing",
    "current_round",
    "latest_cycle",
    "seats_unsettled",
    "situation",
    "standing_of",
    "standings_in",
]
