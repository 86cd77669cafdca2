"""What the browser makes, Python accepts, and the other way round."""

from __future__ import annotations

import base64
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from okil.pure.ballots import ceremony, credentials, key_file, signing, trustees
from okil.pure.ballots.archive import setup_record
from okil.pure.ballots.ballot import check_ballot, tracker
from okil.pure.ballots.election import Question, election_record, read_election
from okil.pure.ballots.tests import given
from okil.pure.ballots.tests.deterministic import chance_from
from okil.pure.ballots.verify import Given, verify
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex
from tests.interop.belenios import Folder, is_here

Outcome = Callable[..., dict[str, Any]]
PASSPHRASE = "қызыл алма, 7 жол"
OUTCOME = """async ([task, given]) => {
    const page = await import("/tests/page.js");
    return given.archive ? page.outcomeWithArchive(task, given) : page.outcome(task, given);
}"""


@pytest.fixture
def outcome(page: Page) -> Outcome:
    """Has a task done by a worker of the booth."""

    def run(task: str, **handed_in: Any) -> dict[str, Any]:
        answer: dict[str, Any] = page.evaluate(OUTCOME, [task, handed_in])
        return answer

    return run


def base64_of(archive: bytes) -> str:
    return base64.b64encode(archive).decode()


@pytest.mark.parametrize(
    ("questions", "choices"),
    [
        ([given.ONE_OF_FIVE], [[0, 0, 1, 0, 0]]),
        ([given.BLANK_ALLOWED], [[1, 0, 0, 0]]),
        ([given.BLANK_ALLOWED], [[0, 0, 0, 1]]),
        ([given.UP_TO_THREE], [[1, 0, 1, 0, 1]]),
        ([given.ONE_OF_THREE, given.NONE_OR_MORE], [[0, 1, 0], [0, 0, 0, 0, 0]]),
    ],
)
def test_python_accepts_a_ballot_that_the_browser_made(
    outcome: Outcome, questions: list[Question], choices: list[list[int]]
) -> None:
    world = given.world(*questions)

    made = outcome(
        "encryptBallot",
        election=world.election.raw.decode(),
        code=credentials.shown_code(world.codes[0]),
        choices=choices,
    )

    raw = made["result"]["ballot"].encode()
    assert check_ballot(world.election, raw).credential == world.public(0)
    assert made["result"]["tracker"] == tracker(raw)
    steps = sum(question.entries + 1 for question in questions) + 1
    assert made["progress"] == [{"done": n, "total": steps} for n in range(1, steps + 1)]


def test_two_ballots_for_the_same_choice_have_nothing_in_common(outcome: Outcome) -> None:
    world = given.world(given.ONE_OF_THREE)
    handed_in = {
        "election": world.election.raw.decode(),
        "code": credentials.shown_code(world.codes[0]),
        "choices": [[1, 0, 0]],
    }

    first, second = (
        read_canonical_json(outcome("encryptBallot", **handed_in)["result"]["ballot"].encode())
        for _ in range(2)
    )

    def numbers(answer: dict[str, Any]) -> set[str]:
        return {value for choice in answer["choices"] for value in choice.values()}

    assert numbers(first["answers"][0]).isdisjoint(numbers(second["answers"][0]))


def test_a_mistyped_code_is_refused_by_its_reason_and_not_repeated(outcome: Outcome) -> None:
    world = given.world(given.ONE_OF_THREE)
    shown = credentials.shown_code(world.codes[0])
    mistyped = shown[:-1] + ("1" if shown[-1] != "1" else "2")

    answer = outcome(
        "encryptBallot",
        election=world.election.raw.decode(),
        code=mistyped,
        choices=[[1, 0, 0]],
    )

    assert answer == {"error": "code-mistyped", "facts": {"where": "code"}, "progress": []}


def test_a_choice_that_is_not_allowed_breaks_without_a_word_about_it(outcome: Outcome) -> None:
    world = given.world(given.ONE_OF_THREE)

    answer = outcome(
        "encryptBallot",
        election=world.election.raw.decode(),
        code=credentials.shown_code(world.codes[0]),
        choices=[[1, 1, 0]],
    )

    assert (answer["error"], answer["facts"]) == ("RangeError", None)


