"""From the codes to the open count: what voters chose comes out, and what is wrong stays out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import tasks
from okil.areas.elections.actions import board, opening, registration, vote_setup
from okil.areas.elections.models import CodeList, Election, OnlineVote, Opening
from okil.areas.elections.queries import voting as queries
from okil.areas.elections.queries.ceremonies import ceremony_of
from okil.areas.elections.queries.voters import roll_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import ceremonies, voting
from okil.areas.elections.tests.given.ceremonies import AT, Browser
from okil.pure.ballots.credentials import (
    credentials_record,
    public_credential,
    secret_of,
)
from okil.pure.ballots.examination import Given
from okil.pure.ballots.names import read_names
from okil.pure.ballots.verify import verify
from okil.pure.encoding import canonical_json, read_canonical_json
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
VOTE_AT = voting.AT
CLOSED_AT = given.ENTERED[State.COUNTING]


def refused(act: Callable[[], object]) -> str:
    before = Opening.objects.count(), OnlineVote.objects.count(), CodeList.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    now = Opening.objects.count(), OnlineVote.objects.count(), CodeList.objects.count()
    assert now == before
    return refusal.value.code


def ready() -> tuple[Election, list[Browser]]:
    """The key is made; codes are not."""
    election = ceremonies.election()
    return election, ceremonies.key_made(election)


def voted(*answers: int) -> tuple[Election, list[Browser], OnlineVote]:
    """Voters in the order of the roll chose these places of the paper (0: none of them), in one hour."""
    election, members = ready()
    codes = ceremonies.codes_handed_in(election)
    vote = ceremonies.frozen(election)
    making.ballots_ready(election)
    given.moved_to(State.VOTING, election)
    for place, (voter, answer) in enumerate(
        zip(roll_of(given.round_of(election)), answers, strict=False)
    ):
        ticket = voting.ticket(voter.number)
        registration.renew_ticket(
            voter.pk, reason="lost", ticket=ticket, actor=given.organiser_of(election), at=VOTE_AT
        )
        bits = [int(answer == n) for n in range(4)]
        ceremonies.cast(vote, ticket, codes[place], [bits], at=VOTE_AT)
    return election, members, vote


def closed(*answers: int) -> tuple[list[Browser], OnlineVote]:
    election, members, vote = voted(*answers)
    given.moved_to(State.COUNTING, election)
    given.it_is(CLOSED_AT + board.GRACE)
    board.end_ballots(vote.pk, at=CLOSED_AT + board.GRACE)
    opening.add_tally(vote.pk, at=CLOSED_AT + board.GRACE)
    return members, OnlineVote.objects.get(pk=vote.pk)


# Codes and setup


def test_the_list_has_a_code_for_each_voter_and_a_tenth_more() -> None:
    election, _members = ready()
    ceremonies.codes_handed_in(election)

    listed = CodeList.objects.get()
    assert (listed.codes, listed.spares) == (ceremonies.VOTERS + 3, 3)


def list_of(election: Election, count: int, *, uuid: str = "") -> bytes:
    held = ceremony_of(given.round_of(election))
    assert held is not None
    codes = ceremonies.codes(count)
    return credentials_record([public_credential(secret_of(c, uuid or held.uuid)) for c in codes])


@pytest.mark.parametrize("count", [ceremonies.VOTERS, ceremonies.VOTERS + 2, ceremonies.VOTERS + 4])
def test_a_list_with_another_number_of_codes_is_refused(count: int) -> None:
    election, _members = ready()
    content = list_of(election, count)
    maker = ceremonies.code_maker(election)

    assert (
        refused(lambda: vote_setup.hand_in_codes(election.pk, content=content, actor=maker, at=AT))
        == "codes-too-few"
    )


@pytest.mark.parametrize("spoil", ["unsorted", "twice", "weights", "outside", "text"])
def test_a_list_that_is_not_as_it_must_be_is_refused(spoil: str) -> None:
    election, _members = ready()
    listed = read_canonical_json(list_of(election, ceremonies.VOTERS + 3))
    content = {
        "unsorted": listed[::-1],
        "twice": [listed[0], *listed[:-1]],
        "weights": [f"{each},2" for each in listed],
        "outside": sorted(["2", *listed[1:]], key=int),
        "text": "codes",
    }[spoil]
    maker = ceremonies.code_maker(election)

    assert (
        refused(
            lambda: vote_setup.hand_in_codes(
                election.pk, content=canonical_json(content), actor=maker, at=AT
            )
        )
        == "codes-wrong"
    )


def test_only_the_code_maker_makes_codes_and_never_a_key_holder() -> None:
    election, members = ready()
    content = list_of(election, ceremonies.VOTERS + 3)

    def by(actor: object) -> str:
        return refused(
            lambda: vote_setup.hand_in_codes(
                election.pk,
                content=content,
                actor=actor,  # type: ignore[arg-type]  # a user
                at=AT,
            )
        )

    assert by(members[0].user) == "not-the-code-maker"
    assert by(given.organiser_of(election)) == "not-the-code-maker"


def test_setup_needs_key_and_codes_and_comes_once() -> None:
    election = ceremonies.election()
    assert refused(lambda: ceremonies.frozen(election)) == "key-missing"
    ceremonies.key_made(election)
    assert refused(lambda: ceremonies.frozen(election)) == "codes-missing"
    ceremonies.codes_handed_in(election)
    ceremonies.frozen(election)
    assert refused(lambda: ceremonies.frozen(election)) == "set-up-already"


def test_the_archive_names_nobody_and_the_names_file_everybody_in_three_languages() -> None:
    election, _members = ready()
    ceremonies.codes_handed_in(election)
    vote = ceremonies.frozen(election)

    read = queries.election_of(vote)
    assert read.name == f"G-{election.pk:02}"
    (question,) = read.questions
    assert (question.title, question.answers, question.blank) == ("1", ("1", "2", "3"), True)
    names = read_names(read, bytes(vote.names))
    assert names.of(0, 0, "ru") == names.of(0, 0, "ru")
    assert str(names.of(0, 0, "ru")).startswith("№")
    assert str(names.of(0, None, "kk")) != str(names.of(0, None, "ru"))


# The count


def test_what_the_voters_chose_comes_out_and_anybody_can_check_it() -> None:
    members, vote = closed(1, 1, 2, 3, 1, 0)

    members[0].open(vote)
    assert OnlineVote.objects.get().result is None
    members[2].open(vote)

    vote.refresh_from_db()
    assert vote.result == [[1, 3, 1, 1]]
    heads = queries.heads_of(vote)
    told = Given(
        heads=heads,
        key=board.signing_key().public_key(),
        names=bytes(vote.names),
    )
    report = verify(BytesIO(b"".join(queries.archive_of(vote))), told)
    assert report.complete, [check for check in report.checks if not check.ok]
    assert report.result == vote.result


def test_who_voted_again_is_counted_once() -> None:
    election, members, vote = voted(1, 1, 1)
    voter = roll_of(given.round_of(election))[0]
    codes = ceremonies.codes(ceremonies.VOTERS + 3)
    ceremonies.cast(vote, voting.ticket(voter.number), codes[0], [[0, 0, 0, 1]], at=VOTE_AT)
    given.moved_to(State.COUNTING, election)
    board.end_ballots(vote.pk, at=CLOSED_AT + board.GRACE)
    opening.add_tally(vote.pk, at=CLOSED_AT + board.GRACE)
    vote.refresh_from_db()
    for member in members[:2]:
        member.open(vote)

    vote.refresh_from_db()
    assert vote.result == [[0, 2, 0, 1]]


def test_where_nobody_voted_online_the_count_opens_to_nothing() -> None:
    members, vote = closed()
    for member in members[1:]:
        member.open(vote)

    vote.refresh_from_db()
    assert vote.result == [[0, 0, 0, 0]]


def test_nothing_is_opened_before_the_end() -> None:
    _election, members, vote = voted(1, 2)
    assert refused(lambda: opening.add_tally(vote.pk, at=VOTE_AT)) == "vote-not-closed"
    assert (
        refused(
            lambda: opening.hand_in_opening(
                vote.pk, partial=b"{}", actor=members[0].user, at=VOTE_AT
            )
        )
        == "vote-not-closed"
    )


@pytest.mark.parametrize("partial", [b"", b"{}", b"[]", b"\xff"])
def test_what_is_no_part_of_an_opening_is_refused(partial: bytes) -> None:
    members, vote = closed(1)
    assert (
        refused(
            lambda: opening.hand_in_opening(
                vote.pk, partial=partial, actor=members[0].user, at=CLOSED_AT
            )
        )
        == "opening-wrong"
    )


def test_nobody_gives_anothers_part_or_the_own_twice() -> None:
    members, vote = closed(1)
    others = members[1].partial(vote)

    def by_the_first(partial: bytes) -> str:
        return refused(
            lambda: opening.hand_in_opening(
                vote.pk, partial=partial, actor=members[0].user, at=CLOSED_AT
            )
        )

    assert by_the_first(others) == "opening-wrong"
    members[0].open(vote)
    assert by_the_first(members[0].partial(vote)) == "opened-already"


def test_an_officer_without_a_part_opens_nothing() -> None:
    members, vote = closed(1)
    other = bodies.officer(RoleName.OBSERVER, vote.round.election.group)
    assert (
        refused(
            lambda: opening.hand_in_opening(
                vote.pk, partial=members[0].partial(vote), actor=other, at=CLOSED_AT
            )
        )
        == "not-a-key-holder"
    )


def test_a_third_part_comes_too_late_for_a_count_that_is_open() -> None:
    members, vote = closed(1)
    for member in members[:2]:
        member.open(vote)
    assert refused(lambda: members[2].open(vote)) == "opened-already"


@pytest.mark.django_db(transaction=True)
@pytest.mark.one_database
def test_the_task_of_the_closing_may_come_twice() -> None:
    election, _members, vote = voted(1, 2)
    given.moved_to(State.COUNTING, election)
    given.it_is(CLOSED_AT + board.GRACE + timedelta(seconds=1))

    tasks.end_ballots(vote.pk)
    tasks.end_ballots(vote.pk)

    archive = b"".join(queries.archive_of(OnlineVote.objects.get()))
    assert archive.count(b'"type":"EncryptedTally"') == 1
