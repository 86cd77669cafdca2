"""Who takes a seat and leaves it, and why nobody does."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies import access, queries
from okil.areas.bodies.actions import memberships as actions
from okil.areas.bodies.forms.memberships import (
    BeginMembershipForm,
    EndMembershipForm,
    VacancyForm,
)
from okil.areas.bodies.models import Body, Person
from okil.areas.bodies.views.acts import act
from okil.areas.bodies.wording import POSITIONS
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock

KEPT = ("position", "name", "name_latin", "elected_in", "begins_on", "ends_on", "end_reason")


@officer_required
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Now, or for the history: with a last day and its reason."""
    visit, seat = access.seat_for(request.user, pk)
    form = BeginMembershipForm(*posted(request))
    person = _person(form, visit.body) if form.is_bound and form.is_valid() else None

    def perform(form: BeginMembershipForm) -> None:
        given = form.cleaned_data
        actions.begin_membership(
            seat.pk,
            person=person,
            **{name: given[name] for name in KEPT},
            uncertain=given["uncertain"],
            uncertain_because=given["uncertain_because"],
            actor=visit.user,
            at=clock.now(),
        )

    return act(
        request,
        visit,
        form,
        perform,
        page={
            "title": _("Who holds seat {number}").format(number=seat.number),
            "crumb": seat.group.public_name,
            "lead": _("Also for earlier years: give the last day and why it ended."),
            "button": _("Record it"),
        },
        tab="groups",
        then=reverse("group_inside", args=[seat.group.slug]),
        done=_("Recorded."),
    )


def _person(form: BeginMembershipForm, body: Body) -> Person | None:
    """The person of this number; none for a new name, which must not be known already."""
    number, name = form.cleaned_data["number"], form.cleaned_data["name"]
    if number:
        person = body.people.filter(number=number).first()
        if person is None:
            form.add_error("number", _("There is no person of this number."))
        return person
    namesakes = queries.people_named(body, name)
    if namesakes and not form.cleaned_data["namesake"]:
        numbers = ", ".join(str(person.number) for person in namesakes)
        form.add_error(
            "name",
            _(
                "This name is known: No. {numbers}. Write the number, or say it is another person."
            ).format(numbers=numbers),
        )
    return None


@officer_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    visit, membership = access.membership_for(request.user, pk)
    group = membership.seat.group
    return act(
        request,
        visit,
        EndMembershipForm(*posted(request)),
        lambda form: actions.end_membership(
            membership.pk,
            ends_on=form.cleaned_data["ends_on"],
            reason=form.cleaned_data["reason"],
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("End a membership"),
            "crumb": group.public_name,
            "facts": [
                {
                    "term": _("Person"),
                    "value": _("No. {number}").format(number=membership.person.number),
                },
                {"term": _("Place"), "value": POSITIONS[membership.position]},
            ],
            "note": _("It cannot be undone."),
            "button": _("End the membership"),
            "is_final": True,
        },
        tab="groups",
        then=reverse("group_inside", args=[group.slug]),
        done=_("The membership has ended."),
    )


@officer_required
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    visit, seat = access.seat_for(request.user, pk)
    return act(
        request,
        visit,
        VacancyForm(*posted(request)),
        lambda form: actions.record_vacancy(
            seat.pk,
            **form.cleaned_data,
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("A vacancy in seat {number}").format(number=seat.number),
            "crumb": seat.group.public_name,
            "lead": _("Nobody holds this place: why, and what is planned."),
            "button": _("Record the vacancy"),
        },
        tab="groups",
        then=reverse("group_inside", args=[seat.group.slug]),
        done=_("The vacancy is recorded."),
    )
