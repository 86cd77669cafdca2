"""The booth's page, and what it asks: opened by the ticket in the body, and by nothing else (16.6, 16.7)."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.elections.actions import board, casting
from okil.areas.elections.models import Right, WaitingBallot
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import voting
from okil.areas.elections.wording.booth import WORDS
from okil.foundation.audit import length_and_last_hash
from okil.foundation.web.tests.pages import read
from okil.pure.ballots.statements import read_receipt, require_signed
from okil.pure.encoding import base64_text, canonical_json
from okil.pure.rules.stages import Stage, State
from okil.pure.rules.tickets import shown_ticket

pytestmark = pytest.mark.django_db
END = given.DATES[Stage.VOTING][1]


@pytest.fixture(autouse=True)
def _the_vote_is_open(_it_is_august: None) -> None:
    given.it_is(voting.AT)


def ask(what: str, client: Client | None = None, **body: Any) -> Any:
    asking = client or Client(enforce_csrf_checks=True)
    return asking.post(reverse(what), json.dumps(body), content_type="application/json")


def told(response: HttpResponse) -> dict[str, Any]:
    return {"status": response.status_code, **json.loads(response.content)}


def test_the_page_is_the_same_for_everybody_and_leaves_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(reverse("booth"))

    assert list(read(response).problems()) == []
    assert response.cookies == {}
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "connect-src 'self'" in response["Content-Security-Policy"]
    assert "form-action 'none'" in response["Content-Security-Policy"]
    assert len(queries) <= 3


def test_the_page_has_every_word_in_three_languages() -> None:
    text = Client().get(reverse("booth")).content.decode()

    for key in WORDS:
        assert text.count(f'data-word="{key}"') == 3


def test_a_ticket_opens_the_booth_however_it_is_typed() -> None:
    vote = voting.online()

    found = told(ask("booth_open", ticket=shown_ticket(vote.tickets[0]).lower()))

    assert found["status"] == 200
    assert found["election"].encode() == voting.ceremony().election.raw
    assert found["names"].encode() == voting.ceremony().names_file
    assert found["key"] == base64_text(board.signing_key().public_key().public_bytes_raw())
    assert set(found["closes"]) == {"kk", "ru", "en"}
    assert (found["used"], found["head"], found["rehearsal"]) == (False, 0, False)
    assert found["group"] == dict(vote.election.group.public_name)


def test_a_ballot_is_cast_and_its_receipt_is_signed() -> None:
    vote = voting.online()
    rows = length_and_last_hash()

    response = ask("booth_cast", ticket=vote.tickets[0], ballot=vote.ballot(0).decode())

    assert response.status_code == 200, response.content
    receipt = read_receipt(canonical_json(json.loads(response.content)))
    require_signed(receipt, board.signing_key().public_key(), where="receipt")
    assert WaitingBallot.objects.count() == 1
    assert (response.cookies, length_and_last_hash()) == ({}, rows)
    assert told(ask("booth_open", ticket=vote.tickets[0]))["used"] is True
    assert told(ask("booth_open", ticket=vote.tickets[1]))["used"] is False


def test_the_same_ballot_sent_again_is_stored_once() -> None:
    vote = voting.online()
    ballot = vote.ballot(0).decode()

    first, second = (
        told(ask("booth_cast", ticket=vote.tickets[0], ballot=ballot)) for _ in range(2)
    )

    assert first == second
    assert WaitingBallot.objects.count() == 1


@pytest.mark.parametrize("what", ["booth_open", "booth_cast"])
def test_every_unknown_ticket_gets_the_same_answer(what: str) -> None:
    voting.online()
    unknown: list[Any] = [voting.ticket(9999), "", "x", "\ud800", None, 7, ["a"]]

    answers = {ask(what, ticket=ticket, ballot="{}").content for ticket in unknown}
    answers.add(Client().post(reverse(what), b"\xff", content_type="application/json").content)
    answers.add(Client().post(reverse(what), b"[" * 900, content_type="application/json").content)

    assert len(answers) == 1
    assert json.loads(answers.pop())["code"] == "ticket-unknown"
    assert not WaitingBallot.objects.exists()


def test_a_refusal_is_said_in_the_language_of_the_booth() -> None:
    said = {
        language: told(ask("booth_open", ticket="x", language=language))["sentence"]
        for language in ("kk", "ru", "en")
    }
    assert len(set(said.values())) == 3
    assert told(ask("booth_open", ticket="x", language="../xx"))["status"] == 403


def test_what_is_no_ballot_is_refused_and_too_much_is_not_read() -> None:
    vote = voting.online()
    ticket = vote.tickets[0]

    for ballot in ("", "{}", "9" * (casting.LARGEST_BALLOT + 1)):
        found = told(ask("booth_cast", ticket=ticket, ballot=ballot))
        assert (found["status"], found["code"]) == (422, "ballot-wrong")
    found = told(ask("booth_cast", ticket=ticket, ballot="9" * 2**22))
    assert (found["status"], found["code"]) == (422, "ballot-wrong")


def test_whoever_took_a_paper_cannot_open_the_booth() -> None:
    vote = voting.online()
    Right.objects.filter(voter=vote.voters[0]).update(channel="paper")

    assert told(ask("booth_open", ticket=vote.tickets[0]))["code"] == "voted-otherwise"


def test_at_the_second_of_the_end_the_booth_is_closed() -> None:
    vote = voting.online()
    ballot = vote.ballot(0).decode()
    given.it_is(END)

    assert told(ask("booth_open", ticket=vote.tickets[0]))["code"] == "vote-closed"
    assert told(ask("booth_cast", ticket=vote.tickets[0], ballot=ballot))["code"] == "vote-closed"


def test_nothing_of_a_cast_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    vote = voting.online()
    caplog.set_level(logging.DEBUG)
    ballot = vote.ballot(0).decode()

    for ticket in (vote.tickets[0], vote.tickets[1], "x"):
        ask("booth_cast", ticket=ticket, ballot=ballot)

    heard = "\n".join(record.getMessage() for record in caplog.records if "sql" not in record.msg)
    assert vote.tickets[0] not in heard
    assert ballot[:40] not in heard


@pytest.mark.parametrize("what", ["booth_open", "booth_cast"])
def test_no_address_takes_a_ticket_in_its_query(what: str) -> None:
    vote = voting.online()

    assert Client().get(reverse(what), {"ticket": vote.tickets[0]}).status_code == 405


def test_the_own_page_leads_to_the_booth_while_the_vote_goes_on() -> None:
    vote = voting.online()
    given.it_is(voting.AT)

    page = Client().post(reverse("my"), {"ticket": vote.tickets[0]}).content.decode()

    assert f'href="{reverse("booth")}#{shown_ticket(vote.tickets[0])}"' in page
    given.moved_to(State.COUNTING, vote.election)
    given.it_is(given.ENTERED[State.COUNTING])
    page = Client().post(reverse("my"), {"ticket": vote.tickets[0]}).content.decode()
    assert reverse("booth") not in page
