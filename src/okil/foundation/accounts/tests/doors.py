"""Addresses for test_doors: pages that sign somebody in, as invitations and the demonstration do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from okil.foundation.accounts import let_in, officer_required, sign_in
from okil.foundation.accounts.models import User


def by_link(request: HttpRequest, pk: int) -> HttpResponse:
    return sign_in(request, User.objects.get(pk=pk))


def by_demonstration(request: HttpRequest, pk: int) -> HttpResponse:
    let_in(request, User.objects.get(pk=pk))
    return HttpResponse()


@officer_required
def office(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.user.pk)


urlpatterns = [
    path("link/<int:pk>/", by_link, name="by_link"),
    path("demonstration/<int:pk>/", by_demonstration, name="by_demonstration"),
    path("office/", office, name="office"),
    path("", lambda _: HttpResponse(), name="home"),
    path("", include("okil.site.auth_urls")),
]
