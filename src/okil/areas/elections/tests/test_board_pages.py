"""The board: what everybody fetches checks out, and of what waits for a head nothing shows."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import board, casting
from okil.areas.elections.models import CodeList, Credential, Election, OnlineVote
from okil.areas.elections.queries import board as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voting
from okil.areas.elections.tests.given.voting import AT, Vote
from okil.areas.elections.tests.test_opening import closed
from okil.foundation.web.tests.pages import Page, read
from okil.pure.ballots.credentials import credential_hash, credential_texts
from okil.pure.ballots.examination import Given, Report
from okil.pure.ballots.statements import read_public_key
from okil.pure.ballots.verify import verify
from okil.pure.encoding import base64_text, sha256_hex

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
FILES = ("heads.json", "names.json", "void.json", "key.txt", "trackers.txt")
HOUR = timedelta(hours=1)


def cast(vote: Vote, *voters: int) -> None:
    for voter in voters:
        casting.cast_ballot(vote.tickets[voter], vote.ballot(voter), at=AT)


def headed(vote: Vote, hours: int = 1) -> None:
    board.write_head(vote.vote.pk, at=AT + hours * HOUR)


def address(name: str, vote: OnlineVote, *more: str) -> str:
    election = vote.round.election
    return reverse(name, args=[election.cycle.year, election.group.slug, *more])


def fetched(vote: OnlineVote, name: str) -> bytes:
    response = Client().get(address("group_board_file", vote, vote.uuid, name))
    assert response.status_code == 200
    return response.content


def archive(vote: OnlineVote) -> bytes:
    response = Client().get(address("group_board_archive", vote, vote.uuid))
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert len(content) == int(response["Content-Length"])
    return content


def page(vote: OnlineVote, language: str = "en") -> Page:
    path = address("group_board", vote).replace("/ru/", f"/{language}/", 1)
    return read(Client().get(path))


def checked(vote: OnlineVote, **more: Any) -> Report:
    files = {name: fetched(vote, f"{name}.json") for name in ("names", "heads", "void")}
    key = read_public_key(fetched(vote, "key.txt").decode().strip())
    with BytesIO(archive(vote)) as stream:
        return verify(stream, Given(**{**files, **more}, key=key))


def all_that_is_shown(vote: OnlineVote) -> list[bytes]:
    found = Client().get(address("group_board", vote)).content
    return [found, archive(vote), *(fetched(vote, name) for name in FILES)]


# What shows


def test_between_heads_nothing_of_waiting_ballots_shows_anywhere() -> None:
    vote = voting.online()
    cast(vote, 0, 1, 2, 3, 4)
    headed(vote)
    before = all_that_is_shown(vote.vote)

    cast(vote, 5, 6, 7)
    cast(vote, 0)

    assert all_that_is_shown(vote.vote) == before


def test_fewer_than_five_wait_unseen_for_another_hour() -> None:
    vote = voting.online()
    before = all_that_is_shown(vote.vote)

    cast(vote, 0, 1, 2, 3)
    headed(vote)

    assert all_that_is_shown(vote.vote) == before


def test_after_a_head_its_ballots_are_counted_and_listed() -> None:
    vote = voting.online()
    bodies_cast = [vote.ballot(0), vote.ballot(0), *(vote.ballot(n) for n in range(1, 5))]
    for voter, body in zip((0, 0, 1, 2, 3, 4), bodies_cast, strict=True):
        casting.cast_ballot(vote.tickets[voter], body, at=AT)
    headed(vote)

    lines = [line.split("\t") for line in fetched(vote.vote, "trackers.txt").decode().splitlines()]
    names = [base64_text(bytes.fromhex(sha256_hex(body))) for body in bodies_cast]
    head = queries.last_head(vote.now())
    assert (head.number, head.ballots, head.voters) == (1, 6, 5)
    assert {each: what for each, _head, what in lines} == {
        name: "replaced" if place == 0 else "counts" for place, name in enumerate(names)
    }
    assert {head for _each, head, _what in lines} == {"head 1"}


def test_the_files_pass_the_checks_at_every_head() -> None:
    vote = voting.online()
    assert checked(vote.vote).verified
    cast(vote, 0, 1, 2, 3, 4)
    headed(vote)

    report = checked(vote.vote)

    assert (report.verified, report.complete, report.ballots) == (True, False, 5)
    assert [each for each in report.warnings if each != "receipt-not-checked"] == []


def test_the_archive_of_a_later_head_continues_the_one_before(tmp_path: Path) -> None:
    vote = voting.online()
    cast(vote, 0, 1, 2, 3, 4)
    headed(vote)
    old, new = tmp_path / "old.bel", tmp_path / "new.bel"
    old.write_bytes(archive(vote.vote))
    cast(vote, 3, 4, 5, 6, 7)
    headed(vote, 2)
    new.write_bytes(archive(vote.vote))

    assert compared(old, new) == 0
    assert compared(new, old) == 1


def compared(old: Path, new: Path) -> int:
    okil = Path(sys.executable).with_name("okil")
    return subprocess.run(
        [okil, "archive", "compare", old, new], capture_output=True, check=False
    ).returncode


def test_a_head_written_while_the_archive_is_fetched_does_not_lengthen_it() -> None:
    vote = voting.online()
    seen = vote.now()
    cast(vote, 0, 1, 2, 3, 4)
    headed(vote)

    assert len(b"".join(queries.archive_pieces(seen))) == queries.archive_size(seen)
    assert queries.archive_size(seen) < queries.archive_size(vote.now())


def test_a_void_code_stands_signed_in_the_list() -> None:
    vote = voting.online()
    _place, text = next(iter(credential_texts(bytes(vote.vote.credentials))))
    Credential.objects.filter(public=credential_hash(text).hex()).update(is_void=True)

    assert json.loads(fetched(vote.vote, "void.json"))["void"] == [text]
    assert checked(vote.vote).verified


def test_an_opened_count_stands_on_the_board_with_its_numbers() -> None:
    members, vote = closed(1, 1, 2, 0, 1)
    assert queries.state_of(vote) == "closed"
    assert queries.result_of(vote, "ru") == []
    for member in members[:2]:
        member.open(vote)
    vote.refresh_from_db()

    (contest,) = queries.result_of(vote, "ru")
    assert [votes for _number, _name, votes in contest.answers] == [3, 1, 0]
    assert all(name for _number, name, _votes in contest.answers)
    assert contest.blank == 1
    assert checked(vote).complete
    assert len(queries.fingerprints(vote).holders) == 3
    assert "The count is opened" in page(vote).text


def test_a_code_maker_who_organises_is_named_weaker() -> None:
    _members, vote = closed(1, 1, 2, 0, 1)
    assert queries.weaknesses_of(vote) == []
    maker = CodeList.objects.get().maker
    group = vote.round.election.group
    group.roles.filter(role=RoleName.ORGANISER, ends_at=None).update(person=maker.person)

    assert queries.weaknesses_of(vote) == ["code-maker-organises"]


# The pages


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_pages_are_light_and_sound(language: str) -> None:
    vote = voting.online()
    cast(vote, 0, 1, 2, 3, 4)
    headed(vote)
    for name in ("group_board", "verify", "verify_ballot"):
        path = reverse(name) if name.startswith("verify") else address(name, vote.vote)
        path = path.replace("/ru/", f"/{language}/", 1)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = Client().get(path)

        assert response.status_code == 200
        assert len(asked) <= MOST_QUERIES, name
        assert len(response.content) <= 100_000
        assert read(response).problems() == []
        assert read(response).language == language


def test_there_is_no_board_without_an_online_vote_and_no_file_of_another_name() -> None:
    vote = voting.online()
    alone = bodies.group(given.body())
    nobody = [vote.election.cycle.year, alone.slug]

    for path in (
        reverse("group_board", args=nobody),
        address("group_board_of", vote.vote, "nothing"),
        address("group_board_archive", vote.vote, "nothing"),
        address("group_board_file", vote.vote, vote.vote.uuid, "election.json"),
        address("group_board_file", vote.vote, vote.vote.uuid, "vote.bel"),
    ):
        assert Client().get(path).status_code == 404


def test_a_rehearsal_has_no_board() -> None:
    vote = voting.online()
    OnlineVote.objects.update(is_rehearsal=True)

    assert Client().get(address("group_board", vote.vote)).status_code == 404
    assert vote.vote.uuid not in read(Client().get(reverse("verify_ballot"))).text


def test_the_page_for_a_tracker_sends_nothing_and_works_without_scripts() -> None:
    vote = voting.online()

    shown = Client().get(reverse("verify_ballot")).content.decode()

    assert 'method="post"' not in shown
    assert " name=" not in shown.split("<form", 1)[1].split("</form>", 1)[0]
    assert address("group_board_file", vote.vote, vote.vote.uuid, "trackers.txt") in shown


# The check by the server


def check_address(election: Election) -> str:
    return reverse("board_check", args=[election.cycle.year, election.group.slug]).replace(
        "/ru/", "/en/", 1
    )


def test_the_commission_and_observers_run_the_ten_checks_here() -> None:
    vote = voting.online()
    cast(vote, 0, 1, 2, 3, 4)
    headed(vote)
    for role in ("commissioner", "observer"):
        client = given.browser_of(given.officer_of(role, vote.election))
        before = read(client.get(check_address(vote.election)))
        after = read(client.post(check_address(vote.election)))

        assert before.main.all("table") == []
        found = [row.all("span")[0].text for row in after.main.all("tr")[1:]]
        assert found == ["In order"] * 7 + ["Not reached yet"] * 3
        assert after.problems() == []
    for role in ("organiser", "secretariat"):
        client = given.browser_of(given.officer_of(role, vote.election))
        assert client.get(check_address(vote.election)).status_code == 404


def test_the_board_leads_only_those_to_the_check_who_may_run_it() -> None:
    vote = voting.online()
    board_page, check_page = address("group_board", vote.vote), "/board/check/"
    led = {
        role: check_page
        in given.browser_of(given.officer_of(role, vote.election)).get(board_page).content.decode()
        for role in ("commissioner", "observer", "organiser", "secretariat")
    }

    assert led == {
        "commissioner": True,
        "observer": True,
        "organiser": False,
        "secretariat": False,
    }
    assert check_page not in Client().get(board_page).content.decode()


def test_the_server_says_which_check_fails() -> None:
    vote = voting.online()
    cast(vote, 0, 1, 2, 3, 4)
    headed(vote)
    OnlineVote.objects.filter(pk=vote.vote.pk).update(names=b"[]")
    observer = given.browser_of(given.officer_of("observer", vote.election))

    shown = read(observer.post(check_address(vote.election)))

    assert "wrong-count" in shown.text
