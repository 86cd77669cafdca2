"""Elections made wholly by us, step by step, from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from okil.pure.ballots import ballot, ceremony, credentials, decryption, names, signing, trustees
from okil.pure.ballots.archive import Chain, EventType, setup_record
from okil.pure.ballots.election import Election, Question, election_record, read_election
from okil.pure.ballots.group import Chance, Scalar, random_scalar
from okil.pure.ballots.tally import Tally
from okil.pure.ballots.tests.deterministic import chance_from
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex

ONE_OF_FIVE = Question("1", tuple("12345"), 1, 1)
ONE_OF_THREE = Question("1", tuple("123"), 1, 1)
BLANK_ALLOWED = Question("1", tuple("123"), 1, 1, blank=True)
UP_TO_THREE = Question("1", tuple("12345"), 1, 3)
NONE_OR_MORE = Question("2", tuple("1234"), 0, 3, blank=True)

CREATED = 1_732_100_000

# One event: its kind and its data records.
Entry = tuple[EventType, tuple[bytes, ...]]
Choices = Sequence[Sequence[int]]


@dataclass
class World:
    """An election with everybody's secrets, so that tests can do what each of them can do."""

    election: Election
    trustees_raw: bytes
    credentials_raw: bytes
    names_file: bytes
    codes: Sequence[str]
    keys: dict[int, Scalar]  # by number of the trustee
    chance: Chance
    entries: list[Entry] = field(default_factory=list)

    @property
    def trustees(self) -> trustees.Trustees:
        return trustees.read_trustees(self.trustees_raw)

    def secret(self, voter: int) -> Scalar:
        return credentials.secret_of(self.codes[voter], self.election.uuid)

    def public(self, voter: int) -> str:
        return str(credentials.public_credential(self.secret(voter)))

    def ballot(self, voter: int, choices: Choices) -> bytes:
        return ballot.make_ballot(self.election, self.secret(voter), choices, self.chance)

    def cast(self, voter: int, choices: Choices) -> bytes:
        made = self.ballot(voter, choices)
        self.entries.append(("Ballot", (made,)))
        return made

    def close(self) -> None:
        self.entries.append(("EndBallots", ()))

    def tally(self) -> Tally:
        last: dict[str, ballot.Ballot] = {}
        for kind, bodies in self.entries:
            if kind == "Ballot":
                read = ballot.read_ballot(self.election, read_canonical_json(bodies[0]))
                last[read.credential] = read
        listed = credentials.read_credentials(self.credentials_raw)
        total = Tally.nothing(self.election)
        for credential, read in last.items():
            weight = listed.weight_of(credential)
            assert weight is not None
            total = total.with_ballot([answer.choices for answer in read.answers], weight)
        return total

    def add_tally(self) -> None:
        total = self.tally()
        self.entries.append(("EncryptedTally", (total.record(), total.sized_record())))

    def partial(self, owner: int, x: Scalar | None = None) -> bytes:
        total = self.tally()
        return decryption.partial_decryption(
            self.election,
            total.questions,
            sha256_hex(total.record()),
            owner,
            self.keys[owner] if x is None else x,
            self.chance,
        )

    def add_partial(self, owner: int) -> None:
        made = self.partial(owner)
        owned = decryption.owned_record(owner, made)
        self.entries.append(("PartialDecryption", (made, owned)))

    def add_result(self) -> list[list[int]]:
        total = self.tally()
        partials = {}
        for kind, bodies in self.entries:
            if kind == "PartialDecryption":
                owner = decryption.read_owned(bodies[1]).owner
                partials[owner] = decryption.read_partial_decryption(self.election, bodies[0])
        powers = decryption.opened(self.trustees, total.questions, partials)
        result = decryption.counted(powers, total.weight)
        self.entries.append(("Result", (decryption.result_record(result),)))
        return result

    def count(self, *owners: int) -> list[list[int]]:
        """From closing to the result, opened by these trustees."""
        self.close()
        self.add_tally()
        for owner in owners:
            self.add_partial(owner)
        return self.add_result()

    def archive(self) -> bytes:
        return archive_of(self.entries)


def archive_of(entries: Sequence[Entry]) -> bytes:
    """The archive with these events, hashed and chained as they are."""
    chain = Chain(CREATED)
    parts = [chain.beginning()]
    for kind, bodies in entries:
        part, chain = chain.appended(kind, *bodies)
        parts.append(part)
    return b"".join(parts)


