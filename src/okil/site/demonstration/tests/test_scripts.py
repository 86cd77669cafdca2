"""The scripts hold on whatever day the demonstration is made."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from okil.pure.rules.complaints import term_ends
from okil.pure.rules.days_off import is_working_day
from okil.pure.rules.stages import ORDER, State
from okil.site.demonstration.build import DATA
from okil.site.demonstration.calendar import SHOWN_DAY, Calendar, weeks_between
from okil.site.demonstration.people import member_organisation, new_names
from okil.site.demonstration.scripts import SCRIPTS

YEARS = 4
DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(366 * YEARS)]
WEEKS = sorted({weeks_between(each) for each in DAYS})


def test_the_shown_day_is_today_or_at_most_six_days_ahead() -> None:
    for each in DAYS:
        shown = Calendar(weeks_between(each)).day(SHOWN_DAY)
        assert timedelta(0) <= shown - each <= timedelta(days=6)
        assert shown.weekday() == SHOWN_DAY.weekday()


@pytest.mark.parametrize("slug", [s for s in SCRIPTS if "concluded" in SCRIPTS[s].moves])
def test_complaints_are_over_before_an_election_is_concluded_whatever_holidays_there_are(
    slug: str,
) -> None:
    script = SCRIPTS[slug]
    for weeks in WEEKS:
        calendar = Calendar(weeks)
        published = calendar.at(*script.moves["published"])
        ends = term_ends(
            published, script.rules["complaint_days"], is_working_day, zone=calendar.zone
        )
        assert ends < calendar.at(*script.moves["concluded"]), calendar.day(SHOWN_DAY)


def test_no_group_takes_a_step_after_today() -> None:
    """Made at any hour of any weekday: what was done lies before it."""
    for today in DAYS[:7]:
        calendar = Calendar(weeks_between(today))
        now = datetime.combine(today, datetime.min.time(), UTC)
        for script in SCRIPTS.values():
            for moment in script.moves.values():
                assert calendar.at(*moment) < now


def test_ten_groups_end_in_ten_states() -> None:
    ends = {
        slug: next(reversed(script.moves), State.PREPARATION.value)
        for slug, script in SCRIPTS.items()
    }
    ends["auen"] = State.CANDIDATES_PUBLISHED.value  # of its repeat vote

    assert sorted(ends.values()) == sorted(ORDER)


def test_what_lay_in_a_box_is_what_was_given_out() -> None:
    for slug, script in SCRIPTS.items():
        if script.box is None:
            continue
        for votes in script.box.votes.values():
            found = sum(votes.values()) + script.box.blank + script.box.wrongly_completed
            assert found == script.papers_given - script.box.taken_along, slug
        assert script.papers_given <= script.voters - script.refused, slug


def test_nobody_new_is_called_like_somebody_known_or_like_another() -> None:
    persons = json.loads((DATA / "persons.json").read_text(encoding="utf-8"))
    known = {row["name_ru"] for row in persons}
    names = list(new_names(known))
    members = [member_organisation(number) for number in range(40)]

    assert len(names) == len(set(names)) > 300
    assert not set(names) & known
    assert len(members) == len(set(members))
