"""Two members count apart, compare, put right what differs, and stand for the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import count as actions
from okil.areas.elections.models import AgreedCount, CountEntry, Election
from okil.areas.elections.queries import count as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import count as counting
from okil.areas.elections.tests.given import protocols, voters
from okil.areas.elections.tests.given.candidates import commission_of
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, length_and_last_hash
from okil.foundation.web.tests.pages import read
from okil.pure.encoding import sha256_hex
from okil.pure.hashchain import canonical_bytes
from okil.pure.refusal import Refused
from okil.pure.rules.count_sheet import sheet_from
from okil.pure.rules.counting import count as counted_by_the_command
from okil.pure.rules.papers import ContestCount, CountOfBox, Papers, count_data
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
VOTES = {1: 6, 2: 4, 3: 1}  # with one blank paper: the twelve that were given out


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal; nothing was written."""

    def written() -> tuple[object, ...]:
        entries = list(CountEntry.objects.order_by("pk").values())
        return entries, list(AgreedCount.objects.values()), length_and_last_hash()

    before = written()
    with pytest.raises(Refused) as refusal:
        act()
    assert written() == before
    return refusal.value.code


def enter(election: Election, by: User, votes: dict[int, int] | None = None, **piles: Any) -> None:
    counting.entered(election, votes or VOTES, by=by, **{"blank": 1, **piles})


def three() -> tuple[Election, User, User, User]:
    """An election with its papers on the table, and the three of its commission."""
    election = counting.on_the_table(commission=3)
    one, other, third = commission_of(election)
    return election, one, other, third


# Two members, each by themselves


def test_the_same_numbers_of_two_become_the_count() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)
    enter(election, one)
    enter(election, other)

    agreed = counting.agreed(election, by=one)

    assert agreed.content["contests"][0]["votes"] == {"1": 6, "2": 4, "3": 1}
    assert agreed.content["papers"] == {"printed": 60, "issued": 12, "unused": 48, "found": 12}
    assert (agreed.explanation, agreed.reasons) == ("", {})
    events = [entry.event for entry in entries_of(election.chapter)][-3:]
    assert events == ["count.entered", "count.entered", "count.agreed"]


def test_whoever_entered_last_does_not_agree_alone() -> None:
    election, one, other, third = three()
    enter(election, one)
    assert refused(lambda: counting.agreed(election, by=one)) == "nothing-counted"
    enter(election, other)

    assert refused(lambda: counting.agreed(election, by=other)) == "the-other-agrees"
    assert refused(lambda: counting.agreed(election, by=third)) == "the-other-agrees"
    assert counting.agreed(election, by=one).pk


def test_two_count_and_the_third_watches() -> None:
    election, one, other, third = three()
    enter(election, one)
    enter(election, other)

    assert refused(lambda: enter(election, third)) == "two-counted"


def test_a_button_pressed_twice_enters_a_count_once() -> None:
    election = counting.on_the_table()
    one, _other = counting.counters_of(election)
    enter(election, one)

    assert refused(lambda: enter(election, one)) == "counted-already"


def test_one_may_put_the_own_numbers_right_and_the_first_stay() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)
    enter(election, one, {1: 5, 2: 5, 3: 1})
    enter(election, one)
    enter(election, other)

    assert refused(lambda: counting.agreed(election, by=one)) == "explanation-missing"
    agreed = counting.agreed(election, explanation="Две стопки перепутаны.", by=one)

    replaced = CountEntry.objects.exclude(replaced_at=None).get()
    assert replaced.content["contests"][0]["votes"] == {"1": 5, "2": 5, "3": 1}
    assert agreed.explanation == "Две стопки перепутаны."


def test_a_difference_is_put_right_by_one_and_confirmed_by_the_other() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)
    enter(election, one)
    enter(election, other, {1: 4, 2: 6, 3: 1})
    assert refused(lambda: counting.agreed(election, by=one)) == "counts-differ"

    enter(election, other)

    assert refused(lambda: counting.agreed(election, by=one)) == "explanation-missing"
    assert counting.agreed(election, explanation=counting.EXPLANATION, by=one).pk


def test_all_piles_are_counted_anew_by_two_who_may_be_others() -> None:
    election, one, other, third = three()
    enter(election, one)
    assert refused(lambda: anew(election, one)) == "nothing-counted"
    enter(election, other, {1: 4, 2: 6, 3: 1})

    anew(election, third)

    assert queries.standing_entries(queries.entries_of(given.round_of(election))) == []
    enter(election, third)
    enter(election, other)
    counting.agreed(election, explanation=counting.EXPLANATION, by=third)
    assert CountEntry.objects.count() == 4


