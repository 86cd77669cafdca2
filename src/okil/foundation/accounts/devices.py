"""A browser in two coarse words, enough to know one's own devices again: "Chrome, Android"."""

from __future__ import annotations

# The first that is found counts: most browsers also name those they descend from.
BROWSERS = (
    ("YaBrowser/", "Yandex Browser"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("MiuiBrowser/", "Mi Browser"),
    ("OPR/", "Opera"),
    ("Edg", "Edge"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """Nothing else of the header is kept: it tells a person's very phone from others."""
    found = [
        next((word for mark, word in words if mark in user_agent), "")
        for words in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(word for word in found if word)
