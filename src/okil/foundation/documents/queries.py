from __future__ import annotations

from okil.foundation.documents.issuing import SEALED_IN_ISSUED
from okil.foundation.documents.models import Issued


def issued_with_code(code: str) -> Issued | None:
    return Issued.objects.defer(*SEALED_IN_ISSUED).filter(code=code).first()


def newest_version(issued: Issued) -> Issued:
    """The same paper in the version that stands now."""
    versions = Issued.objects.filter(
        kind=issued.kind, subject_kind=issued.subject_kind, subject_number=issued.subject_number
    )
    return versions.defer(*SEALED_IN_ISSUED).order_by("-version")[0]
