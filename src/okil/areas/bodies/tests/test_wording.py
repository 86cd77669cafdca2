from __future__ import annotations

import json
from pathlib import Path

import pytest

from okil.areas.bodies import wording
from okil.areas.bodies.access import GIVEN_BY, ROLES
from okil.areas.bodies.models import (
    ElectoralGroup,
    EndReason,
    FactorReset,
    Position,
    RoleName,
)
from okil.areas.bodies.queries import role_name, role_names
from okil.foundation.web import refusals
from okil.pure.refusal import Refused
from okil.pure.rules import incompatibilities


def test_each_code_that_is_stored_has_a_word() -> None:
    assert set(wording.POSITIONS) == set(Position.values)
    assert set(wording.END_REASONS) == set(EndReason.values)
    assert set(wording.GROUP_KINDS) == set(ElectoralGroup.Kind.values)
    assert set(wording.RESET_REASONS) == set(FactorReset.Reason.values)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_its_name_in_three_languages(role: str) -> None:
    assert set(role_names()[role]) == {"ru", "kk", "en"}
    assert all(role_name(role).values())


def test_each_role_that_is_given_has_a_giver() -> None:
    assert set(GIVEN_BY) == set(RoleName)


def test_an_incompatibility_is_said_in_words_with_its_source() -> None:
    ban = incompatibilities.TABLE[0]

    said = refusals.sentence(
        Refused("incompatible", held=ban.one, wanted=ban.other, source=ban.source)
    )

    assert ban.source in said
    assert str(role_name(ban.one)) in said
    assert ban.other not in said


def test_the_words_of_roles_are_one_file_without_empty_places() -> None:
    file = Path(wording.__file__).parent / "words" / "roles.json"

    words = json.loads(file.read_text(encoding="utf-8"))

    assert set(words) >= set(ROLES)
    assert all(
        text for forms in words.values() for texts in forms.values() for text in texts.values()
    )
