"""The lists of a group: closed, issued, handed over; the Secretariat's view of all groups' lists."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import lists as actions
from okil.areas.elections.documents import candidates as candidate_papers
from okil.areas.elections.documents import voters as voter_papers
from okil.areas.elections.documents.officers import TITLES
from okil.areas.elections.forms.lists import EmptyPostForm
from okil.areas.elections.models import Candidate, EmptyPost, Round
from okil.areas.elections.queries import candidates as applicants
from okil.areas.elections.queries import lists as known
from okil.areas.elections.queries import several_roles as crossings
from okil.areas.elections.queries import voters as roll
from okil.areas.elections.views.tabs import cycle_tabs, election_tabs
from okil.areas.elections.views.voters import counted, head_of, is_open, is_over, where
from okil.areas.elections.wording.candidates import PLACES
from okil.foundation import documents
from okil.foundation.accounts import officer_required
from okil.foundation.documents.models import File
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.foundation.web.forms import OkilForm
from okil.foundation.web.widgets import LANGUAGE_NAMES
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation
from okil.pure.rules.stages import Stage

TAB = "lists"
PAPERS = (
    (voter_papers.ROLL, "7.13"),
    (candidate_papers.LIST, "7.14"),
    (candidate_papers.ADMISSION, "7.15"),
    (candidate_papers.PUBLISHED, "7.17"),
)


@officer_required
def lists(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Where the lists stand: open, closed, handed over; the papers on them; places nobody stands for."""
    visit = access.election_for(request.user, year, slug)
    at = clock.now()
    found = queries.whereabouts_of(visit.election)
    row = found.round
    closing = roll.closing_of(row)
    counts = roll.roll_counts(row)
    applied = list(applicants.candidates_of(row).defer(*SEALED))
    may_change = visit.may("change", "candidate_list") and is_open(row)
    places = known.places_for(row, found.rules or Regulation())
    posts = known.empty_posts_of(row) if closing else []
    empty = _empty_places(applied, places, posts)
    undecided = known.undecided(applied)
    ends_at = found.ends.get(Stage.REGISTRATION)
    return render(
        request,
        "elections/lists.html",
        {
            **head_of(visit, found),
            "closing": closing,
            "ends_at": ends_at,
            "may_close": may_change and closing is None and is_over(ends_at, at),
            "voters": counted(counts),
            "candidates": sum(not each.is_late and each.withdrawn_at is None for each in applied),
            "undecided": undecided,
            "may_issue": may_change and closing is not None and not counts["waiting"],
            "may_hand_over": may_change
            and closing is not None
            and closing.handed_over_at is None
            and not undecided,
            "posts": [_post(post) for post in posts],
            "empty_places": [PLACES[place] for place in empty] if may_change and closing else [],
            "papers": _papers(visit, row),
            "is_organiser": may_change,
            "sees_crossings": _sees_crossings(visit),
            "tabs": election_tabs(visit, TAB),
        },
    )


SEALED = ("name", "contact", "experience", "term_history", "conflict")


def _sees_crossings(visit: Visit) -> bool:
    thing = "cross_community_flags"
    return visit.may("see", thing) or visit.may("see_counts", thing)


def _open_crossings(visit: Visit) -> str:
    """What is still to be said of people who seem to be in another group too."""
    n = crossings.open_in(visit.election, queries.current_round(visit.election))
    if not n:
        return ""
    return ngettext(
        "{n} question about somebody who seems to be in another group too is still open. It should be"
        " settled before the list is published.",
        "{n} questions about people who seem to be in another group too are still open. They should be"
        " settled before the list is published.",
        n,
    ).format(n=n)


def _post(post: EmptyPost) -> dict[str, Any]:
    return {"post": post, "place": PLACES[post.place]}


def _empty_places(
    applied: list[Candidate], places: tuple[str, ...], posts: list[EmptyPost]
) -> list[str]:
    """For which it may be recorded now that nobody stands."""
    recorded = {post.place for post in posts}
    return [
        place for place in known.places_that_may_be_empty(applied, places) if place not in recorded
    ]


def _papers(visit: Visit, row: Round) -> list[dict[str, Any]]:
    """The newest of each kind; internal files only for those who may open them."""
    newest = known.papers_of(roll.registration_round(row), [kind for kind, _number in PAPERS])
    rows = []
    for kind, requirement in PAPERS:
        files = newest.get(kind, [])
        sees = visit.may("see", actions.KINDS[kind])
        rows.append(
            {
                "title": TITLES[requirement],
                "issued": files[0].issued if files else None,
                "files": [_file(visit, each) for each in files if sees or each.published_by_owner],
            }
        )
    return rows


def _file(visit: Visit, file: File) -> dict[str, Any]:
    return {
        "text": f"{LANGUAGE_NAMES[file.language]}, {file.format.upper()}",
        "language": file.language,
        "is_public": file.published_by_owner,
        "url": reverse("list_paper", args=[*where(visit), file.pk]),
    }


