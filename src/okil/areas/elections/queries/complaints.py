"""Which acts one may complain about and until when, who took part in them, what is still open (REG-91)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Model, OuterRef, Q, QuerySet, Subquery

from okil.areas.bodies.models import Body, Decision, Person, Role, RoleName
from okil.areas.elections.models import (
    AdoptedRegulation,
    Candidate,
    Complaint,
    Election,
    Move,
    Protocol,
    Publication,
    Round,
    Suspension,
    Voter,
)
from okil.areas.elections.queries.days import calendar_of_terms
from okil.areas.elections.queries.voters import registration_round
from okil.foundation import vault
from okil.foundation.audit import entries_of, history_of
from okil.pure.rules.complaints import Complaint as Filed
from okil.pure.rules.complaints import is_in_time, may_decide, settled, term_ends
from okil.pure.rules.plan import IsWorkingDay
from okil.pure.rules.stages import State

Act = Complaint.Act

# Into which state a move is which act.
ACT_OF_MOVE: Mapping[str, str] = {
    State.ANNOUNCED: Act.NOTICE,
    State.CANDIDATES_PUBLISHED: Act.CANDIDATE_LIST,
    State.VOTING: Act.VOTE,
    State.COUNTING: Act.VOTE,
    State.RESULTS: Act.PROTOCOL,
    State.PUBLISHED: Act.RESULT,
}
# Who took part in an act: who did one of these things, as the journal names them.
TOOK_PART: Mapping[str, tuple[str, ...]] = {
    Act.NOTICE: ("notice.",),
    Act.ROLL: ("voter.", "voters.", "registration."),
    Act.ADMISSION: ("admission.",),
    Act.CANDIDATE_LIST: ("admission.", "list."),
    Act.ASSEMBLY: ("assembly.",),
    Act.VOTE: ("ballots.", "desk.", "vote."),
    Act.COUNT: ("count.",),
    Act.PROTOCOL: ("protocol.",),
    # A result is what the count made it, and the protocol that states it.
    Act.RESULT: ("count.", "protocol.drawn_up"),
}
# Acts that happen many times in a round: the model, its moment, the act.
REPEATED: tuple[tuple[type[Model], str, str], ...] = (
    (Voter, "decided_at", Act.ROLL),
    (Candidate, "decided_at", Act.ADMISSION),
    (Protocol, "drawn_up_at", Act.PROTOCOL),
)
OFFICERS = (RoleName.COMMISSIONER, RoleName.ORGANISER)


@dataclass(frozen=True)
class Happened:
    """An act that happened in a round: when last, and until when one may complain about it.

    `ends_at` is None where the regulation names no term: then until the election is concluded.
    """

    round: Round
    act: str
    at: datetime
    on: date
    ends_at: datetime | None

    @property
    def key(self) -> str:
        return f"{self.round.number}-{self.act}"

    @property
    def last_on(self) -> date | None:
        """The last day to complain; its end still belongs to the term."""
        return self.ends_at.date() if self.ends_at else None

    def is_open(self, at: datetime) -> bool:
        return self.ends_at is None or is_in_time(at, self.ends_at)


def term_of(
    act_at: datetime, days: int | None, body: Body, calendar: IsWorkingDay | None = None
) -> datetime | None:
    """The last moment to complain about an act; None where the regulation names no term.

    `calendar`: `calendar_of_terms(body)`, if that was read already.
    """
    if days is None:
        return None
    return term_ends(
        act_at, days, calendar or calendar_of_terms(body), zone=ZoneInfo(body.time_zone)
    )


def acts_of(election: Election, *, at: datetime) -> list[Happened]:
    """Every kind of act that happened in the rounds that stand, newest first."""
    return acts_under(adopted_by(election), election, at=at)


def acts_under(
    adopted: AdoptedRegulation | None, election: Election, *, at: datetime
) -> list[Happened]:
    """The same, where the group's regulation was read already."""
    standing = election.rounds.filter(annulled_at=None).annotate(
        **{f"last_{act}": _last(model, field, at=at) for model, field, act in REPEATED}
    )
    rounds = {row.pk: row for row in standing.select_related("closing", "assembly", "agreed_count")}
    newest: dict[tuple[int, str], datetime] = {}
    for row, act, moment in _moments(rounds.values(), at=at):
        newest[row, act] = max(moment, newest.get((row, act), moment))
    days = adopted.regulation.complaint_days if adopted else None
    body = election.cycle.body
    zone, calendar = ZoneInfo(body.time_zone), None if days is None else calendar_of_terms(body)
    happened = [
        Happened(
            rounds[row],
            act,
            moment,
            moment.astimezone(zone).date(),
            term_of(moment, days, body, calendar),
        )
        for (row, act), moment in newest.items()
    ]
    return sorted(happened, key=lambda each: (each.at, each.key), reverse=True)


