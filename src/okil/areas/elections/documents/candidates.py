"""Papers on candidates: the list with admission, the commission's decision, the list for everybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from okil.areas.bodies.models import Role
from okil.areas.bodies.queries import role_name
from okil.areas.elections.documents.officers import (
    Said,
    day_said,
    in_words,
    kind_for,
    moment_said,
    of_election,
    titled,
)
from okil.areas.elections.documents.voters import about
from okil.areas.elections.models import (
    AdmissionVote,
    Candidate,
    Closing,
    Criterion,
    Election,
    EmptyPost,
    Round,
)
from okil.areas.elections.queries.lists import PublicList
from okil.areas.elections.wording.candidates import CRITERIA, OUTCOMES, PLACES, VOTES
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
    Title,
)
from okil.foundation.documents.kinds import PUBLIC, register

LIST = "candidate-list"
ADMISSION = "admission-decision"
PUBLISHED = "published-candidates"


# Facts


def outcome_of(candidate: Candidate) -> str:
    if candidate.withdrawn_at is not None:
        return "withdrawn"
    return "late" if candidate.is_late else candidate.outcome


def post_facts(post: EmptyPost) -> dict[str, Any]:
    return {
        "place": post.place,
        "reason": dict(post.reason),
        "meeting_on": post.meeting_on.isoformat(),
        "decided_by": post.decision.made_by,
        "decided_on": post.decision.made_on.isoformat(),
        "help": dict(post.help),
    }


def _of_round(election: Election, row: Round) -> dict[str, Any]:
    return {**of_election(election), "round": row.number}


def list_facts(
    election: Election,
    closing: Closing,
    candidates: Sequence[Candidate],
    names: Mapping[int, str],
    posts: Sequence[EmptyPost],
) -> dict[str, Any]:
    """Inside: every application with its name, and what was decided on it so far."""
    handed = closing.handed_over_at
    return {
        "format": "okil-candidates/1",
        **_of_round(election, closing.round),
        "closed_at": closing.closed_at.isoformat(),
        "handed_over_at": handed.isoformat() if handed else None,
        "candidates": [
            {
                "number": each.number,
                "name": names.get(each.pk, ""),
                "pseudonym": each.pseudonym,
                "place": each.place,
                "region": each.region,
                "organisation": each.organisation,
                "outcome": outcome_of(each),
                "decided_at": each.decided_at.isoformat() if each.decided_at else None,
            }
            for each in candidates
        ],
        "posts": [post_facts(post) for post in posts],
    }


def public_list_facts(facts: Said) -> dict[str, Any]:
    """For the Secretariat: numbers and what was decided. Names wait until the list is published."""
    kept = ("number", "place", "outcome", "decided_at")
    return {
        **facts,
        "candidates": [
            {"name": "", "pseudonym": "", **{name: each[name] for name in kept}}
            for each in facts["candidates"]
        ],
    }


def member_facts(role: Role) -> dict[str, Any]:
    return {"number": role.person.number, "organisation": role.person.organisation}


def admission_facts(
    election: Election,
    row: Round,
    candidates: Sequence[Candidate],
    names: Mapping[int, str],
    votes: Mapping[int, Mapping[int, AdmissionVote]],
    reasons: Mapping[int, str],
    related: Mapping[int, Collection[int]],
    members: Sequence[Role],
) -> dict[str, Any]:
    """Inside: on each candidate what every member voted, and why; `reasons` by the vote's key. Who was
    `related` took no part: their numbers by the candidate's key, and nothing of what ties them."""
    return {
        "format": "okil-admission/1",
        **_of_round(election, row),
        "members": [member_facts(role) for role in members],
        "candidates": [
            {
                "number": each.number,
                "name": names.get(each.pk, ""),
                "place": each.place,
                "outcome": each.outcome,
                "decided_at": each.decided_at.isoformat() if each.decided_at else None,
                "settled": _settled(each),
                "related": sorted(related.get(each.pk, ())),
                "votes": [
                    {
                        "member": number,
                        "vote": vote.vote,
                        "not_met": list(vote.not_met),
                        "reason": reasons.get(vote.pk, ""),
                    }
                    for number, vote in sorted(votes.get(each.pk, {}).items())
                ],
            }
            for each in candidates
        ],
    }


def _settled(candidate: Candidate) -> dict[str, Any] | None:
    decision = candidate.settled_by
    if decision is None:
        return None
    return {"made_by": decision.made_by, "made_on": decision.made_on.isoformat()}