def test_the_code_maker_derives_the_list_that_python_derives(outcome: Outcome) -> None:
    uuid, next_uuid = "KzNs3nXw8GmVbT", "9ZqHc2mPw7RtYv"

    made = outcome("makeCodes", uuid=uuid, count=7)["result"]
    derived = outcome("listCredentials", uuid=next_uuid, codes=made["codes"])["result"]

    codes = [credentials.typed_code(code) for code in made["codes"]]
    assert len(set(codes)) == 7
    for each, its_uuid in ((made, uuid), (derived, next_uuid)):
        publics = [credentials.public_credential(credentials.secret_of(c, its_uuid)) for c in codes]
        assert each["record"].encode() == credentials.credentials_record(publics)
        read = credentials.read_credentials(each["record"].encode())
        assert (each["fingerprint"], read.is_sorted) == (read.fingerprint, True)


class Member:
    """A commission member who works in the browser, or in Python, with the same messages."""

    def __init__(self, index: int, outcome: Outcome | None) -> None:
        self.index = index
        self.outcome = outcome
        self.chance = chance_from(f"member {index}")

    def start(self) -> dict[str, Any]:
        if self.outcome is None:
            self.keys = signing.member_keys(signing.make_seed(self.chance))
            place = {"index": self.index, "size": 3, "threshold": 2}
            return ceremony.open_ceremony(self.keys, **place, chance=self.chance)
        started: dict[str, Any] = self.outcome(
            "startKey",
            uuid="KzNs3nXw8GmVbT",
            index=self.index,
            size=3,
            threshold=2,
            passphrase=PASSPHRASE,
        )["result"]
        message = started["certificate"]["message"]
        assert started["certificateId"] == sha256_hex(message.encode())
        self.secret = {"keyFile": started["keyFile"], "passphrase": PASSPHRASE}
        opened = key_file.open_key_file(PASSPHRASE, started["keyFile"].encode())
        self.keys = signing.member_keys(opened["seed"])
        return started

    def share(self, certs: list[Any], polynomial: Any) -> Any:
        if self.outcome is None:
            return ceremony.share(self.keys, certs, polynomial, threshold=2, chance=self.chance)
        shared = self.outcome(
            "shareKey", **self.secret, certs=certs, polynomial=polynomial, size=3, threshold=2
        )["result"]
        ids = [sha256_hex(cert["message"].encode()) for cert in certs]
        assert shared["certificateIds"] == ids
        return shared["shares"]

    def finish(self, certs: list[Any], delivered: Any) -> Any:
        if self.outcome is None:
            return ceremony.receive_shares(
                self.keys, certs, delivered, threshold=2, chance=self.chance
            )
        return self.outcome(
            "finishKey", **self.secret, certs=certs, delivered=delivered, threshold=2
        )["result"]


def made_key(members: list[Member]) -> tuple[list[Any], list[Any]]:
    """The entry of trustees.json, and what each member keeps sealed."""
    started = [member.start() for member in members]
    certs = [each["certificate"] for each in started]
    shares = [
        member.share(certs, each["polynomial"])
        for member, each in zip(members, started, strict=True)
    ]
    finished = [member.finish(certs, ceremony.deliver(shares, member.index)) for member in members]
    record = ceremony.threshold_record(certs, shares, finished, threshold=2)
    return record, [each["private_key"] for each in finished]


def election_under(
    record: list[Any], codes: list[str], questions: tuple[Any, ...] = (given.ONE_OF_THREE,)
) -> given.World:
    trustees_raw = canonical_json([record])
    raw = election_record(
        uuid="KzNs3nXw8GmVbT",
        name="G-07",
        description="names:" + sha256_hex(b""),
        public_key=trustees.read_trustees(trustees_raw).public_key,
        questions=questions,
    )
    credentials_raw = credentials.credentials_record(
        credentials.public_credential(credentials.secret_of(code, "KzNs3nXw8GmVbT"))
        for code in codes
    )
    world = given.World(
        election=read_election(raw),
        trustees_raw=trustees_raw,
        credentials_raw=credentials_raw,
        names_file=b"",
        codes=codes,
        keys={},
        chance=chance_from("voters"),
    )
    setup = setup_record(raw, trustees_raw, credentials_raw)
    world.entries.append(("Setup", (raw, trustees_raw, credentials_raw, setup)))
    return world


