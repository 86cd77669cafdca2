"""Results as everybody may read them: of one group, as numbers, of all groups of a cycle."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okil.areas.bodies.models import Person
from okil.areas.bodies.queries import role_name
from okil.areas.elections.models import Departure, StageDates
from okil.areas.elections.queries import results as queries
from okil.areas.elections.queries import seats
from okil.areas.elections.queries.complaints import term_of
from okil.areas.elections.queries.results import Called, Published, step_called
from okil.areas.elections.queries.seats import Count, Taken
from okil.areas.elections.views import shown
from okil.areas.elections.wording.results import (
    CONTESTS,
    ELECTED,
    MODELS,
    NOW,
    POSITIONS,
    PRINCIPLES,
    SIGNED,
    candidate_no,
)
from okil.areas.elections.wording.seats import GONE, OPEN, WHY_GONE, why_vacant
from okil.areas.elections.wording.voters import region_name
from okil.foundation import vault
from okil.foundation.web import dates
from okil.foundation.web.clock import clock
from okil.foundation.web.languages import LANGUAGES, Texts
from okil.foundation.web.reader import the_reader
from okil.pure.packages.facts import OTHER_REGIONS
from okil.pure.rules import counting_words, replacement_words
from okil.pure.rules.count_sheet import Contest, CountSheet
from okil.pure.rules.stages import STAGE_OF, Stage, State

NAMES_OF_LANGUAGES = {"ru": "Русский", "kk": "Қазақша", "en": "English"}


def _language() -> str:
    language = (get_language() or "ru")[:2]
    return language if language in LANGUAGES else "ru"


# Who is called how


@dataclass(frozen=True)
class Names:
    """How this page calls candidates: by name or pseudonym, if they let it; else by number."""

    called: Mapping[int, Called]

    def of(self, number: int) -> dict[str, Any]:
        who = self.called.get(number)
        return {
            "text": self.text(number),
            "is_pseudonym": who is not None and not who.name and bool(who.pseudonym),
        }

    def text(self, number: int) -> str:
        who = self.called.get(number)
        return (who.shown if who else "") or candidate_no(number)

    def in_steps(self) -> dict[str, str]:
        """For the sentences of a count; two of one name keep their numbers beside it."""
        texts = {number: self.text(number) for number in self.called}
        shown_twice = {text for text in texts.values() if list(texts.values()).count(text) > 1}
        return {
            str(number): f"{text}, {candidate_no(number)}" if text in shown_twice else text
            for number, text in texts.items()
        }


# One group


def _of_group(year: int, slug: str) -> Q:
    return Q(election__cycle__year=year, election__group__slug=slug)


@require_GET
def results(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Who was elected, how the numbers led there, who signed it, how to check it and how to complain."""
    election, found = queries.published_of(_of_group(year, slug))
    if election is None:
        raise Http404
    page: dict[str, Any] = {"election": election, "result": found}
    if found is not None:
        departures = seats.departures_of(found.round) if found.has_departures else []
        names = Names(queries.called_in([found]).get(found.round.pk, {}))
        page |= {
            "stages": _stages(found),
            **_told(found, departures, names),
            **_complaints(found, at=clock.now()),
        }
    return render(request, "elections/results.html", page)


def _stages(found: Published) -> list[dict[str, Any]]:
    dated = StageDates.objects.filter(round=found.round)
    edges = {Stage(each.stage): (each.begins_at, each.ends_at) for each in dated}
    state = State(found.round.state)
    at = found.published_at or found.round.state_since
    return shown.stage_line(edges, STAGE_OF[state], at=at, finished=state is State.CONCLUDED)


