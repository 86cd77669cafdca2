"""The encrypted sum of the ballots that count (PROTOCOL.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from okil.pure.ballots import strict
from okil.pure.ballots.election import Election
from okil.pure.ballots.elgamal import NEUTRAL, Ciphertext, read_ciphertext
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex


@dataclass(frozen=True)
class Tally:
    """For each question its ciphertexts multiplied, each to the power of its voter's weight."""

    questions: tuple[tuple[Ciphertext, ...], ...]
    ballots: int = 0
    weight: int = 0

    @classmethod
    def nothing(cls, election: Election) -> Tally:
        return cls(tuple((NEUTRAL,) * question.entries for question in election.questions))

    def with_ballot(self, answers: Iterable[Sequence[Ciphertext]], weight: int) -> Tally:
        one = tuple(tuple(entry.weighted(weight) for entry in answer) for answer in answers)
        return self.joined(Tally(one, 1, weight))

    def joined(self, other: Tally) -> Tally:
        """Both together: the order of ballots does not matter, so parts may be summed apart."""
        questions = tuple(
            tuple(mine.times(theirs) for mine, theirs in zip(ours, others, strict=True))
            for ours, others in zip(self.questions, other.questions, strict=True)
        )
        return Tally(questions, self.ballots + other.ballots, self.weight + other.weight)

    def record(self) -> bytes:
        """The encrypted_tally record."""
        return canonical_json(
            [[entry.as_json() for entry in entries] for entries in self.questions]
        )

    def sized_record(self) -> bytes:
        """The payload of the EncryptedTally event."""
        return canonical_json(
            {
                "num_tallied": self.ballots,
                "total_weight": strict.written_weight(self.weight),
                "encrypted_tally": sha256_hex(self.record()),
            }
        )


def read_tally(election: Election, raw: bytes) -> tuple[tuple[Ciphertext, ...], ...]:
    """The ciphertexts of a tally record, not yet known to be in the group; raises Malformed."""
    where = "encrypted_tally"
    count = len(election.questions)
    entries = strict.items(read_canonical_json(raw), where=where, count=count)
    return tuple(
        tuple(
            read_ciphertext(entry, where=where)
            for entry in strict.items(value, where=where, count=question.entries)
        )
        for question, value in zip(election.questions, entries, strict=True)
    )


@dataclass(frozen=True)
class SizedTally:
    ballots: int
    weight: int
    tally_hash: str


def read_sized_tally(raw: bytes) -> SizedTally:
    where = "sized_encrypted_tally"
    found: dict[str, Any] = strict.fields(
        read_canonical_json(raw), "num_tallied", "total_weight", "encrypted_tally", where=where
    )
    return SizedTally(
        ballots=strict.whole(found["num_tallied"], where=where),
        weight=strict.weight(found["total_weight"], where=where),
        tally_hash=strict.digest(found["encrypted_tally"], where=where),
    )
