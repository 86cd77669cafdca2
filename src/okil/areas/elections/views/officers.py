"""Who serves an election, what they have signed, when they were there, and the papers on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.queries import role_name
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import officers as actions
from okil.areas.elections.documents import officers as papers
from okil.areas.elections.forms.officers import (
    DescriptionForm,
    PresenceForm,
    SeenForm,
    SignForm,
)
from okil.areas.elections.models import Undertaking
from okil.areas.elections.queries import officers as known
from okil.areas.elections.queries.candidates import rules_of
from okil.areas.elections.queries.officers import Officer
from okil.areas.elections.queries.several_roles import waits_for_officer
from okil.areas.elections.views import shown
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording.officers import (
    ORGANISATION_KINDS,
    commission_advice,
    undertaking_text,
    undertaking_title,
)
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.accounts.second_factor import fresh_factor_required
from okil.foundation.documents.models import File, Issued
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RULES_STAND

LEAST_COMMISSION = 2
TAB = "officers"


def page_of(visit: Visit, tab: str = TAB) -> dict[str, Any]:
    """Which election this is, and as what the reader is here. Where it stands is not asked."""
    return {
        "election": visit.election,
        "capacities": [role_name(role) for role in visit.roles()],
        "tabs": election_tabs(visit, tab),
    }


@officer_required
def officers(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Roles, numbers, organisations, signatures; never a name."""
    visit = access.election_for(request.user, year, slug)
    found = known.officers_in(visit.election)
    issued = known.papers_in_election(visit.election, papers.ON_OFFICERS)
    sees_papers = visit.may("see", "officer_names")
    members = [each for each in found if each.role.role == RoleName.COMMISSIONER]
    own = [each for each in found if each.role.person.user_id == visit.user.pk]
    return render(
        request,
        "elections/officers.html",
        {
            **page_of(visit),
            "officers": [_shown(each) for each in found],
            "members": len(members),
            "too_few": len(members) < LEAST_COMMISSION,
            "least": LEAST_COMMISSION,
            "advice": _advice(visit, len(members)),
            "has_organiser": any(each.role.role == RoleName.ORGANISER for each in found),
            "may_change": visit.may("change", "officers"),
            "sees_letters": visit.may("change", "officers"),
            "sees_meetings": visit.may("see_counts", "commission_meetings")
            or visit.may("see", "commission_meetings"),
            "asks_you": _asks(visit, own),
            "signs": bool(own),
            "to_sign": any(not each.has_signed_all for each in own),
            "papers": _papers_shown(visit, found, issued) if sees_papers else [],
        },
    )


def _advice(visit: Visit, members: int) -> str:
    """What to do about a commission of another size than the regulation's; of one that is too small
    to do anything the page speaks anyway."""
    if members < LEAST_COMMISSION:
        return ""
    said = rules_of(visit.election.group).commission_size
    return commission_advice(said, members, may_adopt=visit.state not in RULES_STAND)


def _asks(visit: Visit, own: list[Officer]) -> bool:
    """Is there a question for the reader about a role in another group?"""
    return bool(own) and waits_for_officer(visit.election, own[0].role.person.number)


def _shown(officer: Officer) -> dict[str, Any]:
    kind = officer.organisation_kind
    return {
        "role": officer.role,
        "role_name": role_name(officer.role.role),
        "organisation_kind": ORGANISATION_KINDS[kind] if kind else "",
        "undertakings": [
            {"title": undertaking_title(asked), "signed": signed}
            for asked, signed in officer.undertakings.items()
        ],
    }


