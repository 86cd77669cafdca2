"""Candidates by number: entered by the organiser, consent by consent; names on the record only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import candidates as actions
from okil.areas.elections.forms.applications import NewCandidateTicketForm, SignedPaperForm
from okil.areas.elections.forms.candidates import (
    CandidateForm,
    ChangedCandidateForm,
    ConsentsForm,
    PersonForm,
)
from okil.areas.elections.models import Candidate, Round
from okil.areas.elections.queries import Whereabouts, lists, voters
from okil.areas.elections.queries import candidates as known
from okil.areas.elections.queries.applications import open_nominations
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.views.tickets import for_one_reader, new_ticket, shown
from okil.areas.elections.views.voters import head_of, is_open, is_over, is_sworn, where
from okil.areas.elections.wording.applications import SIGNINGS, WAYS
from okil.areas.elections.wording.candidates import AGAIN, OUTCOMES, PLACES
from okil.areas.elections.wording.stages import round_kind_name
from okil.areas.elections.wording.voters import region_name
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.forms import OkilForm
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage, State

TAB = "candidates"
MARKS = {
    "waiting": "wait",
    "admitted": "ok",
    "refused": "bad",
    "undecided": "warn",
    "withdrawn": "gap",
    "late": "warn",
}


def may_see_applications(visit: Visit) -> bool:
    return visit.may("see", "candidate_application")


def outcome_of(candidate: Candidate) -> str:
    if candidate.withdrawn_at is not None:
        return "withdrawn"
    return "late" if candidate.is_late else candidate.outcome


def outcome_shown(candidate: Candidate) -> dict[str, Any]:
    outcome = outcome_of(candidate)
    return {"code": outcome, "name": OUTCOMES[outcome], "mark": MARKS[outcome]}


@officer_required
def candidates(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """All who applied, by number; posted, with their names."""
    visit = access.election_for(request.user, year, slug)
    at = clock.now()
    here = queries.whereabouts_of(visit.election)
    row = here.round
    found = list(known.candidates_of(row))
    sworn = may_see_applications(visit) and is_sworn(visit)
    names: dict[int, str] = {}
    if request.method == "POST":
        names = _names_or_404(visit, found, at=at)
    changes = sworn and visit.may("change", "candidate_application")
    return render(
        request,
        "elections/candidates.html",
        {
            **head_of(visit, here),
            "rows": [_row(each, names) for each in found],
            "names_shown": bool(names),
            "sees": may_see_applications(visit),
            "sworn": sworn,
            "closing": voters.closing_of(row),
            "nominations": open_nominations(row).count(),
            "may_enter": changes and is_open(row),
            "tabs": election_tabs(visit, TAB),
        },
    )


def _names_or_404(visit: Visit, found: list[Candidate], *, at: datetime) -> dict[int, str]:
    try:
        return actions.open_candidates(visit.election, found, actor=visit.user, at=at)
    except Refused:
        raise Http404 from None


def _row(candidate: Candidate, names: dict[int, str]) -> dict[str, Any]:
    return {
        "candidate": candidate,
        "place": PLACES[candidate.place],
        "outcome": outcome_shown(candidate),
        "way": WAYS[candidate.way],
        "signing": SIGNINGS[candidate.signing],
        "is_signed": candidate.signed_on is not None,
        "name": names.get(candidate.pk, ""),
        "shows": _shows(candidate),
    }


def _shows(candidate: Candidate) -> list[str]:
    """What of this candidate everybody may read."""
    items = {
        _("name"): candidate.shows_name,
        _("pseudonym"): bool(candidate.pseudonym) and not candidate.shows_name,
        _("region"): candidate.shows_region,
        _("programme"): candidate.shows_programme,
        _("photo"): candidate.shows_photo,
    }
    return [item for item, is_shown in items.items() if is_shown]


def the_candidate(
    request: HttpRequest, year: int, slug: str, number: int
) -> tuple[Visit, Candidate]:
    """One application, for those who may see it and promised confidence."""
    visit, candidate, _where = candidate_at(request, year, slug, number)
    return visit, candidate


def candidate_at(
    request: HttpRequest, year: int, slug: str, number: int
) -> tuple[Visit, Candidate, Whereabouts]:
    """The same, with where the election stands, but for its dates."""
    visit = access.election_for(request.user, year, slug)
    if not may_see_applications(visit) or not is_sworn(visit):
        raise Http404
    here = queries.whereabouts_of(visit.election, dated=False)
    found = known.candidates_of(here.round).select_related("person", "settled_by", "round__closing")
    candidate = get_object_or_404(found.defer("settled_by__paper"), number=number)
    return visit, candidate, here


def _changing(request: HttpRequest, year: int, slug: str, number: int) -> tuple[Visit, Candidate]:
    visit, candidate = the_candidate(request, year, slug, number)
    if not visit.may("change", "candidate_application"):
        raise Http404
    return visit, candidate


def _page(visit: Visit, **page: Any) -> dict[str, Any]:
    return {
        "election": visit.election,
        "back": reverse("candidates", args=where(visit)),
        "tabs": election_tabs(visit, TAB),
        **page,
    }


def _places(row: Round, rules: Regulation | None) -> tuple[str, ...]:
    return lists.places_for(row, rules or Regulation())


@officer_required
def enter(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """First shown as everybody will read it, then entered."""
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "candidate_application"):
        raise Http404
    at = clock.now()
    found = queries.whereabouts_of(visit.election)
    form = CandidateForm(*posted(request), places=_places(found.round, found.rules))
    page = _page(
        visit,
        title=_("Enter a candidate"),
        button=_("Enter"),
        form=form,
        late=is_over(found.ends.get(Stage.REGISTRATION), at),
        is_new=True,
    )
    if request.method == "POST" and request.POST.get("act") == "preview" and form.is_valid():
        next_number = known.next_candidate_number(found.round)
        shown = as_everybody_reads(form, next_number)
        return render(request, "elections/candidate_form.html", {**page, "shown": shown})

    def perform(form: CandidateForm) -> None:
        actions.enter_candidate(
            visit.election.pk,
            facts=form.facts(),
            consents=form.consents(),
            actor=visit.user,
            at=at,
        )

    return act(
        request,
        form,
        perform,
        template="elections/candidate_form.html",
        page=page,
        then=reverse("candidates", args=where(visit)),
        done=_("The candidate is entered and waits for the commission."),
    )


def as_everybody_reads(
    form: OkilForm, number: int, entered: Candidate | None = None
) -> dict[str, Any]:
    """The preview: this is what everybody will read if the candidate is admitted."""
    given = form.cleaned_data
    region = entered.region if entered else given["region"]
    programme = entered.programme if entered else given["programme"]
    return {
        "number": number,
        "name": given.get("name", "") if given["shows_name"] else "",
        "shows_name": given["shows_name"],
        "pseudonym": given["pseudonym"],
        "region": region_name(region) if given["shows_region"] and region else "",
        "programme": programme if given["shows_programme"] else None,
    }


@officer_required
def change(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, candidate = _changing(request, year, slug, number)
    at = clock.now()
    found = queries.whereabouts_of(visit.election)
    kept = ("place", "region", "organisation", "programme", "consented_on", "pseudonym")
    initial = {name: getattr(candidate, name) for name in kept}
    if candidate.signing == Candidate.Signing.PAPER:  # a code confirmed other words
        initial["signed_on"] = candidate.signed_on
    form = ChangedCandidateForm(
        *posted(request), places=_places(found.round, found.rules), initial=initial
    )
    here = reverse("candidate", args=[*where(visit), number])
    return act(
        request,
        form,
        lambda form: actions.change_candidate(
            candidate.pk, facts=form.facts(), actor=visit.user, at=at
        ),
        template="elections/candidate_form.html",
        page=_page(
            visit,
            title=_("Change the application of candidate no. {number}").format(number=number),
            button=_("Save"),
            back=here,
        ),
        then=here,
        done=_("Saved."),
    )


@officer_required
def consents(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """What becomes public; after publication a consent can be taken back, and that is seen at once."""
    visit, candidate = _changing(request, year, slug, number)
    at = clock.now()
    form = ConsentsForm(
        *posted(request),
        has_photo=has_photo(candidate),
        initial={name: getattr(candidate, name) for name in ("pseudonym", *actions.CONSENTS)},
    )
    here = reverse("candidate", args=[*where(visit), number])
    listed = candidate.listed_at is not None
    page = _page(
        visit,
        title=_("What everybody may read of candidate no. {number}").format(number=number),
        form=form,
        listed=listed,
        back=here,
    )
    if request.method == "POST" and request.POST.get("act") == "preview" and form.is_valid():
        shown = as_everybody_reads(form, number, candidate)
        return render(request, "elections/candidate_consents.html", {**page, "shown": shown})
    return act(
        request,
        form,
        lambda form: actions.change_consents(
            candidate.pk,
            consents=form.consents(),
            pseudonym=form.cleaned_data["pseudonym"],
            actor=visit.user,
            at=at,
        ),
        template="elections/candidate_consents.html",
        page=page,
        then=here,
        done=_("Saved. The public pages show it from now on.") if listed else _("Saved."),
    )


def has_photo(candidate: Candidate) -> bool:
    """Asked of the database: the picture itself stays where it is."""
    return Candidate.objects.filter(pk=candidate.pk, photo__isnull=False).exists()


@officer_required
def signed(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """The organiser holds the application signed by hand."""
    visit, candidate = _changing(request, year, slug, number)
    here = reverse("candidate", args=[*where(visit), number])
    return act(
        request,
        SignedPaperForm(*posted(request)),
        lambda form: actions.confirm_signature(
            candidate.pk,
            signed_on=form.cleaned_data["signed_on"],
            actor=visit.user,
            at=clock.now(),
        ),
        template="elections/form.html",
        page=_page(
            visit,
            title=_("Candidate no. {number}: the signed application is here").format(number=number),
            lead=_("You hold the application on paper, signed by hand, and compared the two."),
            button=_("Record it"),
            back=here,
        ),
        then=here,
        done=_("The application is signed."),
    )


@officer_required
def ticket(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """The organiser makes a ticket, and it is shown once; reloading asks for another."""
    visit, candidate = _changing(request, year, slug, number)
    form = NewCandidateTicketForm(*posted(request))
    page = _page(visit, back=reverse("candidate", args=[*where(visit), number]))
    if form.is_bound and form.is_valid():
        made = new_ticket()
        try:
            actions.renew_candidate_ticket(
                candidate.pk,
                reason=form.cleaned_data["reason"],
                ticket=made,
                actor=visit.user,
                at=clock.now(),
            )
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            page |= {"candidate": candidate, "ticket": shown(made)}
            return for_one_reader(render(request, "elections/apply_ticket.html", page))
    page |= {
        "form": form,
        "title": _("A new ticket for candidate no. {number}").format(number=number),
        "lead": _(
            "It is shown once, for you to hand over: print it, or read it to the candidate. The ticket"
            " before, if there is one, opens nothing from then on."
        ),
        "button": _("Make the ticket"),
    }
    return render(request, "elections/form.html", page, status=422 if form.is_bound else 200)


@officer_required
def withdraw(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    visit, candidate = _changing(request, year, slug, number)
    here = reverse("candidate", args=[*where(visit), number])
    return act(
        request,
        OkilForm(*posted(request)),
        lambda _form: actions.withdraw_candidate(candidate.pk, actor=visit.user, at=clock.now()),
        template="elections/form.html",
        page=_page(
            visit,
            title=_("Withdraw candidate no. {number}").format(number=number),
            lead=_("On the candidate's word only, and until the vote opens."),
            note=_("It cannot be undone. A published list says that the candidate withdrew."),
            button=_("Withdraw"),
            is_final=True,
            back=here,
        ),
        then=here,
        done=_("The candidate has withdrawn."),
    )


@officer_required
def person(request: HttpRequest, year: int, slug: str, number: int) -> HttpResponse:
    """Whether the body knows the candidate, so that earlier terms count."""
    visit, candidate = the_candidate(request, year, slug, number)
    known_as = candidate.person
    form = PersonForm(*posted(request), initial={"person": known_as.number if known_as else None})
    here = reverse("candidate", args=[*where(visit), number])
    return act(
        request,
        form,
        lambda form: actions.link_person(
            candidate.pk, person=form.cleaned_data["person"], actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page=_page(
            visit,
            title=_("Is candidate no. {number} known here?").format(number=number),
            lead=_("If the body knows the person, the seats they held are counted for rotation."),
            note=_("Compare the opened application with the page “People”."),
            button=_("Save"),
            back=here,
        ),
        then=here,
        done=_("Saved."),
    )


def refused_here(request: HttpRequest, refused: Refused, back: str) -> HttpResponse:
    messages.error(request, refusals.sentence(refused))
    return HttpResponseRedirect(back)


MAY_WITHDRAW = (State.REGISTRATION, State.CANDIDATES_PUBLISHED)


def again_shown(found: lists.PublicList) -> dict[str, Any]:
    """Why the group votes again, between whom, and who is not voted on any more."""
    assert found.again is not None
    why = "tie" if found.again.after_a_tie else found.again.kind
    standing = [each for each in found.candidates if not each.is_withdrawn]
    return {
        "title": round_kind_name(found.again.kind),
        "text": str(AGAIN[why]).format(names=", ".join(map(numbered, standing))),
        "others": [numbered(each) for each in found.again.others],
    }


def numbered(each: lists.Shown) -> str:
    """By number, and by name where it is shown."""
    if not each.name:
        return _("no. {number}").format(number=each.number)
    return _("no. {number}, {name}").format(number=each.number, name=each.name)


def candidates_public(row: Round, rules: Regulation) -> dict[str, Any]:
    """For the group's page: what `elections/_candidates_public.html` shows as `candidates`."""
    found = lists.public_list(row, rules)
    return {
        "list": found,
        "again": again_shown(found) if found.again else None,
        "rows": [
            {
                "shown": each,
                "region": region_name(each.region) if each.region else "",
                "places": [PLACES[place] for place in each.places],
            }
            for each in found.candidates
        ],
        "several_places": len({each.places for each in found.candidates}) > 1,
        "posts": [{"post": post, "place": PLACES[post.place]} for post in found.empty_posts],
    }
