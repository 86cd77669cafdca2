"""The own page of a registration, or of an application (`my_candidate`). The ticket comes in the body of
every request, and from nowhere else; there is no session, no cookie is asked for, and no address tells
whose page it is (PROTOCOL 16.9)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from okil.areas.elections import queries
from okil.areas.elections.actions import registration as actions
from okil.areas.elections.forms.registration import TicketForm, VoterFactsForm
from okil.areas.elections.models import Voter
from okil.areas.elections.queries import Whereabouts
from okil.areas.elections.queries import complaints as filed
from okil.areas.elections.queries import voters as roll
from okil.areas.elections.queries.applications import candidate_with_ticket
from okil.areas.elections.queries.registration import voter_with_ticket
from okil.areas.elections.queries.voting import admission_with
from okil.areas.elections.views import candidate_questions, my_candidate
from okil.areas.elections.views import several_roles_my as crossings
from okil.areas.elections.views.my_letters import mail_link
from okil.areas.elections.views.registration import destroyed_when
from okil.areas.elections.views.tickets import for_one_reader
from okil.areas.elections.wording.registration import OWN_STATUSES
from okil.areas.elections.wording.voters import KINDS, REASONS, WAYS, region_name
from okil.foundation.web import refusals
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage, State
from okil.pure.rules.tickets import check_of, shown_ticket
from okil.pure.rules.voter_form import VoterQuestions, questions_of, with_a_card

# Only tickets that do not exist are counted: a right one opens for everybody behind one address.
UNKNOWN = {"ticket": "60/10m/ip,1200/10m/key"}
MARKS = {"accepted": "ok", "refused": "bad", "waiting": "wait", "withdrawn": "gap", "late": "warn"}


@dataclass(frozen=True)
class Mine:
    """A registration, opened by its ticket at one moment."""

    ticket: str = field(repr=False)
    voter: Voter
    found: Whereabouts
    at: datetime

    @property
    def rules(self) -> Regulation:
        return self.found.rules or Regulation()

    @property
    def status(self) -> str:
        is_late = self.voter.is_late and self.voter.status != Voter.Status.WITHDRAWN
        return "late" if is_late else self.voter.status

    @property
    def asked(self) -> VoterQuestions:
        """As the regulation asks those of this kind."""
        is_person = self.voter.kind == Voter.Kind.PERSON
        asked = questions_of(
            replace(self.rules, voter_kind="natural_person" if is_person else "legal_entity")
        )
        return with_a_card(asked) if self.voter.invitation_id else asked

    @property
    def may_change(self) -> bool:
        """Until the lists are closed; the action asks again."""
        row = self.found.round
        return (
            row.pk == self.voter.round_id
            and row.state == State.REGISTRATION
            and not (self.found.annulled or self.found.suspension)
            and self.voter.status != Voter.Status.WITHDRAWN
            and roll.closing_of(row) is None
        )


# The ticket in the body is the only authority there is, so nobody can be made to use it unknowingly.
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
def my(request: HttpRequest) -> HttpResponse:
    """A field for the ticket; posted, what one may see and do with it."""
    form = TicketForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _asks(request, form)
    ticket = form.ticket_typed()
    voter = voter_with_ticket(ticket) if ticket else None
    candidate = candidate_with_ticket(ticket) if ticket and voter is None else None
    if candidate is not None:
        return for_one_reader(my_candidate.opened(request, ticket, candidate))
    if voter is None:
        return _unknown(request, form, well_formed=bool(ticket))
    mine = Mine(ticket, voter, queries.whereabouts_of(voter.election), clock.now())
    scene = SCENES.get(request.POST.get("act", ""), _look)
    try:
        return for_one_reader(scene(request, mine))
    except Refused as refused:
        return for_one_reader(_look(request, mine, refused=refusals.sentence(refused)))


def _asks(request: HttpRequest, form: TicketForm, status: int = 200) -> HttpResponse:
    return for_one_reader(render(request, "elections/my.html", {"form": form}, status=status))


def _unknown(request: HttpRequest, form: TicketForm, *, well_formed: bool) -> HttpResponse:
    """What cannot be a ticket costs no question to the database."""
    if form.is_valid():
        refusals.add_to(form, Refused("ticket-unknown"))
    used: object = well_formed and ratelimit.consume(
        request, app="okil", action="ticket", config=UNKNOWN, key="all"
    )
    if used is None:
        form.add_error(
            None, _("Too many tickets that do not exist were tried from here: wait ten minutes.")
        )
    return _asks(request, form, status=429 if used is None else 422)


def _look(request: HttpRequest, mine: Mine, **more: Any) -> HttpResponse:
    """Number and state; what is sealed stays so until it is asked for."""
    voter, found = mine.voter, mine.found
    page = {
        **_page(mine),
        "status": OWN_STATUSES[mine.status],
        "mark": MARKS[mine.status],
        "reason": REASONS.get(voter.refusal, ""),
        "may_change": mine.may_change,
        "registration_ends_at": found.ends.get(Stage.REGISTRATION),
        "voting": found.dates.get(Stage.VOTING),
        "may_vote_online": _may_vote_online(mine),
        "destroyed": destroyed_when(mine.rules.personal_data_months),
        **_complaining(mine),
        **candidate_questions.asking(mine),
        "crossing": crossings.questions_asked(voter, found, more.get("crossing_form")),
        **more,
    }
    status = 422 if more.get("refused") else 200
    return render(request, "elections/my_registration.html", page, status=status)


def _may_vote_online(mine: Mine) -> bool:
    """Is there a booth that this ticket opens now?"""
    if mine.found.state is not State.VOTING:
        return False
    admission = admission_with(mine.ticket)
    return admission is not None and admission.is_running


def _page(mine: Mine) -> dict[str, Any]:
    return {
        "ticket": shown_ticket(mine.ticket),
        "voter": mine.voter,
        "election": mine.voter.election,
    }


def _complaining(mine: Mine) -> dict[str, Any]:
    """Against a refusal, and until when; of what was not decided nobody complains."""
    if mine.status not in ("refused", "late") or mine.found.state is State.CONCLUDED:
        return {"may_complain": False}
    decided_at = mine.voter.decided_at or mine.voter.entered_at
    body = mine.voter.election.cycle.body
    ends_at = filed.term_of(decided_at, mine.rules.complaint_days, body)
    return {
        "may_complain": ends_at is None or mine.at <= ends_at,
        "was_complainable": ends_at is not None,
        "last_on": ends_at.date() if ends_at else None,
    }


def _open(request: HttpRequest, mine: Mine) -> HttpResponse:
    """What is stored, opened for its owner, and recorded."""
    opened = actions.open_own(mine.ticket, at=mine.at)
    return _look(request, mine, facts=_facts(mine, opened))


def _facts(mine: Mine, opened: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is stored, in words; what is empty is left out."""
    voter = mine.voter
    told: list[tuple[str, object]] = [
        (_("Who"), KINDS[voter.kind]),
        (_("Name"), opened["name"]),
        (_("Organisation"), voter.organisation),
        (_("Registration number of the organisation"), voter.organisation_number),
        (_("What the organisation does for the group"), voter.services),
        (_("Region"), region_name(voter.region) if voter.region else ""),
        (_("How to reach you"), opened["contact"]),
        (_("Why you belong to the group"), opened["basis"]),
        (_("Paper"), voter.paper_kind.upper()),
        (_("How it came in"), WAYS[voter.way]),
    ]
    return [{"term": term, "value": value} for term, value in told if value]


