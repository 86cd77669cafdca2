"""Before a secret online vote: the code-maker hands in the list of codes, the commission freezes all
(sections 16.1 to 16.4)."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from okil.areas.bodies.models import RoleName
from okil.areas.elections import access
from okil.areas.elections.actions.board import Files, set_up_vote
from okil.areas.elections.actions.current import running
from okil.areas.elections.documents.online_ballots import names_of, questions_of
from okil.areas.elections.models import (
    CodeList,
    Complaint,
    Election,
    KeyCeremony,
    KeyHolder,
    OnlineVote,
    Round,
)
from okil.areas.elections.queries.ceremonies import ceremony_of
from okil.areas.elections.queries.count import contests_voted
from okil.areas.elections.queries.voters import registration_round, roll_of
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.ballots.credentials import (
    credential_texts,
    read_credentials,
    require_credentials_in_group,
)
from okil.pure.ballots.election import election_record
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.names import description_of
from okil.pure.ballots.trustees import read_trustees
from okil.pure.encoding import NotCanonical, canonical_json, sha256_base64
from okil.pure.refusal import Refused
from okil.pure.rules.online import spares_for
from okil.pure.rules.stages import State

AGAINST_REFUSALS = (Complaint.Act.ROLL, Complaint.Act.ADMISSION)


@transaction.atomic
def hand_in_codes(election_id: int, *, content: bytes, actor: User, at: datetime) -> CodeList:
    """The public list that the code-maker's browser made for the uuid of the key: shuffled by sorting,
    one for each voter and the spares. A new list takes the place of one that was not frozen yet.

    Raises Refused: not-the-code-maker, suspended, annulled, not-before-the-vote,
    key-missing, key-holder-makes-codes, codes-wrong, codes-too-few.
    """
    election, row = running(election_id)
    _require_before_the_vote(row)
    held = _ceremony(row)
    role = election.group.roles.filter(
        role=RoleName.CODE_MAKER, ends_at=None, person__user=actor
    ).first()
    if role is None:
        raise Refused("not-the-code-maker")
    acting = Actor(role.role, role.person.number)  # who sees roll numbers, and nothing of a person
    if KeyHolder.objects.filter(ceremony=held, role__person=role.person_id).exists():
        raise Refused("key-holder-makes-codes")
    fingerprint, codes = _read(content)
    voters = roll_of(row).count()
    if codes != voters + spares_for(voters):
        raise Refused("codes-too-few", needed=voters + spares_for(voters))
    made, _new = CodeList.objects.update_or_create(
        ceremony=held,
        defaults={
            "maker": role,
            "content": content,
            "codes": codes,
            "spares": codes - voters,
            "fingerprint": fingerprint,
            "made_at": at,
        },
    )
    record(
        "codes.handed_in",
        actor=acting,
        subject=made,
        at=at,
        chapter=election.chapter,
        after={"codes": codes, "spares": made.spares, "fingerprint": fingerprint},
    )
    return made


def _read(content: bytes) -> tuple[str, int]:
    """Fingerprint and number of a list in which all is as it must be: sorted, in the group, unweighted."""
    try:
        listed = read_credentials(content)
        require_credentials_in_group(credential_texts(content))
    except (Malformed, NotCanonical):
        raise Refused("codes-wrong") from None
    if not listed.is_sorted or set(listed.weights.values()) != {1}:
        raise Refused("codes-wrong")
    return listed.fingerprint, len(listed)


@transaction.atomic
def freeze_vote(election_id: int, *, actor: User, at: datetime) -> OnlineVote:
    """Setup: candidates in the order drawn, key, codes. Nothing of it changes any more.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-before-the-vote,
    key-missing, codes-missing, codes-too-few, order-missing, nothing-voted-on, complaint-open,
    set-up-already.
    """
    election, row = running(election_id)
    acting = access.require_confidence(actor, "decide", "ballots", election)
    _require_before_the_vote(row)
    held = _ceremony(row)
    _require_no_complaint(row)
    files, voters = _files(row, held), list(roll_of(row))
    vote = set_up_vote(row, files=files, voters=voters, at=at)
    record(
        "vote.set_up",
        actor=acting,
        subject=vote,
        at=at,
        chapter=election.chapter,
        after={
            "uuid": vote.uuid,
            "fingerprint": sha256_base64(files.election),
            "voters": len(voters),
        },
    )
    return vote


def _require_before_the_vote(row: Round) -> None:
    if row.state != State.CANDIDATES_PUBLISHED:
        raise Refused("not-before-the-vote")


def _ceremony(row: Round) -> KeyCeremony:
    found = ceremony_of(row)
    if found is None or found.finished_at is None:
        raise Refused("key-missing")
    return locked(KeyCeremony, found.pk)


def _require_no_complaint(row: Round) -> None:
    """Who complains against a refusal may yet be on the roll, or on the paper (16.1)."""
    registered = registration_round(row)
    waiting = Complaint.objects.filter(
        round__in=(row, registered), act__in=AGAINST_REFUSALS, decided_at=None, withdrawn_at=None
    )
    if waiting.exists():
        raise Refused("complaint-open")


def _files(row: Round, held: KeyCeremony) -> Files:
    codes = CodeList.objects.filter(ceremony=held).first()
    if codes is None:
        raise Refused("codes-missing")
    voters = roll_of(row).count()
    if codes.codes != voters + spares_for(voters):  # a decision on a complaint changed the roll
        raise Refused("codes-too-few", needed=voters + spares_for(voters))
    contests = [each for each in contests_voted(row) if each.held.is_voted_on]
    if not contests:
        raise Refused("nothing-voted-on")
    if not all(each.is_drawn for each in contests):
        raise Refused("order-missing")
    trustees = bytes(held.trustees or b"")
    names = names_of(contests, secrets.token_bytes)
    election = election_record(
        uuid=held.uuid,
        name=_code(row.election),
        description=description_of(names),
        public_key=read_trustees(trustees).public_key,
        questions=questions_of(contests),
        administrator="Okil",
        credential_authority=f"C-{codes.maker.person.number:02}",
    )
    return Files(election, trustees, bytes(codes.content), canonical_json(names))


def _code(election: Election) -> str:
    """A neutral code: names stand in the names file, from which they can be withdrawn (16.2)."""
    return f"G-{election.pk:02}"
