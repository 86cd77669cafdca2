"""What the Secretariat writes to the groups on the Organizing Committee, ready to be copied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from okil.areas.elections.documents.officers import day_said, in_words
from okil.areas.elections.models import Cycle

REQUEST_ACTION = 3  # of the model plan: nominees are asked for


def request_facts(cycle: Cycle, *, named: int, groups: int) -> dict[str, Any]:
    """`from_on` is the day of the plan's action on it, if it has one."""
    action = cycle.plan.filter(number=REQUEST_ACTION).first()
    return {
        "body": dict(cycle.body.name),
        "year": cycle.year,
        "from_on": action.deadline_on.isoformat() if action and action.deadline_on else None,
        "named": named,
        "groups": groups,
    }


def request_text(facts: Mapping[str, Any], language: str) -> str:
    """The request for nominees: exactly one from each group, from a stated date (1.12)."""
    with override(language):
        return "\n\n".join(
            [
                _(
                    "{body} prepares the elections {year} and asks every group for one person."
                ).format(body=in_words(facts["body"], language), year=facts["year"]),
                _(
                    "This person joins the Organizing Committee: informs the group, runs registration "
                    "and the vote, keeps the papers. The one condition: not to stand in this cycle, in "
                    "any group."
                ),
                _(
                    "Tell your members widely, collect proposals and decide in the way your group "
                    "decides. Send us the name, an e-mail address and the decision, with its date."
                ),
                _("Nominations are accepted from: {day}.").format(
                    day=day_said(facts["from_on"], language) if facts["from_on"] else "____"
                ),
            ]
        )


def formed_text(facts: Mapping[str, Any], language: str) -> str:
    """To partners and everybody concerned: the committee exists and begins to work (1.14)."""
    with override(language):
        return "\n\n".join(
            [
                _(
                    "The Organizing Committee of the elections {year} is formed and begins to work."
                ).format(year=facts["year"]),
                ngettext(
                    "{named} of {groups} group has sent its representative.",
                    "{named} of {groups} groups have sent their representatives.",
                    facts["groups"],
                ).format(named=facts["named"], groups=facts["groups"]),
                _(
                    "Each of them runs the election of one group and stands in none; each has promised "
                    "this in writing, and to keep personal data confidential."
                ),
                _("Partners will be asked for members of the commissions and for observers."),
            ]
        )
