"""Who votes and who stands: entered, closed, verified, admitted, handed over, published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from okil.areas.bodies.models import RoleName
from okil.areas.elections.actions import admission, candidates, lists, voters
from okil.areas.elections.actions.candidates import CandidateFacts, Consents
from okil.areas.elections.actions.voters import VoterFacts
from okil.areas.elections.models import Candidate, Closing, Voter
from okil.areas.elections.queries import candidates as standing
from okil.areas.elections.queries import lists as known
from okil.pure.rules.stages import Stage, State
from okil.site.demonstration import several_roles
from okil.site.demonstration.part import ASSEMBLY, Part, Step, minutes
from okil.site.demonstration.people import PSEUDONYMS, member_organisation
from okil.site.demonstration.scripts import Stands

# A group lives in a few places, with one or two people in many others.
REGIONS = (
    "KZ-75", "KZ-71", "KZ-75", "KZ-35", "KZ-71", "KZ-75", "KZ-35", "KZ-79", "KZ-63", "KZ-75",
    "KZ-71", "KZ-55", "KZ-35", "KZ-11", "KZ-31",
)  # fmt: skip
SOURCES = (Voter.Source.ORGANISATION, Voter.Source.OWN_WORD, Voter.Source.MEETING)
ADMIT = "Все условия выполнены, документы полные."
REFUSE = "Нет письма организации; на запрос ответа не было."
NOBODY = {
    "ru": "Никто не решился: те, кого просили, боятся огласки или не нашли времени.",
    "kk": "Ешкім батылы бармады: сұралғандар жария болудан қорқады немесе уақыты жоқ.",
    "en": "Nobody would: those who were asked fear to be exposed or have no time.",
}
HELP = {
    "ru": "Прежний альтернат поможет члену как доброволец, без статуса.",
    "kk": "Бұрынғы баламалы мүше ерікті ретінде, мәртебесіз көмектеседі.",
    "en": "The former alternate helps the member as a volunteer, without the status.",
}
PROGRAMMES = (
    {
        "ru": "Чтобы решения комитета доходили до районов: встреча в каждой области раз в полгода.",
        "kk": "Комитет шешімдері аудандарға жетсін: әр облыста жарты жылда бір кездесу.",
        "en": "Decisions of the committee must reach the districts: a meeting in each region twice "
        "a year.",
    },
    {
        "ru": "Отчёт перед группой после каждого заседания, коротко и понятно.",
        "kk": "Әр отырыстан кейін топ алдында қысқа әрі түсінікті есеп.",
        "en": "A report to the group after each meeting, short and plain.",
    },
    {"ru": "Лечение без перебоев и без очередей."},
)


def steps(part: Part) -> Iterator[Step]:
    if part.entered(State.REGISTRATION) is None:
        return
    yield from _entering(part)
    if part.entered(State.CANDIDATES_PUBLISHED) is not None:
        yield from _deciding(part)
        yield from _publishing(part)


# Registration


def _entering(part: Part) -> Iterator[Step]:
    """Most voters come as a list, the last ones one by one; candidates bring signed papers."""
    facts = list(_voters(part))
    single = 2
    yield part.at(8, 20, 11, part.place), partial(_import, part, facts[:-single])
    for number, each in enumerate(facts[-single:]):
        yield part.at(8, 21, 12 + number, part.place), partial(_enter_voter, part, each)
    for number, stands in enumerate(part.script.candidates):
        name = part.cast.people.get(stands.person) or next(part.cast.names)
        yield (
            part.at(8, 21, 14 + number, part.place),
            partial(_enter_candidate, part, stands, name, PROGRAMMES[number % len(PROGRAMMES)]),
        )


def _voters(part: Part) -> Iterator[VoterFacts]:
    unions = part.script.rules["voter_kind"] == "legal_entity"
    signed_on = part.day(8, 19)
    for place in range(part.script.voters):
        name = next(part.cast.names)
        if place < part.script.anonymous:
            # Some give another name, some only ask for a number.
            name = f"{PSEUDONYMS[place % len(PSEUDONYMS)]} {place + 1}" if place % 2 else ""
        yield VoterFacts(
            kind=Voter.Kind.ORGANISATION if unions else Voter.Kind.PERSON,
            name=name,
            region=REGIONS[place % len(REGIONS)],
            organisation=member_organisation(part.place + place) if unions else "",
            source=Voter.Source.PAPERS if unions else SOURCES[place % len(SOURCES)],
            consented_on=signed_on,
            contact=several_roles.contact_of(part.slug, place),
        )


def _import(part: Part, facts: list[VoterFacts], at: datetime) -> None:
    voters.enter_voters(part.election.pk, facts=facts, actor=part.user(RoleName.ORGANISER), at=at)


def _enter_voter(part: Part, facts: VoterFacts, at: datetime) -> None:
    voters.enter_voter(part.election.pk, facts=facts, actor=part.user(RoleName.ORGANISER), at=at)


def _enter_candidate(
    part: Part, stands: Stands, name: str, programme: dict[str, str], at: datetime
) -> None:
    signed_on = part.day(8, 20)
    candidates.enter_candidate(
        part.election.pk,
        facts=CandidateFacts(
            place=stands.place,
            name=name,
            pseudonym=stands.pseudonym,
            region=stands.region,
            organisation="",
            programme=programme if stands.has_programme else {},
            contact="+7 700 000 00 00",
            experience="Несколько лет в сообществе; подробнее – в письме.",
            term_history="",
            conflict="Не вижу.",
            consented_on=signed_on,
            signed_on=signed_on,
        ),
        consents=Consents(
            shows_name="name" in stands.shows,
            shows_region="region" in stands.shows,
            shows_programme="programme" in stands.shows,
        ),
        actor=part.user(RoleName.ORGANISER),
        at=at,
    )


# From the closing to the published list


def _deciding(part: Part) -> Iterator[Step]:
    """In the evening after the end: closed, verified, voted on."""
    _begins, ends = part.dates[Stage.REGISTRATION]
    ends += minutes(part.place)
    yield ends + minutes(15), partial(_close, part)
    for number in range(part.script.late):
        late = VoterFacts(
            kind=Voter.Kind.PERSON,
            name=next(part.cast.names),
            region="KZ-47",
            organisation="",
            source=Voter.Source.OWN_WORD,
            consented_on=part.day(8, 22),
        )
        yield ends + minutes(25 + number), partial(_enter_voter, part, late)
    yield ends + minutes(45), partial(_verify, part)
    for member in range(part.script.commission):
        for number, stands in enumerate(part.script.candidates):
            vote = stands.votes[member] if stands.votes else "admit"
            yield (
                ends + minutes(90 + 12 * member + number),
                partial(_vote, part, number + 1, member, vote),
            )
    yield ends + minutes(140), partial(_conclude, part)


def _close(part: Part, at: datetime) -> None:
    lists.close_registration(part.election.pk, actor=part.user(RoleName.ORGANISER), at=at)


def _verify(part: Part, at: datetime) -> None:
    """The last entered are refused where the script says so; all others are on the roll."""
    waiting = part.row().voters.filter(status=Voter.Status.WAITING, is_late=False)
    numbers = list(waiting.values_list("number", flat=True).order_by("number"))
    refused = part.script.refused
    commissioner = part.user(RoleName.COMMISSIONER)
    if refused:
        voters.decide_voters(
            part.election.pk,
            numbers=numbers[-refused:],
            refusal=Voter.Refusal.NOT_OF_THE_GROUP,
            actor=commissioner,
            at=at,
        )
    voters.decide_voters(
        part.election.pk,
        numbers=numbers[: len(numbers) - refused],
        actor=part.user(RoleName.COMMISSIONER, 1),
        at=at + minutes(10),
    )


def candidate(part: Part, number: int) -> Candidate:
    return part.election.candidates.get(number=number)


def _vote(part: Part, number: int, member: int, vote: str, at: datetime) -> None:
    admission.vote_on(
        candidate(part, number).pk,
        vote=vote,
        not_met=() if vote == "admit" else ("documents",),
        reason=ADMIT if vote == "admit" else REFUSE,
        actor=part.user(RoleName.COMMISSIONER, member),
        at=at,
    )


def _conclude(part: Part, at: datetime) -> None:
    for number, each in enumerate(part.election.candidates.order_by("number")):
        admission.conclude_admission(
            each.pk, actor=part.user(RoleName.COMMISSIONER), at=at + minutes(number)
        )


def _publishing(part: Part) -> Iterator[Step]:
    """Handed over in the morning, published by the Secretariat."""
    listed = part.entered(State.CANDIDATES_PUBLISHED)
    assert listed is not None
    yield listed - minutes(70), partial(_explain_empty_posts, part)
    yield listed - minutes(60), partial(_hand_over, part)
    for number, each in enumerate(part.script.candidates, start=1):
        if each.withdraws:
            yield listed + minutes(45), partial(_withdraw, part, number)


def _explain_empty_posts(part: Part, at: datetime) -> None:
    row = part.row()
    places = known.places_for(row, standing.rules_of(part.election.group))
    for place in known.places_that_may_be_empty(list(row.candidates.all()), places):
        lists.record_empty_post(
            part.election.pk,
            place=place,
            reason=NOBODY,
            meeting_on=part.day_of(at - timedelta(days=1)),
            decision=part.decided(at, ASSEMBLY),
            help=HELP,
            actor=part.user(RoleName.ORGANISER),
            at=at,
        )


def _hand_over(part: Part, at: datetime) -> Closing:
    return lists.hand_over_list(part.election.pk, actor=part.user(RoleName.ORGANISER), at=at)


def _withdraw(part: Part, number: int, at: datetime) -> None:
    candidates.withdraw_candidate(
        candidate(part, number).pk, actor=part.user(RoleName.ORGANISER), at=at
    )
