"""Whether somebody's name stands on public pages is theirs to say, and to take back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies import access
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.forms.people import OwnNameForm
from okil.areas.bodies.views.acts import act
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock


@officer_required
def own_name(request: HttpRequest) -> HttpResponse:
    visit, person = access.own_name_for(request.user)
    return act(
        request,
        visit,
        OwnNameForm(
            *posted(request),
            initial={"public": "yes" if person.published_by_owner else "no"},
        ),
        lambda form: actions.publish_name(
            public=form.cleaned_data["public"] == "yes",
            corrected=form.cleaned_data["corrected"],
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("Your name"),
            "lead": _("Without your consent visitors see a number and an organisation."),
            "note": _(
                "You can take it back at any time. What others have copied by then stays with them."
            ),
            "button": _("Save"),
        },
        tab="",
        then=reverse("own_name"),
        done=_("Saved."),
    )
