"""Which paper was made of which version of a regulation."""

from __future__ import annotations

from itertools import groupby

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.models import AdoptedRegulation
from okil.foundation.documents.issuing import SEALED_IN_ISSUED, issued_of
from okil.foundation.documents.models import File, Issued

ELECTION_REGULATION = "election-regulation"  # the kind of the paper


def paper_of(adopted: AdoptedRegulation) -> Issued | None:
    """The newest paper made while this version was in force, with its files."""
    found = issued_of(adopted.group, ELECTION_REGULATION).filter(issued_at__gte=adopted.entered_at)
    later = adopted.group.regulations.filter(version__gt=adopted.version).last()
    return (found.filter(issued_at__lt=later.entered_at) if later else found).first()


def papers_with_files(group: ElectoralGroup) -> list[tuple[Issued, list[File]]]:
    """Every paper of the regulation, newest first, each with its files; asked at once."""
    papers = issued_of(group, ELECTION_REGULATION).prefetch_related(None).order_by()
    sealed = (f"issued__{name}" for name in SEALED_IN_ISSUED)
    files = File.objects.filter(issued__in=papers).select_related("issued")
    found = files.defer("content", *sealed).order_by("-issued_id", "pk")
    return [(issued, list(its)) for issued, its in groupby(found, key=lambda each: each.issued)]


def papers_issued(group: ElectoralGroup) -> int:
    """How many papers of the regulation there are: what `seen` is compared with."""
    return issued_of(group, ELECTION_REGULATION).count()
