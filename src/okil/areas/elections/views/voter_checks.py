"""What the commission looks at before it decides on a voter: what is known here, and what it must ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from okil.areas.bodies.queries import role_name
from okil.areas.elections.actions.voters import Named
from okil.areas.elections.models import Voter
from okil.areas.elections.wording.voters import SOURCES


def checks_of(voter: Voter, named: Named | None) -> list[dict[str, Any]]:
    """Each criterion with its mark; some are known only when the name is opened."""
    alike = [_("no. {number}").format(number=n) for n in named.alike] if named else []
    roles = [role_name(role) for role in named.barred] if named else []
    found = [
        _check("warn" if voter.is_late else "ok", _("Came in time")),
        _check("wait", _("Belongs to the group"), SOURCES[voter.source]),
        _check("ok", _("Agreed to the processing of these data")),
        _unless(named, _("Is on the list once"), alike),
        _unless(named, _("Is not of this group's commission"), roles),
    ]
    if voter.kind == Voter.Kind.ORGANISATION:
        found += [
            _check(
                "ok" if voter.paper_kind else "warn",
                _("Has authorised whoever votes, on paper"),
            ),
            _check(
                "wait" if voter.organisation_number else "warn",
                _("Is in the State's register"),
                voter.organisation_number,
            ),
        ]
    return found


MARK_WORDS = {
    "ok": pgettext_lazy("criterion", "fulfilled"),
    "wait": pgettext_lazy("criterion", "to be checked"),
    "warn": pgettext_lazy("criterion", "look again"),
}


def _check(mark: str, text: str, more: object = "") -> dict[str, Any]:
    return {"mark": mark, "word": MARK_WORDS[mark], "text": text, "more": more}


def _unless(named: Named | None, text: str, against: Sequence[object]) -> dict[str, Any]:
    if named is None:
        return _check("wait", text, _("open the name to see"))
    return _check("warn" if against else "ok", text, ", ".join(map(str, against)))
