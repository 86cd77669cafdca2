"""A regulation being written: saved part by part, by several people, until it is adopted or discarded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.models import RegulationDraft
from okil.areas.elections.queries.regulations import Written, written_of
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import as_data, read, regulation_from

DIGITS = 12  # enough to tell two answers apart, short enough for a form


def seen_in(content: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """What a person saw, question by question, so that another's change is noticed."""
    answers = as_data(read(content)[0])
    return {name: _print_of(answers[name]) for name in names}


def _print_of(answer: Any) -> str:
    written = json.dumps(answer, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:DIGITS]


def changed_since(
    content: Mapping[str, Any], names: Iterable[str], seen: Mapping[str, str]
) -> list[str]:
    """The questions to which something else is saved by now than the person saw."""
    return [name for name, digits in seen_in(content, names).items() if digits != seen.get(name)]


def _written_by(
    answers: Mapping[str, Any], before: Written, seen: Mapping[str, str]
) -> dict[str, Any]:
    """Those answers that the person changed: what they left as they saw it is not theirs to write.

    Raises Refused: regulation-unreadable; draft-changed, where another wrote something else there.
    """
    saved = as_data(before.regulation)
    typed = as_data(regulation_from({**saved, **answers}))
    mine = {
        name: typed[name]
        for name in answers
        if _print_of(typed[name]) != seen.get(name) and typed[name] != saved[name]
    }
    if changed_since(before.content, mine, seen):
        raise Refused("draft-changed")
    return mine


@transaction.atomic
def save_draft(
    group_id: int,
    *,
    part: str,
    answers: Mapping[str, Any],
    seen: Mapping[str, str],
    actor: User,
    at: datetime,
) -> RegulationDraft | None:
    """The answers of a part, complete or not; None where nothing is new and nothing was drafted.

    Two people at different questions do not disturb each other; of two at the same question the
    second is told. The journal keeps which part, and no text.
    Raises Refused: not-allowed, regulation-unreadable, draft-changed.
    """
    group = locked(ElectoralGroup, group_id)
    acting = access.require(actor, "change", "regulation", body=group.body, group=group)
    before = written_of(group)
    mine = _written_by(answers, before, seen)
    if not mine:
        return before.draft
    draft = before.draft or RegulationDraft(group=group, based_on=before.based_on)
    draft.content = {**as_data(before.regulation), **mine}
    draft.revision += 1
    draft.saved_at = at
    draft.save()
    record(
        "regulation.drafted",
        actor=acting,
        subject=draft,
        at=at,
        chapter=group.body.chapter,
        after={"part": part, "revision": draft.revision},
    )
    return draft


@transaction.atomic
def discard_draft(group_id: int, *, seen_revision: int, actor: User, at: datetime) -> None:
    """What was drafted and not adopted is forgotten; the version in force stays as it is.

    Raises Refused: not-allowed, nothing-drafted, changed-meanwhile.
    """
    group = locked(ElectoralGroup, group_id)
    acting = access.require(actor, "change", "regulation", body=group.body, group=group)
    draft = RegulationDraft.objects.filter(group=group).first()
    if draft is None:
        raise Refused("nothing-drafted")
    if draft.revision != seen_revision:
        raise Refused("changed-meanwhile")
    RegulationDraft.objects.filter(pk=draft.pk).delete()
    record(
        "regulation.draft_discarded",
        actor=acting,
        subject=draft,
        at=at,
        chapter=group.body.chapter,
        after={"revision": draft.revision},
    )
