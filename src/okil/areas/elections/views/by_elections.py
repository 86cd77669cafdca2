"""The Secretariat opens a by-election for a place that fell vacant during the term."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import by_elections as actions
from okil.areas.elections.forms.by_elections import ByElectionForm
from okil.areas.elections.queries import by_elections as vacancies
from okil.areas.elections.queries.ballots import rules_of
from okil.areas.elections.views.answers import in_words
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording.by_elections import POSITIONS
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock


@officer_required
def by_election(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "cycle"):
        raise Http404
    at = clock.now()
    election = visit.election
    form = ByElectionForm(*posted(request), zone=election.cycle.body.time_zone)

    def perform(form: ByElectionForm) -> None:
        actions.open_by_election(
            election.pk, dates=form.dates(), decision=form.facts(), actor=visit.user, at=at
        )

    back = reverse("workspace", args=[year, slug])
    return act(
        request,
        form,
        perform,
        template="elections/by_election.html",
        page={
            "title": _("Open a by-election"),
            "election": election,
            "back": back,
            "tabs": election_tabs(visit, "by_election"),
            **_what_is_vacant(visit, at=at),
        },
        then=back,
        done=_("The by-election is open. It begins with its preparation."),
    )


def _what_is_vacant(visit: Visit, *, at: Any) -> dict[str, Any]:
    election = visit.election
    rules = rules_of(queries.current_round(election))
    vacant = vacancies.vacancies_in(election.cycle, at=at).get(election.group_id, [])
    filled = {(seat.pk, place) for seat, place in vacancies.to_be_filled(vacant, rules)}
    last = vacancies.vacated_on(vacant)
    return {
        "places": [
            {
                "seat": seat.number,
                "place": POSITIONS[place],
                "last_day": last.get((seat, place)),
                "is_filled": (seat.pk, place) in filled,
            }
            for seat, place in vacant
        ],
        "rule": in_words("midterm", rules.midterm),
        "may_open": bool(filled),
    }
