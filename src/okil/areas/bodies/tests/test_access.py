"""Every cell of the matrix, both ways; then the same cells as people meet them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from okil.areas.bodies import access
from okil.areas.bodies.access import GIVEN_BY, MATRIX, ROLES, If, Op, Right, Scope, Standing
from okil.areas.bodies.models import BODY_WIDE_ROLES, RoleName
from okil.areas.bodies.tests import given
from okil.foundation.audit import Actor
from okil.pure.refusal import Refused

HERE, ELSEWHERE = 1, 2
MY_GROUP, OTHER_GROUP = 10, 20


@dataclass(frozen=True)
class Case:
    """A person who holds one role here, before a thing of some body and group."""

    body: int
    group: int | None
    own: bool
    met: frozenset[If]


def cases() -> Iterator[Case]:
    conditions = [frozenset(), *(frozenset([each]) for each in If), frozenset(If)]
    for body, group, own, met in product(
        (HERE, ELSEWHERE), (MY_GROUP, OTHER_GROUP, None), (True, False), conditions
    ):
        yield Case(body, group, own, met)


def standing(role: str) -> Standing:
    """Officers of groups and everybody in a group stand in one; the others in the whole body."""
    if role in ("public", "operator"):
        return Standing(role)
    return Standing(role, HERE, None if role in BODY_WIDE_ROLES else MY_GROUP, 7)


def is_given(right: Right | None, role: str, case: Case) -> bool:
    """The table read a second time, by other words than `allows` has."""
    if right is None:
        return False
    is_met = right.only_if is None or right.only_if in case.met
    is_here = case.body == HERE or role in ("public", "operator")
    in_reach = {
        Scope.OWN: case.own,
        Scope.BODY: is_here,
        Scope.GROUP: case.body == HERE and case.group == MY_GROUP,
    }
    return is_met and in_reach[right.scope]


@pytest.mark.parametrize("thing", MATRIX)
def test_each_cell_allows_what_it_says_and_nothing_else(thing: str) -> None:
    for operation, role, case in product(Op, ROLES, cases()):
        right = MATRIX[thing].get(operation, {}).get(role)

        allowed = access.allows(
            standing(role),
            operation,
            thing,
            body=case.body,
            group=case.group,
            own=case.own,
            met=case.met,
        )

        assert allowed == is_given(right, role, case), (operation, role, case)


def test_a_right_in_ones_group_is_given_to_nobody_who_has_no_group() -> None:
    groupless = {"operator", "public", *(role.value for role in BODY_WIDE_ROLES)}

    assert [
        (thing, operation, role)
        for thing, operations in MATRIX.items()
        for operation, rights in operations.items()
        for role, right in rights.items()
        if right.scope is Scope.GROUP and role in groupless
    ] == []


def test_the_table_names_no_role_that_does_not_exist() -> None:
    named = {
        role for operations in MATRIX.values() for rights in operations.values() for role in rights
    }

    assert named <= set(ROLES)
    assert {role.value for role in RoleName} <= set(ROLES)


def holders(thing: str, *operations: Op) -> set[str]:
    return {role for each in operations for role in MATRIX[thing].get(each, {})}


# What ROLES.md says, sentence by sentence.


def test_nobody_sees_votes_before_the_close() -> None:
    assert MATRIX["tally_before_close"] == {}


def test_ballots_are_seen_by_nobody_and_counted_by_the_commission() -> None:
    assert holders("ballots", Op.SEE) == set()
    assert holders("ballots", Op.DECIDE) == {"commissioner"}
    assert MATRIX["ballots"][Op.CHANGE] == {"voter": Right(Scope.OWN)}


def test_the_secretariat_sees_numbers_of_voters_only() -> None:
    about_voters = ("voter_application", "who_voted_before_close", "who_voted_after_close")

    for thing in about_voters:
        assert "secretariat" not in holders(thing, Op.SEE, Op.CHANGE, Op.DECIDE)


def test_the_secretariat_decides_of_a_group_only_whether_its_package_is_complete() -> None:
    assert [thing for thing in MATRIX if "secretariat" in holders(thing, Op.DECIDE)] == ["package"]


def test_secrets_are_seen_by_their_holders_only() -> None:
    assert set(MATRIX["secrets"]) == {Op.SEE}
    assert {right.scope for right in MATRIX["secrets"][Op.SEE].values()} == {Scope.OWN}


def test_the_observer_only_asks_and_otherwise_changes_what_is_the_observers_own() -> None:
    acts = {
        (thing, operation): rights["observer"]
        for thing, operations in MATRIX.items()
        for operation, rights in operations.items()
        if operation in (Op.CHANGE, Op.DECIDE) and "observer" in rights
    }

    assert acts == {
        ("protocol_internal", Op.CHANGE): Right(Scope.OWN),  # a remark
        ("presence", Op.CHANGE): Right(Scope.OWN),
        ("complaint", Op.CHANGE): Right(Scope.OWN),
        ("declarations", Op.DECIDE): Right(Scope.OWN),
        ("rule_questions", Op.CHANGE): Right(Scope.GROUP),  # asks; the organiser answers
    }


def test_the_operator_may_only_what_everybody_may() -> None:
    for thing, operations in MATRIX.items():
        for operation, rights in operations.items():
            if "operator" in rights:
                assert rights["operator"] == rights.get("public"), (thing, operation)


def test_everybody_sees_what_is_public_and_few_publish_it() -> None:
    for thing in ("plan", "candidate_list", "protocol_public"):
        assert holders(thing, Op.SEE) == set(ROLES)
        assert holders(thing, Op.PUBLISH) == {"secretariat"}


def test_a_name_is_published_by_its_owner_only() -> None:
    assert {right.scope for right in MATRIX["officer_names"][Op.PUBLISH].values()} == {Scope.OWN}


def test_the_public_sees_a_name_only_if_its_owner_chose_so() -> None:
    assert MATRIX["officer_names"][Op.SEE]["public"] == Right(Scope.BODY, If.CHOSEN)
    assert "observer" not in MATRIX["officer_names"][Op.SEE]


# The same as people meet it: roles given by real actions.


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(RoleName))
def test_a_role_given_for_a_group_gives_its_cells_there_and_not_next_door(role: RoleName) -> None:
    body = given.body()
    own, next_door = given.group(body), given.group(body)
    group = None if role in BODY_WIDE_ROLES else own
    user = given.secretariat(body) if role == "secretariat" else given.officer(role, group)

    for thing, operation, where in product(MATRIX, Op, (own, next_door, None)):
        rights = MATRIX[thing].get(operation, {})
        case = Case(
            HERE,
            MY_GROUP if where == own else OTHER_GROUP if where else None,
            own=False,
            met=frozenset(),
        )

        allowed = access.may(user, operation, thing, body=body, group=where)

        expected = is_given(rights.get(role.value), role, case) or is_given(
            rights.get("public"), "public", case
        )
        assert allowed == expected, (thing, operation, where)


@pytest.mark.django_db
def test_a_visitor_may_what_the_public_may() -> None:
    body = given.body()

    for thing, operation in product(MATRIX, Op):
        right = MATRIX[thing].get(operation, {}).get("public")

        allowed = access.may(AnonymousUser(), operation, thing, body=body)

        assert allowed == (right == Right(Scope.BODY)), (thing, operation)


@pytest.mark.django_db
def test_a_role_that_ended_gives_nothing() -> None:
    group = given.group()
    observer = given.officer(RoleName.OBSERVER, group)
    role = given.role_of(observer)
    given.ended(role)

    assert access.standings(observer) == [Standing("public")]
    with pytest.raises(Refused) as refusal:
        access.require(observer, "see", "election", body=group.body, group=group)
    assert refusal.value.code == "not-allowed"


@pytest.mark.django_db
def test_the_journal_names_the_role_that_was_given_not_the_public() -> None:
    body = given.body()
    user = given.secretariat(body)

    acting = access.require(user, "see", "plan", body=body)

    assert acting == Actor("secretariat", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", list(RoleName))
def test_a_role_is_given_by_the_role_that_the_table_names(wanted: RoleName) -> None:
    body = given.body()
    own, next_door = given.group(body), given.group(body)
    group = None if wanted in BODY_WIDE_ROLES else own
    people = {
        "secretariat": given.secretariat(body),
        "organiser": given.organiser_of(own),
        "organiser next door": given.organiser_of(next_door),
        "commissioner": given.officer(RoleName.COMMISSIONER, own),
        "observer": given.officer(RoleName.OBSERVER, own),
    }

    givers = {
        who
        for who, user in people.items()
        if access.may_give(access.standings(user), wanted, body=body, group=group)
    }

    assert givers == {GIVEN_BY[wanted]}
    for who, user in people.items():
        if who not in givers:
            with pytest.raises(Refused):
                access.require_giver(user, wanted, body=body, group=group)


@pytest.mark.django_db
def test_a_mover_holds_exactly_the_role_for_this_group() -> None:
    body = given.body()
    own, next_door = given.group(body), given.group(body)
    organiser = given.organiser_of(own)
    secretariat = given.secretariat(body)

    assert access.require_role(organiser, "organiser", own).role == "organiser"
    assert access.require_role(secretariat, "secretariat", next_door).role == "secretariat"
    for user, role, group in (
        (organiser, "organiser", next_door),
        (organiser, "commissioner", own),
        (secretariat, "organiser", own),
        (AnonymousUser(), "organiser", own),
    ):
        with pytest.raises(Refused) as refusal:
            access.require_role(user, role, group)
        assert (refusal.value.code, refusal.value.facts) == ("not-the-mover", {"role": role})
