"""Notices written from the facts and published."""

from __future__ import annotations

from datetime import datetime

from okil.areas.elections.actions import notices
from okil.areas.elections.documents import notices as texts
from okil.areas.elections.models import Cycle, Election, Notice, Publication
from okil.areas.elections.queries import current_round
from okil.areas.elections.queries import notices as known
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User

CONTACT = "+7 700 000 00 00"
SITE, CHAT, EMAIL = ("site", "ccm.example.org"), ("chat", "чат группы"), ("email", "рассылка")


def drafted(facts: dict[str, object], languages: tuple[str, ...]) -> dict[str, str]:
    """What the form offers, with its gaps filled."""
    return {code: texts.draft_text(facts, code).replace(texts.GAP, CONTACT) for code in languages}


def announcement(cycle: Cycle, *, at: datetime, text: dict[str, str] | None = None) -> Notice:
    """A further version, if there is one already."""
    languages = tuple(cycle.body.languages)
    return notices.write_announcement(
        cycle.pk,
        text=text or drafted(texts.announcement_facts(cycle), languages),
        seen=known.announcements_of(cycle).count(),
        actor=given.secretariat(),
        at=at,
    )


def notice(
    kind: str, election: Election, *, at: datetime, text: dict[str, str] | None = None
) -> Notice:
    """By the organiser; a further version, if there is one already."""
    row = current_round(election)
    facts = texts.notice_facts(kind, election, row)
    return notices.write_notice(
        election.pk,
        kind=kind,
        text=text or drafted(facts, known.languages_of(election)),
        seen=known.notices_of(row).filter(kind=kind).count(),
        actor=given.organiser_of(election),
        at=at,
    )


def published(
    notice: Notice,
    *ways: tuple[str, str],
    at: datetime,
    actor: User | None = None,
) -> list[Publication]:
    """By these ways, at this moment."""
    writer = actor or (
        given.organiser_of(notice.round.election) if notice.round else given.secretariat()
    )
    return [
        notices.record_publication(
            notice.pk, channel=channel, where=where, published_at=at, actor=writer, at=at
        )
        for channel, where in ways
    ]


def fulfil_announcement_ready(election: Election, *, at: datetime) -> None:
    """Once for all elections of the cycle."""
    if not known.announcements_of(election.cycle).exists():
        announcement(election.cycle, at=at)


def fulfil_announcement_published(election: Election, *, at: datetime) -> None:
    fulfil_announcement_ready(election, at=at)
    newest = known.announcements_of(election.cycle)[0]
    if not known.told(newest).is_enough:
        published(newest, SITE, CHAT, at=at)


def fulfil_registration_notice_sent(election: Election, *, at: datetime) -> None:
    published(notice(Notice.Kind.REGISTRATION_OPENS, election, at=at), SITE, CHAT, at=at)


def fulfil_closing_notice_sent(election: Election, *, at: datetime) -> None:
    published(notice(Notice.Kind.REGISTRATION_CLOSED, election, at=at), EMAIL, at=at)


def fulfil_group_informed(election: Election, *, at: datetime) -> None:
    published(notice(Notice.Kind.RESULTS, election, at=at), EMAIL, at=at)
