"""Two people at one draft of a regulation, at the same moment."""

from __future__ import annotations

from typing import Any

import pytest

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import regulation_drafts, regulations
from okil.areas.elections.queries.regulations import written_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given.regulation_drafts import drafted
from okil.areas.elections.tests.test_at_once import DONE, Act, meeting
from okil.foundation.audit import verify_chain

pytestmark = pytest.mark.django_db(transaction=True)


def a_group() -> ElectoralGroup:
    group = bodies.group(given.body())
    bodies.organiser_of(group)
    return group


def saving(group: ElectoralGroup, answers: dict[str, Any]) -> Act:
    seen = regulation_drafts.seen_in(written_of(group).content, answers)
    actor = bodies.organiser_of(group)
    return lambda: drafted(group, answers, seen=seen, actor=actor)


def adopting(group: ElectoralGroup) -> Act:
    written, actor = written_of(group), bodies.organiser_of(group)
    return lambda: regulations.adopt_draft(
        group.pk,
        decision=given.decision(),
        is_public=False,
        text=None,
        seen_version=written.version,
        seen_revision=written.revision,
        actor=actor,
        at=given.AT,
    )


def test_of_two_who_begin_a_draft_with_the_same_question_the_second_is_told() -> None:
    group = a_group()

    found = meeting(saving(group, {"tie": "lot"}), saving(group, {"tie": "other"}))

    assert found == (DONE, "draft-changed")
    assert written_of(group).regulation.tie == "lot"
    assert verify_chain() == []


def test_two_who_begin_a_draft_with_different_questions_write_one_draft() -> None:
    group = a_group()

    found = meeting(saving(group, {"tie": "lot"}), saving(group, {"midterm": "by_election"}))

    assert found == (DONE, DONE)
    written = written_of(group)
    assert (written.revision, written.regulation.tie, written.regulation.midterm) == (
        2,
        "lot",
        "by_election",
    )


def test_what_is_saved_while_the_draft_is_adopted_begins_the_next_draft() -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})

    found = meeting(adopting(group), saving(group, {"midterm": "by_election"}))

    assert found == (DONE, DONE)
    written = written_of(group)
    assert written.adopted is not None
    assert written.adopted.regulation.midterm is None
    assert (written.regulation.tie, written.regulation.midterm) == ("lot", "by_election")


def test_a_draft_that_is_saved_meanwhile_is_not_adopted_unseen() -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})

    found = meeting(saving(group, {"tie": "other"}), adopting(group))

    assert found == (DONE, "changed-meanwhile")
    assert group.regulations.count() == 0


def test_a_draft_is_adopted_once() -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})

    found = meeting(adopting(group), adopting(group))

    assert found == (DONE, "changed-meanwhile")
    assert group.regulations.count() == 1
