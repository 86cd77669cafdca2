"""What a group's regulation says, what is being written, and what is known beside the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from okil.areas.bodies.models import Body, Decision, ElectoralGroup
from okil.areas.elections.models import AdoptedRegulation, CommonRules, RegulationDraft, Round
from okil.pure.rules.regulation import Regulation, read
from okil.pure.rules.regulation.findings import Approval, Around
from okil.pure.rules.stages import RULES_STAND


@dataclass(frozen=True)
class Written:
    """What an editor works on: the draft, or what the group adopted for good where nothing is drafted
    yet. What was decided for one election only is not written into the regulation by it."""

    adopted: AdoptedRegulation | None
    draft: RegulationDraft | None
    version: int  # the newest there is, also one for one election only; 0 before the first

    @property
    def content(self) -> Mapping[str, Any]:
        if self.draft is not None:
            content: Mapping[str, Any] = self.draft.content
            return content
        return self.adopted.content if self.adopted else {}

    @property
    def regulation(self) -> Regulation:
        return read(self.content)[0]

    @property
    def based_on(self) -> int:
        """The version that a draft would begin from now; 0 before the first."""
        return self.adopted.version if self.adopted else 0

    @property
    def entered_at(self) -> datetime | None:
        """When the version that a draft would begin from came in."""
        return self.adopted.entered_at if self.adopted else None

    @property
    def revision(self) -> int:
        """How often the draft was saved; 0 without one."""
        return self.draft.revision if self.draft else 0

    @property
    def is_overtaken(self) -> bool:
        """Has another version been entered since the draft was begun?"""
        return self.draft is not None and self.draft.based_on != self.based_on


def own_regulation(group: ElectoralGroup, *, before: int | None = None) -> AdoptedRegulation | None:
    """The newest version that is no decision for one election; with `before`, of those before it."""
    own = group.regulations.filter(case_of=None)
    return (own if before is None else own.filter(version__lt=before)).first()


def rules_stand_for(group: ElectoralGroup) -> bool:
    """Is an election of this group announced and not concluded?"""
    newest = Round.objects.filter(election=OuterRef("election")).order_by("-number")
    current = Round.objects.filter(
        election__group=group, number=Subquery(newest.values("number")[:1])
    )
    return current.filter(state__in=RULES_STAND, annulled_at=None).exists()


def versions_of(group: ElectoralGroup) -> list[AdoptedRegulation]:
    """Newest first, without their attached texts, which stay sealed."""
    versions = group.regulations.select_related("adopted_by").defer("text", "adopted_by__paper")
    return list(versions)


def newest_of(group: ElectoralGroup) -> AdoptedRegulation | None:
    """The version in force, be it for one election only."""
    versions = group.regulations.select_related("adopted_by").defer("text", "adopted_by__paper")
    return versions.first()


def written_of(group: ElectoralGroup) -> Written:
    newest = newest_of(group)
    own = newest if newest is None or newest.case_of_id is None else own_regulation(group)
    draft = RegulationDraft.objects.filter(group=group).first()
    return Written(own, draft, newest.version if newest else 0)


def approval_of(adopted: AdoptedRegulation | None) -> Decision | None:
    """By which decision the group adopted it: what was decided for one election only is another."""
    if adopted is None or adopted.case_of_id is None:
        return adopted.adopted_by if adopted else None
    own = own_regulation(adopted.group, before=adopted.version)
    return own.adopted_by if own else None


def common_rules_of(body: Body) -> CommonRules | None:
    """The newest version of what all groups decided together."""
    return (
        CommonRules.objects.filter(body=body)
        .select_related("adopted_by")
        .defer("adopted_by__paper")
        .first()
    )


def around(
    regulation: Regulation,
    approved_by: Decision | None,
    common: CommonRules | None,
    body: Body | None = None,
) -> Around:
    """What is known beside the answers; a draft is approved by nobody yet. Which regions a group's
    mapping has, nobody enters: the rule is not judged on it."""
    together = Around(
        common=common.content if common else None,
        tightened=frozenset(common.tightened) if common else frozenset(),
        most_terms=body.terms_in_a_row if body else None,
    )
    return approved(together, regulation, approved_by)


def approved(together: Around, regulation: Regulation, approved_by: Decision | None) -> Around:
    """The same, with the decision by which the group adopted it."""
    if approved_by is None:
        return together
    return replace(together, approval=_approval(approved_by, regulation))


def _approval(decision: Decision, regulation: Regulation) -> Approval:
    return Approval(
        body=decision.made_by,
        kind=regulation.approval_kind or "",
        made_on=decision.made_on,
        number=decision.number,
    )


def newest_of_groups(groups: Iterable[ElectoralGroup]) -> dict[int, AdoptedRegulation]:
    """By primary key of the group; a group without a regulation is not among them."""
    versions = AdoptedRegulation.objects.filter(group=OuterRef("group")).order_by("-version")
    newest = AdoptedRegulation.objects.filter(
        group__in=[group.pk for group in groups], version=Subquery(versions.values("version")[:1])
    )
    shown = newest.select_related("adopted_by", "group").defer("text", "adopted_by__paper")
    return {each.group_id: each for each in shown}
