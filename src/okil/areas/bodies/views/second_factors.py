"""A lost second factor is cleared by two officers together: one asks, another agrees."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.bodies import access
from okil.areas.bodies.actions import people as actions
from okil.areas.bodies.forms.people import AskResetForm, SettleResetForm
from okil.areas.bodies.views.acts import act
from okil.areas.bodies.wording import RESET_REASONS
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import posted
from okil.foundation.web.clock import clock


@officer_required
def ask(request: HttpRequest, number: int) -> HttpResponse:
    visit, person = access.account_for(request.user, number)
    return act(
        request,
        visit,
        AskResetForm(*posted(request)),
        lambda form: actions.ask_factor_reset(
            person.pk,
            reason=form.cleaned_data["reason"],
            actor=visit.user,
            at=clock.now(),
        ),
        page={
            "title": _("Reset a lost second factor"),
            "facts": [{"term": _("Person"), "value": _("No. {number}").format(number=number)}],
            "lead": _("Another officer must agree. Then the person sets up a new second factor."),
            "note": _("Make sure that it is really this person who asks: call, or meet them."),
            "button": _("Ask for the reset"),
        },
        tab="people",
        then=reverse("people"),
        done=_("Asked. Another officer must agree."),
    )


@officer_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    visit, reset = access.reset_for(request.user, pk)

    def perform(form: SettleResetForm) -> None:
        answer = actions.agree_factor_reset
        if form.cleaned_data["answer"] == "refuse":
            answer = actions.refuse_factor_reset
        answer(reset.pk, actor=visit.user, at=clock.now())

    number = _("No. {number}")
    return act(
        request,
        visit,
        SettleResetForm(*posted(request)),
        perform,
        page={
            "title": _("Reset a lost second factor"),
            "facts": [
                {"term": _("Person"), "value": number.format(number=reset.person.number)},
                {"term": _("What happened"), "value": RESET_REASONS[reset.reason]},
                {"term": _("Asked by"), "value": number.format(number=reset.asked_by.number)},
            ],
            "lead": _("If you agree, the factor is cleared and all sessions of the person end."),
            "note": _("Make sure that it is really this person who asks: call, or meet them."),
            "button": _("Answer"),
        },
        tab="people",
        then=reverse("people"),
        done=_("Your answer is recorded."),
    )
