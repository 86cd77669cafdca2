"""The ten numbered checks of an archive (PROTOCOL.md, section 14; docs/verification.md).

Every check is a function of what the checks before it found. The first that fails ends the
verification. Memory grows by some hundred bytes per ballot, not by ballots.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO

from okil.pure.ballots import strict
from okil.pure.ballots.archive import Reader
from okil.pure.ballots.ballot import check_ballot
from okil.pure.ballots.contents import Contents, read_contents
from okil.pure.ballots.credentials import (
    credential_hash,
    credential_texts,
    read_credentials,
    require_credentials_in_group,
)
from okil.pure.ballots.decryption import (
    check_partial_decryption,
    is_power,
    opened,
    read_owned,
    read_result,
)
from okil.pure.ballots.election import Election, Question, read_election
from okil.pure.ballots.examination import (
    CheckResult,
    Examination,
    Executor,
    Given,
    Progress,
    Report,
    in_order,
    pieces,
    silently,
)
from okil.pure.ballots.failures import CheckFailed, Malformed, during
from okil.pure.ballots.names import read_names
from okil.pure.ballots.statements import (
    Statement,
    read_heads,
    read_receipt,
    read_void_list,
    require_signed,
)
from okil.pure.ballots.tally import Tally, read_sized_tally, read_tally
from okil.pure.ballots.trustees import read_trustees
from okil.pure.encoding import base64_text, read_canonical_json

__all__ = ["CHECKS", "Given", "Report", "verify"]

BALLOTS_AT_ONCE = 8  # one piece of work for a worker: about a tenth of a second
CREDENTIALS_AT_ONCE = 256


def verify(
    stream: BinaryIO,
    given: Given,
    *,
    executor: Executor | None = None,
    progress: Progress = silently,
) -> Report:
    """Checks the archive as far as it goes; raises NotAnArchive if it does not begin as one."""
    examination = Examination(Reader(stream), given, executor, progress)
    results: dict[int, CheckResult] = {}
    for number, (check, reached) in CHECKS.items():
        try:
            if number > 1 and not reached(examination.contents, given):
                break
            facts = check(examination)
        except CheckFailed as failed:
            results[failed.check] = CheckResult(
                failed.check, False, failed.reason, failed.height, dict(failed.facts)
            )
            break
        ok = None if facts.get("unfinished") else True
        results[number] = CheckResult(number, ok, facts=facts)
    return _report(examination, results)


def _report(examination: Examination, results: Mapping[int, CheckResult]) -> Report:
    contents: Contents | None = getattr(examination, "contents", None)
    return Report(
        checks=[results.get(number, CheckResult(number)) for number in CHECKS],
        warnings=examination.warnings,
        ballots=None if contents is None else len(contents.ballots),
        election=getattr(examination, "election", None),
        credentials=getattr(examination, "credentials", None),
        trustees=getattr(examination, "trustees", None),
        names=examination.names,
        result=getattr(examination, "result", None),
    )


# 1


def check_file(examination: Examination) -> dict[str, Any]:
    """The file is an archive: every record as its name says, canonical, none missing or extra."""
    examination.contents = read_contents(
        examination.reader, lambda done, of: examination.progress(1, done, of)
    )
    return {"records": examination.contents.records}


# 2


def check_chain(examination: Examination) -> dict[str, Any]:
    """The events form one chain in the one order, and every signed head stands at its height."""
    contents, given = examination.contents, examination.given
    if 2 in contents.faults:
        raise contents.faults[2]
    if given.heads is None:
        examination.warnings.append("heads-not-checked")
        return _chain_facts(contents)
    with during(2):
        heads = read_heads(given.heads)
        for head in heads:
            _require_signature(examination, head, "head")
            if head.uuid != _uuid_of_archive(examination):
                raise Malformed("statement-of-another-election", where="head")
            if head.height >= len(contents.event_hashes):
                raise Malformed("head-beyond-archive", head=head.number, head_height=head.height)
            if contents.event_hashes[head.height].hex() != head.event:
                raise Malformed("head-not-in-chain", head=head.number, head_height=head.height)
    return {**_chain_facts(contents), "heads": len(heads)}


def _chain_facts(contents: Contents) -> dict[str, Any]:
    # The last event names all before it: who compares it compares the whole archive.
    return {"events": len(contents.event_hashes), "last": contents.event_hashes[-1].hex()}


def _uuid_of_archive(examination: Examination) -> Any:
    """The uuid that the election states, before check 3 has read it strictly."""
    value = read_canonical_json(examination.body(examination.contents.only("Setup"), 0))
    return value.get("uuid") if isinstance(value, dict) else None


def _require_signature(examination: Examination, statement: Statement, where: str) -> None:
    key = examination.given.key
    if key is not None:
        require_signed(statement, key, where=where)
    elif "signatures-not-checked" not in examination.warnings:
        examination.warnings.append("signatures-not-checked")


# 3


def check_setup(examination: Examination) -> dict[str, Any]:
    """Election, trustees and credentials are those of the Setup event, and those announced."""
    given, event = examination.given, examination.contents.only("Setup")
    with during(3, event.height):
        found = strict.fields(
            read_canonical_json(examination.body(event, 3)),
            "election",
            "trustees",
            "credentials",
            where="setup_data",
        )
        for place, name in enumerate(found):
            if strict.digest(found[name], where="setup_data") != event.records[place].hash:
                raise Malformed("setup-hash-wrong", where=name)
        examination.election = election = read_election(examination.body(event, 0))
        credentials = base64_text(bytes.fromhex(event.records[2].hash))
        for where, announced, here in (
            ("election", given.election_fingerprint, election.fingerprint),
            ("credentials", given.credentials_fingerprint, credentials),
        ):
            if announced is not None and announced.rstrip("=") != here:
                raise Malformed("fingerprint-differs", where=where, found=here)
        if given.names is None:
            examination.warnings.append("names-not-checked")
        else:
            examination.names = read_names(election, given.names)
    return {"election_fingerprint": election.fingerprint, "credentials_fingerprint": credentials}


# 4


def check_trustees(examination: Examination) -> dict[str, Any]:
    """The trustees know their keys, which are distinct, and the election key is their product."""
    event = examination.contents.only("Setup")
    with during(4, event.height):
        examination.trustees = trustees = read_trustees(examination.body(event, 1))
        if not trustees.coefficients_promised:
            if not examination.given.accept_standard_proofs:
                raise Malformed("coefficients-not-promised", where="certificates")
            examination.warnings.append("coefficients-not-promised")
        if trustees.public_key != examination.election.public_key:
            raise Malformed("election-key-wrong", where="public_key")
    fingerprint = base64_text(bytes.fromhex(event.records[1].hash))
    return {"trustees": len(trustees.keys), "needed": trustees.needed, "fingerprint": fingerprint}


# 5


def check_credentials(examination: Examination) -> dict[str, Any]:
    """The credentials are in the group and distinct, their weights well-formed."""
    event = examination.contents.only("Setup")
    with during(5, event.height):
        raw = examination.body(event, 2)
        examination.credentials = credentials = read_credentials(raw)
        parts = ((piece,) for piece in pieces(credential_texts(raw), CREDENTIALS_AT_ONCE))
        done = 0
        for _ in in_order(examination.executor, require_credentials_in_group, parts):
            done = min(done + CREDENTIALS_AT_ONCE, len(credentials))
            examination.progress(5, done, len(credentials))
    if not credentials.is_sorted:
        examination.warnings.append("credentials-unsorted")
    return {"credentials": len(credentials), "weight": credentials.total_weight}


# 6


def check_ballots(examination: Examination) -> dict[str, Any]:
    """Every ballot is for this election, by somebody on the list, signed and proved."""
    void = _void_credentials(examination)
    tally = Tally.nothing(examination.election)
    done, total = 0, len(examination.contents.ballots)
    parts = (
        (examination.election.raw, piece)
        for piece in pieces(_ballots_to_check(examination, void), BALLOTS_AT_ONCE)
    )
    for part in in_order(examination.executor, check_some_ballots, parts):
        tally = tally.joined(part)
        done = min(done + BALLOTS_AT_ONCE, total)
        examination.progress(6, done, total)
    examination.tally = tally
    return {"ballots": total}


def _void_credentials(examination: Examination) -> set[bytes]:
    if examination.given.void is None:
        examination.warnings.append("void-not-checked")
        return set()
    with during(6):
        listed = read_void_list(examination.given.void)
        _require_signature(examination, listed, "void list")
        if listed.uuid != examination.election.uuid:
            raise Malformed("statement-of-another-election", where="void list")
    return {credential_hash(public) for public in (*listed.void, *listed.unused_spares)}


@dataclass(frozen=True)
class BallotToCheck:
    """What a worker needs to know of a ballot. `weight` is None if a later one replaces it."""

    height: int
    raw: bytes
    weight: int | None
    objection: str | None


def _ballots_to_check(examination: Examination, void: set[bytes]) -> Iterator[BallotToCheck]:
    contents = examination.contents
    for place, ballot in enumerate(contents.ballots):
        weight = examination.credentials.weights.get(ballot.credential or b"")
        objection = None
        if weight is None:
            objection = "credential-unknown"
        elif ballot.credential in void:
            objection = "credential-void"
        yield BallotToCheck(
            height=ballot.height,
            raw=examination.reader.read_again(ballot.hash, ballot.offset, ballot.size),
            weight=weight if contents.counts(place) else None,
            objection=objection,
        )


@lru_cache(maxsize=2)
def _election_at_work(raw: bytes) -> Election:
    """A worker reads the election, and makes the table of its key, once."""
    return read_election(raw)


def check_some_ballots(election_raw: bytes, ballots: Sequence[BallotToCheck]) -> Tally:
    """Checks these ballots, here or in a worker, and sums those that count."""
    election = _election_at_work(election_raw)
    tally = Tally.nothing(election)
    for ballot in ballots:
        found = check_ballot(election, ballot.raw, ballot.height)
        if ballot.objection is not None:
            raise CheckFailed(6, ballot.objection, ballot.height)
        if ballot.weight is not None:
            tally = tally.with_ballot([answer.choices for answer in found.answers], ballot.weight)
    return tally


# 7


def check_repetitions(examination: Examination) -> dict[str, Any]:
    """No ballot appears twice; the last of each credential counts."""
    contents, given = examination.contents, examination.given
    if 7 in contents.faults:
        raise contents.faults[7]
    if given.receipt is None:
        examination.warnings.append("receipt-not-checked")
    else:
        with during(7):
            receipt = read_receipt(given.receipt)
            _require_signature(examination, receipt, "receipt")
            if receipt.uuid != examination.election.uuid:
                raise Malformed("statement-of-another-election", where="receipt")
            if receipt.tracker not in (base64_text(ballot.hash) for ballot in contents.ballots):
                raise Malformed("receipt-without-ballot", tracker=receipt.tracker)
    counted = len(contents.last_of_credential)
    return {"counted": counted, "replaced": len(contents.ballots) - counted}


# 8


def check_tally(examination: Examination) -> dict[str, Any]:
    """The encrypted tally is the product of the ballots that count, byte for byte."""
    event, tally = examination.contents.only("EncryptedTally"), examination.tally
    with during(8, event.height):
        record, sized_record = examination.body(event, 0), examination.body(event, 1)
        sized = read_sized_tally(sized_record)
        read_tally(examination.election, record)
        if sized.tally_hash != event.records[0].hash:
            raise Malformed("tally-hash-wrong")
        if sized.ballots != tally.ballots:
            raise Malformed("tally-count-wrong", stated=sized.ballots, found=tally.ballots)
        if sized.weight != tally.weight:
            raise Malformed("tally-weight-wrong", stated=sized.weight, found=tally.weight)
        if record != tally.record():
            raise Malformed("tally-wrong")
        examination.tally_hash = sized.tally_hash
    return {"counted": tally.ballots, "weight": tally.weight}


# 9


def check_decryptions(examination: Examination) -> dict[str, Any]:
    """Enough distinct trustees opened the tally, each with both proofs."""
    contents, trustees = examination.contents, examination.trustees
    accept = examination.given.accept_standard_proofs
    for event in contents.events["PartialDecryption"]:
        with during(9, event.height):
            owned = read_owned(examination.body(event, 1))
            if owned.payload != event.records[0].hash:
                raise Malformed("owned-hash-wrong")
            if not 1 <= owned.owner <= len(trustees.keys):
                raise Malformed("owner-unknown", owner=owned.owner)
            if owned.owner in examination.partials:
                raise Malformed("owner-twice", owner=owned.owner)
            partial = check_partial_decryption(
                examination.election,
                examination.tally.questions,
                examination.tally_hash,
                owned.owner,
                trustees.keys[owned.owner - 1],
                examination.body(event, 0),
                accept_standard_proofs=accept,
            )
            if partial.strong_proofs is None and "extra-proof-missing" not in examination.warnings:
                examination.warnings.append("extra-proof-missing")
            examination.partials[owned.owner] = partial
    facts = {"opened": len(examination.partials), "needed": trustees.needed}
    if not trustees.can_open(examination.partials):
        if contents.has("Result"):
            raise CheckFailed(9, "decryptions-too-few", contents.only("Result").height, **facts)
        return {**facts, "unfinished": True}
    return facts


# 10


def check_result(examination: Examination) -> dict[str, Any]:
    """The result is what the tally opens to, and within what the question allows."""
    election, event = examination.election, examination.contents.only("Result")
    most = examination.tally.weight
    with during(10, event.height):
        result = read_result(election, examination.body(event, 0))
        powers = opened(examination.trustees, examination.tally.questions, examination.partials)
        for place, question in enumerate(election.questions):
            where = f"question {place + 1}"
            for count, power in zip(result[place], powers[place], strict=True):
                if count > most:
                    raise Malformed("count-above-weight", where=where, count=count, weight=most)
                if not is_power(power, count):
                    raise Malformed("result-wrong", where=where)
            _require_possible(question, result[place], most, where)
        examination.result = result
    return {"weight": most}


def _require_possible(question: Question, counts: Sequence[int], weight: int, where: str) -> None:
    blank = counts[0] if question.blank else 0
    chosen, voted = sum(counts[1:] if question.blank else counts), weight - blank
    if not question.minimum * voted <= chosen <= question.maximum * voted:
        raise Malformed("result-impossible", where=where)


def _always(contents: Contents, given: Given) -> bool:
    return True


def _after(*kinds: str) -> Callable[[Contents, Given], bool]:
    return lambda contents, given: any(contents.has(kind) for kind in kinds)


def _with_ballots(contents: Contents, given: Given) -> bool:
    # A receipt asks for its ballot even where there is none yet.
    return contents.has("Ballot") or contents.has("EndBallots") or given.receipt is not None


# Each check, and whether the archive goes far enough for it.
CHECKS: Mapping[
    int, tuple[Callable[[Examination], dict[str, Any]], Callable[[Contents, Given], bool]]
] = {
    1: (check_file, _always),
    2: (check_chain, _always),
    3: (check_setup, _after("Setup")),
    4: (check_trustees, _after("Setup")),
    5: (check_credentials, _after("Setup")),
    6: (check_ballots, _with_ballots),
    7: (check_repetitions, _with_ballots),
    8: (check_tally, _after("EncryptedTally")),
    9: (check_decryptions, _after("PartialDecryption")),
    10: (check_result, _after("Result")),
}
