"""Regulations in the reader's language: questions, answers, rules and findings; refusals and events.

The words themselves are those of `pure.rules.regulation_words`, so that a command, a page and a paper
say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.wording.voters import REGIONS
from okil.foundation.audit import wording as journal_wording
from okil.foundation.web import refusals
from okil.foundation.web.languages import LANGUAGES, Texts
from okil.pure.rules import regulation_words as words
from okil.pure.rules.regulation import QUESTIONS, Kind, Part
from okil.pure.rules.regulation.findings import Level, Outcome

if TYPE_CHECKING:
    from okil.pure.rules.regulation.findings import Finding
    from okil.pure.rules.regulation_words import Quotation


def language() -> str:
    """The reader's."""
    active = (get_language() or "ru")[:2]
    return active if active in LANGUAGES else "ru"


def said_later(say: Callable[..., str]) -> Callable[..., str]:
    """Said when it is shown, in the reader's language then, so that a form may hold it."""
    promised: Callable[..., str] = lazy(say, str)
    return promised


question_name = said_later(lambda name: words.question(name, language()))
question_hint = said_later(lambda name: words.hint(name, language()))
option_name = said_later(lambda name, code: words.option(name, code, language()))
rule_title = said_later(lambda rule: words.title(rule, language()))
part_name = said_later(lambda part: words.part(Part(part), language()))


def rule_why(rule: str) -> str:
    return words.why(rule, language())


def rule_remedy(rule: str) -> str:
    return words.remedy(rule, language())


def remedy_in(rule: str, code: str) -> str:
    """The ready wording in one of our languages, whatever the reader's."""
    return words.remedy(rule, code)


def rule_quotation(rule: str) -> Quotation | None:
    return words.quotation(rule, language())


def finding_message(finding: Finding) -> str:
    return words.message(finding, language())


MARKS: Mapping[Outcome, str] = {
    Outcome.FULFILLED: "ok",
    Outcome.BROKEN: "bad",
    Outcome.NOT_REGULATED: "gap",
}
NOT_SAID = _("the regulation does not say")


def outcome_name(outcome: Outcome) -> str:
    word = words.outcome(outcome, language())
    return word[:1].upper() + word[1:]


def level_name(level: Level) -> str:
    return words.level(level, language())


def in_words(name: str, value: Any) -> str:
    """An answer as a phrase; "" where the regulation does not say."""
    if value in (None, (), [], {}):
        return ""
    return str(TOLD[QUESTIONS[name].kind](name, value))


def _told_number(name: str, value: int) -> str:
    if name != "minimum_turnout_percent":
        return str(value)
    return _now("{percent} %").format(percent=value) if value else _now("no minimum")


def _told_rows(name: str, rows: Any) -> str:
    cells = QUESTIONS[name].options
    said = [" – ".join(str(Texts(row[cell])) for cell in cells if row.get(cell)) for row in rows]
    return "; ".join(said)


TOLD: Mapping[Kind, Callable[[str, Any], object]] = {
    Kind.CHOICE: option_name,
    Kind.CHOICES: lambda name, codes: ", ".join(str(option_name(name, code)) for code in codes),
    Kind.NUMBER: _told_number,
    Kind.YES_NO: option_name,
    Kind.TEXT: lambda _name, texts: Texts(texts),
    Kind.ROWS: _told_rows,
    Kind.REGIONS: lambda _name, codes: ", ".join(str(REGIONS.get(code, code)) for code in codes),
}


def _question_or_code(name: str) -> object:
    return question_name(name) if name in QUESTIONS else name


def _part_or_code(code: str) -> object:
    return part_name(code) if code in set(Part) else code


REFUSALS: dict[str, Any] = {
    "regulation-unreadable": _("The answer to “{field}” cannot be read."),
    "draft-changed": _(
        "Somebody else saved another answer meanwhile. It stands beside yours: compare, and save again."
    ),
    "nothing-to-adopt": _("Nothing is written yet: answer the questions first."),
    "nothing-drafted": _("There is no draft any more: somebody adopted or discarded it."),
    "text-unknown": _("Attach a Word file (DOCX) or a PDF: this one is something else."),
}
for event, sentence, more in (
    ("regulation.adopted", _("Version {version} of the regulation was entered."), {}),
    (
        "regulation.drafted",
        _("A draft of the regulation was saved: {part}."),
        {"part": _part_or_code},
    ),
    ("regulation.draft_discarded", _("A draft of the regulation was discarded."), {}),
    ("common_rules.adopted", _("Version {version} of the common rules was entered."), {}),
):
    journal_wording.register(event, sentence, **more)
refusals.register(REFUSALS, beside={"text-unknown": ("text",)}, field=_question_or_code)
