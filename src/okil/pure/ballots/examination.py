"""One verification on its way: what it was given, what it has found, what it says in the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from okil.pure.ballots.archive import Event, Reader
from okil.pure.ballots.contents import Contents
from okil.pure.ballots.credentials import CredentialList
from okil.pure.ballots.decryption import PartialDecryption
from okil.pure.ballots.election import Election
from okil.pure.ballots.names import Names
from okil.pure.ballots.tally import Tally
from okil.pure.ballots.trustees import Trustees

PIECES_IN_FLIGHT = 32  # bounds the memory, and feeds as many processors


class Executor(Protocol):
    """Anything with the interface of concurrent.futures, on this machine or on many."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any) -> Any: ...


@dataclass(frozen=True)
class Given:
    """What the verifier was handed beside the archive."""

    accept_standard_proofs: bool = False
    election_fingerprint: str | None = None
    credentials_fingerprint: str | None = None
    names: bytes | None = None
    void: bytes | None = None
    heads: bytes | None = None
    receipt: bytes | None = None
    key: Ed25519PublicKey | None = None


@dataclass(frozen=True)
class CheckResult:
    """One check: `ok` is None if it was not reached. `facts` fill the gaps of its sentence."""

    number: int
    ok: bool | None = None
    reason: str | None = None
    height: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


# Called with the number of a check, and how much of it is done, of how much.
Progress = Callable[[int, int, int], None]


def silently(check: int, done: int, of: int) -> None:
    pass


@dataclass
class Examination:
    """One verification on its way: what was given, and what the checks so far found.

    A check reads only what the checks before it have set.
    """

    reader: Reader
    given: Given
    executor: Executor | None = None
    progress: Progress = silently
    warnings: list[str] = field(default_factory=list)
    contents: Contents = field(init=False)
    election: Election = field(init=False)
    names: Names | None = None
    trustees: Trustees = field(init=False)
    credentials: CredentialList = field(init=False)
    tally: Tally = field(init=False)
    tally_hash: str = field(init=False)
    partials: dict[int, PartialDecryption] = field(default_factory=dict)
    result: list[list[int]] = field(init=False)

    def body(self, event: Event, place: int) -> bytes:
        return self.reader.read_body(event.records[place])


@dataclass(frozen=True)
class Report:
    """What came out of a verification."""

    checks: Sequence[CheckResult]
    warnings: Sequence[str]
    ballots: int | None = None
    election: Election | None = None
    credentials: CredentialList | None = None
    trustees: Trustees | None = None
    names: Names | None = None
    result: Sequence[Sequence[int]] | None = None

    @property
    def verified(self) -> bool:
        """No check failed."""
        return all(check.ok is not False for check in self.checks)

    @property
    def complete(self) -> bool:
        """The archive goes up to a result, and all ten checks passed."""
        return all(check.ok for check in self.checks)


# Work in pieces


Item = TypeVar("Item")


def pieces(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    items = iter(items)
    while piece := list(islice(items, size)):
        yield piece


def in_order(
    executor: Executor | None,
    function: Callable[..., Any],
    argument_lists: Iterable[tuple[Any, ...]],
) -> Iterator[Any]:
    """The answers in the order of the questions, so that the first fault is told, not any fault."""
    if executor is None:
        for arguments in argument_lists:
            yield function(*arguments)
        return
    in_flight: deque[Any] = deque()
    try:
        for arguments in argument_lists:
            in_flight.append(executor.submit(function, *arguments))
            if len(in_flight) >= PIECES_IN_FLIGHT:
                yield in_flight.popleft().result()
        while in_flight:
            yield in_flight.popleft().result()
    finally:
        for future in in_flight:
            future.cancel()
