"""A ballot is cast once, by whoever holds both ticket and code, and nothing joins the two (16.6-16.8)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.apps import apps

from okil.areas.elections.actions import board, casting
from okil.areas.elections.models import (
    BoardBallot,
    Credential,
    OnlineVote,
    Right,
    WaitingBallot,
)
from okil.areas.elections.queries import voting as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voting
from okil.areas.elections.tests.given.voting import AT, SPARES, VOTERS, Vote
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.pure.ballots.credentials import credential_hash
from okil.pure.ballots.examination import Given, Report
from okil.pure.ballots.statements import read_receipt, require_signed
from okil.pure.ballots.verify import verify
from okil.pure.encoding import canonical_json, read_canonical_json, sha256_hex
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage

pytestmark = pytest.mark.django_db
END = given.DATES[Stage.VOTING][1]


def cast(vote: Vote, voter: int, code: int | None = None, answer: int = 0) -> bytes:
    """The ballot that was accepted."""
    body = vote.ballot(voter if code is None else code, answer)
    casting.cast_ballot(vote.tickets[voter], body, at=AT)
    return body


def close(vote: Vote) -> None:
    board.close_online_vote(vote.vote.round, at=AT)


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal; nothing was written."""

    def written() -> object:
        return (
            list(Right.objects.order_by("pk").values()),
            list(Credential.objects.order_by("pk").values()),
            WaitingBallot.objects.count(),
            length_and_last_hash(),
        )

    before = written()
    with pytest.raises(Refused) as refusal:
        act()
    assert written() == before
    return refusal.value.code


def archive(vote: Vote) -> bytes:
    return b"".join(queries.archive_of(vote.now()))


def checked(vote: Vote) -> Report:
    """What `okil verify` says of the archive as it is published, with all heads."""
    heads = queries.heads_of(vote.vote)
    told = Given(
        heads=heads,
        key=board.signing_key().public_key(),
        names=voting.ceremony().names_file,
    )
    return verify(BytesIO(archive(vote)), told)


def test_an_accepted_ballot_gives_a_signed_receipt_and_marks_the_right() -> None:
    vote = voting.online()
    body = vote.ballot(0)

    receipt = casting.cast_ballot(vote.tickets[0], body, at=AT)

    read = read_receipt(canonical_json(receipt))
    require_signed(read, board.signing_key().public_key(), where="receipt")
    assert (read.uuid, read.after_head) == (vote.vote.uuid, 0)
    assert WaitingBallot.objects.get().n == 1
    assert Right.objects.get(channel="online").voter == vote.voters[0]


def test_casting_writes_no_journal_and_no_moment() -> None:
    vote = voting.online()
    before = length_and_last_hash()

    cast(vote, 0)

    assert length_and_last_hash() == before
    columns = [field.name for field in WaitingBallot._meta.concrete_fields]
    assert columns == ["vote", "public", "n", "hash", "body"]


def test_the_same_ballot_sent_again_gets_its_receipt_again() -> None:
    vote = voting.online()
    body = vote.ballot(0)
    first = casting.cast_ballot(vote.tickets[0], body, at=AT)

    assert casting.cast_ballot(vote.tickets[0], body, at=AT) == first
    assert WaitingBallot.objects.count() == 1


def test_the_same_ballot_gets_its_receipt_also_when_it_stands_on_the_board() -> None:
    vote = voting.online()
    body = vote.ballot(0)
    first = casting.cast_ballot(vote.tickets[0], body, at=AT)
    for voter in range(1, 5):
        cast(vote, voter)
    assert board.write_head(vote.vote.pk, at=AT) is not None

    assert casting.cast_ballot(vote.tickets[0], body, at=AT) == first
    assert not WaitingBallot.objects.exists()


def test_who_votes_again_is_counted_by_the_last() -> None:
    vote = voting.online()
    cast(vote, 0, answer=0)
    last = cast(vote, 0, answer=2)
    for voter in range(1, 5):
        cast(vote, voter)
    board.write_head(vote.vote.pk, at=AT)
    again = cast(vote, 0, answer=1)

    assert WaitingBallot.objects.get().n == 3
    assert list(WaitingBallot.objects.values_list("body", flat=True)) == [again]
    found = archive(vote)
    assert found.count(b'"type":"Ballot"') == 6
    public = credential_hash(voting.ceremony().public(0)).hex()
    heights = list(BoardBallot.objects.filter(public=public).order_by("height"))
    assert heights[-1].hash == sha256_hex(last)


