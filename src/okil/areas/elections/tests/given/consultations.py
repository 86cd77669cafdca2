"""Meetings of the Secretariat with members, organisers and commissions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from okil.areas.elections.actions import consultations
from okil.areas.elections.actions.consultations import ConsultationFacts
from okil.areas.elections.models import Consultation, Cycle
from okil.areas.elections.tests import given
from okil.foundation.web.languages import Texts

# A plant: minutes may speak of people.
MINUTES = "Хризантемова Лейла спросила о протоколах.\n\nРешили: показать образец."
MATERIALS = Texts(ru="Памятка организатора; в Секретариате", kk="Ұйымдастырушы жадынамасы")


def facts(cycle: Cycle, **said: Any) -> ConsultationFacts:
    usual: dict[str, Any] = {
        "kind": Consultation.Kind.COMMITTEE,
        "held_on": date(2024, 8, 14),
        "way": Consultation.Way.ONLINE,
        "came": 12,
        "groups": [election.group for election in cycle.elections.select_related("group")],
        "topics": ["roles", "principles"],
        "other_topics": Texts(),
        "stages": [],
        "materials": MATERIALS,
        "minutes": MINUTES,
    }
    return ConsultationFacts(**{**usual, **said})


def consultation(cycle: Cycle, *, at: datetime = given.AT, **said: Any) -> Consultation:
    return consultations.record_consultation(
        cycle.pk, facts=facts(cycle, **said), actor=given.secretariat(), at=at
    )
