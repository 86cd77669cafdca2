"""What everybody may know of an online vote: only what stands under its last head (section 16.8)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Length

from okil.areas.bodies.models import RoleName
from okil.areas.elections.models import (
    BoardBallot,
    BoardHead,
    CodeList,
    Credential,
    Election,
    KeyCeremony,
    OnlineVote,
)
from okil.areas.elections.queries.voting import FILES, election_of, heads_of
from okil.pure.ballots.archive import Chain
from okil.pure.ballots.credentials import credential_hash, credential_texts
from okil.pure.ballots.election import Election as Asked
from okil.pure.ballots.examination import Given, Report
from okil.pure.ballots.names import Names, read_names
from okil.pure.ballots.statements import VoidList, sign_statement
from okil.pure.ballots.trustees import Pedersen, read_trustees
from okil.pure.ballots.verify import verify
from okil.pure.encoding import base64_text, canonical_json, sha256_base64
from okil.pure.rules.stages import State

LARGE = [name.removeprefix("vote__") for name in FILES]


def boards() -> QuerySet[OnlineVote]:
    """All online votes that people cast; rehearsals are shown nowhere."""
    found = OnlineVote.objects.filter(is_rehearsal=False).defer(*LARGE, "tally")
    return found.select_related("round__election__cycle", "round__election__group")


def boards_of(election: Election) -> list[OnlineVote]:
    """The newest first: of a later round, or after a key was lost."""
    return list(boards().filter(round__election=election).order_by("-pk"))


def with_has_board(elections: QuerySet[Election]) -> QuerySet[Election]:
    """Each with `has_board`: there is, or was, an online vote."""
    held = OnlineVote.objects.filter(round__election=OuterRef("pk"), is_rehearsal=False)
    return elections.annotate(has_board=Exists(held))


def state_of(vote: OnlineVote) -> str:
    """ "given-up", "not-open", "open", "closing", "closed" or "opened"; a held-up vote is "held-up"."""
    row = vote.round
    if vote.given_up_at is not None:
        return "given-up"
    if vote.opened_at is not None:
        return "opened"
    if vote.closed_at is not None:
        return "closed"
    if vote.closing_at is not None:
        return "closing"
    if row.annulled_at is not None or row.election.suspensions.filter(lifted_at=None).exists():
        return "held-up"
    return "open" if row.state == State.VOTING else "not-open"


@dataclass(frozen=True, slots=True)
class LastHead:
    """`hour` is None and `number` 0 before the first head."""

    number: int
    hour: str | None
    event: str
    ballots: int
    voters: int  # credentials with a ballot
    size: int  # bytes of the archive


def last_head(vote: OnlineVote) -> LastHead:
    heads = _heads(vote)
    statement = heads.order_by("-number").values_list("statement", flat=True)[0]
    said = json.loads(statement) if statement else {}
    board = BoardBallot.objects.filter(vote=vote, height__lte=vote.height)
    return LastHead(
        number=vote.head,
        hour=said.get("hour"),
        event=vote.parent,
        ballots=board.count(),
        voters=board.values("public").distinct().count(),
        size=archive_size(vote),
    )


def _heads(vote: OnlineVote) -> QuerySet[BoardHead]:
    """No head later than this vote was read: sizes and pieces belong together."""
    return BoardHead.objects.filter(vote=vote, number__lte=vote.head)


def archive_size(vote: OnlineVote) -> int:
    grown = _heads(vote).aggregate(size=Sum(Length("content")))["size"] or 0
    return len(Chain(vote.timestamp).beginning()) + int(grown)


def archive_pieces(vote: OnlineVote) -> Iterator[bytes]:
    """The archive up to the head at which this vote was read; `archive_size` bytes of it."""
    yield Chain(vote.timestamp).beginning()
    contents = _heads(vote).order_by("number").values_list("content", flat=True)
    for content in contents.iterator(chunk_size=16):
        yield bytes(content)


def trackers(vote: OnlineVote) -> Iterator[str]:
    """A line for each ballot on the board: tracker, its head, and what became of it."""
    heads = list(_heads(vote).order_by("number").values_list("height", "number"))
    found = BoardBallot.objects.filter(vote=vote, height__lte=vote.height).order_by("height")
    rows = list(found.values_list("height", "public", "hash"))
    last = {public: height for height, public, _hash in rows}
    place = 0
    for height, public, ballot in rows:
        while heads[place][0] < height:
            place += 1
        word = "counts" if last[public] == height else "replaced"
        yield f"{base64_text(bytes.fromhex(ballot))}\thead {heads[place][1]}\t{word}\n"


def void_list(vote: OnlineVote, key: Ed25519PrivateKey) -> bytes:
    """The signed list of credentials that cast nothing, as `okil verify --void` reads it."""
    hashes = set(
        Credential.objects.filter(vote=vote, is_void=True).values_list("public", flat=True)
    )
    texts = credential_texts(bytes(vote.credentials)) if hashes else ()
    void = [text for _place, text in texts if credential_hash(text).hex() in hashes]
    said = {"uuid": vote.uuid, "void": void, "unused_spares": []}
    return canonical_json(sign_statement(VoidList, said, key))


def public_half(key: Ed25519PrivateKey) -> str:
    """The public half of the key that signs heads, receipts and void lists."""
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return b64encode(raw).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What is announced on paper, and compared. `holders` are the certificates', by place."""

    election: str
    credentials: str
    trustees: str
    holders: tuple[str, ...]
    needed: int
    size: int


