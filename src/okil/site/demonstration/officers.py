"""Officers come, sign, ask partners and meet; the group adopts its regulation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from okil.areas.bodies.actions import people
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Invitation, Role, RoleName
from okil.areas.elections.actions import meetings, officers, partners, regulations, stages
from okil.areas.elections.models import Meeting, Undertaking
from okil.areas.elections.queries.officers import ASKED_OF
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import State
from okil.site.demonstration.part import ASSEMBLY, Part, Step, minutes
from okil.site.demonstration.people import PARTNERS

ORGANISERS = tuple(f"p{number}" for number in range(20, 30))  # in the order of the first ten groups
COMMISSION = {
    "ru": "Мандатно-счётная комиссия",
    "kk": "Мандаттық-санау комиссиясы",
    "en": "Mandate and Counting Commission",
}
ENABLED = {
    "ru": "Решением собрания; группа даёт помещение и связь.",
    "kk": "Жиналыс шешімімен; топ үй-жай мен байланыс береді.",
    "en": "By decision of the assembly; the group provides a room and a phone.",
}
CHANNEL = {
    "ru": "Общий адрес электронной почты комиссии.",
    "kk": "Комиссияның ортақ электрондық поштасы.",
    "en": "A mailbox that the commission shares.",
}
ROOM = {"ru": "Офис партнёра", "kk": "Серіктес кеңсесі", "en": "Office of a partner"}
MINUTES = (
    "Комиссия познакомилась с регламентом и планом.\n\nРешили: заявки проверять вдвоём, вопросы "
    "организатору задавать письменно."
)


def steps(part: Part) -> Iterator[Step]:
    yield from _come(part)
    yield from _sign(part)
    yield from _work(part)
    yield from _papers(part)


def partner(part: Part, number: int) -> str:
    return PARTNERS[(part.place + number) % len(PARTNERS)]


def join(
    role: str, part: Part, mailbox: str, name: str, organisation: str, at: datetime
) -> Invitation:
    """Invited by whoever gives the role, and there two hours later."""
    by_secretariat = role == RoleName.ORGANISER
    invitation = people.invite(
        role,
        body=part.election.cycle.body,
        group=part.election.group,
        email=f"{mailbox}-{part.slug}@okil.example",
        name=name,
        organisation=organisation,
        language="ru",
        decision=part.decided(at),
        actor=part.cast.secretary if by_secretariat else part.user(RoleName.ORGANISER),
        at=at,
    )
    people.accept_invitation(invitation.pk, actor=invitation.user, at=at + timedelta(hours=2))
    part.cast.joins(role, part.slug, invitation.user)
    return invitation


def _come(part: Part) -> Iterator[Step]:
    place, names = part.place, part.cast.names
    organiser = part.cast.people[ORGANISERS[place]] if place < len(ORGANISERS) else next(names)
    yield (
        part.at(7, 10, 9, place),
        partial(join, RoleName.ORGANISER, part, "organiser", organiser, ""),
    )
    for number in range(part.script.commission):
        box, from_ = f"commission-{number + 1}", partner(part, number)
        yield (
            part.at(7, 22, 9 + number, place),
            partial(join, RoleName.COMMISSIONER, part, box, next(names), from_),
        )
    for number in range(part.script.observers):
        box, from_ = f"observer-{number + 1}", partner(part, 3)
        yield (
            part.at(7, 29, 9 + number, place),
            partial(join, RoleName.OBSERVER, part, box, next(names), from_),
        )


def _sign(part: Part) -> Iterator[Step]:
    """Each signs the day after they came; of a role that has not signed all yet, the last one waits."""
    there = {
        RoleName.ORGANISER: (part.at(7, 11, 10, part.place), 1),
        RoleName.COMMISSIONER: (part.at(7, 23, 10, part.place), part.script.commission),
        RoleName.OBSERVER: (part.at(7, 30, 10, part.place), part.script.observers),
    }
    for role, (at, number) in there.items():
        signing = number - 1 if role in part.script.unsigned else number
        for each in range(signing):
            yield at + timedelta(hours=each), partial(_undertake, part, role, each)


def _undertake(part: Part, role: str, number: int, at: datetime) -> None:
    for each, kind in enumerate(ASKED_OF[role]):
        officers.sign_undertaking(
            part.election.pk,
            role=role,
            kind=kind,
            organisation_kind="ngo" if kind == Undertaking.Kind.NO_INTEREST else "",
            actor=part.user(role, number),
            at=at + minutes(each),
        )


def _work(part: Part) -> Iterator[Step]:
    place = part.place
    if RoleName.ORGANISER not in part.script.unsigned:
        yield part.at(7, 12, 11, place), partial(_describe, part)
    for hour, function in enumerate(("commission", "observers"), start=11):
        yield part.at(7, 15, hour, place), partial(_ask, part, function)
    if part.script.commission > 1 and RoleName.COMMISSIONER not in part.script.unsigned:
        yield part.at(8, 2, 12, place), partial(_meet, part)
    if part.script.names_organiser:
        yield part.at(8, 1, 10, place), partial(_publish_name, part)
    for state in (State.VOTING, State.COUNTING):
        if (entered := part.entered(state)) is not None:
            for number in range(part.script.observers):
                at = entered + timedelta(hours=3, minutes=number)
                yield at, partial(_be_present, part, number)


def _describe(part: Part, at: datetime) -> None:
    officers.describe_officers(
        part.election.pk,
        commission_name=COMMISSION,
        organiser_enabled=ENABLED,
        channel=CHANNEL,
        actor=part.user(RoleName.ORGANISER),
        at=at,
    )


def _ask(part: Part, function: str, at: datetime) -> None:
    """A partner is asked in writing, and answers if somebody came from there."""
    actor = part.user(RoleName.ORGANISER)
    letter = partners.write_letter(
        part.election.pk,
        function=function,
        organisation=partner(part, 3 if function == "observers" else 1),
        answer_by=part.day(7, 19),
        actor=actor,
        at=at,
    )
    came = part.script.observers if function == "observers" else part.script.commission > 1
    if came:
        answered_at = at + timedelta(days=2)
        partners.record_reply(
            letter.pk,
            reply="accepted",
            replied_on=part.day_of(answered_at),
            actor=actor,
            at=answered_at,
        )


def _meet(part: Part, at: datetime) -> None:
    meetings.record_meeting(
        part.election.pk,
        kind=Meeting.Kind.ORIENTATION,
        begins_at=at - timedelta(hours=2),
        ends_at=at - timedelta(hours=1),
        place=ROOM,
        present=list(_roles(part, RoleName.COMMISSIONER)),
        minutes=MINUTES,
        actor=part.user(RoleName.COMMISSIONER),
        at=at,
    )


def _roles(part: Part, role: str) -> Iterator[Role]:
    for user in part.everybody(role):
        yield part.election.group.roles.get(role=role, ends_at=None, person__user=user)


def _publish_name(part: Part, at: datetime) -> None:
    people.publish_name(public=True, actor=part.user(RoleName.ORGANISER), at=at)


def _be_present(part: Part, number: int, at: datetime) -> None:
    day = part.day_of(at)
    user: User = part.user(RoleName.OBSERVER, number)
    if not part.election.presences.filter(role__person__user=user, day=day).exists():
        officers.enter_presence(part.election.pk, day=day, actor=user, at=at)


def _papers(part: Part) -> Iterator[Step]:
    yield part.at(8, 5, 12, part.place), partial(_adopt, part)
    if part.script.dates is not None:
        yield part.at(8, 5, 13, part.place), partial(_date, part)


def _adopt(part: Part, at: datetime) -> None:
    regulations.adopt_regulation(
        part.election.group.pk,
        content=part.script.rules,
        decision=DecisionFacts(made_by=ASSEMBLY, made_on=part.day(6, 20)),
        is_public=part.script.rules_public,
        seen_version=0,
        actor=part.user(RoleName.ORGANISER),
        at=at,
    )


def _date(part: Part, at: datetime) -> None:
    stages.set_dates(part.election.pk, dates=part.dates, actor=part.user(RoleName.ORGANISER), at=at)
