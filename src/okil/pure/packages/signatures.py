"""Who signed the protocol: every officer whom the facts name, over these facts and these files.

A signature is an entry and a row of the journal that say the same. A member who did not sign within
three days is spoken for by the others' reasoned statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from okil.pure.packages.failures import Faulty
from okil.pure.rules.signing import (
    ABSENCE_AFTER,
    ABSENT,
    COMMISSIONER,
    DISSENT,
    FEWEST_COMMISSIONERS,
    HANDWRITTEN,
    ORGANISER,
    Signed,
    Signer,
    standing,
)

SIGNED_EVENT, STATED_EVENT = "protocol.signed", "protocol.absence_stated"


@dataclass(frozen=True)
class Signing:
    """What was to be signed, by whom, between which moments."""

    facts: Mapping[str, Any]
    internal_sha256: str
    public_sha256: str
    files: Mapping[str, str]  # of the protocol, each with its hash
    made_at: datetime

    @property
    def drawn_up_at(self) -> datetime:
        return datetime.fromisoformat(self.facts["drawn_up_at"])

    @property
    def officers(self) -> set[Signer]:
        commission = {(COMMISSIONER, each["number"]) for each in self.facts["commission"]}
        return {*commission, (ORGANISER, self.facts["organiser"]["number"])}


def require_signed(
    signing: Signing, signatures: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> None:
    signers = [(each["role"], each["number"]) for each in signatures]
    for role, number in signers:
        if (role, number) not in signing.officers:
            raise Faulty("signature-of-a-stranger", role=role, number=number)
        if signers.count((role, number)) > 1:
            raise Faulty("signed-twice", role=role, number=number)
    for role, number in sorted(signing.officers - set(signers)):
        raise Faulty("signature-missing", role=role, number=number)
    for each in signatures:
        _require_over_these(signing, each)
        _require_timely(signing, each)
        _require_row(signing, each, rows)
    _require_no_other_row(signing, signatures, rows)
    _require_complete(signing, signatures)


def require_scans(paths: Sequence[str], signatures: Sequence[Mapping[str, Any]]) -> None:
    """Of each signature on paper there is one scan, and of no other."""
    scanned = [path.rpartition("/")[2].partition(".")[0] for path in paths]
    on_paper = {
        f"{each['role']}-{each['number']}": each
        for each in signatures
        if each["kind"] == HANDWRITTEN
    }
    for name, signature in on_paper.items():
        if name not in scanned:
            raise Faulty("scan-missing", **_who(signature))
    for path, name in zip(paths, scanned, strict=True):
        if name not in on_paper or scanned.count(name) > 1:
            raise Faulty("scan-too-many", path=path)


def _require_complete(signing: Signing, signatures: Sequence[Mapping[str, Any]]) -> None:
    """The rule of signing itself: enough really signed, and the absent are spoken for by all others."""
    signed = [
        Signed(each["role"], each["number"], each["kind"], datetime.fromisoformat(each["at"]))
        for each in signatures
    ]
    stands = standing(signing.officers, signed, drawn_up_at=signing.drawn_up_at, at=signing.made_at)
    if not stands.complete:
        raise Faulty("too-few-signatures", needed=FEWEST_COMMISSIONERS)


def _who(signature: Mapping[str, Any]) -> dict[str, Any]:
    return {"role": signature["role"], "number": signature["number"]}


def _require_over_these(signing: Signing, signature: Mapping[str, Any]) -> None:
    hashes = (signature["internal_sha256"], signature["public_sha256"])
    if hashes != (signing.internal_sha256, signing.public_sha256):
        raise Faulty("signed-other-facts", **_who(signature))
    if signature["files"] != signing.files:
        raise Faulty("signed-other-files", **_who(signature))
    if signature["kind"] in (DISSENT, ABSENT) and not signature["note"].strip():
        raise Faulty("note-missing", **_who(signature))


def _require_timely(signing: Signing, signature: Mapping[str, Any]) -> None:
    at = datetime.fromisoformat(signature["at"])
    if not signing.drawn_up_at <= at <= signing.made_at:
        raise Faulty("signed-at-another-time", **_who(signature))
    if signature["kind"] == ABSENT:
        if signature["role"] != COMMISSIONER:
            raise Faulty("organiser-absent")
        if at < signing.drawn_up_at + ABSENCE_AFTER:
            raise Faulty("absence-stated-too-early", **_who(signature))


def _is_row_of(signing: Signing, signature: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    after = row["after"] or {}
    if datetime.fromisoformat(row["at"]) != datetime.fromisoformat(signature["at"]):
        return False
    if not _is_about(signing, after):
        return False
    if signature["kind"] == ABSENT:
        by_another = (row["role"], row["actor_number"]) != (COMMISSIONER, signature["number"])
        return (
            row["event"] == STATED_EVENT
            and after.get("number") == signature["number"]
            and by_another
            and (row["role"], row["actor_number"]) in signing.officers
        )
    if row["event"] != SIGNED_EVENT or after.get("kind") != signature["kind"]:
        return False
    # A signature on paper may be entered by another officer, who then names whose it is.
    entered_for = after.get("number") if signature["kind"] == HANDWRITTEN else None
    own = (row["role"], row["actor_number"]) == (signature["role"], signature["number"])
    return own if entered_for is None else bool(entered_for == signature["number"])


def _is_about(signing: Signing, after: Mapping[str, Any]) -> bool:
    """Does the row speak of this version and these facts?"""
    return (after.get("version"), after.get("facts"), after.get("public")) == (
        signing.facts["version"],
        signing.internal_sha256,
        signing.public_sha256,
    )


def _require_row(
    signing: Signing, signature: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> None:
    if not any(_is_row_of(signing, signature, row) for row in rows):
        raise Faulty("signature-not-in-the-journal", **_who(signature))


def _require_no_other_row(
    signing: Signing, signatures: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> None:
    """The journal knows of no signature, no dissent, that the package keeps silent about.

    Rows from before the facts speak of an earlier round, which had a first version too.
    """
    for row in rows:
        is_signature = row["event"] in (SIGNED_EVENT, STATED_EVENT)
        if not is_signature or row["number"] <= signing.facts["journal"]["length"]:
            continue
        is_this_version = (row["after"] or {}).get("version") == signing.facts["version"]
        if is_this_version and not any(_is_row_of(signing, each, row) for each in signatures):
            raise Faulty("signature-kept-silent", number=row["number"])
