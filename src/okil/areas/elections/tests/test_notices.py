"""Notices come from facts, whole and in every language; where each was published is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from okil.areas.bodies.actions import people
from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import notices
from okil.areas.elections.documents import notices as texts
from okil.areas.elections.models import Election, Notice, Publication
from okil.areas.elections.queries import notices as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import notices as given_notices
from okil.areas.elections.tests.given.notices import CHAT, EMAIL, SITE
from okil.foundation.audit import entries_of, history_of
from okil.foundation.web import dates
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage, State

pytestmark = pytest.mark.django_db
AT = given.moment(8, 15, 6)
OPENING = given.moment(8, 20, 6)
LANGUAGES = ("ru", "kk", "en")
Kind = Notice.Kind


def opening(election: Election, **given_: Any) -> Notice:
    return given_notices.notice(Kind.REGISTRATION_OPENS, election, at=OPENING, **given_)


# What a text says


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_announcement_tells_dates_and_groups(language: str) -> None:
    election = given.election()
    facts = texts.announcement_facts(election.cycle)

    text = texts.draft_text(facts, language)

    zone = election.cycle.body.time_zone
    begins, ends = given.DATES[Stage.REGISTRATION]
    assert begins is not None
    for item in (
        election.cycle.body.name.in_language(language),
        election.group.public_name.in_language(language),
        dates.since_moment(begins, zone, language, "plain"),
        dates.until_moment(ends, zone, language, "plain"),
        f"/cycles/{election.cycle.year}/",
    ):
        assert item in text, item
    assert "inside-" not in text
    assert text.count("\n– ") > 20  # stages, groups, rights, duties, papers, what is attached


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_opening_of_registration_has_nine_items_and_the_exact_hours(language: str) -> None:
    election = given.election(State.ANNOUNCED)
    facts = texts.notice_facts(Kind.REGISTRATION_OPENS, election, given.round_of(election))

    text = texts.draft_text(facts, language)

    zone = election.cycle.body.time_zone
    begins, ends = given.DATES[Stage.REGISTRATION]
    assert begins is not None
    for each in (begins, ends):
        assert dates.moment(each, zone, language, "full") in text
    voting, _ends = given.DATES[Stage.VOTING]
    assert voting is not None
    assert dates.since_moment(voting, zone, language, "plain") in text
    assert [f"\n\n{number}. " in text for number in range(1, 11)] == [True] * 9 + [False]
    number = given_officer_number(election)
    assert str(number) in text.rsplit("\n\n", 1)[-1]  # whom to ask
    assert texts.GAP in text  # how to reach them no fact tells


def given_officer_number(election: Election) -> int:
    return election.group.roles.get(role=RoleName.ORGANISER, ends_at=None).person.number


def test_no_name_stands_in_a_notice_not_even_one_its_owner_shows() -> None:
    election = given.election(State.ANNOUNCED)
    people.publish_name(public=True, actor=given.organiser_of(election), at=AT)

    facts = texts.notice_facts(Kind.REGISTRATION_OPENS, election, given.round_of(election))

    assert not any(name in str(facts) for name in bodies.SURNAMES)  # a consent can be taken back


@pytest.mark.parametrize("kind", [k for k in Kind if k not in (Kind.ANNOUNCEMENT,)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_has_a_text_and_a_short_one_with_the_address(kind: str, language: str) -> None:
    election = given.election(State.ANNOUNCED)
    facts = texts.notice_facts(kind, election, given.round_of(election))

    text, short = texts.draft_text(facts, language), texts.short_text(facts, language)

    group = election.group.public_name.in_language(language)
    assert group in text
    assert group in short
    assert len(short) < 400
    assert short.endswith(f"/cycles/2024/groups/{election.group.slug}/")


# Writing


def test_a_notice_is_written_in_the_languages_of_the_groups_regulation() -> None:
    election = given.election(State.ANNOUNCED)

    with pytest.raises(Refused) as refusal:
        opening(election, text={"ru": "Текст."})
    assert (refusal.value.code, refusal.value.facts["language"]) == (
        "notice-language-missing",
        "kk",
    )
    written = opening(election, text={"ru": "Текст.", "kk": "Мәтін."})

    assert (written.version, dict(written.text)) == (1, {"ru": "Текст.", "kk": "Мәтін."})
    row = history_of(written).get()
    assert row.after == {"kind": "registration_opens", "version": 1}


def test_the_announcement_is_written_in_every_language_of_the_body() -> None:
    election = given.election()

    with pytest.raises(Refused) as refusal:
        given_notices.announcement(election.cycle, at=AT, text={"ru": "Текст.", "kk": "Мәтін."})

    assert refusal.value.code == "notice-language-missing"
    assert not given.fulfilled("announcement-ready", given.round_of(election))


def test_a_gap_is_filled_before_anything_is_saved() -> None:
    election = given.election(State.ANNOUNCED)

    with pytest.raises(Refused) as refusal:
        opening(election, text={"ru": "Звоните: ____", "kk": "Мәтін."})

    assert refusal.value.code == "notice-gap"
    assert not Notice.objects.filter(kind=Kind.REGISTRATION_OPENS).exists()


def test_two_who_write_at_once_do_not_overwrite_each_other() -> None:
    election = given.election(State.ANNOUNCED)

    def write(seen: int) -> Notice:
        return notices.write_notice(
            election.pk,
            kind=Kind.REGISTRATION_OPENS,
            text={"ru": "Текст.", "kk": "Мәтін."},
            seen=seen,
            actor=given.organiser_of(election),
            at=OPENING,
        )

    write(0)
    with pytest.raises(Refused) as refusal:
        write(0)
    assert refusal.value.code == "notice-written"
    assert write(1).version == 2


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [
        (State.ANNOUNCED, Kind.REGISTRATION_CLOSED, "notice-early"),
        (State.ANNOUNCED, Kind.CANDIDATES, "notice-early"),
        (State.REGISTRATION, Kind.ASSEMBLY, "notice-early"),  # none is called yet
        (State.COUNTING, Kind.RESULTS, "notice-early"),
        (State.CANDIDATES_PUBLISHED, Kind.REGISTRATION_OPENS, "notice-late"),
        (State.COUNTING, Kind.CANDIDATES, "notice-late"),
        (State.ANNOUNCED, Kind.ANNOUNCEMENT, "notice-not-of-round"),
        (State.ANNOUNCED, "anything", "notice-not-of-round"),
    ],
)
def test_each_notice_has_its_time(state: State, kind: str, code: str) -> None:
    election = given.election(state)

    with pytest.raises(Refused) as refusal:
        notices.write_notice(
            election.pk,
            kind=kind,
            text={"ru": "Текст.", "kk": "Мәтін."},
            seen=0,
            actor=given.organiser_of(election),
            at=given.moment(8, 27, 6),
        )

    assert refusal.value.code == code


def test_registration_is_said_to_be_closed_when_it_is() -> None:
    election = given.election(State.REGISTRATION)

    with pytest.raises(Refused) as refusal:
        given_notices.notice(Kind.REGISTRATION_CLOSED, election, at=given.moment(9, 6, 12))
    assert refusal.value.code == "notice-early"
    written = given_notices.notice(Kind.REGISTRATION_CLOSED, election, at=given.moment(9, 6, 13))

    zone = election.cycle.body.time_zone
    closed = dates.moment(given.DATES[Stage.REGISTRATION][1], zone, "ru", "full")
    assert closed in written.text["ru"]


def test_a_repeat_vote_has_no_notices_of_registration() -> None:
    election = given.election(State.COUNTING)
    row = given.repeat_vote(election, at=given.moment(9, 20, 10))

    assert queries.kinds_of(row) == [Kind.CANDIDATES, Kind.ASSEMBLY, Kind.RESULTS]


@pytest.mark.parametrize("flag", ["suspended", "annulled"])
def test_nothing_is_written_in_an_election_that_does_not_run(flag: str) -> None:
    election = getattr(given, flag)(given.election(State.ANNOUNCED), at=AT)

    with pytest.raises(Refused) as refusal:
        opening(election)

    assert refusal.value.code == flag


@pytest.mark.parametrize("role", [RoleName.COMMISSIONER, RoleName.OBSERVER])
def test_commission_and_observers_write_nothing(role: str) -> None:
    election = given.election(State.ANNOUNCED)
    notice = opening(election)
    (publication,) = given_notices.published(notice, SITE, at=OPENING)
    actor = given.officer_of(role, election)

    for act in (
        lambda: given_notices.published(notice, EMAIL, at=OPENING, actor=actor),
        lambda: notices.withdraw_publication(publication.pk, actor=actor, at=OPENING),
        lambda: notices.issue_notice(notice.pk, actor=actor, at=OPENING),
        lambda: notices.write_announcement(
            election.cycle_id, text={}, seen=0, actor=actor, at=OPENING
        ),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "not-allowed"


def test_an_organiser_does_not_touch_the_announcement() -> None:
    election = given.election()
    announcement = given_notices.announcement(election.cycle, at=AT)

    with pytest.raises(Refused) as refusal:
        given_notices.published(announcement, SITE, at=AT, actor=given.organiser_of(election))

    assert refusal.value.code == "not-allowed"


# Publishing


def test_where_and_when_and_by_whom_is_kept_and_the_journal_names_the_kind_of_channel() -> None:
    election = given.election(State.ANNOUNCED)
    notice = opening(election)

    (publication,) = given_notices.published(notice, CHAT, at=OPENING)

    number = given_officer_number(election)
    assert (publication.where, publication.role, publication.person_number) == (
        CHAT[1],
        "organiser",
        number,
    )
    row = history_of(publication).get()
    assert row.after == {"kind": "registration_opens", "version": 1, "channel": "chat"}


@pytest.mark.parametrize(
    ("after", "code"),
    [
        (timedelta(minutes=1), "publication-to-come"),
        (timedelta(minutes=-1), "published-before-written"),
        (timedelta(), "published-already"),
    ],
)
def test_a_publication_that_cannot_be_is_refused(after: timedelta, code: str) -> None:
    election = given.election(State.ANNOUNCED)
    notice = opening(election)
    given_notices.published(notice, SITE, at=OPENING)

    with pytest.raises(Refused) as refusal:
        notices.record_publication(
            notice.pk,
            channel="site",
            where=SITE[1],
            published_at=OPENING + after,
            actor=given.organiser_of(election),
            at=OPENING,
        )

    assert refusal.value.code == code
    assert Publication.objects.count() == 1


def test_the_minute_in_which_a_text_was_saved_is_not_before_it() -> None:
    election = given.election(State.ANNOUNCED)
    saved = OPENING + timedelta(seconds=27)
    notice = given_notices.notice(Kind.REGISTRATION_OPENS, election, at=saved)

    notices.record_publication(
        notice.pk,
        channel="site",
        where=SITE[1],
        published_at=OPENING,  # people write minutes
        actor=given.organiser_of(election),
        at=saved,
    )


def test_a_mistaken_record_is_taken_back_once_and_stays_on_the_record() -> None:
    election = given.election(State.ANNOUNCED)
    (publication,) = given_notices.published(opening(election), SITE, at=OPENING)
    organiser = given.organiser_of(election)

    for _press in range(2):
        notices.withdraw_publication(publication.pk, actor=organiser, at=OPENING)

    events = [row.event for row in entries_of(election.chapter)]
    assert events.count("notice.publication_withdrawn") == 1
    told = queries.told(queries.notices_of(given.round_of(election)).get())
    assert (told.publications, told.withdrawn) == ((), (publication,))


def test_a_version_that_was_replaced_is_published_no_more() -> None:
    election = given.election(State.ANNOUNCED)
    first = opening(election)
    opening(election)

    for act in (
        lambda: given_notices.published(first, SITE, at=OPENING),
        lambda: notices.issue_notice(first.pk, actor=given.organiser_of(election), at=OPENING),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "notice-replaced"


# Gates


def test_the_announcement_is_ready_when_its_newest_version_speaks_all_languages() -> None:
    election = given.election()
    row = given.round_of(election)
    assert not given.fulfilled("announcement-ready", row)

    given_notices.fulfil_announcement_ready(election, at=AT)

    assert given.fulfilled("announcement-ready", row)
    assert not given.fulfilled("announcement-published", row)


def test_the_announcement_is_published_by_two_channels_of_which_one_is_no_chat() -> None:
    election = given.election()
    row = given.round_of(election)
    announcement = given_notices.announcement(election.cycle, at=AT)

    given_notices.published(announcement, CHAT, ("chat", "другой чат"), at=AT)
    assert not given.fulfilled("announcement-published", row)
    given_notices.published(announcement, SITE, at=AT)
    assert given.fulfilled("announcement-published", row)
    given_notices.announcement(election.cycle, at=AT)  # another text, which nobody has read
    assert not given.fulfilled("announcement-published", row)


def test_one_announcement_counts_for_all_groups_of_the_cycle() -> None:
    groups = [bodies.group(given.body()) for _each in range(3)]
    cycle = given.cycle(groups)
    elections = cycle.elections.select_related("cycle__body").order_by("pk")
    rounds = [given.round_of(each) for each in elections]

    given_notices.fulfil_announcement_published(elections[0], at=AT)

    assert all(given.fulfilled("announcement-ready", row) for row in rounds)
    assert all(given.fulfilled("announcement-published", row) for row in rounds)
    assert not any(given.fulfilled("registration-notice-sent", row) for row in rounds)


def test_the_notice_of_registration_needs_two_channels_too() -> None:
    election = given.election(State.ANNOUNCED)
    row = given.round_of(election)
    notice = opening(election)

    chat, site = given_notices.published(notice, CHAT, SITE, at=OPENING)
    assert given.fulfilled("registration-notice-sent", row)
    notices.withdraw_publication(site.pk, actor=given.organiser_of(election), at=OPENING)
    assert not given.fulfilled("registration-notice-sent", row)
    assert chat.withdrawn_at is None


def test_for_the_closing_one_publication_is_enough() -> None:
    election = given.election(State.REGISTRATION)
    row = given.round_of(election)
    assert not given.fulfilled("closing-notice-sent", row)

    given_notices.fulfil_closing_notice_sent(election, at=given.moment(9, 6, 13))

    assert given.fulfilled("closing-notice-sent", row)
    assert not given.fulfilled("group-informed", row)
