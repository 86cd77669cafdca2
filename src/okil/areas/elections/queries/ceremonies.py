"""Where the making of a key stands, and what each holder has to do now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from okil.areas.elections.models import KeyCeremony, KeyHolder, Round
from okil.pure.ballots import ceremony
from okil.pure.encoding import sha256_hex


def ceremony_of(row: Round) -> KeyCeremony | None:
    """The ceremony that was not given up; None before one has begun."""
    return KeyCeremony.objects.filter(round=row, given_up_at=None).first()


@dataclass(frozen=True)
class Parts:
    """What all holders handed in so far, in the order of their places."""

    ceremony: KeyCeremony
    holders: Sequence[KeyHolder]

    @property
    def certificates(self) -> list[Any]:
        return [json.loads(each.certificate) for each in self.holders if each.certificate]

    @property
    def shares(self) -> list[Any]:
        return [json.loads(each.share) for each in self.holders if each.share]

    @property
    def outputs(self) -> list[Any]:
        return [
            {
                "private_key": json.loads(each.private_key),
                "public_key": json.loads(each.public_key),
            }
            for each in self.holders
            if each.private_key and each.public_key
        ]

    @property
    def all_certified(self) -> bool:
        return len(self.certificates) == self.ceremony.size

    @property
    def all_compared(self) -> bool:
        return all(each.compared_at is not None for each in self.holders)

    @property
    def all_shared(self) -> bool:
        return len(self.shares) == self.ceremony.size

    @property
    def all_finished(self) -> bool:
        return len(self.outputs) == self.ceremony.size

    @property
    def fingerprints(self) -> list[str]:
        """What the members compare by voice: a hash of each certificate's message."""
        return [sha256_hex(each["message"].encode()) for each in self.certificates]

    def step_of(self, holder: KeyHolder) -> str:
        """What this holder has to do: certify, compare, share, finish; "wait" for the others; "done"."""
        if holder.certificate is None:
            return "certify"
        if holder.compared_at is None:
            return "compare" if self.all_certified else "wait"
        if holder.share is None:
            return "share" if self.all_compared else "wait"
        if holder.public_key is None:
            return "finish" if self.all_shared else "wait"
        return "done"

    def delivered_to(self, holder: KeyHolder) -> dict[str, Any]:
        """What the others sealed to this holder, once all have shared."""
        return ceremony.deliver(self.shares, holder.index)


def parts_of(found: KeyCeremony) -> Parts:
    return Parts(found, list(found.holders.select_related("role__person").order_by("index")))
