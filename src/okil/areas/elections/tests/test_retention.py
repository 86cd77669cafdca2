"""What people entrusted to an election is destroyed on its day, and the numbers stay."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import retention as actions
from okil.areas.elections.models import (
    AdoptedRegulation,
    Candidate,
    Closing,
    Complaint,
    Destruction,
    Package,
    Voter,
)
from okil.areas.elections.queries import retention as queries
from okil.areas.elections.queries.coverage import by_region
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import by_elections, complaints
from okil.areas.elections.tests.given import retention as given_retention
from okil.areas.elections.tests.given.retention import (
    ARCHIVE_OVER,
    DAY_BEFORE,
    DUE_AT,
    concluded,
    destroyed,
)
from okil.foundation import documents, vault
from okil.foundation.audit import Actor, entries_of
from okil.foundation.documents.models import File
from okil.foundation.vault.models import VaultKey
from okil.pure.refusal import Refused
from okil.pure.rules.retention import Holding
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
READER = Actor("commissioner", 1)


def refusal_of(act: Any, *arguments: Any, **more: Any) -> str:
    """The code; nothing was destroyed."""
    with pytest.raises(Refused) as refusal:
        act(*arguments, **more)
    assert not VaultKey.objects.exclude(destroyed_at=None).exists()
    assert not Destruction.objects.exists()
    return refusal.value.code


def opens(rows: Any, purpose: str) -> bool:
    try:
        vault.open(list(rows), purpose, actor=READER, at=DUE_AT)
    except Refused as refused:
        return refused.code != "vault-key-destroyed"
    return True


# When


def test_a_holding_is_destroyed_on_its_day_and_not_the_day_before() -> None:
    election = concluded()

    assert refusal_of(destroyed, election, Holding.ROLL, at=DAY_BEFORE) == "destruction-not-due"
    destruction = destroyed(election, Holding.ROLL)

    assert (destruction.due_on, destruction.destroyed_at) == (date(2025, 3, 24), DUE_AT)


def test_nothing_is_destroyed_before_the_conclusion() -> None:
    election = given.election(State.COUNTING, rules={**given.RULES, "personal_data_months": 0})

    code = refusal_of(destroyed, election, Holding.ROLL, at=DUE_AT)

    assert code == "destruction-before-conclusion"


def test_an_open_complaint_keeps_everything() -> None:
    election = concluded()
    Complaint.objects.update(decided_at=None, effect="", decision=None)

    assert refusal_of(destroyed, election, Holding.COMPLAINTS) == "complaints-open"


def test_a_later_regulation_does_not_change_what_was_promised() -> None:
    election = concluded()
    newest = election.group.regulations.get()
    AdoptedRegulation.objects.create(
        group=election.group,
        version=newest.version + 1,
        content={**newest.content, "personal_data_months": 120, "archive_years": 1},
        adopted_by=newest.adopted_by,
        entered_at=DAY_BEFORE,
    )

    found = queries.retention_of(election, at=DUE_AT)

    assert found.of(Holding.ROLL).due_on == date(2025, 3, 24)
    assert found.of(Holding.ARCHIVE).due_on == date(2029, 9, 26)


def test_where_the_regulation_is_silent_only_a_decision_destroys() -> None:
    election = concluded(rules={"personal_data_months": None})
    assert refusal_of(destroyed, election, Holding.ROLL) == "destruction-undated"

    destruction = destroyed(election, Holding.ROLL, decision=given.decision())

    assert destruction.due_on is None
    row = entries_of(election.chapter).get(event="retention.destroyed")
    assert row.after is not None
    assert row.after["holding"] == "roll"
    assert row.after["decision"] is not None


def test_a_decision_makes_no_promised_time_shorter() -> None:
    election = concluded()

    code = refusal_of(destroyed, election, Holding.ROLL, decision=given.decision(), at=DAY_BEFORE)

    assert code == "destruction-not-due"


# Who


@pytest.mark.parametrize("role", [RoleName.COMMISSIONER, RoleName.SECRETARIAT, RoleName.OBSERVER])
def test_nobody_but_the_organiser_destroys(role: str) -> None:
    election = concluded()

    code = refusal_of(
        actions.destroy_holding,
        election.pk,
        holding=Holding.ROLL,
        typed=0,
        actor=given.officer_of(role, election),
        at=DUE_AT,
    )

    assert code == "not-allowed"


def test_whoever_destroys_writes_how_many_records_go() -> None:
    election = concluded()

    assert refusal_of(destroyed, election, Holding.ROLL, typed=1) == "destruction-not-confirmed"


# What


def test_of_the_roll_only_numbers_are_left() -> None:
    election = concluded()
    Voter.objects.filter(number=1).update(
        organisation_number="123", services="тест", ticket_check="a" * 64, form_check="b" * 64
    )
    before = by_region(given.round_of(election))

    destruction = destroyed(election, Holding.ROLL)

    assert not opens(Voter.objects.all(), "roll")
    plain = ("organisation", "organisation_number", "services", "ticket_check", "form_check")
    assert set(Voter.objects.values_list(*plain)) == {("",) * len(plain)}
    assert {bytes(key) for (key,) in Voter.objects.values_list("name_key")} == {b""}
    assert by_region(given.round_of(election)) == before
    assert destruction.counts["stays"]["by_status"] == {"accepted": 12}
    assert destruction.counts["stays"]["organisations"] == 2
    assert destruction.counts["gone"]["voters"] == 12


def test_the_papers_with_names_go_with_the_roll_and_the_public_ones_stay() -> None:
    election = concluded()
    public = File.objects.filter(issued__kind="voter-roll", audience="public")
    contents = {file.pk: documents.open_published_file(file) for file in public}
    assert File.objects.filter(issued__kind="voter-roll", audience="internal").exists()

    destroyed(election, Holding.ROLL)

    left = File.objects.filter(issued__kind__in=("voter-roll", "attendance-sheet"))
    assert {file.audience for file in left} == {"public"}
    assert {file.pk: documents.open_published_file(file) for file in public.all()} == contents
    protocol = File.objects.filter(issued__kind="results-protocol", audience="internal").first()
    assert protocol is not None
    assert documents.open_file(protocol, actor=READER, at=DUE_AT)


def test_what_candidates_published_stays_and_all_else_of_them_goes() -> None:
    election = concluded()
    listed = Candidate.objects.order_by("number").first()
    assert listed is not None
    shown = {**listed.programme}

    destroyed(election, Holding.CANDIDATES)

    assert not opens(Candidate.objects.all(), "candidates")
    listed.refresh_from_db()
    assert bytes(listed.name_key) == b""
    assert (listed.organisation, listed.ticket_check) == ("", "")
    assert listed.programme == (shown if listed.shows_programme else {})
    assert opens(Package.objects.all(), "protocol")


def test_destroying_one_holding_leaves_the_others() -> None:
    election = concluded()

    destroyed(election, Holding.COMPLAINTS)

    assert not opens(Complaint.objects.select_related("round"), "complaints")
    assert opens(Voter.objects.all(), "roll")
    assert opens(Candidate.objects.all(), "candidates")


def test_the_archive_goes_last_and_leaves_what_everybody_could_read() -> None:
    election = concluded()
    public = list(File.objects.filter(audience="public").select_related("issued"))

    for holding in Holding:
        destroyed(election, holding, at=ARCHIVE_OVER)

    assert not File.objects.filter(
        audience="internal", issued__vault_scope=queries.scope_of(election)
    ).exists()
    assert not opens(Package.objects.select_related("round"), "protocol")
    for file in public:
        assert documents.open_published_file(File.objects.get(pk=file.pk))
    assert set(vault.kept(queries.scope_of(election)).items()) >= {("documents", None)}


def test_a_holding_is_destroyed_once() -> None:
    election = concluded()
    destroyed(election, Holding.ROLL)

    with pytest.raises(Refused) as refusal:
        destroyed(election, Holding.ROLL, at=DUE_AT + given.DAY)

    assert refusal.value.code == "destruction-nothing-left"
    assert Destruction.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_after_a_destruction_a_by_election_can_register_people_again() -> None:
    election = by_elections.concluded(rules={**given.RULES, "personal_data_months": 0})
    by_elections.alternate_joined(election)
    by_elections.left(election)
    old = Closing.objects.select_related("round").get()  # the salt of the list is sealed with it
    destroyed(election, Holding.ROLL, at=given_retention.AT_ONCE)

    by_elections.opened(election)
    anew = Voter.objects.create(
        election=election,
        round=given.round_of(election),
        number=1,
        kind="person",
        name="Ромашкина Аида",
        source="own_word",
        consented_on=DUE_AT.date(),
        entered_at=DUE_AT,
    )

    assert opens([anew], "roll")
    assert not opens([old], "roll")


# Copies


def test_the_day_on_which_older_copies_were_destroyed_is_noted_once() -> None:
    election = concluded()
    destruction = destroyed(election, Holding.ROLL)

    def confirm(on: date) -> Destruction:
        return actions.confirm_backups_destroyed(
            destruction.pk,
            destroyed_on=on,
            actor=given.organiser_of(election),
            at=DUE_AT + given.DAY,
        )

    codes = []
    for day in (DUE_AT.date() - given.DAY, DUE_AT.date() + 2 * given.DAY):
        with pytest.raises(Refused) as refusal:
            confirm(day)
        codes.append(refusal.value.code)
    assert codes == ["backups-before-destruction", "day-to-come"]
    assert confirm(DUE_AT.date()).backups_destroyed_on == DUE_AT.date()
    with pytest.raises(Refused, match="backups-confirmed"):
        confirm(DUE_AT.date())


# Nothing is left to be read


@pytest.mark.django_db(transaction=True)
def test_neither_names_nor_keys_are_left_in_the_database_file() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps old rows until VACUUM: docs/security.md says so.")
    election = concluded()
    planted = "Подснежное общество"
    Voter.objects.filter(number=1).update(organisation=planted)
    names = [complaints.NAME, complaints.WORDS, planted, "Ромашкина"]
    keys = [
        bytes(row.sealed_key or b"")
        for row in VaultKey.objects.filter(scope=queries.scope_of(election))
    ]

    for holding in Holding:
        destroyed(election, holding, at=ARCHIVE_OVER)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    file = Path(connection.settings_dict["NAME"])
    log = file.with_name(f"{file.name}-wal")
    stored = file.read_bytes() + (log.read_bytes() if log.exists() else b"")
    for name in names:
        assert name.encode() not in stored
        assert name.encode("utf-16-le") not in stored
    assert [key for key in keys if key in stored] == []
