"""The order is drawn before witnesses, the paper issued in one form, each printed paper recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import ballots as actions
from okil.areas.elections.models import Candidate, Election, LotDraw, Printing, Round
from okil.areas.elections.queries import ballots as queries
from okil.areas.elections.queries.gates import known_in
from okil.areas.elections.queries.stages import progress_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import ballots as making
from okil.areas.elections.tests.given import candidates as listing
from okil.areas.elections.tests.given import voters as roll
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, entries_of, length_and_last_hash
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db


def listed(count: int = 3, **rules: object) -> Election:
    """Candidates no. 1 to 3 are published; the commission prepares the papers."""
    election = given.election(State.REGISTRATION, rules={**given.RULES, **rules})
    listing.listed(election, count, voters=4)
    return election


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal; nothing was written."""
    before = length_and_last_hash()
    with pytest.raises(Refused) as refusal:
        act()
    assert length_and_last_hash() == before
    return refusal.value.code


def order_of(election: Election) -> list[int]:
    (contest,) = queries.contests_of(given.round_of(election))
    assert contest.is_drawn
    return list(contest.numbers)


def withdrawn(election: Election, number: int, *, minutes: int) -> None:
    """As the organiser records it; here only the moment matters."""
    at = making.PRINTED_AT + minutes * given.HOUR / 60
    Candidate.objects.filter(round=given.round_of(election), number=number).update(withdrawn_at=at)


# The lot


def test_the_paper_has_the_order_that_was_drawn() -> None:
    election = listed()

    making.drawn(election, {"both": [2, 3, 1]})

    assert order_of(election) == [2, 3, 1]
    entry = entries_of(election.chapter).last()
    assert entry is not None
    assert (entry.event, entry.after) == (
        "ballots.order_drawn",
        {"drawn_on": "2024-09-09", "order": {"both": [2, 3, 1]}},
    )


def test_a_wrong_order_is_put_right_until_the_paper_is_issued() -> None:
    election = listed()
    making.drawn(election, {"both": [2, 3, 1]})

    making.drawn(election, {"both": [3, 2, 1]})
    assert order_of(election) == [3, 2, 1]
    assert LotDraw.objects.count() == 1

    making.issued(election)
    assert refused(lambda: making.drawn(election, {"both": [1, 2, 3]})) == "paper-issued-already"


@pytest.mark.parametrize(
    "order", [{}, {"both": [1, 2]}, {"both": [1, 2, 2]}, {"both": [1, 2, 4]}, {"member": [1, 2, 3]}]
)
def test_each_candidate_has_one_place(order: dict[str, list[int]]) -> None:
    election = listed()

    assert refused(lambda: making.drawn(election, order or {"both": []})) == "order-incomplete"


def test_witnesses_are_sealed_and_in_no_journal() -> None:
    election = listed()

    draw = making.drawn(election)

    draw.refresh_from_db()
    opened = vault.open([draw], "officers", actor=Actor("system", None), at=given.AT)
    assert opened[draw.pk]["witnesses"] == making.WITNESSES
    written = str(list(entries_of(election.chapter).values()))
    assert not any(name in written for name in making.WITNESS_SURNAMES)


def test_the_commission_draws_once_it_has_promised() -> None:
    election = listed()
    election.undertakings.all().delete()

    def draw(actor: User) -> object:
        return actions.draw_lot(
            election.pk,
            drawn_on=date(2024, 9, 9),
            witnesses="",
            order={"both": [1, 2, 3]},
            actor=actor,
            at=making.DRAWN_AT,
        )

    assert refused(lambda: draw(given.commissioner_of(election))) == "undertaking-missing"
    roll.promised(election)
    for role in (RoleName.ORGANISER, RoleName.SECRETARIAT, RoleName.OBSERVER):
        actor = given.officer_of(role, election)
        assert refused(partial(draw, actor)) == "not-allowed"


def test_no_lot_is_drawn_before_the_list_is_published() -> None:
    election = roll.promised(given.election(State.REGISTRATION))

    assert refused(lambda: making.drawn(election, {"both": []})) == "ballots-not-now"


