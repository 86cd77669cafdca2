"""Notices are written, published by channels, taken back where entered by mistake, issued as papers."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models, transaction

from okil.areas.bodies import access
from okil.areas.elections import queries
from okil.areas.elections.actions.current import current, require_running
from okil.areas.elections.documents import notices as papers
from okil.areas.elections.models import Assembly, Cycle, Election, Notice, Publication, Round
from okil.areas.elections.queries import count as counts
from okil.areas.elections.queries import notices as known
from okil.foundation import documents
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.models import Issued
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Situation, Stage, State

Text = dict[str, str]


@transaction.atomic
def write_announcement(
    cycle_id: int, *, text: Text, seen: int, actor: User, at: datetime
) -> Notice:
    """The announcement of a cycle (2.01, 2.02), in every language of the body. `seen` is the version
    the person had before them, 0 for none.

    Raises Refused: not-allowed, notice-language-missing, notice-gap, notice-written.
    """
    cycle = locked(Cycle, cycle_id)
    acting = access.require(actor, "change", "notices", body=cycle.body)
    kind = Notice.Kind.ANNOUNCEMENT
    _require_whole(text, tuple(cycle.body.languages))
    return _write(kind, known.announcements_of(cycle), cycle, None, text, seen, acting, at=at)


@transaction.atomic
def write_notice(
    election_id: int, *, kind: str, text: Text, seen: int, actor: User, at: datetime
) -> Notice:
    """A notice of the current round, in the languages in which the group is written to.

    Raises Refused: not-allowed, suspended, annulled, notice-not-of-round, notice-early, notice-late,
    notice-language-missing, notice-gap, notice-written.
    """
    election, row = current(election_id)
    acting = _changing(election, actor)
    situation = require_running(queries.standing(election, row))
    if kind not in known.kinds_of(row):
        raise Refused("notice-not-of-round")
    _require_time(kind, row, situation, at=at)
    _require_whole(text, known.languages_of(election))
    earlier = known.notices_of(row).filter(kind=kind)
    return _write(kind, earlier, election.cycle, row, text, seen, acting, at=at)


def _changing(election: Election, actor: User) -> Actor:
    return access.require(
        actor, "change", "notices", body=election.cycle.body, group=election.group
    )


def _require_time(kind: str, row: Round, situation: Situation, *, at: datetime) -> None:
    match known.when(kind, State(row.state)):
        case "early":
            raise Refused("notice-early")
        case "late":
            raise Refused("notice-late")
    if not _is_there(kind, row, situation, at=at):
        raise Refused("notice-early")


def _is_there(kind: str, row: Round, situation: Situation, *, at: datetime) -> bool:
    """Is there what the notice tells of?"""
    if kind == Notice.Kind.REGISTRATION_CLOSED:
        ends = (situation.ends or {}).get(Stage.REGISTRATION)
        return known.closing_of(row) is not None or (ends is not None and at >= ends)
    if kind == Notice.Kind.ASSEMBLY:
        return Assembly.objects.filter(round=row).exists()
    if kind == Notice.Kind.RESULTS:
        return counts.outcome_of(row) is not None
    return True


def _require_whole(text: Text, languages: tuple[str, ...]) -> None:
    for language in languages:
        if not text.get(language, "").strip():
            raise Refused("notice-language-missing", language=language)
    if any(papers.GAP in each for each in text.values()):
        raise Refused("notice-gap", gap=papers.GAP)


def _write(
    kind: str,
    earlier: models.QuerySet[Notice],
    cycle: Cycle,
    row: Round | None,
    text: Text,
    seen: int,
    acting: Actor,
    *,
    at: datetime,
) -> Notice:
    last = earlier.first()
    if (last.version if last else 0) != seen:
        raise Refused("notice-written")
    notice = Notice.objects.create(
        cycle=cycle,
        round=row,
        kind=kind,
        version=seen + 1,
        text=text,
        written_at=at,
        role=acting.role,
        person_number=_number(acting),
    )
    record(
        "notice.written",
        actor=acting,
        subject=notice,
        at=at,
        chapter=_chapter(notice),
        after={"kind": str(kind), "version": notice.version},
    )
    return notice


def _number(acting: Actor) -> int:
    if acting.number is None:
        raise Refused("not-allowed")
    return acting.number


def _chapter(notice: Notice) -> str:
    return notice.round.election.chapter if notice.round else notice.cycle.chapter


def _held(notice_id: int, actor: User, *, at: datetime) -> tuple[Notice, Actor]:
    """A notice, held by its election or its cycle, and the actor as one who may publish it."""
    found = Notice.objects.select_related("round").get(pk=notice_id)
    if found.round is None:
        cycle = locked(Cycle, found.cycle_id)
        acting = access.require(actor, "change", "notices", body=cycle.body)
    else:
        election, row = current(found.round.election_id)
        acting = _changing(election, actor)
        require_running(queries.standing(election, row))
    return locked(Notice, notice_id), acting


def _require_newest(notice: Notice) -> None:
    later = Notice.objects.filter(
        cycle=notice.cycle_id,
        round=notice.round_id,
        kind=notice.kind,
        version__gt=notice.version,
    )
    if later.exists():
        raise Refused("notice-replaced")


@transaction.atomic
def record_publication(
    notice_id: int,
    *,
    channel: str,
    where: str,
    published_at: datetime,
    actor: User,
    at: datetime,
) -> Publication:
    """Where and when this version was published or sent, and by whom (2.03, 3.06).

    Raises Refused: not-allowed, suspended, annulled, notice-replaced, publication-to-come,
    published-before-written, published-already.
    """
    notice, acting = _held(notice_id, actor, at=at)
    _require_newest(notice)
    if published_at > at:
        raise Refused("publication-to-come")
    # People write down minutes, not seconds.
    if published_at < notice.written_at.replace(second=0, microsecond=0):
        raise Refused("published-before-written")
    known_already = notice.publications.filter(
        channel=channel, where=where, published_at=published_at, withdrawn_at=None
    )
    if known_already.exists():
        raise Refused("published-already")
    publication = Publication.objects.create(
        notice=notice,
        channel=channel,
        where=where,
        published_at=published_at,
        role=acting.role,
        person_number=_number(acting),
    )
    record(
        "notice.published",
        actor=acting,
        subject=publication,
        at=at,
        chapter=_chapter(notice),
        after={"kind": notice.kind, "version": notice.version, "channel": channel},
    )
    return publication


@transaction.atomic
def withdraw_publication(publication_id: int, *, actor: User, at: datetime) -> Publication:
    """A record entered by mistake; pressed twice, it is taken back once.

    Raises Refused: not-allowed, suspended, annulled.
    """
    notice_id = Publication.objects.values_list("notice_id", flat=True).get(pk=publication_id)
    notice, acting = _held(notice_id, actor, at=at)
    publication = locked(Publication, publication_id)
    if publication.withdrawn_at is not None:
        return publication
    publication.withdrawn_at = at
    publication.save(update_fields=["withdrawn_at"])
    record(
        "notice.publication_withdrawn",
        actor=acting,
        subject=publication,
        at=at,
        chapter=_chapter(notice),
        after={"kind": notice.kind, "channel": publication.channel},
    )
    return publication


@transaction.atomic
def issue_notice(notice_id: int, *, actor: User, at: datetime) -> Issued:
    """The numbered paper of this version (7.01, 7.09, 7.12, 7.25).

    Raises Refused: not-allowed, suspended, annulled, notice-without-paper, notice-replaced,
    notice-issued.
    """
    notice, acting = _held(notice_id, actor, at=at)
    if notice.kind not in known.PAPER_OF:
        raise Refused("notice-without-paper")
    _require_newest(notice)
    last = known.papers_of(notice).first()
    if last is not None and last.issued_at >= notice.written_at:
        raise Refused("notice-issued")
    body = notice.cycle.body
    issued = documents.issue(
        known.PAPER_OF[notice.kind],
        facts=papers.paper_facts(notice),
        scope=f"election-{notice.round.election_id}" if notice.round else f"body-{body.pk}",
        subject=notice.round or notice.cycle,
        year=at.astimezone(ZoneInfo(body.time_zone)).year,
        zone=body.time_zone,
        at=at,
    )
    record(
        "notice.issued",
        actor=acting,
        subject=notice,
        at=at,
        chapter=_chapter(notice),
        after={"kind": notice.kind, "version": notice.version, "number": issued.number},
    )
    return issued
