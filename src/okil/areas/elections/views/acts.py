"""One form, one action, one answer: the scene most pages of an office are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from okil.foundation.web import refusals
from okil.pure.refusal import Refused


def act(
    request: HttpRequest,
    form: Form,
    perform: Callable[[Form], object],
    *,
    template: str,
    context: dict[str, Any],
    then: str,
    done: Any,
    beside: dict[str, str] | None = None,
) -> HttpResponse:
    """Show the form; when it is posted and sound, do the act and go on to `then`.

    A refusal stands beside the field `beside` names for its code, else above the form; what was
    typed stays.
    """
    if request.method == "POST" and form.is_valid():
        try:
            perform(form)
        except Refused as refused:
            form.add_error((beside or {}).get(refused.code), refusals.sentence(refused))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(then)
    return render(
        request, template, {**context, "form": form}, status=422 if form.is_bound else 200
    )
