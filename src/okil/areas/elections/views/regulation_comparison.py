"""Two regulations beside each other, in words: two versions of a group, or two groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okil.areas.bodies.queries import groups_of
from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.forms.regulation_comparison import ComparisonForm
from okil.areas.elections.queries import regulations as known
from okil.areas.elections.views.tabs import election_tabs
from okil.areas.elections.wording import regulations as wording
from okil.foundation.accounts import officer_required
from okil.pure.rules.regulation import RULE_OF, Regulation
from okil.pure.rules.regulation.comparison import Change, changes

TAB = "regulation"


def changes_shown(found: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {
            "question": wording.question_name(each.question),
            "rule": RULE_OF[each.question],
            "before": wording.in_words(each.question, each.before),
            "after": wording.in_words(each.question, each.after),
        }
        for each in found
    ]


@dataclass(frozen=True)
class Side:
    """A regulation that may be laid beside another, and what it is called."""

    name: str
    regulation: Regulation


@officer_required
@require_GET
def compare(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("see", "regulation"):
        raise Http404
    sides = _sides(visit)
    names = [(key, side.name) for key, side in sides.items()]
    may_compare = len(sides) > 1
    form = ComparisonForm((request.GET or None) if may_compare else None, sides=names)
    chosen = (
        [sides[form.cleaned_data[name]] for name in ("one", "other")] if form.is_valid() else []
    )
    return render(
        request,
        "elections/regulation_compare.html",
        {
            "election": visit.election,
            "tabs": election_tabs(visit, TAB),
            "form": form,
            "may_compare": may_compare,
            "sides": chosen,
            "changes": changes_shown(changes(*[side.regulation for side in chosen]))
            if chosen
            else [],
        },
        status=422 if form.is_bound and not chosen else 200,
    )


def _sides(visit: Visit) -> dict[str, Side]:
    """The group's versions and, for whoever writes it, the draft; then the other groups' present
    regulations: all of them for the Secretariat, for the others those that are everybody's."""
    group = visit.election.group
    sides: dict[str, Side] = {}
    written = known.written_of(group)
    if written.draft and visit.may("change", "regulation"):
        sides["draft"] = Side(_("The draft"), written.regulation)
    for version in known.versions_of(group):
        name = _("Version {number}").format(number=version.version)
        sides[str(version.version)] = Side(name, version.regulation)
    neighbours = [each for each in groups_of(group.body) if each.pk != group.pk]
    newest = known.newest_of_groups(neighbours)
    sees_all = visit.may("change", "cycle")
    for neighbour in neighbours:
        adopted = newest.get(neighbour.pk)
        if adopted and (sees_all or adopted.is_public):
            sides[f"of-{neighbour.slug}"] = Side(str(neighbour.public_name), adopted.regulation)
    return sides
