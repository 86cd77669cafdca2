"""Each kind of file that may be taken along says what it says to the hunter too.

Here a name stands in the open on purpose: in what a group publishes of itself. Whoever wrote such a file
in another way, packed otherwise or in pictures, is told before a leak stays unseen.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from okil.areas.elections.actions import plan
from okil.areas.elections.models import Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import plan as given_plan
from okil.foundation.web.languages import Texts
from okil.pure.rules.regulation import as_data
from okil.pure.rules.tests.regulations import regulation
from tests.planting import sources
from tests.planting.hunter import find

pytestmark = pytest.mark.django_db
NAME = "Василькова Маргарита"
LONG = f"Проверить списки вместе с теми, кому это поручено: {NAME}, и никем другим"


def published() -> Election:
    """An action of the plan, and the group itself, are called by somebody's name."""
    election = given.election(rules=as_data(regulation("sound")))
    facts = given_plan.facts(
        title=Texts(dict.fromkeys(("ru", "kk", "en"), LONG)), kind="by", on=date(2024, 8, 20)
    )
    plan.add_action(
        election.cycle_id,
        facts=facts,
        seen_revision=given_plan.revision(election.cycle),
        actor=given.secretariat(),
        at=given.AT,
    )
    election.group.public_name = Texts(dict.fromkeys(("ru", "kk", "en"), NAME))
    election.group.save()
    return election


@pytest.mark.parametrize("name", [*sources.OF_A_CYCLE, "group_plan_ics"])
def test_a_name_in_a_file_of_the_plan_is_found(name: str) -> None:
    election = published()
    where = [election.group.slug] if name in sources.OF_A_GROUP else []

    content = Client().get(reverse(name, args=[election.cycle.year, *where])).content

    assert [found.needle for found in find([NAME], {name: content})] == [NAME]


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_name_in_a_regulation_is_found(form: str, language: str) -> None:
    election = published()
    organiser = given.browser_of(given.organiser_of(election))
    where = [election.cycle.year, election.group.slug, language, form]

    response = organiser.get(reverse("election_regulation_draft", args=where))

    assert response.status_code == 200
    assert [found.needle for found in find([NAME], {form: response.content})] == [NAME]
