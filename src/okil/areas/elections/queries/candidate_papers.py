"""Papers that a regulation asks of candidates, which of them are there, and whose photo everybody may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from okil.areas.elections.models import Candidate, Round
from okil.areas.elections.queries.voters import registration_round
from okil.foundation import vault
from okil.pure.rules.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Asked:
    """A row of the regulation's list, counted from 1: the paper, who uses it, and what for (REG-06)."""

    row: int
    document: Mapping[str, str]
    used_by: Mapping[str, str]
    purpose: Mapping[str, str]


def papers_asked(rules: Regulation) -> tuple[Asked, ...]:
    """Beyond the application itself; none where the regulation takes the form alone."""
    if rules.candidate_papers != "form_and_listed":
        return ()
    return tuple(
        Asked(number, *(row.get(part, {}) for part in ("document", "used_by", "purpose")))
        for number, row in enumerate(rules.candidate_documents, start=1)
    )


@dataclass(frozen=True, slots=True)
class HandedIn:
    """When each paper came, by its row; the contents stay unread."""

    papers: Mapping[int, datetime]
    has_photo: bool


def handed_in(candidate: Candidate) -> HandedIn:
    """In one question to the database."""
    found = Candidate.objects.filter(pk=candidate.pk).order_by("papers__row")
    told = found.annotate(has_photo=Q(photo__isnull=False))
    there = list(told.values_list("has_photo", "papers__row", "papers__added_at"))
    return HandedIn(
        {row: added_at for _photo, row, added_at in there if row is not None},
        any(has_photo for has_photo, *_paper in there),
    )


def missing_papers(candidate: Candidate, rules: Regulation) -> tuple[Asked, ...]:
    """What the regulation asks and the candidate did not hand in; one question to the database at most."""
    asked = papers_asked(rules)
    there = set(candidate.papers.values_list("row", flat=True)) if asked else set()
    return tuple(each for each in asked if each.row not in there)


def shows_photo(candidate: Candidate) -> bool:
    """May everybody see it now? From the list's publication until the consent is taken back."""
    return (
        candidate.shows_photo and candidate.listed_at is not None and candidate.withdrawn_at is None
    )


def published_photo(row: Round, number: int) -> bytes | None:
    """The photo of a candidate on the list, if everybody may see it."""
    found = Candidate.objects.filter(round=registration_round(row), number=number)
    seen = ("election", "photo", "shows_photo", "listed_at", "withdrawn_at")
    candidates = found.filter(photo__isnull=False).only(*seen)
    opened = vault.open_published(candidates, only=("photo",), is_published=shows_photo)
    return next((bytes(fields["photo"]) for fields in opened.values()), None)
