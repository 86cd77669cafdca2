"""A group's regulation: its ten answers, read by its officers, entered by its organiser."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections import access, queries
from okil.areas.elections.actions import regulations as actions
from okil.areas.elections.forms.regulations import RegulationForm
from okil.areas.elections.queries.regulations import own_regulation
from okil.areas.elections.views.answers import answers_shown, in_words
from okil.areas.elections.views.heads import head
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording import QUESTIONS
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation, as_data, regulation_from


@officer_required
def regulation(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("see", "regulation"):
        raise Http404
    versions = list(visit.election.group.regulations.select_related("adopted_by"))
    adopted = versions[0] if versions else None
    return render(
        request,
        "elections/regulation.html",
        {
            **head(visit, queries.progress_of(visit.election, at=clock.now())),
            "adopted": adopted,
            "answers": answers_shown(adopted.regulation if adopted else Regulation()),
            "versions": versions,
            "may_change": visit.may("change", "regulation"),
            "tabs": election_tabs(visit, "regulation"),
        },
    )


def _compare(form: RegulationForm, group: ElectoralGroup) -> None:
    """Beside each answer what somebody else entered meanwhile; saved again, it goes through."""
    newest, own = group.regulations.first(), own_regulation(group)
    if newest is None:
        return
    typed, entered = regulation_from(form.content()), own.regulation if own else Regulation()
    for name in QUESTIONS:
        if getattr(typed, name) != getattr(entered, name):
            answer = in_words(name, getattr(entered, name)) or _("the regulation does not say")
            form.add_error(
                name,
                _("Version {number} says: {answer}.").format(number=newest.version, answer=answer),
            )
    form.has_seen(newest.version)


@officer_required
def adopt(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "regulation"):
        raise Http404
    group = visit.election.group
    latest = group.regulations.first()
    # What was decided for one election only would else be adopted for all.
    own = own_regulation(group)
    known = as_data(own.regulation) if own else {}
    form = RegulationForm(
        *posted(request),
        initial={
            **known,
            "is_public": latest.is_public if latest else False,
            "seen_version": latest.version if latest else 0,
        },
    )

    def perform(form: RegulationForm) -> None:
        try:
            actions.adopt_regulation(
                group.pk,
                content=form.content(),
                decision=form.facts(),
                is_public=form.cleaned_data["is_public"],
                seen_version=form.cleaned_data["seen_version"],
                actor=visit.user,
                at=at,
            )
        except Refused as refused:
            if refused.code == "changed-meanwhile":
                _compare(form, group)
            raise

    back = reverse("election_regulation", args=[year, slug])
    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("The regulation in ten answers"),
            "lead": _(
                "Enter what the adopted regulation says, and leave open what it does not say. An "
                "open question stops the step that needs it, until the group decides."
            ),
            "button": _("Save as a new version"),
            "back": back,
            "tabs": election_tabs(visit, "regulation"),
        },
        then=back,
        done=_("The regulation is entered."),
    )
