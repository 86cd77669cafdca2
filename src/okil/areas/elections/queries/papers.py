"""Every paper of an election that was issued, and which of them everybody may read from when."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model, Prefetch, QuerySet

from okil.areas.elections.models import Election
from okil.foundation.documents.issuing import SEALED_IN_ISSUED, issued_of
from okil.foundation.documents.models import File, Issued
from okil.pure.rules.stages import ORDER, State

# From which state on a kind's public version is everybody's. Kinds that are not here are not listed:
# the protocol has a page of its own, and whoever could download a ballot paper could print more.
PUBLIC_FROM: Mapping[str, State] = {
    "registration-notice": State.ANNOUNCED,
    "closing-notice": State.REGISTRATION,
    "commission-list": State.ANNOUNCED,
    "voter-roll": State.CANDIDATES_PUBLISHED,
    "candidate-list": State.CANDIDATES_PUBLISHED,
    "admission-decision": State.CANDIDATES_PUBLISHED,
    "published-candidates": State.CANDIDATES_PUBLISHED,
    "assembly-programme": State.CANDIDATES_PUBLISHED,
    "results-letter": State.PUBLISHED,
}


def papers_of(election: Election) -> QuerySet[Issued]:
    """All papers about an election, newest first, with their files; nothing sealed is read."""
    files = Prefetch("files", File.objects.defer("content").order_by("pk"))
    found = Issued.objects.filter(vault_scope=f"election-{election.pk}")
    return (
        found.select_related("superseded_by")
        .defer(*SEALED_IN_ISSUED, *(f"superseded_by__{name}" for name in SEALED_IN_ISSUED))
        .prefetch_related(files)
        .order_by("-issued_at", "-pk")
    )


def public_papers(election: Election, state: State) -> QuerySet[Issued]:
    """The papers that stand and that everybody may read in this state."""
    reached = ORDER.index(state)
    kinds = [kind for kind, since in PUBLIC_FROM.items() if ORDER.index(since) <= reached]
    return papers_of(election).filter(kind__in=kinds, superseded_by=None).exclude(public_sha256="")


def replacement_of(paper: Issued) -> Issued | None:
    """The version that replaced this one."""
    return getattr(paper, "superseded_by", None)


def newest_papers(*kinds: str, about: Model) -> dict[str, Issued]:
    """The newest of each of these kinds about something, with its files."""
    return {each.kind: each for each in reversed(issued_of(about).filter(kind__in=kinds))}
