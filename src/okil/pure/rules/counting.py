"""From the numbers of a count to the seats: who is elected, who is alternate, what stays open, and why.

REG-05 (model), REG-33 (plurality or majority), REG-90 (ties), REG-92 (turnout, one candidate). Nothing
is decided here that the votes or a recorded act do not decide. Described in docs/counting.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from okil.pure.rules.count_sheet import Contest, CountSheet, Finding, TieDecision, contradictions
from okil.pure.rules.ties import Allotment, Contenders, Tie, allot

SECOND_ROUND = "second_round"
CANDIDATES_PER_OPEN_SEAT = 2  # so many go into a second round


@dataclass(frozen=True, slots=True)
class Result:
    """What the numbers say. With `contradictions` nothing is counted: nobody is elected.

    `decided` is false while a tie, a second round, a missing majority or too low a turnout leaves open
    who takes a seat. A seat for which nobody stood is vacant, not undecided.
    """

    winners: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    ties: tuple[Contenders, ...] = ()
    second_round: tuple[Contenders, ...] = ()
    decided: bool = False
    steps: tuple[Finding, ...] = ()
    contradictions: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Outcome:
    """What one contest came to."""

    winners: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    ties: list[Contenders] = field(default_factory=list)
    second_round: list[Contenders] = field(default_factory=list)
    without_majority: tuple[str, ...] = ()  # left over, too few for a second round
    decisions: list[TieDecision] = field(default_factory=list)  # those that were needed
    steps: list[Finding] = field(default_factory=list)

    @property
    def decided(self) -> bool:
        return not (self.ties or self.second_round or self.without_majority)

    @property
    def open(self) -> frozenset[str]:
        """Everyone who may still get a place."""
        contenders = [*self.ties, *self.second_round]
        names = {name for each in contenders for name in each.between}
        return frozenset(names | set(self.without_majority))

    def say(self, code: str, **facts: object) -> None:
        self.steps.append(Finding(code, facts))


def count(sheet: CountSheet) -> Result:
    """The result of a count with each step that led to it. Always the same for the same sheet."""
    wrong = list(contradictions(sheet))
    steps = list(_turnout(sheet))
    outcomes: list[_Outcome] = []
    if turnout_is_enough(sheet):
        outcomes = _outcomes(sheet)
    used = [decision for outcome in outcomes for decision in outcome.decisions]
    wrong += _needless(sheet.tie_decisions, used)
    if wrong:
        return Result(contradictions=tuple(wrong))

    decided = bool(outcomes) and all(outcome.decided for outcome in outcomes)
    steps += [step for outcome in outcomes for step in outcome.steps]
    steps.append(Finding("decided" if decided else "undecided", {}))
    return Result(
        winners=tuple(name for outcome in outcomes for name in outcome.winners),
        alternates=tuple(name for outcome in outcomes for name in outcome.alternates),
        ties=tuple(tie for outcome in outcomes for tie in outcome.ties),
        second_round=tuple(each for outcome in outcomes for each in outcome.second_round),
        decided=decided,
        steps=tuple(steps),
    )


def count_each(sheet: CountSheet, rules: Sequence[tuple[str, str | None]]) -> Result:
    """As `count`, each contest by its own rule and "more than half of what", in the sheet's order.

    Beside a contested one may stand a single candidate, voted on for or against.
    """
    contests_by_rule: dict[tuple[str, str | None], list[int]] = {}
    for number, rule in enumerate(rules):
        contests_by_rule.setdefault(rule, []).append(number)
    if len(contests_by_rule) == 1:
        ((principle, majority_of),) = contests_by_rule
        return count(replace(sheet, rule=principle, majority_of=majority_of))
    parts = [count(_part(sheet, numbers, *rule)) for rule, numbers in contests_by_rule.items()]
    return Result(
        winners=tuple(name for part in parts for name in part.winners),
        alternates=tuple(name for part in parts for name in part.alternates),
        ties=tuple(tie for part in parts for tie in part.ties),
        second_round=tuple(each for part in parts for each in part.second_round),
        decided=all(part.decided for part in parts),
        steps=tuple(step for part in parts for step in part.steps),
        contradictions=tuple(wrong for part in parts for wrong in part.contradictions),
    )


def _part(
    sheet: CountSheet, contests: Sequence[int], rule: str, majority_of: str | None
) -> CountSheet:
    return replace(
        sheet,
        rule=rule,
        majority_of=majority_of,
        contests=tuple(sheet.contests[number] for number in contests),
        tie_decisions=tuple(
            replace(decision, contest=contests.index(decision.contest))
            for decision in sheet.tie_decisions
            if decision.contest in contests
        ),
    )


def turnout_is_enough(sheet: CountSheet) -> bool:
    """Did so many of the roll take part that the vote is valid? Without a minimum, any number did."""
    return sheet.voted * 100 >= sheet.registered * (sheet.minimum_turnout or 0)


def _turnout(sheet: CountSheet) -> Iterator[Finding]:
    share = f"{sheet.voted * 100 / max(sheet.registered, 1):.1f}"
    yield Finding("took-part", {"voted": sheet.voted, "of": sheet.registered, "share": share})
    if not sheet.minimum_turnout:
        yield Finding("no-minimum-turnout", {})
        return
    code = "turnout-enough" if turnout_is_enough(sheet) else "turnout-too-low"
    yield Finding(code, {"minimum": sheet.minimum_turnout})


def _needless(all_of_them: Sequence[TieDecision], used: list[TieDecision]) -> Iterator[Finding]:
    """A decision about a tie that the votes do not show, or a second one about the same tie."""
    left = list(used)
    for decision in all_of_them:
        if decision in left:
            left.remove(decision)
            continue
        facts = {"number": decision.contest, "names": decision.order}
        yield Finding("decision-without-tie", facts)


# The contests, one after the other


def _outcomes(sheet: CountSheet) -> list[_Outcome]:
    """One outcome per contest. The members come first: who is elected one is no alternate."""
    first, *rest = sorted(enumerate(sheet.contests), key=lambda one: one[1].place == "alternate")
    outcome = _contest(sheet, *first, elected=())
    outcomes = [outcome]
    for number, contest in rest:
        # Without decisions: a tie with someone who may become member is not yet one to decide.
        before = replace(sheet, tie_decisions=())
        possible = _contest(before, number, contest, elected=outcome.winners)
        waiting_for = outcome.open & {*possible.alternates, *possible.open}
        if waiting_for:
            outcomes.append(_waiting(sheet, contest, waiting_for))
        else:
            outcomes.append(_contest(sheet, number, contest, elected=outcome.winners))
    return outcomes


def _waiting(sheet: CountSheet, contest: Contest, names: frozenset[str]) -> _Outcome:
    """Someone may yet become member who would otherwise be alternate here: too early to say.

    The contest of the members is open then, so the whole count is undecided.
    """
    outcome = _Outcome()
    _say_the_numbers(outcome, sheet, contest)
    in_order = tuple(name for name in contest.candidates if name in names)
    outcome.say("waits-for-members", names=in_order)
    return outcome


def _contest(
    sheet: CountSheet, number: int, contest: Contest, *, elected: Sequence[str]
) -> _Outcome:
    outcome = _Outcome()
    _say_the_numbers(outcome, sheet, contest)
    tally = contest.tally()
    votes = {name: tally[name] for name in contest.candidates if name not in elected}
    for name in contest.candidates:
        if name in elected:
            outcome.say("passed-over", name=name)
    if not votes:
        outcome.say("no-candidate", contest=contest.place, seats=contest.seats)
        return outcome
    if len(votes) == 1:
        outcome.say("only-candidate", name=next(iter(votes)))

    decisions = [one for one in sheet.tie_decisions if one.contest == number]
    first = "alternate" if contest.place == "alternate" else "member"
    needed = _majority(outcome, sheet, contest)
    enough = {name: number for name, number in votes.items() if number >= needed}
    if len(enough) >= contest.seats:
        places = [(first, contest.seats)]
        if contest.place == "both":
            places.append(("alternate", contest.seats))
        _seat(outcome, allot(votes, places, decisions), sheet, contest, votes)
    else:
        _seat(outcome, allot(enough, [(first, contest.seats)]), sheet, contest, votes)
        others = {name: number for name, number in votes.items() if name not in enough}
        _second_round(outcome, others, first, contest.seats - len(enough), sheet, decisions)
    if outcome.decided:
        _say_what_is_vacant(outcome, contest)
    return outcome


def _say_the_numbers(outcome: _Outcome, sheet: CountSheet, contest: Contest) -> None:
    tally = contest.tally()
    outcome.say("contest", contest=contest.place, seats=contest.seats)
    outcome.say(
        "papers",
        papers=contest.papers_for_candidates(sheet.voted) if contest.candidates else 0,
        blank=contest.blank_papers,
        wrongly_completed=contest.wrongly_completed,
        late=contest.late,
    )
    if contest.candidates:
        ranked = sorted(contest.candidates, key=lambda name: -tally[name])
        outcome.say("votes", votes=tuple((name, tally[name]) for name in ranked))


def _majority(outcome: _Outcome, sheet: CountSheet, contest: Contest) -> int:
    """The votes that a seat needs: none in particular, or more than half of what the rule names."""
    if sheet.rule == "plurality":
        outcome.say("plurality")
        return 0
    of = {
        "votes_cast": sheet.voted,
        "votes_for_candidates": contest.papers_for_candidates(sheet.voted),
        "registered": sheet.registered,
    }[sheet.majority_of or ""]
    needed = of // 2 + 1
    outcome.say("majority-needed", majority_of=sheet.majority_of, of=of, needed=needed)
    return needed


def _seat(
    outcome: _Outcome,
    allotment: Allotment,
    sheet: CountSheet,
    contest: Contest,
    votes: Mapping[str, int],
) -> None:
    """Takes over who got which place, and says it."""
    _say_ties(outcome, allotment.ties, sheet.tie)
    outcome.winners = allotment.of("member")
    outcome.alternates = allotment.of("alternate")
    for name in outcome.winners:
        outcome.say("elected-member", name=name, votes=votes[name])
    code = "next-by-votes" if contest.place == "both" else "elected-alternate"
    for name in outcome.alternates:
        outcome.say(code, name=name, votes=votes[name])
    for name in [*outcome.winners, *outcome.alternates]:
        if votes[name] == 0:
            outcome.say("without-a-vote", name=name)


def _say_ties(outcome: _Outcome, ties: Sequence[Tie], rule: str | None) -> None:
    for tie in ties:
        contenders = tie.contenders
        outcome.say(
            "tie",
            names=contenders.between,
            votes=tie.votes,
            places=tie.places,
            place=contenders.place,
        )
        if tie.decision is not None:
            outcome.decisions.append(tie.decision)
            outcome.say("tie-decided", rule=rule or "unsaid", names=tie.decision.order)
        else:
            outcome.ties.append(contenders)
            outcome.say("tie-open", rule=rule or "unsaid")


def _second_round(
    outcome: _Outcome,
    votes: Mapping[str, int],
    place: str,
    seats: int,
    sheet: CountSheet,
    decisions: Sequence[TieDecision],
) -> None:
    """Too few have a majority: the strongest of the others, two for each open seat, stand again."""
    if not votes:
        return  # everyone who stood is elected; the seats left over are vacant
    outcome.say("majority-not-reached", seats=seats)
    if len(votes) <= seats:
        outcome.without_majority = tuple(votes)
        outcome.say("second-round-without-choice", names=tuple(votes))
        return
    places = [(SECOND_ROUND, seats * CANDIDATES_PER_OPEN_SEAT)]
    allotment = allot(votes, places, decisions)
    _say_ties(outcome, allotment.ties, sheet.tie)
    names = allotment.of(SECOND_ROUND)
    if names:
        outcome.second_round.append(Contenders(names, place))
        outcome.say("second-round", names=names)


def _say_what_is_vacant(outcome: _Outcome, contest: Contest) -> None:
    for place, taken in (("member", outcome.winners), ("alternate", outcome.alternates)):
        if contest.place in (place, "both") and len(taken) < contest.seats:
            outcome.say("vacant", place=place, seats=contest.seats - len(taken))
