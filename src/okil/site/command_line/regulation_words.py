"""The words of `okil regulation` itself, read from the file beside this one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_suffix(".json")


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return words


def word(code: str, language: str, **facts: Any) -> str:
    return _words()[code][language].format(**facts)
