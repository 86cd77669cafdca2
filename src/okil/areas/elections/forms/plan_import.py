from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from okil.areas.elections.wording import PLAN_ROLES
from okil.foundation.web import dates
from okil.foundation.web.forms import OkilForm
from okil.pure.rules import plan_words
from okil.pure.rules.plan import NotAPlan
from okil.pure.rules.plan_file import data_from
from okil.pure.rules.plan_texts import Bounds, Written, as_data, written_in
from okil.pure.rules.repair import REPAIRED_AT_MOST
from okil.pure.rules.stages import Stage

MEGABYTES_AT_MOST = 1
# No plan is taken over for which nothing can be proposed; a number fits its column.
BOUNDS = Bounds(
    actions=REPAIRED_AT_MOST,
    number=32_767,
    stages=frozenset(map(int, Stage)),
    roles=frozenset(PLAN_ROLES),
)
SALT = "plan-import"


class PlanFileForm(OkilForm):
    """`known`: the numbers of the actions whose titles need not stand in the file."""

    file = forms.FileField(
        label=_("The plan as a file"),
        help_text=_(
            "JSON, as this site and the command “okil plan” write it, up to 1 MB. Nothing is changed "
            "before you have seen what would change."
        ),
    )

    def __init__(self, *args: Any, known: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_file(self) -> tuple[Written, ...]:
        raw = self.cleaned_data["file"].read()
        try:
            written = written_in(data_from(raw, megabytes=MEGABYTES_AT_MOST), BOUNDS)
            self._require_titles(written)
        except NotAPlan as reason:
            days = plan_words.Days(dates.day, dates.weekday)
            language = (get_language() or "ru")[:2]
            raise ValidationError(plan_words.failure(reason, language, days)) from reason
        return written

    def _require_titles(self, written: Collection[Written]) -> None:
        for place, each in enumerate(written):
            if each.title is None and each.action.number not in self.known:
                raise NotAPlan(
                    "title-missing", action=each.action.number, place=f"actions[{place}].title"
                )


class TakeOverForm(OkilForm):
    """Carries what was shown, signed: what is taken over is what somebody has seen."""

    carried = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cycle: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle

    def clean(self) -> dict[str, Any]:
        try:
            shown = signing.loads(self.cleaned_data.get("carried", ""), salt=SALT)
        except signing.BadSignature:
            shown = {}
        if shown.get("cycle") != self.cycle:
            raise ValidationError(_("What was to be taken over is lost: choose the file again."))
        return {"revision": shown["revision"], "written": written_in(shown["plan"], BOUNDS)}


def carried(cycle: int, revision: int, written: Collection[Written]) -> str:
    """What the page carries from the preview to the button."""
    shown = {"cycle": cycle, "revision": revision, "plan": as_data(written)}
    return signing.dumps(shown, salt=SALT, compress=True)
