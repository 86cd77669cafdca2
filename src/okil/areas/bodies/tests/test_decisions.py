from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from okil.areas.bodies.actions import decisions as actions
from okil.areas.bodies.actions import people
from okil.areas.bodies.models import Decision, ElectoralGroup, Invitation, RoleName
from okil.areas.bodies.tests import given
from okil.areas.bodies.tests.seen import Journal, refused
from okil.foundation.accounts.models import User

pytestmark = pytest.mark.django_db


def role_with_paper(group: ElectoralGroup) -> Decision:
    """The decision by which somebody became observer, with its paper."""
    sent = people.invite(
        RoleName.OBSERVER,
        body=group.body,
        group=group,
        email=given.an_address(),
        name=given.a_name(),
        language="ru",
        decision=given.decision(paper=given.PDF),
        actor=given.organiser_of(group),
        at=given.AT,
    )
    given.accepted(sent)
    return sent.decision


def readers(group: ElectoralGroup, next_door: ElectoralGroup) -> dict[str, User]:
    return {
        "secretariat": given.secretariat(group.body),
        "organiser": given.organiser_of(group),
        "commissioner": given.officer(RoleName.COMMISSIONER, group),
        "observer": given.officer(RoleName.OBSERVER, group),
        "neighbour": given.organiser_of(next_door),
        "partner": given.officer(RoleName.PARTNER),
    }


@pytest.mark.parametrize(
    ("reader", "opens"),
    [
        ("secretariat", True),
        ("organiser", True),
        ("commissioner", True),
        ("observer", False),
        ("neighbour", False),
        ("partner", False),
    ],
)
def test_a_paper_opens_for_who_may_see_the_names_in_it(reader: str, opens: bool) -> None:
    body = given.body()
    group, next_door = given.group(body), given.group(body)
    decision = role_with_paper(group)
    user = readers(group, next_door)[reader]
    browser = given.browser_of(user)
    journal = Journal()

    answer = browser.get(reverse("decision_paper", args=[decision.pk]))

    if opens:
        assert (answer.status_code, answer.content) == (200, given.PDF)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == (
            f'attachment; filename="decision-{decision.pk}.pdf"'
        )
        assert [row[:2] for row in journal.rows] == [("vault.opened", reader)]
    else:
        assert (answer.status_code, journal.rows) == (404, [])
        with refused("not-allowed"):
            actions.open_paper(decision.pk, actor=user, at=given.AT)


def test_a_decision_without_a_paper_has_nothing_to_open() -> None:
    body = given.body()
    secretariat = given.secretariat(body)
    decision = given.role_of(secretariat).given_by

    with refused("nothing-to-open"):
        actions.open_paper(decision.pk, actor=secretariat, at=given.AT)
    address = reverse("decision_paper", args=[decision.pk])
    assert given.browser_of(secretariat).get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "kind"),
    [(given.PDF, "pdf"), (b"\xff\xd8\xff picture", "jpeg"), (b"\x89PNG\r\n picture", "png")],
)
def test_a_paper_is_known_by_its_first_bytes_not_by_its_name(content: bytes, kind: str) -> None:
    group = given.group()
    browser = given.browser_of(given.organiser_of(group))

    answer = browser.post(
        reverse("people_invite"),
        {
            "to": f"observer:{group.slug}",
            "email": "new@example.org",
            "language": "ru",
            "made_by": "Собрание",
            "made_on_0": "1",
            "made_on_1": "8",
            "made_on_2": "2024",
            "paper": SimpleUploadedFile("minutes.exe", content),
        },
    )

    assert answer.status_code == 302
    assert Invitation.objects.latest("pk").decision.paper_kind == kind


def test_the_paper_is_not_in_the_database_as_it_was_sent() -> None:
    decision = role_with_paper(given.group())

    stored = Decision.objects.get(pk=decision.pk).paper

    assert given.PDF not in stored.sealed_bytes()
