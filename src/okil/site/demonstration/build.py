"""The demonstration: the cycle of 2024 replayed through real actions, moved to today by whole weeks."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from okil.areas.bodies.actions import bodies, groups, memberships, people
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Body, ElectoralGroup, Invitation, Person, Role
from okil.areas.bodies.queries import role_name
from okil.areas.elections.actions import cycles, plan
from okil.areas.elections.models import Cycle
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import Stage
from okil.site.demonstration.calendar import ZONE, Calendar, weeks_between
from okil.site.demonstration.doors import look_again
from okil.site.demonstration.models import Mark
from okil.site.demonstration.organisations import UNIONS
from okil.site.demonstration.replay import Tell, replay
from okil.site.demonstration.scripts import COMMON_DATES, SCRIPTS

DATA = Path(__file__).parent / "data"
EVERYBODY = SCRIPTS | UNIONS  # ten groups in ten states, and after them one more

MEETING = {"ru": "Заседание комитета", "kk": "Комитет отырысы", "en": "Meeting of the committee"}
BODY = {
    "ru": "Страновой координационный комитет",
    "kk": "Елдік үйлестіру комитеті",
    "en": "Country Coordinating Committee",
}
# Terms of the cycles in the sources; the first is known by its years only.
TERMS = {
    "2019-2021": (date(2019, 1, 1), date(2021, 12, 31)),
    "2021": (date(2022, 1, 1), date(2024, 12, 31)),
    "2024": (date(2025, 1, 1), date(2027, 12, 31)),
}
CONCLUDED = "irgetas"  # memberships of 2024 exist only where the election is concluded
UNCERTAIN = {
    "ru": "Таблица источника – за 2019–2021 годы, а группа появилась только в 2021 году.",
    "kk": "Дереккөздің кестесі 2019–2021 жылдарға арналған, ал топ тек 2021 жылы құрылған.",
    "en": "The table of the source is for 2019–2021, but the group was formed only in 2021.",
}
QUOTAS = {
    "ru": "По одному месту члена и альтерната у каждой группы, на три года. Секретариат отвечает за "
    "план и объявление, группы – за свои выборы.",
    "kk": "Әр топта бір мүше мен бір баламалы мүшенің орны, үш жылға. Жоспар мен хабарландыруға "
    "Хатшылық, өз сайлауына топтардың өзі жауапты.",
    "en": "One member and one alternate for each group, for three years. The Secretariat answers for "
    "the plan and the announcement, the groups for their elections.",
}


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@transaction.atomic
def build(*, at: datetime, tell: Tell = lambda done, of: None) -> None:
    """Everything from the founding of the body to ten elections in ten states, and one of a union."""
    weeks = weeks_between(at.astimezone(ZoneInfo(ZONE)).date())
    calendar = Calendar(weeks)
    Mark.objects.create(pk=1, made_at=at, weeks_moved=weeks)
    look_again()

    secretary = _found(calendar)
    body = Body.objects.get()
    made = _groups(body, secretary, calendar)
    _history(made, secretary, calendar)
    cycle = _cycle(body, made, secretary, calendar)
    replay(cycle, secretary, calendar, _read("persons.json"), EVERYBODY, tell)
    _seats_of_the_concluded(made, secretary, calendar)
    DBTaskResult.objects.all().delete()  # letters of weeks ago, to people who do not exist


def _found(calendar: Calendar) -> User:
    at = calendar.at(6, 18)
    bodies.begin_installation(
        name=BODY,
        languages=["ru", "kk", "en"],
        time_zone=ZONE,
        secretariat_email="secretariat@okil.example",
        at=at,
    )
    invitation = Invitation.objects.select_related("user").get()
    people.accept_invitation(
        invitation.pk, name="Смородина Асель", actor=invitation.user, at=calendar.at(6, 18, 13)
    )
    return invitation.user


def _decision(calendar: Calendar, month: int, day: int, number: str = "") -> DecisionFacts:
    return DecisionFacts(
        made_by=MEETING["ru"], made_on=calendar.day(date(2024, month, day)), number=number
    )


def _groups(body: Body, secretary: User, calendar: Calendar) -> dict[str, ElectoralGroup]:
    return {
        row["code"]: groups.create_group(
            body=body,
            code=row["code"],
            internal_name=row["internal_name"],
            abbreviation=row["abbreviation"],
            kind=row["kind"],
            public_name=row["public_name"],
            slug=row["slug"],
            since_on=calendar.day(date(row["since"], 1, 1)),
            seats=row["seats"],
            decision=_decision(calendar, 6, 11),
            actor=secretary,
            at=calendar.at(6, 19),
        )
        for row in _read("groups.json")
    }


def _history(made: dict[str, ElectoralGroup], secretary: User, calendar: Calendar) -> None:
    """Who held which seat from 2019 to 2024, with what the sources leave in doubt."""
    at = calendar.at(6, 20)
    known: dict[str, Person] = {}
    names = {row["id"]: row for row in _read("persons.json")}
    taken: dict[tuple[str, str, str], int] = {}
    for office in _read("offices.json"):
        cycle, code, position = office["cycle"], office["group"], office["role"]
        if position == "organizing_committee" or cycle == "2024":
            continue
        place = (cycle, code, position)
        number = taken[place] = taken.get(place, 0) + 1
        seat = _seat(made[code], number, secretary, calendar, since=TERMS[cycle][0], at=at)
        membership = memberships.begin_membership(
            seat,
            position=position,
            begins_on=calendar.day(TERMS[cycle][0]),
            ends_on=calendar.day(TERMS[cycle][1]),
            end_reason="term_over",
            elected_in=cycle,
            uncertain=office.get("uncertain", False),
            uncertain_because=UNCERTAIN if office.get("uncertain") else {},
            actor=secretary,
            at=at,
            **_who(office["person"], known, names),
        )
        known[office["person"]] = membership.person


def _who(code: str, known: dict[str, Person], names: dict[str, Any]) -> dict[str, Any]:
    if code in known:
        return {"person": known[code]}
    row = names[code]
    return {"name": row["name_ru"] or row["name_en"], "name_latin": row["name_en"] or ""}


def _seat(
    group: ElectoralGroup,
    number: int,
    secretary: User,
    calendar: Calendar,
    *,
    since: date,
    at: datetime,
) -> int:
    """The group's seat of that number; in 2019 one union had two members at once."""
    seat = group.seats.filter(number=number).first()
    if seat is None:
        seat = groups.add_seat(
            group.pk,
            since_on=calendar.day(since),
            decision=_decision(calendar, 6, 11),
            actor=secretary,
            at=at,
        )
        groups.close_seat(
            seat.pk,
            until_on=calendar.day(TERMS["2019-2021"][1]),
            decision=_decision(calendar, 6, 11),
            actor=secretary,
            at=at,
        )
    return seat.pk


