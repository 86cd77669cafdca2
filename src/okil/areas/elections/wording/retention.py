"""Destruction in words: what is held, what goes, what stays."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.pure.rules.retention import Holding

REFUSALS: dict[str, Any] = {
    "destruction-before-conclusion": _("Nothing is destroyed before the election is concluded."),
    "complaints-open": _("A complaint waits for its decision: until then nothing is destroyed."),
    "destruction-undated": _(
        "The regulation does not say when this is destroyed. Enter the decision of the group's own body."
    ),
    "destruction-not-due": _(
        "The regulation promised to keep it longer: it is not destroyed before its day."
    ),
    "destruction-nothing-left": _("Nothing is left here that could be destroyed."),
    "destruction-not-confirmed": _(
        "That is not the number of records. Look again at what is destroyed, and write {count}."
    ),
    "backups-confirmed": _("It is noted already when these copies were destroyed."),
    "backups-before-destruction": _(
        "Copies made later may hold it still: name the day of the destruction here, or a later one."
    ),
}

HOLDINGS: dict[Holding, Any] = {
    Holding.ROLL: _("Voters' data"),
    Holding.CANDIDATES: _("Candidates' data"),
    Holding.COMPLAINTS: _("Complaints"),
    Holding.ARCHIVE: _("The group's archive"),
}

HOLDS: dict[Holding, Any] = {
    Holding.ROLL: _(
        "Names, codes, contacts and grounds of voters, their authorisations, the roll and the "
        "attendance sheet with names."
    ),
    Holding.CANDIDATES: _(
        "Names, contacts, applications, photos and papers of candidates, the commission's reasons, "
        "the lists and decisions with names."
    ),
    Holding.COMPLAINTS: _("Who complained, how to reach them, and what they wrote."),
    Holding.ARCHIVE: _(
        "The internal protocol with its signatures and remarks, the package with the applications "
        "of the elected, minutes, witnesses, all other internal papers."
    ),
}

STAYS: dict[Holding, Any] = {
    Holding.ROLL: _(
        "How many there were, by status, region and way of registration; so the next cycle can be "
        "compared. Public papers, the protocol and the package stay."
    ),
    Holding.CANDIDATES: _(
        "Numbers, votes and outcomes; what candidates published of themselves on the list; the "
        "public papers. The applications of the elected stay in the package. Whoever moves up later"
        " is known by number only."
    ),
    Holding.COMPLAINTS: _("What was complained about, when, and the published decision."),
    Holding.ARCHIVE: _("The public protocol, the public papers, results and the journal."),
}

NUMBERS: dict[str, Any] = {
    "voters": _("Voters and organisations entered"),
    "meetings_of_delegates": _("Meetings of delegates"),
    "candidates": _("Candidates"),
    "nominations": _("Nominations"),
    "papers_of_candidates": _("Papers of candidates"),
    "questions": _("Questions to candidates"),
    "complaints": _("Complaints"),
    "protocols": _("Versions of the protocol"),
    "packages": _("Versions of the package"),
    "remarks": _("Remarks of observers"),
    "minutes": _("Minutes"),
    "papers": pgettext_lazy("with names", "Internal papers"),
}


def holding_name(holding: str) -> object:
    return HOLDINGS[Holding(holding)] if holding in set(Holding) else holding


for event, sentence in (
    ("retention.destroyed", _("Destroyed for good: {holding}. Records: {records}.")),
    ("backup.made", _("A copy of the database was made.")),
    ("retention.backups_destroyed", _("The copies that still held it were destroyed: {holding}.")),
):
    journal_wording.register(event, sentence, holding=holding_name)
refusals.register(
    REFUSALS,
    beside={
        "destruction-not-confirmed": ("typed",),
        "backups-before-destruction": ("done_on",),
    },
)
