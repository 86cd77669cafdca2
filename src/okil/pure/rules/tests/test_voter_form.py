"""What is asked of a voter follows from the regulation, and is never more."""

from __future__ import annotations

import pytest
from hypothesis import given

from okil.pure.rules.regulation import Regulation
from okil.pure.rules.tests.regulations import ANY_REGULATION
from okil.pure.rules.voter_form import VoterQuestions, questions_of, with_a_card

ALL = {
    "name",
    "region",
    "organisation",
    "organisation_number",
    "services",
    "contact",
    "basis",
}


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (None, (), VoterQuestions(
            "person",
            {"name": False, "region": True, "contact": False, "basis": True},
            is_silent=True,
        )),
        ("natural_person", ("region",), VoterQuestions("person", {"region": True})),
        ("natural_person", ("full_name", "contact"), VoterQuestions(
            "person", {"name": True, "contact": True}, full_name=True
        )),
        ("natural_person", ("name_or_pseudonym", "authorised_person"), VoterQuestions(
            "person", {"name": True}
        )),
        ("natural_person", ("national_identity_number",), VoterQuestions(
            "person",
            {"name": False, "region": True, "contact": False, "basis": True},
            is_silent=True,
        )),
        ("legal_entity", ("region", "authorised_person", "full_name"), VoterQuestions(
            "organisation",
            {"organisation": True, "organisation_number": True, "region": True, "name": True},
        )),
        ("legal_entity", ("region",), VoterQuestions(
            "organisation", {"organisation": True, "organisation_number": True, "region": True}
        )),
    ],
)  # fmt: skip
def test_the_form_follows_the_regulation(
    kind: str | None, fields: tuple[str, ...], expected: VoterQuestions
) -> None:
    assert questions_of(Regulation(voter_kind=kind, voter_fields=fields)) == expected


def test_a_paper_is_asked_of_whoever_votes_for_an_organisation() -> None:
    asked = Regulation(voter_kind="legal_entity", voter_fields=("authorised_person",))
    assert questions_of(asked).asks_for_paper
    assert not questions_of(Regulation(voter_fields=("name_or_pseudonym",))).asks_for_paper


@given(ANY_REGULATION)
def test_nothing_but_the_known_fields_is_ever_asked(regulation: Regulation) -> None:
    found = questions_of(regulation)

    assert set(found.asked) <= ALL
    assert found.kind == "organisation" or not {"organisation_number", "services"} & set(
        found.asked
    )


def test_an_organisation_that_vouches_stands_in_for_the_basis_and_for_nothing_else() -> None:
    asked = questions_of(Regulation(voter_fields=("contact", "basis_of_belonging")))

    assert with_a_card(asked).asked == {**asked.asked, "basis": False}
    without = questions_of(Regulation(voter_fields=("contact",)))
    assert with_a_card(without) == without
