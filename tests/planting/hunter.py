"""Looks for planted names wherever they may have leaked, and undoes what could hide them.

`find(needles, sources)` plants nothing. It peels: each source is searched, every way of decoding it
that fits is tried, and what comes out is searched and peeled in turn. Pickles are read as bytes and
never executed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice, product

from tests.planting.peeling import WIDE_LETTERS, around, bare, peeled, telling

DEEPEST = 7
# All layers of one source together; ten times the largest page or document we make.
MOST_BYTES = 200_000_000

# How passports, banks and people write a letter; each spelling is looked for.
LATIN = {
    "а": "a", "б": "b", "в": "v w", "г": "g", "д": "d", "е": "e ye yo io", "ж": "zh j", "з": "z",
    "и": "i", "й": "y i j", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh h", "ц": "ts c", "ч": "ch", "ш": "sh",
    "щ": "shch sch", "ъ": "-", "ы": "y", "ь": "-", "э": "e", "ю": "yu iu ju", "я": "ya ia ja",
    "ә": "a", "ғ": "g gh", "қ": "k q", "ң": "n ng", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i",
}  # fmt: skip
MOST_SPELLINGS = 200

INVISIBLE = re.compile("[\u00ad\u0301\u200b\u200c\u200d\u2060\ufeff]")
SHORT = 6
NEVER = "(?!)"
LINE = re.compile(rb"\s*\n\s*")
READABLE = re.compile(rb"(?:[\t\n\r -~]+|(?:[\xc2-\xf4][\x80-\xbf]+)+)+")
WINDOWS_LETTERS = re.compile(rb"[\xa8\xb8\xc0-\xff]{3}")
WINDOWS_TEXT = re.compile(rb"[\t\n\r -~\xa8\xb8\xc0-\xff]+")
BEGINNING = 40


@dataclass(frozen=True)
class Find:
    """A needle that was found: in which source, as it stood there, under which layers."""

    source: str
    needle: str
    form: str
    layers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.needle!r} as {self.form!r} in {' > '.join((self.source, *self.layers))}"


Match = tuple[str, str, tuple[str, ...]]  # needle, form, layers


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


def find(
    needles: Iterable[str],
    sources: Mapping[str, bytes | str],
    *,
    public: Iterable[str] = (),
    texts: Iterable[str] = (),
) -> list[Find]:
    """Every needle in every source, once for each: the first layer it was found in.

    What a needle has in common with a public name (a given name, say) is not looked for alone.
    Texts are what somebody wrote, in sentences: they are looked for by their beginning.
    """
    searched = _Search(needles, public, texts)
    found: list[Find] = []
    # The same file lies in a table and behind several addresses: it is read once.
    read: dict[bytes, list[Match]] = {}
    for source, content in sources.items():
        whole = content.encode() if isinstance(content, str) else content
        mark = blake2b(whole, digest_size=16).digest()
        if mark not in read:
            read[mark] = list(_matches_in(whole, searched))
        found += [Find(source, needle, form, layers) for needle, form, layers in read[mark]]
    return found


def _matches_in(content: bytes, searched: _Search) -> Iterator[Match]:
    met: set[str] = set()
    for layers, layer in _unfolded(content):
        for needle, form in searched.matches(bare(layer)):
            if needle not in met:
                met.add(needle)
                yield needle, form, layers


class _Search:
    """All forms of all needles in one expression, so that many needles cost no more than few.

    A name is looked for by each of its parts: where it stands whole, they stand too. Whole it is
    looked for as well, for others may have made each of the parts public.
    """

    def __init__(
        self, needles: Iterable[str], public: Iterable[str], texts: Iterable[str] = ()
    ) -> None:
        self._needles: dict[str, list[str]] = {}
        whole: set[str] = set()
        known = {form for name in public for form in (*_forms(name), *_whole(name))}
        for needle in needles:
            whole.update(_whole(needle))
            for form in {*_forms(needle), *_whole(needle)} - known:
                self._needles.setdefault(form, []).append(needle)
        for text in texts:
            for form in _beginning(text):
                whole.add(form)
                self._needles.setdefault(form, []).append(text)
        self._pattern = re.compile(
            _any_of(self._needles.keys() - whole, whole - known) or NEVER, re.DOTALL
        )
        self._quiet: set[tuple[bytes, bytes]] = set()

    def matches(self, content: bytes) -> list[tuple[str, str]]:
        """Two lines that say nothing, one after the other, are not read again: pages have most of
        theirs in common. Nothing we look for takes more than two lines.
        """
        pairs = _pairs(LINE.split(content))
        fresh = b"\n".join(_lines(pair for pair in pairs if pair not in self._quiet))
        found = [match for text in _texts(fresh) for match in self._matches_in(text)]
        if not found:
            self._quiet.update(pairs)
        return found + [match for text in _wide_texts(content) for match in self._matches_in(text)]

    def _matches_in(self, text: str) -> Iterator[tuple[str, str]]:
        for match in self._pattern.finditer(text):
            form = match[0] if match[0] in self._needles else _digits(match[0])
            for needle in self._needles[form]:
                yield needle, match[0]


def _pairs(lines: list[bytes]) -> list[tuple[bytes, bytes]]:
    return list(zip(lines, [*lines[1:], b""], strict=True))


def _lines(pairs: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Where one pair goes on in the next, their common line stands once."""
    before = None
    for first, second in pairs:
        if first is not before:
            yield first
        yield second
        before = second


