"""Worlds made by real actions. Other areas' tests begin with these too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from okil.areas.bodies import queries
from okil.areas.bodies.actions import bodies as founding
from okil.areas.bodies.actions import groups as groups_actions
from okil.areas.bodies.actions import memberships as seats_actions
from okil.areas.bodies.actions import people as people_actions
from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import (
    Body,
    Decision,
    ElectoralGroup,
    Invitation,
    Membership,
    Person,
    Role,
    RoleName,
    Seat,
    Vacancy,
)
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.accounts.tests.given import browser_of as browser_of
from okil.foundation.audit import Actor

AT = datetime(2024, 8, 15, 6, 0, tzinfo=UTC)
FOUNDED_ON = date(2018, 1, 1)
PDF = b"%PDF-1.7 the minutes, scanned"
# Plants: nobody is called so. Each may be searched for in what we answer.
SURNAMES = ("Ромашкина", "Клёнова", "Лавандина", "Калинина", "Морошкина", "Клюквина", "Пихтова")
NAMES = ("Дина", "Айгуль", "Вера", "Жанар", "Ирина")

_numbers = count(1)


def a_name() -> str:
    number = next(_numbers)
    return f"{SURNAMES[number % len(SURNAMES)]} {NAMES[number % len(NAMES)]} {number}"


def an_address() -> str:
    return f"person-{next(_numbers)}@example.org"


def decision(*, paper: bytes | None = None) -> DecisionFacts:
    return DecisionFacts(
        made_by="Общее собрание", made_on=date(2024, 8, 1), number="7", paper=paper
    )


def body() -> Body:
    """The one body; its first invitation is not accepted yet."""
    founding.begin_installation(
        name={
            "ru": "Страновой координационный комитет",
            "kk": "Елдік үйлестіру комитеті",
            "en": "Country Coordinating Mechanism",
        },
        languages=["ru", "kk", "en"],
        time_zone="Asia/Almaty",
        secretariat_email=an_address(),
        at=AT,
    )
    return Body.objects.get()


def secretariat(of: Body | None = None) -> User:
    """A person of the Secretariat: the first by the installation's link, the next by invitation."""
    where = of or queries.the_body() or body()
    first = where.invitations.filter(role=RoleName.SECRETARIAT, accepted_at=None).first()
    return accepted(first or invitation(RoleName.SECRETARIAT, body=where))


def _somebody_of_the_secretariat(where: Body) -> User:
    role = queries.secretariat(where).select_related("person__user").first()
    return _user(role.person) if role else secretariat(where)


def _user(person: Person) -> User:
    assert person.user is not None
    return person.user


def group(
    of: Body | None = None,
    *,
    name: str = "",
    slug: str = "",
    seats: int = 1,
    since_on: date = FOUNDED_ON,
    came_from: Sequence[ElectoralGroup] = (),
) -> ElectoralGroup:
    """A group with a neutral public name and an internal one that must stay inside."""
    where = of or queries.the_body() or body()
    number = next(_numbers)
    return groups_actions.create_group(
        body=where,
        code=f"inside-{number}",
        internal_name={"ru": f"внутреннее имя {number}", "kk": "", "en": f"inner name {number}"},
        abbreviation={},
        kind="community",
        public_name={"kk": name or f"Қадам {number}"},
        slug=slug or f"qadam-{number}",
        since_on=since_on,
        seats=seats,
        came_from=came_from,
        decision=decision(),
        actor=_somebody_of_the_secretariat(where),
        at=AT,
    )


def organiser_of(group: ElectoralGroup) -> User:
    """The one there is, or a new one."""
    role = group.roles.filter(role=RoleName.ORGANISER, ends_at=None).first()
    return _user(role.person) if role else officer(RoleName.ORGANISER, group)


def giver_of(role: str, group: ElectoralGroup | None) -> User:
    """Somebody who may give this role."""
    if group is not None and role in (
        RoleName.COMMISSIONER,
        RoleName.CODE_MAKER,
        RoleName.OBSERVER,
    ):
        return organiser_of(group)
    return _somebody_of_the_secretariat(_the_body())


def _the_body() -> Body:
    found = queries.the_body()
    assert found is not None
    return found


def invitation(
    role: str,
    group: ElectoralGroup | None = None,
    *,
    body: Body | None = None,
    email: str = "",
    name: str | None = None,
    replaces: Role | None = None,
) -> Invitation:
    """An open invitation; by default with a name."""
    return people_actions.invite(
        role,
        body=body or (group.body if group else _the_body()),
        group=group,
        email=email or an_address(),
        name=a_name() if name is None else name,
        organisation="Ассоциация «Гүлдер»",
        language="ru",
        decision=decision(),
        replaces=replaces,
        actor=giver_of(role, group),
        at=AT,
    )


def accepted(invitation: Invitation) -> User:
    people_actions.accept_invitation(invitation.pk, name="", actor=invitation.user, at=AT)
    return invitation.user


def officer(role: str, group: ElectoralGroup | None = None, *, name: str | None = None) -> User:
    """A user with a person, a name and this role."""
    return accepted(invitation(role, group, name=name))


def role_of(user: User) -> Role:
    """The latest they were given."""
    role = queries.roles_in_force(user).last()
    assert role is not None
    return role


def membership(
    seat: Seat,
    *,
    position: str = "member",
    begins_on: date = date(2021, 11, 1),
    ends_on: date | None = None,
    end_reason: str = "",
    elected_in: str = "2021",
    person: Person | None = None,
    name: str = "",
    uncertain: bool = False,
) -> Membership:
    return seats_actions.begin_membership(
        seat.pk,
        position=position,
        begins_on=begins_on,
        person=person,
        name="" if person else name or a_name(),
        elected_in=elected_in,
        ends_on=ends_on,
        end_reason=end_reason,
        uncertain=uncertain,
        uncertain_because={"ru": "В таблице два имени."} if uncertain else None,
        actor=_somebody_of_the_secretariat(seat.group.body),
        at=AT,
    )


def vacancy(
    seat: Seat, *, position: str = "alternate", since_on: date = date(2024, 8, 1)
) -> Vacancy:
    return seats_actions.record_vacancy(
        seat.pk,
        position=position,
        since_on=since_on,
        reason={"ru": "Никто не решился."},
        plan={"ru": "Дополнительное собрание."},
        actor=_somebody_of_the_secretariat(seat.group.body),
        at=AT,
    )


def first_seat(group: ElectoralGroup) -> Seat:
    seat = group.seats.order_by("number").first()
    assert seat is not None
    return seat


def ended(role: Role) -> Role:
    group = role.group
    return people_actions.end_role(
        role.pk, decision=decision(), actor=giver_of(role.role, group), at=AT
    )


def group_ended(group: ElectoralGroup, *, until_on: date = date(2024, 7, 31)) -> ElectoralGroup:
    return groups_actions.end_group(
        group.pk,
        until_on=until_on,
        decision=decision(),
        actor=_somebody_of_the_secretariat(group.body),
        at=AT,
    )


def with_paper(role: Role) -> Decision:
    """The decision by which this role was handed over to somebody, with its paper."""
    sent = people_actions.invite(
        role.role,
        body=role.body,
        group=role.group,
        email=an_address(),
        name=a_name(),
        language="ru",
        decision=decision(paper=PDF),
        replaces=role,
        actor=giver_of(role.role, role.group),
        at=AT,
    )
    accepted(sent)
    return sent.decision


def name_of(person: Person) -> str:
    opened = vault.open([person], "officers", actor=Actor("system", None), at=AT)
    return str(opened[person.pk]["name"])
