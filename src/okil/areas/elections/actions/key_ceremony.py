"""Key holders make the key of a secret online vote (section 5.3): the server carries their messages, checks
what can be checked, and learns nothing.

Rounds: everybody certifies; everybody compares the fingerprints by voice; everybody shares; everybody
finishes. Each round begins when the one before is complete, so it may take days.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections import access
from okil.areas.elections.actions.current import running
from okil.areas.elections.models import Election, KeyCeremony, KeyHolder
from okil.areas.elections.queries.ballots import rules_of
from okil.areas.elections.queries.ceremonies import Parts, ceremony_of, parts_of
from okil.areas.elections.queries.voting import vote_of
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.ballots import ceremony, group
from okil.pure.ballots.credentials import random_base58
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.trustees import read_certificate
from okil.pure.encoding import NotCanonical, canonical_json
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

HOLDERS = 3  # PROTOCOL 16.5
NEEDED = 2
UUID_LENGTH = 22
MAY_HOLD = (RoleName.COMMISSIONER, RoleName.OBSERVER)
FEWEST_OF_THE_COMMISSION = 2


@transaction.atomic
def begin_key_ceremony(
    election_id: int, *, holders: Sequence[int], actor: User, at: datetime
) -> KeyCeremony:
    """`holders`: numbers of three commission members, or of two and of an observer who holds the third
    share. Any two open the count.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-before-the-vote,
    no-secret-online-vote, key-ceremony-begun, key-holders-wrong.
    """
    election, row = running(election_id)
    acting = access.require_confidence(actor, "decide", "ballots", election)
    if row.state != State.CANDIDATES_PUBLISHED:
        raise Refused("not-before-the-vote")
    rules = rules_of(row)
    if rules.secrecy != "secret" or "online" not in rules.vote_channels:
        raise Refused("no-secret-online-vote")
    if ceremony_of(row) is not None:
        raise Refused("key-ceremony-begun")
    roles = _holders(election, holders)
    begun = KeyCeremony.objects.create(
        round=row,
        uuid=random_base58(UUID_LENGTH, secrets.token_bytes),
        size=HOLDERS,
        threshold=NEEDED,
        begun_at=at,
    )
    KeyHolder.objects.bulk_create(
        KeyHolder(ceremony=begun, index=index, role=role) for index, role in enumerate(roles, 1)
    )
    _note("key.begun", acting, begun, at=at, after={"holders": sorted(holders)})
    return begun


def _holders(election: Election, numbers: Sequence[int]) -> list[Role]:
    found = election.group.roles.filter(
        role__in=MAY_HOLD, ends_at=None, person__number__in=numbers
    ).select_related("person")
    roles = list(found.order_by("person__number"))
    of_the_commission = sum(role.role == RoleName.COMMISSIONER for role in roles)
    if len(set(numbers)) != HOLDERS or len(roles) != HOLDERS:
        raise Refused("key-holders-wrong")
    if of_the_commission < FEWEST_OF_THE_COMMISSION:
        raise Refused("key-holders-wrong")
    if election.group.roles.filter(
        role=RoleName.CODE_MAKER, ends_at=None, person__in=[role.person_id for role in roles]
    ).exists():
        raise Refused("key-holder-makes-codes")
    return roles


def _own_part(ceremony_id: int, step: str, actor: User) -> tuple[Parts, KeyHolder, Actor]:
    """The actor's own place in a ceremony that goes on, held; it must be their turn to do this.

    Raises Refused: annulled, suspended, not-a-key-holder, undertaking-missing, key-given-up,
    not-this-step.
    """
    election_id = KeyCeremony.objects.values_list("round__election", flat=True).get(pk=ceremony_id)
    election, _row = running(election_id)
    held = locked(KeyCeremony, ceremony_id)
    parts = parts_of(held)
    own = next((each for each in parts.holders if each.role.person.user_id == actor.pk), None)
    if own is None or own.role.ends_at is not None:
        raise Refused("not-a-key-holder")
    acting = Actor(own.role.role, own.role.person.number)
    if not access.has_promised(acting, election):
        raise Refused("undertaking-missing")
    if held.given_up_at is not None:
        raise Refused("key-given-up")
    if parts.step_of(own) != step:
        raise Refused("not-this-step")
    return parts, own, acting


@transaction.atomic
def certify(
    ceremony_id: int, *, certificate: Any, polynomial: Any, actor: User, at: datetime
) -> KeyHolder:
    """Step 1. Raises Refused as every step (not-a-key-holder, key-given-up, not-this-step, …), and
    key-part-wrong."""
    parts, own, acting = _own_part(ceremony_id, "certify", actor)
    held = parts.ceremony
    with _checked():
        read = read_certificate(certificate, where="certificate")
        context = {"group": group.NAME, "size": held.size, "threshold": held.threshold}
        expected = canonical_json({**context, "index": own.index})
        if read.context is None or canonical_json(read.context) != expected:
            raise Malformed("certificate-context-wrong", where="certificate")
        if read.coefexps_hash is None:
            raise Malformed("coefficients-not-promised", where="certificate")
    own.certificate, own.polynomial = _written(certificate), _written(polynomial)
    own.certified_at = at
    own.save(update_fields=["certificate", "polynomial", "certified_at"])
    _note("key.certified", acting, held, at=at, after={"place": own.index})
    return own


@transaction.atomic
def confirm_fingerprints(
    ceremony_id: int, *, seen: Sequence[str], actor: User, at: datetime
) -> KeyHolder:
    """Step 2: the holder heard from the others the fingerprints that the own browser shows (`seen`).

    Raises Refused as every step, and fingerprints-changed.
    """
    parts, own, acting = _own_part(ceremony_id, "compare", actor)
    if list(seen) != parts.fingerprints:
        raise Refused("fingerprints-changed")
    own.compared_at = at
    own.save(update_fields=["compared_at"])
    _note("key.compared", acting, parts.ceremony, at=at, after={"place": own.index})
    return own


@transaction.atomic
def hand_in_share(ceremony_id: int, *, share: Any, actor: User, at: datetime) -> KeyHolder:
    """Step 3. Raises Refused as every step, and key-part-wrong."""
    parts, own, acting = _own_part(ceremony_id, "share", actor)
    with _checked():
        threshold = parts.ceremony.threshold
        ceremony.require_share(parts.certificates, own.index, share, threshold=threshold)
    own.share, own.shared_at = _written(share), at
    own.save(update_fields=["share", "shared_at"])
    _note("key.shared", acting, parts.ceremony, at=at, after={"place": own.index})
    return own


@transaction.atomic
def hand_in_key(ceremony_id: int, *, output: Any, actor: User, at: datetime) -> KeyHolder:
    """Step 5; with the last one the key of the election is there, checked as a stranger will.

    Raises Refused as every step, and key-part-wrong.
    """
    parts, own, acting = _own_part(ceremony_id, "finish", actor)
    held = parts.ceremony
    with _checked():
        certs, shares = parts.certificates, parts.shares
        ceremony.require_output(certs, shares, own.index, output, threshold=held.threshold)
    own.private_key = _written(output["private_key"])
    own.public_key = _written(output["public_key"])
    own.finished_at = at
    own.save(update_fields=["private_key", "public_key", "finished_at"])
    _note("key.finished", acting, held, at=at, after={"place": own.index})
    if parts.all_finished:
        record_ = ceremony.threshold_record(certs, shares, parts.outputs, threshold=held.threshold)
        held.trustees, held.finished_at = canonical_json([record_]), at
        held.save(update_fields=["trustees", "finished_at"])
    return own


@transaction.atomic
def give_up_key(ceremony_id: int, *, reason: str, actor: User, at: datetime) -> KeyCeremony:
    """A key file was lost, or a member left: another ceremony begins anew, for another uuid (16.5).

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, key-given-up, key-in-use.
    """
    election_id = KeyCeremony.objects.values_list("round__election", flat=True).get(pk=ceremony_id)
    election, row = running(election_id)
    acting = access.require_confidence(actor, "decide", "ballots", election)
    held = locked(KeyCeremony, ceremony_id)
    if held.given_up_at is not None:
        raise Refused("key-given-up")
    if vote_of(row) is not None:
        raise Refused("key-in-use")
    held.given_up_at, held.reason = at, reason.strip()
    held.save(update_fields=["given_up_at", "reason"])
    _note("key.given_up", acting, held, at=at)
    return held


def _written(value: Any) -> str:
    """In the order in which it came: that is what was signed."""
    return canonical_json(value).decode()


@contextmanager
def _checked() -> Iterator[None]:
    """What a browser handed in is checked as a stranger's; nothing of it is trusted."""
    try:
        yield
    except (Malformed, NotCanonical, KeyError, TypeError, ValueError):
        raise Refused("key-part-wrong") from None


def _note(
    event: str,
    acting: Actor,
    held: KeyCeremony,
    *,
    at: datetime,
    after: dict[str, Any] | None = None,
) -> None:
    chapter = held.round.election.chapter
    record(event, actor=acting, subject=held, at=at, chapter=chapter, after=after)
