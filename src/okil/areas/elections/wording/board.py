"""The board of an online vote in words, and how it is checked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from okil.pure.ballots.examination import CheckResult

STATES: dict[str, Any] = {
    "not-open": _("All is set up. The vote is not open yet."),
    "open": _("The vote is open. Ballots appear here at full hours, at least five together."),
    "held-up": _("The vote is held up. The page of the group says why."),
    "closing": _("The vote is over. The last ballots are being written."),
    "closed": _("The vote is closed. The count is not opened yet."),
    "opened": _("The count is opened. The result stands below."),
    "given-up": _("The key of this vote was given up. Another vote took its place."),
}
MARKS = {
    "not-open": "wait",
    "open": "ok",
    "held-up": "stop",
    "closing": "wait",
    "closed": "wait",
    "opened": "ok",
    "given-up": "stop",
}
WEAKER: dict[str, Any] = {
    "code-maker-organises": _(
        "Weaker: who made the voting codes also organises this election, and could have voted in"
        " somebody's place."
    ),
    "one-opens": _("Weaker: one key holder alone can open the count."),
}

CHECKS: dict[int, Any] = {
    1: _("The file"),
    2: _("The chain of events"),
    3: _("What was set up"),
    4: _("The commission's keys"),
    5: _("The list of voting codes"),
    6: _("Every ballot"),
    7: _("Repeated and replaced ballots"),
    8: _("The encrypted sum"),
    9: _("The opening by the key holders"),
    10: _("The result"),
}
ANSWERS: dict[bool | None, tuple[str, Any]] = {
    True: ("ok", _("In order")),
    False: ("bad", _("Not in order")),
    None: ("wait", _("Not reached yet")),
}


def check_shown(check: CheckResult) -> dict[str, Any]:
    """One row of the ten. A reason is the code by which docs/verification.md and the program name it."""
    mark, word = ANSWERS[check.ok]
    return {
        "number": check.number,
        "title": CHECKS[check.number],
        "mark": mark,
        "word": word,
        "reason": check.reason or "",
    }


STEPS: tuple[dict[str, Any], ...] = (
    {
        "id": "voters",
        "title": _("If you voted"),
        "steps": (
            _(
                "Keep your receipt: the tracker is the name of your ballot. It does not say whom you chose."
            ),
            _(
                "Wait for the next head. At the latest when the vote closes your ballot is on the board."
            ),
            _("Look your tracker up. Your own browser searches; the tracker is sent nowhere."),
            _(
                "See that it counts. If you voted again, the last ballot counts and the others are replaced."
            ),
            _(
                "If it is missing, tell an observer or file a complaint, and show the signed receipt."
            ),
        ),
    },
    {
        "id": "candidates",
        "title": _("If you are a candidate"),
        "steps": (
            _(
                "Before the vote compare the fingerprints on the board with those the commission announced."
            ),
            _("Fetch the archive and the heads during the vote, and keep them."),
            _(
                "After the opening fetch them again, and let the program compare the old with the new."
            ),
            _(
                "Let the program make its ten checks, on your own machine or on that of somebody you trust."
            ),
            _("Compare the result it prints with the protocol. If they differ, file a complaint."),
        ),
    },
    {
        "id": "observers",
        "title": _("If you observe"),
        "steps": (
            _("Be there when the key is made and hear the fingerprints read out. Note them."),
            _("Fetch archive and heads at several hours, from several places, and compare them."),
            _(
                "Compare the number of ballots on the board with the number of voters marked as online."
            ),
            _(
                "Make the ten checks with our program, and the checks of belenios-tool, which others wrote."
            ),
            _("Write into your remarks what you checked, when, and the last event that you saw."),
        ),
    },
)
