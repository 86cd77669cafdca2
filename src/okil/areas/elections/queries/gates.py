"""What the system knows about the gates of a round, read for all rounds of a page in one query.

One expression a gate; its words stand in `wording`, its source and its place in `pure.rules.stages`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast

from okil.areas.bodies.models import (
    BODY_WIDE_ROLES,
    Membership,
    Position,
    Role,
    RoleName,
    Seat,
    Vacancy,
)
from okil.areas.elections.models import (
    AgreedCount,
    Assembly,
    Candidate,
    Closing,
    Contestant,
    EmptyPost,
    LotDraw,
    Notice,
    Package,
    PartnerLetter,
    Place,
    Printing,
    Protocol,
    Publication,
    Round,
    Seating,
    Undertaking,
    Voter,
)
from okil.areas.elections.queries.ballots import PAPER
from okil.foundation.documents.models import Issued
from okil.pure.rules.regulation import LANGUAGES
from okil.pure.rules.stages import RoundKind

OF_A_GROUP = tuple(role for role in RoleName.values if role not in BODY_WIDE_ROLES)
PROTOCOL_THERE = "protocol-there"  # no gate, but what saves a question for one
ENOUGH_CHANNELS = 2  # REG-37; all chats are one channel, so a chat is never the only one


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of one round: gates that hold, and how many hold each office."""

    fulfilled: frozenset[str]
    officers: Mapping[str, int]


def known_in(rounds: Collection[Round], codes: Collection[str] | None = None) -> dict[int, Known]:
    """By primary key of the round: which of these gates (of all below) hold for it, who is there."""
    wanted = GATES if codes is None else codes
    columns = {code: code.replace("-", "_") for code in wanted if code in GATES}
    asked: dict[str, Any] = {
        column: ExpressionWrapper(GATES[code], output_field=BooleanField())
        for code, column in columns.items()
    }
    asked |= {f"has_{role}": _how_many(role) for role in OF_A_GROUP}
    rows = Round.objects.filter(pk__in=[row.pk for row in rounds]).annotate(**asked)
    return {
        row["pk"]: Known(
            frozenset(code for code, column in columns.items() if row[column]),
            {role: row[f"has_{role}"] for role in OF_A_GROUP if row[f"has_{role}"]},
        )
        for row in rows.values("pk", *asked)
    }


# Officers


def _holders(*roles: str) -> Any:
    """Roles in force for the group of the round."""
    return Role.objects.filter(group=OuterRef("election__group"), role__in=roles, ends_at=None)


def _how_many(role: str) -> Subquery:
    held = _holders(role).order_by().values("group").annotate(n=Count("pk")).values("n")
    return Subquery(held, output_field=IntegerField())


def _signed_by_holder(kind: str) -> Exists:
    """Asked of a role, inside a question about a round: did its holder sign this there?"""
    election = OuterRef(OuterRef("election"))
    return Exists(Undertaking.objects.filter(role=OuterRef("pk"), election=election, kind=kind))


def _every_holder_signed(role: str, *kinds: str) -> Q:
    owing = Q()
    for kind in kinds:
        owing |= ~Q(_signed_by_holder(kind))
    return Q(Exists(_holders(role))) & ~Q(Exists(_holders(role).filter(owing)))


# Notices


def _newest_notice(kind: str, **of: OuterRef) -> Subquery:
    """What was sent of an earlier version does not count: it said something else."""
    newest = Notice.objects.filter(kind=kind, **of).order_by("-version")
    return Subquery(newest.values("pk")[:1])


OF_THE_ROUND = {"round": OuterRef(OuterRef("pk"))}
OF_THE_CYCLE = {"cycle": OuterRef(OuterRef("election__cycle"))}


def _publications(kind: str, of: Mapping[str, OuterRef]) -> Any:
    return Publication.objects.filter(
        notice=_newest_notice(kind, **of), withdrawn_at=None
    ).order_by()


def _published(kind: str) -> Q:
    return Q(Exists(_publications(kind, OF_THE_ROUND)))


