"""Officers are reminded of their deadlines: once of each, in one letter a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from okil.areas.bodies.models import Person
from okil.areas.elections.models import Reminder
from okil.areas.elections.queries.reminders import Due, day_of, was_told_on
from okil.foundation.locking import locked
from okil.foundation.notifications import notify


@transaction.atomic
def remind(person_id: int, *, due: Iterable[Due], at: datetime) -> list[Reminder]:
    """All that is due for a person, in one letter; nothing where they had one today, or know it all.

    Done twice, also at once, it reminds once: the person is held, and a reminder is kept with its letter.
    """
    person = locked(Person, person_id)
    if person.user is None or was_told_on(person, day_of(person.body, at)):
        return []
    known = set(
        Reminder.objects.filter(role__person=person).values_list("role", "cycle", "what", "due_on")
    )
    new = {(each.role.pk, each.cycle.pk, each.what, each.due_on): each for each in due}
    reminders = [
        Reminder.objects.create(
            role=each.role, cycle=each.cycle, what=each.what, due_on=each.due_on, queued_at=at
        )
        for key, each in new.items()
        if key not in known
    ]
    if reminders:
        notify("elections.reminder", to=person.user, about=reminders[0].pk, at=at)
    return reminders
