"""Doors, clock and style page of the demonstration; elsewhere these addresses do not exist."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from okil.areas.bodies.models import Person
from okil.foundation.accounts import let_in
from okil.foundation.web.views import style_page
from okil.site.demonstration.actions import pass_a_day
from okil.site.demonstration.build import open_doors
from okil.site.demonstration.doors import the_mark
from okil.site.demonstration.models import Mark


def _only_here() -> Mark:
    mark = the_mark()
    if mark is None:
        raise Http404
    return mark


def doors(request: HttpRequest) -> HttpResponse:
    mark = _only_here()
    return render(request, "demonstration/doors.html", {"doors": open_doors(), "mark": mark})


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """One of the demonstration's people comes in, second factor and all."""
    _only_here()
    number = request.POST.get("person", "")
    person = get_object_or_404(
        Person, user__isnull=False, number=int(number) if number.isdigit() else 0
    )
    if person.user is not None:
        let_in(request, person.user)
    return HttpResponseRedirect(reverse("office"))


@require_POST
def next_day(request: HttpRequest) -> HttpResponse:
    pass_a_day(_only_here().pk)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = reverse("home")
    return HttpResponseRedirect(back)


def style(request: HttpRequest) -> HttpResponse:
    _only_here()
    return style_page(request)
