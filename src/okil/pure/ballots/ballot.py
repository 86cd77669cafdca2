"""One ballot: made by the voter's device, checked by everybody (PROTOCOL.md, sections 7 and 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from okil.pure.ballots import strict
from okil.pure.ballots.credentials import public_credential
from okil.pure.ballots.election import Election, Question
from okil.pure.ballots.elgamal import Ciphertext, encrypt, product, read_ciphertext
from okil.pure.ballots.failures import Malformed, during
from okil.pure.ballots.group import (
    ELEMENT_DIGITS,
    Base,
    Chance,
    PlainBase,
    Q,
    Scalar,
    SharedBase,
    random_scalar,
    read_element,
)
from okil.pure.ballots.proofs import (
    Opened,
    Proof,
    Statement,
    disjunction_holds,
    logarithm_is_known,
    prove_disjunction,
    prove_logarithm,
    read_proof,
    read_proofs,
)
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_base64

CHECK = 6  # docs/verification.md
_SIGNATURE = b',"signature":'


@dataclass(frozen=True)
class Answer:
    """What a ballot says to one question, encrypted, with its proofs."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[list[Proof], ...]
    overall_proof: list[Proof]
    blank_proof: list[Proof] | None


@dataclass(frozen=True)
class Ballot:
    """A ballot in its strict form. Nothing is proved by its having been read."""

    credential: str
    answers: tuple[Answer, ...]
    signed_hash: str
    signature: Proof


def tracker(raw: bytes) -> str:
    """What the voter notes down to find this ballot again."""
    return sha256_base64(raw)


# Making


def make_ballot(
    election: Election, secret: Scalar, choices: Sequence[Sequence[int]], chance: Chance
) -> bytes:
    """The ballot for these choices: for each question its bits, a blank one first where allowed.

    Raises ValueError for a choice that the question does not allow. Chance is drawn in this order:
    for each question, for each choice r and its individual proof; the overall proof; the blank
    proof. At the end the signature.

    The time this takes depends on the choices. Voters' devices use the browser's twin instead.
    """
    if len(choices) != len(election.questions):
        raise ValueError("as many choices as questions, please")
    credential = str(public_credential(secret))
    ballot: dict[str, Any] = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": [
            _make_answer(election, question, bits, credential, chance)
            for question, bits in zip(election.questions, choices, strict=True)
        ],
    }
    signed_hash = sha256_base64(canonical_json(ballot))
    proof = prove_logarithm(_signature_prefix(signed_hash), secret, chance)
    ballot["signature"] = {"hash": signed_hash, "proof": proof.as_json()}
    return canonical_json(ballot)


def _make_answer(
    election: Election, question: Question, bits: Sequence[int], credential: str, chance: Chance
) -> dict[str, Any]:
    if len(bits) != question.entries or not set(bits) <= {0, 1}:
        raise ValueError("one bit for each answer, and one for blank where it is allowed")
    y, head = election.y, f"{election.fingerprint}|{credential}"
    ciphertexts, randomness, individual = [], [], []
    for bit in bits:
        r = random_scalar(chance)
        ciphertext = encrypt(y, bit, r)
        opened = [Opened(r, bit, m) for m in (0, 1)]
        individual.append(prove_disjunction(y, _choice_prefix(head, ciphertext), opened, chance))
        ciphertexts.append(ciphertext)
        randomness.append(r)

    tail = f"{head}|{_listed(ciphertexts)}"
    first = 1 if question.blank else 0
    r_sum, m_sum = sum(randomness[first:]) % Q, sum(bits[first:])
    allowed = [Opened(r_sum, m_sum, m) for m in range(question.minimum, question.maximum + 1)]
    answer: dict[str, Any] = {
        "choices": [ciphertext.as_json() for ciphertext in ciphertexts],
        "individual_proofs": [_written(proofs) for proofs in individual],
    }
    if question.blank:
        no_blank, blank = (Opened(randomness[0], bits[0], m) for m in (0, 1))
        overall = prove_disjunction(y, f"bproof1|{tail}|", [blank, *allowed], chance)
        nothing = Opened(r_sum, m_sum, 0)
        blank_proof = prove_disjunction(y, f"bproof0|{tail}|", [no_blank, nothing], chance)
        answer |= {"overall_proof": _written(overall), "blank_proof": _written(blank_proof)}
    else:
        prefix = _sum_prefix(tail, product(ciphertexts))
        answer["overall_proof"] = _written(prove_disjunction(y, prefix, allowed, chance))
    return answer


def _written(proofs: list[Proof]) -> list[dict[str, str]]:
    return [proof.as_json() for proof in proofs]


# The prefixes under which a ballot's proofs are hashed (S0 and S of section 7)


def _choice_prefix(head: str, ciphertext: Ciphertext) -> str:
    return f"prove|{head}|{ciphertext.alpha},{ciphertext.beta}|"


def _sum_prefix(tail: str, total: Ciphertext) -> str:
    return f"prove|{tail}|{total.alpha},{total.beta}|"