def fingerprints(vote: OnlineVote) -> Fingerprints:
    return _fingerprints(vote.pk, vote.uuid)


@lru_cache(maxsize=32)
def _fingerprints(pk: int, _uuid: str) -> Fingerprints:
    """Read once in each process: what Setup froze never changes."""
    columns = ("election", "credentials", "trustees")
    election, credentials, raw = map(bytes, OnlineVote.objects.values_list(*columns).get(pk=pk))
    trustees = read_trustees(raw)
    certified = [each for each in trustees.blocks if isinstance(each, Pedersen)]
    return Fingerprints(
        election=sha256_base64(election),
        credentials=sha256_base64(credentials),
        trustees=sha256_base64(raw),
        holders=tuple(each for block in certified for each in block.certificate_ids),
        needed=trustees.needed,
        size=len(trustees.keys),
    )


def weaknesses_of(vote: OnlineVote) -> list[str]:
    """Where one hand holds what two should: codes of what the board says about it."""
    found = []
    made = CodeList.objects.filter(ceremony__uuid=vote.uuid).select_related("maker").first()
    if made is not None:
        group = vote.round.election.group
        both = group.roles.filter(role=RoleName.ORGANISER, person=made.maker.person_id)
        if both.exists():
            found.append("code-maker-organises")
    held = KeyCeremony.objects.filter(uuid=vote.uuid).first()
    if held is not None and held.threshold < 2:
        found.append("one-opens")
    return found


@dataclass(frozen=True, slots=True)
class Contest:
    """A question of the archive with its numbers. A withdrawn name is None."""

    number: int
    title: str | None
    answers: Sequence[tuple[int, str | None, int]]  # number, name, votes
    blank: int | None


def result_of(vote: OnlineVote, language: str) -> list[Contest]:
    """What was opened, by contest; nothing before."""
    if vote.result is None:
        return []
    asked = election_of(vote)
    names = read_names(asked, bytes(vote.names))
    return [
        _contest(asked, names, place, numbers, language)
        for place, numbers in enumerate(vote.result)
    ]


def _contest(
    asked: Asked, names: Names, place: int, numbers: Sequence[int], language: str
) -> Contest:
    is_blank = asked.questions[place].blank
    votes = numbers[1:] if is_blank else numbers
    return Contest(
        number=place + 1,
        title=names.of(place, None, language),
        answers=[
            (answer + 1, names.of(place, answer, language), given)
            for answer, given in enumerate(votes)
        ],
        blank=numbers[0] if is_blank else None,
    )


def checked(vote: OnlineVote, key: Ed25519PrivateKey) -> Report:
    """The ten checks of the archive with all that is published beside it."""
    given = Given(
        names=bytes(vote.names),
        heads=heads_of(vote),
        void=void_list(vote, key),
        key=key.public_key(),
    )
    with BytesIO(b"".join(archive_pieces(vote))) as stream:
        return verify(stream, given)
