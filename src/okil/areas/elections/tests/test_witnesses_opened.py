"""Whoever stands for the count reads who watched, and the journal says so."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from okil.areas.elections.actions.witnesses import open_witnesses
from okil.areas.elections.models import Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots, count, voters
from okil.areas.elections.wording.refusals import REFUSALS
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.foundation.web.tests.pages import Page, read
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db


def drawn() -> Election:
    """The order of the paper and a tie were drawn by lot, before the same witnesses."""
    election = count.in_counting(rules={"tie": "lot"})
    count.counted(election, {1: 5, 2: 5, 3: 2})
    count.tie_settled(election, [2, 1])
    given.it_is(count.AGREED_AT + given.HOUR)
    return election


def address(election: Election, name: str = "witnesses") -> str:
    return reverse(name, args=[election.cycle.year, election.group.slug])


def opened_by(client: Client, election: Election) -> Page:
    return read(client.post(address(election), follow=True))


@pytest.mark.parametrize("role", ["organiser", "commissioner"])
def test_the_names_are_opened_once_and_stand_in_the_journal(role: str) -> None:
    election = drawn()
    client = given.browser_of(given.officer_of(role, election))

    closed, named = read(client.get(address(election))), opened_by(client, election)

    assert named.problems() == closed.problems() == []
    assert named.main.text.count(ballots.WITNESSES) == 2  # of the paper, and of the tie
    assert not any(name in closed.main.text for name in ballots.WITNESS_SURNAMES)
    last, *before = list(entries_of(election.chapter).order_by("-number")[:3])
    assert (last.event, last.role) == ("count.witnesses_opened", role)
    assert last.after == {"draws": 1, "ties": 1}
    assert {each.event for each in before} == {"vault.opened"}
    again = read(client.get(address(election)))
    assert not any(name in again.main.text for name in ballots.WITNESS_SURNAMES)


@pytest.mark.parametrize("role", ["secretariat", "observer"])
def test_who_does_not_stand_for_the_count_has_no_such_page(role: str) -> None:
    election = drawn()
    before = length_and_last_hash()
    client = given.browser_of(given.officer_of(role, election))

    assert client.get(address(election)).status_code == 404
    assert client.post(address(election)).status_code == 404
    assert length_and_last_hash() == before


def test_whoever_has_not_promised_to_keep_it_is_told_and_reads_nothing() -> None:
    election = drawn()
    given.officer_of("organiser", election)
    election.undertakings.all().delete()
    client = given.browser_of(given.organiser_of(election))

    page = opened_by(client, election)

    with override("ru"):
        assert str(REFUSALS["undertaking-missing"]) in page.text
    assert not any(name in page.text for name in ballots.WITNESS_SURNAMES)
    assert not entries_of(election.chapter).filter(event="count.witnesses_opened").exists()


def test_a_tie_that_was_taken_back_has_no_witnesses_to_read() -> None:
    election = drawn()
    row = given.round_of(election)
    row.ties_settled.update(withdrawn_at=given.AT)
    row.lot_draw.delete()

    with pytest.raises(Refused) as refusal:
        open_witnesses(election.pk, actor=given.commissioner_of(election), at=given.AT)

    assert refusal.value.code == "nothing-witnessed"


def test_the_result_and_the_paper_lead_to_the_witnesses() -> None:
    election = drawn()
    voters.promised(election)
    client = given.browser_of(given.commissioner_of(election))
    observer = given.browser_of(given.officer_of("observer", election))

    for name in ("count_result", "ballots"):
        page = address(election, name)
        assert address(election) in {each["href"] for each in read(client.get(page)).main.all("a")}
        seen = {each["href"] for each in read(observer.get(page)).main.all("a")}
        assert address(election) not in seen
