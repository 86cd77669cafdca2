"""Partners are asked in writing, each letter a numbered paper, and their answers are kept."""

from __future__ import annotations

from datetime import date

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import partners
from okil.areas.elections.documents.partners import LETTER
from okil.areas.elections.models import Election, PartnerLetter
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers as given_officers
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of
from okil.foundation.documents import issued_of
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
AT = given.moment(8, 16, 6)
TODAY = date(2024, 8, 16)


def reply(letter: PartnerLetter, said: str, on: date = TODAY) -> PartnerLetter:
    return partners.record_reply(
        letter.pk,
        reply=said,
        replied_on=on,
        actor=given.organiser_of(letter.election),
        at=AT,
    )


def test_a_letter_is_issued_as_a_numbered_paper_at_once() -> None:
    election = given.election()

    letter = given_officers.letter(election, function="observers", at=AT)

    (issued,) = issued_of(letter, LETTER)
    assert issued.number_shown == "1/2024"
    assert {(f.audience, f.language, f.format) for f in issued.files.all()} == {
        ("internal", language, form) for language in ("ru", "kk", "en") for form in ("pdf", "html")
    }
    row = history_of(letter).get()
    assert (row.event, row.after) == ("letter.written", {"function": "observers"})


def test_a_second_press_of_the_button_asks_nobody_twice() -> None:
    election = given.election()
    letter = given_officers.letter(election, at=AT)

    with pytest.raises(Refused) as refusal:
        given_officers.letter(election, at=AT)
    assert refusal.value.code == "letter-written"
    reply(letter, "declined")
    again = given_officers.letter(election, at=AT)

    assert list(election.partner_letters.all()) == [letter, again]


def test_an_answer_cannot_be_asked_for_a_day_that_is_over() -> None:
    with pytest.raises(Refused) as refusal:
        given_officers.letter(given.election(), answer_by=date(2024, 8, 15), at=AT)

    assert refusal.value.code == "answer-by-past"


def test_the_answer_is_kept_and_corrected_on_the_record() -> None:
    letter = given_officers.letter(given.election(), at=AT)

    reply(letter, "declined")
    with pytest.raises(Refused) as refusal:
        reply(letter, "declined")
    assert refusal.value.code == "answered-already"
    reply(letter, "accepted")

    letter.refresh_from_db()
    assert (letter.reply, letter.replied_on) == ("accepted", TODAY)
    assert [row.before for row in history_of(letter)] == [
        None,
        {"reply": "none"},
        {"reply": "declined"},
    ]


def test_an_answer_has_not_come_tomorrow() -> None:
    letter = given_officers.letter(given.election(), at=AT)

    with pytest.raises(Refused) as refusal:
        reply(letter, "accepted", date(2024, 8, 17))

    assert refusal.value.code == "reply-in-the-future"


def test_only_the_organiser_and_the_secretariat_write() -> None:
    election = given.election()
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))

    def write(actor: User, election: Election) -> PartnerLetter:
        return partners.write_letter(
            election.pk,
            function="commission",
            organisation="Фонд «Бұлақ»",
            answer_by=TODAY,
            actor=actor,
            at=AT,
        )

    for role in (RoleName.COMMISSIONER, RoleName.OBSERVER):
        with pytest.raises(Refused) as refusal:
            write(given.officer_of(role, election), election)
        assert refusal.value.code == "not-allowed"
    with pytest.raises(Refused):
        write(neighbour, election)
    assert write(given.secretariat(), election).organisation == "Фонд «Бұлақ»"
