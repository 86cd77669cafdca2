"""What people are told: the announcement of the cycle and each group's notices, and by which channels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from okil.areas.elections.actions import notices
from okil.areas.elections.documents.notices import (
    GAP,
    announcement_facts,
    draft_text,
    notice_facts,
)
from okil.areas.elections.models import Cycle, Notice, Publication
from okil.areas.elections.queries.notices import languages_of
from okil.foundation.accounts.models import User
from okil.pure.rules.stages import Stage, State
from okil.site.demonstration.calendar import Calendar
from okil.site.demonstration.part import Part, Step, minutes

Channel = Publication.Channel
SITE = (Channel.SITE, "Страница комитета")
MAIL = (Channel.EMAIL, "Рассылка группы")
CHAT = (Channel.CHAT, "Чат группы")
PAPER_NEEDED = {
    Notice.Kind.REGISTRATION_OPENS,
    Notice.Kind.REGISTRATION_CLOSED,
    Notice.Kind.RESULTS,
}


def announcement_steps(cycle: Cycle, secretary: User, calendar: Calendar) -> Iterator[Step]:
    yield calendar.at(8, 14, 11), partial(_announce, cycle, secretary)


def _announce(cycle: Cycle, secretary: User, at: datetime) -> None:
    facts = announcement_facts(cycle)
    notice = notices.write_announcement(
        cycle.pk,
        text=_texts(facts, cycle.body.languages, "secretariat@okil.example"),
        seen=0,
        actor=secretary,
        at=at,
    )
    notices.issue_notice(notice.pk, actor=secretary, at=at + minutes(10))
    for number, (channel, where) in enumerate((SITE, (Channel.EMAIL, "Рассылка комитета"), CHAT)):
        _publish(notice, channel, where, secretary, at + timedelta(hours=number + 1))


def _texts(facts: Mapping[str, Any], languages: Sequence[str], contact: str) -> dict[str, str]:
    """The drafts as Okil makes them; what no fact tells is how to reach somebody."""
    return {each: draft_text(facts, each).replace(GAP, contact) for each in languages}


def _publish(notice: Notice, channel: str, where: str, actor: User, at: datetime) -> None:
    notices.record_publication(
        notice.pk, channel=channel, where=where, published_at=at, actor=actor, at=at
    )


def steps(part: Part) -> Iterator[Step]:
    """A group's own notices, as far as its election has come."""
    telling = partial(partial, _tell, part)
    if part.script.chat_only:
        yield part.at(9, 3, 15, part.place), telling(Notice.Kind.REGISTRATION_OPENS, [CHAT])
    if part.entered(State.REGISTRATION) is not None:
        at = part.at(8, 15, 16, part.place)
        yield at, telling(Notice.Kind.REGISTRATION_OPENS, [SITE, MAIL, CHAT])
    if (listed := part.entered(State.CANDIDATES_PUBLISHED)) is not None:
        _begins, ends = part.dates[Stage.REGISTRATION]
        yield ends + minutes(70 + part.place), telling(Notice.Kind.REGISTRATION_CLOSED, [MAIL])
        yield listed + minutes(30), telling(Notice.Kind.CANDIDATES, [SITE, MAIL])
    if part.entered(State.VOTING) is not None and listed is not None:
        yield listed + minutes(80), telling(Notice.Kind.ASSEMBLY, [SITE, MAIL])
    if part.entered(State.CONCLUDED) is not None and (out := part.entered(State.PUBLISHED)):
        yield out + timedelta(hours=2), telling(Notice.Kind.RESULTS, [SITE, MAIL])


def _tell(part: Part, kind: str, channels: list[tuple[str, str]], at: datetime) -> None:
    organiser = part.user("organiser")
    facts = notice_facts(kind, part.election, part.row())
    text = _texts(facts, languages_of(part.election), f"organiser-{part.slug}@okil.example")
    notice = notices.write_notice(
        part.election.pk, kind=kind, text=text, seen=0, actor=organiser, at=at
    )
    if kind in PAPER_NEEDED:
        notices.issue_notice(notice.pk, actor=organiser, at=at)
    for number, (channel, where) in enumerate(channels):
        _publish(notice, channel, where, organiser, at + minutes(number + 1))
