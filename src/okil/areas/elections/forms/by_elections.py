from __future__ import annotations

from typing import Any

from okil.areas.elections.forms.cycles import DatesForm
from okil.areas.elections.forms.decisions import DecisionForm


class ByElectionForm(DatesForm, DecisionForm):
    """The decision on the vacant place, and the group's own dates of all six stages."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["made_by", "made_on", "number"])
