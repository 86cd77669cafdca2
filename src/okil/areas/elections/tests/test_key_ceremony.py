"""Three make a key that no one of them has, and the server less than anybody (section 5.3)."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import key_ceremony as actions
from okil.areas.elections.models import KeyCeremony, KeyHolder
from okil.areas.elections.queries.ceremonies import ceremony_of, parts_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ceremonies
from okil.areas.elections.tests.given.ceremonies import AT, STEPS, Browser
from okil.pure.ballots import ceremony
from okil.pure.ballots.trustees import read_trustees
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal; no part of the key changed."""
    before = list(KeyHolder.objects.order_by("pk").values())
    with pytest.raises(Refused) as refusal:
        act()
    assert list(KeyHolder.objects.order_by("pk").values()) == before
    return refusal.value.code


def up_to(step: str) -> list[Browser]:
    """Everybody has done what comes before this step."""
    members = ceremonies.browsers(ceremonies.begun(ceremonies.election()))
    for each in STEPS[: ("certify", "compare", "share", "finish").index(step)]:
        for member in members:
            each(member)
    return members


def begin(election: Any, *holders: int) -> KeyCeremony:
    return actions.begin_key_ceremony(
        election.pk, holders=holders, actor=given.commissioner_of(election), at=AT
    )


def test_three_members_make_a_key_that_any_two_open() -> None:
    election = ceremonies.election()
    ceremonies.key_made(election)

    held = ceremony_of(given.round_of(election))
    assert held is not None
    assert held.finished_at == AT
    trustees = read_trustees(bytes(held.trustees or b""))
    assert (len(trustees.keys), trustees.needed) == (3, 2)
    assert trustees.coefficients_promised


def test_each_round_waits_for_all() -> None:
    one, two, three = up_to("certify")
    one.certify()

    assert parts_of(one.held).step_of(_now(one)) == "wait"
    assert refused(one.compare) == "not-this-step"
    two.certify()
    three.certify()
    assert parts_of(one.held).step_of(_now(one)) == "compare"


def _now(member: Browser) -> KeyHolder:
    return KeyHolder.objects.select_related("role__person").get(pk=member.holder.pk)


@pytest.mark.parametrize("step", ["certify", "share", "finish"])
def test_nobody_does_a_step_twice(step: str) -> None:
    members = up_to(step)
    act = {"certify": Browser.certify, "share": Browser.share, "finish": Browser.finish}[step]
    output = members[0].output() if step == "finish" else None
    act(members[0])

    again = (
        (
            lambda: actions.hand_in_key(
                members[0].held.pk, output=output, actor=members[0].user, at=AT
            )
        )
        if output
        else (lambda: act(members[0]))
    )
    assert refused(again) == "not-this-step"


def test_nobody_takes_anothers_place() -> None:
    one, two, _three = up_to("certify")
    made = ceremony.open_ceremony(one.member, index=1, size=3, threshold=2, chance=one.chance)

    assert (
        refused(lambda: actions.certify(one.held.pk, **made, actor=two.user, at=AT))
        == "key-part-wrong"
    )


@pytest.mark.parametrize(
    "context",
    [{"size": 4, "threshold": 2}, {"size": 3, "threshold": 3}, {"size": 3, "threshold": 1}],
)
def test_a_certificate_for_another_commission_is_refused(context: dict[str, int]) -> None:
    one, *_others = up_to("certify")
    made = ceremony.open_ceremony(one.member, index=1, chance=one.chance, **context)

    assert (
        refused(lambda: actions.certify(one.held.pk, **made, actor=one.user, at=AT))
        == "key-part-wrong"
    )


@pytest.mark.parametrize("value", [None, [], {}, "x", {"message": "{}", "signature": {}}, 7])
def test_what_is_no_part_of_a_key_is_refused_in_one_way(value: Any) -> None:
    one, *_others = up_to("certify")
    assert (
        refused(
            lambda: actions.certify(
                one.held.pk, certificate=value, polynomial={}, actor=one.user, at=AT
            )
        )
        == "key-part-wrong"
    )


def test_fingerprints_that_are_not_those_of_now_confirm_nothing() -> None:
    one, *_others = up_to("compare")
    seen = parts_of(one.held).fingerprints[::-1]

    assert (
        refused(lambda: actions.confirm_fingerprints(one.held.pk, seen=seen, actor=one.user, at=AT))
        == "fingerprints-changed"
    )


def test_a_share_that_somebody_else_signed_is_refused() -> None:
    one, two, _three = up_to("share")
    one.holder.refresh_from_db()
    made = ceremony.share(
        one.member,
        parts_of(one.held).certificates,
        json.loads(one.holder.polynomial or ""),
        threshold=2,
        chance=one.chance,
    )

    assert (
        refused(lambda: actions.hand_in_share(two.held.pk, share=made, actor=two.user, at=AT))
        == "key-part-wrong"
    )


def test_a_key_that_the_shares_do_not_give_is_refused() -> None:
    one, two, _three = up_to("finish")
    output = copy.deepcopy(one.output())
    output["public_key"] = two.output()["public_key"]

    assert (
        refused(lambda: actions.hand_in_key(one.held.pk, output=output, actor=one.user, at=AT))
        == "key-part-wrong"
    )


def test_who_holds_no_part_sees_no_step() -> None:
    one, *_others = up_to("certify")
    organiser = given.organiser_of(one.held.round.election)
    made = ceremony.open_ceremony(one.member, index=1, size=3, threshold=2, chance=one.chance)

    assert (
        refused(lambda: actions.certify(one.held.pk, **made, actor=organiser, at=AT))
        == "not-a-key-holder"
    )


def test_an_observer_may_hold_the_third_part_and_not_two_of_them() -> None:
    election = ceremonies.election()
    one, two, three = ceremonies.numbers_of(election)
    (observer,) = ceremonies.numbers_of(election, RoleName.OBSERVER)

    assert refused(lambda: begin(election, one, two)) == "key-holders-wrong"
    assert refused(lambda: begin(election, one, two, two)) == "key-holders-wrong"
    assert refused(lambda: begin(election, one, two, 9999)) == "key-holders-wrong"
    held = begin(election, one, two, observer)
    assert sorted(held.holders.values_list("role__person__number", flat=True)) == sorted(
        [one, two, observer]
    )
    assert refused(lambda: begin(election, one, two, three)) == "key-ceremony-begun"


def test_there_is_no_key_where_the_regulation_knows_no_secret_online_vote() -> None:
    election = ceremonies.election(rules={**ceremonies.RULES, "vote_channels": ["assembly_paper"]})
    assert refused(lambda: begin(election, *ceremonies.numbers_of(election))) == (
        "no-secret-online-vote"
    )


def test_a_key_that_was_given_up_makes_room_for_another_with_another_uuid() -> None:
    members = up_to("share")
    election = members[0].held.round.election
    actor = given.commissioner_of(election)
    actions.give_up_key(members[0].held.pk, reason="Файл ключа потерян.", actor=actor, at=AT)

    assert refused(members[0].share) == "key-given-up"
    another = begin(election, *ceremonies.numbers_of(election))
    assert another.uuid != members[0].held.uuid


def test_the_server_holds_no_secret_of_anybody() -> None:
    election = ceremonies.election()
    members = ceremonies.key_made(election)

    stored = "\n".join(
        str(row)
        for model in apps.get_models()
        if model._meta.managed
        for row in model._base_manager.values_list()
    )
    for member in members:
        for secret in (member.member.sk, member.member.dk, member.key()):
            assert str(secret) not in stored
