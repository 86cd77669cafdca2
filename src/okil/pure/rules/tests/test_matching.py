"""What is compared of a person, in which spelling, and who is found."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.refusal import Refused
from okil.pure.rules.matching import (
    Found,
    Holder,
    crossings,
    fingerprint_of,
    identifiers,
    mark,
    read_fingerprint,
    read_key,
    shown_fingerprint,
    written_key,
)

KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ("Aida.R@Example.ORG", {("mail", "aida.r@example.org")}),
        ("<aida@example.org>.", {("mail", "aida@example.org")}),
        ("+7 701 555 43 21", {("telephone", "77015554321")}),
        ("8 (701) 555-43-21", {("telephone", "77015554321")}),
        ("7015554321", {("telephone", "77015554321")}),
        ("8701\u00a05554321", {("telephone", "77015554321")}),
        ("+44 20 7946 0958", {("telephone", "442079460958")}),
        (
            "+7 701 555 43 21, aida7015554322@example.org",
            {("telephone", "77015554321"), ("mail", "aida7015554322@example.org")},
        ),
        ("через Сауле из фонда", set()),
        ("кабинет 12, тел. 55-43-21", set()),
        ("", set()),
    ],
)
def test_contacts_are_compared_in_one_spelling(contact: str, found: set[tuple[str, str]]) -> None:
    assert identifiers(contact=contact) == found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("АА-0185/М", "аа0185м"),
        ("аа0185м", "аа0185м"),
        ("Калинина Дина 5", ""),  # a name, with a number behind it
        ("Шиповник", ""),
        ("К7", ""),  # too short to be one person's
        ("", ""),
    ],
)
def test_of_names_only_a_code_is_compared(name: str, code: str) -> None:
    assert identifiers(name=name) == ({("code", code)} if code else set())


def test_an_organisation_is_known_by_its_number_in_the_register() -> None:
    assert identifiers(organisation_number="050440 001234") == {("organisation", "050440001234")}


def test_a_mark_is_what_docs_say_and_kinds_never_meet() -> None:
    said = hmac.new(KEY, b"mail|a@example.org", hashlib.sha256).digest()

    assert mark(KEY, "mail", "a@example.org") == said
    assert mark(KEY, "code", "77015554321") != mark(KEY, "telephone", "77015554321")
    assert mark(KEY, "code", "a") != mark(bytes(32), "code", "a")


# The key


@given(st.binary(min_size=32, max_size=32))
def test_a_key_is_read_as_it_was_written_and_known_by_its_fingerprint(key: bytes) -> None:
    text = written_key(key).encode()
    fingerprint = fingerprint_of(key)

    assert read_key(text) == read_key(b"  " + text.upper() + b"\r\n") == key
    assert read_fingerprint(shown_fingerprint(fingerprint).upper()) == fingerprint
    assert fingerprint != key.hex()


@given(st.binary(max_size=63))
def test_what_is_no_key_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="matching-key-unreadable"):
        read_key(content)


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "a" * 63, "a" * 65])
def test_what_is_no_fingerprint_is_none(typed: str) -> None:
    assert read_fingerprint(typed) == ""


# Who is found


def holder(label: str, group: int, *marks: str) -> Holder:
    capacity = label.split(":")[0]
    return Holder(label, capacity, group, frozenset(each.encode() for each in marks))


def pairs(found: list[Found]) -> set[tuple[str, frozenset[str]]]:
    return {(each.situation, frozenset((each.one.label, each.other.label))) for each in found}


def test_one_person_in_two_groups_is_found_once_however_many_marks_agree() -> None:
    found = crossings([holder("voter:1", 1, "tel", "mail"), holder("voter:9", 2, "mail", "tel")])

    assert pairs(found) == {("X1", frozenset({"voter:1", "voter:9"}))}


def test_two_roles_in_one_group_are_not_looked_at_here() -> None:
    same = [holder("voter:1", 1, "tel"), holder("candidate:2", 1, "tel")]

    assert crossings(same) == []
    with_a_third = crossings([*same, holder("voter:3", 2, "tel")])
    assert pairs(with_a_third) == {
        ("X1", frozenset({"voter:1", "voter:3"})),
        ("X3", frozenset({"candidate:2", "voter:3"})),
    }


def test_pairs_nobody_asked_about_are_not_found() -> None:
    assert crossings([holder("organiser:1", 1, "m"), holder("voter:2", 2, "m")]) == []


def test_a_telephone_that_two_of_one_group_gave_is_nobodys_own() -> None:
    counsellor = [holder("voter:1", 1, "t"), holder("voter:2", 1, "t"), holder("voter:3", 2, "t")]

    assert crossings(counsellor) == []


def test_who_has_no_mark_is_never_found() -> None:
    assert crossings([holder("voter:1", 1), holder("voter:2", 2)]) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["voter", "candidate", "commissioner", "organiser"]),
            st.integers(1, 4),
            st.frozensets(st.sampled_from("abcdef"), max_size=3),
        ),
        max_size=12,
    )
)
def test_who_is_found_does_not_depend_on_the_order_and_is_in_two_groups(
    said: list[tuple[str, int, frozenset[str]]],
) -> None:
    holders = [
        holder(f"{capacity}:{number}", group, *marks)
        for number, (capacity, group, marks) in enumerate(said)
    ]

    found = crossings(holders)

    assert {each.pair for each in found} == {each.pair for each in crossings(holders[::-1])}
    assert len({each.pair for each in found}) == len(found)
    for each in found:
        assert each.one.group != each.other.group
        assert each.one.marks & each.other.marks
