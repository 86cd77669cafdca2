"""A group's schedule of stages as a file: a draft to look at, and the paper with its number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from okil.areas.elections import access, queries
from okil.areas.elections.actions import schedules as actions
from okil.areas.elections.documents.officers import TITLES
from okil.areas.elections.documents.plan import SCHEDULE, schedule_facts
from okil.areas.elections.forms.officers import SeenForm
from okil.areas.elections.queries.officers import newest_paper
from okil.areas.elections.views import officers
from okil.areas.elections.views.assembly import or_404, page_of
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.documents.kinds import PUBLIC
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock


@officer_required
@require_GET
def draft(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The dates as they stand now, in the reader's language."""
    visit = access.election_for(request.user, year, slug)
    dates = queries.whereabouts_of(visit.election).dates.values()
    language = get_language() or "ru"
    facts = schedule_facts(visit.election, dates)
    content = documents.draft(SCHEDULE, facts=facts, language=language, audience=PUBLIC)
    return documents.serve(content, f"draft-{language}.pdf")


@officer_required
def issue(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("change", "election_dates"))
    newest = newest_paper(SCHEDULE, visit.election)
    return act(
        request,
        SeenForm(*posted(request), initial={"seen": newest.version if newest else 0}),
        lambda form: actions.issue_schedule(
            visit.election.pk, seen=form.cleaned_data["seen"], actor=visit.user, at=clock.now()
        ),
        template="elections/form.html",
        page={
            **officers.page_of(visit, "own_plan"),
            "title": TITLES["7.03"],
            "lead": _(
                "The paper gets a number and is kept in three languages. Everybody can read it: it "
                "names the group by its public name, and nobody."
            ),
            "button": _("Issue the paper"),
            "back": page_of("own_plan", visit),
        },
        then=page_of("papers", visit),
        done=_("The paper is issued."),
    )