def _papers_shown(
    visit: Visit, found: Sequence[Officer], issued: dict[tuple[str, int], Issued]
) -> list[dict[str, Any]]:
    """The papers that there can be, each with its newest issue and who it is about."""
    where = [visit.election.cycle.year, visit.election.group.slug]
    by_role = {name: [o for o in found if o.role.role == name] for name in known.ASKED_OF}
    rows: list[tuple[str, int, str, str]] = []
    if by_role[RoleName.ORGANISER]:
        rows.append((papers.NOMINATION, visit.election.pk, "7.04", ""))
    if by_role[RoleName.COMMISSIONER]:
        rows.append((papers.COMMISSION, visit.election.pk, "7.07", ""))
    rows += [
        (papers.ACCREDITATION, o.role.pk, "7.08", _("No. {number}").format(number=_no(o)))
        for o in by_role[RoleName.OBSERVER]
        if o.has_signed_all
    ]
    return [
        {
            "title": papers.TITLES[requirement],
            "about": about,
            "issued": (newest := issued.get((kind, subject))),
            "files": files_shown(newest, "officers_paper", where),
            "issue_url": reverse("officers_issue_one", args=[*where, kind, subject])
            if kind == papers.ACCREDITATION
            else reverse("officers_issue", args=[*where, kind]),
        }
        for kind, subject, requirement, about in rows
    ]


def _no(officer: Officer) -> int:
    return officer.role.person.number


def files_shown(issued: Issued | None, url_name: str, where: Sequence[Any]) -> list[dict[str, Any]]:
    """Files of a paper to keep, PDF and where there is one DOCX; HTML is for pages."""
    if issued is None:
        return []
    return [
        {
            "text": f"{LANGUAGE_NAMES[each.language]}, {each.format.upper()}",
            "language": each.language,
            "is_public": each.published_by_owner,
            "url": reverse(url_name, args=[*where, each.pk]),
        }
        for each in issued.files.all()
        if each.format != "html"
    ]