def _told(found: Published, departures: Sequence[Departure], names: Names) -> dict[str, Any]:
    """All that the signed facts say, in words; nothing where no protocol is kept."""
    taken = found.taken(departures, names.called)
    if found.facts is None or found.sheet is None or taken is None:
        return {}
    facts, sheet = found.facts, found.sheet
    return {
        "places": list(_places(taken, names, _why_vacant(found, taken))),
        "rule": _rule(sheet),
        "contests": [
            _contest(contest, found, _labels(found, taken), names) for contest in sheet.contests
        ],
        "turnout": _turnout(facts, sheet),
        "regions": _regions(facts),
        "small_cell": facts["voters"]["small_cell"],
        "steps": _steps(found, names),
        "gone": [_gone(each, names) for each in taken.gone],
        "needs_a_vote": taken.needs_a_vote,
        "signers": _signers(found),
        "observers": facts["observers"],
        "papers": facts["papers"],
        "languages": [{"code": code, "name": NAMES_OF_LANGUAGES[code]} for code in LANGUAGES],
    }


def _why_vacant(found: Published, taken: Taken) -> dict[str, Texts]:
    """By position; asked for only where a place is vacant."""
    if not any(taken.vacant.values()):
        return {}
    posts = seats.posts_of(found.round)
    return {
        position: why_vacant(posts.get(position), has_left=bool(taken.gone))
        for position in POSITIONS
    }


def _places(taken: Taken, names: Names, reasons: Mapping[str, Texts]) -> Iterator[dict[str, Any]]:
    """A line for each place: who takes it, or that it is vacant or waits."""
    for position, title in POSITIONS.items():
        for number in taken.of(position):
            yield {"title": title, "who": names.of(number), "is_taken": True}
        for _each in range(taken.vacant.get(position, 0)):
            yield {"title": title, "vacant": True, "reason": reasons[position]}
        for _each in range(taken.open.get(position, 0)):
            yield {"title": title, "open": [OPEN[why] for why in taken.why]}


def _rule(sheet: CountSheet) -> list[object]:
    said = (PRINCIPLES.get(sheet.rule), MODELS.get(sheet.model))
    return [each for each in said if each is not None]


@dataclass(frozen=True)
class Label:
    """What became of a candidate: elected as what, gone, or in the place of somebody who has gone."""

    words: tuple[str, ...]
    is_gone: bool = False

    def __str__(self) -> str:
        return ", ".join(self.words)


def _positions(of: Count | Taken) -> dict[int, str]:
    return {
        **dict.fromkeys(of.alternates, "alternate"),
        **dict.fromkeys(of.members, "member"),
    }


def _labels(found: Published, taken: Taken) -> dict[int, Label]:
    """By number, of those elected and of those who follow them."""
    assert found.count is not None
    before, now = _positions(found.count), _positions(taken)
    gone = {each.departure.candidate.number: each.departure.why for each in taken.gone}
    labels = {}
    for number in {**before, **now}:
        words = [ELECTED[before[number]]] if number in before else []
        if number in gone:
            words.append(WHY_GONE[gone[number]])
        elif now.get(number) not in (None, before.get(number)):
            words.append(NOW[now[number]])
        labels[number] = Label(tuple(map(str, words)), number in gone)
    return labels


def _contest(
    contest: Contest, found: Published, labels: Mapping[int, Label], names: Names
) -> dict[str, Any]:
    assert found.sheet is not None
    accepted = found.sheet.voted - contest.rejected
    tally = contest.tally()
    rows = [
        {
            **names.of(int(name)),
            "votes": tally[name],
            **_share(tally[name], accepted),
            "label": labels.get(int(name)),
        }
        for name in sorted(contest.candidates, key=lambda name: -tally[name])
    ]
    return {
        "title": CONTESTS[contest.place],
        "rows": rows,
        "blank": {"votes": contest.blank_papers, **_share(contest.blank_papers, accepted)},
        "accepted": accepted,
        "seats": contest.seats,
        "is_voted_on": accepted > 0,
    }


def _share(part: int, whole: int) -> dict[str, Any]:
    percent = 100 * part / whole if whole else 0.0
    # A width in SVG takes a point, whatever the reader's language writes.
    return {"percent": percent, "width": f"{percent:.1f}%"}


