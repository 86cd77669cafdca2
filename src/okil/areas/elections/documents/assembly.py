"""Papers of the assembly: invitation and programme (7.18), the attendance sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okil.areas.elections.models import Assembly, Round, Voter
from okil.areas.elections.queries.assembly import conditions_of, speakers_of
from okil.areas.elections.wording.assembly import AGENDA, item_text
from okil.areas.elections.wording.stages import WORDS
from okil.foundation.documents.blocks import (
    Block,
    Blocks,
    Column,
    Facts,
    Heading,
    Paragraph,
    Points,
    Table,
    Title,
)
from okil.foundation.documents.kinds import INTERNAL, PUBLIC, Kind, register
from okil.foundation.web import dates
from okil.foundation.web.languages import Texts, words_from
from okil.pure.rules.stages import Stage

TITLES: Mapping[str, Texts] = words_from(WORDS / "documents.json")
PROGRAMME = "assembly-programme"
ATTENDANCE = "attendance-sheet"

Said = Mapping[str, Any]
ROOM = "\N{NO-BREAK SPACE}\n\N{NO-BREAK SPACE}"  # a cell high enough to write in by hand


# Facts


def round_facts(row: Round) -> dict[str, Any]:
    """What every paper of a round says of itself."""
    election = row.election
    dated = row.dates.filter(stage=Stage.VOTING).first()
    return {
        "body": dict(election.cycle.body.name),
        "group": dict(election.group.public_name),
        "year": election.cycle.year,
        "round": row.number,
        "zone": election.cycle.body.time_zone,
        "voting_begins_at": dated.begins_at.isoformat() if dated and dated.begins_at else None,
        "voting_ends_at": dated.ends_at.isoformat() if dated else None,
    }


def programme_facts(row: Round, assembly: Assembly) -> dict[str, Any]:
    conditions = conditions_of(assembly)
    observers = row.election.group.roles.filter(role="observer", ends_at=None)
    organisations = observers.exclude(person__organisation="").values_list(
        "person__organisation", flat=True
    )
    return {
        "format": "okil-programme/1",
        **round_facts(row),
        "begins_at": assembly.begins_at.isoformat(),
        "place": dict(assembly.place),
        "agenda": [dict(item) for item in assembly.agenda],
        "candidates": [{"number": number, "name": name} for number, name in speakers_of(row)],
        "observers": {
            "number": observers.count(),
            "organisations": sorted(set(organisations)),
        },
        "conditions": None
        if conditions is None
        else {
            "text": dict(conditions.text),
            "since": conditions.since.isoformat() if conditions.since else None,
            "until": conditions.until.isoformat() if conditions.until else None,
        },
    }


def attendance_facts(
    row: Round, voters: Iterable[Voter], names: Mapping[int, str]
) -> dict[str, Any]:
    """`names` by primary key, for the desk; without them the sheet has numbers only."""
    assembly = Assembly.objects.filter(round=row).first()
    return {
        "format": "okil-attendance/1",
        **round_facts(row),
        "begins_at": assembly.begins_at.isoformat() if assembly else None,
        "with_names": bool(names),
        "voters": [{"number": each.number, "name": names.get(each.pk, "")} for each in voters],
    }


# What people read


def compose_programme(facts: Said, language: str, audience: str) -> Blocks:
    where = Texts(facts["place"]).in_language(language)
    when = moment_told(facts["begins_at"], facts, language)
    blocks: list[Block] = [
        title_told(_("Invitation to the assembly, and its programme"), facts, language),
        Paragraph(
            _(
                "All registered voters of the group are invited to its assembly. It hears the "
                "candidates and votes: who becomes member and who alternate of the coordinating body."
            )
        ),
        Facts(
            (
                (_("When"), when),
                (_("Where"), where),
                (_("The vote ends"), moment_told(facts["voting_ends_at"], facts, language)),
                (_("Who votes"), _("whoever is on the roll of the group, once, on equal terms")),
            )
        ),
        Heading(_("Programme")),
        Points(
            tuple(str(item_text(item)) for item in facts["agenda"]),
            numbered=True,
        ),
        Heading(_("Who speaks")),
        *_candidates(facts),
        Heading(_("Observers")),
        Paragraph(_observers(facts)),
    ]
    if facts["conditions"]:
        blocks += [
            Heading(_("Conditions on the day")),
            Paragraph(_conditions(facts["conditions"], language)),
        ]
    return blocks


def title_told(name: str, facts: Said, language: str) -> Title:
    return Title(f"{name}\n{group_told(facts, language)}")


def group_told(facts: Said, language: str) -> str:
    return _("Group “{name}”, elections {year}").format(
        name=Texts(facts["group"]).in_language(language), year=facts["year"]
    )


def moment_told(moment: str | None, facts: Said, language: str) -> str:
    if moment is None:
        return _("not set yet")
    return dates.moment(datetime.fromisoformat(moment), facts["zone"], language, "full")


def candidate_told(number: int, name: str) -> str:
    """A name only of who shows it; the number of everybody."""
    told = _("{name} (no. {number})") if name else _("Candidate no. {number}")
    return told.format(name=name, number=number)


def _candidates(facts: Said) -> Iterator[Block]:
    if not facts["candidates"]:
        yield Paragraph(_("Nobody stands."))
        return
    yield Paragraph(
        _(
            "Each candidate says for what they will work, how they will involve the group and how "
            "they will report to it. Then everybody may ask."
        )
    )
    yield Points(
        tuple(candidate_told(each["number"], each["name"]) for each in facts["candidates"])
    )


def _observers(facts: Said) -> str:
    number = facts["observers"]["number"]
    organisations = ", ".join(facts["observers"]["organisations"])
    if not number:
        return _("No independent observer is accredited yet.")
    if not organisations:
        return _("Independent observers watch the vote and the count: {number}.").format(
            number=number
        )
    return _(
        "Independent observers watch the vote and the count: {number}. They come from: "
        "{organisations}."
    ).format(number=number, organisations=organisations)


def _conditions(conditions: Said, language: str) -> str:
    text = Texts(conditions["text"]).in_language(language)
    since, until = (
        day_told(conditions[name], language) if conditions[name] else ""
        for name in ("since", "until")
    )
    if since and until:
        return _("{text} This holds from {since} to {until}.").format(
            text=text, since=since, until=until
        )
    if until:
        return _("{text} Last day on which this holds: {day}.").format(text=text, day=until)
    if since:
        return _("{text} First day on which this holds: {day}.").format(text=text, day=since)
    return text


def day_told(day: str, language: str) -> str:
    return dates.day(datetime.fromisoformat(day).date(), language, "long")


def compose_attendance(facts: Said, language: str, audience: str) -> Blocks:
    with_names = facts["with_names"]
    columns = [Column(_("No."), width=2)]
    if with_names:
        columns.append(Column(_("Name or pseudonym"), width=8))
    columns.append(Column(_("Signature: a ballot paper was received"), width=10))
    return [
        title_told(_("Attendance sheet"), facts, language),
        Facts(
            (
                (_("Assembly"), moment_told(facts["begins_at"], facts, language)),
                (_("Voters on the roll"), str(len(facts["voters"]))),
            )
        ),
        Paragraph(
            _(
                "Whoever receives a ballot paper signs once, beside their number. This sheet stays "
                "sealed with the commission and is destroyed with the ballot papers."
            )
        ),
        Table(
            tuple(columns),
            tuple(
                (str(each["number"]), *((each["name"],) if with_names else ()), ROOM)
                for each in facts["voters"]
            ),
            caption=_("Roll of voters"),
        ),
        Paragraph(_("Papers handed out, counted by hand at the end: ________")),
    ]


register(
    Kind(
        code=PROGRAMME,
        requirement="7.18",
        title=lazystr(TITLES["7.18"]),
        compose=compose_programme,
        audiences=(PUBLIC,),
    )
)
register(
    Kind(
        code=ATTENDANCE,
        requirement="7.18",
        title=gettext_lazy("Attendance sheet"),
        compose=compose_attendance,
        audiences=(INTERNAL,),
    )
)
assert set(AGENDA) == set(Assembly.AgendaItem.values), "every item has its words"
