"""Who watched a lot being drawn is sealed: no page, no paper and no journal row names them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots, complaints, count, officers, seats
from okil.areas.elections.tests.given.consultations import consultation
from okil.areas.elections.tests.test_views import SUBJECTS, address_of_a_subject, browsers
from okil.areas.elections.urls import urlpatterns
from okil.foundation import documents
from okil.foundation.audit import Actor, entries_of
from okil.foundation.documents.models import File
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db


def drawn_twice() -> Election:
    """Published; the order of the paper and a tie were drawn by lot, before the same witnesses."""
    election = count.in_counting(rules={"tie": "lot"})
    count.counted(election, {1: 5, 2: 5, 3: 2})
    count.tie_settled(election, [2, 1])
    given.moved_to(State.RESULTS, election)
    seats.published(election)
    at = given.ENTERED[State.PUBLISHED] + given.HOUR
    given.it_is(at)
    officers.letter(election, at=at)
    officers.meeting(election, at=at)
    consultation(election.cycle, at=at)
    complaints.complaint(election, at=at)
    return election


def pages(visitors: dict[str, Client], election: Election) -> Iterator[tuple[str, str]]:
    """Each page of a subject that opens for these, with what it says."""
    for pattern in urlpatterns:
        if pattern.name not in SUBJECTS:
            continue
        url = address_of_a_subject(pattern, election)
        for who, client in visitors.items():
            response = client.get(url)
            if response.status_code == 200 and not response.streaming:
                yield f"{pattern.name}, {who}", response.content.decode(errors="ignore")


def papers(election: Election) -> Iterator[tuple[str, str]]:
    reading = Actor("system", None)
    for file in File.objects.filter(format="html").select_related("issued"):
        content = documents.open_file(file, actor=reading, at=given.AT)
        yield f"{file.issued.kind}, {file.audience}", content.decode()


def test_nobody_else_is_called_as_a_witness_is() -> None:
    assert not {*bodies.SURNAMES} & {*ballots.WITNESS_SURNAMES}
    assert all(name in ballots.WITNESSES for name in ballots.WITNESS_SURNAMES)


def test_no_page_no_paper_and_no_journal_row_names_a_witness() -> None:
    election = drawn_twice()
    everybody = browsers(election)
    visitors = {who: everybody[who] for who in ("visitor", "secretariat", "organiser")}
    visitors["commissioner"] = everybody["commissioner"]

    said = [*papers(election), *pages(visitors, election)]
    said.append(("journal", str(list(entries_of(election.chapter).values()))))

    assert len(said) > 150
    named = [
        where for where, text in said if any(name in text for name in ballots.WITNESS_SURNAMES)
    ]
    assert named == []
