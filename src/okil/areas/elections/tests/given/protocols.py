"""A protocol drawn up from an agreed count, signed by all; remarks of observers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections.actions import protocols, remarks
from okil.areas.elections.models import Election, Protocol, Remark, Signature
from okil.areas.elections.queries import progress_of
from okil.areas.elections.queries import protocols as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import State

DRAWN_UP_AT = given.moment(9, 13, 16)
SIGNED_AT = given.moment(9, 13, 17)
REMARKED_AT = given.moment(9, 12, 10)
REASON = {"ru": "Исправлена опечатка.", "kk": "Қате түзетілді.", "en": "A slip was corrected."}
# A plant: a remark may name people.
REMARK = "Список лежал открытым, его видела Шалфеева Роза."


def commission_of(election: Election) -> list[User]:
    return [officers.user_of(r) for r in officers.roles_of(election, RoleName.COMMISSIONER)]


def observer_of(election: Election) -> User:
    return given.officer_of(RoleName.OBSERVER, election)


def drawn_up(
    election: Election, *, reason: Mapping[str, str] | None = None, at: datetime = DRAWN_UP_AT
) -> Protocol:
    """The next version, by the first member of the commission; a later one with a reason."""
    officers.all_signed(election, at=at)
    newest = queries.newest(given.round_of(election))
    return protocols.draw_up_protocol(
        election.pk,
        seen_version=newest.version if newest else 0,
        reason=dict(reason or (REASON if newest else {})),
        actor=commission_of(election)[0],
        at=at,
    )


def signed_by(protocol: Protocol, role: Role, *, dissent: str = "", at: datetime) -> Signature:
    return protocols.sign_protocol(
        protocol.round.election_id,
        version=protocol.version,
        dissent=dissent,
        actor=officers.user_of(role),
        at=at,
    )


def signed(election: Election, *, at: datetime = SIGNED_AT) -> Protocol:
    """Drawn up, if it is not; everybody who has not signed signs."""
    protocol = queries.newest(given.round_of(election)) or drawn_up(election)
    there = set(protocol.signatures.values_list("role_id", flat=True))
    for role in queries.signers_of(protocol):
        if role.pk not in there:
            signed_by(protocol, role, at=at)
    return protocol


def remark(election: Election, text: str = REMARK, *, at: datetime = REMARKED_AT) -> Remark:
    """By the first observer."""
    return remark_by(election, officers.roles_of(election, RoleName.OBSERVER)[0], text, at=at)


def remark_by(election: Election, role: Role, text: str = REMARK, *, at: datetime) -> Remark:
    filed = given.round_of(election).remarks.filter(role=role).count()
    return remarks.file_remark(
        election.pk, text=text, filed_before=filed, actor=officers.user_of(role), at=at
    )


def fulfil_protocol_signed(election: Election, *, at: datetime) -> None:
    if queries.newest(given.round_of(election)) is None:
        drawn_up(election, at=at)
    signed(election, at=at)


def is_signed(election: Election) -> bool:
    """By everybody whom the newest version asks; the gate of the next move says the same."""
    newest = queries.newest(given.round_of(election))
    signed = newest is not None and newest.pk in queries.complete_among([newest])
    if given.state_of(election) is State.COUNTING:
        progress = progress_of(election, at=SIGNED_AT)
        assert ("protocol-signed" in {each.gate.code for each in progress.fulfilled}) is signed
    return signed


def signed_on_paper(protocol: Protocol, role: Role, *, at: datetime) -> Signature:
    """The scan, kept by whoever signed it."""
    return protocols.enter_paper_signature(
        protocol.round.election_id,
        version=protocol.version,
        number=role.person.number,
        paper=given.PDF,
        actor=officers.user_of(role),
        at=at,
    )


def stated_absent(
    protocol: Protocol, role: Role, *, at: datetime, reason: str = "Трижды звонили, ответа нет."
) -> Signature:
    """By the first of the commission."""
    election = protocol.round.election
    return protocols.state_absence(
        election.pk,
        version=protocol.version,
        number=role.person.number,
        reason=reason,
        actor=commission_of(election)[0],
        at=at,
    )
