from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from okil.foundation.web.middleware import content_security_policy
from okil.foundation.web.reader import NOBODY_YET, the_reader, write_for_reader


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


def test_a_thread_forgets_for_whom_it_wrote() -> None:
    def page(_request: HttpRequest) -> HttpResponse:
        write_for_reader(zone="Asia/Almaty", now=datetime(2024, 9, 10, tzinfo=UTC))
        return HttpResponse(the_reader().zone)

    response = content_security_policy(page)(request_with(session=True, cookie=False))

    assert response.content == b"Asia/Almaty"
    assert the_reader() == NOBODY_YET
