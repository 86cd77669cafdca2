"""Papers that no other step issues: on the officers, the regulation, the desk and the count; at the end
those of the Secretariat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import (
    assembly,
    count,
    meetings,
    officers,
    regulation_papers,
    results,
)
from okil.areas.elections.models import Cycle, Meeting
from okil.foundation.accounts.models import User
from okil.foundation.documents.models import Issued
from okil.pure.rules.stages import State
from okil.site.demonstration.calendar import Calendar
from okil.site.demonstration.part import Part, Step, minutes


def steps_of_the_secretariat(cycle: Cycle, secretary: User, calendar: Calendar) -> Iterator[Step]:
    """The Organizing Committee once its members have signed; the results as far as they are out."""
    papers: Sequence[tuple[datetime, Callable[..., Issued]]] = (
        (calendar.at(7, 26, 12), officers.issue_committee_list),
        (calendar.at(9, 3, 18), results.issue_all_results),
        (calendar.at(9, 3, 18, 10), results.issue_elected),
    )
    for at, issue in papers:
        yield at, partial(_issue, issue, cycle.pk, secretary)


def steps(part: Part) -> Iterator[Step]:
    """At the desk of every group that came to its vote; the others where the results are known."""
    listed = part.entered(State.CANDIDATES_PUBLISHED)
    if listed is not None and part.entered(State.VOTING) is not None:
        yield listed + minutes(155), partial(_issue_attendance_sheet, part)
        yield listed + minutes(160), partial(_issue_count_sheet, part)
    if part.entered(State.RESULTS) is None:
        return
    yield part.at(7, 12, 12, part.place), partial(_nominate, part)
    yield part.at(7, 24, 12, part.place), partial(_list_commission, part)
    yield part.at(7, 31, 12, part.place), partial(_accredit, part)
    yield part.at(8, 2, 13, part.place), partial(_issue_minutes, part)
    yield part.at(8, 5, 14, part.place), partial(_issue_regulation, part)


def _issue(issue: Callable[..., Issued], subject: int, actor: User, at: datetime) -> None:
    issue(subject, seen=0, actor=actor, at=at)


def _nominate(part: Part, at: datetime) -> None:
    _issue(officers.issue_nomination, part.election.pk, part.user(RoleName.ORGANISER), at)


def _list_commission(part: Part, at: datetime) -> None:
    _issue(officers.issue_commission_list, part.election.pk, part.user(RoleName.ORGANISER), at)


def _accredit(part: Part, at: datetime) -> None:
    for number, user in enumerate(part.everybody(RoleName.OBSERVER)):
        role = part.election.group.roles.get(role=RoleName.OBSERVER, person__user=user)
        officers.issue_accreditation(
            part.election.pk,
            role.pk,
            seen=0,
            actor=part.user(RoleName.ORGANISER),
            at=at + minutes(number),
        )


def _issue_minutes(part: Part, at: datetime) -> None:
    meeting = Meeting.objects.get(election=part.election, number=1)
    _issue(meetings.issue_minutes, meeting.pk, part.user(RoleName.COMMISSIONER), at)


def _issue_regulation(part: Part, at: datetime) -> None:
    organiser = part.user(RoleName.ORGANISER)
    _issue(regulation_papers.issue_regulation, part.election.group_id, organiser, at)


def _issue_attendance_sheet(part: Part, at: datetime) -> None:
    """With names only where nobody asked to go by a number."""
    assembly.issue_attendance_sheet(
        part.election.pk,
        with_names=not part.script.anonymous,
        seen=0,
        actor=part.user(RoleName.ORGANISER),
        at=at,
    )


def _issue_count_sheet(part: Part, at: datetime) -> None:
    _issue(count.issue_count_sheet, part.election.pk, part.user(RoleName.COMMISSIONER), at)
