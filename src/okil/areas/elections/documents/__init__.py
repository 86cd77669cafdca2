"""Kinds of papers: what each is made of. Each subject has its file here, which registers its own."""

from okil.areas.elections.documents import (
    assembly,
    ballots,
    candidates,
    count,
    meetings,
    notices,
    officers,
    packages,
    partners,
    plan,
    protocols,
    regulations,
    results,
    voters,
)

__all__ = [
    "assembly",
    "ballots",
    "candidates",
    "count",
    "meetings",
    "notices",
    "officers",
    "packages",
    "partners",
    "plan",
    "protocols",
    "regulations",
    "results",
    "voters",
]