def test_a_lot_of_tomorrow_is_refused() -> None:
    election = listed()

    assert (
        refused(
            lambda: actions.draw_lot(
                election.pk,
                drawn_on=date(2024, 9, 10),
                witnesses="",
                order={"both": [1, 2, 3]},
                actor=given.commissioner_of(election),
                at=making.DRAWN_AT,
            )
        )
        == "day-to-come"
    )


# The gate order-drawn


def is_drawn(election: Election) -> bool:
    row = given.round_of(election)
    return bool(known_in([row], ["order-drawn"])[row.pk].fulfilled)


def test_whoever_has_a_rival_waits_for_the_lot() -> None:
    election = listed()
    assert not is_drawn(election)

    making.drawn(election)

    assert is_drawn(election)


def test_who_stands_alone_needs_no_lot() -> None:
    assert is_drawn(listed(1))


# The paper, and what is printed of it


def test_a_paper_needs_its_order() -> None:
    election = listed()

    assert refused(lambda: making.issued(election)) == "order-missing"


def test_printed_papers_are_recorded_once_each_time() -> None:
    election = listed()
    making.drawn(election)
    assert refused(lambda: making.printed(election)) == "paper-missing-yet"
    making.issued(election)
    making.printed(election, 40)

    def again() -> object:
        return actions.record_printing(
            election.pk,
            papers=40,
            printed_on=making.PRINTED_AT.date(),
            seen=0,
            actor=given.commissioner_of(election),
            at=making.PRINTED_AT,
        )

    assert refused(again) == "changed-meanwhile"
    making.printed(election, 20)
    assert queries.in_numbers(given.round_of(election)).printed == 60


def test_a_number_entered_by_mistake_is_taken_back_until_the_vote() -> None:
    election = listed()
    making.ballots_ready(election, 600)
    printing = Printing.objects.get()
    commissioner = given.commissioner_of(election)

    actions.take_printing_back(printing.pk, actor=commissioner, at=making.PRINTED_AT)

    assert not Printing.objects.exists()
    entry = entries_of(election.chapter).last()
    assert entry is not None
    assert (entry.event, entry.before) == ("ballots.printing_taken_back", {"papers": 600})
    assert (
        refused(
            lambda: actions.take_printing_back(
                printing.pk, actor=commissioner, at=making.PRINTED_AT
            )
        )
        == "changed-meanwhile"
    )
    later = making.printed(election, 60)
    given.moved_to(State.VOTING, election)
    assert (
        refused(lambda: actions.take_printing_back(later.pk, actor=commissioner, at=making.DESK_AT))
        == "ballots-not-now"
    )


def is_ready(election: Election) -> bool:
    """Does the gate `ballots-ready` stand open for the next move?"""
    asked = progress_of(election, at=making.PRINTED_AT).fulfilled
    return "ballots-ready" in {each.gate.code for each in asked}


def test_papers_are_ready_when_they_are_issued_and_printed() -> None:
    election = listed()
    making.drawn(election)
    assert not is_ready(election)
    making.issued(election)
    assert not is_ready(election)

    making.printed(election)

    assert is_ready(election)


def test_when_somebody_withdraws_the_papers_are_made_anew() -> None:
    election = listed()
    making.ballots_ready(election)
    assert refused(lambda: making.issued(election)) == "paper-issued-already"

    withdrawn(election, 2, minutes=10)

    assert not is_ready(election)
    later = making.PRINTED_AT + given.HOUR
    assert making.issued(election, at=later).version == 2
    assert not is_ready(election)
    making.printed(election, at=later)
    assert is_ready(election)
    assert order_of(election) == [3, 1]


def test_nobody_prints_papers_where_nobody_has_a_rival() -> None:
    election = listed(1, single_candidate="elected_without_vote")

    assert refused(lambda: making.issued(election)) == "nothing-voted-on"
    assert is_ready(election)


def test_for_or_against_one_candidate_papers_are_needed() -> None:
    election = listed(1)
    assert not is_ready(election)

    making.ballots_ready(election)

    assert is_ready(election)


def test_gates_of_many_rounds_cost_no_more_than_of_one(
    django_assert_max_num_queries: Any,
) -> None:
    listed()
    rounds = list(Round.objects.select_related("election"))
    rounds += [Round(pk=rounds[0].pk + each, election=rounds[0].election) for each in (1, 2)]

    with django_assert_max_num_queries(1):
        known_in(rounds, ["ballots-ready"])
