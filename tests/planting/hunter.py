"""Looks for planted names wherever they may have leaked, and undoes what could hide them.

`find(needles, sources)` plants nothing. It peels: each source is searched, every way of decoding it
that fits is tried, and what comes out is searched and peeled in turn. Pickles are read as bytes and
never executed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from tests.planting.peeling import peeled

DEEPEST = 7
# All layers of one source together; ten times the largest page or document we make.
MOST_BYTES = 200_000_000

# How passports, banks and people write a letter; the first is how we show it.
LATIN = {
    "а": "a", "б": "b", "в": "v|w", "г": "g|h", "д": "d", "е": "e|ye|ie|yo|io|jo", "ж": "zh|j|g",
    "з": "z", "и": "i|y", "й": "y|i|j|", "к": "k|c", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u|ou", "ф": "f|ph", "х": "kh|h|x", "ц": "ts|c|tz",
    "ч": "ch|tch", "ш": "sh|ch", "щ": "shch|sch|sh", "ъ": "|ie|'", "ы": "y|i", "ь": "|'", "э": "e",
    "ю": "yu|iu|ju|u", "я": "ya|ia|ja|a", "ә": "a|ae", "ғ": "g|gh", "қ": "k|q", "ң": "n|ng",
    "ө": "o|oe", "ұ": "u", "ү": "u|ue", "һ": "h", "і": "i",
}  # fmt: skip

BETWEEN_WORDS = r"\w{0,2}[\s_.,+-]*"
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u0301\u200b\u200c\u200d\u2060\ufeff"))
SHORT = 6


@dataclass(frozen=True)
class Find:
    """A needle that was found: in which source, as it stood there, under which layers."""

    source: str
    needle: str
    form: str
    layers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.needle!r} as {self.form!r} in {' > '.join((self.source, *self.layers))}"


@dataclass
class _Budget:
    left: int = MOST_BYTES
    seen: set[bytes] = field(default_factory=set)

    def allows(self, content: bytes) -> bool:
        """Each content once, and no more of them than a source may reasonably unfold to."""
        mark = blake2b(content, digest_size=16).digest()
        if mark in self.seen or len(content) > self.left:
            return False
        self.seen.add(mark)
        self.left -= len(content)
        return True


def find(needles: Iterable[str], sources: Mapping[str, bytes | str]) -> list[Find]:
    """Every needle in every source, once for each: the first layer it was found in."""
    patterns = {needle: _pattern(needle) for needle in needles}
    found: dict[tuple[str, str], Find] = {}
    for source, content in sources.items():
        for layers, layer in _unfolded(content.encode() if isinstance(content, str) else content):
            for text in _texts(layer):
                for needle, pattern in patterns.items():
                    if match := pattern.search(text):
                        finding = Find(source, needle, match[0], layers)
                        found.setdefault((source, needle), finding)
    return list(found.values())


def _unfolded(content: bytes) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """The content itself, then everything that lies folded in it, the outer layers first."""
    budget = _Budget()
    waiting = deque([((), content)])  # type: deque[tuple[tuple[str, ...], bytes]]
    while waiting:
        layers, layer = waiting.popleft()
        if not layer or not budget.allows(layer):
            continue
        yield layers, layer
        if len(layers) < DEEPEST:
            waiting.extend(((*layers, name), inner) for name, inner in peeled(layer))


def _pattern(needle: str) -> re.Pattern[str]:
    """The whole name in either order, and each part alone; as written, or in Latin letters."""
    words = [_stem(word) for word in _folded(needle).split()]
    forms = {tuple(words): None}
    if all(word.isalpha() for word in words):  # else it is a number or an address, one whole
        forms |= dict.fromkeys([tuple(reversed(words)), *((word,) for word in words)])
    return re.compile("|".join(f"{_form(form)}|{_form(form, latin=True)}" for form in forms))


def _stem(word: str) -> str:
    """Without the ending that changes when a name is declined: Клёнова, Клёновой."""
    return word[:-1] if len(word) > SHORT and word[-1] in "ая" else word


def _form(words: tuple[str, ...], *, latin: bool = False) -> str:
    pattern = BETWEEN_WORDS.join(_in_latin(word) if latin else re.escape(word) for word in words)
    # A short name ("Дина") stands inside other words ("единая"); a long one is never an accident.
    if sum(map(len, words)) < SHORT:
        letter = "[a-z]" if latin else "[а-яәғқңөұүһі]"
        pattern = f"(?<!{letter}){pattern}(?!{letter})"
    return pattern


def _in_latin(word: str) -> str:
    return "".join(
        f"(?:{LATIN[letter]})" if letter in LATIN else re.escape(letter) for letter in word
    )


def _texts(content: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "cp1251"):
        yield _folded(content.decode(encoding, "replace"))
    if b"\x04" in content or b"\0" in content:  # what Cyrillic and Latin letters have in UTF-16
        for encoding in ("utf-16-le", "utf-16-be"):
            for start in (0, 1):
                yield _folded(content[start:].decode(encoding, "replace"))


def _folded(text: str) -> str:
    """Case, ё, stress marks and invisible letters undone."""
    joined = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    return joined.casefold().replace("ё", "е")
