"""The examples in deploy/ keep what they promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
LOCATION = re.compile(r"location (?:~ )?(\S+) \{(.*?)\n    \}", re.DOTALL)


def silent_location() -> re.Pattern[str]:
    locations = dict(LOCATION.findall((DEPLOY / "nginx.conf").read_text(encoding="utf-8")))
    (silent,) = [place for place, rules in locations.items() if "access_log off;" in rules]
    return re.compile(silent)


@pytest.mark.parametrize("language", ["", "ru/", "kk/", "en/"])
@pytest.mark.parametrize("page", ["my", "booth", "sign-in", "account", "invitation"])
def test_nobody_who_comes_to_vote_or_sign_in_is_logged(language: str, page: str) -> None:
    silent = silent_location()

    assert silent.match(f"/{language}{page}/")
    assert silent.match(f"/{language}{page}/anything/below/")
    assert silent.match(f"/{language}{page}")


def test_the_public_pages_are_logged() -> None:
    silent = silent_location()

    for page in ("/", "/ru/", "/kk/cycles/2024/", "/en/verify/", "/static/my.css", "/mystery/"):
        assert not silent.match(page)


def test_what_is_logged_names_nobody() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    (log_format,) = re.findall(r"log_format okil '(.*)';", text)

    assert not re.search(r"remote|forwarded|referer|agent|request_uri|args|cookie", log_format)
