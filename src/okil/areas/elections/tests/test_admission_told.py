"""A candidate is told the decision and its reasons, never who voted how, and until when to complain."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import admission, relations
from okil.areas.elections.queries import admission as queries
from okil.areas.elections.queries.candidates import rules_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import applications, registration
from okil.areas.elections.tests.given import candidates as given_candidates
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.given.applications import Applied
from okil.foundation.audit import entries_of
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given_candidates.VOTED_AT
REASONS = ("Яблоко: нет согласия.", "Абрикос: нет согласия тоже.", "Персик: всё есть.")


def standing(*, commission: int = 3, **rules: Any) -> Applied:
    """One candidate with a ticket, after the closing; now is when the commission votes."""
    election = given_voters.promised(
        given.election(
            State.REGISTRATION,
            commission=commission,
            rules={**given.RULES, "commission_size": commission, **rules},
        )
    )
    mine = applications.ticket_for(given_candidates.candidate(election))
    given_voters.closed(election)
    given.it_is(AT)
    return mine


def decided(mine: Applied, *votes: str) -> Applied:
    members = given_candidates.commission_of(mine.candidate.election)
    for member, vote, reason in zip(members, votes, REASONS, strict=False):
        admission.vote_on(
            mine.candidate.pk,
            vote=vote,
            not_met=("documents",) if vote == "refuse" else (),
            reason=reason,
            actor=member,
            at=AT,
        )
    given_candidates.concluded(mine.candidate)
    mine.candidate.refresh_from_db()
    return mine


def told(mine: Applied, *, at: Any = AT) -> queries.Told | None:
    rules = rules_of(mine.candidate.election.group)
    return queries.told_to_candidate(mine.candidate, rules, at)


def own_page(mine: Applied, act: str = "") -> Any:
    response = Client().post(reverse("my"), {"ticket": mine.ticket, "act": act})
    assert response.status_code == 200
    assert list(read(response).problems()) == []
    return read(response)


def test_who_was_refused_reads_what_was_not_met_and_the_reasons_of_those_who_refused() -> None:
    mine = decided(standing(), "refuse", "refuse", "admit")

    found = told(mine)

    assert found is not None
    assert (found.outcome, found.not_met, found.may_complain) == ("refused", ("documents",), True)
    # By the alphabet, not in the order of the members.
    assert admission.open_own_reasons(mine.ticket, at=AT) == [REASONS[1], REASONS[0]]
    row = entries_of(mine.candidate.election.chapter).order_by("-number")[0]
    assert (row.role, row.actor_number) == ("candidate", None)


def test_before_the_decision_nothing_is_told_and_no_reason_is_opened() -> None:
    mine = standing()
    admission.vote_on(
        mine.candidate.pk,
        vote="refuse",
        not_met=(),
        reason=REASONS[0],
        actor=given.commissioner_of(mine.candidate.election),
        at=AT,
    )

    assert told(mine) is None
    assert admission.open_own_reasons(mine.ticket, at=AT) == []


def test_the_term_of_the_complaint_ends_as_the_regulation_says() -> None:
    mine = decided(standing(complaint_days=2), "refuse", "refuse", "refuse")

    found = told(mine)

    assert found is not None
    ends_at = found.complaint_ends_at
    assert ends_at is not None
    assert found.may_complain
    late = told(mine, at=ends_at + timedelta(seconds=1))
    assert late is not None
    assert not late.may_complain


def test_where_the_groups_own_body_decided_the_reasons_of_the_commission_are_not_its() -> None:
    mine = decided(standing(), "admit", "refuse", "undecided")
    assert len(admission.open_own_reasons(mine.ticket, at=AT)) == 3
    admission.settle_admission(
        mine.candidate.pk,
        admitted=False,
        decision=given.decision(),
        actor=given.commissioner_of(mine.candidate.election),
        at=AT,
    )
    mine.candidate.refresh_from_db()

    found = told(mine)

    assert found is not None
    assert (found.outcome, found.not_met, found.settled_by is None) == ("refused", (), False)
    assert admission.open_own_reasons(mine.ticket, at=AT) == []


def test_who_is_related_has_no_reason_among_those_told() -> None:
    mine = standing()
    related = given_candidates.commission_of(mine.candidate.election)[2]
    relations.declare_relation_to_candidate(
        mine.candidate.pk, kind="relative", actor=related, at=AT
    )
    decided(mine, "refuse", "refuse")

    assert len(admission.open_own_reasons(mine.ticket, at=AT)) == 2


def test_a_strangers_ticket_opens_no_reasons() -> None:
    decided(standing(), "refuse", "refuse", "refuse")

    with pytest.raises(Refused) as refusal:
        admission.open_own_reasons(registration.ticket(), at=AT)

    assert refusal.value.code == "ticket-unknown"


def test_the_own_page_tells_the_decision_and_opens_the_reasons_on_demand() -> None:
    mine = decided(standing(complaint_days=2), "refuse", "refuse", "admit")
    election = mine.candidate.election

    page = own_page(mine)
    opened = own_page(mine, "reasons")

    assert reverse("complain", args=[2024, election.group.slug]) in page.links.values()
    assert [reason for reason in REASONS if reason in page.text] == []
    assert [reason for reason in REASONS if reason in opened.text] == list(REASONS[:2])
    numbers = [
        bodies.role_of(user).person.number for user in given_candidates.commission_of(election)
    ]
    (part,) = (each for each in opened.main.all("ul") if REASONS[0] in each.text)
    assert [n for n in numbers if str(n) in part.text] == []
