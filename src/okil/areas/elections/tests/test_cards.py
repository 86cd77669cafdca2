"""Cards of trusted organisations: made, printed once, used once, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import cards as actions
from okil.areas.elections.actions import registration
from okil.areas.elections.models import Election, RollInvitation, Voter
from okil.areas.elections.queries.cards import Batch, batches_of, card_of, unused
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import cards as given_cards
from okil.areas.elections.tests.given import officers as given_officers
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES
from okil.areas.elections.tests.test_voters_pages import address, browser, registering
from okil.areas.elections.views import registration as registration_page
from okil.foundation.audit import entries_of
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused
from okil.pure.rules.cards import check_of_card, read_card, shown_card
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given_voters.ENTERED_AT
CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}\b")


def refusal_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def registered(election: Election, code: str, **said: Any) -> Voter:
    """By whoever holds the card."""
    return registration.register_voter(
        election.pk,
        facts=given_registration.facts(**said),
        once=f"once {code}",
        ticket=given_registration.ticket(),
        invitation=card_of(election, code),
        at=AT,
    )


# Making


def test_of_a_card_only_what_checks_it_is_stored() -> None:
    election = registering()

    codes = given_cards.made(election, 3)

    kept = list(RollInvitation.objects.values_list("check_of_secret", flat=True))
    assert sorted(kept) == sorted(map(check_of_card, codes))
    row = entries_of(election.chapter).last()
    assert row is not None
    assert (row.event, row.after) == ("cards.made", {"batch": 1, "count": 3})


def two_groups() -> tuple[Election, Election]:
    groups = [bodies.group(given.body()) for _each in range(2)]
    for group in groups:
        given.prepared(group)
    cycle = given.cycle(groups)
    one, other = (cycle.elections.get(group=group) for group in groups)
    return given_voters.promised(given.moved_to(State.REGISTRATION, one)), other


def test_a_code_finds_its_card_in_its_own_group_only() -> None:
    election, other = two_groups()
    (code,) = given_cards.made(election, 1)

    assert card_of(election, shown_card(code).lower()) == RollInvitation.objects.get()
    assert card_of(other, code) is None
    assert card_of(election, "") is card_of(election, "tea") is None


@pytest.mark.parametrize("number", [0, 201])
def test_a_batch_has_from_one_to_two_hundred_cards(number: int) -> None:
    election = registering()

    assert refusal_of(lambda: given_cards.made(election, number)) == "too-many-cards"
    assert not RollInvitation.objects.exists()


def test_only_the_organiser_makes_and_withdraws_cards() -> None:
    election = registering()
    given_cards.made(election, 1)

    for role in ("secretariat", "commissioner", "observer"):
        actor = given.officer_of(role, election)
        for act in (
            lambda actor=actor: actions.make_cards(
                election.pk, organisation="А", codes=["A"], actor=actor, at=AT
            ),
            lambda actor=actor: actions.withdraw_cards(election.pk, 1, actor=actor, at=AT),
        ):
            assert refusal_of(act) == "not-allowed"


def test_cards_are_made_while_registration_is_awaited() -> None:
    election = given_voters.promised(given.election(State.ANNOUNCED))

    assert len(given_cards.made(election)) == 3


def test_after_the_closing_no_card_is_made_or_withdrawn() -> None:
    election = registering()
    given_cards.made(election)
    given_voters.closed(election)

    assert refusal_of(lambda: given_cards.made(election)) == "registration-closed"
    assert refusal_of(lambda: given_cards.withdrawn(election)) == "registration-closed"


@pytest.mark.parametrize("state", ["preparation", "candidates_published"])
def test_before_the_announcement_and_after_registration_no_card_is_made(state: str) -> None:
    election = given_voters.promised(given.election(State(state)))

    assert refusal_of(lambda: given_cards.made(election)) == "not-in-registration"


# Using


def test_who_registers_with_a_card_is_vouched_for_by_its_organisation() -> None:
    election = registering()
    (code,) = given_cards.made(election, 1)

    voter = registered(election, code)

    assert (voter.source, voter.way, voter.organisation) == (
        "organisation",
        "invitation",
        given_cards.ORGANISATION,
    )


def test_a_card_registers_one_person() -> None:
    election = registering()
    one, other = given_cards.made(election, 2)
    registered(election, one)

    def again() -> Voter:
        return registration.register_voter(
            election.pk,
            facts=given_registration.facts(name="Клёнова Вера"),
            once="another form",
            ticket=given_registration.ticket(),
            invitation=card_of(election, one),
            at=AT,
        )

    assert refusal_of(again) == "card-used"
    assert registered(election, other, name="Клёнова Вера").number == 2


def test_of_a_batch_what_was_not_used_is_withdrawn_and_registers_nobody() -> None:
    election = registering()
    used, left, _third = given_cards.made(election)
    given_cards.made(election, 2, organisation="Фонд «Гүлдер»")
    voter = registered(election, used)

    assert given_cards.withdrawn(election) == 2

    assert refusal_of(lambda: registered(election, left)) == "card-used"
    assert Voter.objects.get().pk == voter.pk
    assert refusal_of(lambda: given_cards.withdrawn(election)) == "no-card-left"
    assert batches_of(election) == [
        Batch(2, "Фонд «Гүлдер»", AT, made=2, used=0, withdrawn=0),
        Batch(1, given_cards.ORGANISATION, AT, made=3, used=1, withdrawn=2),
    ]
    assert unused(election).count() == 2


# Pages


def test_the_sheet_shows_the_codes_once_and_only_behind_the_hash_of_an_address() -> None:
    election = registering()
    client = browser("organiser", election)

    sheet = client.post(address("cards", election), {"organisation": "Фонд «Дала»", "count": "5"})

    html = sheet.content.decode()
    codes = sorted(set(CODE.findall(html)))
    assert sheet.status_code == 200
    assert len(codes) == 5
    assert all(card_of(election, code) for code in codes)
    assert "no-store" in sheet["Cache-Control"]
    assert sheet["Referrer-Policy"] == "no-referrer"
    assert list(read(sheet).problems()) == []
    assert all(code not in link for code in codes for link in read(sheet).links.values())
    again = client.get(address("cards", election))
    assert CODE.findall(again.content.decode()) == []
    told = " ".join(str(row.after) for row in entries_of(election.chapter))
    assert [code for code in codes if read_card(code) in told or code in told] == []


def test_the_page_counts_each_batch_and_withdraws_what_is_left() -> None:
    election = registering()
    used, *_left = given_cards.made(election)
    registered(election, used)
    client = browser("organiser", election)

    with CaptureQueriesContext(connection) as queries:
        page = read(client.get(address("cards", election)))
    assert list(page.problems()) == []
    assert len(queries) <= MOST_QUERIES
    numbers = [cell.text for cell in page.main.all("td") if cell["class"] == "n"]
    assert numbers == ["3", "1", "0"]
    assert list(read(client.get(address("cards_withdraw", election, 1))).problems()) == []
    assert client.post(address("cards_withdraw", election, 1)).status_code == 302

    page = read(client.get(address("cards", election)))
    assert [cell.text for cell in page.main.all("td") if cell["class"] == "n"] == ["3", "1", "2"]
    assert client.get(address("cards_withdraw", election, 9)).status_code == 404
    assert client.post(address("cards_withdraw", election, 1)).status_code == 422


def test_partners_who_agreed_are_offered_as_organisations() -> None:
    election = registering()
    letter = given_officers.letter(election, at=AT)
    given_cards.made(election, organisation="Фонд «Гүлдер»")

    page = read(browser("organiser", election).get(address("cards", election)))

    offered = [option["value"] for option in page.main.all("option")]
    assert "Фонд «Гүлдер»" in offered
    assert (letter.organisation in offered) == (letter.reply == "accepted")


@pytest.mark.parametrize(
    "typed",
    [{}, {"organisation": "А"}, {"organisation": "А", "count": "0"}, {"count": "999999999999"},
     {"organisation": "А" * 201, "count": "2"}, {"organisation": "\0", "count": "x"}],
)  # fmt: skip
def test_what_cannot_be_made_is_said_beside_the_field(typed: dict[str, str]) -> None:
    election = registering()
    response = browser("organiser", election).post(address("cards", election), typed)

    assert response.status_code == 422
    assert list(read(response).problems()) == []
    assert not RollInvitation.objects.exists()


def test_nobody_else_has_these_pages() -> None:
    election = registering()
    given_cards.made(election)

    for role in ("secretariat", "commissioner", "observer"):
        client = browser(role, election)
        assert client.get(address("cards", election)).status_code == 404
        assert client.post(address("cards", election), {"count": "1"}).status_code == 404
        assert client.post(address("cards_withdraw", election, 1)).status_code == 404


# The form of whoever holds a card


def posted(election: Election, **said: str) -> Any:
    data = {"name": "Ромашкина Аида", "region": "KZ-71", "consent": "on", "once": "once", **said}
    return Client().post(reverse("register", args=[2024, election.group.slug]), data)


def test_where_there_are_no_cards_nobody_is_asked_for_one() -> None:
    election = given_registration.election("name_or_pseudonym", "region")
    form = reverse("register", args=[2024, election.group.slug])

    assert [e for e in read(Client().get(form)).main.all("input") if e["name"] == "card"] == []
    given_cards.made(election)
    page = read(Client().get(form))
    assert [e for e in page.main.all("input") if e["name"] == "card"] != []
    assert list(page.problems()) == []


def test_the_form_takes_a_card_once() -> None:
    election = given_registration.election("name_or_pseudonym", "region")
    (code,) = given_cards.made(election, 1)

    done = posted(election, card=shown_card(code).lower())
    again = posted(election, card=code, once="another", name="Клёнова Вера")

    assert (done.status_code, again.status_code) == (200, 422)
    assert code not in done.content.decode()
    voter = Voter.objects.get()
    assert (voter.way, voter.source) == ("invitation", "organisation")
    (field,) = (e for e in read(again).main.all("input") if e["name"] == "card")
    assert (field["value"], field["aria-invalid"]) == (code, "true")


@pytest.mark.parametrize("typed", ["tea", "0" * 20, "\ufeff", "x" * 5000, "А" * 20])
def test_a_code_of_no_card_is_refused_beside_the_field_and_nobody_is_registered(typed: str) -> None:
    election = given_registration.election("name_or_pseudonym", "region")
    given_cards.made(election)

    response = posted(election, card=typed)

    assert response.status_code == 422
    assert list(read(response).problems()) == []
    assert not Voter.objects.exists()


def test_whoever_has_a_card_need_not_say_why_they_belong_to_the_group() -> None:
    election = given_registration.of_persons()
    (code,) = given_cards.made(election, 1)
    said = {"contact": "через фонд", "basis": ""}

    without = posted(election, **said)
    done = posted(election, **said, card=code)

    assert without.status_code == 422
    (field,) = (e for e in read(without).main.all("textarea") if e["name"] == "basis")
    assert field["aria-invalid"] == "true"
    assert done.status_code == 200
    assert Voter.objects.get().source == "organisation"

    ticket = read(done).main.classed("tracker")[0].text
    saved = {**said, "ticket": ticket, "act": "save", "name": "Мята", "region": "KZ-75"}
    assert Client().post(reverse("my"), saved).status_code == 200
    assert Voter.objects.get().region == "KZ-75"


def test_a_card_registers_also_when_very_many_come_from_one_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(registration_page.REGISTERED, "register", "1/1h/ip")
    election = given_registration.election("name_or_pseudonym", "region")
    (code,) = given_cards.made(election, 1)
    assert posted(election).status_code == 200

    assert posted(election, once="2", name="Клёнова Вера").status_code == 422
    assert posted(election, once="3", name="Ивина Вера", card=code).status_code == 200
    assert posted(election, once="4", name="Липова Вера", card=code).status_code == 422
    assert Voter.objects.count() == 2
