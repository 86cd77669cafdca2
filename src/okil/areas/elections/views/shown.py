"""How stages, dates and missing things are said on a page: facts for templates, no decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okil.areas.elections import wording
from okil.areas.elections.queries import Asked, Progress, Whereabouts
from okil.foundation.web import dates
from okil.foundation.web.languages import Texts
from okil.foundation.web.reader import the_reader
from okil.pure.rules import stages
from okil.pure.rules.regulation import RULES
from okil.pure.rules.stages import Answer, RoundKind, Stage, State

Edges = Mapping[Stage, tuple[datetime | None, datetime]]


def _language() -> str:
    return (get_language() or "ru")[:2]


def day_of(at: datetime) -> Any:
    return at.astimezone(ZoneInfo(the_reader().zone)).date()


def stage_line(
    edges: Edges, current: Stage, *, at: datetime, finished: bool = False
) -> list[dict[str, Any]]:
    """Six stages for `web/stages.html`."""
    return [
        {
            "name": wording.stage_name(stage),
            "note": _note(edges.get(stage), goes_on=stage is current and not finished, at=at),
            "status": _status(stage, current, finished),
        }
        for stage in Stage
    ]


def _status(stage: Stage, current: Stage, finished: bool) -> str:
    if stage < current or finished:
        return "done"
    return "current" if stage is current else "next"


def _note(edge: tuple[datetime | None, datetime] | None, *, goes_on: bool, at: datetime) -> str:
    if edge is None:
        return ""
    begins, ends = edge
    year = the_reader().year
    last = day_of(ends)
    if goes_on and at <= ends:
        return _("now, {until}").format(until=dates.until(last, _language(), unsaid_year=year))
    if begins is None:
        return dates.by(last, _language(), unsaid_year=year)
    first = day_of(begins)
    if first == last:
        return dates.day(first, _language(), "plain", unsaid_year=year)
    return dates.period(first, last, _language(), unsaid_year=year)


def sentence(where: Whereabouts) -> Texts:
    """What is happening; of what does not run, only that."""
    if where.annulled:
        return wording.flag_name("annulled")
    if where.suspension is not None:
        return wording.flag_name("suspended")
    return wording.state_sentence(where.state)


def edges_of(where: Whereabouts) -> Edges:
    return {stage: (dated.begins_at, dated.ends_at) for stage, dated in where.dates.items()}


def common_stage(edges: Edges, *, at: datetime) -> Stage:
    """Where the common dates say the cycle is."""
    for stage in Stage:
        if stage in edges and at <= edges[stage][1]:
            return stage
    return Stage.RESULTS


def state_mark(where: Whereabouts) -> dict[str, str]:
    """Shape, word and colour for a table of groups."""
    if where.annulled:
        return {"kind": "bad", "word": str(wording.flag_name("annulled"))}
    if where.suspension is not None:
        return {"kind": "stop", "word": str(wording.flag_name("suspended"))}
    if where.round.kind != RoundKind.FIRST and where.state in BEFORE_THE_COUNT:
        return {"kind": "warn", "word": str(wording.round_kind_name(where.round.kind))}
    word = str(wording.state_name(where.state))
    if where.state in (State.PUBLISHED, State.CONCLUDED):
        return {"kind": "ok", "word": word}
    dated = where.dates.get(where.stage)
    if dated is not None and dated.is_extended:
        word = _("{state}: extended").format(state=word)
    return {"kind": "", "word": word}


BEFORE_THE_COUNT = (State.CANDIDATES_PUBLISHED, State.VOTING)


def next_date(where: Whereabouts) -> str:
    """What a visitor waits for, with its day; nothing if nothing is dated."""
    waited = wording.NEXT_DATE.get(where.state)
    if where.annulled or where.suspension is not None or waited is None:
        return ""
    at = (where.begins if waited.edge == "begins" else where.ends).get(waited.stage)
    if at is None:
        return ""
    year = the_reader().year
    if waited.hour:
        phrase = dates.until_moment(at, the_reader().zone, _language(), unsaid_year=year)
    else:
        phrase = EDGE_PHRASE[waited.edge](day_of(at), _language(), unsaid_year=year)
    return str(waited.sentence).format(when=phrase)


EDGE_PHRASE = {"ends": dates.by, "begins": dates.since}


def asked_shown(asked: Asked, progress: Progress, *, is_a: Callable[[str], bool]) -> dict[str, Any]:
    """One missing or fulfilled thing: mark, words, who, by when, and where it is done."""
    gate = asked.gate
    words = wording.GATE_WORDS[gate.code]
    return {
        "code": gate.code,
        "title": words.title,
        "reason": _advice(asked, progress) or words.reason,
        "source": gate.source,
        "mark": _gate_mark(asked, progress),
        "by": gate.by,
        "is_mine": is_a(gate.by),
        "due_at": _gate_due(asked, progress),
        "answer": asked.answer,
        "url": gate_url(asked, progress) if _opens(gate.code, is_a) else "",
        "answerable": gate.answer is Answer.REGULATION,
        "rules": _rules(asked, progress, is_mine=is_a(gate.by)),
        "decided": _decided(asked, progress),
    }


def _rules(asked: Asked, progress: Progress, *, is_mine: bool) -> list[dict[str, Any]]:
    """The rules of the regulation that close the move, each with where the group decides on it."""
    if asked.gate.answer is not Answer.RULES:
        return []
    election = progress.where.election
    place = [election.cycle.year, election.group.slug]
    return [
        {
            "code": each.rule,
            "title": wording.regulations.rule_title(each.rule),
            "url": reverse("election_regulation_case", args=[*place, each.rule]) if is_mine else "",
        }
        for each in progress.unsettled
    ]


def _decided(asked: Asked, progress: Progress) -> list[dict[str, Any]]:
    """The rules decided for this election, which can be taken back until it moves on."""
    if asked.gate.answer is not Answer.RULES:
        return []
    return [
        {"title": wording.regulations.rule_title(code), "answer": answer}
        for code, answer in progress.answers.items()
        if code in RULES
    ]


def _advice(asked: Asked, progress: Progress) -> str:
    """What to do, where it hangs on how many there are."""
    if asked.is_open or asked.gate.code not in ("commission-named", "commission-complete"):
        return ""
    return wording.officers.commission_advice(
        progress.where.rules.commission_size if progress.where.rules else None,
        progress.officers.get("commissioner", 0),
        may_adopt=False,  # both gates are asked after the announcement only
    )


def first_missing(progress: Progress) -> object:
    """The heading of the first missing thing, for a table."""
    return wording.GATE_WORDS[progress.missing[0].gate.code].title if progress.missing else ""


def _gate_mark(asked: Asked, progress: Progress) -> dict[str, str]:
    if asked.is_open:
        if asked.answer is not None:
            return {"kind": "ok", "word": _("Decided for this election")}
        return {"kind": "ok", "word": _("Done")}
    if asked.gate.answer in (Answer.REGULATION, Answer.RULES):
        return {"kind": "gap", "word": _("Not regulated")}
    if asked.gate.answer is Answer.TIME:
        return {"kind": "wait", "word": _("Waiting")}
    return {"kind": "bad", "word": _("Not done")}


def _gate_due(asked: Asked, progress: Progress) -> datetime | None:
    if asked.gate.answer is Answer.TIME:
        return stages.moment_awaited(asked.gate, progress.situation)
    return progress.due_at


# Where the work behind a gate is done: name of the address, and whether it belongs to the election.
DONE_AT = {
    "cycle-decided": ("cycle_decision", "cycle"),
    "stage-dates-set": ("cycle_dates", "cycle"),
    "organiser-named": ("people", ""),
    "organiser-undertaken": ("undertakings", "election"),
    "regulation-adopted": ("election_regulation", "election"),
    "announcement-ready": ("announcement", "cycle"),
    "announcement-published": ("announcement", "cycle"),
    "commission-named": ("officers", "election"),
    "commission-complete": ("officers", "election"),
    "commission-declared": ("undertakings", "election"),
    "observers-invited": ("officers", "election"),
    "registration-begins": ("election_dates", "election"),
    "registration-notice-sent": ("notices", "election"),
    "registration-over": ("election_dates", "election"),
    "lists-closed": ("lists", "election"),
    "closing-notice-sent": ("notices", "election"),
    "applications-verified": ("voters", "election"),
    "admission-decided": ("candidates", "election"),
    "posts-covered": ("lists", "election"),
    "list-handed-over": ("lists", "election"),
    "assembly-called": ("assembly", "election"),
    "order-drawn": ("ballots", "election"),
    "ballots-ready": ("ballots", "election"),
    "voting-begins": ("election_dates", "election"),
    "voting-over": ("election_dates", "election"),
    "counts-agree": ("count", "election"),
    "protocol-signed": ("protocol", "election"),
    "package-complete": ("package", "election"),
    "package-checked": ("package", "election"),
    "group-informed": ("notices", "election"),
    "complaints-settled": ("complaints", "election"),
    "seats-settled": ("election_results", "election"),
}


def _opens(code: str, is_a: Callable[[str], bool]) -> bool:
    """Pages of the whole cycle open to the Secretariat only, the count to all but the Secretariat;
    to the others they are not linked.
    """
    name, reach = DONE_AT.get(code, ("", "election"))
    if is_a("secretariat"):
        return name != "count"
    return reach != "cycle"


def gate_url(asked: Asked, progress: Progress) -> str:
    election = progress.where.election
    year, slug = election.cycle.year, election.group.slug
    if asked.gate.answer is Answer.REGULATION and not asked.is_open:
        return reverse("election_gate", args=[year, slug, asked.gate.code])
    if asked.gate.answer is Answer.RULES:
        return reverse("election_regulation_findings", args=[year, slug])
    name, reach = DONE_AT.get(asked.gate.code, ("election_regulation", "election"))
    arguments: dict[str, list[int | str]] = {"cycle": [year], "election": [year, slug], "": []}
    return reverse(name, args=arguments[reach])
