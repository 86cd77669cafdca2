"""Officers who have signed, partners who were asked, a commission that met."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from okil.areas.bodies.models import Role, RoleName
from okil.areas.bodies.queries import officers_of
from okil.areas.elections.actions import meetings, officers, partners
from okil.areas.elections.models import Election, Meeting, PartnerLetter, Undertaking
from okil.areas.elections.queries.officers import ASKED_OF, officers_in
from okil.foundation.accounts.models import User

PLACE = {"ru": "Астана, офис партнёра", "kk": "Астана, серіктес кеңсесі"}
# A plant: minutes may speak of people.
MINUTES = "Заявка № 3 (Шалфеева Роза) проверена.\n\nРешили: запросить решение собрания."


def roles_of(election: Election, role: str) -> list[Role]:
    return [each for each in officers_of(election.group) if each.role == role]


def user_of(role: Role) -> User:
    assert role.person.user is not None
    return role.person.user


def signed(election: Election, role: Role, *, at: datetime) -> None:
    """Whoever holds this role signs what is asked of it, if they have not."""
    done = set(election.undertakings.filter(role=role).values_list("kind", flat=True))
    for kind in ASKED_OF[role.role]:
        if kind not in done:
            officers.sign_undertaking(
                election.pk,
                role=role.role,
                kind=kind,
                organisation_kind="ngo" if kind == Undertaking.Kind.NO_INTEREST else "",
                actor=user_of(role),
                at=at,
            )


def all_signed(election: Election, *, at: datetime) -> None:
    """Organiser, commission and observers have signed everything."""
    for officer in officers_in(election):
        signed(election, officer.role, at=at)


def fulfil_organiser_undertaken(election: Election, *, at: datetime) -> None:
    for role in roles_of(election, RoleName.ORGANISER):
        signed(election, role, at=at)


def fulfil_commission_declared(election: Election, *, at: datetime) -> None:
    for role in roles_of(election, RoleName.COMMISSIONER):
        signed(election, role, at=at)


def fulfil_observers_invited(election: Election, *, at: datetime) -> None:
    """By letter, where nobody observes yet."""
    if not roles_of(election, RoleName.OBSERVER):
        letter(election, function="observers", at=at)


def letter(
    election: Election,
    *,
    function: str = "commission",
    organisation: str = "Центр «Шалғын»",
    answer_by: date | None = None,
    at: datetime,
) -> PartnerLetter:
    return partners.write_letter(
        election.pk,
        function=function,
        organisation=organisation,
        answer_by=answer_by or (at + timedelta(days=7)).date(),
        actor=user_of(roles_of(election, RoleName.ORGANISER)[0]),
        at=at,
    )


def meeting(election: Election, *, at: datetime, minutes: str = MINUTES) -> Meeting:
    """The whole commission met and has just parted; its first member wrote the minutes."""
    commission = roles_of(election, RoleName.COMMISSIONER)
    for role in commission:
        signed(election, role, at=at)
    return meetings.record_meeting(
        election.pk,
        kind=Meeting.Kind.ORIENTATION,
        begins_at=at - timedelta(hours=2),
        ends_at=at - timedelta(hours=1),
        place=PLACE,
        present=commission,
        minutes=minutes,
        actor=user_of(commission[0]),
        at=at,
    )
