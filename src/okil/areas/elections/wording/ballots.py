"""The ballot papers in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals

REFUSALS: dict[str, Any] = {
    "ballots-not-now": _(
        "The ballot papers are prepared after the candidates are published and before the vote opens."
    ),
    "paper-issued-already": _(
        "The ballot paper is issued: its order and its text do not change any more."
    ),
    "order-incomplete": _("Give each candidate a place of their own: 1, 2, 3 and so on."),
    "order-missing": _("Draw the order of the candidates first."),
    "paper-missing-yet": _("Issue the ballot paper first: that is what is printed."),
    "nothing-voted-on": _("Nobody has a rival here: no papers are needed."),
}


def _numbers(order: Any) -> str:
    return "; ".join(", ".join(str(number) for number in numbers) for numbers in order.values())


for event, sentence, words in (
    (
        "ballots.order_drawn",
        _("The order on the ballot paper was drawn: candidates no. {order}."),
        {"order": _numbers},
    ),
    ("ballots.printed", _("Ballot papers were printed: {papers}."), {}),
    ("ballots.printing_taken_back", _("A number of printed papers was taken back: {papers}."), {}),
):
    journal_wording.register(event, sentence, **words)
refusals.register(
    REFUSALS,
    beside={"order-incomplete": ("order",)},
)
