"""A group's own dates: set while it prepares, extended with a published reason afterwards."""

from __future__ import annotations

from collections import defaultdict

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from okil.areas.elections import access, queries, wording
from okil.areas.elections.actions import stages as actions
from okil.areas.elections.forms.cycles import DatesForm
from okil.areas.elections.forms.stages import ExtensionForm
from okil.areas.elections.models import Extension
from okil.areas.elections.views import shown
from okil.areas.elections.views.cycles import initial_dates
from okil.areas.elections.views.heads import head
from okil.areas.elections.views.tabs import election_tabs
from okil.foundation.accounts import officer_required
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.rules.stages import Stage, State, may_extend


@officer_required
def dates(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """The group's own dates: set while it prepares, read and extended afterwards."""
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    progress = queries.progress_of(visit.election, at=at)
    where = progress.where
    may_change = visit.may("change", "election_dates")
    changes: dict[int, list[Extension]] = defaultdict(list)
    for extension in Extension.objects.filter(dates__round=where.round):
        changes[extension.dates_id].append(extension)
    runs = where.suspension is None and not where.annulled
    may_set = may_change and runs and where.state is State.PREPARATION
    if request.method == "POST" and not may_change:
        raise Http404
    context = {
        **head(visit, progress),
        "dated": [
            {
                "row": row,
                "name": wording.stage_name(row.stage),
                "extensions": changes[row.pk],
                "may_extend": may_change and runs and may_extend(Stage(row.stage), where.state),
            }
            for row in where.dates.values()
        ],
        "may_set": may_set,
        "button": _("Save the dates"),
        "tabs": election_tabs(visit, "dates"),
    }
    form = DatesForm(
        *posted(request),
        zone=visit.election.cycle.body.time_zone,
        initial=initial_dates(dict(shown.edges_of(where))),
    )

    def perform(form: DatesForm) -> None:
        actions.set_dates(visit.election.pk, dates=form.dates(), actor=visit.user, at=at)

    return act(
        request,
        form,
        perform,
        template="elections/dates.html",
        page=context,
        then=reverse("election_dates", args=[year, slug]),
        done=_("The dates are saved."),
    )


@officer_required
def extend(request: HttpRequest, year: int, slug: str, stage: int) -> HttpResponse:
    at = clock.now()
    visit = access.election_for(request.user, year, slug)
    where = queries.whereabouts_of(visit.election)
    row = where.dates.get(Stage(stage)) if stage in Stage.__members__.values() else None
    if row is None or not visit.may("change", "election_dates"):
        raise Http404
    form = ExtensionForm(
        *posted(request),
        zone=visit.election.cycle.body.time_zone,
        initial={"to_at": row.ends_at},
    )

    def perform(form: ExtensionForm) -> None:
        actions.extend_stage(
            visit.election.pk,
            stage=Stage(stage),
            to_at=form.cleaned_data["to_at"],
            reason=form.cleaned_data["reason"],
            actor=visit.user,
            at=at,
        )

    back = reverse("election_dates", args=[year, slug])
    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page={
            "title": _("Extend: {stage}").format(stage=wording.stage_name(stage)),
            "lead": _(
                "The new end and its reason appear on the group's page at once. The stages after it "
                "move along by as much."
            ),
            "button": _("Extend and publish the reason"),
            "back": back,
            "tabs": election_tabs(visit, "dates"),
        },
        then=back,
        done=_("The stage is extended; the group's page gives the reason."),
    )
