"""The regulation that was adopted, as a numbered paper (7.28)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.actions.officers import hold_number, local_day
from okil.areas.elections.documents.regulations import ELECTION_REGULATION, adopted_facts
from okil.foundation import documents
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.documents.models import Issued
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@transaction.atomic
def issue_regulation(group_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """The version in force, in three languages; `seen` is the newest paper the page showed (0: none).

    Papers of all versions are versions of one paper: whoever checks the code of an old one learns that
    it was replaced.
    Raises Refused: not-allowed, no-regulation, paper-issued.
    """
    group = locked(ElectoralGroup, group_id)
    body = group.body
    acting = access.require(actor, "change", "regulation", body=body, group=group)
    adopted = group.regulations.select_related("adopted_by", "case_of__cycle").first()
    if adopted is None or adopted.adopted_by is None:
        raise Refused("no-regulation")
    hold_number(ELECTION_REGULATION, group, seen=seen, body=body, at=at)
    issued = documents.issue(
        ELECTION_REGULATION,
        facts=adopted_facts(adopted),
        scope=adopted.vault_scope,
        subject=group,
        year=local_day(body, at).year,
        zone=body.time_zone,
        at=at,
    )
    record(
        "regulation.paper_issued",
        actor=acting,
        subject=issued,
        at=at,
        chapter=body.chapter,
        after={"version": adopted.version},
    )
    return issued
