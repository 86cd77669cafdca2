"""A regulation being written: saved in pieces, by two people, adopted as a whole or forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from okil.areas.bodies.actions.decisions import PAPER_BYTES
from okil.areas.bodies.models import Decision, ElectoralGroup, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import regulation_drafts, regulations
from okil.areas.elections.models import AdoptedRegulation, Election, RegulationDraft
from okil.areas.elections.queries.regulations import written_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given.regulation_drafts import a_word_file, drafted
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.foundation.audit.models import JournalEntry
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import as_data
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
SECRET = "Решает собрание в доме у моста."


def a_group() -> ElectoralGroup:
    """With its organiser."""
    group = bodies.group(given.body())
    bodies.organiser_of(group)
    return group


def everything() -> tuple[Any, ...]:
    return (
        list(RegulationDraft.objects.values_list("content", "revision", "based_on")),
        AdoptedRegulation.objects.count(),
        Decision.objects.count(),
        length_and_last_hash(),
    )


def refused(act: Any, **facts: Any) -> str:
    """The code of the refusal; nothing at all was written."""
    before = everything()
    with pytest.raises(Refused) as refusal:
        act(**facts)
    assert everything() == before
    return refusal.value.code


# Saving


def test_a_part_is_saved_and_the_rest_stays_as_it_was() -> None:
    group = a_group()
    given.adopt(group, given.RULES)

    first = drafted(group, {"tie": "lot"})
    second = drafted(group, {"observers_obligatory": True, "tie": None})

    assert first is not None
    assert second is not None
    assert (second.pk, second.revision, second.based_on) == (first.pk, 2, 1)
    content = written_of(group).content
    expected = {**given.RULES, "tie": None, "observers_obligatory": True}
    assert {name: content[name] for name in expected} == expected
    assert group.regulations.get().content["tie"] == given.RULES["tie"]


def test_the_journal_keeps_which_part_was_saved_and_no_text() -> None:
    group = a_group()
    length = length_and_last_hash()[0]

    draft = drafted(group, {"tie": "other", "tie_text": {"ru": SECRET}})

    assert draft is not None
    row = history_of(draft).get()
    assert length_and_last_hash()[0] == length + 1
    assert (row.event, row.role, row.chapter) == (
        "regulation.drafted",
        "organiser",
        f"body-{group.body_id}",
    )
    assert row.after == {"part": "seats", "revision": 1}


def test_where_nothing_is_new_nothing_is_written() -> None:
    group = a_group()
    given.adopt(group, {**given.RULES, "secrecy": None})
    before = everything()

    assert drafted(group, {"tie": given.RULES["tie"], "secrecy": None}) is None
    assert everything() == before


def test_only_the_groups_organiser_writes_discards_and_adopts() -> None:
    election = given.election()
    group = election.group
    drafted(group, {"tie": "lot"})
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    others = [given.officer_of(r, election) for r in ("secretariat", "commissioner", "observer")]

    for actor in (*others, neighbour):
        assert refused(drafted, group=group, answers={"tie": None}, actor=actor) == "not-allowed"
        assert refused(discard, group=group, actor=actor) == "not-allowed"
        assert refused(adopt, group=group, actor=actor) == "not-allowed"


@pytest.mark.parametrize(
    "answers", [{"tie": "duel"}, {"complaint_days": 0}, {"tie_text": {"de": "Los"}}, {"tea": 1}]
)
def test_what_cannot_be_an_answer_is_not_saved(answers: dict[str, Any]) -> None:
    group = a_group()
    seen = dict.fromkeys(answers, "")

    def save() -> object:
        return regulation_drafts.save_draft(
            group.pk,
            part="seats",
            answers=answers,
            seen=seen,
            actor=bodies.organiser_of(group),
            at=given.AT,
        )

    assert refused(save) == "regulation-unreadable"


# Two people


def seen_by(group: ElectoralGroup, *names: str) -> dict[str, str]:
    return regulation_drafts.seen_in(written_of(group).content, names)


def test_two_people_at_different_questions_do_not_disturb_each_other() -> None:
    group = a_group()
    before = {"tie": "lot", "midterm": "by_election"}
    drafted(group, before)
    seen = seen_by(group, *before)

    drafted(group, {**before, "tie": "other"}, seen=seen)
    drafted(group, {**before, "midterm": "other"}, seen=seen)

    content = written_of(group).content
    assert (content["tie"], content["midterm"]) == ("other", "other")


def test_of_two_people_at_the_same_question_the_second_is_told() -> None:
    group = a_group()
    seen = seen_by(group, "tie")
    drafted(group, {"tie": "lot"}, seen=seen)

    second = {"group": group, "answers": {"tie": "other"}, "seen": seen}

    assert refused(drafted, **second) == "draft-changed"
    assert written_of(group).regulation.tie == "lot"


def test_two_people_who_answer_alike_are_of_one_mind() -> None:
    group = a_group()
    seen = seen_by(group, "tie")
    drafted(group, {"tie": "lot"}, seen=seen)
    before = everything()

    drafted(group, {"tie": "lot"}, seen=seen)

    assert everything() == before


def test_what_was_saved_before_a_draft_was_discarded_is_told_too() -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})
    seen = seen_by(group, "tie")
    discard(group)

    again = {"group": group, "answers": {"tie": "other"}, "seen": seen}

    assert refused(drafted, **again) == "draft-changed"


# Discarding


def discard(
    group: ElectoralGroup, *, actor: User | None = None, seen_revision: int | None = None
) -> None:
    regulation_drafts.discard_draft(
        group.pk,
        seen_revision=written_of(group).revision if seen_revision is None else seen_revision,
        actor=actor or bodies.organiser_of(group),
        at=given.AT,
    )


def test_a_discarded_draft_is_gone_and_the_version_in_force_stays() -> None:
    group = a_group()
    given.adopt(group, given.RULES)
    drafted(group, {"tie": "lot"})

    discard(group)

    assert written_of(group).draft is None
    assert written_of(group).regulation.tie == given.RULES["tie"]
    row = JournalEntry.objects.order_by("-number")[0]
    assert (row.event, row.after) == ("regulation.draft_discarded", {"revision": 1})


def test_what_another_saved_meanwhile_is_not_discarded_unseen() -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})
    drafted(group, {"midterm": "by_election"})

    assert refused(discard, group=group, seen_revision=1) == "changed-meanwhile"


def test_a_draft_is_discarded_once() -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})
    discard(group)

    assert refused(discard, group=group) == "nothing-drafted"


# Adopting


def adopt(
    group: ElectoralGroup,
    *,
    actor: User | None = None,
    text: bytes | None = None,
    seen_version: int | None = None,
    seen_revision: int | None = None,
) -> AdoptedRegulation:
    written = written_of(group)
    return regulations.adopt_draft(
        group.pk,
        decision=given.decision(),
        is_public=False,
        text=text,
        seen_version=written.version if seen_version is None else seen_version,
        seen_revision=written.revision if seen_revision is None else seen_revision,
        actor=actor or bodies.organiser_of(group),
        at=given.AT,
    )


def test_what_was_drafted_becomes_the_next_version_and_is_a_draft_no_longer() -> None:
    group = a_group()
    given.adopt(group, given.RULES)
    drafted(group, {"tie": "lot", "tie_text": {"ru": SECRET}})
    written = written_of(group).content

    adopted = adopt(group)

    assert (adopted.version, adopted.content) == (2, written)
    assert written_of(group).draft is None
    row = history_of(adopted).get()
    assert row.event == "regulation.adopted"
    assert row.after is not None
    assert row.after["version"] == 2


@pytest.mark.parametrize("seen", [{"seen_revision": 1}, {"seen_revision": 0}, {"seen_version": 0}])
def test_what_somebody_did_not_see_they_do_not_adopt(seen: dict[str, int]) -> None:
    group = a_group()
    given.adopt(group, given.RULES)
    drafted(group, {"tie": "lot"})
    drafted(group, {"tie": "other"})

    assert refused(adopt, group=group, **seen) == "changed-meanwhile"


def test_without_a_draft_the_version_in_force_is_adopted_again() -> None:
    group = a_group()
    given.adopt(group, given.RULES)

    again = adopt(group, text=given.PDF)

    assert (again.version, again.text_kind) == (2, "pdf")
    assert again.regulation == group.regulations.get(version=1).regulation


def test_where_nothing_was_ever_written_there_is_nothing_to_adopt() -> None:
    assert refused(adopt, group=a_group()) == "nothing-to-adopt"


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.VOTING])
def test_while_an_election_is_announced_one_writes_and_does_not_adopt(state: State) -> None:
    election: Election = given.election(state)

    assert drafted(election.group, {"tie": "lot"}) is not None
    assert refused(adopt, group=election.group) == "rules-stand"


def test_a_draft_begins_from_what_was_adopted_for_good() -> None:
    election = given.election(State.ANNOUNCED, rules={**given.RULES, "voter_kind": None})
    given.answered("voter-defined", election, at=given.AT)

    assert written_of(election.group).regulation.voter_kind is None
    draft = drafted(election.group, {"tie": "lot"})
    assert draft is not None
    assert (draft.based_on, written_of(election.group).is_overtaken) == (1, False)

    given.annulled(election, at=given.AT)
    adopt(election.group)

    newest, own, *_earlier = election.group.regulations.all()
    assert (own.case_of, own.regulation.voter_kind, own.regulation.tie) == (None, None, "lot")
    assert (newest.case_of, newest.regulation.voter_kind) == (election, "natural_person")


def test_a_version_entered_since_the_draft_was_begun_is_noticed() -> None:
    group = a_group()
    given.adopt(group, given.RULES)
    drafted(group, {"tie": "lot"})
    assert not written_of(group).is_overtaken

    given.adopt(group, {**given.RULES, "midterm": None})

    assert written_of(group).is_overtaken


# The attached text


@pytest.mark.parametrize(("text", "kind"), [(given.PDF, "pdf"), (a_word_file(), "docx")])
def test_an_attached_text_is_kept_sealed_and_opened_on_the_record(text: bytes, kind: str) -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})
    adopted = adopt(group, text=text)
    row = AdoptedRegulation.objects.filter(pk=adopted.pk).values("text", "text_kind")[0]
    assert row["text_kind"] == kind
    assert row["text"] is not None
    assert text not in row["text"].sealed_bytes()
    length = length_and_last_hash()[0]

    opened = regulations.open_text(adopted.pk, actor=bodies.organiser_of(group), at=given.AT)

    assert opened == text
    assert length_and_last_hash()[0] == length + 1


def with_another_part() -> bytes:
    """A packed file that is no text of Word."""
    return a_word_file().replace(b"word/document.xml", b"word/documents.xm")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"MZ this is a program", "text-unknown"),
        (b"PK\x03\x04 no list of parts", "text-unknown"),
        (with_another_part(), "text-unknown"),
        (given.PDF + bytes(PAPER_BYTES), "paper-too-large"),
    ],
)
def test_what_is_neither_word_nor_pdf_is_not_attached(text: bytes, code: str) -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})

    assert refused(adopt, group=group, text=text) == code


def test_the_text_of_a_neighbour_is_opened_by_nobody() -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})
    adopted = adopt(group, text=given.PDF)
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))

    def open_it(actor: User) -> bytes:
        return regulations.open_text(adopted.pk, actor=actor, at=given.AT)

    assert refused(open_it, actor=neighbour) == "not-allowed"


def test_where_no_text_is_attached_there_is_nothing_to_open() -> None:
    group = a_group()
    drafted(group, {"tie": "lot"})
    adopted = adopt(group)

    def open_it() -> bytes:
        return regulations.open_text(adopted.pk, actor=bodies.organiser_of(group), at=given.AT)

    assert refused(open_it) == "nothing-to-open"


def test_what_is_seen_tells_two_answers_apart_and_the_same_answer_not() -> None:
    one = {"languages": ["ru", "kk"], "tie": "lot"}
    same = as_data(written_of(a_group()).regulation) | {"languages": ["kk", "ru"], "tie": "lot"}
    other = {**one, "tie": "other"}

    names = ("languages", "tie")
    assert regulation_drafts.seen_in(one, names) == regulation_drafts.seen_in(same, names)
    seen = regulation_drafts.seen_in(one, names)
    assert regulation_drafts.changed_since(other, names, seen) == ["tie"]
