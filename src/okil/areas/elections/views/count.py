"""The count: entered apart, compared, agreed on; what follows from it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okil.areas.bodies.models import RoleName
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import count as actions
from okil.areas.elections.documents import count as papers
from okil.areas.elections.forms.count import AgreeForm, CountForm, ReopenForm, TieForm, entered
from okil.areas.elections.models import CountEntry, TieSettled
from okil.areas.elections.queries import count as queries
from okil.areas.elections.queries.ballots import Contest, Numbers, newest_in_numbers
from okil.areas.elections.queries.count import Outcome, box_of
from okil.areas.elections.queries.desk import LISTED_IN
from okil.areas.elections.views.assembly import (
    candidate_labels,
    or_404,
    page_of,
    papers_shown,
    pressed,
    scene,
    seen_in,
)
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.witnesses import may_read_witnesses
from okil.areas.elections.wording.count import (
    IMBALANCES,
    NOT_COUNTED,
    contest_name,
    line_name,
    way_name,
)
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.rules.count_sheet import Finding
from okil.pure.rules.counting_words import text_of
from okil.pure.rules.papers import CountOfBox, differences, imbalances
from okil.pure.rules.stages import State


@dataclass(frozen=True)
class Counting:
    """A visitor at the count of the current round."""

    visit: Visit
    numbers: Numbers
    contests: tuple[Contest, ...]

    @cached_property
    def entries(self) -> list[CountEntry]:
        return queries.entries_of(self.numbers.round)

    @property
    def standing(self) -> list[CountEntry]:
        return queries.standing_entries(self.entries)

    @property
    def mine(self) -> CountEntry | None:
        """The visitor's own count, if it stands."""
        own = {held.number for held in self.visit.standings if held.role == RoleName.COMMISSIONER}
        return next((e for e in self.standing if e.role.person.number in own), None)

    @property
    def counts(self) -> bool:
        return self.visit.may("decide", "ballots")

    @property
    def is_open(self) -> bool:
        return State(self.numbers.round.state) is State.COUNTING and not self.numbers.agreed

    @property
    def is_visible(self) -> bool:
        """Nobody sees a number before both counts are in; who does not count, before they agree."""
        both = len(self.standing) == queries.COUNTERS
        return self.numbers.agreed is not None or (self.counts and both)

    @property
    def labels(self) -> dict[int, str]:
        return candidate_labels(each for contest in self.contests for each in contest.contestants)


def _counting(request: HttpRequest, year: int, slug: str, *, by_commission: bool) -> Counting:
    visit = access.election_for(request.user, year, slug)
    watches = visit.may("see_counts", "ballots") or visit.may("see", "protocol_internal")
    # The Secretariat reads the protocol, and sees nothing of how it came about.
    others = watches and not visit.is_a(RoleName.SECRETARIAT)
    or_404(visit.may("decide", "ballots") or (others and not by_commission))
    numbers = newest_in_numbers(visit.election)
    return Counting(visit, numbers, queries.contests_voted(numbers.round, numbers))


