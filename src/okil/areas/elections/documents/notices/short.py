"""The same in two or three sentences, for a chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from okil.areas.elections.documents.notices.texts import (
    Facts,
    Parts,
    address_of,
    group_said,
    moment_said,
    span_said,
)
from okil.areas.elections.documents.officers import commission_called, in_words
from okil.areas.elections.models import Notice

Kind = Notice.Kind


def short_text(facts: Facts, language: str) -> str:
    """With the address where all of it stands."""
    with override(language):
        return " ".join([*SHORT[facts["kind"]](facts, language), address_of(facts)])


def _short_announcement(facts: Facts, language: str) -> Parts:
    yield _("{body} announces the elections {year}.").format(
        body=in_words(facts["body"], language), year=facts["year"]
    )
    yield _("Dates, groups and papers:")


def _short_commission(facts: Facts, language: str) -> Parts:
    yield _("The group “{group}” begins to form its commission: {commission}.").format(
        group=group_said(facts, language), commission=commission_called(facts, language)
    )
    yield _("What it does and who can be in it:")


def _short_opens(facts: Facts, language: str) -> Parts:
    yield _("The group “{group}” opens registration for the elections {year}.").format(
        group=group_said(facts, language), year=facts["year"]
    )
    yield _("Applications {span}.").format(
        span=span_said(facts["dates"].get("registration"), facts, language)
    )
    yield _("How to stand and how to vote:")


def _short_closed(facts: Facts, language: str) -> Parts:
    yield _("Registration in the group “{group}” is closed.").format(
        group=group_said(facts, language)
    )
    yield _("What comes next:")


def _short_candidates(facts: Facts, language: str) -> Parts:
    yield _("The candidates of the group “{group}” are known.").format(
        group=group_said(facts, language)
    )
    yield _("The list:")


def _short_assembly(facts: Facts, language: str) -> Parts:
    assembly = facts["assembly"] or {}
    yield _("The group “{group}” is invited to its assembly.").format(
        group=group_said(facts, language)
    )
    yield _("When: {moment}").format(moment=moment_said(assembly.get("begins_at"), facts, language))


def _short_results(facts: Facts, language: str) -> Parts:
    yield _("The group “{group}” has elected.").format(group=group_said(facts, language))
    yield _("Who, with how many votes, and how to check it:")


SHORT: Mapping[str, Callable[[Facts, str], Parts]] = {
    Kind.ANNOUNCEMENT: _short_announcement,
    Kind.COMMISSION_FORMING: _short_commission,
    Kind.REGISTRATION_OPENS: _short_opens,
    Kind.REGISTRATION_CLOSED: _short_closed,
    Kind.CANDIDATES: _short_candidates,
    Kind.ASSEMBLY: _short_assembly,
    Kind.RESULTS: _short_results,
}
