"""Inviting to a role, handing it over, taking an invitation back; and what the invited person sees."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okil.areas.bodies import access, queries
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.forms.people import AcceptForm, InvitedForm, InviteForm, WithdrawForm
from okil.areas.bodies.models import Invitation
from okil.areas.bodies.queries import role_name
from okil.areas.bodies.views.acts import act
from okil.areas.bodies.views.people import groups_to_invite_to, role_facts, roles_to_give
from okil.foundation.accounts import officer_required, read_link_token, second_factor_used, sign_in
from okil.foundation.accounts.second_factor import has_second_factor
from okil.foundation.web import refusals
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused


@officer_required
def invite(request: HttpRequest) -> HttpResponse:
    visit = access.people_for(request.user)
    groups = groups_to_invite_to(visit, visit.groups_among(queries.groups_of(visit.body)))
    by_slug = {group.slug: group for group in groups}
    choices = roles_to_give(visit, groups)
    if not choices:
        raise Http404

    def perform(form: InviteForm) -> None:
        role, _colon, slug = form.cleaned_data["to"].partition(":")
        actions.invite(
            role,
            body=visit.body,
            group=by_slug[slug] if slug else None,
            **_whom(form),
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        visit,
        InviteForm(*posted(request), languages=visit.body.languages, choices=choices),
        perform,
        page={
            "title": _("Invite to a role"),
            "lead": _("The person gets a letter with a link that works once, for two weeks."),
            "who_sees": True,
            "button": _("Send the invitation"),
        },
        tab="people",
        then=reverse("people"),
        done=_("The invitation is on its way."),
    )


def _whom(form: InvitedForm) -> dict[str, Any]:
    given = form.cleaned_data
    kept = {name: given[name] for name in ("email", "name", "organisation", "language")}
    return {**kept, "decision": form.decision()}


@officer_required
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    visit, role = access.role_for(request.user, pk)
    return act(
        request,
        visit,
        InvitedForm(*posted(request), languages=visit.body.languages),
        lambda form: actions.invite(
            role.role,
            body=visit.body,
            group=role.group,
            replaces=role,
            **_whom(form),
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("Hand over a role"),
            "facts": role_facts(role),
            "lead": _("The holder keeps the role until the invited person takes it."),
            "who_sees": True,
            "button": _("Send the invitation"),
        },
        tab="people",
        then=reverse("people"),
        done=_("The invitation is on its way."),
    )


@officer_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    visit, found = access.invitation_for(request.user, pk)
    return act(
        request,
        visit,
        WithdrawForm(*posted(request)),
        lambda form: actions.withdraw_invitation(found.pk, actor=visit.user, at=clock.now()),
        page={
            "title": _("Take an invitation back"),
            "facts": _facts(found),
            "lead": _("The link in the letter stops working."),
            "button": _("Take it back"),
            "is_final": True,
        },
        tab="people",
        then=reverse("people"),
        done=_("The invitation was taken back."),
    )


def _facts(invitation: Invitation) -> list[dict[str, Any]]:
    facts = [{"term": _("Role"), "value": role_name(invitation.role)}]
    if invitation.group:
        facts.append({"term": _("Group"), "value": invitation.group.public_name})
    return facts


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Who invites to what. Reading changes nothing: mail programs open links before people do."""
    at = clock.now()
    found = _invitation_of(token)
    if found is None:
        return render(request, "bodies/no_invitation.html", {"why": "unknown"}, status=404)
    if why := _why_not_open(found, at=at):
        return render(request, "bodies/no_invitation.html", {"why": why}, status=410)
    comes_as = _comes_as(request, found)
    asks_name = not queries.has_name(found) and not queries.is_known(found.user)
    form = AcceptForm(*posted(request), name_is_asked=asks_name)
    if comes_as == "invited" and form.is_valid():
        try:
            actions.accept_invitation(
                found.pk, name=form.cleaned_data.get("name", ""), actor=found.user, at=at
            )
        except Refused as refused:
            refusals.add_to(form, refused)
        else:
            return sign_in(request, found.user)
    return render(
        request,
        "bodies/invitation.html",
        {
            "invitation": found,
            "role_name": role_name(found.role),
            "giver_name": role_name(access.GIVEN_BY[found.role]),
            "comes_as": comes_as,
            "form": form,
        },
        status=422 if form.is_bound and form.errors else 200 if comes_as != "other" else 403,
    )


def _invitation_of(token: str) -> Invitation | None:
    read = read_link_token("invitation", token)
    if read is None:
        return None
    pk, nonce = read
    return (
        Invitation.objects.select_related("body", "group", "user", "decision")
        .defer("decision__paper")
        .filter(pk=pk, nonce=nonce)
        .first()
    )


def _why_not_open(invitation: Invitation, *, at: Any) -> str:
    if invitation.accepted_at:
        return "used"
    if invitation.withdrawn_at:
        return "withdrawn"
    return "expired" if at >= invitation.expires_at else ""


def _comes_as(request: HttpRequest, invitation: Invitation) -> str:
    """The link stands for the mailbox; whoever has a second factor shows it besides."""
    if request.user.is_authenticated and request.user != invitation.user:
        return "other"
    if second_factor_used(request) or not has_second_factor(invitation.user):
        return "invited"
    return "must_sign_in"