def public_admission_facts(facts: Said) -> dict[str, Any]:
    """Outcomes and numbers of votes: no names, no reasons, nobody's vote."""
    return {
        **facts,
        "candidates": [
            {
                **{
                    name: each[name]
                    for name in ("number", "place", "outcome", "decided_at", "settled", "related")
                },
                "name": "",
                "votes": {
                    code: sum(vote["vote"] == code for vote in each["votes"])
                    for code in AdmissionVote.Vote.values
                },
            }
            for each in facts["candidates"]
        ],
    }


def published_facts(election: Election, row: Round, public: PublicList) -> dict[str, Any]:
    """What everybody reads: consented items only."""
    return {
        "format": "okil-published-candidates/1",
        **_of_round(election, row),
        "published_at": public.published_at.isoformat() if public.published_at else None,
        "candidates": [
            {
                "number": each.number,
                "places": list(each.places),
                "name": each.name,
                "is_pseudonym": each.is_pseudonym,
                "region": each.region,
                "programme": dict(each.programme),
            }
            for each in public.candidates
            if not each.is_withdrawn
        ],
        "applied": public.applied,
        "refused": public.refused,
        "posts": [post_facts(post) for post in public.empty_posts],
    }


# Words


def candidate_said(candidate: Said, *, is_pseudonym: bool | None = None) -> str:
    """The name there is to read; a pseudonym is said to be one; else the number."""
    name = candidate["name"]
    if name and not is_pseudonym:
        return str(name)
    pseudonym = name if is_pseudonym else candidate.get("pseudonym", "")
    if pseudonym:
        return _("“{pseudonym}” (pseudonym)").format(pseudonym=pseudonym)
    return _("Candidate no. {number}").format(number=candidate["number"])


def _posts(facts: Said, language: str) -> list[Block]:
    if not facts["posts"]:
        return []
    blocks: list[Block] = [Heading(_("Places for which nobody stands"))]
    for post in facts["posts"]:
        told = _("{place}: {reason} A meeting of {day} spoke of it; decided by: {body}.").format(
            place=PLACES[post["place"]],
            reason=in_words(post["reason"], language),
            day=day_said(post["meeting_on"], language),
            body=post["decided_by"],
        )
        blocks.append(Paragraph(told))
        if post["help"]:
            blocks.append(
                Paragraph(
                    _("Help, which gives no status of alternate: {help}").format(
                        help=in_words(post["help"], language)
                    )
                )
            )
    return blocks


def compose_list(facts: Said, language: str, audience: str) -> list[Block]:
    zone = facts["zone"]
    rows = [
        (_("Registration closed"), moment_said(facts["closed_at"], zone, language)),
        (
            _("Handed over to the Secretariat"),
            moment_said(facts["handed_over_at"], zone, language)
            if facts["handed_over_at"]
            else _("not yet"),
        ),
    ]
    table = [
        (
            str(each["number"]),
            candidate_said(each),
            str(PLACES[each["place"]]),
            *(() if audience == PUBLIC else (_from_where(each),)),
            _outcome_said(each, zone, language),
        )
        for each in facts["candidates"]
    ]
    inside = () if audience == PUBLIC else (Column(_("Region, organisation"), width=10),)
    return [
        titled("7.14", in_words(facts["body"], language), language),
        Facts((*about(facts, language), *rows)),
        *(
            [
                Paragraph(
                    _("Names wait until the list is published, and stand there by consent only.")
                )
            ]
            if audience == PUBLIC
            else [Paragraph(_("Inside only: names are shown whether or not they become public."))]
        ),
        Table(
            (
                Column(_("No."), is_number=True, width=3),
                Column(_("Candidate"), width=10),
                Column(_("Stands for"), width=9),
                *inside,
                Column(_("Admission"), width=11),
            ),
            tuple(table),
        )
        if table
        else Paragraph(_("Nobody applied.")),
        *_posts(facts, language),
    ]


def _from_where(candidate: Said) -> str:
    told = [str(region_name(candidate["region"])), candidate["organisation"]]
    return ", ".join(each for each in told if each)


def _outcome_said(candidate: Said, zone: str, language: str) -> str:
    outcome = str(OUTCOMES[candidate["outcome"]])
    if not candidate["decided_at"] or candidate["outcome"] in ("withdrawn", "late"):
        return outcome
    day = moment_said(candidate["decided_at"], zone, language)
    return _("{outcome}, {day}").format(outcome=outcome, day=day)


def compose_admission(facts: Said, language: str, audience: str) -> list[Block]:
    blocks: list[Block] = [
        titled("7.15", in_words(facts["body"], language), language),
        Facts(tuple(about(facts, language))),
        Heading(_("Members who took part")),
        Points(tuple(_member_said(each) for each in facts["members"])),
        Heading(_("What was checked of each candidate")),
        Points(tuple(str(words) for words in CRITERIA.values()), numbered=True),
    ]
    for each in facts["candidates"]:
        blocks += _one_admission(each, facts, language, audience)
    return [
        *blocks,
        Heading(_("Signatures")),
        Signatures(
            tuple(
                SignatureLine(str(role_name("commissioner")), _member_said(each))
                for each in facts["members"]
            )
        ),
    ]