@officer_required
def describe(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "officers"):
        raise Http404
    election = visit.election
    back = reverse("officers", args=[year, slug])
    return act(
        request,
        DescriptionForm(
            *posted(request),
            initial={
                "commission_name": election.commission_name,
                "organiser_enabled": election.organiser_enabled,
                "channel": election.channel,
            },
        ),
        lambda form: actions.describe_officers(
            election.pk, **form.cleaned_data, actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page={
            "title": _("How organiser and commission work"),
            "lead": _(
                "The group writes down what it gives its organiser, and by which ways people reach "
                "each other."
            ),
            "button": _("Save"),
            "back": back,
            **page_of(visit),
        },
        then=back,
        done=_("Saved."),
    )


# What one signs oneself


def _own(visit: Visit) -> list[Officer]:
    return [o for o in known.officers_in(visit.election) if o.role.person.user_id == visit.user.pk]


@officer_required
def undertakings(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What is asked of the reader in this election, and what they have signed."""
    visit = access.election_for(request.user, year, slug)
    asked = [
        {
            "role_name": role_name(officer.role.role),
            "title": undertaking_title(kind),
            "text": undertaking_text(kind),
            "signed": signed,
            "url": reverse("undertaking_sign", args=[year, slug, officer.role.role, kind]),
        }
        for officer in _own(visit)
        for kind, signed in officer.undertakings.items()
    ]
    return render(
        request,
        "elections/undertakings.html",
        {
            **page_of(visit),
            "asked": asked,
            "open": sum(each["signed"] is None for each in asked),
        },
    )


@officer_required
@fresh_factor_required
def sign(request: HttpRequest, year: int, slug: str, role: str, kind: str) -> HttpResponse:
    """One text, one signature. The second factor was shown a few minutes ago at most."""
    visit = access.election_for(request.user, year, slug)
    held = next((o for o in _own(visit) if o.role.role == role and kind in o.undertakings), None)
    if held is None:
        raise Http404
    back = reverse("undertakings", args=[year, slug])
    if held.undertakings[kind] is not None:
        messages.info(request, refusals.sentence(Refused("undertaking-signed")))
        return HttpResponseRedirect(back)
    return act(
        request,
        SignForm(*posted(request), kind=kind),
        lambda form: actions.sign_undertaking(
            visit.election.pk,
            role=role,
            kind=kind,
            organisation_kind=form.cleaned_data.get("organisation_kind", ""),
            actor=visit.user,
            at=clock.now(),
        ),
        template="elections/undertaking.html",
        page={
            **page_of(visit),
            "title": undertaking_title(kind),
            "text": undertaking_text(kind),
            "role_name": role_name(role),
            "is_about_data": kind == Undertaking.Kind.CONFIDENTIALITY,
            "back": back,
        },
        then=back,
        done=_("Signed. It is written into the journal."),
    )


# Days of presence


@officer_required
def presence(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """On which days observers were there; an observer enters their own."""
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    is_observer = visit.is_a(RoleName.OBSERVER)
    if request.method == "POST" and not is_observer:
        raise Http404
    here = reverse("presence", args=[year, slug])
    return act(
        request,
        PresenceForm(*posted(request), initial={"day": shown.day_of(at)}),
        lambda form: actions.enter_presence(
            visit.election.pk, day=form.cleaned_data["day"], actor=visit.user, at=at
        ),
        template="elections/presence.html",
        page={
            **page_of(visit),
            "days": [
                {"presence": each, "is_own": each.role.person.user_id == visit.user.pk}
                for each in known.presences_of(visit.election)
            ],
            "is_observer": is_observer,
        },
        then=here,
        done=_("The day is entered."),
    )


@officer_required
@require_POST
def withdraw_presence(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        raise Http404 from None
    try:
        actions.withdraw_presence(visit.election.pk, day=day, actor=visit.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, _("Taken back."))
    return HttpResponseRedirect(reverse("presence", args=[year, slug]))


# Papers


@officer_required
def issue(
    request: HttpRequest, year: int, slug: str, kind: str, role: int | None = None
) -> HttpResponse:
    """A numbered paper with names: opened on the record, for whoever may see them."""
    visit = access.election_for(request.user, year, slug)
    if not visit.may("see", "officer_names"):
        raise Http404
    title, about, perform = _to_issue(visit, kind, role)
    newest = known.newest_paper(kind, about)
    back = reverse("officers", args=[year, slug])
    return act(
        request,
        SeenForm(*posted(request), initial={"seen": newest.version if newest else 0}),
        lambda form: perform(seen=form.cleaned_data["seen"], actor=visit.user, at=clock.now()),
        template="elections/form.html",
        page={
            "title": title,
            "lead": _(
                "The paper gets a number and is kept in three languages. Names are opened for it, which "
                "is recorded; its public version names only who agreed to it."
            ),
            "note": _("A later version replaces this one, and says so.") if newest else "",
            "button": _("Issue the paper"),
            "back": back,
            **page_of(visit),
        },
        then=back,
        done=_("The paper is issued."),
    )


def _to_issue(visit: Visit, kind: str, role: int | None) -> tuple[Any, Any, Callable[..., Issued]]:
    """Title, what it is about, and the action."""
    election = visit.election
    if kind == papers.NOMINATION and role is None:
        return (
            papers.TITLES["7.04"],
            election,
            lambda **given: actions.issue_nomination(election.pk, **given),
        )
    if kind == papers.COMMISSION and role is None:
        return (
            papers.TITLES["7.07"],
            election,
            lambda **given: actions.issue_commission_list(election.pk, **given),
        )
    if kind == papers.ACCREDITATION and role is not None:
        observers = [o.role for o in known.officers_in(election) if o.role.pk == role]
        if observers and observers[0].role == RoleName.OBSERVER:
            return (
                papers.TITLES["7.08"],
                observers[0],
                lambda **given: actions.issue_accreditation(election.pk, role, **given),
            )
    raise Http404


@officer_required
@require_GET
def paper(request: HttpRequest, year: int, slug: str, file: int) -> HttpResponse:
    """A file of a paper on officers; an internal one is opened on the record."""
    visit = access.election_for(request.user, year, slug)
    try:
        found, content = actions.open_paper(
            file, election_id=visit.election.pk, actor=visit.user, at=clock.now()
        )
    except File.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        if refused.code == "not-allowed":
            raise Http404 from None
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(reverse("undertakings", args=[year, slug]))
    return documents.serve(content, found.name, is_public=found.published_by_owner)