def _published_widely(kind: str, of: Mapping[str, OuterRef]) -> Q:
    channels = _publications(kind, of).values("notice")
    wide = channels.annotate(n=Count("channel", distinct=True)).filter(n__gte=ENOUGH_CHANNELS)
    return Q(Exists(wide))


def _announcement_ready() -> Q:
    """Its newest version has its text in every language of the body."""
    ready = Notice.objects.filter(
        pk=_newest_notice(Notice.Kind.ANNOUNCEMENT, **OF_THE_CYCLE)
    ).annotate(spoken=Cast("cycle__body__languages", TextField()))
    for code in LANGUAGES:
        written = Q(text__has_key=code) & ~Q(**{f"text__{code}": ""})
        ready = ready.filter(~Q(spoken__contains=f'"{code}"') | written)
    return Q(Exists(ready))


# Candidates and their posts (3.18)


def _admitted(place: str) -> Any:
    return Candidate.objects.filter(
        round=OuterRef("pk"), place=place, outcome="admitted", withdrawn_at=None
    ).order_by()


def _empty(place: str) -> Q:
    return Q(Exists(EmptyPost.objects.filter(round=OuterRef("pk"), place=place)))


def _covered(place: str) -> Q:
    return Q(Exists(_admitted(place))) | _empty(place)


def _posts_covered() -> Q:
    """Somebody stands for each post, or it is written down why nobody does."""
    both = _covered(Place.MEMBER) & _covered(Place.ALTERNATE)
    only_the_vacant = Q(kind=RoundKind.BY_ELECTION) & (
        _covered(Place.MEMBER) | _covered(Place.ALTERNATE)
    )
    return _covered(Place.BOTH) | both | only_the_vacant


def _waiting_candidates() -> Any:
    return Candidate.objects.filter(
        round=OuterRef("pk"),
        outcome__in=(Candidate.Outcome.WAITING, Candidate.Outcome.UNDECIDED),
        withdrawn_at=None,
        is_late=False,
    )


def _waiting_voters() -> Any:
    return Voter.objects.filter(round=OuterRef("pk"), status=Voter.Status.WAITING, is_late=False)


# The vote and its papers


def _contestants() -> Any:
    return Contestant.objects.filter(round=OuterRef("pk"), candidate__withdrawn_at=None).order_by()


def _assembly_called() -> Q:
    """An agenda with the items that every assembly needs, and the invitation published."""
    planned = Assembly.objects.filter(round=OuterRef("pk")).annotate(
        said=Cast("agenda", TextField())
    )
    for item in Assembly.AgendaItem.values:
        planned = planned.filter(said__contains=f'"{item}"')
    return Q(Exists(planned)) & _published(Notice.Kind.ASSEMBLY)


def _ballots_ready() -> Q:
    """Papers were printed after the ballot paper was issued as it is now."""
    paper = Issued.objects.filter(
        kind=PAPER,
        subject_kind=Round._meta.label_lower,
        subject_number=OuterRef(OuterRef("pk")),
    ).order_by("-version")
    printed = Printing.objects.filter(
        round=OuterRef("pk"), recorded_at__gte=Subquery(paper.values("issued_at")[:1])
    )
    withdrawn = Contestant.objects.filter(
        round=OuterRef("pk"),
        candidate__withdrawn_at__gt=Subquery(paper.values("issued_at")[:1]),
    )
    ready = Q(Exists(printed)) & ~Q(Exists(withdrawn))
    return ready | ~Q(Exists(_contestants()))


def _order_drawn() -> Q:
    """Every name has its place on the paper; where nobody has a rival nothing is drawn."""
    rivals = _contestants().values("place").annotate(n=Count("pk")).filter(n__gte=2)
    undrawn = _contestants().filter(position=None)
    drawn = Q(Exists(LotDraw.objects.filter(round=OuterRef("pk")))) & ~Q(Exists(undrawn))
    return drawn | ~Q(Exists(rivals))


# Protocol and package


def _newest(model: Any, of: OuterRef) -> Any:
    return Subquery(model.objects.filter(round=of).order_by("-version").values("pk")[:1])


