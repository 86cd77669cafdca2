"""What each answer tells the browser about itself. Static files get it too: it costs nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",  # data: is the QR code of a second factor, never stored
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
PERMISSIONS_POLICY = ", ".join(
    (
        "camera=()",
        "microphone=()",
        "geolocation=()",
        "payment=()",
        "usb=()",
        "browsing-topics=()",
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    )
)

Answer = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if _belongs_to_one_person(request, response):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def _belongs_to_one_person(request: HttpRequest, response: HttpResponse) -> bool:
    """Whoever has a session may see what others may not; the cookie tells it without a query.

    Static files are answered before sessions are looked at: they stay cached for everyone.
    """
    if not hasattr(request, "session"):
        return False
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies
