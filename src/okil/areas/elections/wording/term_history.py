"""Seats held before: the answers of a row, what can be wrong with it, and on what rotation rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.pure.rules.rotation import CANNOT_DECIDE, EXHAUSTED, FREE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

POSITIONS: dict[str, _StrPromise] = {"member": _("member"), "alternate": _("alternate")}
GROUPS: dict[str, _StrPromise] = {
    "this": pgettext_lazy("seat held before", "for this group"),
    "other": pgettext_lazy("seat held before", "for another group"),
    "unsure": pgettext_lazy("seat held before", "I do not know for which group"),
}
FAULTS: dict[str, _StrPromise] = {
    "position-missing": _("say whether as member or as alternate."),
    "first-year-missing": _("write the year in which it began."),
    "last-year-missing": _("write the year in which it ended, or tick that it goes on."),
    "year-unreadable": _("write the year with four digits."),
    "year-too-early": _("there was no such body before 2000: check the year."),
    "year-to-come": _("the year lies in the future: check it."),
    "ends-before-it-begins": _("it ends before it begins: check the two years."),
    "still-and-a-year": _("a seat that goes on has no last year: take one of the two away."),
    "group-missing": _("say for which group, or that you do not know."),
    "rows-overlap": _("another row has the same years, and nobody holds two seats at once."),
    "too-many-rows": _("there is room for six seats: put the latest ones."),
}
# What the answer means for somebody who is about to apply.
MEANINGS: dict[str, _StrPromise] = {
    FREE: _(
        "You may stand, if all of it is as you say. The commission compares it with its lists."
    ),
    EXHAUSTED: _(
        "With so many terms you may be neither member nor alternate in this cycle. You may apply all the"
        " same; the commission would have to refuse you, and you could complain."
    ),
    CANNOT_DECIDE: _(
        "You may apply. The commission of the group decides it, and tells you the reason."
    ),
}
ARTICLES: dict[str, tuple[str, ...]] = {
    FREE: ("REG-24", "11.01", "11.02"),
    EXHAUSTED: ("REG-24", "11.02", "11.03"),
    CANNOT_DECIDE: ("REG-24", "11.02", "11.04", "11.05"),
}
