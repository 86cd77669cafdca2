"""The lists: frozen at the closing, handed over, published; and places for which nobody stands."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies.access import require
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.elections import access
from okil.areas.elections.actions.officers import hold_number, issue_for
from okil.areas.elections.actions.voters import Registration, hold_registration
from okil.areas.elections.documents import candidates as candidate_papers
from okil.areas.elections.documents import voters as voter_papers
from okil.areas.elections.models import Candidate, Closing, Contestant, Election, EmptyPost, Round
from okil.areas.elections.queries import admission as deciding
from okil.areas.elections.queries import candidates as queries
from okil.areas.elections.queries import lists as known
from okil.areas.elections.queries import voters as roll
from okil.areas.elections.queries.officers import newest_paper
from okil.foundation import documents, vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.models import File, Issued
from okil.foundation.locking import locked
from okil.pure.hashchain import canonical_bytes
from okil.pure.refusal import Refused

SALT_BYTES = 32
KINDS = {
    voter_papers.ROLL: "voter_application",
    candidate_papers.LIST: "candidate_application",
    candidate_papers.ADMISSION: "candidate_application",
    candidate_papers.PUBLISHED: "candidate_list",
}


@transaction.atomic
def close_registration(election_id: int, *, actor: User, at: datetime) -> Closing:
    """Both lists are frozen as they are, and issued (3.12, 3.13); what comes later is kept, marked late.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    registration-closed, registration-still-open.
    """
    registration = hold_registration(election_id, at=at)
    election, row = registration.election, registration.row
    acting = access.require_confidence(actor, "change", "voter_application", election)
    if registration.closing is not None:
        raise Refused("registration-closed", closed_at=registration.closing.closed_at)
    if not registration.is_late(at):
        raise Refused("registration-still-open", ends_at=registration.ends_at)
    salt = secrets.token_hex(SALT_BYTES)
    candidates = row.candidates.filter(is_late=False, withdrawn_at=None).count()
    closing = Closing.objects.create(
        round=row,
        closed_at=at,
        voters=roll.roll_counts(row).in_time,
        candidates=candidates,
        commitment=commitment(salt, row),
        salt=salt,
    )
    _hold_number(voter_papers.ROLL, election, row, at=at)
    _issue_roll(election, closing, acting, at=at)
    applied = list(queries.candidates_of(row))
    names = _names(election, applied, acting, at=at)
    _issue_list(election, closing, applied, names, at=at)
    record(
        "registration.closed",
        actor=acting,
        subject=closing,
        at=at,
        chapter=election.chapter,
        after={
            "voters": closing.voters,
            "candidates": candidates,
            "commitment": closing.commitment,
        },
    )
    return closing


def commitment(salt: str, row: Round) -> str:
    """SHA-256 of the salt and the roll as it is: names take part as keyed hashes, nothing is opened."""
    return hashlib.sha256(salt.encode() + canonical_bytes(roll_committed(row))).hexdigest()


def roll_committed(row: Round) -> dict[str, Any]:
    fields = ("number", "kind", "region", "organisation", "source", "status")
    return {
        "format": "okil-roll/1",
        "round": row.pk,
        "voters": [
            {
                **{name: getattr(voter, name) for name in fields},
                "consented_on": voter.consented_on.isoformat(),
                "name": bytes(voter.name_key).hex(),
            }
            for voter in roll.voters_of(row).filter(is_late=False).defer("name")
        ],
    }


# Posts that nobody stands for, and the list


@transaction.atomic
def record_empty_post(
    election_id: int,
    *,
    place: str,
    reason: dict[str, str],
    meeting_on: date,
    decision: DecisionFacts,
    help: dict[str, str],  # noqa: A002 (as the field of the model)
    actor: User,
    at: datetime,
) -> EmptyPost:
    """Why nobody stands for a place, which meeting spoke of it, what it decided, who helps (3.18).

    Raises Refused: not-allowed, suspended, annulled, not-in-registration, lists-not-closed,
    post-recorded, post-not-empty, meeting-day-to-come, decision-in-the-future.
    """
    registration, acting = _on_the_list(election_id, actor=actor, at=at)
    election, row = registration.election, registration.row
    places = known.places_for(row, queries.rules_of(election.group))
    if row.empty_posts.filter(place=place).exists():
        raise Refused("post-recorded")
    if place not in known.places_that_may_be_empty(list(row.candidates.all()), places):
        raise Refused("post-not-empty")
    if meeting_on > at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date():
        raise Refused("meeting-day-to-come")
    post = EmptyPost.objects.create(
        round=row,
        place=place,
        reason=reason,
        meeting_on=meeting_on,
        decision=write_decision(election.cycle.body, decision, at=at, group=election.group),
        help=help,
        recorded_at=at,
    )
    record(
        "post.empty",
        actor=acting,
        subject=post,
        at=at,
        chapter=election.chapter,
        after={"place": place},
    )
    return post


def _on_the_list(election_id: int, *, actor: User, at: datetime) -> tuple[Registration, Actor]:
    """The organiser at the frozen list."""
    registration = hold_registration(election_id, at=at)
    election = registration.election
    acting = require(
        actor, "change", "candidate_list", body=election.cycle.body, group=election.group
    )
    if registration.closing is None:
        raise Refused("lists-not-closed")
    return registration, acting


@transaction.atomic
def hand_over_list(election_id: int, *, actor: User, at: datetime) -> Closing:
    """The list with the commission's decisions goes to the Secretariat (4.01).

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    lists-not-closed, list-handed-over, candidates-undecided.
    """
    registration, _acting = _on_the_list(election_id, actor=actor, at=at)
    election, row = registration.election, registration.row
    acting = access.require_confidence(actor, "see", "candidate_application", election)
    closing = locked(Closing, row.closing.pk)
    if closing.handed_over_at is not None:
        raise Refused("list-handed-over", at=closing.handed_over_at)
    standing = list(row.candidates.filter(withdrawn_at=None, is_late=False))
    if waiting := known.undecided(standing):
        raise Refused("candidates-undecided", count=waiting)
    closing.handed_over_at = at
    closing.save(update_fields=["handed_over_at"])
    _hold_number(candidate_papers.LIST, election, row, at=at)
    applied = list(queries.candidates_of(row).select_related("settled_by"))
    names = _names(election, applied, acting, at=at)
    _issue_list(election, closing, applied, names, at=at)
    decided = [each for each in applied if each.withdrawn_at is None and not each.is_late]
    _issue_admission(election, row, decided, names, acting, at=at)
    admitted = sum(each.outcome == Candidate.Outcome.ADMITTED for each in standing)
    record(
        "list.handed_over",
        actor=acting,
        subject=closing,
        at=at,
        chapter=election.chapter,
        after={"admitted": admitted, "refused": len(standing) - admitted},
    )
    return closing


def publish_list(row: Round, *, at: datetime) -> list[Contestant]:
    """Part of the move that publishes the list: from now on everybody reads what was consented to, the
    admitted are on the ballot paper, and the list is issued (7.17). Once only.
    """
    if newest_paper(candidate_papers.PUBLISHED, row) is not None:
        return []
    admitted = row.candidates.filter(
        outcome=Candidate.Outcome.ADMITTED, withdrawn_at=None, listed_at=None
    )
    places = known.places_for(row, queries.rules_of(row.election.group))
    standing = list(admitted.order_by("number"))
    for candidate in standing:
        candidate.listed_at = at
    Candidate.objects.bulk_update(standing, ["listed_at"])
    contestants = Contestant.objects.bulk_create(
        Contestant(round=row, candidate=candidate, place=place)
        for candidate in standing
        for place in queries.contests_entered(candidate, places)
    )
    issue_published(row, at=at)
    return contestants


# The papers


def _hold_number(kind: str, election: Election, row: Round, *, at: datetime) -> None:
    newest = newest_paper(kind, row)
    hold_number(kind, row, seen=newest.version if newest else 0, body=election.cycle.body, at=at)


def _issue_roll(election: Election, closing: Closing, acting: Actor, *, at: datetime) -> Issued:
    """The roll as it stands, names opened on the record; for everybody numbers only (7.13)."""
    voters = list(roll.voters_of(closing.round))
    opened = vault.open(
        voters, "roll", actor=acting, at=at, chapter=election.chapter, only=["name"]
    )
    facts = voter_papers.roll_facts(
        election,
        closing,
        voters,
        {pk: str(fields["name"] or "") for pk, fields in opened.items()},
        least=queries.rules_of(election.group).cell,
    )
    return issue_for(
        voter_papers.ROLL,
        facts,
        voter_papers.public_roll_facts(facts),
        election,
        about=closing.round,
        at=at,
    )


def _issue_list(
    election: Election,
    closing: Closing,
    candidates: Sequence[Candidate],
    names: dict[int, str],
    *,
    at: datetime,
) -> Issued:
    """The candidates with what was decided so far (7.14)."""
    row = closing.round
    facts = candidate_papers.list_facts(
        election, closing, candidates, names, known.empty_posts_of(row)
    )
    return issue_for(
        candidate_papers.LIST,
        facts,
        candidate_papers.public_list_facts(facts),
        election,
        about=row,
        at=at,
    )


def _issue_admission(
    election: Election,
    row: Round,
    candidates: Sequence[Candidate],
    names: dict[int, str],
    acting: Actor,
    *,
    at: datetime,
) -> Issued:
    """The commission's decision on every candidate, with votes and reasons (7.15)."""
    related = deciding.related_in(candidates, deciding.commission_of(election.group))
    votes = deciding.votes_given(candidates, related)
    given = [vote for by_member in votes.values() for vote in by_member.values()]
    opened = vault.open(given, "candidates", actor=acting, at=at, chapter=election.chapter)
    took_part = {vote.role for vote in given}
    facts = candidate_papers.admission_facts(
        election,
        row,
        candidates,
        names,
        votes,
        {pk: str(fields["reason"]) for pk, fields in opened.items()},
        related,
        sorted(took_part, key=lambda role: role.person.number),
    )
    return issue_for(
        candidate_papers.ADMISSION,
        facts,
        candidate_papers.public_admission_facts(facts),
        election,
        about=row,
        at=at,
    )


