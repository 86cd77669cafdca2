"""The result inside: who takes which place, who went before sitting, and the taking of the seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okil.areas.bodies.models import RoleName
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import seats as actions
from okil.areas.elections.forms.seats import DepartureForm, SeatingForm
from okil.areas.elections.models import Candidate, Departure, Round
from okil.areas.elections.queries import seats as known
from okil.areas.elections.queries.ballots import newest_in_numbers
from okil.areas.elections.queries.candidates import shown_names
from okil.areas.elections.queries.count import outcome_of
from okil.areas.elections.queries.results import step_called
from okil.areas.elections.queries.seats import Count, Place, Stood, Taken
from okil.areas.elections.views import shown
from okil.areas.elections.views.assembly import or_404, page_of, scene
from okil.areas.elections.wording.results import POSITIONS, candidate_no
from okil.areas.elections.wording.seats import OPEN, WHY_GONE, why_vacant
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.rules import replacement_words
from okil.pure.rules.count_sheet import Finding
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import ORDER, State

TAB = "results"
# The Secretariat learns the result with the package.
ON_THE_SPOT = (RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER)


@dataclass(frozen=True)
class Scene:
    """A visitor at the result of the current round, as far as they may know it."""

    visit: Visit
    row: Round
    rules: Regulation
    count: Count | None
    departures: Sequence[Departure]
    stood: Stood
    names: Mapping[int, str]

    @property
    def state(self) -> State:
        return State(self.row.state)

    @property
    def is_open(self) -> bool:
        """May anything still change here? A suspended election says so when it is tried."""
        return self.row.annulled_at is None and not self.stood.seated

    @property
    def taken(self) -> Taken | None:
        return self.taken_with()

    def taken_with(self, *more: Departure) -> Taken | None:
        """Who would take the places if these too had gone."""
        if self.count is None:
            return None
        return known.taken_after(
            self.count,
            [*self.departures, *more],
            mode=self.rules.replacement,
            elsewhere=self.stood.elsewhere,
        )

    def called(self, number: int) -> str:
        candidate = self.stood.candidates.get(number)
        name = self.names.get(candidate.pk, "") if candidate else ""
        return f"{candidate_no(number)} ({name})" if name else candidate_no(number)

    def sentences(self, steps: Sequence[Finding]) -> list[str]:
        called = {str(number): self.called(number) for number in self.stood.candidates}
        language = (get_language() or "ru")[:2]
        return [replacement_words.text_of(step_called(step, called), language) for step in steps]


def _entering(request: HttpRequest, year: int, slug: str, *, with_names: bool = True) -> Scene:
    visit = access.election_for(request.user, year, slug)
    numbers = newest_in_numbers(visit.election)
    row = numbers.round
    outcome = outcome_of(row, numbers) if _is_known(visit, State(row.state)) else None
    if outcome is None or outcome.not_counted:
        nobody = Stood({}, frozenset(), frozenset())
        return Scene(visit, row, numbers.rules, None, (), nobody, {})
    stood = known.stood_in(row)
    return Scene(
        visit,
        row,
        numbers.rules,
        known.count_of(outcome),
        known.departures_of(row),
        stood,
        shown_names(stood.candidates.values()) if with_names else {},
    )


def _is_known(visit: Visit, state: State) -> bool:
    """From the recorded protocol on; for the Secretariat from the package on."""
    on_the_spot = any(visit.is_a(role) for role in ON_THE_SPOT)
    first = State.RESULTS if on_the_spot else State.SUBMITTED
    return ORDER.index(state) >= ORDER.index(first)


@officer_required
@require_GET
def results(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    here = _entering(request, year, slug)
    taken = here.taken
    return render(
        request,
        "elections/election_results.html",
        {
            **scene(here.visit, TAB),
            "is_known": taken is not None,
            "places": _places(here, taken) if taken else [],
            "gone": [_gone(here, each) for each in taken.gone] if taken else [],
            "is_seated": bool(here.stood.seated),
            "may_depart": here.is_open
            and here.state in actions.OPEN_FOR_DEPARTURES
            and here.visit.may("change", "result")
            and taken is not None
            and "undecided" not in taken.why,
            "may_seat": here.is_open
            and here.state is State.PUBLISHED
            and here.visit.may("change", "group")
            and taken is not None
            and not taken.needs_a_vote,
            "needs_a_vote": taken is not None and taken.needs_a_vote,
            "is_public": here.state in (State.PUBLISHED, State.CONCLUDED),
            "opens_count": not here.visit.is_a(RoleName.SECRETARIAT),
        },
    )


def _places(here: Scene, taken: Taken) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for position, title in POSITIONS.items():
        found += [
            {"title": title, "who": here.called(number), "number": number}
            for number in taken.of(position)
        ]
        found += [{"title": title, "vacant": True}] * taken.vacant.get(position, 0)
        if taken.open.get(position, 0):
            found.append({"title": title, "open": [OPEN[why] for why in taken.why]})
    return found


def _gone(here: Scene, gone: known.Gone) -> dict[str, Any]:
    departure = gone.departure
    return {
        "who": here.called(departure.candidate.number),
        "why": WHY_GONE[departure.why],
        "told_on": departure.told_on,
        "steps": here.sentences(gone.steps),
    }


@officer_required
def departure(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """Somebody elected goes: what follows is shown before it is recorded."""
    at = clock.now()
    here = _entering(request, year, slug)
    or_404(here.visit.may("change", "result"))
    taken = here.taken
    or_404(taken is not None and (number in taken.elected or request.method == "POST"))
    candidate = here.stood.candidates.get(number)
    or_404(candidate is not None)
    back = page_of("election_results", here.visit)

    def perform(form: DepartureForm) -> None:
        actions.record_departure(
            here.visit.election.pk, number=number, **form.cleaned_data, actor=here.visit.user, at=at
        )

    return act(
        request,
        DepartureForm(*posted(request), initial={"told_on": shown.day_of(at)}),
        perform,
        template="elections/departure.html",
        page={
            **scene(here.visit, TAB),
            "who": here.called(number),
            "steps": _would_follow(here, candidate),
            "back": back,
        },
        then=back,
        done=_("Recorded. The page shows who follows."),
    )


def _would_follow(here: Scene, candidate: Candidate | None) -> list[str]:
    taken = here.taken_with(Departure(candidate=candidate))
    return here.sentences(taken.gone[-1].steps) if taken and taken.gone else []


@officer_required
def take_seats(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What will begin, end and stay vacant, once more, before it is done."""
    at = clock.now()
    here = _entering(request, year, slug, with_names=False)
    or_404(here.visit.may("change", "group"))
    taken = here.taken
    or_404(taken is not None)
    assert taken is not None
    places = [] if here.stood.seated else _places_to_take(here, taken, at=at)
    back = page_of("election_results", here.visit)

    def perform(form: SeatingForm) -> None:
        actions.seat_elected(here.visit.election.pk, actor=here.visit.user, at=at)

    return act(
        request,
        SeatingForm(*posted(request)),
        perform,
        template="elections/take_seats.html",
        page={
            **scene(here.visit, TAB),
            "places": places,
            "begins_on": known.begins_on(here.row, at=at),
            "is_due": here.state is State.PUBLISHED and here.is_open and not taken.needs_a_vote,
            "needs_a_vote": taken.needs_a_vote,
            "back": back,
        },
        then=back,
        done=_("The elected have their seats."),
    )


def _places_to_take(here: Scene, taken: Taken, *, at: datetime) -> list[dict[str, Any]]:
    places = known.places_to_take(here.row, taken, here.stood.candidates, here.rules, at=at)
    return [_place(here, taken, place) for place in places]


def _place(here: Scene, taken: Taken, place: Place) -> dict[str, Any]:
    return {
        "seat": place.number,
        "title": POSITIONS[place.position],
        "who": here.called(place.candidate.number) if place.candidate else "",
        "is_known": place.candidate is not None and place.candidate.person_id is not None,
        "holder": place.holder.person if place.holder else None,
        "is_open": place.is_open,
        "reason": why_vacant(place.post, has_left=bool(taken.gone)),
    }
