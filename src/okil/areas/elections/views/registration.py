"""The form by which a voter registers; the ticket is shown in the answer, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.queries import officers_of
from okil.areas.elections import queries
from okil.areas.elections.actions import registration as actions
from okil.areas.elections.forms.registration import RegistrationForm, is_mail_address
from okil.areas.elections.models import Election, RollInvitation, Voter
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries.cards import card_of, unused
from okil.areas.elections.queries.delegates import is_indirect, meetings_of
from okil.areas.elections.queries.registration import Window, window_of
from okil.areas.elections.views.tickets import for_one_reader, new_ticket, shown
from okil.areas.elections.wording.delegates import meeting_named
from okil.foundation.web import refusals
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage, State
from okil.pure.rules.voter_form import NEVER, VoterQuestions, questions_of

# A hall of three hundred people, or a whole mobile network, shares one address, and all of them may
# register within an hour: so twice that. Beyond three thousand an hour in one group it is a machine that
# writes; then cards still work, which nobody can guess, and so does the organiser's entry from paper.
REGISTERED = {"register": "600/1h/ip,3000/1h/key"}


@sensitive_post_parameters()
@sensitive_variables()
def register(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The form while registration is open, else when it is. What is sent late is kept, and marked."""
    elections = Election.objects.select_related("cycle__body", "group__body")
    election = get_object_or_404(elections, cycle__year=year, group__slug=slug)
    at = clock.now()
    found = queries.whereabouts_of(election)
    window = window_of(found, at=at)
    if request.method != "POST" and window is not Window.OPEN:
        return render(request, "elections/register_closed.html", _closed(found, window))
    asked = questions_of(found.rules or Regulation())
    has_cards = election.roll_invitations.exists()
    meetings = _meetings(found) if is_indirect(found.rules) else None
    form = RegistrationForm(*posted(request), asked=asked, has_cards=has_cards, meetings=meetings)
    if form.is_bound and form.is_valid():
        try:
            return _registered(request, found, form, at=at)
        except Refused as refused:
            refusals.add_to(form, refused)
    page = {
        "election": election,
        "form": form,
        "asked": asked,
        "has_cards": has_cards,
        "only_delegates": meetings is not None,
        "ends_at": found.ends.get(Stage.REGISTRATION),
        **told_before(found, asked),
    }
    return render(request, "elections/register.html", page, status=422 if form.is_bound else 200)


def _meetings(found: Whereabouts) -> list[tuple[int, str]]:
    """Those that a delegate can choose from, by number."""
    held = meetings_of(found.round).filter(withdrawn_at=None)
    return [(meeting.number, meeting_named(meeting)) for meeting in held]


def _card(election: Election, form: RegistrationForm) -> RollInvitation | None:
    """The card whose code was written, if one was. Raises Refused: card-unknown."""
    typed = form.cleaned_data.get("card", "")
    found = card_of(election, typed) if typed else None
    if typed and found is None:
        raise Refused("card-unknown")
    return found


def _require_within_limits(
    request: HttpRequest, election: Election, card: RollInvitation | None
) -> None:
    """Who holds a card that is not used yet is not counted. Raises Refused: too-many-register."""
    if card is not None and unused(election).filter(pk=card.pk).exists():
        return
    used = ratelimit.consume(
        request, app="okil", action="register", config=REGISTERED, key=str(election.pk)
    )
    if used is None:
        raise Refused("too-many-register")


def _registered(
    request: HttpRequest, found: Whereabouts, form: RegistrationForm, *, at: datetime
) -> HttpResponse:
    """Registered, and the ticket shown. Raises Refused as the action does; card-unknown,
    too-many-register."""
    election, ticket = found.election, new_ticket()
    card = _card(election, form)
    _require_within_limits(request, election, card)
    voter = actions.register_voter(
        election.pk,
        facts=form.facts(),
        once=form.cleaned_data["once"],
        ticket=ticket,
        at=at,
        invitation=card,
        meeting=form.cleaned_data.get("meeting"),
    )
    contact = form.cleaned_data.get("contact", "")
    return _answer(request, found, voter, ticket, has_mail=is_mail_address(contact))


def _answer(
    request: HttpRequest, found: Whereabouts, voter: Voter, ticket: str, *, has_mail: bool
) -> HttpResponse:
    page = {
        "election": found.election,
        "voter": voter,
        "ticket": shown(ticket),
        "is_own": True,
        "has_mail": has_mail,
        "closes_at": found.ends.get(Stage.REGISTRATION),
        "votes_from": found.begins.get(Stage.VOTING),
    }
    return for_one_reader(render(request, "elections/register_ticket.html", page))


def _closed(found: Whereabouts, window: Window) -> dict[str, Any]:
    dates = found.dates.get(Stage.REGISTRATION)
    return {
        "election": found.election,
        "window": str(window),
        "begins_at": dates.begins_at if dates else None,
        "ends_at": dates.ends_at if dates else None,
        "may_complain": found.state not in (State.PREPARATION, State.CONCLUDED),
    }


def told_before(found: Whereabouts, asked: VoterQuestions) -> dict[str, Any]:
    """What and why, who sees it, when it is destroyed: as it is in this group."""
    rules = found.rules or Regulation()
    readers = officers_of(found.election.group).filter(role=RoleName.COMMISSIONER).count()
    return {
        "readers": readers,
        "destroyed": destroyed_when(rules.personal_data_months),
        "never_asked": NEVER in rules.voter_fields,
    }


def destroyed_when(months: int | None) -> str:
    if months is None:
        return _(
            "When it is destroyed, the group's regulation does not say: ask the organiser before you"
            " write."
        )
    if months == 0:
        return _("It is destroyed as soon as the time for complaints is over.")
    words = ngettext(
        "It is destroyed {months} month after the end of the time for complaints.",
        "It is destroyed {months} months after the end of the time for complaints.",
        months,
    )
    return words.format(months=months)
