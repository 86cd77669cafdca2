"""What officers sign before they see anything; how they are described; which days observers came."""

from __future__ import annotations

from datetime import date

import pytest

from okil.areas.bodies.models import Role, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import access
from okil.areas.elections.actions import officers
from okil.areas.elections.documents import officers as papers
from okil.areas.elections.models import Election, Undertaking
from okil.areas.elections.queries import officers as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers as given_officers
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, history_of
from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import canonical_bytes
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given.moment(8, 16, 6)
Kind = Undertaking.Kind


def sign(
    election: Election, actor: User, kind: str, *, role: str, comes_from: str = ""
) -> Undertaking:
    return officers.sign_undertaking(
        election.pk, role=role, kind=kind, organisation_kind=comes_from, actor=actor, at=AT
    )


def the_role(election: Election, role: str) -> Role:
    return given_officers.roles_of(election, role)[0]


# Undertakings


def test_each_role_signs_what_is_asked_of_it() -> None:
    election = given.election()

    given_officers.all_signed(election, at=AT)

    signed = {(each.role.role, each.kind) for each in election.undertakings.select_related("role")}
    assert signed == {
        ("organiser", "not_standing"),
        ("organiser", "confidentiality"),
        ("commissioner", "no_interest"),
        ("commissioner", "confidentiality"),
        ("observer", "confidentiality"),
    }
    assert election.undertakings.count() == 7  # two in the commission


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (RoleName.ORGANISER, Kind.NO_INTEREST),
        (RoleName.COMMISSIONER, Kind.NOT_STANDING),
        (RoleName.OBSERVER, Kind.NO_INTEREST),
        (RoleName.OBSERVER, "anything"),
    ],
)
def test_what_is_not_asked_of_a_role_is_not_signed(role: str, kind: str) -> None:
    election = given.election()

    with pytest.raises(Refused) as refusal:
        sign(election, given.officer_of(role, election), kind, role=role, comes_from="ngo")

    assert refusal.value.code == "undertaking-not-asked"


def test_nobody_signs_for_somebody_else_nor_in_a_neighbouring_group() -> None:
    election = given.election()
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    observer = given.officer_of(RoleName.OBSERVER, election)

    for actor in (neighbour, observer, given.secretariat()):
        with pytest.raises(Refused) as refusal:
            sign(election, actor, Kind.NOT_STANDING, role=RoleName.ORGANISER)
        assert refusal.value.code == "not-the-mover"
    assert not Undertaking.objects.exists()


def test_a_member_says_from_what_kind_of_organisation_they_come() -> None:
    election = given.election()
    member = given.commissioner_of(election)

    for said in ("", "a friend"):
        with pytest.raises(Refused) as refusal:
            sign(election, member, Kind.NO_INTEREST, role=RoleName.COMMISSIONER, comes_from=said)
        assert refusal.value.code == "organisation-kind-missing"
    signed = sign(
        election, member, Kind.NO_INTEREST, role=RoleName.COMMISSIONER, comes_from="donor"
    )

    assert signed.organisation_kind == "donor"


def test_an_undertaking_is_signed_once() -> None:
    election = given.election()
    organiser = given.organiser_of(election)
    sign(election, organiser, Kind.CONFIDENTIALITY, role=RoleName.ORGANISER)

    with pytest.raises(Refused) as refusal:
        sign(election, organiser, Kind.CONFIDENTIALITY, role=RoleName.ORGANISER)

    assert refusal.value.code == "undertaking-signed"
    assert Undertaking.objects.count() == 1


def test_what_was_signed_is_proven_by_the_journal() -> None:
    election = given.election()
    organiser = given.organiser_of(election)

    signed = sign(election, organiser, Kind.NOT_STANDING, role=RoleName.ORGANISER)

    number = signed.role.person.number
    facts = papers.undertaking_facts(
        election,
        role="organiser",
        number=number,
        kind="not_standing",
        organisation_kind="",
        at=AT,
    )
    row = history_of(signed).get()
    assert (row.event, row.role, row.actor_number) == ("undertaking.signed", "organiser", number)
    assert row.after == {"kind": "not_standing", "facts": sha256_hex(canonical_bytes(facts))}
    assert set(facts["text"]) == {"ru", "kk", "en"}  # one signature, whatever language was read


def test_without_the_promise_no_personal_data_is_shown_and_with_it_it_is() -> None:
    election = given.election()
    organiser = given.organiser_of(election)

    with pytest.raises(Refused) as refusal:
        access.require_confidence(organiser, "see", "voter_application", election)
    assert refusal.value.code == "undertaking-missing"
    sign(election, organiser, Kind.CONFIDENTIALITY, role=RoleName.ORGANISER)

    acting = access.require_confidence(organiser, "see", "voter_application", election)
    assert acting.role == "organiser"


def test_whoever_takes_a_role_over_signs_anew() -> None:
    election = given.election()
    given_officers.all_signed(election, at=AT)
    role = the_role(election, RoleName.COMMISSIONER)
    bodies.accepted(bodies.invitation(RoleName.COMMISSIONER, election.group, replaces=role))

    assert not given.fulfilled("commission-declared", given.round_of(election))
    given_officers.fulfil_commission_declared(election, at=AT)
    assert given.fulfilled("commission-declared", given.round_of(election))


def test_an_undertaking_can_be_signed_while_the_election_is_suspended() -> None:
    election = given.suspended(given.election(State.ANNOUNCED), at=AT)

    given_officers.all_signed(election, at=AT)

    assert all(each.has_signed_all for each in queries.officers_in(election))


# Gates


