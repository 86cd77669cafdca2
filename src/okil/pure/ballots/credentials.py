"""Each voter's secret code and the public credentials that stand for them (PROTOCOL.md, section 4).

The code never leaves the voter's and the code-maker's hands; the archive holds g^s alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okil.pure.ballots import strict
from okil.pure.ballots.arithmetic import mpz
from okil.pure.ballots.failures import Malformed
from okil.pure.ballots.group import (
    ELEMENT_DIGITS,
    Chance,
    Element,
    Q,
    Scalar,
    generator,
    read_key,
)
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_base64

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CODE_LENGTH = 22
_GROUPS = (5, 6, 5, 6)
_CHECK_MODULUS = 3361  # the largest prime below 58^2 (decision 3)


def random_base58(length: int, chance: Chance) -> str:
    """Evenly distributed characters: a byte of 232 or more (4 * 58) is thrown away."""
    characters: list[str] = []
    while len(characters) < length:
        byte = chance(1)[0]
        if byte < 4 * len(BASE58):
            characters.append(BASE58[byte % len(BASE58)])
    return "".join(characters)


def make_code(chance: Chance) -> str:
    """A new secret code of 129 bits, without dashes and check characters."""
    return random_base58(CODE_LENGTH, chance)


def check_characters(code: str) -> str:
    """The two characters that find typing errors (decision 3)."""
    n = 0
    for character in code:
        n = n * 58 + BASE58.index(character)
    k = n % _CHECK_MODULUS
    return BASE58[k // 58] + BASE58[k % 58]


def shown_code(code: str) -> str:
    """The code as it is printed: XXXXX-XXXXXX-XXXXX-XXXXXX-cc."""
    return f"{_dashed(code)}-{check_characters(code)}"


def typed_code(typed: str) -> str:
    """The 22 characters meant by what somebody typed; raises Malformed if it cannot be a code."""
    code = "".join(character for character in typed if not character.isspace() and character != "-")
    if len(code) != CODE_LENGTH + 2:
        raise Malformed("code-length", where="code")
    if any(character not in BASE58 for character in code):
        raise Malformed("code-characters", where="code")
    code, check = code[:CODE_LENGTH], code[CODE_LENGTH:]
    if check_characters(code) != check:
        raise Malformed("code-mistyped", where="code")
    return code


def secret_of(code: str, uuid: str) -> Scalar:
    """The exponent s that this code means in this election."""
    dashed = _dashed(code)
    halves = (
        hashlib.sha256(f"derive_credential|{uuid}|{i}|{dashed}".encode()).hexdigest()
        for i in range(2)
    )
    return mpz(int("".join(halves), 16)) % Q


def public_credential(secret: Scalar) -> Element:
    return generator.to(secret)


def _dashed(code: str) -> str:
    parts, start = [], 0
    for length in _GROUPS:
        parts.append(code[start : start + length])
        start += length
    return "-".join(parts)


@dataclass(frozen=True)
class CredentialList:
    """Who may vote, without names: for each credential, by the hash of its text, its weight."""

    fingerprint: str
    weights: Mapping[bytes, int]
    is_sorted: bool

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def total_weight(self) -> int:
        return sum(self.weights.values())

    def weight_of(self, credential: str) -> int | None:
        """None: not on the list."""
        return self.weights.get(credential_hash(credential))


def credential_hash(credential: str) -> bytes:
    """Stands for the 617 digits of a credential where many must be kept in memory."""
    return hashlib.sha256(credential.encode()).digest()


def credentials_record(publics: Iterable[Element]) -> bytes:
    """public_creds.json: sorted as numbers, which hides the order of the roll."""
    return canonical_json([str(public) for public in sorted(publics)])


def read_credentials(raw: bytes) -> CredentialList:
    """The list in these bytes: form, weights, no credential twice.

    Raises Malformed or NotCanonical. Membership in the group costs most by far and is left to
    `require_credentials_in_group`, which can be done in pieces.
    """
    weights: dict[bytes, int] = {}
    weighted: set[bool] = set()
    is_sorted, previous = True, (0, "")
    for place, (text, weight) in enumerate(_entries(raw), 1):
        where = f"credential {place}"
        text = strict.decimal(text, where=where, longest=ELEMENT_DIGITS)
        key = credential_hash(text)
        if key in weights:
            raise Malformed("credential-twice", where=where)
        weighted.add(weight is not None)
        if len(weighted) > 1:
            raise Malformed("weights-for-some-only", where=where)
        weights[key] = 1 if weight is None else _read_weight(weight, where)
        order = (len(text), text)  # the order of numbers, without reading them
        is_sorted, previous = is_sorted and previous < order, order
    return CredentialList(sha256_base64(raw), weights, is_sorted)


def credential_texts(raw: bytes) -> Iterator[tuple[int, str]]:
    """Place (from 1) and text of each credential in a list that `read_credentials` accepted."""
    return ((place, text) for place, (text, _) in enumerate(_entries(raw), 1))


def require_credentials_in_group(texts: Iterable[tuple[int, str]]) -> None:
    """Raises Malformed for the first that is not in the group, or is the identity."""
    for place, text in texts:
        read_key(text, where=f"credential {place}")


def _entries(raw: bytes) -> Iterator[tuple[str, str | None]]:
    for place, entry in enumerate(strict.items(read_canonical_json(raw), where="credentials"), 1):
        text, comma, weight = strict.text(entry, where=f"credential {place}").partition(",")
        yield text, weight if comma else None


def _read_weight(text: str, where: str) -> int:
    return int(strict.decimal(text, where=where, longest=strict.LONGEST_WEIGHT))