def _package_complete() -> Q:
    """The newest package holds the newest protocol. A remark filed since holds nothing up."""
    package = Package.objects.filter(
        round=OuterRef("pk"), protocol=_newest(Protocol, OuterRef(OuterRef("pk")))
    )
    return Q(Exists(package))


def _package_checked() -> Q:
    newest = Package.objects.filter(
        pk=_newest(Package, OuterRef(OuterRef("pk"))), check_made__is_complete=True
    )
    return Q(Exists(newest))


# The places of the new term


def _seats_settled() -> Q:
    """Every place has a holder of the new term or a recorded vacancy.

    In a by-election the vacancy is known since before: there who was elected has taken the place.
    """
    empty = Q()
    for position in Position.values:
        empty |= ~Q(_held(position)) & ~Q(_vacant(position))
    unsettled = Seat.objects.filter(group=OuterRef("election__group"), until_on=None).filter(empty)
    stood = Exists(Contestant.objects.filter(round=OuterRef("pk")))
    seated = Exists(Seating.objects.filter(round=OuterRef("pk")))
    awaited = Q(kind=RoundKind.BY_ELECTION) & Q(stood) & ~Q(seated)
    return ~Q(Exists(unsettled)) & ~awaited


def _held(position: str) -> Exists:
    """Asked of a seat, inside a question about a round."""
    cycle = "election__cycle"
    held = Membership.objects.filter(
        seat=OuterRef("pk"),
        position=position,
        begins_on__gte=OuterRef(OuterRef(f"{cycle}__term_begins_on")),
    )
    ends_on = OuterRef(OuterRef(f"{cycle}__term_ends_on"))
    return Exists(held.filter(Q(ends_on=None) | Q(ends_on__gte=ends_on)))


def _vacant(position: str) -> Exists:
    vacancies = Vacancy.objects.filter(seat=OuterRef("pk"), position=position, until_on=None)
    return Exists(vacancies)


GATES: Mapping[str, Q] = {
    "organiser-undertaken": _every_holder_signed(
        RoleName.ORGANISER, Undertaking.Kind.NOT_STANDING, Undertaking.Kind.CONFIDENTIALITY
    ),
    "announcement-ready": _announcement_ready(),
    "announcement-published": _published_widely(Notice.Kind.ANNOUNCEMENT, OF_THE_CYCLE),
    "commission-declared": _every_holder_signed(
        RoleName.COMMISSIONER, Undertaking.Kind.NO_INTEREST, Undertaking.Kind.CONFIDENTIALITY
    ),
    "observers-invited": Q(Exists(_holders(RoleName.OBSERVER)))
    | Q(
        Exists(
            PartnerLetter.objects.filter(
                election=OuterRef("election"), function=PartnerLetter.Function.OBSERVERS
            )
        )
    ),
    "registration-notice-sent": _published_widely(Notice.Kind.REGISTRATION_OPENS, OF_THE_ROUND),
    "lists-closed": Q(Exists(Closing.objects.filter(round=OuterRef("pk")))),
    "closing-notice-sent": _published(Notice.Kind.REGISTRATION_CLOSED),
    "applications-verified": ~Q(Exists(_waiting_voters())),
    "admission-decided": ~Q(Exists(_waiting_candidates())),
    "posts-covered": _posts_covered(),
    "list-handed-over": Q(
        Exists(Closing.objects.filter(round=OuterRef("pk"), handed_over_at__isnull=False))
    ),
    "assembly-called": _assembly_called(),
    "order-drawn": _order_drawn(),
    "ballots-ready": _ballots_ready(),
    PROTOCOL_THERE: Q(Exists(Protocol.objects.filter(round=OuterRef("pk")))),
    "counts-agree": Q(Exists(AgreedCount.objects.filter(round=OuterRef("pk")))),
    "package-complete": _package_complete(),
    "package-checked": _package_checked(),
    "group-informed": _published(Notice.Kind.RESULTS),
    "seats-settled": _seats_settled(),
}
