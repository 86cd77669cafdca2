"""Who is told what. Subjects say nothing that a glance at a phone may not see."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections.models import Reminder
from okil.areas.elections.queries.reminders import told_together
from okil.areas.elections.wording.reminders import sentence
from okil.foundation.accounts.models import User
from okil.foundation.notifications import Letter, register


def _reminder(about: int, language: str, user: User) -> Letter:
    # Numbers and days: which group, and what the action is, stands behind the sign-in.
    reminder = Reminder.objects.select_related("role").get(pk=about)
    lines = [sentence(each.what, each.due_on, language) for each in told_together(reminder)]
    return Letter(
        subject=_("A reminder for you"),
        paragraphs=[
            _("Something that you answer for is due:"),
            *dict.fromkeys(lines),  # the same day in several groups is said once
            _("What it is, you see after you sign in. If it is done already, do nothing."),
        ],
        link=settings.SITE_ADDRESS + reverse("office"),
        link_text=_("What waits for you"),
    )


register("elections.reminder", _reminder)