def anew(election: Election, actor: User) -> None:
    actions.count_anew(election.pk, actor=actor, at=counting.COUNTED_AT)


# What does not add up


def test_papers_that_do_not_fit_need_a_reason_each() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)
    papers: dict[str, Any] = {
        "issued": 13,
        "unused": 46,
    }  # the desk gave out 12, and one is missing
    for member in (one, other):
        enter(election, member, **papers)
    assert refused(lambda: counting.agreed(election, by=one)) == "reason-missing"

    reasons = {
        "issued-differs-from-signed-for": "Один бюллетень выдан без отметки.",
        "printed-differs-from-used-and-unused": "Один испорчен при печати.",
        "found-below-issued": "Один избиратель унёс бюллетень.",
        "never-asked": "…",
    }
    agreed = counting.agreed(election, reasons=reasons, by=one)

    assert set(agreed.reasons) == set(reasons) - {"never-asked"}


def test_piles_that_do_not_make_the_box_are_counted_again() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)
    for member in (one, other):
        enter(election, member, found=11)

    reasons = {"found-below-issued": "Один унесён."}
    assert (
        refused(lambda: counting.agreed(election, reasons=reasons, by=one))
        == "count-does-not-add-up"
    )


def test_more_papers_than_voters_on_the_roll_cannot_be_true() -> None:
    election = counting.on_the_table(voters=10)
    one, other = counting.counters_of(election)
    for member in (one, other):
        enter(election, member)

    reasons = {
        "found-exceeds-issued": "Не знаем.",
        "printed-differs-from-used-and-unused": "Не знаем.",
    }
    assert (
        refused(lambda: counting.agreed(election, reasons=reasons, by=one)) == "count-contradicts"
    )


@pytest.mark.parametrize(
    "votes",
    [{"member": {1: 6}}, {"both": {}}],
)
def test_numbers_of_another_paper_are_refused(votes: dict[str, dict[int, int]]) -> None:
    election = counting.on_the_table()
    one, _other = counting.counters_of(election)
    row = given.round_of(election)
    whole = counting.box(row, VOTES, blank=1)
    place = next(iter(votes))
    named = {str(number): each for number, each in votes[place].items()}
    contest = ContestCount(place, named)
    other = CountOfBox(whole.papers, (contest,))

    assert (
        refused(
            lambda: actions.enter_count(election.pk, count=other, actor=one, at=counting.COUNTED_AT)
        )
        == "count-unreadable"
    )


@pytest.mark.parametrize("number", [-1, 100_001])
def test_numbers_out_of_reason_are_refused(number: int) -> None:
    election = counting.on_the_table()
    one, _other = counting.counters_of(election)

    assert refused(lambda: enter(election, one, late=number, found=12)) == "count-unreadable"


def test_what_was_printed_is_not_for_the_counting_to_say() -> None:
    election = counting.on_the_table(papers=60)
    one, _other = counting.counters_of(election)
    box = counting.box(given.round_of(election), VOTES, blank=1)
    papers = Papers(1000, box.papers.issued, box.papers.unused, box.papers.found)

    entry = actions.enter_count(
        election.pk,
        count=CountOfBox(papers, box.contests),
        actor=one,
        at=counting.COUNTED_AT,
    )

    assert entry.content["papers"]["printed"] == 60


# Who, and when


@pytest.mark.parametrize("role", [RoleName.ORGANISER, RoleName.SECRETARIAT, RoleName.OBSERVER])
def test_only_the_commission_counts(role: str) -> None:
    election = counting.on_the_table()
    neighbour = bodies.officer(RoleName.COMMISSIONER, bodies.group(given.body()))

    for actor in (given.officer_of(role, election), neighbour):
        assert refused(partial(enter, election, actor)) == "not-allowed"


def test_nobody_counts_while_people_vote() -> None:
    election = counting.on_the_table()
    row = given.round_of(election)
    row.state = State.VOTING
    row.save(update_fields=["state"])
    one, _other = counting.counters_of(election)

    assert refused(lambda: enter(election, one)) == "count-not-now"


def test_agreed_numbers_do_not_change() -> None:
    election = counting.on_the_table()
    one, other = counting.counters_of(election)
    counting.counted(election, VOTES, blank=1)

    assert refused(lambda: enter(election, one, {1: 5, 2: 5, 3: 1})) == "count-agreed"
    assert refused(lambda: anew(election, other)) == "count-agreed"
    assert refused(lambda: counting.agreed(election, by=one)) == "count-agreed"