def counted(outcome: Outcome) -> tuple[given.World, dict[str, Any]]:
    """Browsers and Python make one key, vote under it and count; and what member 1 was told."""
    members = [Member(1, outcome), Member(2, None), Member(3, outcome)]
    record, sealed = made_key(members)
    codes = [credentials.make_code(chance_from(f"code {n}")) for n in range(4)]
    world = election_under(record, codes)
    for voter, bits in enumerate(([1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1])):
        if voter % 2:
            world.cast(voter, [bits])
            continue
        made = outcome(
            "encryptBallot",
            election=world.election.raw.decode(),
            code=credentials.shown_code(codes[voter]),
            choices=[bits],
        )["result"]
        world.entries.append(("Ballot", (made["ballot"].encode(),)))
    world.close()
    world.add_tally()

    told: dict[str, Any] = outcome(
        "decryptTally",
        **members[0].secret,
        privateKey=sealed[0],
        archive=base64_of(world.archive()),
    )["result"]
    records = told["partialDecryption"].encode(), told["owned"].encode()
    world.entries.append(("PartialDecryption", records))
    world.keys[2] = ceremony.open_decryption_key(members[1].keys, sealed[1])
    world.add_partial(2)
    return world, told


def test_browsers_and_python_make_one_key_vote_under_it_and_count(outcome: Outcome) -> None:
    world, told = counted(outcome)

    assert world.add_result() == [[1, 2, 1]]
    assert (told["ballots"], told["counting"]) == (4, 4)
    report = verify(BytesIO(world.archive()), Given())
    assert report.complete, report.checks


# Voter and choices, in the order of casting: a first place with blank, up to three of four, a ballot
# that is blank in both, and one voter who votes again.
TWO_QUESTIONS = (given.BLANK_ALLOWED, given.NONE_OR_MORE)
CAST = (
    (0, [[0, 1, 0, 0], [0, 1, 1, 1, 0]]),
    (1, [[0, 0, 1, 0], [0, 0, 0, 0, 1]]),
    (2, [[1, 0, 0, 0], [1, 0, 0, 0, 0]]),
    (0, [[0, 0, 0, 1], [0, 1, 0, 0, 1]]),
)


@pytest.mark.interop
@pytest.mark.skipif(not is_here(), reason="belenios-tool 2.0 is not installed")
def test_belenios_tool_accepts_blank_several_and_repeated_ballots_of_browsers(
    outcome: Outcome, tmp_path: Path
) -> None:
    members = [Member(index, None) for index in (1, 2, 3)]
    record, sealed = made_key(members)
    codes = [credentials.make_code(chance_from(f"code {n}")) for n in range(3)]
    world = election_under(record, codes, TWO_QUESTIONS)
    for voter, choices in CAST:
        made = outcome(
            "encryptBallot",
            election=world.election.raw.decode(),
            code=credentials.shown_code(codes[voter]),
            choices=choices,
        )["result"]
        world.entries.append(("Ballot", (made["ballot"].encode(),)))
    world.close()
    world.add_tally()
    for index in (1, 2):
        member = members[index - 1]
        world.keys[index] = ceremony.open_decryption_key(member.keys, sealed[index - 1])
        world.add_partial(index)

    assert world.add_result() == [[1, 0, 1, 1], [1, 1, 0, 0, 2]]
    assert verify(BytesIO(world.archive()), Given()).complete
    (tmp_path / f"{world.election.uuid}.bel").write_bytes(world.archive())
    status, words = Folder(tmp_path).verdict()
    assert (status, "all checks passed" in words) == (0, True), words


@pytest.mark.interop
@pytest.mark.skipif(not is_here(), reason="belenios-tool 2.0 is not installed")
def test_belenios_tool_accepts_what_browsers_made(outcome: Outcome, tmp_path: Path) -> None:
    world, _ = counted(outcome)
    world.add_result()
    (tmp_path / f"{world.election.uuid}.bel").write_bytes(world.archive())

    status, words = Folder(tmp_path).verdict()

    assert (status, "all checks passed" in words) == (0, True), words
