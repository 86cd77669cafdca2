"""Notices as papers: the text as it was sent, and beside it what the facts say (7.01, 7.09, 7.12, 7.25)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from okil.areas.elections.documents.notices import facts as gathering
from okil.areas.elections.documents.notices import texts
from okil.areas.elections.documents.officers import in_words, kind_for, titled
from okil.areas.elections.models import Notice
from okil.areas.elections.queries.notices import PAPER_OF
from okil.areas.elections.wording.stages import stage_name
from okil.foundation.documents.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Points,
    Table,
    Title,
)
from okil.foundation.documents.kinds import PUBLIC, register
from okil.foundation.web import dates

Said = Mapping[str, Any]
Kind = Notice.Kind
DASH = "– "


def paper_facts(notice: Notice) -> dict[str, Any]:
    """What the paper of a notice says: its text, and the facts of now."""
    row = notice.round
    told = (
        gathering.announcement_facts(notice.cycle)
        if row is None
        else gathering.notice_facts(notice.kind, row.election, row)
    )
    return {
        **told,
        "text": dict(notice.text),
        "notice": {"version": notice.version, "written_at": notice.written_at.isoformat()},
    }


def text_blocks(text: str) -> list[Block]:
    """A plain text as paragraphs and lists: a line that begins with a dash is a point."""
    blocks: list[Block] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        said: list[str] = []
        listed: list[str] = []
        for line in part.split("\n"):
            if line.startswith(DASH):
                blocks += [Paragraph("\n".join(said))] if said else []
                said = []
                listed.append(line.removeprefix(DASH))
            elif line.strip():
                blocks += [Points(tuple(listed))] if listed else []
                listed = []
                said.append(line.strip())
        blocks += [Paragraph("\n".join(said))] if said else []
        blocks += [Points(tuple(listed))] if listed else []
    return blocks


def _head(requirement: str, facts: Said, language: str) -> Title:
    return titled(requirement, in_words(facts["body"], language), language)


def _group_row(facts: Said, language: str) -> tuple[str, str]:
    return (_("Group"), in_words(facts["group"], language))


def _vote_row(facts: Said, language: str) -> tuple[str, str]:
    return (
        pgettext("stage", "Vote"),
        texts.span_said(facts["dates"].get("voting"), facts, language),
    )


def compose_announcement(facts: Said, language: str, audience: str) -> list[Block]:
    zone = facts["zone"]

    def moment(written: str | None) -> str:
        return dates.moment(datetime.fromisoformat(written), zone, language) if written else "–"

    stages = tuple(
        (
            in_words(stage_name(each["stage"]), language),
            moment(each["begins_at"]),
            moment(each["ends_at"]),
        )
        for each in facts["stages"]
    )
    groups = tuple(
        (in_words(each["name"], language), str(each["seats"])) for each in facts["groups"]
    )
    return [
        _head("7.01", facts, language),
        *text_blocks(in_words(facts["text"], language)),
        Heading(_("Dates of the stages")),
        Table((Column(_("Stage")), Column(_("Begins")), Column(_("Ends"))), stages),
        Heading(_("Groups that choose their representatives")),
        Table(
            (Column(_("Group")), Column(_("Seats: member and alternate"), is_number=True)), groups
        ),
    ]


def compose_registration(facts: Said, language: str, audience: str) -> list[Block]:
    return [
        _head("7.09", facts, language),
        Facts(
            (
                _group_row(facts, language),
                (
                    _("Applications are accepted from"),
                    texts.edge_said("registration", "begins_at", facts, language),
                ),
                (
                    _("Applications are accepted until"),
                    texts.edge_said("registration", "ends_at", facts, language),
                ),
                _vote_row(facts, language),
            )
        ),
        *text_blocks(in_words(facts["text"], language)),
    ]


def compose_closing(facts: Said, language: str, audience: str) -> list[Block]:
    closing = facts["closing"]
    rows = [_group_row(facts, language)]
    if closing:
        rows += [
            (_("Closed"), texts.moment_said(closing["closed_at"], facts, language)),
            (_("Candidates who applied in time"), str(closing["candidates"])),
            (_("Voters who applied in time"), str(closing["voters"])),
        ]
    else:
        rows.append((_("Closed"), texts.edge_said("registration", "ends_at", facts, language)))
    rows.append(_vote_row(facts, language))
    return [
        _head("7.12", facts, language),
        Facts(tuple(rows)),
        *text_blocks(in_words(facts["text"], language)),
    ]


def compose_results(facts: Said, language: str, audience: str) -> list[Block]:
    result = facts["result"]
    blocks: list[Block] = [
        _head("7.25", facts, language),
        *text_blocks(in_words(facts["text"], language)),
    ]
    if result is None:
        return blocks
    rows = [_group_row(facts, language)]
    rows += [
        (
            label,
            ", ".join(texts.candidate_said(each) for each in result["elected"][position]) or "–",
        )
        for position, label in (("member", _("Member")), ("alternate", _("Alternate")))
    ]
    rows += [
        (_("Voters on the roll"), str(result["registered"])),
        (_("Took part"), str(result["voted"])),
    ]
    blocks.append(Facts(tuple(rows)))
    if result["votes"]:
        blocks.append(
            Table(
                (Column(_("Candidate")), Column(_("Votes"), is_number=True)),
                tuple((texts.candidate_said(e), str(e["votes"])) for e in result["votes"]),
            )
        )
    return blocks


def _register() -> None:
    for kind, requirement, compose, is_editable in (
        (Kind.ANNOUNCEMENT, "7.01", compose_announcement, True),
        (Kind.REGISTRATION_OPENS, "7.09", compose_registration, False),
        (Kind.REGISTRATION_CLOSED, "7.12", compose_closing, False),
        (Kind.RESULTS, "7.25", compose_results, False),
    ):
        register(
            kind_for(
                PAPER_OF[kind],
                requirement,
                compose,
                audiences=(PUBLIC,),
                is_editable=is_editable,
            )
        )


_register()
