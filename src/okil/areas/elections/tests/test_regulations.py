"""A group's regulation: version after version, by its organiser, until an election is announced."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision, ElectoralGroup, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions.regulations import adopt_regulation
from okil.areas.elections.models import AdoptedRegulation, Election
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import ORDER, State

pytestmark = pytest.mark.django_db
TOMORROW = given.AT.date() + given.DAY


def adopt(
    group: ElectoralGroup,
    *,
    actor: User | None = None,
    content: dict[str, Any] | None = None,
    seen_version: int = 0,
    decision: DecisionFacts | None = None,
) -> AdoptedRegulation:
    return adopt_regulation(
        group.pk,
        content=given.RULES if content is None else content,
        decision=decision or given.decision(),
        is_public=True,
        seen_version=seen_version,
        actor=actor or bodies.organiser_of(group),
        at=given.AT,
    )


def refusal_of(group: ElectoralGroup, **facts: Any) -> Refused:
    """The refusal; nothing at all was written."""
    actor = facts.pop("actor", None) or bodies.organiser_of(group)
    before = (AdoptedRegulation.objects.count(), Decision.objects.count(), length_and_last_hash())
    with pytest.raises(Refused) as refusal:
        adopt(group, actor=actor, **facts)
    after = (AdoptedRegulation.objects.count(), Decision.objects.count(), length_and_last_hash())
    assert after == before
    return refusal.value


def test_a_regulation_is_a_version_and_one_row_of_the_journal() -> None:
    group = bodies.group(given.body())
    organiser = bodies.organiser_of(group)
    length = length_and_last_hash()[0]

    adopted = adopt(group, content={**given.RULES, "tie": None, "smallest_cell": None})

    row = history_of(adopted).get()
    assert length_and_last_hash()[0] == length + 1
    assert (row.event, row.chapter, row.role) == (
        "regulation.adopted",
        f"body-{group.body_id}",
        "organiser",
    )
    assert row.actor_number == bodies.role_of(organiser).person.number
    assert row.after == {"version": 1, "open": 2}
    assert adopted.adopted_by is not None
    assert adopted.adopted_by.made_by == given.decision().made_by


def test_a_new_version_leaves_the_old_one_as_it_was() -> None:
    group = bodies.group(given.body())
    adopt(group)
    adopt(group, content={}, seen_version=1)

    assert [(each.version, each.regulation.tie) for each in group.regulations.all()] == [
        (2, None),
        (1, "repeat_vote_between_tied"),
    ]
    assert group.regulations.all()[0].regulation == Regulation()


@pytest.mark.parametrize("seen", [0, 2, 99])
def test_a_version_entered_meanwhile_is_not_written_over_unseen(seen: int) -> None:
    group = bodies.group(given.body())
    adopt(group)

    assert refusal_of(group, seen_version=seen).code == "changed-meanwhile"


def test_only_the_groups_organiser_enters_it() -> None:
    election = given.election()
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    others = [given.officer_of(r, election) for r in ("secretariat", "commissioner", "observer")]

    for actor in (*others, neighbour):
        assert refusal_of(election.group, actor=actor, seen_version=1).code == "not-allowed"


@pytest.mark.parametrize(
    ("content", "field"),
    [({"tie": "duel"}, "tie"), ({"quorum": 1}, "quorum"), ({"smallest_cell": 2}, "smallest_cell")],
)
def test_what_cannot_be_read_is_not_kept(content: dict[str, Any], field: str) -> None:
    refused = refusal_of(bodies.group(given.body()), content=content)

    assert (refused.code, refused.facts) == ("regulation-unreadable", {"field": field})


def test_a_regulation_adopted_tomorrow_is_not_entered_today() -> None:
    tomorrow = DecisionFacts("Собрание", TOMORROW)

    refused = refusal_of(bodies.group(given.body()), decision=tomorrow)

    assert refused.code == "decision-in-the-future"


MAY_CHANGE = ("preparation", "concluded")


def test_from_the_announcement_until_the_election_is_concluded_the_rules_stand() -> None:
    election = given.election()
    seen = 1

    for state in ORDER:
        given.moved_to(state, election)
        if state in MAY_CHANGE:
            seen = adopt(election.group, seen_version=seen).version
        else:
            assert refusal_of(election.group, seen_version=seen).code == "rules-stand", state
    assert seen == 1 + len(MAY_CHANGE)


def test_when_a_vote_is_annulled_the_rules_may_change_until_it_is_repeated() -> None:
    election: Election = given.annulled(given.election(State.VOTING), at=given.moment(9, 12, 10))
    assert adopt(election.group, seen_version=1).version == 2

    given.repeat_vote(election, at=given.moment(9, 20, 10))

    assert refusal_of(election.group, seen_version=2).code == "rules-stand"


def test_the_database_keeps_a_version_once() -> None:
    group = bodies.group(given.body())
    adopted = adopt(group)
    adopted.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        adopted.save(force_insert=True)
