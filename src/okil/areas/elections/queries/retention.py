"""What an election still holds of people, until when, what was destroyed, and which copies are older."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from okil.areas.elections.models import (
    AdoptedRegulation,
    Candidate,
    CandidatePaper,
    CandidateQuestion,
    Complaint,
    DelegatesMeeting,
    Destruction,
    Election,
    Meeting,
    Move,
    Nomination,
    Package,
    Protocol,
    Remark,
    RollInvitation,
    Round,
    Suspension,
    Voter,
)
from okil.areas.elections.queries.complaints import term_of
from okil.areas.elections.queries.days import calendar_from, rests_of
from okil.foundation import vault
from okil.foundation.audit import entries_of
from okil.foundation.audit.models import JournalEntry
from okil.foundation.documents.forgetting import with_internal
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.retention import KEPT, Ended, Holding, Standing, due_on, holds_paper, obstacle
from okil.pure.rules.stages import State

BACKUP_MADE = "backup.made"
Numbers = dict[str, int]

# What each holding is made of: the model, and by which path it leads to the election.
HELD: Mapping[Holding, tuple[tuple[str, type[Model], str], ...]] = {
    Holding.ROLL: (
        ("voters", Voter, "election"),
        ("meetings_of_delegates", DelegatesMeeting, "election"),
    ),
    Holding.CANDIDATES: (
        ("candidates", Candidate, "election"),
        ("nominations", Nomination, "election"),
        ("papers_of_candidates", CandidatePaper, "candidate__election"),
        ("questions", CandidateQuestion, "candidate__election"),
    ),
    Holding.COMPLAINTS: (("complaints", Complaint, "round__election"),),
    Holding.ARCHIVE: (
        ("protocols", Protocol, "round__election"),
        ("packages", Package, "round__election"),
        ("remarks", Remark, "round__election"),
        ("minutes", Meeting, "election"),
    ),
}


# Asked in the same query as the numbers of what is held.
WAITING = Complaint.objects.filter(decided_at=None, withdrawn_at=None)
SUSPENDED = Suspension.objects.filter(lifted_at=None)


@dataclass(frozen=True)
class Held:
    """One holding of an election as it stands at a moment."""

    holding: Holding
    numbers: Numbers  # how many of what go when it is destroyed
    due_on: date | None
    obstacle: str | None
    is_there: bool  # is there anything that can still be opened?
    destroyed: Destruction | None  # the newest

    @property
    def total(self) -> int:
        return sum(self.numbers.values())


@dataclass(frozen=True)
class Retention:
    """All an election holds, in the order of the table, with what decides how long."""

    rules: Regulation
    standing: Standing
    held: tuple[Held, ...]
    gone: tuple[Destruction, ...]  # newest first

    def of(self, holding: Holding) -> Held:
        return next(each for each in self.held if each.holding is holding)


def retention_of(election: Election, *, at: datetime) -> Retention:
    row = _newest_round(election)
    adopted = _adopted(election, row)
    rules = adopted.regulation if adopted else Regulation()
    asked = _asked(election)
    ended = _ended(election, row, rules)
    standing = Standing(ended, suspended=bool(asked["suspended"]), complaints_open=asked["waiting"])
    keys, papers = vault.kept(scope_of(election)), with_internal(scope_of(election))
    gone = destructions_of(election)
    held = tuple(
        Held(
            holding,
            numbers=_numbers(holding, asked, papers),
            due_on=due_on(holding, rules, ended) if ended else None,
            obstacle=_code(obstacle(holding, rules, standing, today(election, at=at))),
            is_there=_is_there(holding, keys, papers),
            destroyed=next((each for each in gone if holding_of(each) is holding), None),
        )
        for holding in Holding
    )
    return Retention(rules, standing, held, tuple(gone))


def _code(refused: Refused | None) -> str | None:
    return refused.code if refused else None


def scope_of(election: Election) -> str:
    return f"election-{election.pk}"


def today(election: Election, *, at: datetime) -> date:
    return at.astimezone(ZoneInfo(election.cycle.body.time_zone)).date()


def living_keys(election: Election, holding: Holding) -> list[str]:
    keys = vault.kept(scope_of(election))
    return [each for each in KEPT[holding].keys if each in keys and keys[each] is None]


def _is_there(
    holding: Holding, keys: Mapping[str, datetime | None], papers: list[tuple[int, str]]
) -> bool:
    has_key = any(each in keys and keys[each] is None for each in KEPT[holding].keys)
    return has_key or any(holds_paper(holding, kind) for _pk, kind in papers)


def _asked(election: Election) -> Numbers:
    """Every number in one query."""
    counted = {
        f"of_{name}": how_many(model._default_manager.all(), path)
        for parts in HELD.values()
        for name, model, path in parts
    }
    counted["of_waiting"] = how_many(WAITING, "round__election")
    counted["of_suspended"] = how_many(SUSPENDED, "election")
    found: Any = Election.objects.values(**counted).get(pk=election.pk)
    return {name.removeprefix("of_"): number for name, number in found.items()}


def how_many(rows: QuerySet[Any, Any], path: str) -> Coalesce:
    found = rows.filter(**{path: OuterRef("pk")}).order_by().values(path)
    counted = found.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _numbers(holding: Holding, asked: Numbers, papers: list[tuple[int, str]]) -> Numbers:
    numbers = {name: asked[name] for name, _model, _path in HELD[holding]}
    numbers["papers"] = sum(holds_paper(holding, kind) for _pk, kind in papers)
    return {name: number for name, number in numbers.items() if number}


# When


PUBLISHED = Move.objects.filter(round=OuterRef("pk"), to_state=State.PUBLISHED).values("at")


def _newest_round(election: Election) -> Any:
    """With what its end follows from: when its result was published, on which days the body rests."""
    asked = {"published_at": Subquery(PUBLISHED[:1]), "rests": rests_of("election__cycle__body")}
    return election.rounds.annotate(**asked).order_by("-number")[0]


def _adopted(election: Election, row: Round) -> AdoptedRegulation | None:
    """The regulation as it stood when the election was concluded: a later one does not change what was
    promised. Before the conclusion the newest."""
    versions = AdoptedRegulation.objects.filter(group=election.group_id)
    if row.state == State.CONCLUDED:
        versions = versions.filter(entered_at__lte=row.state_since)
    return versions.defer("text").first()


def _ended(election: Election, row: Any, rules: Regulation) -> Ended | None:
    """The time for complaints is the one that the conclusion waited for: about the published result.
    Where no term is named one may complain until the conclusion. An annulled round ends nothing."""
    if row.state != State.CONCLUDED or row.annulled_at is not None:
        return None
    body, calendar = election.cycle.body, calendar_from(row.rests)
    ends_at = term_of(row.published_at, rules.complaint_days, body, calendar)
    concluded_on = today(election, at=row.state_since)
    return Ended(concluded_on, ends_at.date() if ends_at else concluded_on)


# What was destroyed


def destructions_of(election: Election) -> list[Destruction]:
    """Newest first."""
    return list(Destruction.objects.filter(election=election).order_by("-destroyed_at", "-pk"))


def holding_of(destruction: Destruction) -> Holding:
    """The second time, after a by-election, its round is named too: "roll-3"."""
    return Holding(destruction.purpose.partition("-")[0])


def backups_of(election: Election) -> list[JournalEntry]:
    """Copies made since the election began, newest first."""
    first = Subquery(entries_of(election.chapter).order_by("number").values("number")[:1])
    made = JournalEntry.objects.filter(event=BACKUP_MADE, number__gt=first)
    return list(made.order_by("-number"))


# The numbers that stay


def roll_numbers(election: Election) -> dict[str, Any]:
    found = Voter.objects.filter(election=election).order_by()
    used = RollInvitation.objects.filter(election=election, voters__isnull=False)
    return {
        "by_status": _counted(found, "status"),
        "by_region": _counted(found, "region"),
        "by_kind": _counted(found, "kind"),
        "by_way": _counted(found, "way"),
        "late": found.filter(is_late=True).count(),
        "organisations": len({*found.exclude(organisation="").values_list("organisation")}),
        "cards_used_by_batch": _counted(used.order_by(), "batch"),
    }


def candidate_numbers(election: Election) -> dict[str, Any]:
    found = Candidate.objects.filter(election=election).order_by()
    return {
        "by_outcome": _counted(found, "outcome"),
        "by_way": _counted(found, "way"),
        "withdrawn": found.exclude(withdrawn_at=None).count(),
        "late": found.filter(is_late=True).count(),
    }


def complaint_numbers(election: Election) -> dict[str, Any]:
    found = Complaint.objects.filter(round__election=election).order_by()
    return {"by_act": _counted(found, "act"), "by_effect": _counted(found, "effect")}


STAYS: Mapping[Holding, Callable[[Election], dict[str, Any]]] = {
    Holding.ROLL: roll_numbers,
    Holding.CANDIDATES: candidate_numbers,
    Holding.COMPLAINTS: complaint_numbers,
}


def counts_of(election: Election, held: Held) -> dict[str, Any]:
    """For the record of the destruction: what went, and what of it stays as numbers."""
    stays = STAYS.get(held.holding)
    return {"gone": held.numbers, "stays": stays(election) if stays else {}}


def _counted(rows: Any, field: str) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for value, number in rows.values_list(field).annotate(n=Count("pk")):
        counted[str(value)] += number
    return dict(counted)
