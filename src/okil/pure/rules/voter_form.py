"""What a group's regulation lets a registering voter be asked (REG-11, REG-26, REG-27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from okil.pure.rules.regulation import Regulation

NEVER = "national_identity_number"
# A field of the form by the regulation's word for it.
OF_A_PERSON: Mapping[str, str] = {
    "name_or_pseudonym": "name",
    "full_name": "name",
    "region": "region",
    "organisation": "organisation",
    "contact": "contact",
    "basis_of_belonging": "basis",
}
OF_AN_ORGANISATION: Mapping[str, str] = {
    "region": "region",
    "basis_of_belonging": "services",
    "authorised_person": "name",
    "contact": "contact",
}
# Without these nobody could tell whether an organisation registers twice.
ALWAYS_OF_AN_ORGANISATION = {"organisation": True, "organisation_number": True}
# Where the regulation does not say what is asked: the least that can be verified.
IF_SILENT: Mapping[str, Mapping[str, bool]] = {
    "person": {"name": False, "region": True, "contact": False, "basis": True},
    "organisation": {"services": True, "region": True, "name": True, "contact": False},
}


@dataclass(frozen=True, slots=True)
class VoterQuestions:
    """`asked`: each field, and whether it must be filled in. A paper belongs to whoever is authorised."""

    kind: str
    asked: Mapping[str, bool]
    full_name: bool = False  # a pseudonym is not enough
    is_silent: bool = False

    @property
    def asks_for_paper(self) -> bool:
        return self.kind == "organisation" and "name" in self.asked


def questions_of(regulation: Regulation) -> VoterQuestions:
    """The fields of the form. The national identity number is never one of them."""
    kind = "organisation" if regulation.voter_kind == "legal_entity" else "person"
    always = ALWAYS_OF_AN_ORGANISATION if kind == "organisation" else {}
    words = [word for word in regulation.voter_fields if word != NEVER]
    if not words:
        return VoterQuestions(kind, {**always, **IF_SILENT[kind]}, is_silent=True)
    ours = OF_AN_ORGANISATION if kind == "organisation" else OF_A_PERSON
    asked = {ours[word]: True for word in words if word in ours}
    return VoterQuestions(
        kind, {**always, **asked}, full_name=kind == "person" and "full_name" in words
    )


def with_a_card(questions: VoterQuestions) -> VoterQuestions:
    """What is asked of somebody for whom a trusted organisation vouches: why they belong to the group
    they may leave unsaid."""
    if "basis" not in questions.asked:
        return questions
    return replace(questions, asked={**questions.asked, "basis": False})
