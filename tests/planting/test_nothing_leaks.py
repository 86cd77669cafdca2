"""What is sealed is found nowhere: no table, journal row, page, mail, log or file shows a name.

A world plants names with real actions and says which pages to open. To add one, write a function that
answers a `World` and name it in WORLDS.
"""

from __future__ import annotations

import logging
import pickle
import re
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from okil.areas.bodies.models import RoleName
from okil.foundation import vault
from okil.foundation.audit import Actor
from okil.foundation.audit.tests.emptying import _journal_may_be_emptied
from okil.foundation.documents.kinds import PUBLIC
from okil.foundation.web.clock import clock
from okil.pure.rules.stages import State
from tests.planting import kept, sources
from tests.planting.applicants import applied_themselves
from tests.planting.askers import asked_by, checked_by_the_commission
from tests.planting.hunter import find
from tests.planting.kept import AT, Kept

if TYPE_CHECKING:
    from okil.areas.elections.models import Election

__all__ = ["_journal_may_be_emptied"]

# What is public is looked at as visitors get it.
OFFICE = r"/ru/(?:office|account)/(?!.*/(?:papers|protocol/\d+)/public/)"


@dataclass
class World:
    """What was planted, what its owners published, who walks through the pages beside a visitor, and
    whatever else was written on the way. Of what is known to be sealed nobody reads the noise.
    """

    needles: list[str]
    texts: list[str] = field(default_factory=list)
    public: list[str] = field(default_factory=list)
    officers: dict[str, Client] = field(default_factory=dict)
    written: dict[str, object] = field(default_factory=dict)
    files: sources.Cells = field(default_factory=dict)
    sealed: frozenset[bytes] = frozenset()
    filled: set[str] = field(default_factory=set)
    packages: sources.Cells = field(default_factory=dict)
    never_in_packages: list[str] = field(default_factory=list)
    kinds: frozenset[str] = frozenset()


# What must have been opened at least once, so that finding nothing in it says something.
OFFICE_FILE = "application/vnd.openxmlformats-officedocument."
KINDS = frozenset(
    {
        "text/html",
        "text/calendar",
        "application/json",
        "application/pdf",
        f"{OFFICE_FILE}spreadsheetml.sheet",
    }
)
ALL_KINDS = KINDS | {"text/csv", f"{OFFICE_FILE}wordprocessingml.document"}


def guests() -> World:
    """The vault alone: saved, changed, found, opened, a failed save, a failed opening."""
    from okil.foundation.vault.tests.models import Guest

    actor = Actor("secretariat", 7)
    guest = Guest.objects.create(
        name="Клёнова Дина", phone="+7 701 555 43 21", papers=NOTE.encode()
    )
    Guest.objects.bulk_create([Guest(name="Ромашкина Вера", party=2)])
    guest.name = "Липова Анжелика"
    guest.save()
    vault.find(Guest, "name", "Липова Анжелика", scope="body-1").get()
    vault.open(Guest.objects.filter(party=1), "officers", actor=actor, at=AT)
    logging.getLogger("okil").warning("%s %r %s", guest, guest, guest.name)

    written: dict[str, object] = {"repr": [guest, guest.name, vars(guest)]}
    written["pickle"] = pickle.dumps(guest)
    for failing in (Guest(party=None), Guest.objects.get(party=2)):
        try:
            failing.name = "Осокина Тамара"
            vault.open([failing], "officers", actor=actor, at=AT)
        except Exception:
            written[f"traceback {len(written)}"] = traceback.format_exc()
    vault.destroy("body-2", "officers", actor=actor, at=AT)
    return World(
        needles=[
            "Клёнова Дина",
            "Ромашкина Вера",
            "Липова Анжелика",
            "Осокина Тамара",
            "Тростникова",
            "+7 701 555 43 21",
        ],
        written=written,
    )


NOTE = "Справка выдана: Тростникова"


def demonstration() -> World:
    """Ten groups in ten states, hundreds of people: whatever the vault keeps of them that its owner
    has not published; in all papers for everybody, and on every page of every role.
    """
    from okil.site.demonstration.build import build

    build(at=datetime.now(UTC))
    world = _all_that_is_kept(("concluded", "voting"))
    assert world.filled >= NOT_IN_ONE_ELECTION
    world.kinds = ALL_KINDS
    return world


