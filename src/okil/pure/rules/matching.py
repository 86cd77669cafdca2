"""Finding one person in two groups without showing one group's list to another (10.06).

Of each identifier that somebody gave there is a mark: HMAC-SHA-256 under a key that lies outside the
server. Marks are compared in memory and kept nowhere. Full names are not compared: there are namesakes,
and there are pseudonyms.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from okil.pure.refusal import Refused
from okil.pure.rules.several_roles import situation_of

KEY_BYTES = 32
LONGEST_KEY_FILE = 200  # bytes; a key and the end of its line are 65
SHORTEST_CODE = 5
TELEPHONE_DIGITS = range(10, 16)

_MAIL = re.compile(r"[^\s@,;<>()]+@[^\s@,;<>()]+\.[^\s@,;<>()]+")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 \u00a0().-]{8,}[0-9]")


# The key


def written_key(key: bytes) -> str:
    """As it stands in its file. Raises ValueError if it is not 32 bytes."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key has {KEY_BYTES} bytes.")
    return f"{key.hex()}\n"


def read_key(content: bytes) -> bytes:
    """The key in a file of 64 hexadecimal digits. Raises Refused: matching-key-unreadable."""
    typed = content.strip().lower()
    if not re.fullmatch(rb"[0-9a-f]{64}", typed):
        raise Refused("matching-key-unreadable")
    return bytes.fromhex(typed.decode("ascii"))


def fingerprint_of(key: bytes) -> str:
    """What may be told of a key: 64 hexadecimal digits from which it cannot be found."""
    return hashlib.sha256(b"okil matching key|" + key).hexdigest()


def shown_fingerprint(fingerprint: str) -> str:
    """In groups of eight, to be read aloud."""
    return " ".join(fingerprint[place : place + 8] for place in range(0, len(fingerprint), 8))


def read_fingerprint(typed: str) -> str:
    """The fingerprint that was meant; nothing if it cannot be one."""
    plain = "".join(typed.split()).lower()
    return plain if re.fullmatch(r"[0-9a-f]{64}", plain) else ""


# What is compared


def identifiers(
    *, contact: str = "", name: str = "", organisation_number: str = ""
) -> frozenset[tuple[str, str]]:
    """Each identifier with its kind, in one spelling. Of a name only a code that stands for it; what
    cannot be read as one of these is not compared."""
    found = {("mail", each.casefold().rstrip(".")) for each in _MAIL.findall(contact)}
    without_mail = _MAIL.sub(" , ", contact)
    numbers = (_telephone(each) for each in _TELEPHONE.findall(without_mail))
    found |= {("telephone", each) for each in numbers if each}
    if code := _code(name):
        found.add(("code", code))
    if digits := re.sub(r"[^0-9]", "", organisation_number):
        found.add(("organisation", digits))
    return frozenset(found)


def _telephone(typed: str) -> str:
    """Kazakhstan's numbers are written with +7, with 8, and without either."""
    digits = re.sub(r"[^0-9]", "", typed)
    if len(digits) == 11 and digits.startswith("8"):
        digits = f"7{digits[1:]}"
    if len(digits) == 10 and digits.startswith("7"):
        digits = f"7{digits}"
    return digits if len(digits) in TELEPHONE_DIGITS else ""


def _code(name: str) -> str:
    """A code of harm-reduction work and its like: digits among the letters, in one word."""
    typed = unicodedata.normalize("NFKC", name).strip().casefold()
    if re.search(r"\s", typed) or not re.search(r"[0-9]", typed):
        return ""
    plain = re.sub(r"[\W_]", "", typed)
    return plain if len(plain) >= SHORTEST_CODE else ""


def mark(key: bytes, kind: str, plain: str) -> bytes:
    """What is compared in place of an identifier. Two kinds never meet."""
    return hmac.digest(key, f"{kind}|{plain}".encode("utf-8", "surrogatepass"), "sha256")


@dataclass(frozen=True, slots=True)
class Holder:
    """A role in a group, known by a label, with the marks of who holds it."""

    label: str
    capacity: str
    group: int
    marks: frozenset[bytes]


@dataclass(frozen=True, slots=True)
class Found:
    """Two roles that seem to be one person's."""

    situation: str
    one: Holder
    other: Holder

    @property
    def pair(self) -> str:
        """The same whichever came first, so that it is found once for all."""
        labels = sorted((self.one.label, self.other.label))
        return hashlib.sha256("|".join(labels).encode()).hexdigest()


def crossings(holders: Iterable[Holder]) -> list[Found]:
    """Who seems to be in two groups, each pair once.

    What two of one kind give in one group is nobody's own (a counsellor's telephone, an office): it
    tells nothing about a person and is left out.
    """
    by_mark: dict[bytes, list[Holder]] = defaultdict(list)
    for holder in holders:
        for each in holder.marks:
            by_mark[each].append(holder)
    found = {
        each.pair: each for same in by_mark.values() if _is_own(same) for each in _between(same)
    }
    return [found[pair] for pair in sorted(found)]


def _is_own(same: list[Holder]) -> bool:
    kinds = [(each.group, each.capacity) for each in same]
    return len(kinds) == len(set(kinds))


def _between(same: list[Holder]) -> Iterator[Found]:
    for one, other in combinations(same, 2):
        situation = situation_of(one.capacity, other.capacity)
        if situation is not None and one.group != other.group:
            yield Found(situation.code, one, other)
