"""Which paper was made of which version of a regulation."""

from __future__ import annotations

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.models import AdoptedRegulation
from okil.foundation.documents.issuing import issued_of
from okil.foundation.documents.models import Issued

ELECTION_REGULATION = "election-regulation"  # the kind of the paper


def paper_of(adopted: AdoptedRegulation) -> Issued | None:
    """The newest paper made while this version was in force, with its files."""
    found = issued_of(adopted.group, ELECTION_REGULATION).filter(issued_at__gte=adopted.entered_at)
    later = adopted.group.regulations.filter(version__gt=adopted.version).last()
    return (found.filter(issued_at__lt=later.entered_at) if later else found).first()


def papers_issued(group: ElectoralGroup) -> int:
    """How many papers of the regulation there are: what `seen` is compared with."""
    return issued_of(group, ELECTION_REGULATION).count()
