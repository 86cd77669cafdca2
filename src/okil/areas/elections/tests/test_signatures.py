"""Signing a protocol: everybody over the same hashes; a dissent, a paper, an absence stated by others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import protocols as actions
from okil.areas.elections.actions import stages
from okil.areas.elections.models import Election, Protocol, Signature
from okil.areas.elections.queries import protocols as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import count, officers, packages, protocols
from okil.areas.elections.tests.test_protocols import (
    VOTES,
    counted,
    counted_after_all_acts,
    refusal_of,
)
from okil.foundation.audit import entries_of, history_of
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db


def sign(protocol: Protocol, **said: Any) -> Signature:
    election = protocol.round.election
    usual: dict[str, Any] = {
        "version": protocol.version,
        "actor": protocols.commission_of(election)[0],
        "at": protocols.SIGNED_AT,
    }
    return actions.sign_protocol(election.pk, **{**usual, **said})


def test_a_signature_is_over_the_facts_and_every_file() -> None:
    protocol = protocols.drawn_up(counted())

    signature = sign(protocol)

    hashes = {
        f"protocol/{each.audience}.{each.language}.{each.format}": each.sha256
        for each in protocol.issued.files.all()
    }
    assert len(hashes) == 18
    assert signature.files == hashes
    row = history_of(signature).get()
    assert (row.event, row.role, row.after) == (
        "protocol.signed",
        "commissioner",
        {
            "kind": "signed",
            "version": 1,
            "facts": protocol.issued.internal_sha256,
            "public": protocol.issued.public_sha256,
        },
    )


def test_the_commission_and_the_organiser_sign_and_nobody_else() -> None:
    election = counted()
    protocol = protocols.drawn_up(election)
    neighbour = bodies.officer(RoleName.COMMISSIONER, bodies.group(given.body()))

    for actor in (protocols.observer_of(election), given.secretariat(), neighbour):
        assert refusal_of(sign, protocol=protocol, actor=actor) == "not-allowed"
    protocols.signed(election)

    standing = queries.standing(protocol, at=protocols.SIGNED_AT)
    assert (standing.complete, standing.missing) == (True, ())
    assert protocol.signatures.count() == 3


def test_a_member_who_came_later_does_not_sign_what_others_drew_up() -> None:
    election = counted(commission=2)
    protocol = protocols.drawn_up(election)
    newcomer = bodies.officer(RoleName.COMMISSIONER, election.group)
    role = bodies.role_of(newcomer)
    role.begins_at = protocols.SIGNED_AT
    role.save()
    officers.all_signed(election, at=protocols.SIGNED_AT)

    assert refusal_of(sign, protocol=protocol, actor=newcomer) == "protocol-not-yours"


def test_nobody_signs_twice() -> None:
    protocol = protocols.drawn_up(counted())
    sign(protocol)

    assert refusal_of(sign, protocol=protocol) == "protocol-signed-already"


def test_nobody_signs_a_version_that_was_replaced_while_they_read() -> None:
    election = counted()
    first = protocols.drawn_up(election)
    protocols.drawn_up(election, at=protocols.SIGNED_AT)

    assert refusal_of(sign, protocol=first) == "protocol-changed"


def test_a_dissent_is_a_signature_with_sealed_words() -> None:
    protocol = protocols.drawn_up(counted())

    signature = sign(protocol, dissent="Шалфеева видела список.")

    assert signature.kind == "dissent"
    [stored] = Signature.objects.filter(pk=signature.pk).values_list("note", flat=True)
    assert "Шалфеева" not in str(stored)
    assert "Шалфеева" not in str(list(entries_of(protocol.round.election.chapter).values()))
    standing = queries.standing(protocol, at=protocols.SIGNED_AT)
    assert [role for role, _number in standing.dissenting] == ["commissioner"]


def test_a_signature_on_paper_is_kept_sealed_and_says_who_entered_it() -> None:
    election = counted()
    protocol = protocols.drawn_up(election)
    first, second = officers.roles_of(election, RoleName.COMMISSIONER)

    signature = actions.enter_paper_signature(
        election.pk,
        version=1,
        number=second.person.number,
        paper=given.PDF,
        actor=officers.user_of(first),
        at=protocols.SIGNED_AT,
    )

    assert (signature.role, signature.paper_kind) == (second, "pdf")
    row = history_of(signature).get()
    assert row.after is not None
    assert (row.actor_number, row.after["number"]) == (first.person.number, second.person.number)
    assert row.after["kind"] == "handwritten"
    sign_again = {"protocol": protocol, "actor": officers.user_of(second)}
    assert refusal_of(sign, **sign_again) == "protocol-signed-already"


@pytest.mark.parametrize(
    ("paper", "code"), [(b"", "protocol-scan-missing"), (b"MZ...", "paper-unknown")]
)
def test_a_signature_on_paper_has_its_paper(paper: bytes, code: str) -> None:
    election = counted()
    protocols.drawn_up(election)
    member = officers.roles_of(election, RoleName.COMMISSIONER)[0]

    assert (
        refusal_of(
            actions.enter_paper_signature,
            election_id=election.pk,
            version=1,
            number=member.person.number,
            paper=paper,
            actor=officers.user_of(member),
            at=protocols.SIGNED_AT,
        )
        == code
    )


# Absence


def absence(election: Election, number: int, **said: Any) -> Signature:
    usual: dict[str, Any] = {
        "version": 1,
        "number": number,
        "reason": "Трижды звонили, ответа нет.",
        "actor": protocols.commission_of(election)[0],
        "at": LATER,
    }
    return actions.state_absence(election.pk, **{**usual, **said})


LATER = protocols.DRAWN_UP_AT + timedelta(days=3)


def world_of_three() -> tuple[Election, Any]:
    """Three members, of whom the last has not signed; the organiser has."""
    election = counted(commission=3)
    protocol = protocols.drawn_up(election)
    *others, last = officers.roles_of(election, RoleName.COMMISSIONER)
    for role in (*others, *officers.roles_of(election, RoleName.ORGANISER)):
        protocols.signed_by(protocol, role, at=protocols.SIGNED_AT)
    return election, last


def test_an_absence_is_stated_by_the_others_after_three_days() -> None:
    election, last = world_of_three()
    number = last.person.number
    early = LATER - timedelta(seconds=1)
    assert (
        refusal_of(absence, election=election, number=number, at=early) == "protocol-absence-early"
    )
    assert not protocols.is_signed(election)

    signature = absence(election, number)

    assert signature.role == last
    assert protocols.is_signed(election)
    event = history_of(signature).get()
    assert event.after is not None
    assert (event.event, event.after["number"]) == ("protocol.absence_stated", number)


def test_nobody_states_their_own_absence_or_an_organisers() -> None:
    election, last = world_of_three()
    own = officers.user_of(last)

    assert (
        refusal_of(absence, election=election, number=last.person.number, actor=own)
        == "protocol-absence-own"
    )
    organiser = officers.roles_of(election, RoleName.ORGANISER)[0].person.number
    assert refusal_of(absence, election=election, number=organiser) == "protocol-not-yours"


def test_while_another_has_not_signed_no_absence_is_stated() -> None:
    election = counted(commission=3)
    protocol = protocols.drawn_up(election)
    first, _second, last = officers.roles_of(election, RoleName.COMMISSIONER)
    protocols.signed_by(protocol, first, at=protocols.SIGNED_AT)

    assert (
        refusal_of(absence, election=election, number=last.person.number)
        == "protocol-absence-early"
    )


def test_who_was_stated_absent_signs_a_new_version_only() -> None:
    election, last = world_of_three()
    absence(election, last.person.number)
    protocol = queries.newest(given.round_of(election))

    late = {"protocol": protocol, "actor": officers.user_of(last), "at": LATER}
    assert refusal_of(sign, **late) == "protocol-absence-there"


def test_no_name_stands_in_the_journal_of_it_all() -> None:
    election, last = world_of_three()
    absence(election, last.person.number)

    rows = str(list(entries_of(election.chapter).values()))

    assert not any(surname in rows for surname in bodies.SURNAMES)


# What a stranger checks of it; packages.built keeps nothing that does not verify


def test_a_dissent_an_absence_and_a_paper_signature_pass_every_check() -> None:
    election = count.in_counting(commission=3, rules={"commission_size": 3})
    count.counted(election, VOTES, blank=1, wrongly_completed=1)
    protocol = protocols.drawn_up(election)
    first, second, last = officers.roles_of(election, RoleName.COMMISSIONER)
    [organiser] = officers.roles_of(election, RoleName.ORGANISER)
    protocols.signed_by(protocol, first, dissent="Список лежал открытым.", at=protocols.SIGNED_AT)
    protocols.signed_on_paper(protocol, second, at=protocols.SIGNED_AT)
    protocols.signed_by(protocol, organiser, at=protocols.SIGNED_AT)
    protocols.stated_absent(protocol, last, at=LATER)
    moving: dict[str, Any] = {"to": "results", "actor": given.mover_of(election), "at": LATER}
    stages.move_on(election.pk, **moving)

    package = packages.built(election, at=LATER + given.HOUR)

    assert package.protocol == protocol


def test_a_corrected_protocol_passes_every_check() -> None:
    election = counted_after_all_acts()
    protocols.signed(election)
    protocols.drawn_up(election, at=protocols.SIGNED_AT)
    protocols.signed(election)
    given.moved_to(State.RESULTS, election)

    assert packages.built(election).protocol.version == 2
