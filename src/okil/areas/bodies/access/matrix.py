"""Who may do what: the matrix of roles and rights as one table.

A right is object x operation x role with a scope: `own` (what belongs to the person), `group` (the
person's own group), `body` (everywhere). Some hold only `if` something is so; the caller says which
of these conditions are met. What is not in the table is not allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from okil.areas.bodies.models import RoleName


class Scope(StrEnum):
    OWN = "own"
    GROUP = "group"
    BODY = "body"


class If(StrEnum):
    ELECTED = "elected"  # the person was elected
    CHOSEN = "chosen"  # the group, or the person concerned, chose to show it
    CONCERNED = "concerned"
    NOT_CONCERNED = "not_concerned"


class Op(StrEnum):
    SEE = "see"
    SEE_COUNTS = "see_counts"  # numbers, organisations, "it exists", the published form
    CHANGE = "change"
    DECIDE = "decide"  # vote, sign, count
    PUBLISH = "publish"


ROLES = (
    "secretariat",
    "organiser",
    "commissioner",
    "code_maker",
    "observer",
    "candidate",
    "voter",
    "member",
    "alternate",
    "partner",
    "adviser",
    "operator",
    "public",
)


@dataclass(frozen=True, slots=True)
class Right:
    scope: Scope
    only_if: If | None = None


BODY, GROUP, OWN = Right(Scope.BODY), Right(Scope.GROUP), Right(Scope.OWN)
CHOSEN = Right(Scope.BODY, If.CHOSEN)
SEE, COUNTS, CHANGE, DECIDE, PUBLISH = Op
EVERYONE: Mapping[str, Right] = dict.fromkeys(ROLES, BODY)

# Objects in the order of the table for people; rights of a row in the order of its columns.
MATRIX: Mapping[str, Mapping[Op, Mapping[str, Right]]] = {
    "plan": {
        SEE: EVERYONE,
        CHANGE: {"secretariat": BODY},
        PUBLISH: {"secretariat": BODY},
    },
    "cycle": {
        SEE: EVERYONE,
        CHANGE: {"secretariat": BODY},
    },
    "group": {
        # the internal name, the seats and who held them; the public name is everyone's
        SEE: {"secretariat": BODY, "organiser": GROUP, "commissioner": GROUP, "observer": GROUP},
        CHANGE: {"secretariat": BODY},
    },
    "group_public_name": {
        SEE: EVERYONE,
        CHANGE: {"organiser": GROUP},
    },
    "regulation": {
        SEE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "observer": GROUP,
            "candidate": GROUP,
            "voter": GROUP,
            "member": GROUP,
            "alternate": GROUP,
            "public": CHOSEN,
        },
        CHANGE: {
            "organiser": GROUP,
            "member": Right(Scope.GROUP, If.ELECTED),
            "alternate": Right(Scope.GROUP, If.ELECTED),
        },
    },
    "common_rules": {
        # what all groups decided together; it binds each group's regulation (REG-16)
        SEE: EVERYONE,
        CHANGE: {"secretariat": BODY},
    },
    "officer_names": {
        SEE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "candidate": CHOSEN,
            "voter": CHOSEN,
            "member": CHOSEN,
            "alternate": CHOSEN,
            "public": CHOSEN,
        },
        COUNTS: EVERYONE,
        # whoever holds a role decides whether their own name is shown
        PUBLISH: dict.fromkeys((*RoleName.values, "member", "alternate"), OWN),
    },
    "officers": {
        # inviting, handing over, ending a role
        CHANGE: {"secretariat": BODY, "organiser": GROUP},
    },
    "second_factor": {
        CHANGE: {"secretariat": BODY, "organiser": BODY, "commissioner": BODY},
    },
    "election": {
        # the workspace: where it stands, what is missing, who must act
        SEE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "observer": GROUP,
        },
        COUNTS: EVERYONE,
    },
    "election_dates": {
        SEE: EVERYONE,
        CHANGE: {"organiser": GROUP},
    },
    "round": {
        # suspension, annulment, a new round: by decision of the body that REG-91 names
        DECIDE: {"commissioner": GROUP},
    },
    "declarations": {
        SEE: {"secretariat": BODY, "organiser": GROUP, "commissioner": GROUP},
        COUNTS: {"observer": GROUP, "candidate": GROUP, "voter": GROUP, "public": BODY},
        DECIDE: {"organiser": OWN, "commissioner": OWN, "observer": OWN},
    },
    "commission_meetings": {
        # their minutes may speak of applicants
        SEE: {"organiser": GROUP, "commissioner": GROUP},
        COUNTS: {"secretariat": BODY, "observer": GROUP},
        CHANGE: {"commissioner": GROUP},
    },
    "consultations": {
        # of the Secretariat with organisers and commissions; to see is to open the minutes
        SEE: {"secretariat": BODY, "organiser": BODY},
        COUNTS: {"commissioner": BODY, "observer": BODY},
        CHANGE: {"secretariat": BODY},
    },
    "presence": {
        COUNTS: EVERYONE,
        CHANGE: {"observer": OWN},
    },
    "notices": {
        SEE: EVERYONE,
        CHANGE: {"secretariat": BODY, "organiser": GROUP},
    },
    "candidate_application": {
        SEE: {
            "secretariat": Right(Scope.BODY, If.ELECTED),
            "organiser": GROUP,
            "commissioner": GROUP,
            "candidate": OWN,
        },
        COUNTS: {"observer": GROUP},
        CHANGE: {"organiser": GROUP, "candidate": OWN},
        DECIDE: {"commissioner": GROUP},
    },
    "voter_application": {
        SEE: {"organiser": GROUP, "commissioner": GROUP, "voter": OWN},
        COUNTS: {"secretariat": BODY, "observer": GROUP},
        CHANGE: {"organiser": GROUP, "voter": OWN},
        DECIDE: {"commissioner": GROUP},
    },
    "candidate_list": {
        SEE: EVERYONE,
        CHANGE: {"organiser": GROUP},
        DECIDE: {"commissioner": GROUP},
        PUBLISH: {"secretariat": BODY},
    },
    "assembly": {
        SEE: EVERYONE,
        CHANGE: {"organiser": GROUP},
    },
    "ballots": {
        COUNTS: {"observer": GROUP},  # watches the count
        CHANGE: {"voter": OWN},
        DECIDE: {"commissioner": GROUP},  # count together
    },
    "tally_before_close": {},
    "protocol_internal": {
        SEE: {"secretariat": BODY, "organiser": GROUP, "commissioner": GROUP},
        CHANGE: {"organiser": GROUP, "observer": OWN},  # an observer's remark is annexed
        DECIDE: {"organiser": GROUP, "commissioner": GROUP},
    },
    "protocol_public": {
        SEE: EVERYONE,
        PUBLISH: {"secretariat": BODY},
    },
    "package": {
        SEE: {"secretariat": BODY, "organiser": GROUP, "commissioner": GROUP},
        COUNTS: EVERYONE,  # its fingerprint
        CHANGE: {"organiser": GROUP},
        DECIDE: {"secretariat": BODY},  # complete, or sent back
    },
    "result": {
        SEE: EVERYONE,
        CHANGE: {"commissioner": GROUP},  # who declined, by whom the rule replaces them
        PUBLISH: {"secretariat": BODY},
    },
    "dossier": {
        SEE: {"organiser": GROUP, "commissioner": GROUP},
        COUNTS: {"secretariat": BODY, "member": GROUP, "alternate": GROUP},
        CHANGE: {"organiser": GROUP},
    },
    "reports": {
        SEE: {"secretariat": BODY, "voter": GROUP, "member": GROUP, "alternate": GROUP},
        CHANGE: {"member": GROUP, "alternate": GROUP},
        COUNTS: {"public": CHOSEN},
    },
    "who_voted_before_close": {
        SEE: {"voter": OWN},
        COUNTS: {"organiser": GROUP, "commissioner": GROUP},  # the desk: one number, yes or no
    },
    "who_voted_after_close": {
        SEE: {"organiser": GROUP, "commissioner": GROUP, "voter": OWN},
        COUNTS: {"secretariat": BODY, "observer": GROUP, "candidate": GROUP, "public": BODY},
    },
    "secrets": {
        # ticket, code file, key share: each holder its own
        SEE: {"commissioner": OWN, "code_maker": OWN, "voter": OWN},
    },
    "board": {
        SEE: {
            "secretariat": CHOSEN,
            "organiser": Right(Scope.GROUP, If.CHOSEN),
            "commissioner": GROUP,
            "observer": GROUP,
            "candidate": Right(Scope.GROUP, If.CHOSEN),
            "voter": Right(Scope.GROUP, If.CHOSEN),
            "public": CHOSEN,
        },
    },
    "complaint": {
        SEE: {
            "organiser": Right(Scope.GROUP, If.CONCERNED),
            "commissioner": Right(Scope.GROUP, If.NOT_CONCERNED),
            "candidate": OWN,
            "voter": OWN,
        },
        COUNTS: {"secretariat": BODY, "observer": GROUP, "public": BODY},
        CHANGE: {"candidate": OWN, "voter": OWN, "observer": OWN},
        DECIDE: {
            "commissioner": Right(Scope.GROUP, If.NOT_CONCERNED),
            "organiser": Right(Scope.GROUP, If.NOT_CONCERNED),
        },
    },
    "journal": {
        SEE: {"organiser": GROUP, "commissioner": GROUP, "observer": GROUP},
        COUNTS: {"secretariat": BODY},  # moves only
    },
    "journal_head": {
        SEE: EVERYONE,  # length and last hash
    },
    "cross_community_flags": {
        SEE: {
            "organiser": GROUP,
            "commissioner": GROUP,
            "candidate": OWN,
            "voter": OWN,
        },
        COUNTS: {"secretariat": BODY, "observer": GROUP},
        DECIDE: {"organiser": GROUP, "commissioner": GROUP},  # what the group's own body ruled
    },
    "matching": {
        # the runs that look for one person in two groups: when, and how many were found
        COUNTS: {"secretariat": BODY, "organiser": BODY, "commissioner": BODY, "observer": BODY},
        CHANGE: {"secretariat": BODY},
    },
    "retention": {
        # what is destroyed when, and what already was
        SEE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "observer": GROUP,
        },
        DECIDE: {"organiser": GROUP},
    },
    "rule_questions": {
        # what the regulation does not clearly say: asked, answered, proposed
        SEE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "observer": GROUP,
        },
        CHANGE: {
            "secretariat": BODY,
            "organiser": GROUP,
            "commissioner": GROUP,
            "observer": GROUP,
        },
        DECIDE: {"organiser": GROUP},
        COUNTS: {"public": BODY},  # what was answered
    },
}

# By whom a role is given, taken back and handed over (ROLES.md: "by the body that gave them").
GIVEN_BY: Mapping[str, str] = {
    RoleName.SECRETARIAT: "secretariat",
    RoleName.ORGANISER: "secretariat",
    RoleName.PARTNER: "secretariat",
    RoleName.ADVISER: "secretariat",
    RoleName.COMMISSIONER: "organiser",
    RoleName.CODE_MAKER: "organiser",
    RoleName.OBSERVER: "organiser",
}
