"""The office's way of one form, one action, one answer: with its tabs and its form page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from okil.areas.bodies.access import Visit
from okil.areas.bodies.views.tabs import office_tabs
from okil.foundation.web import acts

AForm = TypeVar("AForm", bound=Form)


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
    return acts.act(
        request,
        form,
        perform,
        template="bodies/form.html",
        page={"tabs": office_tabs(visit.standings, tab), **page},
        then=then,
        done=done,
    )
