"""The six conditions: what the system knows of each, and what the commission wrote together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from okil.areas.bodies.models import Membership, Role
from okil.areas.bodies.queries import role_name
from okil.areas.elections.actions.candidates import Application
from okil.areas.elections.models import Candidate, CriterionCheck, Election
from okil.areas.elections.queries import candidates as known
from okil.areas.elections.queries import voters
from okil.areas.elections.queries.candidate_papers import Asked
from okil.areas.elections.views.answers import clauses_by_part
from okil.areas.elections.wording.admission import CRITERIA_RULES, STATES
from okil.areas.elections.wording.candidates import CRITERIA
from okil.foundation.web import dates
from okil.foundation.web.languages import Texts
from okil.foundation.web.reader import the_reader
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.rotation_words import text_of

OK, YOURS, BROKEN = "ok", "warn", "bad"
MARKS = {"met": OK, "not_met": BROKEN, "asked": YOURS}


@dataclass(frozen=True)
class Looked:
    """One application, and what there is to compare it with."""

    election: Election
    candidate: Candidate
    rules: Regulation
    held: Sequence[Membership]
    officers: Sequence[Role]
    missing: Sequence[Asked]  # papers that the regulation asks and nobody handed in here
    opened: Application | None = None
    checks: Mapping[str, CriterionCheck] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)  # on what each check rests, if opened


@dataclass(frozen=True)
class Known:
    """What the system can tell of a condition by itself."""

    mark: str
    word: str
    basis: Sequence[str]


def conditions(looked: Looked) -> list[dict[str, Any]]:
    """Each with what the system knows and what was written; where they differ, it is said."""
    numbers = _clauses(looked.rules)
    known_of = {
        "signed_in_time": _in_time(looked.candidate),
        "of_the_group": _of_the_group(looked.candidate),
        "rotation": _rotation(looked),
        "not_an_officer": _officer(looked),
        "conflict": _conflict(looked.candidate),
        "documents": _documents(looked),
    }
    return [
        {
            "code": code,
            "title": title,
            "known": known_of[code],
            "written": _written(looked, code),
            "differs": _differ(known_of[code], looked.checks.get(code)),
            "rules": ", ".join(CRITERIA_RULES[code]),
            "clauses": [
                number for rule in CRITERIA_RULES[code] for number in numbers.get(rule, ())
            ],
        }
        for code, title in CRITERIA.items()
    ]


def _clauses(rules: Regulation) -> dict[str, list[str]]:
    """The numbers of the regulation's clauses, by the rule they are about."""
    found: dict[str, list[str]] = {}
    for part in clauses_by_part(rules):
        for clause in part["clauses"]:
            found.setdefault(clause["rule"], []).append(clause["number"])
    return found


def _written(looked: Looked, code: str) -> dict[str, Any] | None:
    check = looked.checks.get(code)
    if check is None:
        return None
    return {
        "check": check,
        "mark": MARKS[check.state],
        "word": STATES[check.state],
        "note": looked.notes.get(code, ""),
    }


def _differ(known: Known, check: CriterionCheck | None) -> bool:
    if check is None or known.mark == YOURS:
        return False
    return (known.mark == OK) != (check.state == CriterionCheck.State.MET)


def _yours(*basis: str) -> Known:
    return Known(YOURS, _("Yours to decide"), basis)


def _language() -> str:
    return (get_language() or "ru")[:2]


def _day(each: date) -> str:
    return dates.day(each, _language(), "plain", unsaid_year=the_reader().year)


def _in_time(found: Candidate) -> Known:
    reader = the_reader()
    moment = dates.moment(
        found.entered_at, reader.zone, _language(), "plain", unsaid_year=reader.year
    )
    basis = [_("Entered {moment}.").format(moment=moment)]
    if found.signed_on is not None:
        basis.append(_signed(found, _day(found.signed_on)))
    if found.is_late:
        return Known(BROKEN, _("Came late"), basis)
    if found.signed_on is None:
        return Known(BROKEN, _("Not signed"), basis)
    return Known(OK, _("Done"), basis)


def _signed(found: Candidate, day: str) -> str:
    if found.signing == Candidate.Signing.CODE:
        return _("Signed with a code, {day}.").format(day=day)
    return _("Signed by hand, {day}.").format(day=day)


def _of_the_group(found: Candidate) -> Known:
    return _yours(found.organisation or _("No organisation is named. The application says more."))


def _rotation(looked: Looked) -> Known:
    if looked.candidate.person is None:
        return _yours(
            _("Not known here as somebody who held a seat. The application says what came before.")
        )
    answer = known.rotation_of(looked.candidate, looked.election, looked.held, looked.rules)
    mark, word = {
        "free": (OK, _("Done")),
        "exhausted": (BROKEN, _("Too many terms")),
        "cannot_decide": (YOURS, _("Yours to decide")),
    }[answer.answer]
    return Known(mark, word, [text_of(reason, _language()) for reason in answer.reasons])


def _officer(looked: Looked) -> Known:
    found, opened = looked.candidate, looked.opened
    against = list(opened.barred) if opened else []
    if found.person is not None:
        held = [role for role in looked.officers if role.person_id == found.person.pk]
        against += voters.roles_against(held, "candidate", looked.election.group)
    if against:
        roles = ", ".join(str(role_name(role)) for role in dict.fromkeys(against))
        return Known(BROKEN, _("Holds a role"), [_("Named like: {roles}.").format(roles=roles)])
    if opened or found.person is not None:
        return Known(OK, _("Done"), [_("Compared with all officers now.")])
    return Known(
        OK, _("Done"), [_("Compared by name when it was entered; opening it compares again.")]
    )


def _conflict(found: Candidate) -> Known:
    if found.conflict is None:
        return _yours(_("The candidate gave no analysis."))
    return _yours(_("The candidate's own analysis is in the application."))


def _documents(looked: Looked) -> Known:
    found = looked.candidate
    day = _day(found.consented_on)
    basis = [_("Consent to the processing of data, {day}.").format(day=day)]
    if not looked.missing:
        return Known(OK, _("Done"), basis)
    named = (Texts(each.document).in_language(_language()) for each in looked.missing)
    papers = "; ".join(name.rstrip(".") for name in named)
    basis.append(_("Not handed in here: {papers}.").format(papers=papers))
    if found.way == Candidate.Way.ORGANISER:
        return _yours(*basis, _("The organiser may have them on paper."))
    n = len(looked.missing)
    return Known(BROKEN, ngettext("{n} is missing", "{n} are missing", n).format(n=n), basis)
