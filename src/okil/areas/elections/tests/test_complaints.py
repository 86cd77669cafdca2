"""A complaint: filed within its term, stopping what the regulation says, decided by the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from okil.areas.bodies.models import Decision, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections import queries
from okil.areas.elections.actions import complaints, stages
from okil.areas.elections.models import Complaint, Election, Round, Suspension
from okil.areas.elections.queries import complaints as filed
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import complaints as complained
from okil.areas.elections.tests.given import officers
from okil.areas.elections.tests.given import plan as given_plan
from okil.areas.elections.tests.test_at_once import DONE, meeting
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of, history_of, length_and_last_hash
from okil.foundation.audit.wording import registered
from okil.pure.refusal import Refused
from okil.pure.rules.stages import RoundKind, State

pytestmark = pytest.mark.django_db

# The vote closed on Friday 13 September at 18:00; three working days later is Wednesday 18.
AT = given.moment(9, 16, 10)
LAST = given.moment(9, 18, 18, 59)  # 23:59 in Astana
TOO_LATE = given.moment(9, 18, 19)  # midnight
SUSPENDS: dict[str, Any] = {"complaint_effect": "suspends"}


def refusal_of(act: Callable[[], object]) -> Refused:
    """The refusal; nothing at all was written."""

    def written() -> tuple[object, ...]:
        rows = list(
            Complaint.objects.order_by("pk").values("pk", "effect", "concerned", "suspends")
        )
        return rows, Suspension.objects.count(), Decision.objects.count(), length_and_last_hash()

    before = written()
    with pytest.raises(Refused) as refusal:
        act()
    assert written() == before
    return refusal.value


def filing(election: Election, *, at: datetime = AT, **facts: Any) -> Callable[[], Complaint]:
    return lambda: complained.complaint(election, at=at, **facts)


# Filing


def test_a_complaint_is_kept_with_its_act_and_one_row_that_names_nobody() -> None:
    election = complained.election()

    complaint = complained.complaint(election, at=AT, by_number=4)

    assert (complaint.number, complaint.act, complaint.act_on, complaint.by_number) == (
        1,
        "vote",
        date(2024, 9, 13),
        4,
    )
    row = history_of(complaint).get()
    assert (row.event, row.role, row.actor_number, row.chapter) == (
        "complaint.filed",
        "public",
        None,
        election.chapter,
    )
    assert row.after == {"number": 1, "act": "vote"}


def test_numbers_go_on() -> None:
    election = complained.election()

    assert [complained.complaint(election, at=AT).number for _ in range(3)] == [1, 2, 3]


def test_the_last_day_still_belongs_to_the_term_and_the_next_does_not() -> None:
    election = complained.election()

    complained.complaint(election, at=LAST)
    refused = refusal_of(filing(election, at=TOO_LATE))

    assert (refused.code, refused.facts) == ("term-over", {"last_on": date(2024, 9, 18)})


def test_weekends_and_holidays_do_not_count() -> None:
    election = complained.election(State.ANNOUNCED, complaint_days=10)

    # From Thursday 15 August: 30 August, a Friday, is Constitution Day.
    acts = {each.act: each.last_on for each in filed.acts_of(election, at=given.moment(8, 16, 6))}
    assert acts == {"notice": date(2024, 8, 29)}
    body = election.cycle.body
    assert filed.term_of(given.moment(8, 29, 6), 1, body) == filed.term_of(
        given.moment(9, 1, 6), 1, body
    )


def test_days_on_which_the_body_rests_make_a_term_longer_and_none_makes_it_shorter() -> None:
    body = complained.election().cycle.body
    thursday = given.moment(8, 22, 6)
    given_plan.day_named(date(2024, 8, 24), is_working=True)  # a Saturday

    before = filed.term_of(thursday, 2, body)
    given_plan.day_named(date(2024, 8, 26))
    after = filed.term_of(thursday, 2, body)

    assert before is not None
    assert after is not None
    assert (before.date(), after.date()) == (date(2024, 8, 26), date(2024, 8, 27))


def test_nobody_complains_about_what_has_not_happened() -> None:
    election = complained.election()

    assert refusal_of(filing(election, act="1-result")).code == "act-not-happened"
    assert refusal_of(filing(election, act="2-vote")).code == "act-not-happened"
    assert refusal_of(filing(election, act="")).code == "act-not-happened"


def test_a_number_or_a_name_is_asked_for() -> None:
    election = complained.election()

    assert refusal_of(filing(election, name="")).code == "who-missing"


def test_a_concluded_election_takes_no_complaints() -> None:
    election = complained.election(State.CONCLUDED, complaint_days=None)

    assert refusal_of(filing(election)).code == "concluded"


def test_a_form_sent_twice_is_one_complaint() -> None:
    election = complained.election()

    def send(once: str) -> Complaint:
        return complaints.file_complaint(election.pk, facts=complained.facts(), once=once, at=AT)

    assert send("one") == send("one")
    assert send("other").number == 2


def test_a_suspended_election_can_be_complained_about_and_an_annulled_round_cannot() -> None:
    suspended = given.suspended(complained.election(), at=given.moment(9, 14, 6))
    assert complained.complaint(suspended, at=AT).number == 1

    given.annulled(suspended, at=given.moment(9, 15, 6))
    assert refusal_of(filing(suspended)).code == "act-not-happened"


@pytest.mark.django_db(transaction=True)
def test_two_complaints_at_once_have_two_numbers_and_one_form_is_one_complaint() -> None:
    election = complained.election()

    def send(once: str) -> Callable[[], object]:
        return lambda: complaints.file_complaint(
            election.pk, facts=complained.facts(), once=once, at=AT
        )

    assert meeting(send("one"), send("two")) == (DONE, DONE)
    assert meeting(send("three"), send("three")) == (DONE, DONE)
    numbers = Complaint.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


# Acts


def test_acts_have_happened_and_are_told_newest_first() -> None:
    election = complained.election(State.PUBLISHED)

    before = filed.acts_of(election, at=given.moment(9, 13, 13))
    after = filed.acts_of(election, at=OVER)

    assert [each.at for each in after] == sorted((each.at for each in after), reverse=True)
    assert (after[0].act, after[0].on) == ("result", date(2024, 9, 18))
    assert {each.act for each in after} >= set(Complaint.Act.values) - {"admission"}
    assert {each.act for each in after} - {each.act for each in before} == {
        "count",
        "protocol",
        "result",
    }


def test_the_vote_may_be_complained_about_while_it_lasts() -> None:
    election = complained.election(State.VOTING)

    acts = {each.act: each.on for each in filed.acts_of(election, at=given.moment(9, 12, 8))}

    assert acts["vote"] == date(2024, 9, 12)


def test_every_word_by_which_the_journal_tells_who_took_part_is_one_it_uses() -> None:
    known = registered()

    for prefixes in filed.TOOK_PART.values():
        for prefix in prefixes:
            assert any(event.startswith(prefix) for event in known), prefix


# Who took part, who decides


def test_who_closed_the_vote_does_not_decide_about_it() -> None:
    election = complained.election()
    one, other = complained.commissioners_of(election)
    complaint = complained.complaint(election, at=AT)

    assert bodies.role_of(one).person.number in complaint.concerned
    assert sorted(set(complaint.concerned)) == complaint.concerned
    assert complained.decider_of(complaint) == other
    for act in (complaints.open_complaint, complaints.take_up, complaints.withdraw_complaint):
        assert refusal_of(partial(act, complaint.pk, actor=one, at=AT)).code == "took-part"
    assert refusal_of(lambda: complained.decided(complaint, at=AT, actor=one)).code == "took-part"


@pytest.mark.parametrize("role", ["secretariat", "observer"])
def test_others_neither_read_nor_decide(role: str) -> None:
    election = complained.election()
    complaint = complained.complaint(election, at=AT)
    actor = given.officer_of(role, election)

    for act in (complaints.open_complaint, complaints.take_up, complaints.withdraw_complaint):
        assert refusal_of(partial(act, complaint.pk, actor=actor, at=AT)).code == "not-allowed"
    refused = refusal_of(lambda: complained.decided(complaint, at=AT, actor=actor))
    assert refused.code == "not-allowed"


def test_a_neighbouring_commission_has_no_business_here() -> None:
    election = complained.election()
    complaint = complained.complaint(election, at=AT)
    neighbour = bodies.officer(RoleName.COMMISSIONER, bodies.group(given.body()))

    refused = refusal_of(lambda: complaints.open_complaint(complaint.pk, actor=neighbour, at=AT))

    assert refused.code == "not-allowed"


def test_who_has_promised_nothing_reads_nothing() -> None:
    election = given.election(State.COUNTING)
    complaint = complained.complaint(election, at=AT)
    election.undertakings.all().delete()

    refused = refusal_of(
        lambda: complaints.open_complaint(
            complaint.pk, actor=complained.decider_of(complaint), at=AT
        )
    )

    assert refused.code == "undertaking-missing"


def organiser_numbers(election: Election) -> tuple[User, set[int]]:
    organiser = given.organiser_of(election)
    return organiser, {bodies.role_of(organiser).person.number}


def all_but_the_organiser(complaint: Complaint) -> Complaint:
    """The other commission member names themselves."""
    other = complained.decider_of(complaint)
    return complaints.name_concerned(
        complaint.pk, numbers=[bodies.role_of(other).person.number], actor=other, at=AT
    )


def test_the_organiser_decides_only_where_the_whole_commission_took_part() -> None:
    election = complained.election()
    organiser = given.organiser_of(election)
    complaint = complained.complaint(election, at=AT)
    Complaint.objects.filter(pk=complaint.pk).update(
        concerned=[bodies.role_of(complained.commissioners_of(election)[0]).person.number]
    )

    refused = refusal_of(lambda: complained.decided(complaint, at=AT, actor=organiser))
    assert refused.code == "commission-decides"

    all_but_the_organiser(complaint)
    complaint.refresh_from_db()
    assert complained.decider_of(complaint) == organiser
    assert complained.decided(complaint, at=AT).effect == "none"


def test_where_all_took_part_nobody_is_left_until_somebody_new_is_named() -> None:
    election = complained.election()
    complaint = complained.complaint(election, at=AT)
    everybody = [role.person.number for role in filed.officers_of(election)]
    Complaint.objects.filter(pk=complaint.pk).update(concerned=everybody)
    complaint.refresh_from_db()
    assert filed.deciders(complaint, filed.officers_of(election)) == []

    newcomer = bodies.officer(RoleName.COMMISSIONER, election.group)
    officers.all_signed(election, at=AT)

    assert complained.decider_of(complaint) == newcomer
    assert complained.decided(complaint, at=AT).effect == "none"


def test_naming_adds_and_never_takes_off() -> None:
    election = complained.election()
    organiser, numbers = organiser_numbers(election)
    complaint = complained.complaint(election, at=AT)
    before = set(complaint.concerned)
    other = complained.decider_of(complaint)

    def name(numbers: set[int]) -> Complaint:
        return complaints.name_concerned(complaint.pk, numbers=numbers, actor=other, at=AT)

    assert set(name(numbers).concerned) == before | numbers
    assert refusal_of(lambda: name(numbers)).code == "nobody-new"
    assert refusal_of(lambda: name({9999})).code == "nobody-new"
    assert (
        refusal_of(lambda: complaints.open_complaint(complaint.pk, actor=organiser, at=AT)).code
        == "took-part"
    )


# Reading


def test_what_it_says_is_opened_on_the_record() -> None:
    election = complained.election()
    complaint = complained.complaint(election, at=AT)
    length = length_and_last_hash()[0]

    opened = complaints.open_complaint(complaint.pk, actor=complained.decider_of(complaint), at=AT)

    assert opened == {
        "name": complained.NAME,
        "contact": complained.CONTACT,
        "text": complained.WORDS,
    }
    assert length_and_last_hash()[0] == length + 1
    row = entries_of(election.chapter).order_by("-number")[0]
    assert (row.event, row.role) == ("vault.opened", "commissioner")


def test_no_planted_word_stands_in_the_journal_or_in_a_row() -> None:
    election = complained.election(**SUSPENDS)
    complaint = complained.complaint(election, at=AT)
    actor = complained.decider_of(complaint)
    complaints.open_complaint(complaint.pk, actor=actor, at=AT)
    complaints.take_up(complaint.pk, actor=actor, at=AT)
    complained.decided(complaint, at=AT)

    written = [str(entry.content()) for entry in entries_of(election.chapter)]
    rows = list(Complaint.objects.values()) + list(Suspension.objects.values())
    for plant in (complained.NAME, complained.WORDS, complained.CONTACT):
        assert not any(plant in text for text in written)
        assert not any(plant in str(row) for row in rows)


def test_whether_it_comes_from_somebody_of_the_group_is_told_after_reading() -> None:
    election = complained.election()
    observer = bodies.role_of(given.officer_of(RoleName.OBSERVER, election)).person

    def found(name: str = "", **facts: Any) -> bool:
        complaint = complained.complaint(election, at=AT, **facts)
        return filed.is_found(complaint, name)

    assert found(by="observer", by_number=observer.number)
    assert found(bodies.name_of(observer), by="observer")
    assert not found(by="observer", by_number=9999)
    assert not found(by="voter", by_number=9999)
    assert not found("Нигде Никто", by="candidate")


# What stops


def test_filing_alone_does_not_stop_an_election_or_a_stranger_could() -> None:
    election = complained.election(**SUSPENDS)

    complaint = complained.complaint(election, at=AT)

    assert not complaint.suspends
    assert not Suspension.objects.exists()


def test_taken_up_it_stops_the_election_by_the_groups_own_regulation() -> None:
    election = complained.election(**SUSPENDS)
    complaint = complained.complaint(election, at=AT)

    complaints.take_up(complaint.pk, actor=complained.decider_of(complaint), at=AT)

    suspension = election.suspensions.get()
    adopted = election.group.regulations.first()
    assert adopted is not None
    assert suspension.decision == adopted.adopted_by
    assert set(suspension.reason) == {"ru", "kk", "en"}
    assert "1" in suspension.reason["en"]
    with pytest.raises(Refused) as refusal:
        stages.move_on(election.pk, to="results", actor=given.commissioner_of(election), at=AT)
    assert refusal.value.code == "suspended"


def test_it_is_taken_up_once_and_only_where_the_regulation_says_so() -> None:
    stops = complained.election(**SUSPENDS)
    one = complained.complaint(stops, at=AT)
    actor = complained.decider_of(one)
    complaints.take_up(one.pk, actor=actor, at=AT)

    again = refusal_of(lambda: complaints.take_up(one.pk, actor=actor, at=AT))
    assert again.code == "taken-up-already"

    goes_on = bodies.group(given.body())
    given.prepared(goes_on)
    other = stops.cycle.elections.create(group=goes_on)
    other.rounds.create(number=1, state="counting", state_since=AT)
    officers.all_signed(other, at=AT)
    stops_not = Complaint.objects.create(
        round=other.rounds.get(),
        number=1,
        by="voter",
        by_number=1,
        act="vote",
        act_on=AT.date(),
        text="…",
        filed_at=AT,
    )
    refused = refusal_of(
        lambda: complaints.take_up(stops_not.pk, actor=complained.decider_of(stops_not), at=AT)
    )
    assert refused.code == "not-suspending"


def test_the_decision_lets_the_election_go_on() -> None:
    election = complained.election(**SUSPENDS)
    one, two = (complained.complaint(election, at=AT) for _ in range(2))
    for each in (one, two):
        complaints.take_up(each.pk, actor=complained.decider_of(each), at=AT)

    complained.decided(one, at=AT)
    assert election.suspensions.get().lifted_at is None

    complained.decided(two, at=AT)
    suspension = election.suspensions.get()
    two.refresh_from_db()
    assert (suspension.lifted_at, suspension.lifted_by) == (AT, two.decision)


def test_a_suspension_of_the_commission_outlives_a_complaint() -> None:
    election = given.suspended(complained.election(**SUSPENDS), at=given.moment(9, 14, 6))
    complaint = complained.complaint(election, at=AT)
    complaints.take_up(complaint.pk, actor=complained.decider_of(complaint), at=AT)

    complained.decided(complaint, at=AT)

    assert election.suspensions.get().lifted_at is None


def test_withdrawn_it_stops_nothing_and_is_not_decided_any_more() -> None:
    election = complained.election(**SUSPENDS)
    complaint = complained.complaint(election, at=AT)
    actor = complained.decider_of(complaint)
    complaints.take_up(complaint.pk, actor=actor, at=AT)

    complaints.withdraw_complaint(complaint.pk, actor=actor, at=AT)

    assert election.suspensions.get().lifted_at == AT
    refused = refusal_of(lambda: complained.decided(complaint, at=AT))
    assert refused.code == "complaint-withdrawn"


# On paper


def test_one_on_paper_is_entered_by_somebody_who_took_no_part_and_stops_at_once() -> None:
    election = complained.election(**SUSPENDS)
    one, other = complained.commissioners_of(election)
    day = date(2024, 9, 16)

    took_part = refusal_of(lambda: complained.on_paper(election, actor=one, received_on=day, at=AT))
    complaint = complained.on_paper(election, actor=other, received_on=day, at=AT)

    assert took_part.code == "took-part"
    assert complaint.received_by == bodies.role_of(other).person.number
    assert complaint.suspends
    assert election.suspensions.filter(lifted_at=None).exists()


def test_the_day_on_which_it_was_received_counts_not_the_day_it_was_entered() -> None:
    election = complained.election()
    other = complained.commissioners_of(election)[1]
    later = given.moment(9, 20, 6)

    def enter(day: int) -> Callable[[], Complaint]:
        return lambda: complained.on_paper(
            election, actor=other, received_on=date(2024, 9, day), at=later
        )

    assert enter(18)().number == 1
    assert refusal_of(enter(19)).code == "term-over"
    assert refusal_of(enter(21)).code == "day-to-come"
    assert refusal_of(enter(1)).code == "received-before-act"


@pytest.mark.parametrize("role", ["secretariat", "observer"])
def test_others_enter_none(role: str) -> None:
    election = complained.election()
    actor = given.officer_of(role, election)

    refused = refusal_of(
        lambda: complained.on_paper(election, actor=actor, received_on=AT.date(), at=AT)
    )

    assert refused.code == "not-allowed"


# Deciding


@pytest.mark.parametrize("effect", ["none", "repeat_act", "repeat_vote"])
def test_a_decision_is_published_with_its_reasons_and_leaves_one_row(effect: str) -> None:
    complaint = complained.complaint(complained.election(), at=AT)

    complained.decided(complaint, at=AT, effect=effect)

    complaint.refresh_from_db()
    assert (complaint.effect, complaint.reasons, complaint.decided_at) == (
        effect,
        complained.REASONS,
        AT,
    )
    assert complaint.decision is not None
    assert complaint.decision.paper_kind == "pdf"
    row = history_of(complaint).last()
    assert row is not None
    assert row.event == "complaint.decided"
    assert row.after == {"number": 1, "effect": effect}


def test_it_needs_the_paper_of_the_body_that_decided() -> None:
    complaint = complained.complaint(complained.election(), at=AT)

    refused = refusal_of(
        lambda: complaints.decide_complaint(
            complaint.pk,
            effect="none",
            reasons=complained.REASONS,
            decision=given.decision(),
            actor=complained.decider_of(complaint),
            at=AT,
        )
    )

    assert refused.code == "paper-missing"


def test_it_is_decided_once() -> None:
    complaint = complained.complaint(complained.election(), at=AT)
    complained.decided(complaint, at=AT)

    assert refusal_of(lambda: complained.decided(complaint, at=AT)).code == "complaint-decided"


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_are_one() -> None:
    election = given.election(
        State.COUNTING, rules={**given.RULES, "commission_size": 3}, commission=3
    )
    officers.all_signed(election, at=given.AT)
    complaint = complained.complaint(election, at=AT)
    one, other = filed.deciders(complaint, filed.officers_of(election))[:2]

    def deciding(actor: User, effect: str) -> Callable[[], object]:
        return lambda: complained.decided(complaint, at=AT, effect=effect, actor=actor)

    found = meeting(
        deciding(officers.user_of(one), "annul"), deciding(officers.user_of(other), "none")
    )

    assert found == (DONE, "complaint-decided")
    complaint.refresh_from_db()
    assert complaint.effect == "annul"
    assert given.round_of(election).annulled_at == AT


def test_annulled_by_a_complaint_the_round_ends_by_the_same_decision() -> None:
    election = complained.election(**SUSPENDS)
    complaint = complained.complaint(election, at=AT)
    complaints.take_up(complaint.pk, actor=complained.decider_of(complaint), at=AT)

    complained.decided(complaint, at=AT, effect="annul")

    complaint.refresh_from_db()
    row = given.round_of(election)
    assert (row.annulled_at, row.annulled_by) == (AT, complaint.decision)
    assert election.suspensions.get().lifted_by == complaint.decision
    assert history_of(row).filter(event="round.annulled").count() == 1


def test_what_is_over_is_not_annulled() -> None:
    election = complained.election()
    one, two = (complained.complaint(election, at=AT) for _ in range(2))
    complained.decided(one, at=AT, effect="annul")

    refused = refusal_of(lambda: complained.decided(two, at=AT, effect="annul"))

    assert refused.code == "annulled"
    assert complained.decided(two, at=AT).effect == "none"


def test_an_earlier_round_may_be_complained_about_and_not_annulled_any_more() -> None:
    election = complained.election()
    given.repeat_vote(election, at=given.moment(9, 14, 6))
    complaint = complained.complaint(election, at=AT, act="1-vote")

    for effect in ("annul", "repeat_vote"):
        refused = refusal_of(partial(complained.decided, complaint, at=AT, effect=effect))
        assert refused.code == "not-this-round"
    assert complained.decided(complaint, at=AT).effect == "none"


def test_a_repeat_vote_may_be_opened_after_such_a_decision() -> None:
    election = complained.election()
    complained.decided(complained.complaint(election, at=AT), at=AT, effect="repeat_vote")

    row = given.repeat_vote(election, at=given.moment(9, 19, 6))

    assert (row.number, row.kind) == (2, RoundKind.REPEAT_VOTE)


# The gate

PUBLISHED = given.ENTERED[State.PUBLISHED]  # Wednesday 18 September, so until Monday 23
OVER = given.moment(9, 24, 6)


def settled(election: Election, *, at: datetime) -> bool:
    row = given.round_of(election)
    return filed.complaints_settled_in([row], at=at) == {row.pk}


def test_nothing_is_settled_before_the_term_after_the_publication_is_over() -> None:
    election = complained.election(State.PUBLISHED)

    assert not settled(election, at=given.moment(9, 23, 18, 59))
    assert settled(election, at=given.moment(9, 23, 19))


def test_an_unpublished_result_can_still_be_complained_about() -> None:
    assert not settled(complained.election(State.COUNTING), at=OVER)


def test_every_complaint_has_its_answer_or_was_withdrawn() -> None:
    election = complained.election(State.PUBLISHED)
    one, two = (complained.complaint(election, at=PUBLISHED, act="1-result") for _ in range(2))
    assert not settled(election, at=OVER)

    complained.decided(one, at=given.moment(9, 20, 6))
    assert not settled(election, at=OVER)

    complaints.withdraw_complaint(
        two.pk, actor=complained.decider_of(two), at=given.moment(9, 20, 6)
    )
    assert settled(election, at=OVER)


def test_a_round_to_be_voted_on_again_is_not_settled() -> None:
    election = complained.election(State.PUBLISHED)
    complaint = complained.complaint(election, at=PUBLISHED, act="1-result")

    complained.decided(complaint, at=given.moment(9, 20, 6), effect="repeat_vote")

    assert not settled(election, at=OVER)


def test_all_complaints_are_answered_where_somebody_fulfils_the_gate() -> None:
    election = complained.election(State.PUBLISHED)
    complained.complaint(election, at=PUBLISHED, act="1-result")

    complained.fulfil_complaints_settled(election, at=given.moment(9, 20, 6))

    assert settled(election, at=OVER)


def test_the_gate_of_many_groups_costs_as_many_queries_as_of_one(
    django_assert_num_queries: Any,
) -> None:
    complained.election(State.PUBLISHED)
    rounds = list(Round.objects.select_related("election__cycle__body"))
    assert rounds

    with django_assert_num_queries(3):
        filed.complaints_settled_in(rounds, at=OVER)


def test_the_gate_waits_until_a_term_is_over_that_a_day_of_rest_made_longer() -> None:
    election = complained.election(State.PUBLISHED)
    row = election.rounds.get()
    progress = queries.progress_of(election, at=OVER)
    assert "complaints-settled" in progress.situation.facts

    for number in range(14):
        day = row.state_since.date() + timedelta(days=number)
        given_plan.day_named(day)

    progress = queries.progress_of(election, at=OVER)
    assert "complaints-settled" not in progress.situation.facts
    assert filed.complaints_settled_in([row], at=OVER) == set()


def test_the_protocol_is_told_how_many_there_were() -> None:
    election = complained.election(**SUSPENDS)
    one, _two = (complained.complaint(election, at=AT) for _ in range(2))
    complaints.take_up(one.pk, actor=complained.decider_of(one), at=AT)
    complained.decided(one, at=AT)

    assert filed.in_numbers(election) == {"filed": 2, "settled": 1, "suspended": 1}
