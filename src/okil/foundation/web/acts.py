"""One form, one action, one answer: the scene most pages of an office are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from okil.foundation.web import refusals
from okil.pure.refusal import Refused

AForm = TypeVar("AForm", bound=Form)


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: data and files, or nothing while it is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def act(
    request: HttpRequest,
    form: AForm,
    perform: Callable[[AForm], object],
    *,
    template: str,
    page: Mapping[str, Any],
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
            refusals.add_to(form, refused)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(then)
    status = 422 if form.is_bound else 200
    return render(request, template, {"back": then, "form": form, **page}, status=status)
