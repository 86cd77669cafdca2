"""Whoever holds a paper learns here whether it was issued, and whether it still stands."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from okil.foundation.documents.codes import read_code
from okil.foundation.documents.forms import CodeForm
from okil.foundation.documents.queries import issued_with_code, newest_version

# Only codes that lead nowhere are counted: a hall full of people may scan one paper at once.
WRONG_CODES = {"paper": "60/10m/ip"}


def ask_for_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return HttpResponseRedirect(reverse("paper", args=[form.cleaned_data["code"]]))
    status = 422 if form.is_bound else 200
    return render(request, "documents/ask_for_code.html", {"form": form}, status=status)


def paper(request: HttpRequest, code: str) -> HttpResponse:
    read = read_code(code)
    if read and read != code:
        return HttpResponseRedirect(reverse("paper", args=[read]))
    issued = issued_with_code(read) if read else None
    if issued is None:
        return _unknown(request)
    newest = newest_version(issued)
    return render(
        request,
        "documents/paper.html",
        {"issued": issued, "newest": newest if newest != issued else None},
    )


def _unknown(request: HttpRequest) -> HttpResponse:
    counted = ratelimit.consume(
        request, app="okil", action="paper", config=WRONG_CODES, limit_get=True
    )
    if counted is None:
        return render(request, "documents/too_many.html", status=429)
    return render(request, "documents/unknown_paper.html", {"form": CodeForm()}, status=404)
