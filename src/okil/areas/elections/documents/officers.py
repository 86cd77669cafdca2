"""Papers on officers: nomination, committee, letter to a partner, commission, observer, minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import gettext as _

from okil.areas.bodies.models import Person
from okil.areas.elections.models import Cycle, Election, Undertaking
from okil.areas.elections.queries.officers import Officer
from okil.areas.elections.wording.officers import (
    ORGANISATION_KINDS,
    undertaking_text,
    undertaking_title,
)
from okil.areas.elections.wording.stages import WORDS
from okil.foundation.documents.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Points,
    Table,
    Title,
)
from okil.foundation.documents.kinds import INTERNAL, Kind, register
from okil.foundation.web import dates
from okil.foundation.web.languages import Texts, words_from

TITLES: Mapping[str, Texts] = words_from(WORDS / "documents.json")
NOMINATION = "organiser-nomination"
COMMITTEE = "organisers-list"
COMMISSION = "commission-list"
ACCREDITATION = "observer-accreditation"
ON_OFFICERS = (NOMINATION, COMMISSION, ACCREDITATION)  # of one election

Said = Mapping[str, Any]


# What is signed


def undertaking_facts(
    election: Election,
    *,
    role: str,
    number: int,
    kind: str,
    organisation_kind: str,
    at: datetime,
) -> dict[str, Any]:
    """What an officer puts their second factor to: the text itself, in all its languages."""
    return {
        "format": "okil-undertaking/1",
        "kind": kind,
        "text": dict(undertaking_text(kind)),
        "organisation_kind": organisation_kind,
        "year": election.cycle.year,
        "group": election.group.slug,
        "role": role,
        "person": number,
        "signed_at": at.isoformat(),
    }


# Facts


def of_election(election: Election) -> dict[str, Any]:
    return {**of_cycle(election.cycle), "group": dict(election.group.public_name)}


def of_cycle(cycle: Cycle) -> dict[str, Any]:
    return {"body": dict(cycle.body.name), "year": cycle.year, "zone": cycle.body.time_zone}


def person_facts(person: Person, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "number": person.number,
        "name": names.get(person.pk, ""),
        "organisation": person.organisation,
    }


def _signed(undertakings: Mapping[str, Undertaking | None]) -> list[dict[str, Any]]:
    return [
        {
            "kind": str(kind),
            "signed_at": one.signed_at.isoformat() if one else None,
            "sha256": one.facts_sha256 if one else "",
        }
        for kind, one in undertakings.items()
    ]


def nomination_facts(
    election: Election, officer: Officer, *, names: Mapping[int, str], contact: str
) -> dict[str, Any]:
    decision = officer.role.given_by
    return {
        "format": "okil-nomination/1",
        **of_election(election),
        "person": {**person_facts(officer.role.person, names), "contact": contact},
        "decision": {
            "made_by": decision.made_by,
            "made_on": decision.made_on.isoformat(),
            "number": decision.number,
        },
        "undertakings": _signed(officer.undertakings),
    }


def committee_facts(
    cycle: Cycle,
    committee: Sequence[tuple[Election, Officer | None]],
    *,
    names: Mapping[int, str],
) -> dict[str, Any]:
    return {
        "format": "okil-organisers/1",
        **of_cycle(cycle),
        "organisers": [
            {
                "group": dict(election.group.public_name),
                "person": person_facts(officer.role.person, names) if officer else None,
                "undertakings": _signed(officer.undertakings) if officer else [],
            }
            for election, officer in committee
        ],
    }


def commission_facts(
    election: Election, members: Sequence[Officer], *, names: Mapping[int, str]
) -> dict[str, Any]:
    return {
        "format": "okil-commission/1",
        **of_election(election),
        "commission_name": dict(election.commission_name),
        "members": [
            {
                **person_facts(each.role.person, names),
                "organisation_kind": each.organisation_kind,
                "undertakings": _signed(each.undertakings),
            }
            for each in members
        ],
    }


def accreditation_facts(
    election: Election, officer: Officer, *, names: Mapping[int, str]
) -> dict[str, Any]:
    return {
        "format": "okil-accreditation/1",
        **of_election(election),
        "person": person_facts(officer.role.person, names),
        "undertakings": _signed(officer.undertakings),
    }


# Words


def in_words(texts: Mapping[str, str], language: str) -> str:
    return Texts(texts).in_language(language)


def day_said(written: str, language: str) -> str:
    return dates.day(date.fromisoformat(written), language, "dated")


def moment_said(written: str, zone: str, language: str) -> str:
    """With its weekday, its year and the city whose clock is meant."""
    return dates.moment(datetime.fromisoformat(written), zone, language, "full")


def person_said(person: Said) -> str:
    return person["name"] or _("Person no. {number}").format(number=person["number"])


def _signed_said(undertakings: Sequence[Said], facts: Said, language: str) -> str:
    return "\n".join(_one_signed(each, facts, language) for each in undertakings)


def _one_signed(undertaking: Said, facts: Said, language: str) -> str:
    title = in_words(undertaking_title(undertaking["kind"]), language)
    if undertaking["signed_at"] is None:
        return _("{title}: not signed").format(title=title)
    signed = datetime.fromisoformat(undertaking["signed_at"])
    return _("{title}: signed, {day}").format(
        title=title, day=dates.moment(signed, facts["zone"], language, "plain")
    )


def _group(facts: Said, language: str) -> str:
    return _("Group “{group}”, elections {year}").format(
        group=in_words(facts["group"], language), year=facts["year"]
    )


def commission_called(facts: Said, language: str) -> str:
    """As the group calls it (1.18)."""
    return in_words(facts["commission_name"], language) or _("Mandate Commission")


def titled(requirement: str, above: str, language: str) -> Title:
    return Title(TITLES[requirement].in_language(language), above=above)


def _decision_said(decision: Said, language: str) -> str:
    day = day_said(decision["made_on"], language)
    if decision["number"]:
        return _("{body}, {day}, no. {number}").format(
            body=decision["made_by"], day=day, number=decision["number"]
        )
    return _("{body}, {day}").format(body=decision["made_by"], day=day)


def compose_nomination(facts: Said, language: str, audience: str) -> list[Block]:
    person = facts["person"]
    rows = [
        (_("Group"), in_words(facts["group"], language)),
        (_("Person"), person_said(person)),
        (_("Number"), str(person["number"])),
        (_("Organisation"), person["organisation"] or "–"),
        (_("Contact"), person["contact"] or "–"),
        (_("Decision of the community: how and when"), _decision_said(facts["decision"], language)),
    ]
    blocks: list[Block] = [
        titled("7.04", in_words(facts["body"], language), language),
        Paragraph(
            _(
                "The group sends this person to the Organizing Committee of the elections {year}."
            ).format(year=facts["year"])
        ),
        Facts(tuple(rows)),
    ]
    for each in facts["undertakings"]:
        blocks += [
            Heading(in_words(undertaking_title(each["kind"]), language)),
            *paragraphs(in_words(undertaking_text(each["kind"]), language)),
            Paragraph(_how_signed(each, facts, language), small=True),
        ]
    return blocks


def _how_signed(undertaking: Said, facts: Said, language: str) -> str:
    if undertaking["signed_at"] is None:
        return _("Not signed yet.")
    return _("Signed with a second factor on {moment}. SHA-256 of the facts: {sha256}").format(
        moment=moment_said(undertaking["signed_at"], facts["zone"], language),
        sha256=undertaking["sha256"],
    )


def paragraphs(text: str) -> list[Block]:
    return [Paragraph(part) for part in text.split("\n\n") if part.strip()]


def compose_committee(facts: Said, language: str, audience: str) -> list[Block]:
    named = [each for each in facts["organisers"] if each["person"]]
    rows = [
        (
            str(number),
            person_said(each["person"]) if each["person"] else _("not named yet"),
            in_words(each["group"], language),
            _signed_said(each["undertakings"], facts, language),
        )
        for number, each in enumerate(facts["organisers"], start=1)
    ]
    return [
        titled("7.05", in_words(facts["body"], language), language),
        Paragraph(
            _(
                "Elections {year}. From each group one person, who organises its election and stands "
                "in none. Named so far: {named} of {groups}."
            ).format(year=facts["year"], named=len(named), groups=len(rows))
        ),
        Table(
            (
                Column(_("No."), is_number=True),
                Column(_("Person")),
                Column(_("Group")),
                Column(_("Signed")),
            ),
            tuple(rows),
        ),
    ]


def observer_does() -> list[str]:
    return [
        _("is present at all stages and sees everything that is not personal"),
        _("verifies, and files remarks that are annexed to the protocol"),
        _("has no vote in decisions and does not see who voted how"),
    ]


def compose_commission(facts: Said, language: str, audience: str) -> list[Block]:
    rows = [
        (
            str(number),
            person_said(each),
            _organisation_said(each),
            _signed_said(each["undertakings"], facts, language),
        )
        for number, each in enumerate(facts["members"], start=1)
    ]
    return [
        titled("7.07", in_words(facts["body"], language), language),
        Facts(
            (
                (_("Group"), in_words(facts["group"], language)),
                (_("The group calls it"), commission_called(facts, language)),
                (_("Members"), str(len(rows))),
            )
        ),
        Table(
            (
                Column(_("No."), is_number=True),
                Column(_("Person")),
                Column(_("Organisation")),
                Column(_("Declaration and undertaking")),
            ),
            tuple(rows),
            caption=_group(facts, language),
        ),
        Paragraph(
            _("A member who has signed declares to be neither candidate nor voter in this group.")
        ),
    ]


def _organisation_said(member: Said) -> str:
    kind = member["organisation_kind"]
    told = [member["organisation"], str(ORGANISATION_KINDS[kind]) if kind else ""]
    return ", ".join(each for each in told if each) or "–"


def compose_accreditation(facts: Said, language: str, audience: str) -> list[Block]:
    person = facts["person"]
    return [
        titled("7.08", in_words(facts["body"], language), language),
        Facts(
            (
                (_("Person"), person_said(person)),
                (_("Number"), str(person["number"])),
                (_("Organisation"), person["organisation"] or "–"),
                (_("Group"), in_words(facts["group"], language)),
                (_("Elections"), str(facts["year"])),
            )
        ),
        Heading(_("The observer")),
        Points(tuple(observer_does())),
        Heading(in_words(undertaking_title("confidentiality"), language)),
        *[
            Paragraph(_how_signed(each, facts, language))
            for each in facts["undertakings"]
            if each["kind"] == "confidentiality"
        ],
    ]


def kind_for(code: str, requirement: str, compose: Any, **options: Any) -> Kind:
    return Kind(code, requirement, lazystr(TITLES[requirement]), compose, **options)


register(kind_for(NOMINATION, "7.04", compose_nomination, audiences=(INTERNAL,)))
register(kind_for(COMMITTEE, "7.05", compose_committee))
register(kind_for(COMMISSION, "7.07", compose_commission))
register(kind_for(ACCREDITATION, "7.08", compose_accreditation))
