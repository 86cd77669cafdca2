"""The assembly: when and where the group meets, its agenda, the papers that call it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.elections.access import require_confidence
from okil.areas.elections.actions.current import running
from okil.areas.elections.actions.officers import local_day
from okil.areas.elections.documents import assembly as papers
from okil.areas.elections.models import Assembly, Election, Round
from okil.areas.elections.queries.assembly import NEEDED, Item, assembly_of
from okil.areas.elections.queries.voters import roll_of
from okil.foundation import documents, vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.models import File, Issued
from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import canonical_bytes
from okil.pure.refusal import Refused
from okil.pure.rules.stages import ORDER, Stage, State

UNTIL_THE_COUNT = frozenset(ORDER[: ORDER.index(State.COUNTING)])
MOST_ITEMS = 30


@dataclass(frozen=True, slots=True)
class AssemblyPlan:
    """When and where, and the outer circumstances with the days on which they hold."""

    begins_at: datetime
    place: Mapping[str, str]
    conditions: Mapping[str, str]
    since: date | None = None
    until: date | None = None


def agenda_mark(agenda: Sequence[Item]) -> str:
    """Tells one state of the agenda from another: a button pressed twice moves one item once."""
    return sha256_hex(canonical_bytes({"agenda": list(agenda)}))[:12]


@transaction.atomic
def plan_assembly(election_id: int, *, plan: AssemblyPlan, actor: User, at: datetime) -> Assembly:
    """The organiser plans it, or plans it anew until the vote is over.

    Raises Refused: not-allowed, annulled, suspended, assembly-not-now, assembly-outside-the-vote,
    conditions-backwards.
    """
    election, row = running(election_id)
    acting = access.require(
        actor, "change", "assembly", body=election.cycle.body, group=election.group
    )
    _require_before_the_count(row)
    _require_in_the_days_of_the_vote(election, row, plan.begins_at)
    if plan.since and plan.until and plan.until < plan.since:
        raise Refused("conditions-backwards")
    assembly = assembly_of(row) or Assembly(round=row, agenda=[{"code": code} for code in NEEDED])
    assembly.begins_at = plan.begins_at
    assembly.place = dict(plan.place)
    assembly.conditions = _conditions(plan)
    assembly.planned_at = at
    assembly.save()
    record(
        "assembly.planned",
        actor=acting,
        subject=assembly,
        at=at,
        chapter=election.chapter,
        after={"begins_at": plan.begins_at.isoformat()},
    )
    return assembly


def _conditions(plan: AssemblyPlan) -> dict[str, str]:
    """The text in its languages, and beside it the days as they are kept."""
    if not plan.conditions:
        return {}
    days = {"since": plan.since, "until": plan.until}
    return {
        **plan.conditions,
        **{name: day.isoformat() for name, day in days.items() if day is not None},
    }


def _require_before_the_count(row: Round) -> None:
    if State(row.state) not in UNTIL_THE_COUNT:
        raise Refused("assembly-not-now")


def _require_in_the_days_of_the_vote(election: Election, row: Round, begins_at: datetime) -> None:
    """Speeches may come some hours before the vote opens, but on a day of the vote."""
    dated = row.dates.filter(stage=Stage.VOTING).first()
    if dated is None:
        return
    zone = ZoneInfo(election.cycle.body.time_zone)
    first = (dated.begins_at or dated.ends_at).astimezone(zone).date()
    if begins_at.astimezone(zone).date() < first or begins_at >= dated.ends_at:
        raise Refused(
            "assembly-outside-the-vote",
            begins_at=dated.begins_at or dated.ends_at,
            ends_at=dated.ends_at,
        )


# The agenda


@transaction.atomic
def add_item(election_id: int, *, text: Mapping[str, str], actor: User, at: datetime) -> Assembly:
    """An item of the group's own, at the end.

    Raises Refused: not-allowed, annulled, suspended, assembly-not-now, assembly-missing, item-there,
    agenda-full.
    """
    election, assembly, acting = _agenda(election_id, actor=actor, at=at)
    item = {"text": dict(text)}
    if item in assembly.agenda:
        raise Refused("item-there")
    if len(assembly.agenda) >= MOST_ITEMS:
        raise Refused("agenda-full")
    assembly.agenda = [*assembly.agenda, item]
    return _arranged(election, assembly, acting, at=at)


@transaction.atomic
def move_item(
    election_id: int, *, number: int, by: int, seen: str, actor: User, at: datetime
) -> Assembly:
    """An item one place up (-1) or down (1); at the edge it stays.

    Raises Refused: not-allowed, annulled, suspended, assembly-not-now, assembly-missing,
    changed-meanwhile.
    """
    election, assembly, acting = _agenda(election_id, actor=actor, at=at)
    agenda = _as_seen(assembly, number, seen)
    agenda.insert(max(0, number - 1 + by), agenda.pop(number - 1))
    assembly.agenda = agenda
    return _arranged(election, assembly, acting, at=at)


@transaction.atomic
def remove_item(election_id: int, *, number: int, seen: str, actor: User, at: datetime) -> Assembly:
    """An item of the group's own; the five that every assembly needs stay.

    Raises Refused: not-allowed, annulled, suspended, assembly-not-now, assembly-missing,
    changed-meanwhile, item-needed.
    """
    election, assembly, acting = _agenda(election_id, actor=actor, at=at)
    agenda = _as_seen(assembly, number, seen)
    if "code" in agenda[number - 1]:
        raise Refused("item-needed")
    del agenda[number - 1]
    assembly.agenda = agenda
    return _arranged(election, assembly, acting, at=at)


def _agenda(election_id: int, *, actor: User, at: datetime) -> tuple[Election, Assembly, Actor]:
    election, row = running(election_id)
    acting = access.require(
        actor, "change", "assembly", body=election.cycle.body, group=election.group
    )
    _require_before_the_count(row)
    assembly = assembly_of(row)
    if assembly is None:
        raise Refused("assembly-missing")
    return election, assembly, acting


def _as_seen(assembly: Assembly, number: int, seen: str) -> list[Item]:
    if agenda_mark(assembly.agenda) != seen or not 1 <= number <= len(assembly.agenda):
        raise Refused("changed-meanwhile")
    return list(assembly.agenda)


def _arranged(election: Election, assembly: Assembly, acting: Actor, *, at: datetime) -> Assembly:
    assembly.save(update_fields=["agenda"])
    record(
        "assembly.agenda_set",
        actor=acting,
        subject=assembly,
        at=at,
        chapter=election.chapter,
        after={"items": len(assembly.agenda)},
    )
    return assembly


# Papers


@transaction.atomic
def issue_programme(election_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """Invitation and programme, as everybody may read them (7.18). `seen`: how many of them the page
    showed, so that a button pressed twice issues one.

    Raises Refused: not-allowed, annulled, suspended, assembly-not-now, assembly-missing,
    changed-meanwhile.
    """
    election, assembly, acting = _agenda(election_id, actor=actor, at=at)
    return issue_paper(
        papers.PROGRAMME,
        election,
        assembly.round,
        papers.programme_facts(assembly.round, assembly),
        acting,
        seen=seen,
        at=at,
    )


@transaction.atomic
def issue_attendance_sheet(
    election_id: int, *, with_names: bool, seen: int, actor: User, at: datetime
) -> Issued:
    """The roll by number with a line to sign; with names only for the desk, opened on the record.

    Raises Refused: not-allowed, undertaking-missing, annulled, suspended, assembly-not-now,
    changed-meanwhile.
    """
    election, row = running(election_id)
    acting = require_confidence(actor, "see", "voter_application", election)
    if State(row.state) not in (State.CANDIDATES_PUBLISHED, State.VOTING):
        raise Refused("assembly-not-now")
    voters = list(roll_of(row))
    names: Mapping[int, str] = {}
    if with_names:
        opened = vault.open(
            voters, "roll", actor=acting, at=at, chapter=election.chapter, only=["name"]
        )
        names = {key: each["name"] or "" for key, each in opened.items()}
    facts = papers.attendance_facts(row, voters, names)
    return issue_paper(papers.ATTENDANCE, election, row, facts, acting, seen=seen, at=at)


def issue_paper(
    kind: str,
    election: Election,
    row: Round,
    facts: Mapping[str, object],
    acting: Actor,
    *,
    seen: int,
    at: datetime,
) -> Issued:
    """Part of an action: a paper of the assembly, of the vote or of the count is given out.

    Raises Refused: changed-meanwhile.
    """
    if documents.issued_of(row, kind).count() != seen:
        raise Refused("changed-meanwhile")
    issued = documents.issue(
        kind,
        facts=facts,
        scope=election.chapter,
        subject=row,
        year=local_day(election.cycle.body, at).year,
        zone=election.cycle.body.time_zone,
        at=at,
    )
    record(
        "vote.paper_issued",
        actor=acting,
        subject=issued,
        at=at,
        chapter=election.chapter,
        after={"paper": kind, "number": issued.number_shown, "version": issued.version},
    )
    return issued


@transaction.atomic
def open_attendance_sheet(file_id: int, *, actor: User, at: datetime) -> tuple[str, bytes]:
    """The file of an internal paper of the assembly, on the record: its name and what it holds.

    Raises Refused: not-allowed, undertaking-missing.
    """
    file = File.objects.select_related("issued").get(pk=file_id)
    row = Round.objects.select_related("election__cycle__body", "election__group").get(
        pk=file.issued.subject_number
    )
    acting = require_confidence(actor, "see", "voter_application", row.election)
    content = documents.open_file(file, actor=acting, at=at, chapter=row.election.chapter)
    return file.name, content