def _member_said(member: Said) -> str:
    number = _("Person no. {number}").format(number=member["number"])
    return f"{number}, {member['organisation']}" if member["organisation"] else number


def _one_admission(candidate: Said, facts: Said, language: str, audience: str) -> list[Block]:
    title = candidate_said({**candidate, "pseudonym": ""})
    if candidate["name"]:
        title = _("Candidate no. {number}: {name}").format(
            number=candidate["number"], name=candidate["name"]
        )
    rows = [
        (_("Stands for"), str(PLACES[candidate["place"]])),
        (_("Result"), _outcome_said(candidate, facts["zone"], language)),
    ]
    if candidate["settled"]:
        rows.append(
            (
                _("Decided for the commission by"),
                _("{body}, {day}").format(
                    body=candidate["settled"]["made_by"],
                    day=day_said(candidate["settled"]["made_on"], language),
                ),
            )
        )
    if related := candidate.get("related"):  # papers issued before have none
        rows.append((_("Took no part, being related to the candidate"), _numbered(related)))
    if audience == PUBLIC:
        rows.append((_("Votes"), _votes_counted(candidate["votes"])))
        rows.append((_("Reason"), _("told to the candidate; kept in the inner version")))
        return [Heading(title), Facts(tuple(rows))]
    votes = [
        (
            _("Person no. {number}").format(number=vote["member"]),
            str(VOTES[vote["vote"]]),
            _not_met(vote["not_met"]),
            vote["reason"],
        )
        for vote in candidate["votes"]
    ]
    return [
        Heading(title),
        Facts(tuple(rows)),
        Table(
            (
                Column(_("Member"), width=5),
                Column(pgettext("of a commission member", "Vote"), width=6),
                Column(_("Conditions not met"), width=8),
                Column(_("Reason"), width=12),
            ),
            tuple(votes),
        ),
    ]


def _numbered(numbers: Sequence[int]) -> str:
    return ", ".join(_("Person no. {number}").format(number=number) for number in numbers)


def _not_met(codes: Sequence[str]) -> str:
    numbers = [str(place) for place, code in enumerate(Criterion.values, start=1) if code in codes]
    return _("no. {numbers}").format(numbers=", ".join(numbers)) if numbers else _("none")


def _votes_counted(votes: Mapping[str, int]) -> str:
    return _("for {admit}, against {refuse}, undecided {undecided}").format(**votes)


def compose_published(facts: Said, language: str, audience: str) -> list[Block]:
    rows = about(facts, language)
    if facts["published_at"]:
        rows.append((_("Published"), moment_said(facts["published_at"], facts["zone"], language)))
    table = [
        (
            str(each["number"]),
            candidate_said(each, is_pseudonym=each["is_pseudonym"]),
            "; ".join(str(PLACES[place]) for place in each["places"]),
            str(region_name(each["region"])) if each["region"] else _("not shown"),
        )
        for each in facts["candidates"]
    ]
    blocks: list[Block] = [
        Title(titled("7.17", "", language).text, above=in_words(facts["body"], language)),
        Facts(tuple(rows)),
        Paragraph(
            _(
                "Each candidate decided which of name, region and programme everybody may read. Who has a"
                " number only was verified by the commission as all others were."
            )
        ),
        Table(
            (
                Column(_("No."), is_number=True, width=3),
                Column(_("Candidate"), width=12),
                Column(_("Stands for"), width=10),
                Column(_("Region"), width=9),
            ),
            tuple(table),
        )
        if table
        else Paragraph(_("Nobody stands.")),
    ]
    programmes = tuple(
        _("{candidate}: {text}").format(
            candidate=candidate_said(each, is_pseudonym=each["is_pseudonym"]),
            text=in_words(each["programme"], language),
        )
        for each in facts["candidates"]
        if each["programme"]
    )
    if programmes:
        blocks += [Heading(_("What they want to do")), Points(programmes)]
    return [
        *blocks,
        Paragraph(
            _("Applications: {applied}, not admitted: {refused}.").format(
                applied=facts["applied"], refused=facts["refused"]
            )
        ),
        *_posts(facts, language),
    ]


register(kind_for(LIST, "7.14", compose_list))
register(kind_for(ADMISSION, "7.15", compose_admission))
register(kind_for(PUBLISHED, "7.17", compose_published, audiences=(PUBLIC,)))
