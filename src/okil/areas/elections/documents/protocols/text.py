"""The results protocol as people read it (7.20, REG-34): from the facts alone, in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.documents.protocols.cases_text import cases_told
from okil.areas.elections.documents.protocols.rounds_text import counted_in, rounds_told
from okil.areas.elections.documents.protocols.told import Told, difference, ended, votes_of
from okil.areas.elections.wording.notices import KINDS
from okil.areas.elections.wording.protocols import ANNEXES
from okil.areas.elections.wording.stages import round_kind_name
from okil.areas.elections.wording.voters import REGIONS
from okil.foundation.documents.blocks import (
    Block,
    Code,
    Column,
    Corner,
    Facts,
    Heading,
    Paragraph,
    Points,
    SignatureLine,
    Signatures,
    Table,
    Title,
)
from okil.foundation.web import numbers
from okil.pure.packages.sheets import count_as_held, read_sheet
from okil.pure.rules import counting_words
from okil.pure.rules.count_sheet import CountSheet
from okil.pure.rules.regulation import SINGLE_CANDIDATE
from okil.pure.rules.stages import VOTED_ON_AGAIN

NONE = "–"


def compose(facts: Mapping[str, Any], language: str, audience: str) -> list[Block]:
    told = Told(facts, language, audience)
    sections = (
        (_("How the election went"), _process),
        (_("Voters"), _voters),
        (_("Candidates and votes"), _candidates),
        (_("Ballot papers; papers not accepted"), _papers),
        (_("Observers"), _observers),
        (_("Decision"), _decision),
        (_("How this is kept and checked"), _keeping),
    )
    blocks = _beginning(told)
    for number, (title, section) in enumerate(sections, 1):
        blocks += [Heading(f"{number}. {title}"), *section(told)]
    return [*blocks, Code(), *_signatures(told), *_annexes(told)]


def _beginning(told: Told) -> list[Block]:
    facts = told.facts
    body, name = told.text(facts["body"]), told.text(facts["group"]["name"])
    version = _("Internal version: it names people") if told.is_internal else _("Public version")
    place = told.text(facts["place"])
    drawn_up = _("Drawn up on {moment}.").format(moment=told.moment(facts["drawn_up_at"]))
    lines = [Paragraph(f"{place}. {drawn_up}" if place else drawn_up)]
    if facts["round"]["number"] > 1:
        kind = told.text(round_kind_name(facts["round"]["kind"]))
        text = _("Round {number} of this election: {kind}.")
        lines.append(Paragraph(text.format(number=facts["round"]["number"], kind=kind)))
    return [
        Corner((version, _("To the Secretariat"), body)),
        Title(
            _("of the results of the election in the group “{name}”, cycle {year}").format(
                name=name, year=facts["cycle"]
            ),
            above=_("PROTOCOL"),
        ),
        *lines,
    ]


# 1


def _process(told: Told) -> list[Block]:
    process = told.facts["process"]
    regulation, opening = _regulation(told, process["regulation"]), _opening(told, process)
    # Facts drawn up before such decisions were told have no list of them.
    cases = cases_told(told, process["regulation"].get("for_this_case", ()))
    beginning = [regulation, opening] if cases else [[*regulation, *opening]]
    first, *then = (Paragraph(" ".join(sentences)) for sentences in beginning if sentences)
    return [
        first,
        *cases,
        *then,
        *_notices(told, process["notices"]),
        Paragraph(" ".join([*_voting(told, process), _complaints(told, process["complaints"])])),
    ]


def _regulation(told: Told, regulation: Mapping[str, Any]) -> list[str]:
    said = [
        _("The election followed the group's Election Regulation, version {version}.").format(
            version=regulation["version"]
        )
    ]
    if regulation["adopted_by"] and regulation["adopted_on"]:
        text = _("Adopted by: {by}, {day}.")
        by = told.text(regulation["adopted_by"])
        said.append(text.format(by=by, day=told.day(regulation["adopted_on"])))
    return said


def _opening(told: Told, process: Mapping[str, Any]) -> list[str]:
    """The announcement and the registration, each as far as its moments are known."""
    registration = process["registration"]
    said = []
    if process["announced_at"]:
        said.append(_("It was announced {on}.").format(on=told.on(process["announced_at"])))
    if registration["begins_at"] and registration["ends_at"]:
        since, until = told.since(registration["begins_at"]), told.until(registration["ends_at"])
        said.append(_("Registration was open {since}, {until}.").format(since=since, until=until))
    for extension in registration["extensions"]:
        text = _("It had been extended {until}. Reason: {reason}")
        reason = ended(told.text(extension["reason"]))
        said.append(text.format(until=told.until(extension["to"]), reason=reason))
    if registration["closed_at"]:
        text = _("The lists of voters and candidates were closed {on}.")
        said.append(text.format(on=told.on(registration["closed_at"])))
    return said


def _notices(told: Told, notices: Sequence[Mapping[str, Any]]) -> list[Block]:
    if not notices:
        return [Paragraph(_("No written notice is on record."))]
    items = []
    for notice in notices:
        kind = KINDS[notice["kind"]]
        if notice["first_at"] is None:
            items.append(_("{notice}: not published or sent").format(notice=kind))
            continue
        text = _("{notice}: first {on}, channels: {number}")
        on = told.on(notice["first_at"])
        items.append(text.format(notice=kind, on=on, number=notice["channels"]))
    return [Paragraph(_("Written notices:")), Points(tuple(items))]


def _voting(told: Told, process: Mapping[str, Any]) -> list[str]:
    voting, assembly = process["voting"], process["assembly"]
    said = []
    if process["candidates_published_at"]:
        text = _("The list of candidates was published {on}.")
        said.append(text.format(on=told.on(process["candidates_published_at"])))
    if voting["begins_at"] and voting["ends_at"]:
        text = _("Voting lasted {since}, {until}, on paper, on equal terms for all voters.")
        since, until = told.since(voting["begins_at"]), told.until(voting["ends_at"])
        said.append(text.format(since=since, until=until))
    if assembly:
        text = _("The group's assembly began {on}. Place: {place}.")
        place = told.text(assembly["place"])
        said.append(text.format(on=told.on(assembly["begins_at"]), place=place))
    if voting["closed_at"]:
        text = _("The commission closed the vote {on} and counted.")
        said.append(text.format(on=told.on(voting["closed_at"])))
    return said


def _complaints(told: Told, complaints: Mapping[str, int]) -> str:
    if not complaints["filed"]:
        return _("No complaint was filed.")
    text = _("Complaints filed: {filed}; decided: {settled}; that held up an act: {suspended}.")
    return text.format(**complaints)


# 2


def _voters(told: Told) -> list[Block]:
    voters = told.facts["voters"]
    rows = [
        (_("On the roll of voters"), told.number(voters["registered"])),
        (_("Regions they live in"), _number_of_regions(told)),
        (_("Organisations and groups they represent"), told.number(voters["organisations"])),
        (_("Took part in the vote"), _share(told, voters["voted"], voters["registered"])),
    ]
    return [Facts(tuple(rows)), *_regions(told, voters)]


def _number_of_regions(told: Told) -> str:
    regions = {row["region"] for row in told.facts["voters"]["by_region"]}
    if told.is_internal or "other" not in regions:
        return told.number(len(regions - {"other"}))
    if len(regions) == 1:
        return _("put together, since each is small")
    # How many regions were put together is not said: it would narrow down where few people are.
    return _("{number} and others").format(number=told.number(len(regions) - 1))


def _share(told: Told, part: int, whole: int) -> str:
    if not whole:
        return told.number(part)
    share = numbers.percent(100 * part / whole, told.language)
    return _("{number} ({share} of the roll)").format(number=told.number(part), share=share)


def _regions(told: Told, voters: Mapping[str, Any]) -> list[Block]:
    rows = sorted(
        voters["by_region"],
        key=lambda row: (row["region"] == "other", -row["registered"], row["region"]),
    )
    if not rows:
        return []
    listed = "; ".join(
        f"{_region(told, row['region'])} – {told.number(row['registered'])}" for row in rows
    )
    said = [_("Voters by region: {regions}.").format(regions=listed)]
    if not told.is_internal:
        text = _("Regions with fewer than {least} voters are put together.")
        said.append(text.format(least=voters["small_cell"]))
    return [Paragraph(" ".join(said))]


def _region(told: Told, code: str) -> str:
    if code == "other":
        return _("region not told") if told.is_internal else _("other regions")
    return told.text(REGIONS.get(code.upper(), code))


# 3


def _candidates(told: Told) -> list[Block]:
    candidates = told.facts["candidates"]
    if not candidates:
        return [Paragraph(_("Nobody applied as candidate."))]
    columns = (
        Column(_("No."), is_number=True),
        Column(_("Candidate")),
        Column(_("Admission")),
        *(Column(votes_of(contest), is_number=True) for contest in told.contests),
    )
    rows = tuple(
        (
            str(each["number"]),
            told.candidate(each["number"]),
            _admission(each),
            *(_votes(told, each, contest) for contest in told.contests),
        )
        for each in candidates
    )
    sums = (sum(each["votes"].get(contest, 0) for each in candidates) for contest in told.contests)
    total = ("", _("Votes for candidates"), "", *map(told.number, sums))
    return [*counted_in(told), Table(columns, rows, total=total)]


def _admission(candidate: Mapping[str, Any]) -> str:
    if candidate["withdrawn"]:
        return _("withdrew")
    return _("admitted") if candidate["admitted"] else _("not admitted")


def _votes(told: Told, candidate: Mapping[str, Any], contest: str) -> str:
    votes = candidate["votes"].get(contest)
    return NONE if votes is None else told.number(votes)


# 4


def _papers(told: Told) -> list[Block]:
    papers = told.facts["papers"]
    rows = [
        (_("Ballot papers printed"), told.number(papers["printed"])),
        (_("Given to voters"), told.number(papers["issued"])),
        (_("Left over"), told.number(papers["unused"])),
        (_("Found in the box"), told.number(papers["found"])),
    ]
    for contest in told.facts["count"]["contests"]:
        for label, number in _not_for_candidates(contest, told.facts["count"]):
            if len(told.contests) > 1:
                label = f"{label}. {votes_of(contest['for'])}"
            rows.append((label, told.number(number)))
    blocks: list[Block] = [Facts(tuple(rows))]
    if papers["differences"]:
        blocks.append(Paragraph(_("What did not add up, and why:")))
        blocks.append(Points(tuple(difference(told, each) for each in papers["differences"])))
    else:
        blocks.append(Paragraph(_("The numbers of papers add up.")))
    return [*blocks, *rounds_told(told)]


def _not_for_candidates(
    contest: Mapping[str, Any], sheet: Mapping[str, Any]
) -> list[tuple[str, int]]:
    rejected = contest["rejected"]
    # A single candidate needs more than half of all papers: what is not for them is against them.
    against = len(contest["candidates"]) == 1 and sheet["majority_of"] == "votes_cast"
    return [
        (_("Against, or blank") if against else _("Blank"), contest["blank"] or 0),
        (_("Not accepted: wrongly completed"), rejected["wrongly_completed"]),
        (_("Not accepted: late"), rejected["late"]),
    ]


# 5


def _observers(told: Told) -> list[Block]:
    observers = told.facts["observers"]
    if not observers["number"] and not observers["present_on"]:
        said = [_("No independent observer was accredited.")]
    else:
        text = _("Independent observers: {number}.")
        said = [text.format(number=told.number(observers["number"]))]
    if observers["organisations"]:
        listed = ", ".join(map(told.text, observers["organisations"]))
        said.append(_("From: {organisations}.").format(organisations=listed))
    if observers["present_on"]:
        days = "; ".join(
            f"{told.day(each['day'])} – {each['number']}" for each in observers["present_on"]
        )
        said.append(_("Present by day: {days}.").format(days=days))
    said.append(_remarks(observers["remarks"]))
    return [Paragraph(" ".join(said))]


def _remarks(number: int) -> str:
    if not number:
        return _("No remark was filed.")
    return _("Remarks filed: {number}. Each is annexed as it was written.").format(number=number)


# 6


def _decision(told: Told) -> list[Block]:
    decision = told.facts["decision"]
    body = told.text(told.facts["body"])
    rows = [
        *((_("Member, elected"), told.candidate(number)) for number in decision["members"]),
        *((_("Alternate, elected"), told.candidate(number)) for number in decision["alternates"]),
        *((_seat(each["place"]), _vacant(told, each["seats"])) for each in decision["vacant"]),
    ]
    if decision["members"] or decision["alternates"]:
        text = _("The commission submits to the Secretariat of the body “{body}”:")
        first = text.format(body=body)
    else:
        first = _("Nobody is elected by this count.")
    blocks: list[Block] = [Paragraph(first)]
    if rows:
        blocks.append(Facts(tuple(rows)))
    blocks += [Paragraph(_tie(told, tie)) for tie in decision["ties"]]
    if told.facts["round"]["kind"] in VOTED_ON_AGAIN:
        text = _("Whoever was elected in an earlier round stands in the protocol of that round.")
        blocks.append(Paragraph(text))
    if not decision["decided"]:
        blocks.append(
            Paragraph(_("The count does not settle every seat; the steps say what is open."))
        )
    return [*blocks, Paragraph(_("How the numbers led to it:")), Points(_steps(told))]


def _seat(place: str) -> str:
    return _("Seat of the member") if place == "member" else _("Seat of the alternate")


def _vacant(told: Told, seats: int) -> str:
    if seats == 1:
        return _("stays vacant")
    return _("stay vacant: {number}").format(number=told.number(seats))


def _tie(told: Told, tie: Mapping[str, Any]) -> str:
    text = (
        _(
            "A tie: {names}. It was settled by this: {rule}; witnesses: {witnesses}. The order: {order}."
        )
        if tie["witnesses"]
        else _("A tie: {names}. It was settled by this: {rule}. The order: {order}.")
    )
    return text.format(
        names=told.candidates_named(tie["between"]),
        rule=told.text(counting_words.RULES[tie["rule"]]),
        witnesses=tie["witnesses"],
        order=told.candidates_named(tie["order"]),
    )


def _steps(told: Told) -> tuple[str, ...]:
    """The same count again, each candidate called as in this version."""
    counted, kind = told.facts["count"], told.facts["round"]["kind"]
    answer = _on_single_candidate(read_sheet(counted, kind), told.facts["decision"])
    steps = count_as_held(read_sheet(_with_names(told, counted), kind), answer).steps
    return tuple(counting_words.text_of(step, told.language) for step in steps)


def _on_single_candidate(sheet: CountSheet, decision: Mapping[str, Any]) -> str | None:
    """By which answer of the regulation (REG-92) the count gives this decision."""
    for answer in SINGLE_CANDIDATE:
        result = count_as_held(sheet, answer)
        elected = (list(map(int, result.winners)), list(map(int, result.alternates)))
        if (*elected, result.decided) == (
            decision["members"],
            decision["alternates"],
            decision["decided"],
        ):
            return answer
    return None


def _with_names(told: Told, sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The count sheet with words for numbers; two of one name keep their numbers beside it."""
    shown = {str(number): told.candidate(number) for number in told.candidates}
    names = list(shown.values())
    called = {
        number: name if names.count(name) == 1 else f"{name}, № {number}"
        for number, name in shown.items()
    }
    contests = [
        {
            **contest,
            "candidates": [called[name] for name in contest["candidates"]],
            "votes": {called[name]: votes for name, votes in contest["votes"].items()},
        }
        for contest in sheet["contests"]
    ]
    decisions = [
        {**each, "order": [called[name] for name in each["order"]]}
        for each in sheet["tie_decisions"]
    ]
    return {**sheet, "contests": contests, "tie_decisions": decisions}


