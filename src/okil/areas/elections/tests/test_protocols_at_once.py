"""Two people at the same protocol at the same moment: nothing twice, nothing lost."""

from __future__ import annotations

import pytest

from okil.areas.bodies.models import Role, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import protocols as actions
from okil.areas.elections.models import Election, Protocol, Remark, Signature
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import count, officers, protocols
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.foundation.audit import verify_chain
from okil.foundation.documents.models import Issued

pytestmark = pytest.mark.django_db(transaction=True)


def counted() -> Election:
    election = count.on_the_table()
    count.counted(election, {1: 7, 2: 4, 3: 1})
    officers.all_signed(election, at=given.AT)
    return election


def signing(protocol: Protocol, role: Role) -> Act:
    return lambda: protocols.signed_by(protocol, role, at=protocols.SIGNED_AT)


def drawing(election: Election, place: int, *, seen: int = 0) -> Act:
    actor = protocols.commission_of(election)[place]
    return lambda: actions.draw_up_protocol(
        election.pk,
        seen_version=seen,
        reason=protocols.REASON if seen else {},
        actor=actor,
        at=protocols.SIGNED_AT,
    )


def test_two_members_sign_beside_each_other() -> None:
    election = counted()
    protocol = protocols.drawn_up(election)
    one, other = officers.roles_of(election, RoleName.COMMISSIONER)

    assert meeting(signing(protocol, one), signing(protocol, other)) == (DONE, DONE)

    assert set(Signature.objects.values_list("role", flat=True)) == {one.pk, other.pk}
    assert verify_chain() == []


def test_who_presses_twice_signs_once() -> None:
    election = counted()
    protocol = protocols.drawn_up(election)
    [one, _other] = officers.roles_of(election, RoleName.COMMISSIONER)

    found = meeting(signing(protocol, one), signing(protocol, one))

    assert found == (DONE, "protocol-signed-already")
    assert Signature.objects.count() == 1


def test_two_members_draw_up_one_protocol() -> None:
    election = counted()
    papers = Issued.objects.count()

    assert meeting(drawing(election, 0), drawing(election, 1)) == (DONE, "protocol-changed")

    assert Protocol.objects.count() == 1
    assert Issued.objects.count() == papers + 1
    assert verify_chain() == []


def test_nobody_signs_what_is_being_replaced() -> None:
    election = counted()
    protocol = protocols.drawn_up(election)
    one = officers.roles_of(election, RoleName.COMMISSIONER)[0]

    found = meeting(drawing(election, 1, seen=1), signing(protocol, one))

    assert found == (DONE, "protocol-changed")
    assert not Signature.objects.exists()


def test_two_remarks_get_two_numbers() -> None:
    election = counted()
    bodies.officer(RoleName.OBSERVER, election.group)
    first, second = officers.roles_of(election, RoleName.OBSERVER)

    def filing(role: Role) -> Act:
        return lambda: protocols.remark_by(election, role, at=count.COUNTED_AT)

    assert meeting(filing(first), filing(second)) == (DONE, DONE)

    assert sorted(Remark.objects.values_list("number", flat=True)) == [1, 2]
