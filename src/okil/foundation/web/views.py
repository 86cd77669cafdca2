"""Pages about pages: what went wrong, and the living style page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from okil.foundation.web.samples import samples


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the frame: a request that lies about its host must not choose what we look up."""
    return _bare("web/errors/400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/errors/403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the frame: the database may be what is broken."""
    return _bare("web/errors/500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/errors/csrf.html", {"retry": request.path}, status=403)


def style_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/style.html", samples())


def _bare(template: str, status: int) -> HttpResponse:
    response = HttpResponse(render_to_string(template), status=status)
    add_never_cache_headers(response)
    return response
