"""The demonstration shows a paper of every kind that Okil makes, but the approved plan.

The plan of 2024 contradicts itself, as it did: whoever puts it right on screen has its paper.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from okil.foundation.documents.kinds import kind_of
from okil.foundation.documents.models import Issued
from okil.site.demonstration.build import build

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_database]

REQUIREMENT_OF = {
    "blank-count-sheet": "6.01",
    "announcement": "7.01",
    "organiser-nomination": "7.04",
    "organisers-list": "7.05",
    "partner-letter": "7.06",
    "commission-list": "7.07",
    "observer-accreditation": "7.08",
    "registration-notice": "7.09",
    "candidate-application": "7.10",
    "closing-notice": "7.12",
    "voter-roll": "7.13",
    "candidate-list": "7.14",
    "admission-decision": "7.15",
    "commission-minutes": "7.16",
    "published-candidates": "7.17",
    "assembly-programme": "7.18",
    "attendance-sheet": "7.18",
    "ballot-paper": "7.19",
    "results-protocol": "7.20",
    "package-cover": "7.22",
    "all-results": "7.23",
    "elected-list": "7.24",
    "results-letter": "7.25",
    "election-regulation": "7.28",
}


def test_the_demonstration_has_a_paper_of_every_kind_but_the_approved_plan() -> None:
    build(at=datetime.now(UTC))

    issued = set(Issued.objects.values_list("kind", flat=True))

    assert {code: kind_of(code).requirement for code in issued} == REQUIREMENT_OF