def days_of(election: Election) -> int | None:
    """How many working days the group's regulation gives."""
    adopted = adopted_by(election)
    return adopted.regulation.complaint_days if adopted else None


def ground_for_stopping(election: Election) -> Decision | None:
    """The decision by which the group adopted a regulation that lets complaints stop its election."""
    return ground_in(adopted_by(election))


def ground_in(adopted: AdoptedRegulation | None) -> Decision | None:
    if adopted is None or adopted.regulation.complaint_effect != "suspends":
        return None
    return adopted.adopted_by


def adopted_by(election: Election) -> AdoptedRegulation | None:
    """The newest regulation of its group."""
    newest = AdoptedRegulation.objects.filter(group=election.group_id)
    return newest.select_related("adopted_by").defer("adopted_by__paper").first()


def _moments(rounds: Collection[Round], *, at: datetime) -> Iterator[tuple[int, str, datetime]]:
    """Round, act, moment, up to now: in whatever order, the same act as often as it happened."""
    keys = [row.pk for row in rounds]
    for row in rounds:
        for act, moment in _once_in(row):
            if moment <= at:
                yield row.pk, act, moment
    moves = Move.objects.filter(round__in=keys, to_state__in=list(ACT_OF_MOVE), at__lte=at)
    for row_id, state, moment in moves.values_list("round", "to_state", "at"):
        yield row_id, ACT_OF_MOVE[state], moment
    told = Publication.objects.filter(notice__round__in=keys, withdrawn_at=None)
    for row_id, moment in told.values_list("notice__round", "published_at"):
        if moment <= at:
            yield row_id, Act.NOTICE, moment


def _last(model: type[Model], field: str, *, at: datetime) -> Subquery:
    """Asked of a round: when this last happened in it."""
    done = model._default_manager.filter(**{"round": OuterRef("pk"), f"{field}__lte": at})
    last = done.order_by().values("round").annotate(last=Max(field))
    return Subquery(last.values("last"))


def _once_in(row: Any) -> Iterator[tuple[str, datetime]]:
    if hasattr(row, "closing"):
        yield Act.ROLL, row.closing.closed_at
    if hasattr(row, "assembly"):
        yield Act.ASSEMBLY, row.assembly.begins_at
    if hasattr(row, "agreed_count"):
        yield Act.COUNT, row.agreed_count.agreed_at
    for _model, _field, act in REPEATED:
        if (last := getattr(row, f"last_{act}")) is not None:
            yield act, last


# Who decides


def took_part(happened: Happened) -> list[int]:
    """The numbers of the group's officers who did the act, as the journal has it."""
    election = happened.round.election
    done = Q()
    for prefix in TOOK_PART[happened.act]:
        done |= Q(event__startswith=prefix)
    for state, act in ACT_OF_MOVE.items():
        if act == happened.act:
            done |= Q(event="round.moved", after__state=state)
    entries = entries_of(election.chapter).filter(
        done, role__in=OFFICERS, at__lte=happened.at, number__gt=_opening_of(happened.round)
    )
    numbers = set(entries.values_list("actor_number", flat=True))
    return sorted(number for number in numbers if number is not None)


def _opening_of(row: Round) -> int:
    """The journal's row with which a later round was opened: what came before is of another round."""
    opened = history_of(row).filter(event="round.opened").order_by("number").first()
    return opened.number if opened else 0


def officers_of(election: Election) -> list[Role]:
    """Commission and organiser now, in the order of their numbers."""
    in_force = Role.objects.filter(group=election.group_id, role__in=OFFICERS, ends_at=None)
    return list(in_force.select_related("person").order_by("person__number"))


def deciders(complaint: Complaint, officers: Iterable[Role]) -> list[Role]:
    """Who enters the decision: members of the commission who took no part in the act; if all did, the
    organiser who did not. Nobody, if all took part: then somebody new has to be named."""
    free = [role for role in officers if may_decide(complaint.concerned, role.person.number)]
    commission = [role for role in free if role.role == RoleName.COMMISSIONER]
    return commission or free


# What was filed


def complaints_of(election: Election) -> QuerySet[Complaint]:
    """All complaints of an election, in the order of their numbers; nothing sealed is loaded."""
    found = Complaint.objects.filter(round__election=election).defer("name", "contact", "text")
    return found.select_related("round", "decision").defer("decision__paper").order_by("number")


