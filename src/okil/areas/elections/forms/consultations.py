from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.bodies.models import ElectoralGroup
from okil.areas.elections.actions.consultations import ConsultationFacts
from okil.areas.elections.models import Consultation
from okil.areas.elections.wording import stage_name
from okil.areas.elections.wording.consultations import CONSULTATION_KINDS, TOPICS, WAYS
from okil.foundation.web.forms import DayField, OkilForm, TextsFormField
from okil.pure.rules.stages import Stage

LONGEST = 20_000
MOST_PEOPLE = 2_000


class ConsultationForm(OkilForm):
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What kind of meeting"),
        choices=[(each.value, CONSULTATION_KINDS[each.value]) for each in Consultation.Kind],
        widget=forms.RadioSelect,
    )
    held_on = DayField(label=_("On which day"))
    way = forms.ChoiceField(
        label=_("How people met"),
        choices=[(each.value, WAYS[each.value]) for each in Consultation.Way],
        widget=forms.RadioSelect,
    )
    came = forms.IntegerField(label=_("How many people came"), min_value=1, max_value=MOST_PEOPLE)
    topics = forms.MultipleChoiceField(
        label=_("What was spoken of"),
        choices=[(each.value, TOPICS[each.value]) for each in Consultation.Topic],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other_topics = TextsFormField(
        label=_("What else was spoken of"),
        help_text=_("In your own words. All officers read it: name no person."),
        max_length=500,
        required=False,
    )
    materials = TextsFormField(
        label=_("What was handed out"),
        help_text=_("Titles, and where they can be found. All officers read it: name no person."),
        max_length=1000,
        rows=3,
        required=False,
    )
    minutes = forms.CharField(
        label=pgettext_lazy("consultation", "Minutes"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(
        self, *args: Any, groups: Sequence[ElectoralGroup], has_minutes: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_slug = {group.slug: group for group in groups}
        self.fields["groups"] = forms.MultipleChoiceField(
            label=_("Which groups were represented"),
            choices=[(slug, str(group.public_name)) for slug, group in self.by_slug.items()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["stages"] = forms.TypedMultipleChoiceField(
            label=_("Of which stages"),
            choices=[(int(stage), str(stage_name(stage))) for stage in Stage],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["minutes"].required = not has_minutes
        self.fields["minutes"].help_text = HINTS[has_minutes]
        self.order_fields(ORDER)

    def facts(self) -> ConsultationFacts:
        given: dict[str, Any] = {**self.cleaned_data}
        given.pop("seen")
        groups = [self.by_slug[slug] for slug in given.pop("groups")]
        return ConsultationFacts(groups=groups, **given)


HINTS = {
    False: _("What was said and agreed, in one language. Kept sealed; each opening is recorded."),
    True: _("Leave this empty, and the minutes stay as they are. What you write replaces them."),
}
ORDER = [
    "kind",
    "held_on",
    "way",
    "came",
    "groups",
    "topics",
    "stages",
    "other_topics",
    "materials",
    "minutes",
    "seen",
]


def as_entered(held: Consultation) -> dict[str, Any]:
    """What the form shows of a meeting that is corrected; its minutes stay sealed."""
    return {
        "kind": held.kind,
        "held_on": held.held_on,
        "way": held.way,
        "came": held.came,
        "groups": [group.slug for group in held.groups.all()],
        "topics": held.topics,
        "stages": held.stages,
        "other_topics": held.other_topics,
        "materials": held.materials,
        "seen": held.version,
    }
