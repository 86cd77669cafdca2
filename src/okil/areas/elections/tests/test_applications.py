"""Applying oneself: what is kept, what the ticket opens, what asks for a code as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import applications as actions
from okil.areas.elections.actions import candidates as by_organiser
from okil.areas.elections.actions.candidates import Consents
from okil.areas.elections.models import Candidate, CandidateCode, Election
from okil.areas.elections.queries.applications import candidate_with_ticket
from okil.areas.elections.queries.registration import voter_with_ticket
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import applications as given_applications
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.foundation.audit import entries_of, verify_chain
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State
from okil.pure.rules.tickets import candidate_check_of

pytestmark = pytest.mark.django_db
AT = given_applications.APPLIED_AT
TODAY = date(2024, 8, 28)
applied = given_applications.applied
confirmed = given_applications.confirmed


def refusal_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def events(election: Election) -> list[str]:
    return list(entries_of(election.chapter).values_list("event", flat=True))


def kept() -> Candidate:
    return Candidate.objects.get()


def wanted(pseudonym: str = "", **consents: bool) -> dict[str, Any]:
    return actions.wanted_of(Consents(**consents), pseudonym)


# Applying


def test_what_was_written_is_kept_sealed_unsigned_and_waits_for_the_commission() -> None:
    election = given_applications.election()

    mine = applied(election, pseudonym=given_applications.PSEUDONYM)

    one = kept()
    assert (one.number, one.place, one.way, one.signing, one.signed_on, one.outcome) == (
        1,
        "both",
        "form",
        "",
        None,
        "waiting",
    )
    assert (one.consented_on, one.entered_at, one.is_late) == (TODAY, AT, False)
    assert one.ticket_check == candidate_check_of(mine.ticket)
    last = entries_of(election.chapter).order_by("-number")[0]
    assert (last.event, last.role, last.actor_number) == ("candidate.applied", "candidate", None)
    assert last.after == {"number": 1, "nominated": False}
    assert actions.open_own_application(mine.ticket, at=AT) == {
        "name": given_applications.NAME,
        "contact": given_applications.CONTACT,
        "experience": given_applications.EXPERIENCE,
        "term_history": None,
        "conflict": given_applications.CONFLICT,
    }
    assert verify_chain() == []


def test_tickets_of_voters_and_of_candidates_open_nothing_of_each_other() -> None:
    election = given_applications.election()
    mine, voter = applied(election), given_registration.registered(election)

    assert candidate_with_ticket(voter.ticket) is None
    assert voter_with_ticket(mine.ticket) is None
    assert candidate_with_ticket(mine.ticket) == mine.candidate
    assert refusal_of(lambda: actions.open_own_application(voter.ticket, at=AT)) == "ticket-unknown"


@pytest.mark.parametrize("said", [{"place": "king"}, {"region": "KZ-00"}])
def test_what_is_not_offered_is_refused(said: dict[str, str]) -> None:
    election = given_applications.election()

    code = refusal_of(lambda: applied(election, said=given_applications.facts(**said)))

    assert code == f"{next(iter(said))}-unknown"
    assert not Candidate.objects.exists()


def test_nobody_is_told_that_a_name_is_an_officers_and_the_commission_learns_it() -> None:
    election = given_applications.election()
    organiser = election.group.roles.get(role=RoleName.ORGANISER).person
    name = bodies.name_of(organiser)

    applied(election, said=given_applications.facts(name=name))

    opened = by_organiser.open_application(kept().pk, actor=given.commissioner_of(election), at=AT)
    assert opened.barred == ["organiser"]


def test_nobody_is_told_that_the_name_stands_already_and_the_commission_learns_it() -> None:
    election = given_applications.election()

    first, second = applied(election), applied(election)

    actor = given.commissioner_of(election)
    opened = by_organiser.open_application(first.candidate.pk, actor=actor, at=AT)
    assert opened.alike == [second.candidate.number]


def test_the_same_form_sent_twice_is_one_application_and_only_the_second_ticket_opens_it() -> None:
    election = given_applications.election()

    first = applied(election, once="one form")
    second = applied(election, once="one form", at=AT + timedelta(seconds=2))

    assert first.candidate.pk == second.candidate.pk == kept().pk
    assert candidate_with_ticket(first.ticket) is None
    assert candidate_with_ticket(second.ticket) == second.candidate
    assert events(election).count("candidate.applied") == 1


def test_an_old_form_sent_again_gives_nobody_a_ticket() -> None:
    election = given_applications.election()
    mine = applied(election, once="one form")
    later = AT + actions.SENT_TWICE + timedelta(seconds=1)

    assert refusal_of(lambda: applied(election, once="one form", at=later)) == "form-sent-already"
    assert candidate_with_ticket(mine.ticket) == mine.candidate


def test_who_comes_after_the_end_is_kept_and_marked_late() -> None:
    election = given_applications.election()

    assert applied(election, at=given_voters.LATE_AT).candidate.is_late


def test_nobody_applies_before_registration_or_after() -> None:
    election = given.election(State.VOTING)

    assert refusal_of(lambda: applied(election)) == "not-in-registration"


# Correcting


def test_what_is_corrected_is_to_be_signed_anew_and_a_code_on_its_way_confirms_nothing() -> None:
    election = given_applications.election()
    mine = applied(election)
    confirmed(mine, "sign")
    code = given_applications.a_code()
    actions.ask_code(mine.ticket, act="withdraw", code=code, at=AT)

    actions.correct_application(
        mine.ticket, facts=given_applications.facts(region="KZ-35"), asked=["region"], at=AT
    )

    one = kept()
    assert (one.region, one.signed_on, one.signing) == ("KZ-35", None, "")
    assert refusal_of(lambda: actions.confirm(mine.ticket, code=code, at=AT)) == "code-expired"
    assert actions.open_own_application(mine.ticket, at=AT)["name"] == given_applications.NAME


def test_whoever_has_the_ticket_alone_does_not_send_the_codes_elsewhere() -> None:
    mine = applied(given_applications.election())
    elsewhere = given_applications.facts(contact="thief@example.org")

    actions.correct_application(mine.ticket, facts=elsewhere, asked=["contact", "name"], at=AT)

    opened = actions.open_own_application(mine.ticket, at=AT, only=["contact"])
    assert opened == {"contact": given_applications.CONTACT}


def test_after_the_closing_nothing_is_corrected_or_signed() -> None:
    election = given_applications.election()
    mine = applied(election)
    given_voters.closed(election)
    facts = given_applications.facts()

    for act in (
        lambda: actions.correct_application(mine.ticket, facts=facts, asked=["name"], at=AT),
        lambda: confirmed(mine, "sign"),
    ):
        assert refusal_of(act) == "registration-closed"
    assert not CandidateCode.objects.exists()


# What a code confirms


def test_an_application_is_signed_by_the_code() -> None:
    election = given_applications.election()
    mine = applied(election)

    assert confirmed(mine, "sign") == "sign"

    assert (kept().signed_on, kept().signing) == (TODAY, "code")
    assert events(election)[-2:] == ["candidate.code_asked", "candidate.signed"]
    assert refusal_of(lambda: confirmed(mine, "sign")) == "application-signed"


def test_consents_are_those_that_were_asked_for_with_the_code() -> None:
    mine = applied(given_applications.election())

    confirmed(mine, "consents", wanted=wanted("Аққу", shows_region=True))

    one = kept()
    assert asdict(Consents(shows_region=True)) == {
        name: getattr(one, name) for name in by_organiser.CONSENTS
    }
    assert one.pseudonym == "Аққу"
    again = wanted("Аққу", shows_region=True)
    assert refusal_of(lambda: confirmed(mine, "consents", wanted=again)) == "nothing-changes"


def test_after_publication_a_consent_is_only_taken_back() -> None:
    election = given_applications.election()
    first = given_candidates.listed(election, 2)[0]  # shows everything
    mine = given_applications.ticket_for(first)
    less = wanted(shows_name=True)
    confirmed(mine, "consents", wanted=less)

    more = wanted(shows_name=True, shows_region=True)
    assert refusal_of(lambda: confirmed(mine, "consents", wanted=more)) == "consent-only-back"
    first.refresh_from_db()
    assert (first.shows_name, first.shows_region) == (True, False)


def test_a_candidate_withdraws_until_the_vote() -> None:
    election = given_applications.election()
    mine = applied(election)

    confirmed(mine, "withdraw")

    assert kept().withdrawn_at == AT
    assert refusal_of(lambda: confirmed(mine, "withdraw")) == "candidate-withdrawn"


def test_a_code_is_good_for_fifteen_minutes_and_once() -> None:
    mine = applied(given_applications.election())
    code = given_applications.a_code()
    actions.ask_code(mine.ticket, act="sign", code=code, at=AT)
    late = AT + actions.GOOD_FOR + timedelta(seconds=1)

    assert refusal_of(lambda: actions.confirm(mine.ticket, code=code, at=late)) == "code-expired"
    actions.confirm(mine.ticket, code=code, at=AT)
    assert refusal_of(lambda: actions.confirm(mine.ticket, code=code, at=AT)) == "code-expired"


def test_a_newer_code_voids_the_one_before() -> None:
    mine = applied(given_applications.election())
    first, second = given_applications.a_code(), given_applications.a_code()
    actions.ask_code(mine.ticket, act="withdraw", code=first, at=AT)
    actions.ask_code(mine.ticket, act="sign", code=second, at=AT)

    assert refusal_of(lambda: actions.confirm(mine.ticket, code=first, at=AT)) == "code-wrong"
    assert actions.confirm(mine.ticket, code=second, at=AT) == "sign"
    assert kept().withdrawn_at is None


def test_after_five_wrong_tries_the_right_code_is_good_no_more() -> None:
    mine = applied(given_applications.election())
    code = given_applications.a_code()
    actions.ask_code(mine.ticket, act="sign", code=code, at=AT)
    tries = [
        refusal_of(lambda: actions.confirm(mine.ticket, code="AAAAAAAA", at=AT)) for _ in range(5)
    ]

    assert tries == ["code-wrong"] * 4 + ["code-tried-out"]
    assert refusal_of(lambda: actions.confirm(mine.ticket, code=code, at=AT)) == "code-tried-out"
    assert kept().signed_on is None


def test_no_more_than_five_codes_are_sent_within_an_hour() -> None:
    mine = applied(given_applications.election())

    def ask(at: Any) -> CandidateCode:
        return actions.ask_code(mine.ticket, act="sign", code=given_applications.a_code(), at=at)

    for _each in range(5):
        ask(AT)
    assert refusal_of(lambda: ask(AT + timedelta(minutes=59))) == "codes-too-many"
    assert ask(AT + timedelta(minutes=61))


def test_another_candidates_code_confirms_nothing() -> None:
    election = given_applications.election()
    mine, other = applied(election), applied(election)
    code = given_applications.a_code()
    actions.ask_code(other.ticket, act="withdraw", code=code, at=AT)
    actions.ask_code(mine.ticket, act="sign", code=given_applications.a_code(), at=AT)

    assert refusal_of(lambda: actions.confirm(mine.ticket, code=code, at=AT)) == "code-wrong"


def test_of_a_code_only_a_keyed_hash_is_kept() -> None:
    mine = applied(given_applications.election())
    code = given_applications.a_code()

    made = actions.ask_code(mine.ticket, act="sign", code=code, at=AT)

    assert code not in str(vars(made))
    assert len(made.check_of_code) == 64


# By the organiser


def test_the_organiser_says_that_the_signed_paper_is_here() -> None:
    election = given_applications.election()
    mine = applied(election)
    organiser = given.organiser_of(election)

    def confirm(day: date) -> Candidate:
        return by_organiser.confirm_signature(
            mine.candidate.pk, signed_on=day, actor=organiser, at=AT
        )

    assert refusal_of(lambda: confirm(TODAY + timedelta(days=1))) == "day-of-signature-to-come"
    confirm(TODAY)
    assert (kept().signed_on, kept().signing) == (TODAY, "paper")
    assert refusal_of(lambda: confirm(TODAY)) == "application-signed"


def test_the_commission_neither_signs_for_a_candidate_nor_makes_a_ticket() -> None:
    election = given_applications.election()
    mine = applied(election)
    member = given.commissioner_of(election)
    pk = mine.candidate.pk

    for act in (
        lambda: by_organiser.confirm_signature(pk, signed_on=TODAY, actor=member, at=AT),
        lambda: by_organiser.renew_candidate_ticket(
            pk, reason="lost", ticket=given_registration.ticket(), actor=member, at=AT
        ),
    ):
        assert refusal_of(act) == "not-allowed"


def test_a_ticket_made_anew_voids_the_one_before() -> None:
    election = given_applications.election()
    mine = applied(election)
    new = given_registration.ticket()

    by_organiser.renew_candidate_ticket(
        mine.candidate.pk, reason="seen", ticket=new, actor=given.organiser_of(election), at=AT
    )

    assert candidate_with_ticket(mine.ticket) is None
    assert candidate_with_ticket(new) == mine.candidate
    assert voter_with_ticket(new) is None


def test_what_the_organiser_changes_is_not_what_the_code_confirmed() -> None:
    election = given_applications.election()
    mine = applied(election)
    confirmed(mine, "sign")

    by_organiser.change_candidate(
        mine.candidate.pk,
        facts=given_candidates.facts(election, signed_on=None, name=None),
        actor=given.organiser_of(election),
        at=AT,
    )

    assert (kept().signed_on, kept().signing) == (None, "")
