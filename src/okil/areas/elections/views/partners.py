"""Letters to partner organisations: whom the group asked for what, and what they answered."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import partners as actions
from okil.areas.elections.documents.partners import LETTER
from okil.areas.elections.forms.partners import LetterForm, ReplyForm
from okil.areas.elections.models import PartnerLetter
from okil.areas.elections.queries.officers import newest_papers
from okil.areas.elections.queries.partners import letters_of
from okil.areas.elections.views import shown
from okil.areas.elections.views.officers import files_shown, page_of
from okil.areas.elections.wording.partners import FUNCTIONS, REPLIES
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock

MARKS = {"none": "wait", "accepted": "ok", "declined": "bad"}
USUAL_TERM = timedelta(days=10)


def _entering(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "officers"):
        raise Http404
    return visit


@officer_required
def letters(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _entering(request, year, slug)
    found = list(letters_of(visit.election))
    issued = newest_papers(LETTER, found)
    today = shown.day_of(clock.now())
    return render(
        request,
        "elections/letters.html",
        {
            **page_of(visit),
            "letters": [
                {
                    "letter": each,
                    "function": FUNCTIONS[each.function],
                    "mark": {"kind": MARKS[each.reply], "word": REPLIES[each.reply]},
                    "is_overdue": each.reply == "none" and each.answer_by < today,
                    "files": files_shown(issued.get(each.pk), "officers_paper", [year, slug]),
                }
                for each in found
            ],
        },
    )


@officer_required
def write(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    at = clock.now()
    visit = _entering(request, year, slug)
    back = reverse("letters", args=[year, slug])
    return act(
        request,
        LetterForm(*posted(request), initial={"answer_by": shown.day_of(at) + USUAL_TERM}),
        lambda form: actions.write_letter(
            visit.election.pk, **form.cleaned_data, actor=visit.user, at=at
        ),
        template="elections/form.html",
        page={
            "title": _("Ask a partner in writing"),
            "lead": _(
                "The letter says what is asked, by which principles and until when. It gets a number "
                "and is ready in three languages to be sent from your own mailbox."
            ),
            "button": _("Write the letter"),
            "back": back,
            **page_of(visit),
        },
        then=back,
        done=_("The letter is ready. Send it, and note the answer here."),
    )


@officer_required
def reply(request: HttpRequest, year: int, slug: str, letter: int) -> HttpResponse:
    at = clock.now()
    visit = _entering(request, year, slug)
    found = get_object_or_404(PartnerLetter, pk=letter, election=visit.election)
    back = reverse("letters", args=[year, slug])
    return act(
        request,
        ReplyForm(*posted(request), initial={"replied_on": shown.day_of(at)}),
        lambda form: actions.record_reply(found.pk, **form.cleaned_data, actor=visit.user, at=at),
        template="elections/form.html",
        page={
            "title": _("Answer of {organisation}").format(organisation=found.organisation),
            "lead": _("If it accepts, invite the person it names: page “People”."),
            "button": _("Note the answer"),
            "back": back,
            **page_of(visit),
        },
        then=back,
        done=_("The answer is noted."),
    )