def test_one_ticket_takes_one_code() -> None:
    vote = voting.online()
    cast(vote, 0)

    other = vote.ballot(1)
    assert refused(lambda: casting.cast_ballot(vote.tickets[0], other, at=AT)) == (
        "ticket-has-another-code"
    )


def test_one_code_serves_one_ticket() -> None:
    vote = voting.online()
    cast(vote, 0)

    other = vote.ballot(0)
    assert refused(lambda: casting.cast_ballot(vote.tickets[1], other, at=AT)) == (
        "code-has-another-ticket"
    )


def test_two_who_have_voted_cannot_exchange_their_codes() -> None:
    vote = voting.online()
    cast(vote, 0)
    cast(vote, 1)

    other = vote.ballot(1)
    assert refused(lambda: casting.cast_ballot(vote.tickets[0], other, at=AT)) == (
        "ticket-has-another-code"
    )


def test_who_stole_only_one_of_both_casts_nothing() -> None:
    vote = voting.online()
    body = vote.ballot(0)

    assert refused(lambda: casting.cast_ballot(voting.ticket(9999), body, at=AT)) == (
        "ticket-unknown"
    )
    Credential.objects.filter(public=credential_hash(voting.ceremony().public(0)).hex()).delete()
    assert refused(lambda: casting.cast_ballot(vote.tickets[0], body, at=AT)) == "code-unknown"


def test_a_void_code_casts_nothing() -> None:
    vote = voting.online()
    Credential.objects.update(is_void=True)
    body = vote.ballot(0)

    assert refused(lambda: casting.cast_ballot(vote.tickets[0], body, at=AT)) == "code-unknown"


def test_who_was_given_a_paper_casts_nothing_online() -> None:
    vote = voting.online()
    Right.objects.filter(voter=vote.voters[0]).update(channel="paper")
    body = vote.ballot(0)

    assert refused(lambda: casting.cast_ballot(vote.tickets[0], body, at=AT)) == "voted-otherwise"


@pytest.mark.parametrize("field", ["election_uuid", "credential", "signature", "answers"])
def test_a_ballot_that_was_changed_anywhere_is_refused(field: str) -> None:
    vote = voting.online()
    value = read_canonical_json(vote.ballot(0))
    other = read_canonical_json(vote.ballot(1))
    value[field] = "11111111111111" if field == "election_uuid" else other[field]

    assert (
        refused(
            lambda: casting.cast_ballot(vote.tickets[0], canonical_json(value), at=AT),
        )
        == "ballot-wrong"
    )


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff\0", b"9" * (casting.LARGEST_BALLOT + 1)]
)
def test_what_is_no_ballot_is_refused_in_one_way(body: bytes) -> None:
    vote = voting.online()
    assert refused(lambda: casting.cast_ballot(vote.tickets[0], body, at=AT)) == "ballot-wrong"


def test_an_unknown_ticket_costs_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    vote = voting.online()
    checked: list[bytes] = []
    monkeypatch.setattr(casting, "check_ballot", lambda _election, body: checked.append(body))

    with pytest.raises(Refused):
        casting.cast_ballot(voting.ticket(9999), vote.ballot(0), at=AT)

    assert checked == []


def test_at_the_second_of_the_end_it_is_too_late() -> None:
    vote = voting.online()
    body = vote.ballot(0)

    assert refused(lambda: casting.cast_ballot(vote.tickets[0], body, at=END)) == "vote-closed"
    casting.cast_ballot(vote.tickets[0], body, at=END - timedelta(microseconds=1))


def test_nobody_votes_while_the_election_stands_still() -> None:
    vote = voting.online()
    given.suspended(vote.election, at=AT)
    body = vote.ballot(0)

    assert refused(lambda: casting.cast_ballot(vote.tickets[0], body, at=AT)) == "vote-not-open"


def test_a_request_that_began_before_the_closing_still_counts() -> None:
    vote = voting.online()
    close(vote)
    early, late = vote.ballot(0), vote.ballot(1)

    casting.cast_ballot(vote.tickets[0], early, at=AT - timedelta(milliseconds=1))
    assert refused(lambda: casting.cast_ballot(vote.tickets[1], late, at=AT)) == "vote-closed"


# Heads


def test_a_head_waits_for_five_credentials() -> None:
    vote = voting.online()
    for voter in range(4):
        cast(vote, voter)
    cast(vote, 0)

    assert board.write_head(vote.vote.pk, at=AT) is None
    cast(vote, 4)
    head = board.write_head(vote.vote.pk, at=AT)
    assert head is not None
    assert json.loads(head.statement)["hour"] == "2024-09-12T06:00:00+00:00"
    assert not WaitingBallot.objects.exists()


