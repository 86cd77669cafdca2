"""Partners are asked in writing for commission members and observers (1.17, 1.23)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from okil.areas.elections.actions.current import running
from okil.areas.elections.actions.officers import (
    changing_officers,
    issue_for,
    local_day,
    number_of,
)
from okil.areas.elections.documents import partners as papers
from okil.areas.elections.models import PartnerLetter
from okil.foundation.accounts.models import User
from okil.foundation.audit import record
from okil.foundation.locking import locked
from okil.pure.refusal import Refused


@transaction.atomic
def write_letter(
    election_id: int,
    *,
    function: str,
    organisation: str,
    answer_by: date,
    actor: User,
    at: datetime,
) -> PartnerLetter:
    """A partner is asked in writing for a commission member or an observer (1.17, 1.23); the letter
    is issued at once.

    Raises Refused: not-allowed, suspended, annulled, answer-by-past, letter-written.
    """
    election, _row = running(election_id)
    acting = changing_officers(election, actor)
    if answer_by < local_day(election.cycle.body, at):
        raise Refused("answer-by-past")
    awaited = election.partner_letters.filter(reply=PartnerLetter.Reply.NONE)
    if awaited.filter(function=function, organisation=organisation).exists():
        raise Refused("letter-written")
    letter = PartnerLetter.objects.create(
        election=election,
        function=function,
        organisation=organisation,
        answer_by=answer_by,
        written_at=at,
    )
    facts = papers.letter_facts(letter, role=acting.role, number=number_of(acting))
    issue_for(papers.LETTER, facts, None, election, about=letter, at=at)
    record(
        "letter.written",
        actor=acting,
        subject=letter,
        at=at,
        chapter=election.chapter,
        after={"function": function},
    )
    return letter


@transaction.atomic
def record_reply(
    letter_id: int, *, reply: str, replied_on: date, actor: User, at: datetime
) -> PartnerLetter:
    """What the partner answered, and when; entered again, it corrects what was entered before.

    Raises Refused: not-allowed, suspended, annulled, reply-in-the-future, answered-already.
    """
    election_id = PartnerLetter.objects.values_list("election_id", flat=True).get(pk=letter_id)
    election, _row = running(election_id)
    letter = locked(PartnerLetter, letter_id)
    acting = changing_officers(election, actor)
    if replied_on > local_day(election.cycle.body, at):
        raise Refused("reply-in-the-future")
    if (letter.reply, letter.replied_on) == (reply, replied_on):
        raise Refused("answered-already")
    before = letter.reply
    letter.reply = reply
    letter.replied_on = replied_on
    letter.save(update_fields=["reply", "replied_on"])
    record(
        "letter.answered",
        actor=acting,
        subject=letter,
        at=at,
        chapter=election.chapter,
        before={"reply": before},
        after={"reply": reply, "replied_on": replied_on.isoformat()},
    )
    return letter
