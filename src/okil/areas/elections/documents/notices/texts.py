"""The text of each notice, as the facts say it: a beginning that people edit before they send it.

What no fact tells is left as GAP; a text with a gap is not saved. Each is written in the language
that is active.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from okil.areas.elections.documents.officers import commission_called, in_words
from okil.areas.elections.documents.partners import principles
from okil.areas.elections.models import Notice
from okil.areas.elections.wording.assembly import item_text
from okil.areas.elections.wording.stages import stage_name
from okil.foundation.web import dates

GAP = "____"
Kind = Notice.Kind
Facts = Mapping[str, Any]
Parts = Iterator[str]


def draft_text(facts: Facts, language: str) -> str:
    """The whole notice, paragraph by paragraph."""
    with override(language):
        return "\n\n".join(TEXTS[facts["kind"]](facts, language))


def address_of(facts: Facts) -> str:
    """The public page, in the language that is active."""
    if "slug" not in facts:
        return str(settings.SITE_ADDRESS) + reverse("cycle", args=[facts["year"]])
    return str(settings.SITE_ADDRESS) + reverse("group", args=[facts["year"], facts["slug"]])


# Parts


def points(lines: Sequence[str]) -> str:
    return "\n".join(f"– {line}" for line in lines)


def headed(head: str, lines: Sequence[str]) -> str:
    return f"{head}\n{points(lines)}"


def group_said(facts: Facts, language: str) -> str:
    return in_words(facts["group"], language)


def moment_said(written: str | None, facts: Facts, language: str) -> str:
    if not written:
        return GAP
    return dates.moment(datetime.fromisoformat(written), facts["zone"], language, "full")


def span_said(edges: Facts | None, facts: Facts, language: str) -> str:
    """From when until when, each with hour and city; one edge alone where there is no other."""
    if not edges:
        return GAP
    zone = facts["zone"]
    told = []
    if edges["begins_at"]:
        begins = datetime.fromisoformat(edges["begins_at"])
        told.append(dates.since_moment(begins, zone, language, "plain"))
    ends = datetime.fromisoformat(edges["ends_at"])
    told.append(dates.until_moment(ends, zone, language, "plain"))
    return " ".join(told)


def edge_said(stage: str, edge: str, facts: Facts, language: str) -> str:
    """A moment of a stage of the round, with its weekday, hour and city."""
    return moment_said(facts["dates"].get(stage, {}).get(edge), facts, language)


def _day_said(written: str) -> date:
    return date.fromisoformat(written)


def contact_said(facts: Facts) -> str:
    """Who answers questions; how to reach them no fact tells."""
    organiser = facts.get("organiser")
    return _(
        "Questions: organiser of the group, person no. {number}. How to reach them: {gap}"
    ).format(number=organiser["number"] if organiser else GAP, gap=GAP)


def what_the_body_is(facts: Facts) -> list[str]:
    """The essence of membership (2.05), which each notice and the announcement begin with."""
    return [
        _(
            "The coordinating body decides on the programmes that the Global Fund pays for. The "
            "communities choose themselves who speaks for them there."
        ),
        _(
            "A member speaks and votes for the group; the alternate stands in for the member and "
            "shares the work."
        ),
        ngettext(
            "The term lasts {years} year.", "The term lasts {years} years.", facts["term_years"]
        ).format(years=facts["term_years"]),
    ]


def rights() -> list[str]:
    return [
        _("to speak, to propose and to vote in meetings"),
        _("to receive all papers in time, and help to understand them"),
        _("to consult the group before and after each meeting"),
    ]


def duties() -> list[str]:
    return [
        _("to speak for the whole group and not for oneself or one organisation"),
        _("to report to the group every half year"),
        _("to say when there is a conflict of interest, and not to vote then"),
        _("to keep to oneself what was told in confidence"),
        _("to hand over to the successor"),
    ]


def criteria(facts: Facts) -> list[str]:
    return [
        _("belongs to the group, or has its trust, as the Election Regulation says"),
        ngettext(
            "has not just held the place for {terms} full term in a row",
            "has not just held the place for {terms} full terms in a row",
            facts["terms_in_a_row"],
        ).format(terms=facts["terms_in_a_row"]),
        _("is neither organiser of an election nor member of this group's commission"),
        _("says openly where there is a conflict of interest"),
    ]


def needed_papers() -> list[str]:
    """The least the Secretariat needs from each group (2.04)."""
    return [
        _("the Election Regulation, with the decision that adopted it"),
        _("the protocol of the results, internal and public, signed by commission and organiser"),
        _("the count sheet with both separate counts"),
        _("the applications of those elected"),
        _("the remarks of observers, and the complaints with their answers"),
        _("no list of voters and nothing about who voted"),
    ]


def attached() -> list[str]:
    return [
        _("form of the candidate's application, with rights and duties of member and alternate"),
        _(
            "terms of reference of the representative: membership, accountability, conflict of interest"
        ),
        _("plan of the elections, and the model of an Election Regulation"),
    ]


# Notices


def _announcement(facts: Facts, language: str) -> Parts:
    term = facts["term"]
    yield _("{body} announces the elections {year}.").format(
        body=in_words(facts["body"], language), year=facts["year"]
    )
    yield _("To: communities, partner organisations, independent observers.")
    yield "\n".join(what_the_body_is(facts))
    yield _("Term of office: {period}.").format(
        period=dates.period(_day_said(term["begins_on"]), _day_said(term["ends_on"]), language)
    )
    yield headed(_("Dates of the stages:"), stages_said(facts, language) or [GAP])
    yield headed(_("Groups that choose their representatives:"), groups_said(facts, language))
    yield headed(_("A member and an alternate have the right:"), rights())
    yield headed(_("And the duty:"), duties())
    yield _(
        "How it goes: each group elects under its own Election Regulation. A commission from partner "
        "organisations verifies the applications and counts; independent observers watch."
    )
    yield headed(_("The least that the Secretariat needs from each group:"), needed_papers())
    yield headed(_("Attached:"), attached())
    yield _("Questions: Secretariat. How to reach it: {gap}").format(gap=GAP)
    yield _("All dates, lists and results: {address}").format(address=address_of(facts))


def stages_said(facts: Facts, language: str) -> list[str]:
    return [
        f"{in_words(stage_name(each['stage']), language)}: {span_said(each, facts, language)}"
        for each in facts["stages"]
    ]


def groups_said(facts: Facts, language: str) -> list[str]:
    return [
        ngettext(
            "“{group}”: a member and an alternate",
            "“{group}”: {seats} members and {seats} alternates",
            each["seats"],
        ).format(group=in_words(each["name"], language), seats=each["seats"])
        for each in facts["groups"]
    ]


def _commission_forming(facts: Facts, language: str) -> Parts:
    yield _("The group “{group}” begins to form its commission: {commission}.").format(
        group=group_said(facts, language), commission=commission_called(facts, language)
    )
    yield headed(
        _("What it does:"),
        [
            _("verifies the applications of voters and candidates"),
            _("decides on admission to the vote, in writing and with reasons"),
            _("counts the votes and signs the protocol"),
        ],
    )
    yield headed(
        _("What it may:"),
        [
            _("see the applications of this group, each opening on the record"),
            _("ask for what is missing in an application"),
            _("refuse admission where a rule is not met; nobody decides alone"),
        ],
    )
    yield headed(_("Its principles:"), principles())
    yield _(
        "Members come from partner organisations: two or three people who neither stand nor vote in "
        "this group. Whoever knows a suitable organisation, tell the organiser."
    )
    yield contact_said(facts)
    yield _("The page of the group: {address}").format(address=address_of(facts))


def _registration_opens(facts: Facts, language: str) -> Parts:
    yield _("The group “{group}” opens registration for the elections {year}.").format(
        group=group_said(facts, language), year=facts["year"]
    )
    yield "\n".join(
        [
            _("Applications are accepted"),
            _("from: {moment}").format(
                moment=edge_said("registration", "begins_at", facts, language)
            ),
            _("until: {moment}").format(
                moment=edge_said("registration", "ends_at", facts, language)
            ),
        ]
    )
    for number, part in enumerate(_nine_items(facts, language), start=1):
        yield f"{number}. {part}"


def _nine_items(facts: Facts, language: str) -> Parts:
    """What requirement 3.05 asks of the notice; the dates stand above them once more."""
    yield "\n".join([_("What is this about."), *what_the_body_is(facts)])
    yield "\n".join(
        [
            headed(_("Rights of a member and an alternate:"), rights()),
            headed(_("Duties:"), duties()),
        ]
    )
    yield headed(_("Who can stand. A candidate:"), criteria(facts))
    yield voters_said(facts)
    yield _("Dates and hours: {span}.").format(
        span=span_said(facts["dates"].get("registration"), facts, language)
    )
    yield _("Forms: the candidate's application and the voter's application, on the group's page.")
    yield _(
        "How to apply: fill in the form, sign it, and give or send it to the organiser before the hour "
        "above. Write only what the form asks. What comes later is kept, but is late."
    )
    yield _("The vote is planned: {span}.").format(
        span=span_said(facts["dates"].get("voting"), facts, language)
    )
    yield "\n".join(
        [
            contact_said(facts),
            _("The page of the group: {address}").format(address=address_of(facts)),
        ]
    )


def voters_said(facts: Facts) -> str:
    if facts["voter_kind"] == "legal_entity":
        return _(
            "Who votes. Organisations of the group register as voters: one organisation, one vote."
        )
    return _(
        "Who votes. Everybody who belongs to the group may register as a voter: one person, one vote."
    )


def _registration_closed(facts: Facts, language: str) -> Parts:
    closing = facts["closing"]
    yield _("Registration in the group “{group}” is closed.").format(
        group=group_said(facts, language)
    )
    closed_at = closing["closed_at"] if closing else None
    yield _("Applications were accepted until: {moment}").format(
        moment=moment_said(closed_at, facts, language)
        if closed_at
        else edge_said("registration", "ends_at", facts, language)
    )
    if closing:
        yield applied_said(facts)
    yield _("What came later is kept and marked as late; it does not take part.")
    yield _("Next, the commission verifies the applications. The candidate list: {span}.").format(
        span=span_said(facts["dates"].get("candidate_list"), facts, language)
    )
    yield _("The vote is planned: {span}.").format(
        span=span_said(facts["dates"].get("voting"), facts, language)
    )
    yield _("The page of the group: {address}").format(address=address_of(facts))


def applied_said(facts: Facts) -> str:
    """How many applied in time."""
    closing = facts["closing"]
    candidates = ngettext(
        "{number} person applied as candidate.",
        "{number} people applied as candidates.",
        closing["candidates"],
    ).format(number=closing["candidates"])
    voters = ngettext(
        "{number} voter applied.", "{number} voters applied.", closing["voters"]
    ).format(number=closing["voters"])
    return f"{candidates} {voters}"


def _candidates(facts: Facts, language: str) -> Parts:
    yield _("The candidates of the group “{group}” are known.").format(
        group=group_said(facts, language)
    )
    yield points([candidate_said(each) for each in facts["candidates"]] or [GAP])
    yield _("Names, as far as candidates show them, stand on the page of the group.")
    yield _("The vote: {span}.").format(
        span=span_said(facts["dates"].get("voting"), facts, language)
    )
    yield _("The list with programmes: {address}").format(address=address_of(facts))


def candidate_said(candidate: Facts) -> str:
    number = _("Candidate no. {number}").format(number=candidate["number"])
    named = f"{number}: {candidate['pseudonym']}" if candidate["pseudonym"] else number
    place = {
        "member": _("for the place of the member"),
        "alternate": _("for the place of the alternate"),
    }.get(candidate.get("place", ""))
    return f"{named}, {place}" if place else named


def _assembly(facts: Facts, language: str) -> Parts:
    assembly = facts["assembly"] or {}
    yield _("The group “{group}” is invited to its assembly.").format(
        group=group_said(facts, language)
    )
    yield "\n".join(
        [
            _("When: {moment}").format(
                moment=moment_said(assembly.get("begins_at"), facts, language)
            ),
            _("Where: {place}").format(
                place=in_words(assembly.get("place") or {}, language) or GAP
            ),
        ]
    )
    yield headed(_("Programme:"), agenda_said(assembly, language) or [GAP])
    yield _("The vote: {span}.").format(
        span=span_said(facts["dates"].get("voting"), facts, language)
    )
    yield _("The page of the group: {address}").format(address=address_of(facts))


def agenda_said(assembly: Facts, language: str) -> list[str]:
    return [
        in_words(item["text"], language) if "text" in item else str(item_text(item))
        for item in assembly.get("agenda", [])
    ]


def _results(facts: Facts, language: str) -> Parts:
    yield _("The group “{group}” has elected.").format(group=group_said(facts, language))
    result = facts["result"]
    if result is None:
        yield GAP
    else:
        yield points(elected_said(result))
        yield _("Names, as far as those elected show them, stand on the page of the group.")
        yield turnout_said(result)
        if result["votes"]:
            yield headed(_("Votes:"), votes_said(result))
        if result["complaint_days"]:
            yield complaints_said(result)
    yield _("The protocol, and how to check it: {address}").format(address=address_of(facts))
    yield _("Thank you to everybody who took part.")


def elected_said(result: Facts) -> list[str]:
    """Who holds which place now; a place without anybody is said to be so."""
    labels = {"member": _("Member"), "alternate": _("Alternate")}
    said = [
        f"{labels[position]}: {candidate_said(each)}"
        for position, people in result["elected"].items()
        for each in people
    ]
    said += [vacant_said(position) for position in result["vacant"]]
    return [*said, *(open_said(position) for position in result["open"])] or [GAP]


def vacant_said(position: str) -> str:
    if position == "member":
        return _("The place of the member stays empty for now.")
    return _("The place of the alternate stays empty for now.")


def open_said(position: str) -> str:
    if position == "member":
        return _("Who takes the place of the member is not decided yet.")
    return _("Who takes the place of the alternate is not decided yet.")


def turnout_said(result: Facts) -> str:
    return _("Voters on the roll: {registered}. Took part: {voted}.").format(
        registered=result["registered"], voted=result["voted"]
    )


def votes_said(result: Facts) -> list[str]:
    return [f"{candidate_said(each)}: {each['votes']}" for each in result["votes"]]


def complaints_said(result: Facts) -> str:
    days = result["complaint_days"]
    return ngettext(
        "Whoever does not agree may complain within {days} working day.",
        "Whoever does not agree may complain within {days} working days.",
        days,
    ).format(days=days)


TEXTS: Mapping[str, Callable[[Facts, str], Parts]] = {
    Kind.ANNOUNCEMENT: _announcement,
    Kind.COMMISSION_FORMING: _commission_forming,
    Kind.REGISTRATION_OPENS: _registration_opens,
    Kind.REGISTRATION_CLOSED: _registration_closed,
    Kind.CANDIDATES: _candidates,
    Kind.ASSEMBLY: _assembly,
    Kind.RESULTS: _results,
}