def world(
    *questions: Question,
    voters: int = 5,
    threshold: tuple[int, int] | None = (2, 3),
    singles: int = 0,
    weights: Sequence[int] | None = None,
    seed: str = "world",
) -> World:
    """An election with a 2-of-3 commission unless told otherwise, set up and not yet voted in."""
    chance = chance_from(seed)
    uuid = credentials.random_base58(14, chance)
    blocks: list[Any] = []
    keys: dict[int, Scalar] = {}
    for _ in range(singles):
        x = random_scalar(chance)
        keys[len(keys) + 1] = x
        blocks.append(trustees.single_record(x, chance))
    if threshold is not None:
        record, shares = commission(*threshold, chance)
        blocks.append(record)
        for x in shares:
            keys[len(keys) + 1] = x
    trustees_raw = canonical_json(blocks)

    codes = [credentials.make_code(chance) for _ in range(voters)]
    credentials_raw = _listed(codes, uuid, weights)
    entries = _names_of(questions, chance)
    raw = election_record(
        uuid=uuid,
        name="G-07",
        description=names.description_of(entries),
        public_key=trustees.read_trustees(trustees_raw).public_key,
        questions=questions,
        administrator="A-01",
        credential_authority="C-01",
    )
    made = World(
        election=read_election(raw),
        trustees_raw=trustees_raw,
        credentials_raw=credentials_raw,
        names_file=canonical_json(entries),
        codes=codes,
        keys=keys,
        chance=chance,
    )
    setup = setup_record(raw, trustees_raw, credentials_raw)
    made.entries.append(("Setup", (raw, trustees_raw, credentials_raw, setup)))
    return made


def _listed(codes: Sequence[str], uuid: str, weights: Sequence[int] | None) -> bytes:
    """The list of credentials, with weights if there are any, in the order of the codes."""
    publics = {
        credentials.public_credential(credentials.secret_of(code, uuid)): place
        for place, code in enumerate(codes)
    }
    if weights is None:
        return credentials.credentials_record(publics)
    return canonical_json([f"{public},{weights[publics[public]]}" for public in sorted(publics)])


def commission(threshold: int, size: int, chance: Chance) -> tuple[list[Any], list[Scalar]]:
    """A threshold key: its entry in trustees.json, and each member's decryption key."""
    members = [signing.member_keys(signing.make_seed(chance)) for _ in range(size)]
    opened = [
        ceremony.open_ceremony(member, index=i, size=size, threshold=threshold, chance=chance)
        for i, member in enumerate(members, 1)
    ]
    certs = [each["certificate"] for each in opened]
    shares = [
        ceremony.share(member, certs, each["polynomial"], threshold=threshold, chance=chance)
        for member, each in zip(members, opened, strict=True)
    ]
    outputs = [
        ceremony.receive_shares(
            member, certs, ceremony.deliver(shares, i), threshold=threshold, chance=chance
        )
        for i, member in enumerate(members, 1)
    ]
    keys = [
        ceremony.open_decryption_key(member, each["private_key"])
        for member, each in zip(members, outputs, strict=True)
    ]
    return ceremony.threshold_record(certs, shares, outputs, threshold=threshold), keys


def _names_of(questions: Sequence[Question], chance: Chance) -> list[dict[str, Any]]:
    entries = []
    for question, answer in names.places(questions):
        what = "Орын" if answer is None else f"Ромашкина {answer + 1}"
        entries.append(
            names.name_entry(question, answer, dict.fromkeys(names.LANGUAGES, what), chance)
        )
    return entries


def counted_world(seed: str = "counted") -> World:
    """Two questions, one with blank; five voters, one revote, one who stays away; opened by 1, 3."""
    made = world(ONE_OF_THREE, NONE_OR_MORE, seed=seed)
    made.cast(0, [[1, 0, 0], [0, 1, 1, 1, 0]])
    made.cast(1, [[0, 1, 0], [1, 0, 0, 0, 0]])
    made.cast(2, [[0, 1, 0], [0, 0, 0, 0, 0]])
    made.cast(0, [[0, 0, 1], [0, 1, 0, 0, 0]])
    made.cast(3, [[0, 0, 1], [0, 0, 1, 0, 1]])
    made.count(1, 3)
    return made
