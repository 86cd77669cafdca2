from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okil.areas.elections.forms.voters import refuse_identity_number
from okil.areas.elections.models import RuleQuestion
from okil.areas.elections.wording.rule_questions import STATUSES, rule_name
from okil.foundation.web.forms import OkilForm, TextsFormField, say_what_to_do
from okil.foundation.web.languages import Texts
from okil.pure.rules.regulation import RULES

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST = 1200
LONGEST_ANSWER = 2000
NAME_NOBODY = _("Name nobody, and nothing by which somebody could be known: everybody may read it.")


class PublicTexts(TextsFormField):
    """Words that everybody may read, in one language at least, without an identity number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=5, max_length=LONGEST_ANSWER, **kwargs)

    def validate(self, value: Texts) -> None:
        super().validate(value)
        for text in value.values():
            refuse_identity_number(text)


def _question_field(**kwargs: Any) -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[refuse_identity_number],
        **kwargs,
    )


def rule_choices() -> list[tuple[str, Any]]:
    return [("", _("None of them, or I do not know")), *((rule, rule_name(rule)) for rule in RULES)]


class AskForm(OkilForm):
    text = _question_field(
        label=_("What is not clear"),
        help_text=_(
            "Describe the situation, in one language. Name nobody, and nothing by which somebody could"
            " be known: all officers read it, and with its answer everybody."
        ),
    )
    on_behalf_of = forms.ChoiceField(
        label=_("Who asks"),
        choices=[
            ("", pgettext_lazy("who asks", "I do, in my own role")),
            ("voter", pgettext_lazy("who asks", "A voter, through me")),
            ("candidate", pgettext_lazy("who asks", "A candidate, through me")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial="",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = forms.ChoiceField(
            label=_("Which rule it is about"),
            help_text=_("If you know it. The titles are those of the regulation."),
            choices=rule_choices(),
            required=False,
        )
        self.order_fields(["text", "rule", "on_behalf_of"])
        say_what_to_do(self)


class SeenForm(OkilForm):
    seen = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def has_seen(self, seen: str) -> None:
        """What stands now is shown beside the form: posted once more, it is known."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = seen
        self.data = data


class AnswerForm(SeenForm):
    text = _question_field(
        label=_("The question, as everybody will read it"),
        help_text=_("Take out what would tell who asked, or who it is about."),
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = PublicTexts(
            label=_("The answer"), help_text=NAME_NOBODY, languages=languages
        )
        say_what_to_do(self)


class ProposalForm(SeenForm):
    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposal"] = PublicTexts(
            label=_("What the regulation should say"),
            help_text=_(
                "In words that can stand in it. Name nobody: everybody may read it, and whoever writes"
                " the next regulation works with it."
            ),
            languages=languages,
        )
        say_what_to_do(self)


class StatusFilter(OkilForm):
    """How far the questions shown are; anything else that an address says shows all."""

    status = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("All questions")), *STATUSES.items()],
        required=False,
    )

    def chosen(self) -> str:
        return str(self.cleaned_data["status"]) if self.is_valid() else ""


def as_answered(question: RuleQuestion, seen: str) -> dict[str, Any]:
    """What the form of an answer begins with: the question, and what was answered before."""
    return {"seen": seen, "text": question.text, "answer": question.answer}
