"""A group whose regulation asks candidates for two papers, and pictures as people take them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

from okil.areas.elections.models import Election
from okil.areas.elections.tests.given import applications

PLANTED = "Zhanar-Planted-4731"
DOCUMENTS = [
    {
        "document": {"ru": "Рекомендация общины", "en": "Recommendation of the community"},
        "used_by": {"ru": "Мандатная комиссия", "en": "Mandate commission"},
        "purpose": {"ru": "Связь с группой", "en": "Tie to the group"},
    },
    {
        "document": {"ru": "Согласие организации", "en": "Consent of the organisation"},
        "used_by": {"ru": "Организатор", "en": "Organiser"},
        "purpose": {"ru": "Время для работы", "en": "Time for the work"},
    },
]


def election(**rules: Any) -> Election:
    listed = {"candidate_papers": "form_and_listed", "candidate_documents": DOCUMENTS}
    return applications.election(**{**listed, **rules})


def picture(size: tuple[int, int] = (60, 40), kind: str = "JPEG") -> bytes:
    """With a planted word in its EXIF."""
    told = Image.Exif()
    told[0x013B] = PLANTED
    kept = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(kept, kind, exif=told)
    return kept.getvalue()