@officer_required
def count(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Where the count stands; the comparison, as soon as both counts are in."""
    here = _counting(request, year, slug, by_commission=False)
    row = here.numbers.round
    return render(
        request,
        "elections/count.html",
        {
            **scene(here.visit, "count"),
            "here": here,
            "has_entered": here.mine is not None,
            "is_early": State(row.state) in _before_the_count(),
            "is_over": State(row.state) not in (*_before_the_count(), State.COUNTING),
            "may_reopen": _may_reopen(here),
            "lists_who_voted": here.numbers.agreed and State(row.state) in LISTED_IN,
            "papers": papers_shown(row, (papers.BLANK_SHEET,)) if here.counts else [],
            "may_issue": here.counts
            and State(row.state) in (State.CANDIDATES_PUBLISHED, State.VOTING, State.COUNTING),
            **(_comparison(here) if here.is_visible else {}),
        },
    )


def _before_the_count() -> tuple[State, ...]:
    every = tuple(State)
    return every[: every.index(State.COUNTING)]


def _comparison(here: Counting) -> dict[str, Any]:
    first, second = _compared(here)
    one, other = box_of(first), box_of(second)
    differing = {(each.contest, each.line) for each in differences(one, other)}
    unexplained = imbalances(
        one,
        signed_for=here.numbers.given,
        seats=max((contest.seats for contest in here.contests), default=1),
    )
    agreed = here.numbers.agreed
    return {
        "first": first,
        "second": second,
        "differing": len(differing),
        "sections": list(_sections(here, one, other, differing)),
        "imbalances": [
            {
                "text": str(IMBALANCES[each.code]).format(expected=each.expected, found=each.found),
                "may_be_explained": each.may_be_explained,
                "reason": agreed.reasons.get(each.code, "") if agreed else "",
            }
            for each in unexplained
        ],
        "must_recount": any(not each.may_be_explained for each in unexplained),
        "confirms": here.mine == first,
        "replaced": [entry for entry in here.entries if entry.replaced_at is not None],
    }


def _compared(here: Counting) -> tuple[CountEntry, CountEntry]:
    """The two counts that stand; after the agreement, those that were agreed on."""
    agreed = here.numbers.agreed
    if agreed is None:
        first, second = here.standing
        return first, second
    known = {entry.pk: entry for entry in here.entries}
    return known[agreed.first_id], known[agreed.second_id]


def _sections(
    here: Counting, one: CountOfBox, other: CountOfBox, differing: set[tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    """Tables of lines with both numbers: the papers, then each contest with its sum."""
    labels = here.labels
    held = {contest.place: contest.held for contest in here.contests}

    def line(contest: str, name: str, label: Any, first: int, second: int) -> dict[str, Any]:
        return {
            "label": label,
            "first": first,
            "second": second,
            "differs": (contest, name) in differing,
            "difference": abs(first - second),
        }

    names = ("printed", "issued", "unused", "found")
    yield {
        "title": pgettext("ballot papers", "Papers"),
        "lines": [
            line("", n, line_name(n), getattr(one.papers, n), getattr(other.papers, n))
            for n in names
        ],
        "total": None,
    }
    for ours, theirs in zip(one.contests, other.contests, strict=True):
        lines = [
            line(ours.place, n, labels.get(int(n), n), ours.votes[n], theirs.votes.get(n, 0))
            for n in ours.votes
        ]
        for pile in papers.PILES:
            label = line_name(pile, for_or_against=held[ours.place].for_or_against)
            lines.append(line(ours.place, pile, label, getattr(ours, pile), getattr(theirs, pile)))
        sums = [sum(each[side] for each in lines) for side in ("first", "second")]
        yield {
            "title": contest_name(ours.place),
            "lines": lines,
            "total": {**line("", "", _("Together"), *sums), "differs": sums[0] != sums[1]},
        }


# Entering and agreeing


@officer_required
def enter(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    here = _counting(request, year, slug, by_commission=True)
    back = page_of("count", here.visit)
    full = here.mine is None and len(here.standing) == queries.COUNTERS
    if full or not here.is_open:
        return HttpResponseRedirect(back)
    mine = here.mine
    form = CountForm(
        *posted(request),
        contests=here.contests,
        labels=here.labels,
        printed=here.numbers.printed,
        initial=entered(box_of(mine)) if mine else {},
    )
    return act(
        request,
        form,
        lambda form: actions.enter_count(
            here.visit.election.pk, count=form.count(), actor=here.visit.user, at=clock.now()
        ),
        template="elections/count_enter.html",
        page={
            **scene(here.visit, "count"),
            "sections": form.sections(),
            "printed": here.numbers.printed,
            "is_again": mine is not None,
            "back": back,
        },
        then=back,
        done=_("Your count is entered."),
    )


@officer_required
@require_POST
def anew(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    here = _counting(request, year, slug, by_commission=True)
    return pressed(
        request,
        lambda: actions.count_anew(here.visit.election.pk, actor=here.visit.user, at=clock.now()),
        then=page_of("count", here.visit),
        done=_("All papers are counted again. The first numbers stay."),
    )


@officer_required
def agree(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Whoever did not enter the last numbers stands for them too."""
    here = _counting(request, year, slug, by_commission=True)
    back = page_of("count", here.visit)
    if not here.is_open or len(here.standing) < queries.COUNTERS:
        return HttpResponseRedirect(back)
    compared = _comparison(here)
    first = compared["first"]
    unexplained = imbalances(
        box_of(first),
        signed_for=here.numbers.given,
        seats=max((contest.seats for contest in here.contests), default=1),
    )
    form = AgreeForm(
        *posted(request),
        imbalances=[each for each in unexplained if each.may_be_explained],
        corrected=any(entry.content != first.content for entry in here.entries),
    )
    return act(
        request,
        form,
        lambda form: actions.agree_count(
            here.visit.election.pk,
            explanation=form.cleaned_data.get("explanation", ""),
            reasons=form.reasons(),
            actor=here.visit.user,
            at=clock.now(),
        ),
        template="elections/count_agree.html",
        page={**scene(here.visit, "count"), **compared, "here": here, "back": back},
        then=page_of("count_result", here.visit),
        done=_("The count is agreed."),
    )


@officer_required
def reopen(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """One who counts takes the agreement back; to agree again takes two."""
    here = _counting(request, year, slug, by_commission=True)
    back = page_of("count", here.visit)
    if not _may_reopen(here):
        return HttpResponseRedirect(back)
    return act(
        request,
        ReopenForm(*posted(request)),
        lambda form: actions.reopen_count(
            here.visit.election.pk,
            because=form.cleaned_data["because"],
            actor=here.visit.user,
            at=clock.now(),
        ),
        template="elections/form.html",
        page={
            **scene(here.visit, "count"),
            "title": _("Open the agreed count again"),
            "lead": _(
                "Both counts stay as they were entered. Whoever was wrong puts their numbers right, or "
                "all piles are counted again; then two stand for them, and say what was wrong."
            ),
            "note": _("The journal says who opened it, when and why."),
            "button": _("Open the count again"),
        },
        then=back,
        done=_("The count is open again."),
    )


def _may_reopen(here: Counting) -> bool:
    row = here.numbers.round
    counting = here.counts and State(row.state) is State.COUNTING
    return counting and here.numbers.agreed is not None and not row.protocols.exists()


@officer_required
@require_POST
def issue_sheet(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    here = _counting(request, year, slug, by_commission=True)
    return pressed(
        request,
        lambda: actions.issue_count_sheet(
            here.visit.election.pk,
            seen=seen_in(request),
            actor=here.visit.user,
            at=clock.now(),
        ),
        then=page_of("count", here.visit),
        done=_("The blank sheet is ready: print one for each who counts."),
    )


# What follows


@officer_required
def result(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Every step from the numbers to the seats, in words; for officers, before it is published."""
    here = _counting(request, year, slug, by_commission=False)
    row = here.numbers.round
    outcome = queries.outcome_of(row, here.numbers)
    if outcome is None:
        return HttpResponseRedirect(page_of("count", here.visit))
    labels = _labels_of(here, outcome)
    settled = list(row.ties_settled.filter(withdrawn_at=None)) if here.numbers.ties else []
    rule = here.numbers.rules.tie
    open_to_acts = State(row.state) is State.COUNTING and here.counts
    return render(
        request,
        "elections/count_result.html",
        {
            **scene(here.visit, "count"),
            "outcome": outcome,
            "not_counted": NOT_COUNTED.get(outcome.not_counted),
            "members": [labels[n] for n in outcome.members],
            "alternates": [labels[n] for n in outcome.alternates],
            "steps": steps_told(outcome.steps, labels),
            "own_votes": _own_votes(outcome, labels) if outcome.later else [],
            "ties": [
                {
                    "names": [labels[int(name)] for name in tie.between],
                    "numbers": ", ".join(tie.between),
                }
                for tie in outcome.ties
            ],
            "may_settle": open_to_acts and bool(actions.ways_of(row, rule)),
            "is_voted_again": rule == "repeat_vote_between_tied",
            "settled": [
                {
                    "row": each,
                    "way": way_name(each.way),
                    "names": [labels[number] for number in each.order],
                }
                for each in settled
            ],
            "may_withdraw": open_to_acts,
            "reads_witnesses": may_read_witnesses(here.visit),
        },
    )


def _labels_of(here: Counting, outcome: Outcome) -> dict[int, str]:
    """Names where everybody may read them; whoever stood in an earlier round only is known by number."""
    labels = here.labels
    names = {name for contest in outcome.sheet.contests for name in contest.candidates}
    numbers = {*map(int, names), *outcome.members, *outcome.alternates}
    missing = {n: _("Candidate no. {number}").format(number=n) for n in numbers - set(labels)}
    return {**labels, **missing}


def steps_told(steps: Sequence[Finding], labels: Mapping[int, str]) -> list[str]:
    """Each step as a sentence in the reader's language, the candidates by what may be read of them."""
    language = (get_language() or "ru")[:2]
    return [text_of(_with_labels(step, labels), language) for step in steps]


def _with_labels(step: Finding, labels: Mapping[int, str]) -> Finding:
    def told(name: str) -> str:
        return labels.get(int(name), name)

    facts = dict(step.facts)
    if "name" in facts:
        facts["name"] = told(facts["name"])
    if "names" in facts:
        facts["names"] = tuple(told(name) for name in facts["names"])
    if isinstance(facts.get("votes"), tuple):
        facts["votes"] = tuple((f"{told(name)}:", number) for name, number in facts["votes"])
    return Finding(step.code, facts)


def _own_votes(outcome: Outcome, labels: Mapping[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "title": contest_name(contest.place),
            "lines": [
                {"label": labels[int(name)], "votes": votes}
                for name, votes in contest.tally().items()
            ],
        }
        for contest in outcome.own.contests
    ]


@officer_required
def tie(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    here = _counting(request, year, slug, by_commission=True)
    row, rule = here.numbers.round, here.numbers.rules.tie
    ways = actions.ways_of(row, rule)
    back = page_of("count_result", here.visit)
    outcome = queries.outcome_of(row, here.numbers)
    if outcome is None or not outcome.ties or not ways:
        return HttpResponseRedirect(back)
    form = TieForm(*posted(request), ways=ways, rule=rule)
    numbers = "; ".join(", ".join(each.between) for each in outcome.ties)
    return act(
        request,
        form,
        lambda form: actions.settle_tie(
            here.visit.election.pk,
            order=form.cleaned_data["order"],
            way=form.cleaned_data["way"],
            witnesses=form.cleaned_data["witnesses"],
            witness_count=form.cleaned_data["witness_count"],
            decision=form.facts() if form.by_decision else None,
            actor=here.visit.user,
            at=clock.now(),
        ),
        template="elections/form.html",
        page={
            "title": _("Settle the tie"),
            "lead": _("Equal are candidates no. {numbers}.").format(numbers=numbers),
            "note": _(
                "The order is public and stands in the protocol; who watched stays sealed. It can "
                "be taken back until the protocol is drawn up."
            ),
            "button": _("Record the order"),
            "back": back,
            "tabs": election_tabs(here.visit, "count"),
        },
        then=back,
        done=_("The order is recorded."),
    )


@officer_required
@require_POST
def withdraw_tie(request: HttpRequest, year: int, slug: str, tie: int) -> HttpResponse:
    here = _counting(request, year, slug, by_commission=True)
    found = get_object_or_404(TieSettled, pk=tie, round__election=here.visit.election)
    return pressed(
        request,
        lambda: actions.withdraw_tie(found.pk, actor=here.visit.user, at=clock.now()),
        then=page_of("count_result", here.visit),
        done=_("Taken back."),
    )
