"""Groups from the inside: names, seats, who holds them; and the acts that change them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies import access, queries
from okil.areas.bodies.access import Visit
from okil.areas.bodies.actions import groups as actions
from okil.areas.bodies.forms.groups import (
    AddSeatForm,
    CloseSeatForm,
    EndGroupForm,
    GroupForm,
    PublicNameForm,
)
from okil.areas.bodies.models import ElectoralGroup, Membership, Position, Seat, Vacancy
from okil.areas.bodies.views.acts import act
from okil.areas.bodies.views.people import names_or_404
from okil.areas.bodies.views.tabs import office_tabs
from okil.areas.bodies.wording import END_REASONS, GROUP_KINDS, POSITIONS
from okil.foundation.accounts import officer_required
from okil.foundation.audit import history_of
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock


@officer_required
def groups(request: HttpRequest) -> HttpResponse:
    """The groups this officer may look into, with who is missing; never a name."""
    visit = access.people_for(request.user)
    today = clock.today(visit.body.time_zone)
    empty = [seat.group_id for seat, _position in _empty_places(visit, today)]
    seats = queries.seats_in_force(visit.body, on=today)
    return render(
        request,
        "bodies/groups.html",
        {
            "groups": [
                {
                    "group": group,
                    "seats": sum(seat.group_id == group.pk for seat in seats),
                    "empty": empty.count(group.pk),
                    "has_ended": group.until_on is not None and group.until_on < today,
                }
                for group in visit.groups_among(queries.groups_of(visit.body))
            ],
            "may_change": visit.may("change", "group"),
            "tabs": office_tabs(visit.standings, "groups"),
        },
    )


def _empty_places(visit: Visit, today: date) -> list[tuple[Seat, str]]:
    return queries.positions_without_holder(visit.body, on=today)


@officer_required
def inside(request: HttpRequest, slug: str) -> HttpResponse:
    """One group: who it is, its seats and their history; posted, the same with names."""
    visit, group = access.group_for(request.user, slug)
    today = clock.today(visit.body.time_zone)
    memberships = list(queries.memberships_of(group))
    vacancies = list(queries.vacancies_of(group))
    names: dict[int, str] = {}
    if request.method == "POST":
        people = {each.person_id: each.person for each in memberships}
        names = names_or_404(visit, people.values(), group)
    before, after = queries.relatives_of(group)
    return render(
        request,
        "bodies/group_inside.html",
        {
            "group": group,
            "kind": GROUP_KINDS[group.kind],
            "came_from": before,
            "became": after,
            "seats": [
                _seat(seat, memberships, vacancies, names, today)
                for seat in group.seats.order_by("number")
            ],
            "history": _history(memberships, vacancies, names, today),
            "journal": history_of(group),
            "roles": queries.role_names(),
            "names_shown": bool(names),
            "may_open": visit.may("see", "officer_names", group) and memberships,
            "may_change": visit.may("change", "group"),
            "may_name": visit.may("change", "group_public_name", group),
            "tabs": office_tabs(visit.standings, "groups"),
        },
    )


def _seat(
    seat: Seat,
    memberships: list[Membership],
    vacancies: list[Vacancy],
    names: dict[int, str],
    today: date,
) -> dict[str, Any]:
    """Who holds the two places of a seat today, or why nobody does."""
    places = []
    for position in Position.values:
        here = (seat.pk, position)
        holder = next(
            (m for m in memberships if _is_now(m, here, m.begins_on, m.ends_on, today)), None
        )
        vacancy = next(
            (v for v in vacancies if _is_now(v, here, v.since_on, v.until_on, today)), None
        )
        places.append(
            {
                "position": POSITIONS[position],
                "holder": holder,
                "name": names.get(holder.person_id, "") if holder else "",
                "vacancy": vacancy,
            }
        )
    is_closed = seat.until_on is not None and seat.until_on < today
    return {"seat": seat, "places": places, "is_closed": is_closed}


def _is_now(
    entry: Membership | Vacancy,
    place: tuple[int, str],
    first: date,
    last: date | None,
    today: date,
) -> bool:
    is_here = (entry.seat_id, entry.position) == place
    return is_here and first <= today and (last is None or today <= last)


def _history(
    memberships: list[Membership],
    vacancies: list[Vacancy],
    names: dict[int, str],
    today: date,
) -> list[dict[str, Any]]:
    """Memberships and vacancies in one line of time, the newest first."""
    rows: list[dict[str, Any]] = [
        {
            "from": each.begins_on,
            "to": each.ends_on,
            "place": POSITIONS[each.position],
            "seat": each.seat.number,
            "membership": each,
            "name": names.get(each.person_id, ""),
            # A term may have its last day before it comes; it has not ended then.
            "end_reason": END_REASONS[each.end_reason]
            if each.ends_on and each.ends_on < today
            else "",
        }
        for each in memberships
    ]
    rows += [
        {
            "from": each.since_on,
            "to": each.until_on,
            "place": POSITIONS[each.position],
            "seat": each.seat.number,
            "vacancy": each,
        }
        for each in vacancies
    ]
    return sorted(rows, key=lambda row: row["from"], reverse=True)


@officer_required
def create(request: HttpRequest) -> HttpResponse:
    visit = access.secretariat_for(request.user)
    known = queries.groups_of(visit.body)
    by_slug = {group.slug: group for group in known}

    def perform(form: GroupForm) -> None:
        given = form.cleaned_data
        plain = ("internal_name", "abbreviation", "code", "kind", "public_name", "slug")
        actions.create_group(
            body=visit.body,
            **{name: given[name] for name in plain},
            since_on=given["since_on"],
            seats=given["seats"],
            came_from=[by_slug[slug] for slug in given["came_from"]],
            decision=form.decision(),
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        visit,
        GroupForm(*posted(request), groups=known),
        perform,
        page={
            "title": _("A new group"),
            "lead": _("On its own, or out of other groups, by a decision of the body."),
            "button": _("Create the group"),
        },
        tab="groups",
        then=reverse("groups"),
        done=_("The group is there."),
    )


@officer_required
def choose_name(request: HttpRequest, slug: str) -> HttpResponse:
    visit, group = access.group_for(request.user, slug)
    access.or_404(visit.may("change", "group_public_name", group))
    return act(
        request,
        visit,
        PublicNameForm(
            *posted(request), initial={"public_name": group.public_name, "slug": group.slug}
        ),
        lambda form: actions.choose_public_name(
            group.pk,
            public_name=form.cleaned_data["public_name"],
            slug=form.cleaned_data["slug"],
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("The name everybody reads"),
            "lead": _("The group chooses it. It need not say, and should not tell, who belongs."),
            "note": _("Links with the old name stop working when the address changes."),
            "button": _("Keep this name"),
        },
        tab="groups",
        then=reverse("groups"),
        done=_("The name is kept."),
    )


@officer_required
def end(request: HttpRequest, slug: str) -> HttpResponse:
    visit, group = access.group_for(request.user, slug)
    access.or_404(visit.may("change", "group"))
    return act(
        request,
        visit,
        EndGroupForm(*posted(request)),
        lambda form: actions.end_group(
            group.pk,
            until_on=form.cleaned_data["until_on"],
            decision=form.decision(),
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("End a group"),
            "crumb": group.public_name,
            "lead": _("The group and its seats end on this day. Its history stays."),
            "note": _("It cannot be undone."),
            "button": _("End the group"),
            "is_final": True,
        },
        tab="groups",
        then=_address(group),
        done=_("The group has an end."),
    )


@officer_required
def add_seat(request: HttpRequest, slug: str) -> HttpResponse:
    visit, group = access.group_for(request.user, slug)
    access.or_404(visit.may("change", "group"))
    return act(
        request,
        visit,
        AddSeatForm(*posted(request)),
        lambda form: actions.add_seat(
            group.pk,
            since_on=form.cleaned_data["since_on"],
            decision=form.decision(),
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("Add a seat"),
            "crumb": group.public_name,
            "lead": _("One more member and alternate, by a decision on quotas."),
            "button": _("Add the seat"),
        },
        tab="groups",
        then=_address(group),
        done=_("The seat is there."),
    )


@officer_required
def close_seat(request: HttpRequest, pk: int) -> HttpResponse:
    visit, seat = access.seat_for(request.user, pk)
    return act(
        request,
        visit,
        CloseSeatForm(*posted(request)),
        lambda form: actions.close_seat(
            seat.pk,
            until_on=form.cleaned_data["until_on"],
            decision=form.decision(),
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("Close seat {number}").format(number=seat.number),
            "crumb": seat.group.public_name,
            "lead": _("Nobody can be elected to it after this day. Its history stays."),
            "note": _("It cannot be undone."),
            "button": _("Close the seat"),
            "is_final": True,
        },
        tab="groups",
        then=_address(seat.group),
        done=_("The seat has an end."),
    )


def _address(group: ElectoralGroup) -> str:
    return reverse("group_inside", args=[group.slug])
