"""Papers that a regulation asks of candidates, which of them are there, and whose photo everybody may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from okil.areas.elections.models import Candidate, CandidatePaper, Round
from okil.areas.elections.queries.candidates import candidates_of
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


def papers_of(candidate: Candidate) -> dict[int, CandidatePaper]:
    """What was handed in, by row; the contents stay unread."""
    return {paper.row: paper for paper in candidate.papers.defer("content")}


def missing_papers(candidate: Candidate, rules: Regulation) -> tuple[Asked, ...]:
    """What the regulation asks and the candidate did not hand in; one question to the database at most."""
    asked = papers_asked(rules)
    there = set(candidate.papers.values_list("row", flat=True)) if asked else set()
    return tuple(each for each in asked if each.row not in there)


def has_photo(candidate: Candidate) -> bool:
    return Candidate.objects.filter(pk=candidate.pk, photo__isnull=False).exists()


def shows_photo(candidate: Candidate) -> bool:
    """May everybody see it now? From the list's publication until the consent is taken back."""
    return (
        candidate.shows_photo and candidate.listed_at is not None and candidate.withdrawn_at is None
    )


def published_photo(row: Round, number: int) -> bytes | None:
    """The photo of a candidate on the list, if everybody may see it."""
    found = candidates_of(row).filter(number=number, photo__isnull=False)
    candidate = found.select_related(None).only("election", "photo", *SHOWN_BY).first()
    if candidate is None:
        return None
    opened = vault.open_published([candidate], only=("photo",), is_published=shows_photo)
    return bytes(opened[candidate.pk]["photo"]) if opened else None


SHOWN_BY = ("shows_photo", "listed_at", "withdrawn_at")
