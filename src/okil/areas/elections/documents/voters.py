"""The roll as a paper: inside with names, for publication in numbers only (7.13)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okil.areas.elections.documents.officers import (
    Said,
    in_words,
    kind_for,
    moment_said,
    of_election,
    titled,
)
from okil.areas.elections.models import Closing, DelegatesMeeting, Election, Voter
from okil.areas.elections.queries.candidates import rules_of
from okil.areas.elections.queries.delegates import is_indirect, meetings_of
from okil.areas.elections.wording.voters import KINDS, REASONS, SOURCES, STATUSES, region_name
from okil.foundation.documents.blocks import Block, Column, Facts, Heading, Paragraph, Table
from okil.foundation.documents.kinds import PUBLIC, register
from okil.foundation.web import dates
from okil.pure.rules.cells import merge

ROLL = "voter-roll"


# Facts


def roll_facts(
    election: Election,
    closing: Closing,
    voters: Sequence[Voter],
    names: Mapping[int, str],
    *,
    least: int,
) -> dict[str, Any]:
    """Inside: everybody on the list, also who was refused, withdrew or came late, each as such."""
    in_time = [each for each in voters if not each.is_late and each.status != "withdrawn"]
    meetings = _meetings_of_delegates(election, closing)
    return {
        "format": "okil-roll/1",
        **of_election(election),
        "round": closing.round.number,
        "closed_at": closing.closed_at.isoformat(),
        "commitment": closing.commitment,
        "smallest_cell": least,
        "registered": len(in_time),
        "organisations": len({each.organisation for each in in_time if each.organisation}),
        "by_status": dict(Counter(status_of(each) for each in voters)),
        "voters": [
            {
                "number": each.number,
                "name": names.get(each.pk, ""),
                "kind": each.kind,
                "region": each.region,
                "organisation": each.organisation,
                "source": each.source,
                **_chosen_by(each, meetings),
                "entered_at": each.entered_at.isoformat(),
                "status": status_of(each),
                "refusal": each.refusal,
            }
            for each in voters
        ],
        **_kind_of_election(meetings),
    }


Meetings = Mapping[int, DelegatesMeeting]  # by primary key


def _meetings_of_delegates(election: Election, closing: Closing) -> Meetings | None:
    """None where everybody votes, and not delegates."""
    if not is_indirect(rules_of(election.group)):
        return None
    return {each.pk: each for each in meetings_of(closing.round).filter(withdrawn_at=None)}


def _kind_of_election(meetings: Meetings | None) -> dict[str, Any]:
    if meetings is None:
        return {}
    chosen = sum(meeting.chosen for meeting in meetings.values())
    return {"delegates": {"meetings": len(meetings), "chosen": chosen}}


def _chosen_by(voter: Voter, meetings: Meetings | None) -> dict[str, Any]:
    """The meeting whose protocol names the voter; who only says so is not written down as chosen."""
    named = voter.source == Voter.Source.MEETING and voter.meeting_id in (meetings or {})
    return {"meeting": (meetings or {})[voter.meeting_id or 0].number} if named else {}


def status_of(voter: Voter) -> str:
    return "late" if voter.is_late else voter.status


def public_roll_facts(facts: Said) -> dict[str, Any]:
    """Numbers without persons. Regions only when nobody waits any more: two publications of numbers
    that change could be compared."""
    accepted = [each for each in facts["voters"] if each["status"] == "accepted"]
    shown: list[list[Any]] = []
    other = 0
    if is_verified(facts):
        merged = merge(Counter(each["region"] for each in accepted), facts["smallest_cell"])
        shown, other = [[code, n] for code, n in merged.shown], merged.other
    kept = ("format", "body", "year", "zone", "group", "round", "closed_at", "commitment")
    return {
        **{name: facts[name] for name in kept},
        "smallest_cell": facts["smallest_cell"],
        "registered": facts["registered"],
        "accepted": len(accepted),
        "verified": is_verified(facts),
        "by_region": shown,
        "other_regions": other,
        **{name: facts[name] for name in ("delegates",) if name in facts},
    }


def is_verified(facts: Said) -> bool:
    return not any(each["status"] == "waiting" for each in facts["voters"])


# Words


def about(facts: Said, language: str) -> list[tuple[str, str]]:
    rows = [
        (_("Group"), in_words(facts["group"], language)),
        (_("Elections"), str(facts["year"])),
    ]
    if facts["round"] > 1:
        rows.append((_("Round"), str(facts["round"])))
    return rows


def day_of(written: str, zone: str, language: str) -> str:
    """The day of a moment where the body is."""
    local = datetime.fromisoformat(written).astimezone(ZoneInfo(zone))
    return dates.day(local.date(), language, "long")


def compose_roll(facts: Said, language: str, audience: str) -> list[Block]:
    closed = moment_said(facts["closed_at"], facts["zone"], language)
    blocks: list[Block] = [
        titled("7.13", in_words(facts["body"], language), language),
        Facts((*about(facts, language), *_indirect(facts), (_("Registration closed"), closed))),
    ]
    blocks += _public_roll(facts) if audience == PUBLIC else _roll(facts, language)
    return [
        *blocks,
        Paragraph(
            _("Commitment to the list as it was at the closing (SHA-256, salted): {sha256}").format(
                sha256=facts["commitment"]
            ),
            small=True,
        ),
    ]


def _indirect(facts: Said) -> list[tuple[str, str]]:
    """Said of an election by delegates only."""
    if "delegates" not in facts:
        return []
    n = facts["delegates"]["meetings"]
    meetings = ngettext(
        "indirect: {n} meeting chose delegates, {chosen} in all",
        "indirect: {n} meetings chose delegates, {chosen} in all",
        n,
    )
    return [(_("Kind of election"), meetings.format(n=n, chosen=facts["delegates"]["chosen"]))]


def _roll(facts: Said, language: str) -> list[Block]:
    rows = [
        (
            str(each["number"]),
            each["name"] or _("without a name"),
            str(region_name(each["region"])),
            _belongs(each),
            day_of(each["entered_at"], facts["zone"], language),
            _status(each),
        )
        for each in facts["voters"]
    ]
    return [
        Paragraph(
            _(
                "Registered in time: {registered}. Organisations they come from: {organisations}."
            ).format(registered=facts["registered"], organisations=facts["organisations"])
        ),
        Paragraph(_("Inside only: this list holds personal data and is shown to nobody else.")),
        Table(
            (
                Column(_("No."), is_number=True, width=4),
                Column(_("Voter"), width=12),
                Column(_("Region"), width=10),
                Column(_("Organisation, source"), width=12),
                Column(_("Entered"), width=8),
                Column(_("Status"), width=8),
            ),
            tuple(rows),
            caption=_("Everybody who was entered"),
        ),
    ]


def _belongs(voter: Said) -> str:
    told = [voter["organisation"], str(SOURCES[voter["source"]])]
    if "meeting" in voter:
        told.append(_("meeting no. {number}").format(number=voter["meeting"]))
    if voter["kind"] == Voter.Kind.ORGANISATION:
        told.insert(0, str(KINDS[voter["kind"]]))
    return ", ".join(each for each in told if each)


def _status(voter: Said) -> str:
    status = str(STATUSES[voter["status"]])
    if voter["refusal"] and voter["status"] != "late":
        return f"{status}: {REASONS[voter['refusal']]}"
    return status


def _public_roll(facts: Said) -> list[Block]:
    blocks: list[Block] = [
        Facts(
            (
                (_("Registered in time"), str(facts["registered"])),
                (
                    _("Accepted by the commission"),
                    str(facts["accepted"]) if facts["verified"] else _("still being verified"),
                ),
            )
        ),
        Paragraph(_("Extract without personal data: nobody is named, and no list is published.")),
    ]
    if not facts["by_region"]:
        return blocks
    rows = [(str(region_name(code)), str(number)) for code, number in facts["by_region"]]
    if facts["other_regions"]:
        rows.append((_("other regions"), str(facts["other_regions"])))
    least = facts["smallest_cell"]
    return [
        *blocks,
        Heading(_("Voters by region")),
        Table(
            (Column(_("Region")), Column(_("Voters"), is_number=True)),
            tuple(rows),
            total=(_("Together"), str(facts["accepted"])),
        ),
        Paragraph(
            ngettext(
                "Regions with fewer than {least} voter are counted together.",
                "Regions with fewer than {least} voters are counted together.",
                least,
            ).format(least=least),
            small=True,
        ),
    ]


register(kind_for(ROLL, "7.13", compose_roll))