def test_the_organiser_has_undertaken_when_both_are_signed() -> None:
    election = given.election()
    row = given.round_of(election)
    organiser = given.organiser_of(election)

    sign(election, organiser, Kind.CONFIDENTIALITY, role=RoleName.ORGANISER)
    assert not given.fulfilled("organiser-undertaken", row)
    sign(election, organiser, Kind.NOT_STANDING, role=RoleName.ORGANISER)
    assert given.fulfilled("organiser-undertaken", row)


def test_the_commission_has_declared_when_every_member_of_now_signed_both() -> None:
    election = given.election()
    row = given.round_of(election)
    first, second = given_officers.roles_of(election, RoleName.COMMISSIONER)

    given_officers.signed(election, first, at=AT)
    assert not given.fulfilled("commission-declared", row)
    bodies.ended(second)
    assert given.fulfilled("commission-declared", row)
    bodies.ended(first)
    assert not given.fulfilled("commission-declared", row)  # nobody is left to have declared


def test_gates_are_answered_for_each_round_by_itself() -> None:
    groups = [bodies.group(given.body()) for _each in range(4)]
    for group in groups:
        given.prepared(group)
    elections = given.cycle(groups).elections.select_related("group", "cycle__body").order_by("pk")
    rounds = [given.round_of(each) for each in elections]
    signed = elections[3]
    given_officers.all_signed(signed, at=AT)

    assert [given.fulfilled("organiser-undertaken", row) for row in rounds] == [
        row == given.round_of(signed) for row in rounds
    ]
    assert [given.fulfilled("commission-declared", row) for row in rounds] == [
        row == given.round_of(signed) for row in rounds
    ]
    assert all(given.fulfilled("observers-invited", row) for row in rounds)


def test_observers_are_invited_when_there_is_one_or_a_partner_was_asked() -> None:
    election = given.election()
    row = given.round_of(election)
    assert given.fulfilled("observers-invited", row)

    bodies.ended(the_role(election, RoleName.OBSERVER))
    assert not given.fulfilled("observers-invited", row)
    given_officers.letter(election, function="commission", at=AT)
    assert not given.fulfilled("observers-invited", row)
    given_officers.fulfil_observers_invited(election, at=AT)
    assert given.fulfilled("observers-invited", row)


# How they work


def describe(election: Election, actor: User) -> Election:
    return officers.describe_officers(
        election.pk,
        commission_name={"ru": "Счётная комиссия"},
        organiser_enabled={"ru": "Оплачены связь и дорога."},
        channel={"ru": "Закрытая почтовая рассылка."},
        actor=actor,
        at=AT,
    )


def test_the_organiser_says_how_the_group_works() -> None:
    election = given.election()

    describe(election, given.organiser_of(election))

    election.refresh_from_db()
    assert election.commission_name == {"ru": "Счётная комиссия"}
    assert election.organiser_enabled == {"ru": "Оплачены связь и дорога."}
    row = entries_of(election.chapter).get(event="officers.described")
    assert row.after is None  # free text could name people


@pytest.mark.parametrize("role", ["commissioner", "observer"])
def test_the_others_do_not(role: str) -> None:
    election = given.election()

    with pytest.raises(Refused) as refusal:
        describe(election, given.officer_of(role, election))

    assert refusal.value.code == "not-allowed"


@pytest.mark.parametrize("flag", ["suspended", "annulled"])
def test_nothing_is_changed_in_an_election_that_does_not_run(flag: str) -> None:
    election = getattr(given, flag)(given.election(State.ANNOUNCED), at=AT)
    organiser, observer = (
        given.officer_of(role, election) for role in (RoleName.ORGANISER, RoleName.OBSERVER)
    )

    for act in (
        lambda: describe(election, organiser),
        lambda: given_officers.letter(election, at=AT),
        lambda: officers.enter_presence(election.pk, day=AT.date(), actor=observer, at=AT),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == flag


# Presence


def test_an_observer_enters_the_days_they_came_and_takes_a_mistaken_one_back() -> None:
    election = given.election()
    observer = given.officer_of(RoleName.OBSERVER, election)
    days = [date(2024, 8, 15), date(2024, 8, 16)]

    for day in days:
        officers.enter_presence(election.pk, day=day, actor=observer, at=AT)
    officers.withdraw_presence(election.pk, day=days[0], actor=observer, at=AT)
    officers.withdraw_presence(election.pk, day=days[0], actor=observer, at=AT)  # a double click

    assert [each.day for each in queries.presences_of(election)] == [days[1]]
    events = [row.event for row in entries_of(election.chapter)]
    assert events.count("presence.withdrawn") == 1


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2024, 8, 17), "presence-to-come"),
        (date(2024, 8, 14), "presence-before-role"),
        (date(2024, 8, 15), "presence-entered"),
    ],
)
def test_a_day_that_cannot_be_is_refused(day: date, code: str) -> None:
    election = given.election()
    observer = given.officer_of(RoleName.OBSERVER, election)
    officers.enter_presence(election.pk, day=date(2024, 8, 15), actor=observer, at=AT)

    with pytest.raises(Refused) as refusal:
        officers.enter_presence(election.pk, day=day, actor=observer, at=AT)

    assert refusal.value.code == code


def test_only_an_observer_of_the_group_enters_presence() -> None:
    election = given.election()
    stranger = bodies.officer(RoleName.OBSERVER, bodies.group(given.body()))

    for actor in (stranger, given.organiser_of(election), given.commissioner_of(election)):
        with pytest.raises(Refused) as refusal:
            officers.enter_presence(election.pk, day=AT.date(), actor=actor, at=AT)
        assert refusal.value.code == "not-the-mover"


@pytest.mark.parametrize(("members", "whole"), [(1, False), (2, True), (3, True), (4, False)])
def test_where_no_size_is_regulated_two_or_three_are_a_whole_commission(
    members: int, whole: bool
) -> None:
    assert queries.is_whole_commission(Regulation(), members) is whole
