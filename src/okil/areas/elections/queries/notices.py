"""What people were told, in which languages, and by how many channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from okil.areas.elections.models import Closing, Cycle, Election, Notice, Publication, Round
from okil.areas.elections.queries.voters import WITH_REGISTRATION
from okil.foundation.documents import issued_of
from okil.foundation.documents.models import Issued
from okil.pure.rules import channels
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import ORDER, State

Kind = Notice.Kind
# In which states each notice has its time: the first and the last.
TIME_OF: dict[str, tuple[State, State]] = {
    Kind.COMMISSION_FORMING: (State.PREPARATION, State.REGISTRATION),
    Kind.REGISTRATION_OPENS: (State.PREPARATION, State.REGISTRATION),
    Kind.REGISTRATION_CLOSED: (State.REGISTRATION, State.CANDIDATES_PUBLISHED),
    Kind.CANDIDATES: (State.CANDIDATES_PUBLISHED, State.VOTING),
    Kind.ASSEMBLY: (State.REGISTRATION, State.VOTING),
    Kind.RESULTS: (State.PUBLISHED, State.CONCLUDED),
}
# Told of a registration: a repeat vote and a second round have none.
OF_REGISTRATION = frozenset(
    {Kind.COMMISSION_FORMING, Kind.REGISTRATION_OPENS, Kind.REGISTRATION_CLOSED}
)
# To whom one channel is not enough (REG-37).
BY_SEVERAL = frozenset({Kind.ANNOUNCEMENT, Kind.REGISTRATION_OPENS})


def kinds_of(row: Round) -> list[str]:
    """The notices that a round of this kind has, in the order of their time."""
    has_registration = row.kind in WITH_REGISTRATION
    return [kind for kind in TIME_OF if has_registration or kind not in OF_REGISTRATION]


def when(kind: str, state: State) -> str:
    """ "early", "now" or "late": has this notice its time in this state?"""
    first, last = TIME_OF[kind]
    if ORDER.index(state) < ORDER.index(first):
        return "early"
    return "late" if ORDER.index(state) > ORDER.index(last) else "now"


def languages_for(rules: Regulation | None, body_languages: Iterable[str]) -> tuple[str, ...]:
    """In which languages a group is written to: its regulation says, else the body's are used."""
    return tuple((rules.languages if rules else ()) or body_languages)


def languages_of(election: Election) -> tuple[str, ...]:
    adopted = election.group.regulations.first()
    return languages_for(adopted.regulation if adopted else None, election.cycle.body.languages)


def _with_publications() -> QuerySet[Notice]:
    publications = Prefetch("publications", Publication.objects.order_by("published_at", "pk"))
    return Notice.objects.prefetch_related(publications)


def announcements_of(cycle: Cycle) -> QuerySet[Notice]:
    """Every version, newest first."""
    return _with_publications().filter(cycle=cycle, round=None).order_by("-version")


def notices_of(row: Round) -> QuerySet[Notice]:
    """Every version of every notice of a round, newest first."""
    return _with_publications().filter(round=row).order_by("kind", "-version")


def newest(notices: Iterable[Notice]) -> dict[str, Notice]:
    """The newest version of each kind."""
    found: dict[str, Notice] = {}
    for notice in notices:
        if notice.kind not in found or notice.version > found[notice.kind].version:
            found[notice.kind] = notice
    return found


@dataclass(frozen=True)
class Told:
    """One version of a notice with its publications, the withdrawn ones apart."""

    notice: Notice
    publications: tuple[Publication, ...]
    withdrawn: tuple[Publication, ...]

    @property
    def channels(self) -> list[str]:
        return [each.channel for each in self.publications]

    @property
    def is_enough(self) -> bool:
        if self.notice.kind in BY_SEVERAL:
            return channels.is_enough(self.channels)
        return bool(self.publications)

    @property
    def only_chats(self) -> bool:
        return channels.only_chats(self.channels)


def told(notice: Notice) -> Told:
    """Of a notice that came with its publications."""
    every = list(notice.publications.all())
    return Told(
        notice,
        tuple(each for each in every if each.withdrawn_at is None),
        tuple(each for each in every if each.withdrawn_at is not None),
    )


def published_for(cycle: Cycle, election: Election | None) -> list[Told]:
    """What everybody may read: of each notice the newest version that was published, newest first."""
    where = Q(cycle=cycle, round=None) if election is None else Q(round__election=election)
    found: dict[tuple[int | None, str], Told] = {}
    for notice in _with_publications().filter(where).order_by("version"):
        if (each := told(notice)).publications:
            found[notice.round_id, notice.kind] = each
    return sorted(found.values(), key=lambda each: each.publications[0].published_at, reverse=True)


def closing_of(row: Round) -> Closing | None:
    return Closing.objects.filter(round=row).first()


def papers_of(notice: Notice) -> QuerySet[Issued]:
    """Issues of the paper that goes with this notice, whatever its version."""
    return issued_of(notice.round or notice.cycle, PAPER_OF.get(notice.kind, ""))


# Kinds of documents by kind of notice: 7.01, 7.09, 7.12, 7.25.
PAPER_OF: dict[str, str] = {
    Kind.ANNOUNCEMENT: "announcement",
    Kind.REGISTRATION_OPENS: "registration-notice",
    Kind.REGISTRATION_CLOSED: "closing-notice",
    Kind.RESULTS: "results-letter",
}


# Gates: in which of these rounds it is fulfilled. Always of the newest version: what people read
# before it was another text.
