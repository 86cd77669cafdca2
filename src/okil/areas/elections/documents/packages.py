"""What goes into a package: an elected candidate's application (7.10), and the sheet that goes with the
file to the Secretariat (7.22). For the plan see `documents.plan`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.documents.officers import (
    Said,
    day_said,
    in_words,
    kind_for,
    moment_said,
    of_election,
    paragraphs,
    titled,
)
from okil.areas.elections.models import Candidate, Election, Package, Protocol
from okil.areas.elections.wording.candidates import PLACES
from okil.areas.elections.wording.packages import PARTS
from okil.areas.elections.wording.voters import region_name
from okil.foundation.documents.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Points,
    SignatureLine,
    Signatures,
    Table,
)
from okil.foundation.documents.kinds import INTERNAL, register

APPLICATION = "candidate-application"
COVER = "package-cover"

Json = Mapping[str, Any]


# The application of somebody elected


def application_facts(
    election: Election, candidate: Candidate, opened: Mapping[str, Any]
) -> dict[str, Any]:
    """What the candidate signed; how to reach them stays with the group."""
    return {
        "format": "okil-application/1",
        **of_election(election),
        "candidate": candidate.number,  # the paper has a number of its own
        "name": opened["name"],
        "pseudonym": candidate.pseudonym,
        "place": candidate.place,
        "region": candidate.region,
        "organisation": candidate.organisation,
        "programme": dict(candidate.programme),
        "experience": opened["experience"] or "",
        "term_history": opened["term_history"] or "",
        "conflict": opened["conflict"] or "",
        "consents": {
            "name": candidate.shows_name,
            "region": candidate.shows_region,
            "programme": candidate.shows_programme,
        },
        "consented_on": candidate.consented_on.isoformat(),
        "signed_on": candidate.signed_on.isoformat() if candidate.signed_on else "",
        "signing": candidate.signing,
    }


def compose_application(facts: Said, language: str, audience: str) -> list[Block]:
    name = facts["name"]
    rows = (
        (_("Group"), in_words(facts["group"], language)),
        (_("Elections"), str(facts["year"])),
        (_("Candidate no."), str(facts["candidate"])),
        (_("Name"), name),
        (_("Pseudonym"), facts["pseudonym"] or "–"),
        (_("Stands for"), str(PLACES[facts["place"]])),
        (_("Region"), str(region_name(facts["region"]))),
        (_("Organisation"), facts["organisation"] or "–"),
    )
    return [
        titled("7.10", in_words(facts["body"], language), language),
        Facts(rows),
        Heading(_("Experience")),
        *_told(facts["experience"]),
        Heading(_("Motivation and priorities")),
        *_told(in_words(facts["programme"], language)),
        Heading(_("Earlier terms in the body")),
        *_told(facts["term_history"]),
        Heading(_("Conflict of interest: own analysis")),
        *_told(facts["conflict"]),
        Heading(_("Rights and duties")),
        Paragraph(
            _(
                "The candidate has read the group's Election Regulation and acknowledges the rights and "
                "duties of a representative: to consult the group before and after meetings, to report "
                "to it every half year, to share the work with the other representative, to declare "
                "conflicts of interest."
            )
        ),
        Heading(_("Consent")),
        Paragraph(
            _("To the processing of the personal data in this application: given, {day}.").format(
                day=day_said(facts["consented_on"], language)
            )
        ),
        Points(tuple(_consents(facts["consents"]))),
        Heading(_("Signature")),
        Paragraph(_signed(facts, language)),
        Signatures((SignatureLine(_("Candidate"), name),)),
    ]


def _signed(facts: Said, language: str) -> str:
    """How and when; packages of before say no way of signing: it was by hand."""
    if not facts["signed_on"]:
        return _("It was not signed.")
    day = day_said(facts["signed_on"], language)
    if facts.get("signing", Candidate.Signing.PAPER) == Candidate.Signing.CODE:
        return _(
            "Signed on {day} in Okil, with a code that was sent to the address the candidate gave."
        ).format(day=day)
    return _(
        "Signed on paper on {day}. The signed paper is kept by the organiser; this is what "
        "stands in it."
    ).format(day=day)


def _told(text: str) -> list[Block]:
    return paragraphs(text) or [Paragraph(_("Nothing was entered."))]


def _consents(consents: Json) -> list[str]:
    labels = {
        "name": _("Name shown to everybody"),
        "region": _("Region shown to everybody"),
        "programme": _("Programme shown to everybody"),
    }
    return [
        _("{what}: {answer}").format(what=label, answer=_("yes") if consents[code] else _("no"))
        for code, label in labels.items()
    ]


# The sheet that goes with the package


def cover_facts(
    election: Election,
    package: Package,
    protocol: Protocol,
    *,
    checklist: Sequence[Json],
    journal: Mapping[str, Any],
    organiser: int,
) -> dict[str, Any]:
    return {
        "format": "okil-package-cover/1",
        **of_election(election),
        "round": package.round.number,
        "package": {
            "version": package.version,
            "fingerprint": package.fingerprint,
            "bytes": package.content_bytes,
            "made_at": package.made_at.isoformat(),
        },
        "protocol": {
            "number": protocol.issued.number_shown,
            "version": protocol.version,
            "drawn_up_at": protocol.drawn_up_at.isoformat(),
        },
        "checklist": [{"kind": each["kind"], "files": len(each["paths"])} for each in checklist],
        "journal": dict(journal),
        "organiser": organiser,
    }


def compose_cover(facts: Said, language: str, audience: str) -> list[Block]:
    package, protocol, zone = facts["package"], facts["protocol"], facts["zone"]
    rows = (
        (_("Group"), in_words(facts["group"], language)),
        (_("Elections"), str(facts["year"])),
        (_("Round"), str(facts["round"])),
        (_("Version of the package"), str(package["version"])),
        (_("Made"), moment_said(package["made_at"], zone, language)),
        (
            _("Protocol"),
            _("No. {number}, version {version}, drawn up {moment}").format(
                number=protocol["number"],
                version=protocol["version"],
                moment=moment_said(protocol["drawn_up_at"], zone, language),
            ),
        ),
    )
    listed = tuple(
        (str(PARTS[each["kind"]]), str(each["files"]), _state_of(each))
        for each in facts["checklist"]
    )
    return [
        titled("7.22", in_words(facts["body"], language), language),
        Paragraph(
            _(
                "The group hands over to the Secretariat the protocol of the results with its annexes "
                "and the signed applications of the elected, as one file."
            )
        ),
        Facts(rows),
        Paragraph(_("Its fingerprint, the SHA-256 of the manifest:")),
        Paragraph(package["fingerprint"], small=True),
        Heading(_("Checklist of completeness")),
        Table(
            (
                Column(_("What")),
                Column(_("Files"), is_number=True),
                Column(_("There")),
            ),
            listed,
        ),
        Paragraph(
            _(
                "The package never holds the roll, the list of those who voted, or ballots. Before it "
                "was kept, the program made all ten checks of it. Anybody who has the file can repeat "
                "them without a network: okil package verify."
            )
        ),
        Signatures(
            (SignatureLine(_("Organiser, No. {number}").format(number=facts["organiser"]), ""),)
        ),
    ]


def _state_of(item: Json) -> str:
    return _("yes") if item["files"] else _("there are none")


register(kind_for(APPLICATION, "7.10", compose_application, audiences=(INTERNAL,)))
register(kind_for(COVER, "7.22", compose_cover, audiences=(INTERNAL,)))
