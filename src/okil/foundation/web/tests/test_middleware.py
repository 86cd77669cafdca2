from __future__ import annotations

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from okil.foundation.web.middleware import content_security_policy


def answered(request: HttpRequest, **headers: str) -> HttpResponse:
    return content_security_policy(lambda _request: HttpResponse(headers=headers))(request)


def request_with(*, session: bool, cookie: bool) -> HttpRequest:
    request = RequestFactory().get("/")
    if session:
        request.session = SessionStore()
    if cookie:
        request.COOKIES["session"] = "abc"
    return request


def test_a_page_may_load_only_from_its_own_site() -> None:
    policy = answered(request_with(session=True, cookie=False))["Content-Security-Policy"]

    assert policy == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def test_a_page_may_set_a_policy_of_its_own() -> None:
    request = request_with(session=True, cookie=False)

    assert answered(request, **{"Content-Security-Policy": "sandbox"})[
        "Content-Security-Policy"
    ] == ("sandbox")


def test_a_page_may_not_use_the_camera_nor_be_opened_by_another_site() -> None:
    response = answered(request_with(session=True, cookie=False))

    assert "camera=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("session", "cookie", "expected"),
    [
        (True, True, "private, no-store"),
        (True, False, "max-age=60"),
        (False, True, "max-age=60"),  # a static file, answered before sessions are looked at
    ],
)
def test_only_what_belongs_to_one_person_is_never_kept(
    session: bool, cookie: bool, expected: str
) -> None:
    request = request_with(session=session, cookie=cookie)

    assert answered(request, **{"Cache-Control": "max-age=60"})["Cache-Control"] == expected


def test_the_page_that_begins_a_session_is_not_kept_either() -> None:
    def sign_in(_request: HttpRequest) -> HttpResponse:
        response = HttpResponse()
        response.set_cookie("session", "abc")
        return response

    response = content_security_policy(sign_in)(request_with(session=True, cookie=False))

    assert response["Cache-Control"] == "private, no-store"
