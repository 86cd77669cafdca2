"""The matrix of roles and rights as a table for people."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.bodies.access import MATRIX, If, Op, Right, Scope
from okil.areas.bodies.queries import role_name
from okil.foundation.web.languages import Texts

COLUMNS = (
    "secretariat",
    "organiser",
    "commissioner",
    "observer",
    "candidate",
    "voter",
    "member",
    "public",
)
THINGS: dict[str, Promise] = {
    "plan": gettext_lazy("Plan of the elections"),
    "cycle": gettext_lazy("Dates and ground of the cycle"),
    "group": gettext_lazy("Who a group really is, who sat for it"),
    "group_public_name": gettext_lazy("Public name of a group"),
    "regulation": gettext_lazy("Regulation of a group"),
    "common_rules": gettext_lazy("Common rules of all groups"),
    "officer_names": gettext_lazy("Names of officers"),
    "officers": gettext_lazy("Roles of officers"),
    "second_factor": gettext_lazy("Reset of a lost second factor (two officers together)"),
    "election": gettext_lazy("Workspace of an election"),
    "election_dates": gettext_lazy("Dates of a group"),
    "round": gettext_lazy("Suspension, annulment, new round"),
    "declarations": gettext_lazy("Declarations and undertakings of officers"),
    "commission_meetings": gettext_lazy("Minutes of the commission"),
    "consultations": gettext_lazy("Meetings of the Secretariat with organisers and commissions"),
    "presence": gettext_lazy("Days on which observers were present"),
    "notices": gettext_lazy("Announcement and notices"),
    "candidate_application": gettext_lazy("Application of a candidate"),
    "voter_application": gettext_lazy("Application of a voter, the roll"),
    "candidate_list": gettext_lazy("Candidate list"),
    "assembly": gettext_lazy("Assembly and its agenda"),
    "ballots": gettext_lazy("Ballots"),
    "tally_before_close": gettext_lazy("Votes before the vote is closed"),
    "protocol_internal": gettext_lazy("Protocol, internal version"),
    "protocol_public": gettext_lazy("Protocol, public version"),
    "package": gettext_lazy("Package of a group for the Secretariat"),
    "result": gettext_lazy("Result, and who follows whoever declines"),
    "dossier": gettext_lazy("Papers of the group"),
    "reports": gettext_lazy("Consultations and reports of members"),
    "who_voted_before_close": gettext_lazy("Who has voted, before the close"),
    "who_voted_after_close": gettext_lazy("Who has voted, after the close"),
    "secrets": gettext_lazy("Personal link, code, share of the key"),
    "board": gettext_lazy("Board of encrypted ballots"),
    "complaint": gettext_lazy("Complaint"),
    "journal": gettext_lazy("Journal of an election"),
    "journal_head": gettext_lazy("Length and last hash of the journal"),
    "cross_community_flags": gettext_lazy("Hints that somebody is in two roles or groups"),
    "matching": gettext_lazy("Comparisons of all groups' lists"),
    "retention": gettext_lazy("What is destroyed when"),
    "rule_questions": gettext_lazy("Questions about unclear rules"),
}
OPERATIONS: dict[Op, Promise] = {
    Op.SEE: gettext_lazy("sees"),
    Op.SEE_COUNTS: gettext_lazy("sees numbers only"),
    Op.CHANGE: gettext_lazy("enters, changes"),
    Op.DECIDE: gettext_lazy("decides, signs"),
    Op.PUBLISH: gettext_lazy("publishes"),
}
CONDITIONS: dict[If, Promise] = {
    If.ELECTED: gettext_lazy("if elected"),
    If.CHOSEN: gettext_lazy("if those concerned chose it"),
    If.CONCERNED: gettext_lazy("if concerned"),
    If.NOT_CONCERNED: gettext_lazy("if not concerned"),
}


@dataclass(frozen=True)
class Row:
    thing: Promise
    cells: list[tuple[Texts, list[str]]]  # role, what it may


def rows() -> list[Row]:
    """One row an object, one cell a role; an empty cell is a no."""
    return [
        Row(
            THINGS[thing],
            [
                (
                    role_name(role),
                    _cell(thing, role),
                )
                for role in COLUMNS
            ],
        )
        for thing in MATRIX
    ]


def _cell(thing: str, role: str) -> list[str]:
    held = {op: rights[role] for op, rights in MATRIX[thing].items() if role in rights}
    if Op.SEE in held and held[Op.SEE].only_if is None and held[Op.SEE].scope is not Scope.OWN:
        held.pop(Op.SEE_COUNTS, None)  # who sees it sees its numbers
    return [_in_words(operation, right) for operation, right in held.items()]


def _in_words(operation: Op, right: Right) -> str:
    said = str(OPERATIONS[operation])
    if right.scope is Scope.OWN:
        said = _("{right}: one's own").format(right=said)
    if right.only_if is not None:
        said = _("{right} ({condition})").format(right=said, condition=CONDITIONS[right.only_if])
    return said
