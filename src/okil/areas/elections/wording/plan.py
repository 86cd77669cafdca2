"""The model plan, its roles and its deadlines in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from okil.areas.elections.wording.stages import WORDS
from okil.foundation.web.languages import Texts, words_from

MODEL_PLAN: dict[str, Any] = words_from(WORDS / "model_plan.json")
PLAN_ROLES: dict[str, Texts] = words_from(WORDS / "plan_roles.json")
DEADLINE_KINDS = {
    "by": pgettext_lazy("deadline", "by"),
    "from": pgettext_lazy("deadline", "from"),
    "on": pgettext_lazy("deadline", "on"),
    "open": pgettext_lazy("deadline", "no date yet"),
}