def _listed(ciphertexts: Sequence[Ciphertext]) -> str:
    return ",".join(f"{alpha},{beta}" for alpha, beta in ciphertexts)


def _signature_prefix(signed_hash: str) -> str:
    return f"sig|{signed_hash}|"


# Reading


def read_ballot(election: Election, value: Any) -> Ballot:
    """The ballot for this election that the parsed JSON is; raises Malformed."""
    found = strict.fields(
        value,
        "election_uuid",
        "election_hash",
        "credential",
        "answers",
        "signature",
        where="ballot",
    )
    if found["election_uuid"] != election.uuid or found["election_hash"] != election.fingerprint:
        raise Malformed("ballot-of-another-election", where="ballot")
    credential = strict.decimal(found["credential"], where="credential", longest=ELEMENT_DIGITS)
    answers = strict.items(found["answers"], where="answers", count=len(election.questions))
    signature = strict.fields(found["signature"], "hash", "proof", where="signature")
    return Ballot(
        credential=credential,
        answers=tuple(
            _read_answer(question, answer, f"question {place}")
            for place, (question, answer) in enumerate(
                zip(election.questions, answers, strict=True), 1
            )
        ),
        signed_hash=strict.text(signature["hash"], where="signature"),
        signature=read_proof(signature["proof"], where="signature"),
    )


def _read_answer(question: Question, value: Any, where: str) -> Answer:
    names = ["choices", "individual_proofs", "overall_proof"]
    statements = question.maximum - question.minimum + 1
    if question.blank:
        names.append("blank_proof")
        statements += 1
    found = strict.fields(value, *names, where=where)
    choices = strict.items(found["choices"], where=where, count=question.entries)
    individual = strict.items(found["individual_proofs"], where=where, count=question.entries)
    return Answer(
        choices=tuple(read_ciphertext(choice, where=where) for choice in choices),
        individual_proofs=tuple(read_proofs(each, where=where, count=2) for each in individual),
        overall_proof=read_proofs(found["overall_proof"], where=where, count=statements),
        blank_proof=(
            read_proofs(found["blank_proof"], where=where, count=2) if question.blank else None
        ),
    )


# Checking


def check_ballot(election: Election, raw: bytes, height: int | None = None) -> Ballot:
    """Everything that check 6 asks of one ballot by itself; raises CheckFailed.

    Whether its credential is on the list, and not void, is for the caller to ask.
    """
    with during(CHECK, height):
        ballot = read_ballot(election, read_canonical_json(raw))
        _require_signature(ballot, raw)
        head = f"{election.fingerprint}|{ballot.credential}"
        for place, answer in enumerate(ballot.answers):
            _require_answer(election, place, answer, head)
        return ballot


def _require_signature(ballot: Ballot, raw: bytes) -> None:
    # `raw` is canonical and has the fields in order, so this is the ballot without its signature.
    signed = raw[: raw.rindex(_SIGNATURE)] + b"}"
    if ballot.signed_hash != sha256_base64(signed):
        raise Malformed("ballot-hash-wrong", where="signature")
    key = PlainBase(read_element(ballot.credential, where="credential"))
    if not logarithm_is_known(_signature_prefix(ballot.signed_hash), key, ballot.signature):
        raise Malformed("ballot-signature-wrong", where="signature")


def _require_answer(election: Election, place: int, answer: Answer, head: str) -> None:
    question, y = election.questions[place], election.y
    where = f"question {place + 1}"
    blank: tuple[Base, Base] | None = None
    for entry, (choice, proofs) in enumerate(
        zip(answer.choices, answer.individual_proofs, strict=True)
    ):
        alpha, beta = SharedBase(choice.alpha), SharedBase(choice.beta)
        if not (alpha.is_member() and beta.is_member()):
            raise Malformed("element-outside-group", where=where)
        if not disjunction_holds(
            y, _choice_prefix(head, choice), [Statement(alpha, beta, m) for m in (0, 1)], proofs
        ):
            raise Malformed("individual-proof-wrong", where=where)
        if question.blank and entry == 0:
            blank = alpha, beta

    tail = f"{head}|{_listed(answer.choices)}"
    total = product(answer.choices[1:] if blank else answer.choices)
    messages = range(question.minimum, question.maximum + 1)
    base = SharedBase if blank or len(messages) > 1 else PlainBase
    alpha_sum, beta_sum = base(total.alpha), base(total.beta)
    allowed = [Statement(alpha_sum, beta_sum, m) for m in messages]
    if blank:
        nothing = [Statement(*blank, 0), Statement(alpha_sum, beta_sum, 0)]
        if not disjunction_holds(y, f"bproof0|{tail}|", nothing, answer.blank_proof or []):
            raise Malformed("blank-proof-wrong", where=where)
        prefix, allowed = f"bproof1|{tail}|", [Statement(*blank, 1), *allowed]
    else:
        prefix = _sum_prefix(tail, total)
    if not disjunction_holds(y, prefix, allowed, answer.overall_proof):
        raise Malformed("overall-proof-wrong", where=where)
