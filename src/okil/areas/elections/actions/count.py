"""The count: two members enter it apart, one puts right what differs, the other stands for it too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from okil.areas.bodies import access
from okil.areas.bodies.actions.decisions import DecisionFacts, write_decision
from okil.areas.bodies.models import Role, RoleName
from okil.areas.elections.access import require_confidence
from okil.areas.elections.actions.assembly import issue_paper
from okil.areas.elections.actions.current import running
from okil.areas.elections.documents import count as papers
from okil.areas.elections.models import AgreedCount, CountEntry, Election, Round, TieSettled
from okil.areas.elections.queries import count as queries
from okil.areas.elections.queries.ballots import in_numbers, rules_of
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, record
from okil.foundation.documents.models import Issued
from okil.foundation.locking import locked
from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import canonical_bytes
from okil.pure.refusal import Refused
from okil.pure.rules.again import contest_of
from okil.pure.rules.count_sheet import contradictions
from okil.pure.rules.papers import (
    ContestCount,
    CountOfBox,
    Papers,
    box_data,
    differences,
    imbalances,
)
from okil.pure.rules.stages import RoundKind, State

MOST = 100_000  # papers in one box; a slip of the finger is more
REOPENED_BECAUSE = ("number-wrong", "papers-moved", "asked-for", "agreed-too-early")


@transaction.atomic
def enter_count(election_id: int, *, count: CountOfBox, actor: User, at: datetime) -> CountEntry:
    """What one member counted. Their earlier count, if there is one, stays beside it as replaced.

    `printed` is what the commission recorded, whatever is handed in; and a contest in which nobody
    votes has all papers blank. Raises Refused: not-allowed, annulled, suspended, count-not-now,
    count-agreed, two-counted, count-unreadable, counted-already.
    """
    election, row, acting = _counting(election_id, actor=actor, at=at)
    role = _role(election, acting)
    standing = queries.standing_entries(queries.entries_of(row))
    mine = next((entry for entry in standing if entry.role_id == role.pk), None)
    if mine is None and len(standing) >= queries.COUNTERS:
        raise Refused("two-counted")
    content = box_data(_whole(row, count))
    if mine is not None:
        if mine.content == content:
            raise Refused("counted-already")
        _replace(mine, at=at)
    entry = CountEntry.objects.create(round=row, role=role, content=content, entered_at=at)
    record(
        "count.entered",
        actor=acting,
        subject=entry,
        at=at,
        chapter=election.chapter,
        after={"sha256": sha256_hex(canonical_bytes(content))},
    )
    return entry


def _whole(row: Round, count: CountOfBox) -> CountOfBox:
    """With what is known already; refused if it is a count of something else."""
    contests = queries.contests_voted(row)
    entered = {contest.place: contest for contest in count.contests}
    voted = [contest for contest in contests if contest.held.is_voted_on]
    if set(entered) - {contest.place for contest in voted} or len(entered) != len(count.contests):
        raise Refused("count-unreadable")
    whole = []
    for contest in contests:
        names = [str(number) for number in contest.numbers]
        found = entered.get(contest.place)
        if contest.held.is_voted_on and (found is None or set(found.votes) != set(names)):
            raise Refused("count-unreadable")
        if found is None:
            blank = count.papers.found if names else 0
            found = ContestCount(contest.place, dict.fromkeys(names, 0), blank=blank)
        whole.append(found)
    papers = Papers(
        in_numbers(row).printed, count.papers.issued, count.papers.unused, count.papers.found
    )
    numbers = [papers.issued, papers.unused, papers.found]
    for found in whole:
        numbers += [*found.votes.values(), found.blank, found.wrongly_completed, found.late]
    if not all(0 <= number <= MOST for number in numbers):
        raise Refused("count-unreadable")
    return CountOfBox(papers, tuple(whole))


def _replace(entry: CountEntry, *, at: datetime) -> None:
    entry.replaced_at = at
    entry.save(update_fields=["replaced_at"])


@transaction.atomic
def count_anew(election_id: int, *, actor: User, at: datetime) -> None:
    """Both counts are set aside, and two members count all papers again; the first numbers stay.

    Raises Refused: not-allowed, annulled, suspended, count-not-now, count-agreed, nothing-counted.
    """
    election, row, acting = _counting(election_id, actor=actor, at=at)
    standing = queries.standing_entries(queries.entries_of(row))
    if len(standing) < queries.COUNTERS:
        raise Refused("nothing-counted")
    for entry in standing:
        _replace(entry, at=at)
    record("count.begun_anew", actor=acting, subject=row, at=at, chapter=election.chapter)


@transaction.atomic
def agree_count(
    election_id: int,
    *,
    explanation: str,
    reasons: Mapping[str, str],
    actor: User,
    at: datetime,
) -> AgreedCount:
    """Both counts say the same by now, and whoever did not enter the last of them stands for it.

    So the numbers are always the word of two. `explanation`: what was wrong where they had differed;
    `reasons`: for each imbalance of the papers, by its code. Raises Refused: not-allowed, annulled,
    suspended, count-not-now, count-agreed, nothing-counted, counts-differ, the-other-agrees,
    count-does-not-add-up, count-contradicts, explanation-missing, reason-missing.
    """
    election, row, acting = _counting(election_id, actor=actor, at=at)
    role = _role(election, acting)
    entries = queries.entries_of(row)
    standing = queries.standing_entries(entries)
    if len(standing) < queries.COUNTERS:
        raise Refused("nothing-counted")
    first, second = standing
    if first.role_id != role.pk:  # in the order they were entered
        raise Refused("the-other-agrees")
    if differences(queries.box_of(first), queries.box_of(second)):
        raise Refused("counts-differ")
    kept = _reasons(row, queries.box_of(first), reasons)
    corrected = any(entry.content != first.content for entry in entries)
    if corrected and not explanation.strip():
        raise Refused("explanation-missing")
    agreed = AgreedCount.objects.create(
        round=row,
        first=first,
        second=second,
        content=first.content,
        explanation=explanation.strip(),
        reasons=kept,
        agreed_at=at,
        person_number=role.person.number,
    )
    record(
        "count.agreed",
        actor=acting,
        subject=agreed,
        at=at,
        chapter=election.chapter,
        after={"sha256": sha256_hex(canonical_bytes(agreed.content))},
    )
    return agreed


def _reasons(row: Round, box: CountOfBox, reasons: Mapping[str, str]) -> dict[str, str]:
    """A reason for each number that does not fit; what no reason helps is counted again."""
    kept = {}
    seats = max(contest.seats for contest in queries.contests_voted(row))
    for imbalance in imbalances(box, signed_for=in_numbers(row).given, seats=seats):
        if not imbalance.may_be_explained:
            raise Refused("count-does-not-add-up")
        reason = reasons.get(imbalance.code, "").strip()
        if not reason:
            raise Refused("reason-missing")
        kept[imbalance.code] = reason
    if contradictions(queries.sheet_with(row, box)):
        raise Refused("count-contradicts")
    return kept


@transaction.atomic
def reopen_count(election_id: int, *, because: str, actor: User, at: datetime) -> None:
    """What was agreed on is open again, until the protocol is drawn up. One member may ask for it: to
    close it takes two, as before. Both counts stay as they were entered.

    Raises Refused: not-allowed, undertaking-missing, annulled, suspended, count-not-now,
    protocol-drawn-up, reason-unknown, nothing-agreed, tie-settled.
    """
    election, row, acting = _settling(election_id, actor=actor, at=at)
    if because not in REOPENED_BECAUSE:
        raise Refused("reason-unknown")
    agreed = AgreedCount.objects.filter(round=row).first()
    if agreed is None:
        raise Refused("nothing-agreed")
    if row.ties_settled.filter(withdrawn_at=None).exists():
        raise Refused("tie-settled")
    before = {"sha256": sha256_hex(canonical_bytes(agreed.content))}
    agreed.delete()  # what was counted stays with the two who counted
    record(
        "count.reopened",
        actor=acting,
        subject=row,
        at=at,
        chapter=election.chapter,
        before=before,
        after={"because": because},
    )


# Ties


@transaction.atomic
def settle_tie(
    election_id: int,
    *,
    order: Sequence[int],
    way: str,
    witnesses: str,
    witness_count: int,
    decision: DecisionFacts | None = None,
    actor: User,
    at: datetime,
) -> TieSettled:
    """Equals were put in an order by the regulation's rule, before witnesses (REG-90).

    Raises Refused: not-allowed, undertaking-missing, annulled, suspended, count-not-now,
    protocol-drawn-up, no-such-tie, tie-by-another-rule, tie-needs-decision, witnesses-missing.
    """
    election, row, acting = _settling(election_id, actor=actor, at=at)
    place = _place_of_tie(row, order)
    rule = rules_of(row).tie
    if way not in ways_of(row, rule):
        raise Refused("tie-by-another-rule")
    if way != rule and decision is None:
        raise Refused("tie-needs-decision")
    if way == TieSettled.Way.LOT and witness_count < 1:
        raise Refused("witnesses-missing")
    settled = TieSettled.objects.create(
        round=row,
        place=place,
        order=list(order),
        way=way,
        witnesses=witnesses,
        witness_count=witness_count,
        decision=write_decision(election.cycle.body, decision, at=at, group=election.group)
        if decision
        else None,
        settled_at=at,
    )
    record(
        "count.tie_settled",
        actor=acting,
        subject=settled,
        at=at,
        chapter=election.chapter,
        after={"place": place, "way": way, "order": list(order)},
    )
    return settled


def _place_of_tie(row: Round, order: Sequence[int]) -> str:
    """In which contest exactly these are equal, and it matters."""
    outcome = queries.outcome_of(row)
    wanted = {str(number) for number in order}
    for tie in outcome.ties if outcome else ():
        if outcome and wanted == set(tie.between) and len(wanted) == len(order):
            return outcome.sheet.contests[contest_of(outcome.sheet, tie)].place
    raise Refused("no-such-tie")


def ways_of(row: Round, rule: str | None) -> tuple[str, ...]:
    """By which acts a tie of this round may be settled; none where it is voted on again.

    A way that the regulation does not name needs a decision of the group.
    """
    if rule == "repeat_vote_between_tied":
        # Equal once more: the group has to decide how it goes on.
        return (TieSettled.Way.OTHER,) if row.kind == RoundKind.REPEAT_VOTE else ()
    if rule is None:
        return tuple(TieSettled.Way.values)
    return (rule,)


@transaction.atomic
def withdraw_tie(tie_id: int, *, actor: User, at: datetime) -> TieSettled:
    """Entered by mistake, until the protocol is drawn up.

    Raises Refused: not-allowed, undertaking-missing, annulled, suspended, count-not-now,
    protocol-drawn-up, no-such-tie.
    """
    where = TieSettled.objects.select_related("round").get(pk=tie_id).round
    election, row, acting = _settling(where.election_id, actor=actor, at=at)
    settled = locked(TieSettled, tie_id)
    if settled.round_id != row.pk or settled.withdrawn_at is not None:
        raise Refused("no-such-tie")
    settled.withdrawn_at = at
    settled.save(update_fields=["withdrawn_at"])
    record("count.tie_withdrawn", actor=acting, subject=settled, at=at, chapter=election.chapter)
    return settled


def _settling(election_id: int, *, actor: User, at: datetime) -> tuple[Election, Round, Actor]:
    election, row = running(election_id)
    acting = require_confidence(actor, "decide", "ballots", election)
    if State(row.state) is not State.COUNTING:
        raise Refused("count-not-now")
    if row.protocols.exists():
        raise Refused("protocol-drawn-up")
    return election, row, acting


# Papers


@transaction.atomic
def issue_count_sheet(election_id: int, *, seen: int, actor: User, at: datetime) -> Issued:
    """A blank sheet to count on by hand: what is entered here is copied from it.

    Raises Refused: not-allowed, annulled, suspended, count-not-now, nothing-voted-on,
    changed-meanwhile.
    """
    election, row = running(election_id)
    acting = access.require(
        actor, "decide", "ballots", body=election.cycle.body, group=election.group
    )
    if State(row.state) not in (State.CANDIDATES_PUBLISHED, State.VOTING, State.COUNTING):
        raise Refused("count-not-now")
    contests = queries.contests_voted(row)
    if not any(contest.held.is_voted_on for contest in contests):
        raise Refused("nothing-voted-on")
    facts: dict[str, Any] = papers.blank_sheet_facts(row, contests)
    return issue_paper(papers.BLANK_SHEET, election, row, facts, acting, seen=seen, at=at)


def _counting(election_id: int, *, actor: User, at: datetime) -> tuple[Election, Round, Actor]:
    election, row = running(election_id)
    acting = access.require(
        actor, "decide", "ballots", body=election.cycle.body, group=election.group
    )
    if State(row.state) is not State.COUNTING:
        raise Refused("count-not-now")
    if AgreedCount.objects.filter(round=row).exists():
        raise Refused("count-agreed")
    return election, row, acting


def _role(election: Election, acting: Actor) -> Role:
    if acting.number is None:
        raise Refused("not-allowed")
    return election.group.roles.select_related("person").get(
        role=RoleName.COMMISSIONER, person__number=acting.number, ends_at=None
    )
