"""Registering oneself: what is kept, what the ticket opens, what is refused and to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import registration as actions
from okil.areas.elections.actions import stages
from okil.areas.elections.actions import voters as voters_actions
from okil.areas.elections.models import Election, RollInvitation, Voter
from okil.areas.elections.queries.registration import voter_with_ticket
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.foundation.audit import entries_of, verify_chain
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State
from okil.pure.rules.tickets import check_of

pytestmark = pytest.mark.django_db
AT = given_registration.REGISTERED_AT
registered = given_registration.registered


def refusal_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def events(election: Election) -> list[str]:
    return list(entries_of(election.chapter).values_list("event", flat=True))


# Registering


def test_what_was_written_is_kept_sealed_and_waits_for_the_commission() -> None:
    election = given_registration.of_persons()

    mine = registered(election)

    kept = Voter.objects.get()
    assert (kept.number, kept.kind, kept.status, kept.way, kept.source, kept.is_late) == (
        1,
        "person",
        "waiting",
        "form",
        "own_word",
        False,
    )
    assert kept.ticket_check == check_of(mine.ticket)
    assert kept.entered_at == AT
    assert events(election)[-1] == "voter.registered"
    last = entries_of(election.chapter).order_by("-number")[0]
    assert (last.role, last.actor_number) == ("voter", None)
    assert last.after == {"number": 1, "way": "form"}
    assert actions.open_own(mine.ticket, at=AT) == {
        "name": given_registration.NAME,
        "contact": given_registration.CONTACT,
        "basis": given_registration.BASIS,
    }


def test_nobody_needs_a_name() -> None:
    election = given_registration.of_persons()
    said = given_registration.facts(name="", contact="", basis="")

    first, second = registered(election, said=said), registered(election, said=said)

    assert [first.voter.number, second.voter.number] == [1, 2]
    closing = given_voters.closed(election)
    assert closing.voters == 2


def test_an_organisation_is_kept_with_its_paper() -> None:
    election = given_registration.of_organisations()

    mine = registered(election, said=given_registration.facts_of_an_organisation())

    kept = Voter.objects.get()
    assert (kept.kind, kept.source, kept.paper_kind) == ("organisation", "papers", "pdf")
    assert kept.organisation_number == given_registration.REGISTERED_NUMBER
    commissioner = given.commissioner_of(election)
    content = actions.open_voter_paper(mine.voter.pk, actor=commissioner, at=AT)
    assert content == given.PDF


@pytest.mark.parametrize(
    ("paper", "code"), [(b"MZ", "paper-unknown"), (b"%PDF-" + b"0" * 6_000_000, "paper-too-large")]
)
def test_a_file_that_is_no_paper_keeps_nothing(paper: bytes, code: str) -> None:
    election = given_registration.of_organisations()
    said = given_registration.facts_of_an_organisation(paper=paper)

    assert refusal_of(lambda: registered(election, said=said)) == code
    assert not Voter.objects.exists()


def test_the_same_form_sent_twice_is_one_registration_and_only_the_second_ticket_opens_it() -> None:
    election = given_registration.of_persons()

    first = registered(election, once="one form")
    second = registered(election, once="one form", at=AT + timedelta(seconds=2))

    assert first.voter.pk == second.voter.pk
    assert Voter.objects.count() == 1
    assert voter_with_ticket(first.ticket) is None
    assert voter_with_ticket(second.ticket) == second.voter
    assert events(election).count("voter.registered") == 1


def test_somebody_else_who_writes_into_the_same_form_is_somebody_else() -> None:
    """On a computer that many use, with the button “back”."""
    election = given_registration.of_persons()

    first = registered(election, once="one form")
    other = registered(
        election, once="one form", said=given_registration.facts(name="Клёнова Дина")
    )

    assert first.voter.pk != other.voter.pk
    assert voter_with_ticket(first.ticket) == first.voter


def test_an_old_form_sent_again_gives_nobody_a_ticket() -> None:
    election = given_registration.of_persons()
    mine = registered(election, once="one form")
    later = AT + actions.SENT_TWICE + timedelta(seconds=1)

    assert (
        refusal_of(lambda: registered(election, once="one form", at=later)) == "form-sent-already"
    )
    assert voter_with_ticket(mine.ticket) == mine.voter


def test_a_decided_registration_gives_no_ticket_to_the_same_form() -> None:
    election = given_registration.of_persons()
    registered(election, once="one form")
    given_voters.accepted(election, at=AT + timedelta(minutes=1))
    again = AT + timedelta(minutes=2)

    assert (
        refusal_of(lambda: registered(election, once="one form", at=again)) == "form-sent-already"
    )


def test_that_a_name_is_on_the_list_already_is_not_told_to_whoever_registers() -> None:
    election = given_registration.of_persons()
    given_voters.voter(election, name=given_registration.NAME)

    assert registered(election).voter.number == 2


def test_who_comes_after_the_end_is_kept_and_marked_late() -> None:
    election = given_registration.of_persons()

    mine = registered(election, at=given_voters.LATE_AT)

    assert mine.voter.is_late


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.CANDIDATES_PUBLISHED])
def test_before_and_after_the_stage_nobody_registers(state: State) -> None:
    election = given.election(state)

    assert refusal_of(lambda: registered(election)) == "not-in-registration"
    assert not Voter.objects.filter(way="form").exists()


def test_nobody_registers_while_the_election_is_suspended() -> None:
    election = given_registration.of_persons()
    stages.suspend(
        election.pk,
        reason={"ru": "Жалоба."},
        decision=bodies.decision(paper=given.PDF),
        actor=given.commissioner_of(election),
        at=AT,
    )

    assert refusal_of(lambda: registered(election)) == "suspended"


def test_a_region_that_there_is_not_is_refused() -> None:
    election = given_registration.of_persons()
    said = given_registration.facts(region="KZ-99")

    assert refusal_of(lambda: registered(election, said=said)) == "region-unknown"


# With a card


def card(election: Election, **more: Any) -> RollInvitation:
    return RollInvitation.objects.create(
        election=election,
        organisation="Фонд «Дала»",
        batch=1,
        check_of_secret="c" * 64,
        made_at=AT,
        **more,
    )


def with_card(election: Election, invitation: RollInvitation, once: str = "one") -> Voter:
    return actions.register_voter(
        election.pk,
        facts=given_registration.facts(),
        once=once,
        ticket=given_registration.ticket(),
        at=AT,
        invitation=invitation,
    )


def test_the_organisation_on_the_card_vouches() -> None:
    election = given_registration.of_persons()
    voter = with_card(election, card(election))

    assert (voter.way, voter.source, voter.organisation) == (
        "invitation",
        "organisation",
        "Фонд «Дала»",
    )


def test_a_card_registers_one_person() -> None:
    election = given_registration.of_persons()
    invitation = card(election)
    with_card(election, invitation)

    assert refusal_of(lambda: with_card(election, invitation, "two")) == "card-used"
    assert Voter.objects.count() == 1


def test_a_card_that_was_taken_back_or_is_of_another_group_registers_nobody() -> None:
    election = given_registration.of_persons()
    withdrawn = card(election, withdrawn_at=AT)

    assert refusal_of(lambda: with_card(election, withdrawn)) == "card-used"


# With the ticket


def test_what_is_corrected_is_looked_at_again_and_what_was_not_asked_stays() -> None:
    election = given_registration.of_persons()
    mine = registered(election, said=given_registration.facts(organisation="Фонд «Дала»"))
    given_voters.accepted(election)
    said = given_registration.facts(region="KZ-35", name="Клёнова", organisation="")

    actions.correct_registration(
        mine.ticket, facts=said, asked=["name", "region"], at=given_voters.VERIFIED_AT
    )

    kept = Voter.objects.get()
    assert (kept.region, kept.organisation, kept.status, kept.decided_by) == (
        "KZ-35",
        "Фонд «Дала»",
        "waiting",
        None,
    )
    assert actions.open_own(mine.ticket, at=AT, only=["name", "basis"]) == {
        "name": "Клёнова",
        "basis": given_registration.BASIS,
    }


def test_a_paper_stays_until_another_comes() -> None:
    election = given_registration.of_organisations()
    mine = registered(election, said=given_registration.facts_of_an_organisation())
    png = b"\x89PNG\r\n" + b"0" * 20

    def corrected(paper: bytes | None) -> str:
        said = given_registration.facts_of_an_organisation(paper=paper)
        actions.correct_registration(mine.ticket, facts=said, asked=actions.TEXTS, at=AT)
        return Voter.objects.get().paper_kind

    assert [corrected(None), corrected(png)] == ["pdf", "png"]


def test_who_withdraws_leaves_a_number_and_nothing_else() -> None:
    election = given_registration.of_organisations()
    mine = registered(election, said=given_registration.facts_of_an_organisation())

    actions.withdraw_registration(mine.ticket, at=AT)

    kept = Voter.objects.get()
    assert (kept.status, kept.organisation, kept.organisation_number, kept.region) == (
        "withdrawn",
        "",
        "",
        "",
    )
    assert (kept.paper_kind, kept.paper) == ("", None)
    assert actions.open_own(mine.ticket, at=AT) == {"name": "", "contact": "", "basis": ""}
    assert events(election).count("voter.withdrawn") == 1


OWN_ACTS: dict[str, Callable[[str, Any], Any]] = {
    "correct": lambda ticket, at: actions.correct_registration(
        ticket, facts=given_registration.facts(), asked=["name"], at=at
    ),
    "withdraw": lambda ticket, at: actions.withdraw_registration(ticket, at=at),
}


@pytest.mark.parametrize("act", OWN_ACTS)
def test_after_the_closing_the_own_entry_does_not_change(act: str) -> None:
    election = given_registration.of_persons()
    mine = registered(election)
    given_voters.closed(election)

    found = refusal_of(lambda: OWN_ACTS[act](mine.ticket, given_voters.CLOSED_AT))

    assert found == "registration-closed"
    assert actions.open_own(mine.ticket, at=AT)["name"] == given_registration.NAME


@pytest.mark.parametrize("act", OWN_ACTS)
def test_a_ticket_that_there_is_not_does_nothing(act: str) -> None:
    given_registration.of_persons()
    unknown = given_registration.ticket()

    assert refusal_of(lambda: OWN_ACTS[act](unknown, AT)) == "ticket-unknown"
    assert refusal_of(lambda: actions.open_own(unknown, at=AT)) == "ticket-unknown"


@pytest.mark.parametrize("act", OWN_ACTS)
def test_who_withdrew_neither_corrects_nor_withdraws_again(act: str) -> None:
    election = given_registration.of_persons()
    mine = registered(election)
    actions.withdraw_registration(mine.ticket, at=AT)

    assert refusal_of(lambda: OWN_ACTS[act](mine.ticket, AT)) == "voter-withdrawn"


# A ticket made anew


def test_the_organiser_makes_a_ticket_and_the_one_before_opens_nothing() -> None:
    election = given_registration.of_persons()
    mine = registered(election)
    new = given_registration.ticket()

    actions.renew_ticket(
        mine.voter.pk, reason="lost", ticket=new, actor=given.organiser_of(election), at=AT
    )

    assert voter_with_ticket(mine.ticket) is None
    assert voter_with_ticket(new) == mine.voter
    last = entries_of(election.chapter).order_by("-number")[0]
    assert (last.event, last.role, last.after) == (
        "ticket.made",
        "organiser",
        {"number": 1, "reason": "lost"},
    )
    assert verify_chain() == []


def test_who_was_entered_from_paper_gets_a_first_ticket() -> None:
    election = given_registration.of_persons()
    voter = given_voters.voter(election)
    new = given_registration.ticket()

    actions.renew_ticket(
        voter.pk, reason="first", ticket=new, actor=given.organiser_of(election), at=AT
    )

    assert voter_with_ticket(new) == voter


@pytest.mark.parametrize("role", ["secretariat", "commissioner", "observer"])
def test_nobody_but_the_organiser_makes_a_ticket(role: str) -> None:
    election = given_registration.of_persons()
    mine = registered(election)
    actor = given.officer_of(role, election)

    found = refusal_of(
        lambda: actions.renew_ticket(
            mine.voter.pk, reason="lost", ticket=given_registration.ticket(), actor=actor, at=AT
        )
    )

    assert found == "not-allowed"
    assert voter_with_ticket(mine.ticket) == mine.voter


@pytest.mark.parametrize("role", ["secretariat", "observer", "neighbour"])
def test_the_paper_of_an_organisation_is_opened_for_organiser_and_commission_only(
    role: str,
) -> None:
    election = given_registration.of_organisations()
    mine = registered(election, said=given_registration.facts_of_an_organisation())
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    actor = neighbour if role == "neighbour" else given.officer_of(role, election)

    assert (
        refusal_of(lambda: actions.open_voter_paper(mine.voter.pk, actor=actor, at=AT))
        == "not-allowed"
    )


def test_where_no_paper_came_none_is_opened() -> None:
    election = given_registration.of_persons()
    mine = registered(election)
    actor = given.organiser_of(election)

    found = refusal_of(lambda: actions.open_voter_paper(mine.voter.pk, actor=actor, at=AT))
    assert found == "nothing-to-open"


# Two on the list


def test_the_commission_is_told_of_two_with_one_name_and_of_two_with_one_register_number() -> None:
    election = given_registration.of_persons()
    organisation = given_registration.facts_of_an_organisation
    for said in (
        given_registration.facts(name="Ромашкина  Аида"),
        given_registration.facts(),
        organisation(name=""),
        organisation(name="Клёнова"),
        given_registration.facts(name="Клён"),
    ):
        registered(election, said=said)
    commissioner = given.commissioner_of(election)

    named = voters_actions.open_voters(
        election, list(Voter.objects.order_by("number")), actor=commissioner, at=AT
    )

    assert [each.alike for _pk, each in sorted(named.items())] == [[2], [1], [4], [3], []]


def test_of_two_alike_the_second_is_accepted_only_by_whoever_says_that_they_are_two() -> None:
    election = given_registration.of_persons()
    for _each in range(2):
        registered(election)
    commissioner = given.commissioner_of(election)

    def accepting(*, is_namesake: bool = False) -> list[Voter]:
        return voters_actions.decide_voters(
            election.pk, numbers=[2], is_namesake=is_namesake, actor=commissioner, at=AT
        )

    assert refusal_of(accepting) == "voter-alike"
    assert [each.status for each in accepting(is_namesake=True)] == ["accepted"]


def test_a_refused_one_stands_in_nobodys_way() -> None:
    election = given_registration.of_persons()
    for _each in range(2):
        registered(election)
    given_voters.refused(election, [1], why="twice", at=AT)

    assert [each.number for each in given_voters.accepted(election, [2], at=AT)] == [2]
