"""Who holds which role now; names only on demand. Looking somebody up; ending a role."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies import access, queries
from okil.areas.bodies.access import Visit
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.forms.people import EndRoleForm, SearchForm
from okil.areas.bodies.models import BODY_WIDE_ROLES, ElectoralGroup, Invitation, Person, Role
from okil.areas.bodies.queries import role_name
from okil.areas.bodies.views.acts import act
from okil.areas.bodies.views.tabs import office_tabs
from okil.areas.bodies.wording import RESET_REASONS
from okil.foundation.accounts import officer_required
from okil.foundation.notifications import refused_since
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused


@officer_required
def people(request: HttpRequest) -> HttpResponse:
    """Numbers and organisations; posted, the same page with the names of one group or of all."""
    visit = access.people_for(request.user)
    at = clock.now()
    known = visit.groups_among(queries.groups_of(visit.body))
    seen = {group.pk for group in known}
    sees_all = visit.may("see", "group")
    roles = [r for r in queries.roles_of(visit.body) if r.group_id in seen or sees_all]
    # A group that ended is shown as long as somebody holds a role in it: the role must be ended too.
    held = {role.group_id for role in roles}
    open_groups = groups_to_invite_to(visit, known)
    groups = [group for group in known if group in open_groups or group.pk in held]
    names = _names(request, visit, groups, roles) if request.method == "POST" else {}
    invitations = _invitations(visit, at=at)
    unreached = _unreached(roles, invitations)
    return render(
        request,
        "bodies/people.html",
        {
            "sections": _sections(visit, groups, roles, names, unreached),
            "invitations": [
                {**each, "unreached": _if_told(visit, each["invitation"], unreached)}
                for each in invitations
            ],
            "resets": _resets(visit),
            "all_names": visit.may("see", "officer_names"),
            "names_shown": bool(names),
            "may_invite": bool(roles_to_give(visit, open_groups)),
            "may_search": visit.may("see", "officer_names"),
            "tabs": office_tabs(visit.standings, "people"),
        },
    )


def _names(
    request: HttpRequest, visit: Visit, groups: list[ElectoralGroup], roles: list[Role]
) -> dict[int, str]:
    slug = request.POST.get("group", "")
    group = next((each for each in groups if each.slug == slug), None)
    if slug and group is None:
        raise Http404
    shown = {r.person_id: r.person for r in roles if group is None or r.group_id == group.pk}
    return names_or_404(visit, shown.values(), group)


def names_or_404(visit: Visit, people: Any, group: ElectoralGroup | None) -> dict[int, str]:
    try:
        return actions.open_names(
            people, body=visit.body, group=group, actor=visit.user, at=clock.now()
        )
    except Refused:
        raise Http404 from None


def _sections(
    visit: Visit,
    groups: list[ElectoralGroup],
    roles: list[Role],
    names: dict[int, str],
    unreached: dict[int, datetime],
) -> list[dict[str, Any]]:
    """First who serves the whole body, then each group by its public name."""
    body_wide = [role for role in roles if role.group_id is None]
    sections = []
    if visit.may("see", "group"):
        sections.append(_section(visit, None, body_wide, names, unreached))
    for group in groups:
        of_group = [role for role in roles if role.group_id == group.pk]
        sections.append(_section(visit, group, of_group, names, unreached))
    return sections


def _section(
    visit: Visit,
    group: ElectoralGroup | None,
    roles: list[Role],
    names: dict[int, str],
    unreached: dict[int, datetime],
) -> dict[str, Any]:
    # A button of its own where somebody may not see all names at once.
    may_open = group is not None and visit.may("see", "officer_names", group)
    return {
        "group": group,
        "may_open": may_open and not visit.may("see", "officer_names"),
        "rows": [
            {
                "role": role,
                "role_name": role_name(role.role),
                "since": role.begins_at.astimezone(ZoneInfo(visit.body.time_zone)).date(),
                "name": names.get(role.person_id, ""),
                "may_give": visit.may_give(role.role, group),
                "unreached": _if_told(visit, role, unreached),
                "may_reset": visit.may("change", "second_factor") and role.person.user_id,
                "may_read": visit.may("see", "officer_names", group),
            }
            for role in roles
        ],
    }


def _invitations(visit: Visit, *, at: Any) -> list[dict[str, Any]]:
    return [
        {
            "invitation": invitation,
            "role_name": role_name(invitation.role),
            "may_give": visit.may_give(invitation.role, invitation.group),
        }
        for invitation in queries.open_invitations(visit.body, at=at)
        if visit.may("see", "officer_names", invitation.group)
    ]


def _unreached(roles: list[Role], invitations: list[dict[str, Any]]) -> dict[int, datetime]:
    """Since when letters to these people do not arrive, by account."""
    asked = [*roles, *(each["invitation"] for each in invitations)]
    return refused_since(account for each in asked if (account := _account_of(each)) is not None)


def _account_of(each: Role | Invitation) -> int | None:
    return each.person.user_id if isinstance(each, Role) else each.user_id


def _if_told(
    visit: Visit, each: Role | Invitation, unreached: dict[int, datetime]
) -> datetime | None:
    """Told to the Secretariat, and to whoever gives the role and can ask the person."""
    if visit.may("see", "group") or visit.may_give(each.role, each.group):
        return unreached.get(_account_of(each) or 0)
    return None


def _resets(visit: Visit) -> list[dict[str, Any]]:
    if not visit.may("change", "second_factor"):
        return []
    return [
        {"reset": reset, "reason": RESET_REASONS[reset.reason]}
        for reset in queries.open_resets(visit.body)
    ]


def groups_to_invite_to(visit: Visit, groups: list[ElectoralGroup]) -> list[ElectoralGroup]:
    today = clock.today(visit.body.time_zone)
    return [
        group
        for group in groups
        if group.since_on <= today and (group.until_on is None or today <= group.until_on)
    ]


def roles_to_give(visit: Visit, groups: list[ElectoralGroup]) -> list[tuple[str, str]]:
    """Choices "role" or "role:slug of the group", in words."""
    body_wide = [
        (role, str(role_name(role)))
        for role in access.GIVEN_BY
        if role in BODY_WIDE_ROLES and visit.may_give(role)
    ]
    in_groups = [
        (
            f"{role}:{group.slug}",
            _("{role}, group “{group}”").format(role=role_name(role), group=group.public_name),
        )
        for group in groups
        for role in access.GIVEN_BY
        if role not in BODY_WIDE_ROLES and visit.may_give(role, group)
    ]
    return [*body_wide, *in_groups]


@officer_required
def search(request: HttpRequest) -> HttpResponse:
    """Is somebody of this name known here? Nothing is opened, and nothing stands in the address."""
    visit = access.people_for(request.user)
    if not visit.may("see", "officer_names"):
        raise Http404
    form = SearchForm(*posted(request))
    found: list[Person] | None = None
    if form.is_valid():
        found = list(
            queries.people_named(visit.body, form.cleaned_data["name"]).prefetch_related(
                "roles__group", "memberships__seat__group"
            )
        )
    return render(
        request,
        "bodies/search.html",
        {
            "form": form,
            "found": None if found is None else [_known(person) for person in found],
            "tabs": office_tabs(visit.standings, "people"),
        },
        status=422 if form.errors else 200,
    )


def _known(person: Person) -> dict[str, Any]:
    return {
        "person": person,
        "roles": [
            {"name": role_name(role.role), "group": role.group, "role": role}
            for role in person.roles.all()
        ],
        "memberships": person.memberships.all(),
    }


@officer_required
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    visit, role = access.role_for(request.user, pk)
    return act(
        request,
        visit,
        EndRoleForm(*posted(request)),
        lambda form: actions.end_role(
            role.pk, decision=form.decision(), actor=visit.user, at=clock.now()
        ),
        page={
            "title": _("End a role"),
            "facts": role_facts(role),
            "lead": _("The person is signed in no longer as holder of this role, at once."),
            "note": _("It cannot be undone; the role can be given again by a new invitation."),
            "button": _("End the role"),
            "is_final": True,
        },
        tab="people",
        then=reverse("people"),
        done=_("The role has ended."),
    )


def role_facts(role: Role) -> list[dict[str, Any]]:
    """Whose role it is, without the name."""
    facts: list[dict[str, Any]] = [
        {"term": _("Person"), "value": _("No. {number}").format(number=role.person.number)},
        {"term": _("Role"), "value": role_name(role.role)},
    ]
    if role.group:
        facts.append({"term": _("Group"), "value": role.group.public_name})
    if role.person.organisation:
        facts.append({"term": _("Organisation"), "value": role.person.organisation})
    return facts
