"""The matrix of roles and rights as a page of the documentation, in English."""

from __future__ import annotations

from collections.abc import Mapping

from okil.areas.bodies.access import GIVEN_BY, MATRIX, ROLES, If, Op, Right, Scope
from okil.areas.bodies.queries import role_name

BEGINNING = """# Roles and rights

Written by `okil.areas.bodies.documents.roles_and_rights()` from the table in
`src/okil/areas/bodies/access/matrix.py`; a test compares the two. What is not in the table is not
allowed. "Own group" is the group for which somebody holds the role; "own" is what belongs to the
person.

| object | may | who |
|---|---|---|
"""
OPERATIONS = {
    Op.SEE: "see",
    Op.SEE_COUNTS: "see numbers only",
    Op.CHANGE: "enter, change",
    Op.DECIDE: "decide, sign",
    Op.PUBLISH: "publish",
}
REACHES = {Scope.BODY: "", Scope.GROUP: "own group", Scope.OWN: "own"}
CONDITIONS = {
    If.ELECTED: "if elected",
    If.CHOSEN: "if those concerned chose it",
    If.CONCERNED: "if concerned",
    If.NOT_CONCERNED: "if not concerned",
}


def roles_and_rights() -> str:
    """Markdown: a row for each object and operation; then who gives which role."""
    rows = [
        f"| {thing.replace('_', ' ')} | {OPERATIONS[operation]} | {_who(rights)} |"
        for thing, operations in MATRIX.items()
        for operation, rights in (operations or {Op.SEE: {}}).items()
    ]
    givers = [f"| {_name(role)} | {_name(giver)} |" for role, giver in GIVEN_BY.items()]
    return "\n".join(
        [
            BEGINNING + "\n".join(rows),
            "\n## Who gives a role, takes it back and has it handed over\n",
            "| role | given by |\n|---|---|",
            *givers,
            "",
        ]
    )


def _name(role: str) -> str:
    return role_name(role)["en"]


def _who(rights: Mapping[str, Right]) -> str:
    if not rights:
        return "nobody"
    if set(rights) == set(ROLES) and len(set(rights.values())) == 1:
        return _said("everybody", next(iter(rights.values())))
    return "; ".join(_said(_name(role), right) for role, right in rights.items())


def _said(who: str, right: Right) -> str:
    limits = [REACHES[right.scope], CONDITIONS[right.only_if] if right.only_if else ""]
    inside = ", ".join(limit for limit in limits if limit)
    return f"{who} ({inside})" if inside else who
