"""What the holder of a candidate's ticket does: look, correct, copy, and what asks for a code as well."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from okil.areas.elections.actions import applications as actions
from okil.areas.elections.actions.candidates import CONSENTS
from okil.areas.elections.forms.applications import (
    CodeForm,
    CorrectedForm,
    OwnConsentsForm,
    SigningForm,
)
from okil.areas.elections.forms.registration import is_mail_address
from okil.areas.elections.forms.term_history import said_of
from okil.areas.elections.models import Candidate, CandidateCode
from okil.areas.elections.queries import lists
from okil.areas.elections.views.candidates import as_everybody_reads, has_photo
from okil.areas.elections.views.my_candidate_page import Look, MyCandidate, page_of
from okil.areas.elections.views.my_letters import mail_code, mail_link
from okil.areas.elections.wording.applications import DONE, DUTIES, RIGHTS, SIGNINGS
from okil.areas.elections.wording.candidates import PLACES
from okil.areas.elections.wording.voters import region_name
from okil.foundation.web import refusals
from okil.pure.refusal import Refused
from okil.pure.rules.term_history import from_text
from okil.pure.rules.tickets import CHANCE_BYTES, candidate_check_of, make_code

Act = CandidateCode.Act
PLAIN = ("place", "region", "organisation", "programme")


def _page(
    request: HttpRequest, mine: MyCandidate, template: str, *, is_refused: bool = False, **more: Any
) -> HttpResponse:
    page = {**page_of(mine), **more}
    status = 422 if is_refused else 200
    return render(request, f"elections/my_candidate_{template}.html", page, status=status)


def _now(mine: MyCandidate) -> MyCandidate:
    """As it is after an act."""
    return replace(mine, candidate=actions.own_application(mine.ticket))


# Looking


def open_own(_request: HttpRequest, mine: MyCandidate) -> Look:
    """What is stored, opened for its owner, and recorded."""
    return Look(mine, more={"facts": facts_of(mine)})


def facts_of(mine: MyCandidate) -> list[dict[str, Any]]:
    """What is stored, in words; what is empty is left out."""
    opened = actions.open_own_application(mine.ticket, at=mine.at)
    candidate = mine.candidate
    history = "\n".join(said_of(opened["term_history"] or ""))
    told: list[tuple[str, object]] = [
        (_("Name"), opened["name"]),
        (_("Pseudonym"), candidate.pseudonym),
        (_("Stands for"), PLACES[candidate.place]),
        (_("Region"), region_name(candidate.region) if candidate.region else ""),
        (_("Organisation"), candidate.organisation),
        (_("How to reach you"), opened["contact"]),
        (_("What you want to do for the group"), candidate.programme),
        (_("Experience in the community"), opened["experience"]),
        (_("Seats you held before"), history),
        (_("Conflicts of interest: how you see them yourself"), opened["conflict"]),
    ]
    return [{"term": term, "value": value} for term, value in told if value]


def print_own(request: HttpRequest, mine: MyCandidate) -> HttpResponse:
    """The application as it is signed by hand; the browser prints it, nothing is kept."""
    signing = SIGNINGS[mine.candidate.signing]
    told: dict[str, Any] = {"facts": facts_of(mine), "duties": DUTIES.values(), "rights": RIGHTS}
    return _page(request, mine, "print", **told, signing=signing, shown=_public(mine))


def _public(mine: MyCandidate) -> list[str]:
    """What everybody may read, in words."""
    candidate = mine.candidate
    items = {
        _("name"): candidate.shows_name,
        _("pseudonym"): bool(candidate.pseudonym) and not candidate.shows_name,
        _("region"): candidate.shows_region,
        _("programme"): candidate.shows_programme,
        _("photo"): candidate.shows_photo,
    }
    return [item for item, is_shown in items.items() if is_shown]


def copy(_request: HttpRequest, mine: MyCandidate) -> HttpResponse:
    """Everything there is, for a machine or for a drawer. Its file name says nothing."""
    opened = actions.open_own_application(mine.ticket, at=mine.at)
    candidate = mine.candidate
    plain = ("number", *PLAIN, "pseudonym", *CONSENTS, "way", "signing", "is_late", "outcome")
    days = ("consented_on", "signed_on", "entered_at", "decided_at", "withdrawn_at")
    moments = {name: getattr(candidate, name) for name in days}
    told = {
        **{name: getattr(candidate, name) for name in plain},
        **opened,
        **{name: moment.isoformat() if moment else None for name, moment in moments.items()},
    }
    text = json.dumps(told, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="copy.json"'
    return response


def mail(request: HttpRequest, mine: MyCandidate) -> Look:
    """The link, to the own address and at once."""
    refused = mail_link(request, mine.ticket, _contact(mine), key=candidate_check_of(mine.ticket))
    return (
        Look(mine, refused=refused) if refused else Look(mine, done=_("The letter is on its way."))
    )


def _contact(mine: MyCandidate) -> str:
    opened = actions.open_own_application(mine.ticket, at=mine.at, only=["contact"])
    return str(opened["contact"] or "")


# Correcting


def correct(request: HttpRequest, mine: MyCandidate) -> HttpResponse | Look:
    """The form with what is stored; what is saved is to be signed anew."""
    saving = request.POST.get("act") == "save"
    opened = {} if saving else actions.open_own_application(mine.ticket, at=mine.at)
    form = _form(request, mine, opened, saving=saving)
    if saving and form.is_valid():
        try:
            actions.correct_application(
                mine.ticket, facts=form.facts(), asked=form.answered, at=mine.at
            )
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            return Look(_now(mine), done=_("Saved. Sign it now, as it stands."))
    return _page(
        request,
        mine,
        "correct",
        is_refused=saving,
        form=form,
        was_signed=mine.candidate.signed_on is not None,
    )


def _form(
    request: HttpRequest, mine: MyCandidate, opened: Mapping[str, Any], *, saving: bool
) -> CorrectedForm:
    """A history in somebody's own words has no rows; the form posted back says by itself if it had some."""
    history = str(opened.get("term_history") or "")
    has_rows = (
        "term_history-1-position" in request.POST if saving else from_text(history) is not None
    )
    asked: dict[str, Any] = {
        "places": lists.places_for(mine.found.round, mine.rules),
        "languages": mine.candidate.election.cycle.body.languages,
        "has_rows": has_rows,
    }
    if saving:
        return CorrectedForm(request.POST, **asked)
    stored = {name: getattr(mine.candidate, name) for name in PLAIN}
    return CorrectedForm(initial={**stored, **opened}, **asked)