# 7


def _keeping(told: Told) -> list[Block]:
    journal = told.facts["journal"]
    text = _(
        "Every act of this election is a row of the body's journal. When this protocol was drawn up "
        "the journal had {length} rows; the hash of the last one:"
    )
    return [
        Paragraph(text.format(length=told.number(journal["length"]))),
        Paragraph(journal["last_hash"], small=True),
        Paragraph(
            _(
                "The group's package holds the facts, the count and the journal's extract; anybody "
                "who has it can check it without a network: okil package verify."
            )
        ),
    ]


def _signatures(told: Told) -> list[Block]:
    commission, organiser = told.facts["commission"], told.facts["organiser"]
    lines = [
        SignatureLine(
            _("Commission member No. {number}").format(number=each["number"]),
            each["name"],
            told.text(each["organisation"]),
        )
        for each in commission
    ]
    text = _("Organiser, No. {number}").format(number=organiser["number"])
    lines.append(SignatureLine(text, organiser["name"]))
    return [
        Heading(_("Signatures")),
        Paragraph(
            _(
                "All sign, each with a second factor shown anew, over the facts and every file of "
                "this document, or by hand here. A dissent, and an absence that the others state "
                "after three days, stand in the journal and in the package."
            )
        ),
        Signatures(tuple(lines)),
    ]


def _annexes(told: Told) -> list[Block]:
    listed = [str(each) for each in ANNEXES]
    remarks = told.facts["observers"]["remarks"]
    if remarks:
        listed.append(_("Remarks of observers: {number}").format(number=remarks))
    numbered = " ".join(f"{number}. {text}." for number, text in enumerate(listed, 1))
    return [Paragraph(_("Annexes: {list}").format(list=numbered), small=True)]
