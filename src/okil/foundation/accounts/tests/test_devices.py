from __future__ import annotations

import pytest

from okil.foundation.accounts.devices import device_words

GECKO = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"{GECKO} Firefox/128.0", "Firefox, Linux"),
        (f"Mozilla/5.0 (Linux; Android 14; X) {WEBKIT} Chrome/126 Safari/537", "Chrome, Android"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/126 Safari/537 Edg/126", "Edge, Windows"),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/124 YaBrowser/24.6 Safari/537",
            "Yandex Browser, Windows",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) {WEBKIT} Safari/604",
            "Safari, iPhone",
        ),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_two_words(agent: str, words: str) -> None:
    assert device_words(agent) == words
