from __future__ import annotations

import pytest

from tests.architecture.pages import forbidden_on_a_page
from tests.architecture.source import kept_files, text_of


def test_templates_hold_no_style_no_script_and_no_third_party() -> None:
    templates = [path for path in kept_files() if path.startswith("src/") and _is_page(path)]

    assert templates
    assert [one for path in templates for one in forbidden_on_a_page(path, text_of(path))] == []


def _is_page(path: str) -> bool:
    return path.endswith((".html", ".css", ".svg")) and "/tests/" not in path


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<p\n  style='color: red'>",
        "<style>p { color: red }</style>",
        "<script>alert(1)</script>",
        '<script type="module">alert(1)</script>',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<img src="https://example.org/x.png">',
        '<img src="//example.org/x.png">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<form action="https://example.org/">',
        "p { background: url(https://example.org/x.png) }",
        '@import "https://example.org/x.css";',
    ],
)
def test_what_a_page_must_not_hold_is_found(text: str) -> None:
    assert list(forbidden_on_a_page("x.html", text)) != []


@pytest.mark.parametrize(
    "text",
    [
        '<script src="{% static "web/x.js" %}" type="module"></script>',
        '<script type="application/json">{"facts": 1}</script>',
        '<a href="https://example.org/">source</a>',
        '<img src="{% static "web/x.svg" %}" alt="">',
        "{# no style= here, no <script> #}",
        '<link rel="stylesheet" href="{% static "web/okil.css" %}">',
        '<time datetime="2026-09-12">',
    ],
)
def test_what_a_page_may_hold_is_left_in_peace(text: str) -> None:
    assert list(forbidden_on_a_page("x.html", text)) == []
