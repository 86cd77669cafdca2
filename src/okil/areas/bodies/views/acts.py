"""One form, one action, one answer: the scene most pages of the office are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from okil.areas.bodies.access import Visit
from okil.areas.bodies.views.tabs import office_tabs
from okil.foundation.web import refusals
from okil.pure.refusal import Refused

AForm = TypeVar("AForm", bound=Form)

# Beside which field a refusal stands: the first of these that the form has.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "already-holds": ("number",),
    "already-invited": ("email",),
    "code-taken": ("code",),
    "decision-in-the-future": ("made_on",),
    "end-without-reason": ("end_reason",),
    "ends-before-it-begins": ("until_on", "ends_on", "since_on"),
    "incompatible": ("email",),
    "name-not-an-address": ("slug",),
    "name-taken": ("slug",),
    "paper-too-large": ("paper",),
    "paper-unknown": ("paper",),
    "role-held": ("email",),
    "role-taken": ("to",),
    "seat-held": ("position",),
    "seat-not-there": ("begins_on",),
    "vacancy-known": ("position",),
}


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: data and files, or nothing while it is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def act(
    request: HttpRequest,
    visit: Visit,
    form: AForm,
    perform: Callable[[AForm], object],
    *,
    page: Mapping[str, Any],
    tab: str,
    then: str,
    done: Any,
) -> HttpResponse:
    """Show the form; when it is posted and sound, do the act and go on to `then`.

    A refusal stands beside the field it speaks of, else above the form; what was typed stays.
    """
    if request.method == "POST" and form.is_valid():
        try:
            perform(form)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(then)
    shown = {"tabs": office_tabs(visit.standings, tab), "back": then, "form": form, **page}
    status = 422 if form.is_bound else 200
    return render(request, "bodies/form.html", shown, status=status)


def add_refusal(form: Form, refused: Refused) -> None:
    field = next((name for name in BESIDE.get(refused.code, ()) if name in form.fields), None)
    form.add_error(field, refusals.sentence(refused))
