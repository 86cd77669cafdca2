from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from okil.foundation.web import views
from okil.foundation.web.samples import samples
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


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_style_page_shows_every_component(language: str) -> None:
    with translation.override(language):
        page = read(render_to_string("web/style.html", {"request": REQUEST, **samples()}))
    used = {name for each in page.root for name in each["class"].split()}

    assert page.problems() == []
    assert {"stages", "mini", "mark", "notice", "field", "pager", "tabs", "facts"} <= used
    assert {"journal", "empty", "rows", "qr", "codes", "digits", "tongue", "date"} <= used


@pytest.mark.parametrize("name", ["403", "404", "csrf"])
def test_what_went_wrong_is_told_with_a_way_on(name: str) -> None:
    context = {"retry": "/office/", "frame": {"home_url": "/ru/"}}
    page = read(render_to_string(f"web/errors/{name}.html", context))
    way_on = [each["href"] for each in page.main.all("a")]

    assert page.problems() == []
    assert way_on == ["/office/" if name == "csrf" else "/ru/"]