def _names(
    election: Election, candidates: Sequence[Candidate], acting: Actor, *, at: datetime
) -> dict[int, str]:
    opened = vault.open(
        candidates, "candidates", actor=acting, at=at, chapter=election.chapter, only=["name"]
    )
    return {pk: str(fields["name"]) for pk, fields in opened.items()}


def issue_published(row: Round, *, at: datetime) -> Issued:
    """Part of an action: the list for everybody, as consented to at this moment (7.17). A later one
    takes the place of the one before."""
    election = row.election
    public = known.public_list(row, queries.rules_of(election.group))
    return issue_for(
        candidate_papers.PUBLISHED,
        candidate_papers.published_facts(election, row, public),
        None,
        election,
        about=row,
        at=at,
    )


@transaction.atomic
def issue_roll(election_id: int, *, actor: User, at: datetime) -> Issued:
    """The roll as the commission verified it: the list to vote from.

    Raises Refused: not-allowed, undertaking-missing, suspended, annulled, not-in-registration,
    lists-not-closed, voters-waiting.
    """
    registration = hold_registration(election_id, at=at)
    election, row, closing = registration.election, registration.row, registration.closing
    acting = access.require_confidence(actor, "change", "voter_application", election)
    if closing is None:
        raise Refused("lists-not-closed")
    if waiting := roll.roll_counts(row)["waiting"]:
        raise Refused("voters-waiting", count=waiting)
    _hold_number(voter_papers.ROLL, election, row, at=at)
    issued = _issue_roll(election, closing, acting, at=at)
    record(
        "roll.issued",
        actor=acting,
        subject=closing,
        at=at,
        chapter=election.chapter,
        after={"version": issued.version},
    )
    return issued


@transaction.atomic
def open_paper(
    file_id: int, *, election: Election, actor: User, at: datetime
) -> tuple[File, bytes]:
    """A file of a paper on the lists; an internal one on the record.

    Raises Refused: not-allowed, undertaking-missing.
    """
    file = File.objects.select_related("issued").get(
        pk=file_id, issued__vault_scope=f"election-{election.pk}", issued__kind__in=KINDS
    )
    if file.published_by_owner:
        require(actor, "see", "election", body=election.cycle.body, group=election.group)
        return file, documents.open_published_file(file)
    acting = access.require_confidence(actor, "see", KINDS[file.issued.kind], election)
    return file, documents.open_file(file, actor=acting, at=at, chapter=election.chapter)
