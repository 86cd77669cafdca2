"""The demonstration has a meeting of the Secretariat of each kind, held before today."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from okil.areas.elections.models import Consultation
from okil.areas.elections.tests import given
from okil.foundation.web.tests.pages import read
from okil.site.demonstration import consultations
from okil.site.demonstration.calendar import Calendar, weeks_between

pytestmark = pytest.mark.django_db


def test_a_meeting_of_each_kind_was_held_and_can_be_read() -> None:
    cycle = given.election().cycle
    secretary = given.secretariat()
    now = datetime.now(UTC)

    for at, step in consultations.steps(cycle, secretary, Calendar(weeks_between(now.date()))):
        assert at < now
        step(at)

    held = cycle.consultations.all()
    assert {each.kind for each in held} == set(Consultation.Kind.values)
    assert all(list(each.groups.all()) for each in held)
    page = read(given.browser_of(secretary).get(reverse("consultations", args=[cycle.year])))
    assert page.problems() == []
    assert all(str(each.came) in page.main.text for each in held)