def next_number(election: Election) -> int:
    """To be asked while the election's row is locked. Numbers go on from round to round."""
    last = Complaint.objects.filter(round__election=election).aggregate(last=Max("number"))
    return (last["last"] or 0) + 1


def is_waiting(complaint: Complaint) -> bool:
    return complaint.decided_at is None and complaint.withdrawn_at is None


def suspension_by_regulation(election: Election) -> Suspension | None:
    """The suspension that a complaint brought about: it rests on the decision by which the group
    adopted its regulation, while one that the commission entered rests on a decision of its own."""
    adopted = AdoptedRegulation.objects.filter(group=election.group_id).values("adopted_by")
    return election.suspensions.filter(lifted_at=None, decision__in=adopted).first()


def still_suspending(election: Election, *, besides: Complaint) -> bool:
    """Does another complaint hold the election up?"""
    waiting = Complaint.objects.filter(
        round__election=election, suspends=True, decided_at=None, withdrawn_at=None
    )
    return waiting.exclude(pk=besides.pk).exists()


def in_numbers(election: Election) -> dict[str, int]:
    """For the protocol: how many were filed, how many are settled, how many stopped the election."""
    found = list(complaints_of(election))
    return {
        "filed": len(found),
        "settled": sum(not is_waiting(each) for each in found),
        "suspended": sum(each.suspends for each in found),
    }


def is_found(complaint: Complaint, name: str) -> bool:
    """Is there such a voter, candidate or observer, by the number told or else by the name?"""
    row = complaint.round
    if complaint.by == Complaint.By.OBSERVER:
        observers = row.election.group.roles.filter(role=RoleName.OBSERVER, ends_at=None)
        if complaint.by_number is not None:
            return observers.filter(person__number=complaint.by_number).exists()
        scope = f"body-{row.election.cycle.body_id}"
        people = vault.find(Person, "name", name, scope=scope)
        return observers.filter(person__in=people).exists()
    model = Voter if complaint.by == Complaint.By.VOTER else Candidate
    listed = model._default_manager.filter(round=registration_round(row))
    if complaint.by_number is not None:
        return listed.filter(number=complaint.by_number).exists()
    named = vault.find(model, "name", name, scope=complaint.vault_scope)
    return named.filter(round=registration_round(row)).exists()


# The gate


def complaints_settled_in(
    rounds: Collection[Round],
    *,
    at: datetime,
    days: Mapping[int, int | None] | None = None,
    calendars: Mapping[int, IsWorkingDay] | None = None,
) -> set[int]:
    """The gate `complaints-settled`: the term after the publication of the results is over, every
    complaint of the election is decided or withdrawn, and none of them gave this round a repeat vote.

    `days`, by group: how many its regulation gives; `calendars`, by body: on which days its terms run;
    if they were read already.
    """
    asked = [row for row in rounds if row.state == State.PUBLISHED]
    if days is None:
        days = _days_in({row.election.group_id for row in asked})
    if calendars is None:
        bodies = {row.election.cycle.body for row in asked}
        calendars = {body.pk: calendar_of_terms(body) for body in bodies}
    term_end = {
        row.pk: _term_end(
            row, days.get(row.election.group_id), calendars[row.election.cycle.body_id]
        )
        for row in asked
    }
    over = [row for row in asked if at > term_end[row.pk]]
    filed: dict[int, list[Complaint]] = {}
    complaints = Complaint.objects.filter(round__election__in={row.election_id for row in over})
    without_words = complaints.select_related("round").defer("name", "contact", "text")
    for complaint in without_words if over else ():
        filed.setdefault(complaint.round.election_id, []).append(complaint)
    return {
        row.pk
        for row in over
        if _is_settled(row, filed.get(row.election_id, []), term_end[row.pk], at=at)
    }


def _days_in(groups: Collection[int]) -> dict[int, int | None]:
    adopted = AdoptedRegulation.objects.filter(group__in=groups).order_by("version")
    return {each.group_id: each.regulation.complaint_days for each in adopted}


def _term_end(row: Round, days: int | None, calendar: IsWorkingDay) -> datetime:
    """Of a round whose results are published, since it came into that state."""
    body = row.election.cycle.body
    return term_of(row.state_since, days, body, calendar) or row.state_since


def _is_settled(
    row: Round, filed: Iterable[Complaint], term_end: datetime, *, at: datetime
) -> bool:
    filed = list(filed)
    votes_again = any(
        each.round_id == row.pk and each.effect == Complaint.Effect.REPEAT_VOTE for each in filed
    )
    answered = [Filed(each.filed_at, each.decided_at or each.withdrawn_at) for each in filed]
    return not votes_again and settled(answered, term_end, at)
