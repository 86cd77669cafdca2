"""Names of stages and states, what each move is called and what it means, what people wait for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from okil.foundation.web.languages import Texts, words_from
from okil.pure.rules.stages import Stage, State

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS = Path(__file__).parents[1] / "words"
_STAGES: dict[str, Any] = words_from(WORDS / "stages.json")


def stage_name(stage: int) -> Texts:
    name: Texts = _STAGES["stages"][str(int(stage))]
    return name


def state_name(state: str) -> Texts:
    """Two or three words for a table."""
    label: Texts = _STAGES["states"][state]["label"]
    return label


def state_sentence(state: str) -> Texts:
    """What is happening now, in one sentence."""
    sentence: Texts = _STAGES["states"][state]["now"]
    return sentence


def flag_name(flag: str) -> Texts:
    name: Texts = _STAGES["flags"][flag]
    return name


def round_kind_name(kind: str) -> Texts:
    return flag_name(kind)


# The button and the heading of the move into a state.
MOVES: dict[State, _StrPromise] = {
    State.ANNOUNCED: _("Announce the election"),
    State.REGISTRATION: _("Open registration"),
    State.CANDIDATES_PUBLISHED: _("Publish the candidate list"),
    State.VOTING: _("Open the vote"),
    State.COUNTING: _("Close the vote and begin the count"),
    State.RESULTS: _("Record the signed protocol"),
    State.SUBMITTED: _("Submit the package to the Secretariat"),
    State.PUBLISHED: _("Publish the results"),
    State.CONCLUDED: _("Conclude the election"),
}
# What follows from a move, for the page that asks once more.
CONSEQUENCES: dict[State, _StrPromise] = {
    State.ANNOUNCED: _("The group's page says that the election is announced and shows its dates."),
    State.REGISTRATION: _("Candidates and voters may apply from now on."),
    State.CANDIDATES_PUBLISHED: _("The list is frozen and everybody may read it."),
    State.VOTING: _("Voters may vote; the list and the rules do not change any more."),
    State.COUNTING: _("No ballot is accepted any more."),
    State.RESULTS: _("The protocol is final; a correction needs a second version with a reason."),
    State.SUBMITTED: _("The Secretariat receives the package and checks that it is complete."),
    State.PUBLISHED: _("Everybody sees the result; the time for complaints begins."),
    State.CONCLUDED: _("The election is over; its papers stay in the archive."),
}


@dataclass(frozen=True, slots=True)
class NextDate:
    """The date a visitor waits for in a state: whose edge it is and how it is said."""

    sentence: _StrPromise
    edge: str
    stage: Stage
    hour: bool  # does the hour matter, or only the day?


# {when} is a whole phrase: "by 12 September", "from 19 August", "until 12 September, 18:00".
NEXT_DATE: dict[State, NextDate] = {
    State.PREPARATION: NextDate(_("Announcement {when}"), "ends", Stage.ANNOUNCEMENT, hour=False),
    State.ANNOUNCED: NextDate(_("Registration {when}"), "begins", Stage.REGISTRATION, hour=False),
    State.REGISTRATION: NextDate(_("Registration {when}"), "ends", Stage.REGISTRATION, hour=True),
    State.CANDIDATES_PUBLISHED: NextDate(_("Voting {when}"), "begins", Stage.VOTING, hour=False),
    State.VOTING: NextDate(_("Voting {when}"), "ends", Stage.VOTING, hour=True),
    State.COUNTING: NextDate(_("Results {when}"), "ends", Stage.RESULTS, hour=False),
    State.RESULTS: NextDate(_("Results {when}"), "ends", Stage.RESULTS, hour=False),
    State.SUBMITTED: NextDate(_("Results {when}"), "ends", Stage.RESULTS, hour=False),
}
# What a visitor can do today: the words of the link to the group's page.
TODAY: dict[State, _StrPromise] = {
    State.PREPARATION: _("See who prepares the election"),
    State.ANNOUNCED: _("See when registration begins"),
    State.REGISTRATION: _("See how long one can apply"),
    State.CANDIDATES_PUBLISHED: _("See when the vote begins"),
    State.VOTING: _("See how long one can vote"),
    State.COUNTING: _("See who counts"),
    State.RESULTS: _("See what follows the protocol"),
    State.SUBMITTED: _("See what the Secretariat checks"),
    State.PUBLISHED: _("See how the election went"),
    State.CONCLUDED: _("See how the election went"),
}
