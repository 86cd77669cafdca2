"""Candidates: entered from a signed application, and public only as far as they consented."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries as elections
from okil.areas.elections.actions import candidates as actions
from okil.areas.elections.actions import lists
from okil.areas.elections.models import Candidate, Election
from okil.areas.elections.queries import candidates as queries
from okil.areas.elections.queries import lists as known
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.foundation.audit import entries_of, history_of
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given_candidates.ENTERED_AT
PLANTED = "Лавандина Аида"
TWO_CONTESTS = {**given.RULES, "contest_model": "two_parallel_contests"}


def registering(**said: Any) -> Election:
    return given_voters.promised(given.election(State.REGISTRATION, **said))


def refusal_of(act: Any) -> str:
    """The code of the refusal; no candidate was written."""
    before = list(Candidate.objects.order_by("pk").values())
    with pytest.raises(Refused) as refusal:
        act()
    after = list(Candidate.objects.order_by("pk").values())
    assert [{k: str(v) for k, v in row.items()} for row in after] == [
        {k: str(v) for k, v in row.items()} for row in before
    ]
    return refusal.value.code


def changed(candidate: Candidate, **said: Any) -> Candidate:
    election = candidate.election
    facts = given_candidates.facts(election, **{"name": None, **said})
    return actions.change_candidate(
        candidate.pk, facts=facts, actor=given.organiser_of(election), at=AT
    )


def consents(
    candidate: Candidate, consents: actions.Consents, *, pseudonym: str = "", at: Any = AT
) -> Candidate:
    return actions.change_consents(
        candidate.pk,
        consents=consents,
        pseudonym=pseudonym,
        actor=given.organiser_of(candidate.election),
        at=at,
    )


# Entering


def test_what_could_harm_a_candidate_is_sealed() -> None:
    election = registering()
    secrets: dict[str, Any] = {
        "name": PLANTED,
        "contact": "morning-dew@example.org",
        "experience": "вела группу взаимопомощи",
        "term_history": "альтернат с 2018 года",
        "conflict": "работает у получателя гранта",
    }

    candidate = given_candidates.candidate(election, **secrets)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM elections_candidate WHERE id = %s", [candidate.pk])
        kept = b" ".join(
            bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
            for value in cursor.fetchone()
        )
    assert [secret for secret in secrets.values() if secret.encode() in kept] == []
    row = history_of(candidate).get()
    assert (row.event, row.after) == ("candidate.entered", {"number": 1})


def test_only_the_organiser_of_the_group_enters_candidates() -> None:
    election = registering()
    other = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    officers = [given.officer_of(r, election) for r in ("secretariat", "commissioner", "observer")]

    for actor in (other, *officers):
        code = refusal_of(
            lambda actor=actor: actions.enter_candidate(
                election.pk,
                facts=given_candidates.facts(election),
                consents=given_candidates.NOTHING,
                actor=actor,
                at=AT,
            )
        )
        assert code == "not-allowed"


def test_a_candidate_stands_for_a_contest_there_is() -> None:
    one = registering()

    assert refusal_of(lambda: given_candidates.candidate(one, place="member")) == "place-unknown"


def test_where_two_contests_run_side_by_side_a_candidate_chooses_one() -> None:
    two = registering(rules=TWO_CONTESTS)

    assert refusal_of(lambda: given_candidates.candidate(two, place="both")) == "place-unknown"
    assert given_candidates.candidate(two, place="alternate").place == "alternate"


def test_a_candidate_has_a_name_and_nobody_stands_twice() -> None:
    election = registering()
    given_candidates.candidate(election, name=PLANTED)

    assert refusal_of(lambda: given_candidates.candidate(election, name="")) == "name-missing"
    assert (
        refusal_of(lambda: given_candidates.candidate(election, name="лавандина  АИДА"))
        == "candidate-twice"
    )


def test_days_to_come_are_refused() -> None:
    election = registering()
    tomorrow = (AT + given.DAY).date()

    for field, code in (
        ("signed_on", "day-of-signature-to-come"),
        ("consented_on", "day-of-consent-to-come"),
    ):
        said: dict[str, Any] = {field: tomorrow}
        assert refusal_of(lambda said=said: given_candidates.candidate(election, **said)) == code


@pytest.mark.parametrize("role", ["organiser", "commissioner", "observer", "secretariat"])
def test_an_officer_of_the_group_does_not_stand_but_a_namesake_may(role: str) -> None:
    election = registering()
    # The first of the Secretariat came by the installation's link, without a name.
    officer = (
        bodies.secretariat(given.body())
        if role == "secretariat"
        else given.officer_of(role, election)
    )
    name = bodies.name_of(bodies.role_of(officer).person)

    assert (
        refusal_of(lambda: given_candidates.candidate(election, name=name.upper()))
        == "candidate-is-officer"
    )
    namesake = given_candidates.candidate(election, name=name, is_namesake=True)
    assert namesake.person is None


def test_an_organiser_stands_in_no_group_of_the_cycle_and_a_commissioner_may_in_another() -> None:
    election = registering()
    neighbours = bodies.group(given.body())
    bodies.officer(RoleName.ORGANISER, neighbours, name="Пихтова Дина")
    bodies.officer(RoleName.COMMISSIONER, neighbours, name="Калинина Айгуль")

    assert (
        refusal_of(lambda: given_candidates.candidate(election, name="Пихтова Дина"))
        == "candidate-is-officer"
    )
    assert given_candidates.candidate(election, name="Калинина Айгуль").person is not None


def test_whom_the_body_knows_is_linked_so_that_terms_count() -> None:
    election = registering()
    seat = bodies.first_seat(election.group)
    membership = bodies.membership(seat, name=PLANTED)

    known = given_candidates.candidate(election, name=PLANTED)
    unknown = given_candidates.candidate(election)

    assert (known.person, unknown.person) == (membership.person, None)
    held = queries.memberships_held(membership.person)
    assert queries.rotation_of(known, election, held, Regulation()).answer == "free"


def test_two_terms_in_a_row_are_shown_as_exhausted() -> None:
    election = registering()
    seat = bodies.first_seat(election.group)
    first = bodies.membership(
        seat,
        name=PLANTED,
        begins_on=date(2018, 11, 1),
        ends_on=date(2021, 10, 31),
        end_reason="term_over",
        elected_in="2018",
    )
    bodies.membership(seat, person=first.person, begins_on=date(2021, 11, 1))

    candidate = given_candidates.candidate(election, name=PLANTED)

    held = queries.memberships_held(first.person)
    assert queries.rotation_of(candidate, election, held, Regulation()).answer == "exhausted"


def test_a_regulation_may_allow_fewer_terms_than_the_body() -> None:
    election = registering()
    membership = bodies.membership(bodies.first_seat(election.group), name=PLANTED)

    candidate = given_candidates.candidate(election, name=PLANTED)

    held = queries.memberships_held(membership.person)
    twice, once = Regulation(), Regulation(most_terms=1)
    assert queries.rotation_of(candidate, election, held, twice).answer == "free"
    assert queries.rotation_of(candidate, election, held, once).answer == "exhausted"


def test_a_link_is_mended_until_the_decision() -> None:
    election = registering()
    candidate = given_candidates.candidate(election)
    person = bodies.membership(bodies.first_seat(election.group)).person
    commissioner = given.commissioner_of(election)

    def link(number: int | None) -> Candidate:
        return actions.link_person(candidate.pk, person=number, actor=commissioner, at=AT)

    assert link(person.number).person == person
    assert link(None).person is None
    assert refusal_of(lambda: link(9999)) == "person-unknown"
    given_candidates.decided(candidate)
    assert refusal_of(lambda: link(person.number)) == "admission-decided"


# Changing, withdrawing


def test_a_change_keeps_what_is_not_said_anew() -> None:
    candidate = given_candidates.candidate(registering(), name=PLANTED, conflict="Нет.")

    changed(candidate, region="KZ-10", contact=None, experience="", conflict=None)

    candidate.refresh_from_db()
    opened = actions.open_application(
        candidate.pk, actor=given.commissioner_of(candidate.election), at=AT
    )
    assert candidate.region == "KZ-10"
    assert opened.sealed == {
        "name": PLANTED,
        "contact": "+7 700 000 00 00",
        "experience": "",
        "term_history": "",
        "conflict": "Нет.",
    }


def test_an_application_changes_until_the_closing() -> None:
    election = registering()
    candidate = given_candidates.candidate(election)
    given_voters.closed(election)

    assert refusal_of(lambda: changed(candidate)) == "registration-closed"


def test_a_candidate_withdraws_until_the_vote_opens() -> None:
    election = registering()
    first, second, third = given_candidates.listed(election)
    organiser = given.organiser_of(election)

    actions.withdraw_candidate(second.pk, actor=organiser, at=given.moment(9, 10, 6))
    assert (
        refusal_of(
            lambda: actions.withdraw_candidate(
                second.pk, actor=organiser, at=given.moment(9, 10, 7)
            )
        )
        == "candidate-withdrawn"
    )
    row = given.round_of(election)
    assert [each.candidate for each in elections.contestants_of(row)] == [first, third]
    given.moved_to(State.VOTING, election)
    assert (
        refusal_of(
            lambda: actions.withdraw_candidate(first.pk, actor=organiser, at=given.moment(9, 12, 6))
        )
        == "voting-has-begun"
    )


def test_who_came_late_is_kept_and_not_decided_on() -> None:
    election = registering()
    given_candidates.candidate(election)
    late = given_candidates.candidate(election, at=given_voters.LATE_AT)
    given_voters.closed(election)

    assert late.is_late
    assert refusal_of(lambda: given_candidates.voted(late)) == "candidate-late"
    given_candidates.fulfil_admission_decided(election, at=given_candidates.VOTED_AT)
    assert given_voters.is_fulfilled("admission-decided", election)


# Consents


def test_consents_change_freely_until_the_list_is_published() -> None:
    election = registering()
    candidate = given_candidates.candidate(election)
    given_voters.closed(election)

    consents(candidate, actions.Consents(shows_region=True), pseudonym="Аққу")
    consents(candidate, given_candidates.OPEN, pseudonym="Аққу")

    candidate.refresh_from_db()
    assert (candidate.shows_name, candidate.shows_region, candidate.pseudonym) == (
        True,
        True,
        "Аққу",
    )
    assert (
        refusal_of(lambda: consents(candidate, given_candidates.OPEN, pseudonym="Аққу"))
        == "nothing-changes"
    )


def test_a_consent_taken_back_is_respected_at_once_and_not_given_again() -> None:
    election = registering()
    first, second, _third = given_candidates.listed(election)
    at = given.moment(9, 10, 6)
    assert elections.shown_names([first])[first.pk] != ""

    taken_back = consents(first, given_candidates.NOTHING, at=at)

    assert elections.shown_names([taken_back]) == {first.pk: ""}
    assert (
        refusal_of(lambda: consents(first, actions.Consents(shows_name=True), at=at))
        == "consent-only-back"
    )
    assert (
        refusal_of(lambda: consents(second, given_candidates.NOTHING, pseudonym="Құмай", at=at))
        == "consent-only-back"
    )


def test_a_consent_is_taken_back_also_while_the_election_is_suspended() -> None:
    election = registering()
    first, *_others = given_candidates.listed(election)
    given.suspended(election, at=given.moment(9, 10, 5))

    assert not consents(first, given_candidates.NOTHING, at=given.moment(9, 10, 6)).shows_name


# Opening


def test_an_application_is_opened_on_the_record_by_organiser_and_commission_only() -> None:
    election = registering()
    candidate = given_candidates.candidate(election, name=PLANTED)
    length = entries_of(election.chapter).count()

    for role in ("organiser", "commissioner"):
        opened = actions.open_application(
            candidate.pk, actor=given.officer_of(role, election), at=AT
        )
        assert opened.sealed["name"] == PLANTED
    assert entries_of(election.chapter).count() == length + 2
    for role in ("secretariat", "observer"):
        with pytest.raises(Refused, match="not-allowed"):
            actions.open_application(candidate.pk, actor=given.officer_of(role, election), at=AT)


def test_opened_it_says_in_how_many_other_groups_somebody_of_that_name_stands() -> None:
    groups = [bodies.group(given.body()) for _each in range(2)]
    for group in groups:
        given.prepared(group)
    here, there = given.cycle(groups).elections.select_related("cycle__body", "group__body")
    for election in (here, there):
        given.moved_to(State.REGISTRATION, election)
        given_candidates.candidate(election, name=PLANTED)
    candidate = here.candidates.get()

    opened = actions.open_application(candidate.pk, actor=given.commissioner_of(here), at=AT)

    assert (opened.elsewhere, opened.barred) == (1, [])


# What everybody reads


def test_the_published_list_shows_consented_items_only() -> None:
    election = registering()
    first, second, third = given_candidates.listed(election)
    rules = queries.rules_of(election.group)

    public = known.public_list(given.round_of(election), rules)

    name = elections.shown_names([first])[first.pk]
    assert [(c.number, c.name, c.is_pseudonym, c.region) for c in public.candidates] == [
        (1, name, False, "KZ-35"),
        (2, "Аққу", True, ""),
        (3, "", False, ""),
    ]
    assert [bool(c.programme) for c in public.candidates] == [True, False, False]
    assert (public.applied, public.refused) == (3, 0)
    assert public.published_at == given.ENTERED[State.CANDIDATES_PUBLISHED]
    assert (second.listed_at, third.listed_at) == (public.published_at, public.published_at)


def test_before_it_is_published_nothing_of_the_list_is_shown() -> None:
    election = registering()
    given_candidates.admitted(election, 2)
    given_candidates.handed_over(election)
    rules = queries.rules_of(election.group)

    public = known.public_list(given.round_of(election), rules)

    assert (public.candidates, public.applied, public.published_at) == ((), 0, None)
    assert set(
        elections.shown_names(elections.candidates_of(given.round_of(election))).values()
    ) == {
        "",
        "Аққу",
    }


def test_publishing_twice_puts_nobody_on_the_paper_twice() -> None:
    election = registering()
    given_candidates.listed(election)
    row = given.round_of(election)

    with transaction.atomic():
        assert lists.publish_list(row, at=given.moment(9, 9, 11)) == []

    assert [each.place for each in elections.contestants_of(row)] == ["both"] * 3


def test_no_name_stands_in_the_journal() -> None:
    election = registering()
    candidate = given_candidates.candidate(election, name=PLANTED, pseudonym="Аққу")
    consents(candidate, given_candidates.OPEN)
    given_candidates.decided(candidate)
    given_candidates.handed_over(election)

    written = str(list(entries_of(election.chapter).values()))

    assert [word for word in ("Лавандина", "Аида", "Аққу", "Условия") if word in written] == []
