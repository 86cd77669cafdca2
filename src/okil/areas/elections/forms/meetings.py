from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from okil.areas.bodies.models import Role
from okil.areas.bodies.queries import role_name
from okil.areas.elections.models import Meeting
from okil.areas.elections.wording.meetings import MEETING_KINDS
from okil.foundation.web.forms import MomentField, OkilForm, TextsFormField

LONGEST = 20_000


class MeetingForm(OkilForm):
    kind = forms.ChoiceField(
        label=_("What about"),
        choices=[(each.value, MEETING_KINDS[each.value]) for each in Meeting.Kind],
        widget=forms.RadioSelect,
    )
    place = TextsFormField(label=_("Where"), help_text=_("A place, or “online”."), max_length=200)
    minutes = forms.CharField(
        label=_("Minutes"),
        help_text=_(
            "What was said and decided, in one language. Kept sealed; each opening is recorded. Speak "
            "of applicants by their numbers."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, zone: str, officers: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_number = {str(role.pk): role for role in officers}
        self.fields["begins_at"] = MomentField(zone=zone, label=_("Begun"))
        self.fields["ends_at"] = MomentField(zone=zone, label=_("Ended"))
        self.fields["present"] = forms.MultipleChoiceField(
            label=_("Who was there"),
            choices=[(pk, _called(role)) for pk, role in self.by_number.items()],
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(["kind", "begins_at", "ends_at", "place", "present", "minutes"])

    def clean_present(self) -> list[Role]:
        return [self.by_number[pk] for pk in self.cleaned_data["present"]]


def _called(role: Role) -> str:
    return _now("{role}, person no. {number}").format(
        role=role_name(role.role), number=role.person.number
    )
