"""Key holders, code-maker and voters, each doing what their browser does, up to the open count."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import casting, key_ceremony, opening, vote_setup
from okil.areas.elections.models import Election, KeyCeremony, KeyHolder, OnlineVote
from okil.areas.elections.queries import voting as queries
from okil.areas.elections.queries.ceremonies import ceremony_of, parts_of
from okil.areas.elections.queries.voters import roll_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import voters as roll
from okil.foundation.accounts.models import User
from okil.pure.ballots import ceremony, credentials, signing
from okil.pure.ballots.ballot import make_ballot
from okil.pure.ballots.decryption import partial_decryption
from okil.pure.ballots.group import Chance, Scalar
from okil.pure.encoding import sha256_hex
from okil.pure.rules.online import spares_for
from okil.pure.rules.stages import State

AT = making.DRAWN_AT
VOTERS = 6
RULES = {
    **given.RULES,
    "commission_size": 3,
    "secrecy": "secret",
    "vote_channels": ["assembly_paper", "online"],
    "closing_hours": 0,
}


def chance_from(seed: str) -> Chance:
    """The same again for the same seed."""
    counter = itertools.count()

    def chance(length: int) -> bytes:
        parts = b""
        while len(parts) < length:
            parts += hashlib.sha256(f"{seed} {next(counter)}".encode()).digest()
        return parts[:length]

    return chance


def election(*, voters: int = VOTERS, rules: dict[str, Any] | None = None) -> Election:
    """The list of candidates is published, the order drawn; three sit in the commission."""
    found = given.election(State.REGISTRATION, rules=rules or RULES, commission=3)
    bodies.officer(RoleName.CODE_MAKER, found.group)
    listing.listed(found, 3, voters=voters)
    making.drawn(found)
    roll.promised(found)
    return found


def commissioners(found: Election) -> list[User]:
    roles = found.group.roles.filter(role=RoleName.COMMISSIONER, ends_at=None)
    users = (role.person.user for role in roles.order_by("person__number"))
    return [user for user in users if user is not None]


def code_maker(found: Election) -> User:
    user = found.group.roles.get(role=RoleName.CODE_MAKER).person.user
    assert user is not None
    return user


def numbers_of(found: Election, role: str = RoleName.COMMISSIONER) -> list[int]:
    roles = found.group.roles.filter(role=role, ends_at=None)
    return list(roles.order_by("person__number").values_list("person__number", flat=True))


def begun(found: Election) -> KeyCeremony:
    return key_ceremony.begin_key_ceremony(
        found.pk, holders=numbers_of(found), actor=given.commissioner_of(found), at=AT
    )


@dataclass
class Browser:
    """What one member's browser can do; the seed is all it keeps."""

    held: KeyCeremony
    holder: KeyHolder
    chance: Chance = field(init=False)
    member: signing.MemberKeys = field(init=False)

    def __post_init__(self) -> None:
        self.chance = chance_from(f"member {self.holder.index}")
        self.member = signing.member_keys(signing.make_seed(self.chance))

    @property
    def user(self) -> User:
        user = self.holder.role.person.user
        assert user is not None
        return user

    def certify(self) -> None:
        made = ceremony.open_ceremony(
            self.member, index=self.holder.index, size=3, threshold=2, chance=self.chance
        )
        key_ceremony.certify(self.held.pk, **made, actor=self.user, at=AT)

    def compare(self) -> None:
        seen = parts_of(self.held).fingerprints
        key_ceremony.confirm_fingerprints(self.held.pk, seen=seen, actor=self.user, at=AT)

    def share(self) -> None:
        self.holder.refresh_from_db()
        made = ceremony.share(
            self.member,
            parts_of(self.held).certificates,
            json.loads(self.holder.polynomial or ""),
            threshold=2,
            chance=self.chance,
        )
        key_ceremony.hand_in_share(self.held.pk, share=made, actor=self.user, at=AT)

    def output(self) -> dict[str, Any]:
        parts = parts_of(self.held)
        return ceremony.receive_shares(
            self.member,
            parts.certificates,
            parts.delivered_to(self.holder),
            threshold=2,
            chance=self.chance,
        )

    def finish(self) -> None:
        key_ceremony.hand_in_key(self.held.pk, output=self.output(), actor=self.user, at=AT)

    def key(self) -> Scalar:
        self.holder.refresh_from_db()
        return ceremony.open_decryption_key(self.member, json.loads(self.holder.private_key or ""))

    def partial(self, vote: OnlineVote) -> bytes:
        return partial_decryption(
            queries.election_of(vote),
            queries.entries_of(vote),
            sha256_hex(bytes(vote.tally or b"")),
            self.holder.index,
            self.key(),
            self.chance,
        )

    def open(self, vote: OnlineVote) -> None:
        opening.hand_in_opening(
            vote.pk, partial=self.partial(vote), actor=self.user, at=given.ENTERED[State.COUNTING]
        )


def browsers(held: KeyCeremony) -> list[Browser]:
    return [Browser(held, holder) for holder in parts_of(held).holders]


STEPS: tuple[Callable[[Browser], None], ...] = (
    Browser.certify,
    Browser.compare,
    Browser.share,
    Browser.finish,
)


def key_made(found: Election) -> list[Browser]:
    members = browsers(begun(found))
    for step in STEPS:
        for member in members:
            step(member)
    return members


@cache
def codes(count: int) -> tuple[str, ...]:
    chance = chance_from("codes")
    return tuple(credentials.make_code(chance) for _ in range(count))


def codes_handed_in(found: Election) -> tuple[str, ...]:
    """The code of each voter, by place on the roll, and behind them the spares."""
    held = ceremony_of(given.round_of(found))
    assert held is not None
    voters = roll_of(given.round_of(found)).count()
    made = codes(voters + spares_for(voters))
    publics = [
        credentials.public_credential(credentials.secret_of(code, held.uuid)) for code in made
    ]
    vote_setup.hand_in_codes(
        found.pk, content=credentials.credentials_record(publics), actor=code_maker(found), at=AT
    )
    return made


def frozen(found: Election) -> OnlineVote:
    return vote_setup.freeze_vote(found.pk, actor=given.commissioner_of(found), at=AT)


def cast(vote: OnlineVote, ticket: str, code: str, choices: list[list[int]], *, at: Any) -> None:
    read = queries.election_of(vote)
    body = make_ballot(
        read, credentials.secret_of(code, vote.uuid), choices, chance_from(f"{ticket} {choices}")
    )
    casting.cast_ballot(ticket, body, at=at)
