"""Indirect elections: meetings with their protocols, and no more delegates than were chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from okil.areas.elections.actions import delegates as actions
from okil.areas.elections.actions import registration, voters
from okil.areas.elections.models import DelegatesMeeting, Election, Voter
from okil.areas.elections.queries import delegates as chosen
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import delegates as given_delegates
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_lists_papers import newest, said_in
from okil.foundation.audit import entries_of
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given_delegates.AT


def refusal_of(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def last_event(election: Election) -> tuple[str, Any]:
    row = entries_of(election.chapter).last()
    assert row is not None
    return row.event, row.after


def withdrawn(meeting: DelegatesMeeting) -> DelegatesMeeting:
    organiser = given.organiser_of(meeting.election)
    return actions.withdraw_delegates_meeting(meeting.pk, actor=organiser, at=AT)


def registered(election: Election, number: int | None, *, once: str = "once") -> Voter:
    """By a form on which somebody says which meeting chose them."""
    return registration.register_voter(
        election.pk,
        facts=given_registration.facts(),
        once=once,
        ticket=given_registration.ticket(),
        meeting=number,
        at=AT,
    )


def counted(meeting: DelegatesMeeting) -> tuple[int, int]:
    """How many its protocol names, how many say so of themselves."""
    found = chosen.counted_meeting(meeting.round, meeting.number)
    assert found is not None
    return found.named, found.claiming


# The meeting


def test_a_meeting_is_recorded_with_its_sealed_protocol() -> None:
    election = given_delegates.election()

    meeting = given_delegates.meeting(election)

    assert (meeting.number, meeting.present, meeting.chosen) == (1, 20, 2)
    assert meeting.paper_kind == "pdf"
    told = {"number": 1, "present": 20, "chosen": 2}
    assert last_event(election) == ("delegates.meeting_recorded", told)
    assert given_delegates.meeting(election, region="KZ-75").number == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"held_on": date(2024, 8, 29)}, "delegates-meeting-to-come"),
        ({"present": 1}, "delegates-too-many-chosen"),
        ({"chosen": 0}, "delegates-too-many-chosen"),
        ({"region": "KZ-99"}, "region-unknown"),
        ({"paper": b"tea"}, "paper-unknown"),
        ({"paper": given.PDF + b" " * 5_300_000}, "paper-too-large"),
    ],
)
def test_what_cannot_be_a_meeting_is_not_recorded(said: dict[str, Any], code: str) -> None:
    election = given_delegates.election()

    assert refusal_of(lambda: given_delegates.meeting(election, **said)) == code
    assert not DelegatesMeeting.objects.exists()


def test_a_meeting_is_recorded_once_and_again_after_it_was_withdrawn() -> None:
    election = given_delegates.election()
    first = given_delegates.meeting(election)

    assert refusal_of(lambda: given_delegates.meeting(election)) == "delegates-meeting-twice"
    withdrawn(first)
    assert last_event(election) == ("delegates.meeting_withdrawn", {"number": 1})
    assert given_delegates.meeting(election).number == 2
    assert refusal_of(lambda: withdrawn(first)) == "delegates-meeting-withdrawn"


def test_where_everybody_votes_there_are_no_meetings_of_delegates() -> None:
    election = given_delegates.election(directness="direct")

    assert refusal_of(lambda: given_delegates.meeting(election)) == "not-indirect"


def test_only_the_organiser_records_and_only_before_the_closing() -> None:
    election = given_delegates.election()
    meeting = given_delegates.meeting(election)
    for role in ("secretariat", "commissioner", "observer"):
        actor = given.officer_of(role, election)
        assert (
            refusal_of(
                lambda actor=actor: actions.record_delegates_meeting(  # type: ignore[misc]
                    election.pk, facts=given_delegates.facts(), actor=actor, at=AT
                )
            )
            == "not-allowed"
        )
    given_voters.closed(election)

    again = given_delegates.facts(region="KZ-75")
    late: dict[str, Any] = {"actor": given.organiser_of(election), "at": given_voters.CLOSED_AT}
    record = actions.record_delegates_meeting
    assert refusal_of(lambda: record(election.pk, facts=again, **late)) == "registration-closed"
    withdraw = actions.withdraw_delegates_meeting
    assert refusal_of(lambda: withdraw(meeting.pk, **late)) == "registration-closed"
    name = actions.name_delegates
    assert refusal_of(lambda: name(meeting.pk, numbers=[1], **late)) == "registration-closed"


def test_meetings_may_be_held_before_registration_opens() -> None:
    election = given_delegates.election(State.ANNOUNCED)

    meeting = given_delegates.meeting(election)

    assert meeting.number == 1
    assert refusal_of(lambda: given_delegates.delegate(meeting)) == "not-in-registration"


def test_the_protocol_is_opened_by_those_who_promised_confidence_and_on_the_record() -> None:
    election = given_delegates.election()
    meeting = given_delegates.meeting(election)
    opening = actions.open_delegates_protocol

    commissioner = given.commissioner_of(election)
    assert opening(meeting.pk, actor=commissioner, at=AT) == given.PDF
    assert last_event(election)[0] == "vault.opened"
    for role in ("secretariat", "observer"):
        actor = given.officer_of(role, election)
        refused = refusal_of(lambda actor=actor: opening(meeting.pk, actor=actor, at=AT))  # type: ignore[misc]
        assert refused == "not-allowed"


# Its delegates


def test_no_more_delegates_than_the_meeting_chose() -> None:
    election = given_delegates.election()
    meeting = given_delegates.meeting(election, chosen=2)
    one, other = given_delegates.delegate(meeting), given_delegates.delegate(meeting)

    assert (one.source, one.meeting_id, one.status) == ("meeting", meeting.pk, "waiting")
    assert last_event(election) == ("delegates.named", {"meeting": 1, "numbers": [other.number]})
    assert refusal_of(lambda: given_delegates.delegate(meeting)) == "delegates-all-named"
    voters.withdraw_voter(one.pk, actor=given.organiser_of(election), at=AT)
    assert given_delegates.delegate(meeting).number == 3


def test_a_refused_delegate_keeps_the_place_that_the_meeting_gave() -> None:
    election = given_delegates.election()
    meeting = given_delegates.meeting(election, chosen=1)
    given_delegates.delegate(meeting)
    given_voters.refused(election, [1])

    assert refusal_of(lambda: given_delegates.delegate(meeting)) == "delegates-all-named"


def test_who_only_says_so_takes_no_place_until_the_protocol_is_compared() -> None:
    election = given_delegates.election()
    meeting = given_delegates.meeting(election, chosen=1)
    given_voters.accepted(election, [registered(election, 1).number])
    assert Voter.objects.get().source == "own_word"
    assert counted(meeting) == (0, 1)

    given_delegates.named(meeting, 1)

    voter = Voter.objects.get()
    assert (voter.source, voter.meeting_id, voter.status) == ("meeting", meeting.pk, "waiting")
    assert counted(meeting) == (1, 0)
    assert refusal_of(lambda: given_delegates.named(meeting, 1)) == "nothing-chosen"


def test_voters_of_the_list_are_named_together_or_not_at_all() -> None:
    election = given_delegates.election()
    given_voters.voters(election, 3)
    meeting = given_delegates.meeting(election, chosen=2)
    other = given_delegates.meeting(election, chosen=2, region="KZ-75")

    assert refusal_of(lambda: given_delegates.named(meeting, 1, 2, 3)) == "delegates-all-named"
    assert refusal_of(lambda: given_delegates.named(meeting, 1, 9)) == "voter-unknown"
    assert not Voter.objects.exclude(meeting=None).exists()
    given_delegates.named(meeting, 1, 2)
    assert refusal_of(lambda: given_delegates.named(other, 2)) == "delegate-of-another"


def test_a_meeting_of_which_nobody_is_on_the_list_may_be_withdrawn() -> None:
    election = given_delegates.election()
    meeting = given_delegates.meeting(election)
    given_delegates.delegate(meeting)
    registered(election, 1)

    assert refusal_of(lambda: withdrawn(meeting)) == "delegates-on-the-list"
    voters.withdraw_voter(Voter.objects.get(number=1).pk, actor=given.organiser_of(election), at=AT)
    withdrawn(meeting)  # somebody only says to be of it
    assert refusal_of(lambda: given_delegates.delegate(meeting)) == "delegates-meeting-withdrawn"
    again = refusal_of(lambda: registered(election, 1, once="another"))
    assert again == "delegates-meeting-unknown"


def test_where_somebody_else_confirms_the_meeting_has_a_place_again() -> None:
    election = given_delegates.election()
    meeting = given_delegates.meeting(election, chosen=1)
    voter = given_delegates.delegate(meeting)

    voters.change_voter(
        voter.pk,
        facts=given_voters.facts(source="papers"),
        new_name=False,
        actor=given.organiser_of(election),
        at=AT,
    )

    assert Voter.objects.get().meeting is None
    assert counted(meeting) == (0, 0)


def test_a_meeting_of_another_election_chooses_nobody_here() -> None:
    election = given_delegates.election()

    assert refusal_of(lambda: registered(election, 1)) == "delegates-meeting-unknown"
    assert registered(election, None).meeting is None


def test_regions_without_a_meeting_are_told() -> None:
    election = given_delegates.election()
    given_delegates.delegate(given_delegates.meeting(election, chosen=3))
    withdrawn(given_delegates.meeting(election, region="KZ-75"))
    found = chosen.counted_meetings(given.round_of(election))

    assert chosen.by_region(found, given_delegates.NAMED_REGIONS) == [
        chosen.OfRegion("KZ-71", meetings=1, chosen=3, named=1, is_empty=False),
        chosen.OfRegion("KZ-75", meetings=0, chosen=0, named=0, is_empty=True),
    ]


# The papers of the roll


@pytest.mark.parametrize("directness", ["indirect", "direct"])
def test_the_roll_names_the_kind_of_election_where_delegates_vote(directness: str) -> None:
    election = given_delegates.election(directness=directness)
    if directness == "indirect":
        given_delegates.delegate(given_delegates.meeting(election, chosen=3))
    registered(election, 1 if directness == "indirect" else None)

    given_voters.closed(election)

    issued = newest(given.round_of(election), "voter-roll")
    kind = "indirect: 1 meeting chose delegates, 3 in all"
    inside, public = (said_in(issued, "en", to) for to in ("internal", "public"))
    shown = directness == "indirect"
    assert ((kind in inside), (kind in public)) == (shown, shown)
    assert (inside.count("meeting no."), public.count("meeting no.")) == (shown, 0)