def seldom_written() -> World:
    """What the demonstration does not have: a lot between equals with its witnesses, a complaint
    with its name, a candidate of long standing, a scan of a signature, a dissent, voters who registered
    themselves.
    """
    from okil.areas.elections.tests import given
    from okil.areas.elections.tests.given import (
        ballots,
        candidates,
        complaints,
        consultations,
        count,
        officers,
        protocols,
        voters,
    )

    rules = {**given.RULES, "tie": "lot", "directness": "indirect"}
    election = given.election(State.REGISTRATION, rules=rules)
    for earlier in ("", "", "Выбрана в 2018 году вместо Багульниковой."):
        contact = "+7 701 555 43 21"  # the usual one stands in the notices too
        candidates.candidate(election, term_history=earlier, contact=contact)
    voters.voters(election, 12)
    written = _entered_by_the_organiser(election)
    tickets = _registered_themselves(election)
    tickets += applied_themselves(election)
    checked_by_the_commission(election)
    given.moved_to(State.CANDIDATES_PUBLISHED, election)
    tickets += asked_by(tickets[0], election)
    ballots.ballots_ready(election, 60)
    given.moved_to(State.VOTING, election)
    ballots.papers_given(election, 12)
    given.moved_to(State.COUNTING, election)
    count.counted(election, {1: 5, 2: 5, 3: 2})
    count.tie_settled(election, [2, 1])
    protocol = protocols.drawn_up(election)
    first, second = officers.roles_of(election, RoleName.COMMISSIONER)
    dissent = "Урну вскрыла Незабудкина одна."
    protocols.signed_by(protocol, first, dissent=dissent, at=protocols.SIGNED_AT)
    protocols.signed_on_paper(protocol, second, at=protocols.SIGNED_AT)
    protocols.remark(election)
    complaints.complaint(election, at=given.moment(9, 13, 18))
    officers.meeting(election, at=given.moment(9, 13, 19))
    consultations.consultation(election.cycle, at=given.moment(9, 13, 19))
    given.it_is(given.moment(9, 14, 6))
    world = _all_that_is_kept(("counting",))
    assert kept.every_field() - world.filled == NOT_IN_ONE_ELECTION | NOT_WRITTEN_YET
    world.needles += tickets + written
    world.kinds = KINDS
    return world


# Sealed fields that only the demonstration fills; whoever adds a field adds a plant.
NOT_IN_ONE_ELECTION = {"decision.paper", "package.content", "person.name_latin"}
NOT_WRITTEN_YET = {"adoptedregulation.text"}  # no action can


def _registered_themselves(election: Election) -> list[str]:
    """A person by the form, who looks and corrects; an organisation with its paper. Their tickets."""
    from okil.areas.elections.tests.given import registration, voters

    clock.set_source(lambda: voters.ENTERED_AT)
    form = reverse("register", args=[election.cycle.year, election.group.slug])
    said = {"name": "Василькова Маргарита", "region": "KZ-71", "contact": "+7 702 555 98 76"}
    basis = "Хожу на собрания у Горицветовой."
    said["meeting"] = "1"
    answer = Client().post(form, {**said, "basis": basis, "consent": "on", "once": "once"})
    shown = re.findall(r'class="tracker">([^<]+)<', answer.content.decode())
    assert len(shown) == 1
    for act in ("", "open", "correct", "copy", "tea"):
        assert Client().post(reverse("my"), {"ticket": shown[0], "act": act}).status_code == 200
    wrong = Client().post(form, {**said, "region": "KZ-00", "basis": basis})
    assert wrong.status_code == 422
    paper = b"%PDF-1.4 " + "Доверенность: Чертополохова".encode()
    organisation = registration.facts_of_an_organisation(
        name="Чертополохова Вероника", contact="+7 702 555 12 34", basis=basis, paper=paper
    )
    return [*shown, registration.registered(election, said=organisation).ticket]