# What asks for a code as well


def sign(request: HttpRequest, mine: MyCandidate) -> HttpResponse | Look:
    """Rights and duties first; then a code, or the way on paper."""
    asking = request.POST.get("act") == "sign_now"
    form = SigningForm(request.POST if asking else None)
    if form.is_valid():
        return _code_sent(request, mine, Act.SIGN)
    has_mail = is_mail_address(_contact(mine))
    told: dict[str, Any] = {
        "form": form,
        "has_mail": has_mail,
        "duties": DUTIES.values(),
        "rights": RIGHTS,
    }
    return _page(request, mine, "sign", is_refused=asking, **told)


def consents(request: HttpRequest, mine: MyCandidate) -> HttpResponse | Look:
    """First seen as everybody will read it, then confirmed by a code."""
    candidate = mine.candidate
    act = request.POST.get("act", "")
    initial = {name: getattr(candidate, name) for name in ("pseudonym", *CONSENTS)}
    bound = request.POST if act != "consents" else None
    form = OwnConsentsForm(bound, initial=initial, has_photo=has_photo(candidate))
    more: dict[str, Any] = {"form": form, "listed": candidate.listed_at is not None}
    if form.is_valid() and act == "consents_save":
        wanted = actions.wanted_of(form.consents(), form.cleaned_data["pseudonym"])
        try:
            return _code_sent(request, mine, Act.CONSENTS, wanted)
        except Refused as refused:
            refusals.add_to(form, refused)
    elif form.is_valid():
        more["shown"] = as_everybody_reads(form, candidate.number, candidate)
    is_refused = form.is_bound and bool(form.errors)
    return _page(request, mine, "consents", is_refused=is_refused, **more)


def withdraw(request: HttpRequest, mine: MyCandidate) -> HttpResponse | Look:
    return _code_sent(request, mine, Act.WITHDRAW)


def _code_sent(
    request: HttpRequest, mine: MyCandidate, act: str, wanted: Mapping[str, Any] | None = None
) -> HttpResponse | Look:
    """The code goes to the contact given, and the page asks for it. Raises Refused as `ask_code` does."""
    contact = _contact(mine)
    if not is_mail_address(contact):
        return Look(mine, refused=refusals.sentence(Refused("no-mail-address")))
    code = make_code(secrets.token_bytes(CHANCE_BYTES))
    actions.ask_code(mine.ticket, act=act, code=code, wanted=wanted, at=mine.at)
    refused = mail_code(code, contact)
    if refused:
        return Look(mine, refused=refused)
    return _page(request, mine, "code", form=CodeForm())


def confirm(request: HttpRequest, mine: MyCandidate) -> HttpResponse | Look:
    """The code from the letter; a wrong one may be written again."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            done = actions.confirm(mine.ticket, code=form.cleaned_data["code"], at=mine.at)
        except Refused as refused:
            if refused.code != "code-wrong":
                raise
            refusals.add_to(form, refused)
        else:
            return Look(_now(mine), done=str(DONE[done]))
    return _page(request, mine, "code", is_refused=True, form=form)


# Parts of the page


def own_part(mine: MyCandidate, more: Mapping[str, Any]) -> dict[str, Any]:
    """What was written, what is public, what is still missing, and the buttons."""
    candidate = mine.candidate
    return {
        "ticket": page_of(mine)["ticket"],
        "candidate": candidate,
        "facts": more.get("facts"),
        "public": _public(mine),
        "signing": SIGNINGS[candidate.signing],
        "may_change": mine.may_change,
        "may_sign": mine.may_change and candidate.signed_on is None,
        "is_unsigned": candidate.signed_on is None
        and candidate.outcome == Candidate.Outcome.WAITING,
        "may_consent": candidate.withdrawn_at is None,
        "may_withdraw": mine.may_withdraw,
    }
