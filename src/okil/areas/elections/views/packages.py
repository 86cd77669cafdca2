"""The group's package: made, downloaded on the record, checked; all groups' packages for the Secretariat."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from okil.areas.bodies.models import RoleName
from okil.areas.elections import access, queries
from okil.areas.elections.access import Visit
from okil.areas.elections.actions import packages as actions
from okil.areas.elections.forms.packages import BuildForm, CheckForm
from okil.areas.elections.models import Package
from okil.areas.elections.queries import packages as known
from okil.areas.elections.queries.packages import PackageOfGroup
from okil.areas.elections.views.assembly import or_404, page_of, pressed, scene
from okil.areas.elections.views.cycles import public_order
from okil.areas.elections.views.tabs import cycle_tabs
from okil.areas.elections.wording.packages import CHECKS, PARTS, WARNINGS
from okil.areas.elections.wording.stages import state_name
from okil.foundation.accounts import officer_required
from okil.foundation.web import refusals
from okil.foundation.web.acts import act, posted
from okil.foundation.web.clock import clock
from okil.pure.packages.verify import Report
from okil.pure.refusal import Refused
from okil.pure.rules.stages import Stage

TAB = "package"


def _entering(request: HttpRequest, year: int, slug: str) -> Visit:
    visit = access.election_for(request.user, year, slug)
    or_404(visit.may("see_counts", "package"))
    return visit


@officer_required
@require_GET
def package(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    """What the package is made of, what is missing, its versions and what became of them."""
    visit = _entering(request, year, slug)
    where = queries.whereabouts_of(visit.election)
    row = where.round
    versions = list(known.packages_of(row))
    newest = versions[0] if versions else None
    protocol = known.protocol_with_numbers(row)
    is_open = (
        where.state in known.OPEN_FOR_PACKAGES and where.suspension is None and not where.annulled
    )
    parts = known.parts_of(protocol)
    is_ready = all(part.is_there for part in parts)
    due = where.dates.get(Stage.RESULTS)
    return render(
        request,
        "elections/package.html",
        {
            **scene(visit, TAB),
            "versions": [_version(each) for each in versions],
            "newest": _version(newest) if newest else None,
            "protocol": protocol,
            "parts": [{"title": PARTS[part.kind], "part": part} for part in parts if part.needed],
            "is_open": is_open,
            "is_ready": is_ready,
            "is_outdated": newest is not None
            and protocol is not None
            and newest.protocol_id != protocol.pk,
            "remarked_since": newest is not None and known.remarked_since(newest),
            "is_handed_over": where.state in known.HANDED_OVER,
            "may_build": visit.may("change", "package") and is_open and is_ready,
            "is_organiser": visit.is_a(RoleName.ORGANISER),
            "may_read": visit.may("see", "package"),
            "may_check": visit.may("decide", "package") and newest is not None,
            "form": BuildForm(initial={"seen_version": newest.version if newest else 0}),
            "due_at": due.ends_at if due else None,
        },
    )


def _version(package: Package) -> dict[str, Any]:
    check = known.check_of(package)
    return {
        "package": package,
        "kilobytes": -(-package.content_bytes // 1024),
        "check": check,
        "mark": _mark(check),
    }


def _mark(check: Any) -> dict[str, Any]:
    if check is None:
        return {"kind": "wait", "word": _("not checked yet")}
    if check.is_complete:
        return {"kind": "ok", "word": _("complete")}
    return {"kind": "bad", "word": _("sent back")}


@officer_required
@require_POST
def build(request: HttpRequest, year: int, slug: str) -> HttpResponse:
    visit = _entering(request, year, slug)
    or_404(visit.may("change", "package"))
    form = BuildForm(request.POST)
    or_404(form.is_valid())
    at = clock.now()
    return pressed(
        request,
        lambda: actions.build_package(
            visit.election.pk,
            seen_version=form.cleaned_data["seen_version"],
            actor=visit.user,
            at=at,
        ),
        then=page_of("package", visit),
        done=_("The package is made, and all ten checks passed."),
    )


@officer_required
@require_POST
def download(request: HttpRequest, year: int, slug: str, version: int) -> HttpResponse:
    """The file, on the record: it names people."""
    visit = _entering(request, year, slug)
    or_404(visit.may("see", "package"))
    try:
        content = actions.read_package(
            visit.election.pk, version=version, actor=visit.user, at=clock.now()
        )
    except Refused as refused:
        messages.error(request, refusals.sentence(refused))
        return HttpResponseRedirect(page_of("package", visit))
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="package-{year}-v{version}.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


# The Secretariat


@officer_required
def check(request: HttpRequest, year: int, slug: str, version: int) -> HttpResponse:
    """Ten checks and the checklist, when a button asks for them; then the answer."""
    visit = _entering(request, year, slug)
    or_404(visit.may("decide", "package"))
    at = clock.now()
    where = queries.whereabouts_of(visit.election)
    found = known.packages_of(where.round).filter(version=version).first()
    or_404(found is not None)
    assert found is not None
    due = where.dates.get(Stage.RESULTS)
    page = {
        **scene(visit, TAB),
        "version": _version(found),
        "due_at": due.ends_at if due else None,
        "is_late": due is not None and found.made_at > due.ends_at,
        "back": page_of("package", visit),
    }
    if "answer" not in request.POST:
        return _examined(request, visit, found, page, at=at)

    def perform(form: CheckForm) -> None:
        actions.check_package(
            visit.election.pk,
            version=version,
            missing=form.missing_said(),
            actor=visit.user,
            at=at,
        )

    return act(
        request,
        CheckForm(*posted(request)),
        perform,
        template="elections/package_check.html",
        page={**page, "is_examined": True},
        then=page["back"],
        done=_("Your answer is recorded."),
    )


def _examined(
    request: HttpRequest, visit: Visit, found: Package, page: dict[str, Any], *, at: datetime
) -> HttpResponse:
    if request.method == "POST":
        try:
            report = actions.examine_package(
                visit.election.pk, version=found.version, actor=visit.user, at=at
            )
        except Refused as refused:
            messages.error(request, refusals.sentence(refused))
            return HttpResponseRedirect(page["back"])
        page |= {"is_examined": True, **_report(report)}
    return render(request, "elections/package_check.html", {**page, "form": CheckForm()})


def _report(report: Report) -> dict[str, Any]:
    files = report.manifest["files"] if report.manifest else []
    kinds = Counter(each["kind"] for each in files)
    return {
        "checks": [
            {
                "number": each.number,
                "title": CHECKS[each.number],
                "kind": {True: "ok", False: "bad", None: "wait"}[each.ok],
                "word": {True: _("holds"), False: _("fails"), None: _("not reached")}[each.ok],
                "found": ", ".join([str(each.reason), *map(str, each.facts.values())])
                if each.ok is False
                else "",
            }
            for each in report.checks
        ],
        "is_verified": report.verified,
        "warnings": list(
            dict.fromkeys(WARNINGS[each.code] for each in report.warnings if each.code in WARNINGS)
        ),
        "checklist": [{"title": title, "files": kinds[kind]} for kind, title in PARTS.items()],
    }


@officer_required
@require_GET
def packages(request: HttpRequest, year: int) -> HttpResponse:
    """The packages of all groups: which are there, which are late, which wait for the Secretariat."""
    visit = access.cycle_for(request.user, year)
    at = clock.now()
    found = known.packages_in(visit.cycle)
    rows = sorted(found, key=lambda each: public_order(each.where))
    return render(
        request,
        "elections/packages.html",
        {
            "cycle": visit.cycle,
            "rows": [_row(each, at=at) for each in rows],
            "waiting": sum(each.is_handed_over and each.check is None for each in found),
            "tabs": cycle_tabs(visit.standings, visit.cycle, "packages"),
        },
    )


def _row(each: PackageOfGroup, *, at: datetime) -> dict[str, Any]:
    package = each.package
    return {
        "group": each.round.election.group,
        "state": state_name(each.round.state),
        "package": package,
        "mark": _mark(each.check) if package and each.is_handed_over else None,
        "is_handed_over": each.is_handed_over,
        "is_late": each.is_late(at),
        "due_at": each.due_at,
    }