def _entered_by_the_organiser(election: Election) -> list[str]:
    """Cards, of which one is used; a file with a mistake, then the same without it; a meeting that chose
    delegates. Answers the codes, what stood in columns nobody asked for, and what the protocol says."""
    from okil.areas.elections.tests import given
    from okil.areas.elections.tests.given import voters

    clock.set_source(lambda: voters.ENTERED_AT)
    voters.promised(election)
    where = [election.cycle.year, election.group.slug]
    organiser = given.browser_of(given.organiser_of(election))
    paper = SimpleUploadedFile("Кувшинкина.pdf", b"%PDF-1.4 " + "Избрана Кувшинкина".encode())
    held = {"held_on_0": "26", "held_on_1": "8", "held_on_2": "2024", "region": "KZ-71"}
    meeting = {**held, "present": "9", "chosen": "3", "paper": paper}
    assert organiser.post(reverse("delegates_record", args=where), meeting).status_code == 302
    assert organiser.post(reverse("delegates_protocol", args=[*where, 1])).status_code == 200

    sheet = organiser.post(reverse("cards", args=where), {"organisation": "Фонд", "count": "3"})
    codes = sorted(set(re.findall(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", sheet.content.decode())))
    assert len(codes) == 3
    form = reverse("register", args=where)
    said = {"name": "Наперстянкина Ольга", "region": "KZ-75", "contact": "+7 702 555 77 88"}
    said |= {"consent": "on", "once": "card", "card": codes[0], "basis": "", "meeting": "none"}
    assert Client().post(form, {**said, "region": ""}).status_code == 422
    assert Client().post(form, said).status_code == 200
    assert Client().post(form, {**said, "once": "again"}).status_code == 422

    head, row = "Имя;Контакты;Примечание;Регион", "Кислицына Вера;+7 702 555 66 55;Недотрогина"
    file = reverse("voters_file", args=where)
    told = {
        "kind": "person",
        "source": "papers",
        **{f"consented_on_{n}": v for n, v in enumerate(("26", "8", "2024"))},
    }
    for region, status in (("Нигде", 422), ("Алматы", 200)):
        table = f"{head}\n{row};{region}\n".encode()
        sent = SimpleUploadedFile("Кислицына.csv", table)
        shown = organiser.post(file, {**told, "act": "check", "file": sent})
        assert shown.status_code == status
    (seen,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', shown.content.decode())
    again = SimpleUploadedFile("Кислицына.csv", table)
    taken = organiser.post(file, {**told, "act": "take", "seen": seen, "file": again})
    assert taken.status_code == 302
    plain = [code.replace("-", "") for code in codes]
    return [*codes, *plain, "Недотрогина", "Кувшинкина"]


def _all_that_is_kept(states: Collection[str]) -> World:
    everything = kept.everything()
    return World(
        needles=[
            str(each.said)
            for each in everything
            if each.is_number or (each.is_name and not each.is_published)
        ],
        texts=sorted({str(each.said) for each in everything if each.is_text}),
        public=[str(each.said) for each in everything if each.is_name and each.is_published],
        officers=dict(_one_of_each_role(states)),
        files=dict(_for_everybody(everything)),
        filled={f"{each.kind}.{each.field}" for each in everything},
        sealed=frozenset(each.stored for each in everything),
        packages={
            f"package {each.row.pk}": each.said
            for each in everything
            if each.kind == "package" and isinstance(each.said, bytes)
        },
        never_in_packages=[
            str(each.said)
            for each in everything
            if each.is_name and each.kind in ("voter", "complaint")
        ],
    )


def _one_of_each_role(states: Collection[str]) -> Iterator[tuple[str, Client]]:
    """The Secretariat, and the officers of the groups whose elections are in these states."""
    from okil.areas.bodies.models import Role
    from okil.areas.elections.models import Round
    from okil.foundation.accounts.tests.given import browser_of

    met: set[tuple[str, int | None]] = set()
    groups = Round.objects.filter(state__in=states).values("election__group")
    roles = Role.objects.filter(ends_at=None).select_related("person__user", "group")
    for role in roles.filter(Q(group=None) | Q(group__in=groups)).order_by("pk"):
        if (role.role, role.group_id) not in met:
            met.add((role.role, role.group_id))
            assert role.person.user is not None
            yield (
                f"{role.role} {role.group.slug if role.group else ''}",
                browser_of(role.person.user),
            )


def _for_everybody(everything: Iterable[Kept]) -> Iterator[tuple[str, bytes]]:
    """Files and facts of the issued documents as they were made for the public."""
    for each in everything:
        is_public = getattr(each.row, "audience", "") == PUBLIC and each.field == "content"
        if is_public or each.field == "public_facts":
            assert isinstance(each.said, bytes)
            yield f"{each.kind} {each.row.pk}, {each.field}", each.said


WORLDS: dict[str, Callable[[], World]] = {
    "guests": guests,
    "seldom written": seldom_written,
    "demonstration": demonstration,
}
# Its file is what SQLite adds to the search; what else it shows comes from any database.
LONG = {"demonstration": (pytest.mark.slow, pytest.mark.one_database)}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    from okil.foundation.vault.tests import given

    with django_db_blocker.unblock():
        given.tables()


@pytest.fixture(autouse=True)
def _no_guests_stay() -> Iterator[None]:
    from okil.foundation.vault import keys
    from okil.foundation.vault.tests import given

    yield
    given.empty_tables()
    keys.forget()


@pytest.fixture(autouse=True)
def _the_clock_goes_on() -> Iterator[None]:
    usual = clock._source
    yield
    clock.set_source(usual)


# Before the worlds: what they leave in the file of the database takes time to read.


@pytest.mark.django_db(transaction=True)
def test_what_is_not_sealed_would_be_found() -> None:
    """The same sources, and a name that somebody kept in the open: a row, a file, a log."""
    from okil.foundation.vault.tests.models import Guest

    Guest.objects.create(name="Клёнова Дина", note="Клёнова Дина")

    found = find(["Клёнова Дина"], {**sources.rows_of_every_table(), **sources.database_files()})
    where = {finding.source for finding in found}
    assert "table vault_tests_guest" in where
    in_files = [
        name for name in where if "sqlite3" in name
    ]  # the file itself, or its log of writes
    assert connection.vendor != "sqlite" or in_files


@pytest.mark.django_db(transaction=True)
def test_what_is_sealed_is_taken_out_of_the_file_and_nothing_else() -> None:
    from okil.foundation.vault.tests.models import Guest

    papers = b"".join(number.to_bytes(4, "big") for number in range(9000))
    Guest.objects.create(name="Клёнова Дина", papers=papers, note="Ромашкина Вера")
    stored = [each.stored for each in kept.in_table_of(Guest)]

    found = sources.database_files(but=stored)

    whole = sources.database_files()
    left = sum(map(len, found.values()))
    assert connection.vendor != "sqlite" or left < sum(map(len, whole.values())) - len(papers)
    assert connection.vendor != "sqlite" or find(["Ромашкина"], found)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [pytest.param(name, marks=LONG.get(name, ())) for name in WORLDS])
def test_no_planted_name_is_found_anywhere(name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with sources.questions() as (asked, given):
        world = WORLDS[name]()
        pages = sources.visitors_pages() | sources.files(Client(), who="visitor")
        for who, officer in world.officers.items():
            pages |= sources.pages(officer, "/ru/office/", who=who, within=OFFICE)
            pages |= sources.files(officer, who=who)
    assert sources.kinds_of(pages) >= world.kinds
    looked_at = {
        **pages,
        **world.files,
        **sources.mails(),
        **sources.rows_of_every_table(but=world.sealed),
        **sources.database_files(but=world.sealed),
        **sources.folder(settings.STATIC_ROOT),
        **sources.texts(world.written),
        **sources.texts({"log": caplog.text, "questions": "\n".join(asked)}),
        "bytes in questions": b"\n".join(given - world.sealed),
    }

    found = find(world.needles, looked_at, public=world.public, texts=world.texts)
    # The protocol and the applications of the elected name those who stood and those who counted.
    others = {*world.needles, *world.public} - set(world.never_in_packages)
    found += find(world.never_in_packages, world.packages, public=others)
    assert [str(finding) for finding in found] == []