# Agreed, and opened again


def reopened(election: Election, by: User | None = None, because: str = "number-wrong") -> None:
    actions.reopen_count(
        election.pk,
        because=because,
        actor=by or counting.counters_of(election)[1],
        at=counting.AGREED_AT,
    )


def test_one_opens_the_agreed_count_again_and_two_agree_on_it_with_a_reason() -> None:
    election = voters.promised(counting.on_the_table())
    one, other = counting.counters_of(election)
    agreed = counting.counted(election, VOTES, blank=1)

    reopened(election)

    last = entries_of(election.chapter).order_by("-number")[0]
    assert (last.event, last.after) == ("count.reopened", {"because": "number-wrong"})
    assert last.before == {"sha256": sha256_hex(canonical_bytes(agreed.content))}
    assert queries.outcome_of(given.round_of(election)) is None
    enter(election, other, {1: 4, 2: 6, 3: 1})
    enter(election, one, {1: 4, 2: 6, 3: 1})
    assert refused(lambda: counting.agreed(election, by=other)) == "explanation-missing"
    counting.agreed(election, by=other, explanation=counting.EXPLANATION)
    outcome = queries.outcome_of(given.round_of(election))
    assert outcome is not None
    assert outcome.members == (2,)
    assert CountEntry.objects.filter(round__election=election).count() == 4


def test_what_was_opened_again_by_mistake_is_agreed_on_as_it_was() -> None:
    election = voters.promised(counting.on_the_table())
    agreed = counting.counted(election, VOTES, blank=1)

    reopened(election, because="asked-for")

    assert counting.agreed(election).content == agreed.content


def test_only_what_is_agreed_and_not_yet_in_a_protocol_is_opened_again() -> None:
    election = voters.promised(counting.on_the_table())
    assert refused(lambda: reopened(election)) == "nothing-agreed"
    counting.counted(election, VOTES, blank=1)

    assert refused(lambda: reopened(election, because="I said so")) == "reason-unknown"
    assert refused(lambda: reopened(election, given.organiser_of(election))) == "not-allowed"
    protocols.drawn_up(election)
    assert refused(lambda: reopened(election)) == "protocol-drawn-up"


def test_a_tie_settled_on_the_numbers_is_taken_back_before_they_are_opened() -> None:
    election = voters.promised(counting.on_the_table(rules={"tie": "lot"}))
    counting.counted(election, {1: 5, 2: 5, 3: 1}, blank=1)
    settled = counting.tie_settled(election, [2, 1])

    assert refused(lambda: reopened(election)) == "tie-settled"

    actor = counting.counters_of(election)[0]
    actions.withdraw_tie(settled.pk, actor=actor, at=counting.AGREED_AT)
    reopened(election)
    assert not AgreedCount.objects.filter(round__election=election).exists()


def test_the_page_of_the_count_leads_to_it_until_there_is_a_protocol() -> None:
    election = voters.promised(counting.on_the_table())
    counting.counted(election, VOTES, blank=1)
    client = given.browser_of(counting.counters_of(election)[0])
    where = [election.cycle.year, election.group.slug]
    here, reopen = reverse("count", args=where), reverse("count_reopen", args=where)

    form = read(client.get(reopen))
    assert form.problems() == []
    assert reopen in {each["href"] for each in read(client.get(here)).main.all("a")}
    assert client.post(reopen, {}).status_code == 422
    assert client.post(reopen, {"because": "papers-moved"})["Location"] == here
    assert read(client.get(here)).problems() == []

    counting.agreed(election)
    protocols.drawn_up(election)
    assert client.get(reopen)["Location"] == here
    assert reopen not in {each["href"] for each in read(client.get(here)).main.all("a")}


# The whole chain once


def test_from_registration_to_the_result() -> None:
    election = counting.in_counting()

    counting.counted(election, {1: 6, 2: 4}, blank=1, late=1)

    row = given.round_of(election)
    outcome = queries.outcome_of(row)
    assert outcome is not None
    assert (outcome.members, outcome.alternates, outcome.decided) == ((1,), (2,), True)
    assert not queries.waits_for_an_act(row)
    # A stranger with the sheet comes to the same.
    sheet = sheet_from(count_data(outcome.sheet))
    assert counted_by_the_command(sheet) == outcome.result
    told = str(list(entries_of(election.chapter).values_list("before", "after")))
    assert not any(name in told for name in bodies.SURNAMES)
