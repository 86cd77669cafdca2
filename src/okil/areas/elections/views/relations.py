"""A member of the commission declares what ties them to a candidate or a voter, or takes it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.models import RoleName
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import relations as actions
from okil.areas.elections.forms.admission import RelationForm
from okil.areas.elections.models import Candidate, Voter
from okil.areas.elections.views.candidates import TAB as CANDIDATES
from okil.areas.elections.views.candidates import the_candidate
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.voters import TAB as VOTERS
from okil.areas.elections.views.voters import voter_at, where
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.forms import OkilForm


def _of_the_commission(visit: Visit) -> None:
    if not visit.is_a(RoleName.COMMISSIONER):
        raise Http404


def _declares(
    request: HttpRequest,
    visit: Visit,
    to: Candidate | Voter,
    perform: Callable[..., object],
    page: dict[str, Any],
) -> HttpResponse:
    return act(
        request,
        RelationForm(*posted(request)),
        lambda form: perform(
            to.pk, kind=form.cleaned_data["kind"], actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page={**page, "button": _("Declare it")},
        then=page["back"],
        done=_("Declared. You take no part in this decision."),
    )


def _takes_back(
    request: HttpRequest,
    visit: Visit,
    to: Candidate | Voter,
    perform: Callable[..., object],
    page: dict[str, Any],
) -> HttpResponse:
    return act(
        request,
        OkilForm(*posted(request)),
        lambda _form: perform(to.pk, actor=visit.user, at=clock.now()),
        template="elections/form.html",
        page={
            **page,
            "lead": _("Only if you declared it by mistake. It is recorded that you took it back."),
            "button": _("Take it back"),
        },
        then=page["back"],
        done=_("Taken back. You take part in this decision again."),
    )


@officer_required
def candidate_relation(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found = the_candidate(request, year, slug, number)
    _of_the_commission(visit)
    page = {
        "title": _("What ties you to candidate no. {number}?").format(number=number),
        "lead": _(
            "From then on you neither check this application nor vote on it, and you see the others'"
            " votes after the decision only. They decide without you; if fewer than two are left, the"
            " group decides."
        ),
        "note": _(
            "What you voted and wrote on this candidate is deleted. The decision says that you took no"
            " part, and not why."
        ),
        **_page(visit, "candidate", number, CANDIDATES),
    }
    return _declares(request, visit, found, actions.declare_relation_to_candidate, page)


@officer_required
def candidate_relation_back(
    request: HttpRequest, year: int, slug: str, number: int
) -> HttpResponse:
    visit, found = the_candidate(request, year, slug, number)
    _of_the_commission(visit)
    page = {
        "title": _("Candidate no. {number}: you are not related").format(number=number),
        **_page(visit, "candidate", number, CANDIDATES),
    }
    return _takes_back(request, visit, found, actions.withdraw_relation_to_candidate, page)


@officer_required
def voter_relation(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found = voter_at(request, year, slug, number)
    _of_the_commission(visit)
    page = {
        "title": _("What ties you to voter no. {number}?").format(number=number),
        "lead": _("From then on another member of the commission decides on this voter."),
        "note": _(
            "If you decided on this voter already, that decision falls. The journal says that you"
            " declared a relation, and not to whom."
        ),
        **_page(visit, "voter", number, VOTERS),
    }
    return _declares(request, visit, found, actions.declare_relation_to_voter, page)


@officer_required
def voter_relation_back(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, found = voter_at(request, year, slug, number)
    _of_the_commission(visit)
    page = {
        "title": _("Voter no. {number}: you are not related").format(number=number),
        **_page(visit, "voter", number, VOTERS),
    }
    return _takes_back(request, visit, found, actions.withdraw_relation_to_voter, page)


def _page(visit: Visit, name: str, number: int, tab: str) -> dict[str, Any]:
    return {
        "back": reverse(name, args=[*where(visit), number]),
        "tabs": election_tabs(visit, tab),
    }