def test_what_is_published_at_heads_is_verified_by_whoever_has_the_key() -> None:
    vote = voting.online()
    for voter in range(5):
        cast(vote, voter)
    board.write_head(vote.vote.pk, at=AT)
    for voter in range(5, VOTERS):
        cast(vote, voter)
    close(vote)
    board.end_ballots(vote.vote.pk, at=AT + board.GRACE)

    report = checked(vote)

    assert report.verified, [check for check in report.checks if check.ok is False]
    assert report.ballots == VOTERS
    assert not report.complete  # nobody has opened it


def test_a_head_writes_rights_and_credentials_anew_and_changes_nothing_in_them() -> None:
    vote = voting.online()
    for voter in range(5):
        cast(vote, voter)
    rights = {(row.pk, row.voter_id, row.channel, row.bind) for row in Right.objects.all()}
    owned = {(row.pk, row.public, row.owner) for row in Credential.objects.all()}

    board.write_head(vote.vote.pk, at=AT)

    after = {(row.pk, row.voter_id, row.channel, row.bind) for row in Right.objects.all()}
    assert {row[1:] for row in after} == {row[1:] for row in rights}
    assert not {row[0] for row in after} & {row[0] for row in rights}
    owned_after = {(row.pk, row.public, row.owner) for row in Credential.objects.all()}
    assert {row[1:] for row in owned_after} == {row[1:] for row in owned}
    assert len(owned_after) == VOTERS + SPARES


def test_the_journal_has_a_row_for_a_head_and_says_about_how_many() -> None:
    vote = voting.online()
    for voter in range(6):
        cast(vote, voter)
    length = length_and_last_hash()[0]

    board.write_head(vote.vote.pk, at=AT)

    assert length_and_last_hash()[0] == length + 1

    newest = list(entries_of(vote.election.chapter))[-1]
    assert newest.event == "board.head_written"
    assert json.loads(json.dumps(newest.after)) == {"number": 1, "about": 0}


# The end


def test_the_end_waits_for_requests_under_way_and_comes_once() -> None:
    vote = voting.online()
    cast(vote, 0)
    pk = vote.vote.pk
    assert refused(lambda: board.end_ballots(pk, at=AT)) == "vote-not-closing"
    close(vote)
    assert refused(lambda: board.end_ballots(pk, at=AT + timedelta(seconds=59))) == (
        "requests-under-way"
    )

    assert board.end_ballots(pk, at=AT + board.GRACE) is not None
    assert board.end_ballots(pk, at=AT + board.GRACE) is None
    assert archive(vote).count(b'"type":"EndBallots"') == 1


def test_after_the_end_nothing_is_bound_and_the_numbers_agree() -> None:
    vote = voting.online()
    for voter in range(3):
        cast(vote, voter)
    close(vote)
    board.end_ballots(vote.vote.pk, at=AT + board.GRACE)

    assert set(Right.objects.values_list("bind", flat=True)) == {""}
    assert set(Credential.objects.values_list("owner", flat=True)) == {""}
    assert Right.objects.filter(channel="online").count() == 3


def test_a_vote_in_which_nobody_voted_ends_too() -> None:
    vote = voting.online()
    close(vote)
    board.end_ballots(vote.vote.pk, at=AT + board.GRACE)

    assert checked(vote).verified


# What joins


def test_no_value_stands_in_two_tables_and_no_secret_in_any() -> None:
    vote = voting.online()
    for voter in range(4):
        cast(vote, voter)

    bound = set(Right.objects.exclude(bind="").values_list("bind", flat=True))
    owned = set(Credential.objects.exclude(owner="").values_list("owner", flat=True))
    assert len(bound) == len(owned) == 4
    assert not bound & owned
    stored = "\n".join(
        str(row)
        for model in apps.get_models()
        if model._meta.managed
        for row in model._base_manager.values_list()
    )
    for secret in (*vote.tickets, *voting.ceremony().codes):
        assert secret not in stored


def test_a_vote_is_set_up_once() -> None:
    vote = voting.online()
    keys = voting.ceremony()
    files = board.Files(keys.election.raw, keys.trustees_raw, keys.credentials_raw, keys.names_file)
    with pytest.raises(Refused, match="set-up-already"):
        board.set_up_vote(vote.vote.round, files=files, voters=vote.voters, at=AT)
    assert OnlineVote.objects.count() == 1