def _unfolded(content: bytes) -> Iterator[tuple[tuple[str, ...], bytes]]:
    """The content itself, then everything that lies folded in it, the outer layers first."""
    budget = _Budget()
    waiting = deque([((), content)])  # type: deque[tuple[tuple[str, ...], bytes]]
    while waiting:
        layers, layer = waiting.popleft()
        if not layer or not budget.allows(layer):
            continue
        yield layers, layer
        if len(layers) < DEEPEST and (telling(layer) or not layers):
            before = layers[-1] if layers else ""
            waiting.extend(((*layers, name), inner) for name, inner in peeled(layer, before))


def _forms(needle: str) -> Iterator[str]:
    words = _folded(needle).split()
    if not all(word.isalpha() for word in words):  # a telephone or passport number: one whole
        yield _digits(needle)
        return
    for word in words:
        stem = _stem(word)
        yield stem
        spellings = product(*(LATIN.get(letter, letter).split() for letter in stem))
        for spelling in islice(spellings, MOST_SPELLINGS):
            yield "".join(spelling).replace("-", "")


def _whole(name: str) -> Iterator[str]:
    """A name of several words as it stands in a line, and where letters are set one by one."""
    words = _folded(name).split()
    if len(words) > 1 and all(word.isalpha() for word in words):
        for order in (words, words[::-1]):
            yield " ".join(order)
            yield "".join(order)


def _beginning(text: str) -> Iterator[str]:
    words = _folded(text.split("\n")[0])[:BEGINNING].split()
    yield " ".join(words)
    yield "".join(words)


def _stem(word: str) -> str:
    """Without the ending that changes when a name is declined: Клёнова, Клёновой."""
    return word[:-1] if len(word) > SHORT and word[-1] in "ая" else word


def _digits(needle: str) -> str:
    return "".join(filter(str.isalnum, _folded(needle)))


def _any_of(forms: Set[str], whole: Set[str]) -> str:
    # Where a word is looked for alone, it is found before what begins with it.
    others = [form for form in whole if forms.isdisjoint(form[:end] for end in range(SHORT, 99))]
    return _tree([*map(_letters, forms), *map(_escaped, others)])


def _letters(form: str) -> tuple[str, ...]:
    """What stands in an expression for each letter or digit of a form."""
    if not form.isalpha():
        return (form[0], *(rf"[\s().+-]*{each}" for each in form[1:]))
    return (*form, _alone(form)) if len(form) < SHORT else tuple(form)


def _alone(form: str) -> str:
    """A short name ("Дина") stands inside other words ("единая"); a long one is never an accident."""
    letter = "[a-z]" if form.isascii() else "[а-яәғқңөұүһі]"
    return f"(?<!{letter}.{{{len(form)}}})(?!{letter})"


def _escaped(form: str) -> tuple[str, ...]:
    return tuple(re.escape(letter) for letter in form)


def _tree(forms: Iterable[tuple[str, ...]]) -> str:
    """An expression that reads each letter once, however many forms begin with it."""
    after: dict[str, list[tuple[str, ...]]] = {}
    ends = False
    for form in forms:
        if form:
            after.setdefault(form[0], []).append(form[1:])
        else:
            ends = True
    branches = [letter + _tree(rest) for letter, rest in sorted(after.items())]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"


def _texts(content: bytes) -> Iterator[str]:
    """In UTF-8 and in Windows' Cyrillic; of what is no text, that which may be some."""
    try:
        yield _folded(content.decode())
    except UnicodeDecodeError:
        yield _folded(_runs(READABLE, content, 3).decode("utf-8", "replace"))
    if WINDOWS_LETTERS.search(content):
        yield _folded(_runs(WINDOWS_TEXT, content, 8).decode("cp1251", "replace"))


def _runs(pattern: re.Pattern[bytes], content: bytes, shortest: int) -> bytes:
    return b"\0".join(run for run in pattern.findall(content) if len(run) >= shortest)


def _wide_texts(content: bytes) -> Iterator[str]:
    places = around(WIDE_LETTERS, content)
    for encoding in ("utf-16-le", "utf-16-be") if places else ():
        for start in (0, 1):
            yield _folded(places[start:].decode(encoding, "replace"))


def _folded(text: str) -> str:
    """Case, ё, stress marks and invisible letters undone."""
    joined = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return joined.casefold().replace("ё", "е")