def _turnout(facts: Mapping[str, Any], sheet: CountSheet) -> dict[str, Any]:
    voters = facts["voters"]
    registered = voters["registered"]
    return {
        "registered": registered,
        "organisations": voters["organisations"],
        "voted": sheet.voted,
        "percent": 100 * sheet.voted / registered if registered else None,
        "contests": [
            {
                "title": CONTESTS[contest.place] if len(sheet.contests) > 1 else "",
                "wrongly_completed": contest.wrongly_completed,
                "late": contest.late,
                "rejected": contest.rejected,
                "accepted": sheet.voted - contest.rejected,
            }
            for contest in sheet.contests
        ],
    }


def _regions(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """As merged in the public facts; one row alone would say nothing."""
    rows = facts["voters"]["by_region"]
    if len(rows) < 2:
        return []
    return [
        {
            "name": _("other regions")
            if row["region"] == OTHER_REGIONS
            else region_name(row["region"].upper()),
            "registered": row["registered"],
        }
        for row in rows
    ]


def _steps(found: Published, names: Names) -> list[str]:
    called = names.in_steps()
    return [
        counting_words.text_of(step_called(step, called), _language())
        for step in found.result.steps
    ]


def _gone(gone: seats.Gone, names: Names) -> dict[str, Any]:
    called = names.in_steps()
    departure = gone.departure
    told_on = dates.day(departure.told_on, _language(), "plain", unsaid_year=the_reader().year)
    return {
        "sentence": str(GONE[departure.why]).format(
            who=names.text(departure.candidate.number), day=told_on
        ),
        "steps": [
            replacement_words.text_of(step_called(step, called), _language()) for step in gone.steps
        ],
    }


def _signers(found: Published) -> list[dict[str, Any]]:
    """Numbers and organisations; a name only of who published it."""
    people: list[Person] = [each.role.person for each in found.signatures]
    names = vault.open_published(people, only=("name",))
    return [
        {
            "role": role_name(each.role.role),
            "number": each.role.person.number,
            "name": names[each.role.person_id]["name"] if each.role.person_id in names else "",
            "organisation": each.role.person.organisation,
            "kind": SIGNED[each.kind],
            "mark": {"dissent": "warn", "absent": "gap"}.get(each.kind, "ok"),
            "at": each.signed_at,
        }
        for each in found.signatures
    ]


def _complaints(found: Published, *, at: datetime) -> dict[str, Any]:
    if found.published_at is None:
        return {}
    body = found.election.cycle.body
    days = found.rules.complaint_days
    ends_at = term_of(found.published_at, days, body, found.calendar)
    return {"complain_until": ends_at, "may_complain": ends_at is not None and at <= ends_at}


# As numbers


@require_GET
def numbers(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The numbers of a result as CSV, candidates by number: for whoever wants to calculate again."""
    _election, found = queries.published_of(_of_group(year, slug))
    if found is None or found.facts is None or found.protocol is None or found.sheet is None:
        raise Http404
    number = found.protocol.issued.number_shown.replace("/", "-")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{number}-numbers.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    writer = csv.writer(response)
    writer.writerow(("what", "contest", "candidate_or_region", "number"))
    writer.writerows(_lines(found.facts, found.sheet))
    return response


def _lines(facts: Mapping[str, Any], sheet: CountSheet) -> Iterator[tuple[str, str, str, int]]:
    yield "registered", "", "", facts["voters"]["registered"]
    for row in facts["voters"]["by_region"]:
        yield "registered", "", row["region"], row["registered"]
    for name in ("printed", "issued", "unused", "found"):
        yield name, "", "", facts["papers"][name]
    for contest in sheet.contests:
        tally = contest.tally()
        for candidate in contest.candidates:
            yield "votes", contest.place, candidate, tally[candidate]
        yield "blank", contest.place, "", contest.blank_papers
        yield "wrongly_completed", contest.place, "", contest.wrongly_completed
        yield "late", contest.place, "", contest.late
    for position in ("members", "alternates"):
        for candidate in facts["decision"][position]:
            yield "elected", position, str(candidate), 1