def _organising(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    if not visit.may("change", "candidate_list"):
        raise Http404
    return visit


def _page(visit: Visit, **page: Any) -> dict[str, Any]:
    return {
        "election": visit.election,
        "back": reverse("lists", args=where(visit)),
        "tabs": election_tabs(visit, TAB),
        **page,
    }


@officer_required
def close(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Before it is done, once more what it means: it is not undone."""
    visit = _organising(request, year, slug)
    at = clock.now()
    return act(
        request,
        OkilForm(*posted(request)),
        lambda _form: actions.close_registration(visit.election.pk, actor=visit.user, at=at),
        template="elections/form.html",
        page=_page(
            visit,
            title=_("Close the lists"),
            lead=_(
                "Both lists are frozen as they are: voters and candidates cannot be entered, changed or"
                " withdrawn from the roll any more. Who comes later is kept and marked late."
            ),
            note=_(
                "The roll and the list of candidates are issued as papers; this opens the names and is"
                " recorded. If registration should go on, extend the stage first."
            ),
            button=_("Close the lists for good"),
            is_final=True,
        ),
        then=reverse("lists", args=where(visit)),
        done=_("The lists are closed. The commission now decides on every application."),
    )


@officer_required
@require_POST
def issue_roll(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _organising(request, year, slug)
    try:
        actions.issue_roll(visit.election.pk, actor=visit.user, at=clock.now())
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
    else:
        messages.success(request, _("The roll is issued as it was verified."))
    return HttpResponseRedirect(reverse("lists", args=where(visit)))


@officer_required
def hand_over(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _organising(request, year, slug)
    at = clock.now()
    return act(
        request,
        OkilForm(*posted(request)),
        lambda _form: actions.hand_over_list(visit.election.pk, actor=visit.user, at=at),
        template="elections/form.html",
        page=_page(
            visit,
            title=_("Hand the list to the Secretariat"),
            lead=_(
                "The Secretariat reads numbers and decisions, and publishes the list. Names become public"
                " only as each candidate consented."
            ),
            note=_(
                "The list and the commission's decision are issued as papers; this opens names and reasons"
                " and is recorded."
            ),
            warning=_open_crossings(visit),
            button=_("Hand it over"),
        ),
        then=reverse("lists", args=where(visit)),
        done=_("The list is with the Secretariat."),
    )


@officer_required
def empty_post(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """Why nobody stands for a place, and what was done about it (3.18)."""
    visit = _organising(request, year, slug)
    at = clock.now()
    found = queries.whereabouts_of(visit.election)
    row = found.round
    applied = list(applicants.candidates_of(row).defer(*SEALED))
    places = known.places_for(row, found.rules or Regulation())
    empty = _empty_places(applied, places, known.empty_posts_of(row))
    if not empty and request.method != "POST":
        raise Http404
    form = EmptyPostForm(*posted(request), places=empty)

    def perform(form: EmptyPostForm) -> None:
        given = form.cleaned_data
        actions.record_empty_post(
            visit.election.pk,
            place=given["place"],
            reason=given["reason"],
            meeting_on=given["meeting_on"],
            decision=form.facts(),
            help=given["help"],
            actor=visit.user,
            at=at,
        )

    return act(
        request,
        form,
        perform,
        template="elections/form.html",
        page=_page(
            visit,
            title=_("Nobody stands for a place"),
            lead=_("An additional meeting with the voters speaks of it and decides."),
            note=_("Everybody reads reason, meeting and help together with the list."),
            button=_("Record"),
        ),
        then=reverse("lists", args=where(visit)),
        done=_("Recorded. It is published with the list."),
    )


@officer_required
@require_GET
def paper(request: HttpRequest, year: int, slug: str, file: int) -> HttpResponse:
    """A file of a paper on the lists; an internal one is opened on the record."""
    visit = access.election_for(request.user, year, slug)
    try:
        found, content = actions.open_paper(
            file, election=visit.election, actor=visit.user, at=clock.now()
        )
    except File.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        if refused.code == "not-allowed":
            raise Http404 from None
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(reverse("undertakings", args=where(visit)))
    return documents.serve(content, found.name)


@officer_required
def candidate_lists(request: HttpRequest, year: int) -> HttpResponse:
    """The lists of all groups of a cycle, in numbers: which are handed over, which are published."""
    visit = access.cycle_for(request.user, year)
    rows = [
        {
            "list": each,
            "url": reverse("lists", args=[year, each.election.group.slug]),
            "move_url": reverse("workspace", args=[year, each.election.group.slug]),
            "is_published": each.round.state not in known.BEFORE_THE_LIST,
        }
        for each in known.lists_in(visit.cycle)
    ]
    return render(
        request,
        "elections/candidate_lists.html",
        {
            "cycle": visit.cycle,
            "rows": rows,
            "tabs": cycle_tabs(visit.standings, visit.cycle, "candidate_lists"),
        },
    )
