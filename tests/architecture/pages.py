"""What a page must not hold: it lives under `default-src 'none'`, and asks nobody else for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\s(?:src=|type=\"application/json\"))", re.IGNORECASE
    ),
    "a script in an attribute": re.compile(
        r"\son[a-z]+\s*=\s*[\"']|[\"'=]\s*javascript:", re.IGNORECASE
    ),
    "a request to somebody else": re.compile(
        r"(?:\s(?:src|srcset|poster|data|action|formaction|background)\s*=\s*[\"']?"
        r"|<link\b[^>]*\shref\s*=\s*[\"']?|url\(\s*[\"']?|@import\s+[\"']?)(?:https?:)?//",
        re.IGNORECASE,
    ),
}
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)


def forbidden_on_a_page(path: str, text: str) -> Iterator[str]:
    text = COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)
    for what, pattern in FORBIDDEN.items():
        for found in pattern.finditer(text):
            yield f"{path}:{text.count(chr(10), 0, found.start()) + 1}: {what}"
