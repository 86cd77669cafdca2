"""A group's regulation: entered, changed by a new version, shown or kept inside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import PAPER_BYTES, DecisionFacts, write_decision
from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections import queries
from okil.areas.elections.models import AdoptedRegulation, Election, GateAnswer
from okil.areas.elections.queries.regulations import (
    around,
    common_rules_of,
    own_regulation,
    written_of,
)
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import (
    RULES,
    Regulation,
    as_data,
    is_answered,
    regulation_from,
    unanswered,
)
from okil.pure.rules.regulation.findings import Outcome, examine_rule
from okil.pure.rules.stages import RULES_STAND

WORD_PARTS = {"[Content_Types].xml", "word/document.xml"}


@transaction.atomic
def adopt_regulation(
    group_id: int,
    *,
    content: Mapping[str, Any],
    decision: DecisionFacts,
    is_public: bool,
    seen_version: int,
    actor: User,
    at: datetime,
) -> AdoptedRegulation:
    """A new version, by a decision of the group (REG-18); the old ones stay.

    What was decided for one election only stays decided there, where the new version is silent or
    still breaks the rule.
    `seen_version` is the one the person had before them; another one meanwhile is refused.
    Raises Refused: not-allowed, rules-stand, regulation-unreadable, changed-meanwhile.
    """
    group, acting = _group_of_its_organiser(group_id, actor)
    return _adopt(
        group,
        content,
        decision,
        is_public=is_public,
        text=None,
        seen_version=seen_version,
        acting=acting,
        at=at,
    )


@transaction.atomic
def adopt_draft(
    group_id: int,
    *,
    decision: DecisionFacts,
    is_public: bool,
    text: bytes | None,
    seen_version: int,
    seen_revision: int,
    actor: User,
    at: datetime,
) -> AdoptedRegulation:
    """What is drafted becomes the next version, exactly as the person saw it; without a draft the
    version in force is adopted again, as when a group confirms it or attaches its text.

    Raises Refused: not-allowed, nothing-to-adopt, rules-stand, changed-meanwhile, text-unknown,
    paper-too-large, regulation-unreadable.
    """
    group, acting = _group_of_its_organiser(group_id, actor)
    written = written_of(group)
    if written.draft is None and written.adopted is None:
        raise Refused("nothing-to-adopt")
    if written.revision != seen_revision:
        raise Refused("changed-meanwhile")
    if written.draft is not None:
        written.draft.delete()
    return _adopt(
        group,
        written.content,
        decision,
        is_public=is_public,
        text=text,
        seen_version=seen_version,
        acting=acting,
        at=at,
    )


@transaction.atomic
def open_text(regulation_id: int, *, actor: User, at: datetime) -> bytes:
    """The text as the group adopted it, on the record.

    Raises Refused: not-allowed, nothing-to-open.
    """
    adopted = AdoptedRegulation.objects.select_related("group__body").get(pk=regulation_id)
    group = adopted.group
    acting = access.require(actor, "see", "regulation", body=group.body, group=group)
    if not adopted.text_kind:
        raise Refused("nothing-to-open")
    chapter = group.body.chapter
    opened = vault.open([adopted], "officers", actor=acting, at=at, chapter=chapter)
    return bytes(opened[adopted.pk]["text"])


def kind_of_text(text: bytes) -> str:
    """Word or PDF by what is in it. Raises Refused: paper-too-large, text-unknown."""
    if len(text) > PAPER_BYTES:
        raise Refused("paper-too-large", megabytes=PAPER_BYTES // 1024 // 1024)
    if text.startswith(b"%PDF-"):
        return "pdf"
    try:
        with ZipFile(BytesIO(text)) as parts:  # only the list of its parts is read
            if set(parts.namelist()) >= WORD_PARTS:
                return "docx"
    except BadZipFile:
        pass
    raise Refused("text-unknown")


def _group_of_its_organiser(group_id: int, actor: User) -> tuple[ElectoralGroup, Actor]:
    group = locked(ElectoralGroup, group_id)
    return group, access.require(actor, "change", "regulation", body=group.body, group=group)


def _adopt(
    group: ElectoralGroup,
    content: Mapping[str, Any],
    decision: DecisionFacts,
    *,
    is_public: bool,
    text: bytes | None,
    seen_version: int,
    acting: Actor,
    at: datetime,
) -> AdoptedRegulation:
    _require_not_announced(group)
    regulation = regulation_from(content)
    latest = group.regulations.first()
    if (latest.version if latest else 0) != seen_version:
        raise Refused("changed-meanwhile")
    adopted = AdoptedRegulation.objects.create(
        group=group,
        version=seen_version + 1,
        content=as_data(regulation),
        adopted_by=write_decision(group.body, decision, at=at, group=group),
        is_public=is_public,
        text_kind=kind_of_text(text) if text else "",
        text=text,
        entered_at=at,
    )
    record(
        "regulation.adopted",
        actor=acting,
        subject=adopted,
        at=at,
        chapter=group.body.chapter,
        after={"version": adopted.version, "open": len(unanswered(regulation))},
    )
    if latest is not None and latest.case_of_id is not None:
        _keep_decided_for_one_case(adopted, latest, at=at)
    return adopted


def _keep_decided_for_one_case(
    adopted: AdoptedRegulation, latest: AdoptedRegulation, *, at: datetime
) -> None:
    """Part of adopting: a version for that election alone follows at once."""
    own = own_regulation(adopted.group, before=adopted.version)
    before = as_data(own.regulation if own else Regulation())
    still_broken = _still_broken(adopted, latest)
    kept = {
        question: answer
        for question, answer in as_data(latest.regulation).items()
        if answer != before[question]
        and (question in still_broken or not is_answered(question, adopted.regulation))
    }
    if kept:
        AdoptedRegulation.objects.create(
            group=adopted.group,
            version=adopted.version + 1,
            content={**adopted.content, **kept},
            adopted_by=latest.adopted_by,
            case_of=latest.case_of,
            is_public=adopted.is_public,
            entered_at=at,
        )


def _still_broken(adopted: AdoptedRegulation, latest: AdoptedRegulation) -> set[str]:
    """Of the rules that were decided for that election: by which answers the new version breaks them."""
    decided = GateAnswer.objects.filter(
        round__election=latest.case_of, withdrawn_at=None, gate__in=RULES
    ).values_list("gate", flat=True)
    common = common_rules_of(adopted.group.body)
    known = around(adopted.regulation, adopted.adopted_by, common, adopted.group.body)
    findings = [examine_rule(gate, adopted.regulation, known) for gate in decided]
    return {
        question
        for finding in findings
        if finding.outcome is Outcome.BROKEN
        for question in finding.questions
    }


def _require_not_announced(group: ElectoralGroup) -> None:
    """Its elections are held, or one could be announced while its rules change."""
    for election_id in group.elections.order_by("pk").values_list("pk", flat=True):
        row = queries.current_round(locked(Election, election_id))
        if row.annulled_at is None and row.state in RULES_STAND:
            raise Refused("rules-stand")


def forget_answers_for_one_case(group: ElectoralGroup, *, at: datetime) -> None:
    """Part of opening a cycle: what was decided for the last election only holds no longer."""
    newest = group.regulations.first()
    if newest is None or newest.case_of_id is None:
        return
    own = own_regulation(group)
    AdoptedRegulation.objects.create(
        group=group,
        version=newest.version + 1,
        content=own.content if own else {},
        adopted_by=own.adopted_by if own else None,
        is_public=newest.is_public,
        entered_at=at,
    )
