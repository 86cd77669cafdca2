from __future__ import annotations

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path


def breaks(request: HttpRequest, name: str) -> HttpResponse:
    raise ValueError(f"nobody may read {name}")


urlpatterns = [path("broken/<str:name>/", breaks, name="broken")]
handler500 = "okil.foundation.web.views.server_error"


@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
def test_a_fault_is_told_by_its_place_and_kind_and_nothing_personal(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, logger="okil.faults")

    answer = Client(raise_request_exception=False).get("/broken/klyonova/?q=dina")

    assert answer.status_code == 500
    said = [record.getMessage() for record in caplog.records if record.name == "okil.faults"]
    assert len(said) == 1
    assert "broken" in said[0]
    assert "ValueError" in said[0]
    assert "test_faults.py" in said[0]
    assert not any(word in said[0] for word in ("klyonova", "dina", "nobody"))


def test_the_usual_log_of_requests_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("django.request").error("Not Found: /ru/my/secret-link/")

    said = capfd.readouterr()
    assert "secret-link" not in said.out + said.err
    assert logging.getLogger("django.request").propagate is False
