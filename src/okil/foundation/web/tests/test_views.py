from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import translation

from okil.foundation.web import views
from okil.foundation.web.tests.pages import read

REQUEST = RequestFactory().post("/office/")


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_a_broken_server_answers_without_database_and_frame(language: str) -> None:
    with translation.override(language):
        response = views.server_error(REQUEST)
    page = read(response)

    assert response.status_code == 500
    assert page.problems() == []
    assert page.language == language
    assert page.forms == []


def test_an_unreadable_request_is_answered_without_looking_anything_up() -> None:
    response = views.bad_request(REQUEST, ValueError())

    assert response.status_code == 400
    assert read(response).problems() == []
