"""The Secretariat meets members, organisers and commissions, and writes down what was spoken of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from okil.areas.elections.actions import consultations
from okil.areas.elections.actions.consultations import ConsultationFacts
from okil.areas.elections.models import Consultation, Cycle
from okil.foundation.accounts.models import User
from okil.foundation.web.languages import Texts
from okil.pure.rules.stages import Stage
from okil.site.demonstration.calendar import Calendar
from okil.site.demonstration.part import Step

Kind, Way, Topic = Consultation.Kind, Consultation.Way, Consultation.Topic
PRACTICE = (
    "Прошли по этапам прошлых выборов: сроки, порядок, ответственные, участники.\n\nРешили: план "
    "сверять с Положениями до объявления."
)
PRINCIPLES = (
    "Вспомнили принципы и роли; спросили, как звать тех, кто не пользуется чатами.\n\nРешили: "
    "объявление вывешивать и на бумаге, каждое действие записывать в тот же день."
)
COUNTING = (
    "Разобрали приём заявок вдвоём, подсчёт двумя людьми порознь и жребий при свидетелях.\n\nРешили: "
    "образец протокола раздать всем комиссиям."
)
MEMO = Texts(
    ru="Памятка организатора; в Секретариате",
    kk="Ұйымдастырушыға арналған жадынама; Хатшылықта",
    en="A leaflet for organisers; at the Secretariat",
)
SAMPLE = Texts(
    ru="Образец протокола и листа подсчёта; в Секретариате",
    kk="Хаттама мен санақ парағының үлгісі; Хатшылықта",
    en="A sample of the protocol and of the count sheet; at the Secretariat",
)
BOX = Texts(
    ru="Как опечатать урну на ночь",
    kk="Жәшікті түнге қалай мөрлеу керек",
    en="How to seal the box for the night",
)
# By the day on which it was held; each is entered the same evening.
HELD: dict[tuple[int, int], dict[str, Any]] = {
    (8, 7): {
        "kind": Kind.PRACTICE,
        "way": Way.BOTH,
        "came": 14,
        "topics": [Topic.TERMS, Topic.PROCEDURES, Topic.RESPONSIBLE, Topic.PARTICIPANTS],
        "stages": [stage.value for stage in Stage],
        "minutes": PRACTICE,
    },
    (8, 9): {
        "kind": Kind.COMMITTEE,
        "way": Way.ONLINE,
        "came": 12,
        "topics": [
            Topic.PRINCIPLES,
            Topic.ROLES,
            Topic.RECORDING,
            Topic.INVOLVEMENT,
            Topic.COMMUNICATION,
        ],
        "materials": MEMO,
        "minutes": PRINCIPLES,
    },
    (8, 23): {
        "kind": Kind.COMMISSIONS,
        "way": Way.ONLINE,
        "came": 21,
        "topics": [Topic.ROLES, Topic.PROCEDURES],
        "other_topics": BOX,
        "materials": SAMPLE,
        "minutes": COUNTING,
    },
}


def steps(cycle: Cycle, secretary: User, calendar: Calendar) -> Iterator[Step]:
    for month, day in HELD:
        yield calendar.at(month, day, 18, 40), partial(_record, cycle, secretary, (month, day))


def _record(cycle: Cycle, secretary: User, day: tuple[int, int], at: datetime) -> None:
    usual: dict[str, Any] = {
        "held_on": _day_of(at),
        "groups": [election.group for election in cycle.elections.select_related("group")],
        "other_topics": Texts(),
        "stages": [],
        "materials": Texts(),
    }
    facts = ConsultationFacts(**{**usual, **HELD[day]})
    consultations.record_consultation(cycle.pk, facts=facts, actor=secretary, at=at)


def _day_of(at: datetime) -> date:
    return at.astimezone(Calendar.zone).date()