def _cycle(
    body: Body, made: dict[str, ElectoralGroup], secretary: User, calendar: Calendar
) -> Cycle:
    begins, ends = TERMS["2024"]
    cycle = cycles.open_cycle(
        body=body,
        year=2024,
        term_begins_on=calendar.day(begins),
        term_ends_on=calendar.day(ends),
        groups=[group for group in made.values() if group.slug in EVERYBODY],
        actor=secretary,
        at=calendar.at(6, 24),
    )
    cycles.record_cycle_decision(
        cycle.pk,
        decision=_decision(calendar, 6, 20, "4"),
        quotas=QUOTAS,
        actor=secretary,
        at=calendar.at(6, 24, 13),
    )
    cycles.set_common_dates(
        cycle.pk, dates=moments(COMMON_DATES, calendar), actor=secretary, at=calendar.at(6, 24, 14)
    )
    deadlines = _read("plan_2024.json")
    plan.date_actions(
        cycle.pk,
        deadlines={
            int(number): (each["kind"], calendar.day(date.fromisoformat(each["date"])))
            for number, each in deadlines.items()
        },
        seen_revision=0,
        actor=secretary,
        at=calendar.at(6, 24, 15),
    )
    return cycle


def moments(
    dates: dict[int, tuple[Any, Any]], calendar: Calendar
) -> dict[Stage, tuple[datetime | None, datetime]]:
    return {
        Stage(stage): (calendar.at(*begins) if begins else None, calendar.at(*ends))
        for stage, (begins, ends) in dates.items()
    }


def _seats_of_the_concluded(
    made: dict[str, ElectoralGroup], secretary: User, calendar: Calendar
) -> None:
    """The vacancy of 2024 that its sources explain, entered where it belongs."""
    at = calendar.at(9, 3, 20)
    for office in _read("offices.json"):
        if not office.get("vacant"):
            continue
        memberships.record_vacancy(
            made[office["group"]].seats.get(number=1).pk,
            position=office["role"],
            since_on=calendar.day(TERMS["2024"][0]),
            reason={"ru": office["vacancy_reason_ru"]},
            plan={
                "ru": "Дополнительная встреча с избирателями группы.",
                "kk": "Топ сайлаушыларымен қосымша кездесу.",
                "en": "One more meeting with the voters of the group.",
            },
            actor=secretary,
            at=at,
        )


def open_doors() -> list[dict[str, Any]]:
    """Everybody who can come in: role, number, group; the Secretariat first, then by group."""
    roles = (
        Role.objects.filter(ends_at=None, person__user__isnull=False)
        .select_related("person", "group")
        .order_by("pk")
    )
    found = [
        {"role": role.role, "number": role.person.number, "group": role.group} for role in roles
    ]
    return sorted(found, key=lambda door: (door["group"] is not None, door["number"]))


def doors() -> list[tuple[str, str]]:
    """For the terminal: role and group, in the reader's language; no names."""
    return [
        (
            f"{role_name(door['role'])} ({door['number']})",
            str(door["group"].public_name) if door["group"] else "",
        )
        for door in open_doors()
    ]