def _correct(request: HttpRequest, mine: Mine) -> HttpResponse:
    """The form with what is stored; what is saved is looked at by the commission again."""
    saving = request.POST.get("act") == "save"
    has_paper = bool(mine.voter.paper_kind)
    if saving:
        form = VoterFactsForm(request.POST, request.FILES, asked=mine.asked, has_paper=has_paper)
    else:
        opened = actions.open_own(mine.ticket, at=mine.at)
        stored = {name: getattr(mine.voter, name) for name in PLAIN}
        form = VoterFactsForm(initial={**stored, **opened}, asked=mine.asked, has_paper=has_paper)
    if saving and form.is_valid():
        try:
            voter = actions.correct_registration(
                mine.ticket, facts=form.facts(), asked=form.answered, at=mine.at
            )
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            done = _("Saved. The commission looks at it again.")
            return _look(request, replace(mine, voter=voter), done=done)
    page = {**_page(mine), "form": form}
    return render(request, "elections/my_correct.html", page, status=422 if saving else 200)


PLAIN = ("region", "organisation", "organisation_number", "services")


def _withdraw(request: HttpRequest, mine: Mine) -> HttpResponse:
    voter = actions.withdraw_registration(mine.ticket, at=mine.at)
    done = _("You have withdrawn, and what you had written is deleted here.")
    return _look(request, replace(mine, voter=voter), done=done)


def _copy(request: HttpRequest, mine: Mine) -> HttpResponse:
    """Everything there is, for a machine or for a drawer. Its file name says nothing."""
    opened = actions.open_own(mine.ticket, at=mine.at, only=(*actions.OWN_WORDS, "paper"))
    voter = mine.voter
    plain = (
        "number",
        "kind",
        *PLAIN,
        "source",
        "status",
        "refusal",
        "is_late",
        "way",
        "paper_kind",
    )
    told = {
        **{name: getattr(voter, name) for name in plain},
        **{name: opened[name] for name in actions.OWN_WORDS},
        "consented_on": voter.consented_on.isoformat(),
        "entered_at": voter.entered_at.isoformat(),
        "decided_at": voter.decided_at.isoformat() if voter.decided_at else None,
        "paper": b64encode(opened["paper"]).decode() if opened["paper"] else None,
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="copy.json"'
    return response


def _mail(request: HttpRequest, mine: Mine) -> HttpResponse:
    """The link, to the own address and at once: nothing of the letter is queued or kept."""
    contact = str(actions.open_own(mine.ticket, at=mine.at, only=["contact"])["contact"] or "")
    refused = mail_link(request, mine.ticket, contact, key=check_of(mine.ticket))
    if refused:
        return _look(request, mine, refused=refused)
    return _look(request, mine, done=_("The letter is on its way."))


def _crossing(request: HttpRequest, mine: Mine) -> HttpResponse:
    """The question whether the holder is in another group too."""
    answer = crossings.answer_given(request, mine.voter, at=mine.at)
    if answer.form is None:
        return _look(request, mine, done=answer.done)
    return _look(request, mine, refused=str(crossings.NOT_SAVED), crossing_form=answer.form)


def _ask(request: HttpRequest, mine: Mine) -> HttpResponse:
    """A question to a candidate."""
    answer = candidate_questions.ask(request, mine)
    return _look(request, mine, done=answer) if isinstance(answer, str) else answer


SCENES: dict[str, Callable[[HttpRequest, Mine], HttpResponse]] = {
    "open": _open,
    "correct": _correct,
    "save": _correct,
    "withdraw": _withdraw,
    "copy": _copy,
    "mail": _mail,
    "ask": _ask,
    "ask-send": _ask,
    crossings.ACT: _crossing,
}
