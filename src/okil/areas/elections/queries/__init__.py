from okil.areas.elections.queries.candidates import (
    candidates_of,
    contestants_of,
    places_of,
    shown_names,
)
from okil.areas.elections.queries.cycles import latest_cycle
from okil.areas.elections.queries.stages import (
    Asked,
    Progress,
    Whereabouts,
    current_round,
    progress_in,
    progress_of,
    progress_of_groups,
    situation,
    standing,
    whereabouts_in,
    whereabouts_of,
)
from okil.areas.elections.queries.voters import registration_round, roll_of, voters_of

__all__ = [
    "Asked",
    "Progress",
    "Whereabouts",
    "candidates_of",
    "contestants_of",
    "current_round",
    "latest_cycle",
    "places_of",
    "progress_in",
    "progress_of",
    "progress_of_groups",
    "registration_round",
    "roll_of",
    "shown_names",
    "situation",
    "standing",
    "voters_of",
    "whereabouts_in",
    "whereabouts_of",
]
