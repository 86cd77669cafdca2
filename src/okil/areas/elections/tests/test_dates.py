"""Dates: common ones, a group's own, and extensions with a published reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import cycles, stages
from okil.areas.elections.actions.cycles import Dates
from okil.areas.elections.models import CommonStage, Election, Extension, StageDates
from okil.areas.elections.tests import given
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.stages import ORDER, Stage, State

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
INSTANT = timedelta(microseconds=1)
LAST_OF_THE_TERM = datetime(2027, 10, 31, 18, 59, 59, 999999, tzinfo=UTC)  # midnight in Astana
FAR = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)

Edges = dict[Stage, tuple[datetime | None, datetime]]


def dates_of(election: Election) -> Edges:
    rows = given.round_of(election).dates.all()
    return {Stage(row.stage): (row.begins_at, row.ends_at) for row in rows}


def shifted(by: timedelta, dates: Edges | None = None) -> Edges:
    return {
        stage: (begins + by if begins else None, ends + by)
        for stage, (begins, ends) in (dates or given.DATES).items()
    }


def with_stage(stage: Stage, begins: datetime | None, ends: datetime) -> Edges:
    return {**given.DATES, stage: (begins, ends)}


def written() -> tuple[object, ...]:
    tables = (CommonStage, StageDates, Extension)
    return (*(list(t.objects.order_by("pk").values()) for t in tables), length_and_last_hash())


# Common dates


def test_groups_that_prepare_take_the_common_dates_over() -> None:
    election = given.cycle().elections.get()

    assert dates_of(election) == given.DATES
    row = history_of(election.cycle).order_by("-number")[0]
    assert (row.event, row.chapter, row.role) == (
        "cycle.dated",
        f"cycle-{election.cycle_id}",
        "secretariat",
    )


def test_common_dates_changed_reach_those_who_prepare_and_nobody_else() -> None:
    announced = given.election(State.ANNOUNCED)
    preparing = bodies.group(given.body())
    second = announced.cycle.elections.create(group=preparing)
    second.rounds.create(number=1, state_since=given.AT)
    later = shifted(WEEK)

    cycles.set_common_dates(announced.cycle_id, dates=later, actor=given.secretariat(), at=given.AT)

    assert dates_of(announced) == given.DATES
    assert dates_of(second) == later
    common = {Stage(c.stage): (c.begins_at, c.ends_at) for c in CommonStage.objects.all()}
    assert common == later


def test_an_annulled_round_keeps_its_dates() -> None:
    election = given.annulled(given.election(), at=given.AT)

    cycles.set_common_dates(
        election.cycle_id, dates=shifted(WEEK), actor=given.secretariat(), at=given.AT
    )

    assert dates_of(election) == given.DATES


def test_a_group_that_set_its_own_dates_keeps_them() -> None:
    election = given.election()
    own = shifted(WEEK)
    stages.set_dates(election.pk, dates=own, actor=given.organiser_of(election), at=given.AT)

    cycles.set_common_dates(
        election.cycle_id, dates=given.DATES, actor=given.secretariat(), at=given.AT
    )

    assert dates_of(election) == own


def test_only_the_stage_that_was_extended_is_called_so() -> None:
    election = given.election(State.REGISTRATION)

    given.extended(election, Stage.REGISTRATION, WEEK, at=given.round_of(election).state_since)

    rows = given.round_of(election).dates.filter(is_extended=True)
    assert [row.stage for row in rows] == [Stage.REGISTRATION]


def test_only_the_secretariat_sets_common_dates() -> None:
    election = given.election()

    for role in ("organiser", "commissioner", "observer"):
        before = written()
        with pytest.raises(Refused, match="not-allowed"):
            cycles.set_common_dates(
                election.cycle_id,
                dates=shifted(WEEK),
                actor=given.officer_of(role, election),
                at=given.AT,
            )
        assert written() == before


WRONG: list[tuple[Edges, str]] = [
    (with_stage(Stage.ANNOUNCEMENT, None, given.moment(8, 16, 12)), "stages-out-of-order"),
    (
        with_stage(Stage.REGISTRATION, given.moment(9, 6, 13), given.moment(9, 6, 13)),
        "stages-out-of-order",
    ),
    (
        with_stage(Stage.VOTING, given.moment(9, 10, 12), given.moment(9, 13, 13)),
        "stages-out-of-order",
    ),
    (with_stage(Stage.RESULTS, None, given.moment(9, 13, 12)), "stages-out-of-order"),
    (with_stage(Stage.RESULTS, None, LAST_OF_THE_TERM + INSTANT), "after-the-term"),
    (with_stage(Stage.RESULTS, None, FAR), "after-the-term"),
]


@pytest.mark.parametrize(("dates", "code"), WRONG)
def test_dates_follow_each_other_and_lie_before_the_end_of_the_term(
    dates: Dates, code: str
) -> None:
    election = given.election()
    before = written()

    with pytest.raises(Refused, match=code):
        cycles.set_common_dates(
            election.cycle_id, dates=dates, actor=given.secretariat(), at=given.AT
        )
    with pytest.raises(Refused, match=code):
        stages.set_dates(election.pk, dates=dates, actor=given.organiser_of(election), at=given.AT)
    assert written() == before


def test_the_last_instant_of_the_term_is_in_it() -> None:
    election = given.election()
    dates = with_stage(Stage.RESULTS, None, LAST_OF_THE_TERM)

    stages.set_dates(election.pk, dates=dates, actor=given.organiser_of(election), at=given.AT)

    assert dates_of(election) == dates


# A group's own dates


def test_a_group_that_prepares_sets_its_own_dates() -> None:
    election = given.election()
    own = shifted(-timedelta(hours=3))

    stages.set_dates(election.pk, dates=own, actor=given.organiser_of(election), at=given.AT)

    assert dates_of(election) == own
    row = history_of(given.round_of(election)).get()
    assert (row.event, row.chapter, row.role) == (
        "round.dated",
        f"election-{election.pk}",
        "organiser",
    )


def refusal_of_dates(election: Election, actor: User) -> str:
    before = written()
    with pytest.raises(Refused) as refusal:
        stages.set_dates(election.pk, dates=shifted(WEEK), actor=actor, at=given.AT)
    assert written() == before
    return refusal.value.code


def test_only_the_groups_organiser_sets_its_dates() -> None:
    election = given.election()
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    others = [given.officer_of(r, election) for r in ("secretariat", "commissioner", "observer")]

    for actor in (*others, neighbour):
        assert refusal_of_dates(election, actor) == "not-allowed"


@pytest.mark.parametrize("state", ORDER[1:])
def test_announced_dates_are_not_set_any_more(state: State) -> None:
    election = given.election(state)

    assert refusal_of_dates(election, given.organiser_of(election)) == "announced-already"


@pytest.mark.parametrize("held_up", ["suspended", "annulled"])
def test_while_it_does_not_run_it_is_not_dated(held_up: str) -> None:
    election = given.election()
    getattr(given, held_up)(election, at=given.AT)

    assert refusal_of_dates(election, given.organiser_of(election)) == held_up


# Extension


def extend(
    election: Election,
    stage: Stage,
    to_at: datetime,
    *,
    actor: User | None = None,
    at: datetime = given.AT,
) -> list[Extension]:
    return stages.extend_stage(
        election.pk,
        stage=stage,
        to_at=to_at,
        reason=given.REASON,
        actor=actor or given.organiser_of(election),
        at=at,
    )


def refusal_of_extension(
    election: Election,
    stage: Stage,
    to_at: datetime,
    *,
    actor: User | None = None,
    at: datetime = given.AT,
) -> str:
    """The code of the refusal; nothing at all was written."""
    before = written()
    with pytest.raises(Refused) as refusal:
        extend(election, stage, to_at, actor=actor, at=at)
    assert written() == before
    return refusal.value.code


def test_an_extended_stage_moves_the_later_ones_along_and_no_earlier_one() -> None:
    election = given.election(State.REGISTRATION)
    begins, ends = given.DATES[Stage.REGISTRATION]
    at = given.moment(9, 2, 10)

    extensions = extend(election, Stage.REGISTRATION, ends + WEEK, at=at)

    later = shifted(WEEK)
    assert dates_of(election) == {
        Stage.PREPARATION: given.DATES[Stage.PREPARATION],
        Stage.ANNOUNCEMENT: given.DATES[Stage.ANNOUNCEMENT],
        Stage.REGISTRATION: (begins, ends + WEEK),
        **{stage: later[stage] for stage in Stage if stage > Stage.REGISTRATION},
    }
    assert [(e.dates.stage, e.to_at - e.from_at, e.published_at) for e in extensions] == [
        (stage, WEEK, at) for stage in (3, 4, 5, 6)
    ]
    assert {str(e.reason) for e in extensions} == {given.REASON["ru"]}


def test_an_extension_is_one_row_of_the_journal_with_the_old_end_and_the_new() -> None:
    election = given.election(State.REGISTRATION)
    length = length_and_last_hash()[0]

    given.extended(election, Stage.REGISTRATION, WEEK, at=given.moment(9, 2, 10))

    row = history_of(given.round_of(election)).order_by("-number")[0]
    assert length_and_last_hash()[0] == length + 1
    assert (row.event, row.chapter, row.role) == (
        "stage.extended",
        f"election-{election.pk}",
        "organiser",
    )
    assert row.before == {"ends_at": "2024-09-06T13:00:00+00:00"}
    assert row.after == {"stage": 3, "ends_at": "2024-09-13T13:00:00+00:00"}


def test_registration_extended_is_closed_at_its_new_end_only() -> None:
    election = given.election(State.REGISTRATION)
    ends = given.DATES[Stage.REGISTRATION][1]
    given.extended(election, Stage.REGISTRATION, WEEK, at=given.moment(9, 2, 10))
    given.all_fulfilled(election, at=ends + WEEK)
    actor = given.secretariat()

    with pytest.raises(Refused, match="gates-closed"):
        stages.move_on(
            election.pk, to="candidates_published", actor=actor, at=ends + WEEK - INSTANT
        )
    stages.move_on(election.pk, to="candidates_published", actor=actor, at=ends + WEEK)


def test_a_stage_is_extended_again_from_where_it_was_extended_to() -> None:
    election = given.election(State.REGISTRATION)
    ends = given.DATES[Stage.REGISTRATION][1]
    for week in (1, 2):
        given.extended(election, Stage.REGISTRATION, WEEK, at=given.moment(9, 2, 10 + week))

    stage = given.round_of(election).dates.get(stage=Stage.REGISTRATION)
    assert [(e.from_at, e.to_at) for e in stage.extensions.all()] == [
        (ends, ends + WEEK),
        (ends + WEEK, ends + 2 * WEEK),
    ]


def test_only_the_groups_organiser_extends() -> None:
    election = given.election(State.REGISTRATION)
    to_at = given.DATES[Stage.REGISTRATION][1] + WEEK
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    others = [given.officer_of(r, election) for r in ("secretariat", "commissioner", "observer")]

    for actor in (*others, neighbour):
        refused = refusal_of_extension(election, Stage.REGISTRATION, to_at, actor=actor)
        assert refused == "not-allowed"


@pytest.mark.parametrize("held_up", ["suspended", "annulled"])
def test_while_it_does_not_run_no_stage_is_extended(held_up: str) -> None:
    election = given.election(State.ANNOUNCED)
    getattr(given, held_up)(election, at=given.AT)
    to_at = given.DATES[Stage.REGISTRATION][1] + WEEK

    assert refusal_of_extension(election, Stage.REGISTRATION, to_at) == held_up


WHAT_MAY_BE_EXTENDED = {
    "preparation": ("not-announced",) * 6,
    "announced": ("stage-over", "", "", "", "", ""),
    "registration": ("stage-over", "stage-over", "", "", "", ""),
    "candidates_published": ("stage-over", "stage-over", "stage-over", "", "", ""),
    "voting": ("stage-over",) * 4 + ("", ""),
    "counting": ("stage-over",) * 5 + ("",),
    "results": ("stage-over",) * 5 + ("",),
    "submitted": ("stage-over",) * 5 + ("",),
    "published": ("stage-over",) * 5 + ("",),
    "concluded": ("concluded",) * 6,
}


@pytest.mark.parametrize("state", ORDER)
def test_a_stage_that_is_over_is_not_extended(state: State) -> None:
    election = given.election(state)

    for stage, expected in zip(Stage, WHAT_MAY_BE_EXTENDED[state], strict=True):
        to_at = given.round_of(election).dates.get(stage=stage).ends_at + WEEK
        if expected:
            assert refusal_of_extension(election, stage, to_at, at=given.AT) == expected
        else:
            extend(election, stage, to_at)


def test_the_new_end_lies_after_the_old_one_and_after_now() -> None:
    election = given.election(State.REGISTRATION)
    ends = given.DATES[Stage.REGISTRATION][1]
    long_after = ends + 3 * WEEK

    def refused(to_at: datetime, at: datetime = given.AT) -> str:
        return refusal_of_extension(election, Stage.REGISTRATION, to_at, at=at)

    assert refused(ends) == "not-later"
    assert refused(ends - given.HOUR) == "not-later"
    assert refused(long_after, at=long_after) == "not-later"
    extend(election, Stage.REGISTRATION, long_after, at=long_after - INSTANT)


@pytest.mark.parametrize("to_at", [LAST_OF_THE_TERM, LAST_OF_THE_TERM + INSTANT, FAR])
def test_no_extension_pushes_a_later_stage_out_of_the_term_or_the_calendar(to_at: datetime) -> None:
    election = given.election(State.REGISTRATION)

    assert refusal_of_extension(election, Stage.REGISTRATION, to_at) == "after-the-term"


def test_the_last_stage_may_be_extended_to_the_last_instant_of_the_term() -> None:
    election = given.election(State.SUBMITTED)

    extend(election, Stage.RESULTS, LAST_OF_THE_TERM)

    assert dates_of(election)[Stage.RESULTS] == (None, LAST_OF_THE_TERM)


def test_a_stage_of_a_new_round_without_dates_of_its_own_is_not_extended() -> None:
    election = given.election(State.COUNTING)
    given.repeat_vote(election, at=given.moment(9, 20, 10))

    refused = refusal_of_extension(election, Stage.CANDIDATE_LIST, given.moment(10, 1, 4))

    assert refused == "stage-without-dates"


# The database stands behind


def test_the_database_keeps_the_order_of_a_stage_and_of_an_extension() -> None:
    election = given.election(State.ANNOUNCED)
    stage = given.round_of(election).dates.get(stage=Stage.VOTING)

    with pytest.raises(IntegrityError, match="ends_after_it_began"), transaction.atomic():
        StageDates.objects.filter(pk=stage.pk).update(ends_at=stage.begins_at)
    with pytest.raises(IntegrityError, match="an_extension_goes_forward"), transaction.atomic():
        Extension.objects.create(
            dates=stage, from_at=given.AT, to_at=given.AT, reason={}, published_at=given.AT
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        StageDates.objects.create(round=stage.round, stage=stage.stage, ends_at=given.AT)
    with pytest.raises(IntegrityError, match="there_are_six_stages"), transaction.atomic():
        CommonStage.objects.create(cycle=election.cycle, stage=7, ends_at=given.AT)
