"""Papers on the results of a cycle: of all groups for everybody (7.23), of the elected for the leadership
of the body (7.24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from okil.areas.elections.documents.officers import (
    Said,
    day_said,
    in_words,
    kind_for,
    of_cycle,
    titled,
)
from okil.areas.elections.models import Candidate, Cycle
from okil.areas.elections.queries.cycle_results import GroupResult
from okil.areas.elections.queries.seats import POSITIONS
from okil.areas.elections.wording.results import POSITIONS as POSITION_NAMES
from okil.areas.elections.wording.results import candidate_no
from okil.areas.elections.wording.seats import OPEN, why_vacant
from okil.foundation.documents.blocks import (
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    SignatureLine,
    Signatures,
    Table,
)
from okil.foundation.documents.kinds import INTERNAL, PUBLIC, register
from okil.foundation.web import numbers
from okil.pure.rules.rotation import Composition

ALL_GROUPS = "all-results"
ELECTED = "elected-list"

Json = Mapping[str, Any]
KINDS_OF_PEOPLE = ("first_time", "returning", "continuing", "undecidable")


# Facts


def all_groups_facts(
    cycle: Cycle, groups: Sequence[GroupResult], composition: Composition
) -> dict[str, Any]:
    """With the names of those who show them."""
    renewal = composition.renewal
    return {
        "format": "okil-all-results/1",
        **of_cycle(cycle),
        "groups": [_group_facts(each) for each in groups],
        "composition": {
            "first_time": composition.first_time,
            "returning": composition.returning,
            "continuing": composition.continuing,
            "undecidable": composition.undecidable,
            "vacant": composition.vacant,
            # JSON of papers has whole numbers only: tenths of a percent.
            "renewal_per_mille": None if renewal is None else round(renewal * 1000),
        },
    }


def _group_facts(each: GroupResult) -> dict[str, Any]:
    protocol = each.result.protocol if each.result else None
    return {
        "group": dict(each.election.group.public_name),
        "is_published": each.result is not None,
        "protocol": protocol.issued.number_shown if protocol else None,
        "places": _places(each),
    }


def _places(each: GroupResult) -> list[dict[str, Any]]:
    taken = each.taken
    if taken is None:
        return []
    found: list[dict[str, Any]] = []
    for position in POSITIONS:
        for number in taken.of(position):
            who = each.called[number]
            found.append(
                {
                    "position": position,
                    "number": number,
                    "name": who.name,
                    "pseudonym": who.pseudonym,
                }
            )
        reason = dict(why_vacant(each.posts.get(position), has_left=bool(each.gone)))
        found += [{"position": position, "vacant": reason}] * taken.vacant.get(position, 0)
        found += [{"position": position, "open": list(taken.why)}] * taken.open.get(position, 0)
    return found


def elected_facts(
    cycle: Cycle,
    groups: Sequence[GroupResult],
    candidates: Mapping[tuple[int, int], Candidate],
    names: Mapping[int, str],
) -> dict[str, Any]:
    """For those who renew the composition: `candidates` by election and number, `names` as opened."""
    listed = []
    for each in groups:
        fact = _group_facts(each)
        for place in fact["places"]:
            if "number" in place:
                candidate = candidates[each.election.pk, place["number"]]
                place["name"] = names[candidate.pk]
                place["organisation"] = candidate.organisation
        listed.append(fact)
    return {
        "format": "okil-elected/1",
        **of_cycle(cycle),
        "term": {
            "begins_on": cycle.term_begins_on.isoformat(),
            "ends_on": cycle.term_ends_on.isoformat(),
        },
        "groups": listed,
    }


# Words


def _who(place: Json, language: str) -> str:
    if "vacant" in place:
        return _("vacant: {reason}").format(reason=in_words(place["vacant"], language))
    if "open" in place:
        return _("still open: {reason}").format(
            reason=" ".join(str(OPEN[why]) for why in place["open"])
        )
    if place["name"]:
        return str(place["name"])
    if place["pseudonym"]:
        return _("{pseudonym} (pseudonym)").format(pseudonym=place["pseudonym"])
    return candidate_no(place["number"])


def _cell(group: Json, position: str, language: str) -> str:
    if not group["is_published"]:
        return _("not published yet")
    lines = [_who(each, language) for each in group["places"] if each["position"] == position]
    return "\n".join(lines) or "–"


def compose_all_groups(facts: Said, language: str, audience: str) -> list[Block]:
    published = sum(each["is_published"] for each in facts["groups"])
    rows = tuple(
        (
            in_words(each["group"], language),
            _cell(each, "member", language),
            _cell(each, "alternate", language),
            each["protocol"] or "–",
        )
        for each in facts["groups"]
    )
    return [
        titled("7.23", in_words(facts["body"], language), language),
        Paragraph(
            _(
                "Elections {year}. Groups that have published their results: {published} of {groups}. A "
                "name stands here if its owner agreed to it; else a pseudonym or a number."
            ).format(year=facts["year"], published=published, groups=len(rows))
        ),
        Table(
            (
                Column(_("Group")),
                Column(str(POSITION_NAMES["member"])),
                Column(str(POSITION_NAMES["alternate"])),
                Column(_("Protocol no.")),
            ),
            rows,
        ),
        *_renewal(facts["composition"], language),
    ]


def _renewal(composition: Json, language: str) -> list[Block]:
    if not sum(composition[kind] for kind in KINDS_OF_PEOPLE):
        return []  # nobody has taken a seat yet
    rows = (
        (_("For the first time"), str(composition["first_time"])),
        (_("Again after a break"), str(composition["returning"])),
        (_("Continuing"), str(composition["continuing"])),
        (_("Cannot be decided"), str(composition["undecidable"])),
        (_("Vacant"), str(composition["vacant"])),
        (_("Share of renewal"), _share(composition["renewal_per_mille"], language)),
    )
    return [Heading(_("How the body is renewed")), Facts(rows)]


def _share(per_mille: int | None, language: str) -> str:
    if per_mille is None:
        return _("cannot be decided")
    return numbers.percent(per_mille / 10, language)


def compose_elected(facts: Said, language: str, audience: str) -> list[Block]:
    term = facts["term"]
    rows = tuple(
        (
            in_words(group["group"], language),
            str(POSITION_NAMES[place["position"]]),
            _who(place, language),
            place.get("organisation") or "–",
            group["protocol"] or "–",
        )
        for group in facts["groups"]
        for place in group["places"]
    )
    waiting = [
        in_words(each["group"], language) for each in facts["groups"] if not each["is_published"]
    ]
    blocks: list[Block] = [
        titled("7.24", in_words(facts["body"], language), language),
        Paragraph(
            _(
                "The groups have elected their members and alternates for the term from {begins} to "
                "{ends}. The Secretariat submits the list for the renewal of the composition."
            ).format(
                begins=day_said(term["begins_on"], language),
                ends=day_said(term["ends_on"], language),
            )
        ),
        Table(
            (
                Column(_("Group")),
                Column(_("Place")),
                Column(_("Person")),
                Column(_("Organisation")),
                Column(_("Protocol no.")),
            ),
            rows,
        ),
    ]
    if waiting:
        blocks.append(
            Paragraph(
                _("Groups whose results are not published yet: {groups}.").format(
                    groups=", ".join(waiting)
                )
            )
        )
    return [*blocks, Signatures((SignatureLine(_("Secretariat"), ""),))]


register(kind_for(ALL_GROUPS, "7.23", compose_all_groups, audiences=(PUBLIC,)))
register(kind_for(ELECTED, "7.24", compose_elected, audiences=(INTERNAL,)))
