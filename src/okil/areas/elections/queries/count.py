"""The count of a round: what two members entered, what they agreed on, and what follows from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from okil.areas.elections.models import AgreedCount, Candidate, Contestant, CountEntry, Round
from okil.areas.elections.queries import ballots
from okil.areas.elections.queries.ballots import Contest, Numbers
from okil.areas.elections.queries.by_elections import seats_contested
from okil.areas.elections.queries.voters import registration_round
from okil.pure.rules import again, counting
from okil.pure.rules.again import LaterVote, LeftOpen
from okil.pure.rules.contests import Held
from okil.pure.rules.count_sheet import CONTESTS_OF, CountSheet, Finding, TieDecision
from okil.pure.rules.count_sheet import Contest as Counted
from okil.pure.rules.counting import Result, count_each
from okil.pure.rules.papers import ContestCount, CountOfBox, box_from
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import VOTED_ON_AGAIN, RoundKind
from okil.pure.rules.ties import Contenders

COUNTERS = 2
SEATS_OF = {"member": ("member",), "alternate": ("alternate",), "both": ("member", "alternate")}


def entries_of(row: Round) -> list[CountEntry]:
    """Every count of a round, the replaced ones too, in the order they were entered."""
    return list(row.count_entries.select_related("role__person"))


def standing_entries(entries: Iterable[CountEntry]) -> list[CountEntry]:
    """The counts that no later one replaced."""
    return [entry for entry in entries if entry.replaced_at is None]


def box_of(counted: CountEntry | AgreedCount) -> CountOfBox:
    return box_from(counted.content)


# What follows from an agreed count


@dataclass(frozen=True, slots=True)
class Vacant:
    place: str
    seats: int


@dataclass(frozen=True)
class Outcome:
    """What a round came to, together with the rounds it continues.

    `result` is what `okil count` says of `sheet`, and `agreed` the count whose numbers the sheet has.
    After a repeat vote between equals these are the earlier ones, with the vote as a tie decision;
    `own` is always this round's sheet. `carried` were elected in an earlier round, so not in `result`.
    `not_counted` says why the program cannot tell who is elected: "" if it can.
    """

    round: Round
    agreed: AgreedCount
    sheet: CountSheet
    result: Result
    own: CountSheet
    held: tuple[Held, ...] = ()  # how each contest of the sheet is held
    members: tuple[int, ...] = ()
    alternates: tuple[int, ...] = ()
    vacant: tuple[Vacant, ...] = ()
    carried: tuple[int, ...] = ()
    open: tuple[LeftOpen, ...] = ()
    tied_again: tuple[Contenders, ...] = ()
    decided: bool = False
    not_counted: str = ""
    later: tuple[LaterVote, ...] = ()

    @property
    def ties(self) -> tuple[Contenders, ...]:
        """Equals of whom somebody has to say who goes first; of a repeat vote those equal in it."""
        voted_again = {name for tie in self.tied_again for name in tie.between}
        first = (tie for tie in self.result.ties if not voted_again & set(tie.between))
        return (*self.tied_again, *first)

    @property
    def second_round(self) -> tuple[Contenders, ...]:
        return self.result.second_round

    @property
    def steps(self) -> tuple[Finding, ...]:
        return self.result.steps


def outcome_of(row: Round, numbers: Numbers | None = None) -> Outcome | None:
    """What the agreed count of a round says under the group's regulation; None before it is agreed.

    `numbers` if they were read already.
    """
    numbers = numbers or ballots.in_numbers(row)
    agreed = numbers.agreed
    if agreed is None:
        return None
    before = _continued(numbers)
    contests = _with_seats(numbers, ballots.contests_of(row, numbers), before)
    own = _own_sheet(numbers, box_of(agreed), contests)
    if why := _why_not_counted(contests, numbers.rules):
        return Outcome(row, agreed, own, Result(), own, not_counted=why)
    if before is not None and _repeats_ties(contests, before):
        return _after_repeat_vote(row, own, before)
    carried = _carried(numbers, before) if before else ()
    return _after_vote(row, agreed, own, contests, before, carried)


def contests_voted(row: Round, numbers: Numbers | None = None) -> tuple[Contest, ...]:
    """The contests of a round as its paper shows them, each with the seats that are open in it."""
    numbers = numbers or ballots.in_numbers(row)
    return _with_seats(numbers, ballots.contests_of(row, numbers), _continued(numbers))


def sheet_with(row: Round, box: CountOfBox) -> CountSheet:
    """What would be counted if these numbers were agreed on."""
    numbers = ballots.in_numbers(row)
    return _own_sheet(numbers, box, contests_voted(row, numbers))


def contestants_for(row: Round) -> list[tuple[Candidate, str]]:
    """Who stands, and for which place, in a round that follows this one.

    The equals of a tie; the strongest of a contest without a majority; in a contest that was void,
    was annulled, or whose winner dropped out, all who are left.
    """
    gone = set(row.departures.values_list("candidate", flat=True))
    outcome = None if row.annulled_at else outcome_of(row)
    listed = [each for each in _ever_on_paper(row) if each.candidate_id not in gone]
    if outcome is None or outcome.not_counted or not outcome.open:
        left = {each.place for each in _ever_on_paper(row) if each.candidate_id in gone}
        here = [each for each in listed if each.round_id == row.pk]
        return [(each.candidate, each.place) for each in here if not left or each.place in left]
    between = _between(outcome)
    wanted = [
        (each.candidate, each.place)
        for each in listed
        if str(each.candidate.number) in between.get(each.place, ())
    ]
    return list(dict.fromkeys(wanted))


def waits_for_an_act(row: Round, numbers: Numbers | None = None) -> bool:
    """Is there a tie that is settled in this round, and not by voting again?"""
    numbers = numbers or ballots.in_numbers(row)
    outcome = outcome_of(row, numbers)
    if outcome is None or not outcome.ties:
        return False
    return numbers.rules.tie != "repeat_vote_between_tied"


def waiting_for_an_act(rounds: Collection[Round]) -> set[int]:
    """Those of these current rounds in which such a tie waits, read together."""
    found = ballots.all_in_numbers(rounds) if rounds else []
    return {each.round.pk for each in found if waits_for_an_act(each.round, each)}


def _continued(numbers: Numbers) -> Outcome | None:
    """The outcome of the round before, if this one continues it."""
    before = numbers.before
    if numbers.round.kind not in VOTED_ON_AGAIN or before is None:
        return None
    return None if before.round.annulled_at else outcome_of(before.round, before)


def _ever_on_paper(row: Round) -> list[Contestant]:
    """Everybody who stood in this round or, of the same registration, in one before."""
    standing = Contestant.objects.filter(
        round__election=row.election_id,
        round__number__lte=row.number,
        candidate__round=registration_round(row),
        candidate__withdrawn_at=None,
    )
    return list(standing.select_related("candidate").order_by("place", "candidate__number", "pk"))


def _between(outcome: Outcome) -> dict[str, set[str]]:
    """For each contest that is open: between whom."""
    between = {each.place: set(each.between) for each in outcome.open}
    for tie in outcome.tied_again:
        for names in between.values():
            if set(tie.between) <= names:
                names.intersection_update(tie.between)
    return between


def _open_here(contest: Contest, before: Outcome) -> LeftOpen | None:
    """What the earlier round left open that this contest votes on."""
    names = {str(number) for number in contest.numbers}
    between = _between(before)
    for each in before.open:
        if each.place == contest.place and between[each.place] == names:
            return each
    return None


def _with_seats(
    numbers: Numbers, contests: Sequence[Contest], before: Outcome | None
) -> tuple[Contest, ...]:
    if numbers.round.kind == RoundKind.BY_ELECTION:
        vacant = seats_contested(numbers.round, numbers.rules)
        return tuple(replace(each, seats=vacant.get(each.place, 1)) for each in contests)
    if before is None:
        return tuple(contests)
    found = ((each, _open_here(each, before)) for each in contests)
    return tuple(replace(each, seats=left.seats) if left else each for each, left in found)


def _repeats_ties(contests: Sequence[Contest], before: Outcome) -> bool:
    left = [_open_here(each, before) for each in contests]
    return bool(left) and all(each is not None and each.why == again.TIE for each in left)


def _carried(numbers: Numbers, before: Outcome) -> tuple[int, ...]:
    here = {each.candidate.number for each in numbers.ever_on_paper}
    gone = numbers.before.departed if numbers.before else frozenset()
    return tuple(
        number for number in (*before.members, *before.alternates) if number not in here | gone
    )


# The sheet of a round


def _own_sheet(numbers: Numbers, box: CountOfBox, contests: Sequence[Contest]) -> CountSheet:
    """The numbers of a round under the rule of its first contest that is contested."""
    rules = numbers.rules
    counted = {each.place: each for each in box.contests}
    contested = [each.held for each in contests if each.held.is_voted_on]
    usual = next((one for one in contested if not one.for_or_against), None)
    usual = usual or next(iter(contested), contests[0].held)
    sheet = CountSheet(
        model=rules.contest_model or "",
        rule=usual.rule or "",
        contests=tuple(_counted(each, counted.get(each.place)) for each in contests),
        registered=numbers.registered,
        voted=box.papers.found,
        majority_of=usual.majority_of,
        tie=rules.tie,
        # Where nobody votes, nobody can be missing.
        minimum_turnout=rules.minimum_turnout_percent if contested else None,
    )
    return replace(sheet, tie_decisions=tuple(_tie_decisions(numbers, sheet)))


def _counted(contest: Contest, found: ContestCount | None) -> Counted:
    names = tuple(str(number) for number in contest.numbers)
    if found is None:
        return Counted(contest.place, names, contest.seats)
    return Counted(
        contest.place,
        names,
        contest.seats,
        votes=dict(found.votes),
        blank=found.blank,
        wrongly_completed=found.wrongly_completed,
        late=found.late,
    )


def _tie_decisions(numbers: Numbers, sheet: CountSheet) -> Iterator[TieDecision]:
    places = [contest.place for contest in sheet.contests]
    for place, order in numbers.ties:
        if place in places:
            yield TieDecision(places.index(place), tuple(map(str, order)))


def _why_not_counted(contests: Sequence[Contest], rules: Regulation) -> str:
    if rules.contest_model not in CONTESTS_OF:
        return "model-of-its-own" if rules.contest_model else "model-unknown"
    return "rule-unknown" if any(each.held.rule is None for each in contests) else ""


def _count(sheet: CountSheet, held: Sequence[Held]) -> Result:
    return count_each(sheet, [(one.rule or "", one.majority_of) for one in held])


# What became of it


def _after_vote(
    row: Round,
    agreed: AgreedCount,
    own: CountSheet,
    contests: Sequence[Contest],
    before: Outcome | None,
    carried: tuple[int, ...],
) -> Outcome:
    """A vote that is counted by itself; who was elected before and does not stand again stays so."""
    held = tuple(contest.held for contest in contests)
    result = _count(own, held)
    here = {contest.place for contest in contests}
    seats_here = {place for contest in here for place in SEATS_OF[contest]}
    waiting = [each for each in before.open if each.place not in here] if before else []
    vacant = [each for each in before.vacant if each.place not in seats_here] if before else []
    return Outcome(
        round=row,
        agreed=agreed,
        sheet=own,
        result=result,
        own=own,
        held=held,
        members=(*map(int, result.winners), *_among(carried, before.members if before else ())),
        alternates=(
            *map(int, result.alternates),
            *_among(carried, before.alternates if before else ()),
        ),
        vacant=(*_vacant(result), *vacant),
        carried=carried,
        open=(*again.left_open(own, result), *waiting),
        decided=result.decided and not waiting,
    )


def _after_repeat_vote(row: Round, own: CountSheet, before: Outcome) -> Outcome:
    """Equals were voted on again: the earlier count stands, now with an order of those equals."""
    later = before.later
    if counting.turnout_is_enough(own):
        later = (*later, *_later_votes(own))
    settled = again.settle(before.sheet, later)
    result = _count(settled.sheet, before.held)
    carried = before.carried
    return replace(
        before,
        round=row,
        sheet=settled.sheet,
        result=result,
        own=own,
        members=(*map(int, result.winners), *_among(carried, before.members)),
        alternates=(*map(int, result.alternates), *_among(carried, before.alternates)),
        vacant=(*_vacant(result), *_vacant_elsewhere(before)),
        open=again.left_open(settled.sheet, result),
        tied_again=settled.tied_again,
        decided=result.decided,
        later=later,
    )


def _later_votes(own: CountSheet) -> Iterator[LaterVote]:
    for number, contest in enumerate(own.contests):
        orders = tuple(one.order for one in own.tie_decisions if one.contest == number)
        yield LaterVote(contest.place, contest.tally(), orders)


def _among(numbers: Iterable[int], elected: Collection[int]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number in elected)


def _vacant(result: Result) -> Iterator[Vacant]:
    for step in result.steps:
        if step.code == "vacant":
            yield Vacant(step.facts["place"], step.facts["seats"])
        elif step.code == "no-candidate":
            for place in SEATS_OF[step.facts["contest"]]:
                yield Vacant(place, step.facts["seats"])


def _vacant_elsewhere(before: Outcome) -> Iterator[Vacant]:
    """What stayed vacant in rounds before the one whose count stands."""
    here = set(_vacant(before.result))
    return (each for each in before.vacant if each not in here)
