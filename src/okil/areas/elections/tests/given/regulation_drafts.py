"""Regulations being written, and what all groups decided together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import common_rules, regulation_drafts
from okil.areas.elections.models import CommonRules, RegulationDraft
from okil.areas.elections.queries.regulations import written_of
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.pure.rules.regulation import PART_OF_RULE, RULE_OF

TOGETHER: dict[str, Any] = {
    "voter_in_many": "one_choice",
    "commission_and_voter": "declared",
    "candidate_and_voter": "allowed",
    "most_commissions": 2,
}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def drafted(
    group: ElectoralGroup,
    answers: Mapping[str, Any],
    *,
    actor: User | None = None,
    seen: Mapping[str, str] | None = None,
    at: datetime = given.AT,
) -> RegulationDraft | None:
    """These answers are saved, by somebody who saw what was saved before them."""
    content = written_of(group).content
    return regulation_drafts.save_draft(
        group.pk,
        part=PART_OF_RULE[RULE_OF[next(iter(answers))]].value,
        answers=answers,
        seen=regulation_drafts.seen_in(content, answers) if seen is None else seen,
        actor=actor or bodies.organiser_of(group),
        at=at,
    )


def decided_together(
    content: Mapping[str, Any] | None = None, *, tightened: tuple[str, ...] = (), seen: int = 0
) -> CommonRules:
    return common_rules.adopt_common_rules(
        given.body().pk,
        content=TOGETHER if content is None else content,
        tightened=tightened,
        decision=given.decision(),
        seen_version=seen,
        actor=given.secretariat(),
        at=given.AT,
    )


def a_word_file() -> bytes:
    """The smallest that is one."""
    from io import BytesIO
    from zipfile import ZipFile

    written = BytesIO()
    with ZipFile(written, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", "<document/>")
    return written.getvalue()
