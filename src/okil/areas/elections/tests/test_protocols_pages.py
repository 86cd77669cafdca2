"""Pages of the protocol and of remarks: who enters, what they see, what one click does."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Candidate, Election, Protocol, Remark, Signature
from okil.areas.elections.queries import protocols as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import count, officers, protocols
from okil.areas.elections.tests.test_pages import MOST_QUERIES, NAMES, signed_in
from okil.foundation.accounts.models import User
from okil.foundation.audit import entries_of
from okil.foundation.documents.models import Issued
from okil.foundation.documents.tests import reading
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db

VOTES = {1: 6, 2: 3, 3: 1}
SIGNING = protocols.SIGNED_AT
Response = Any


def counted(**world: Any) -> Election:
    """The first of three candidates shows her name."""
    election = count.on_the_table(**world)
    Candidate.objects.filter(number=1).update(shows_name=True, listed_at=given.AT)
    count.counted(election, VOTES, blank=2)
    officers.all_signed(election, at=given.AT)
    given.it_is(protocols.DRAWN_UP_AT)
    return election


def url(name: str, election: Election, *more: object) -> str:
    return reverse(name, args=[2024, election.group.slug, *more])


def member_of(election: Election, place: int = 0) -> User:
    return protocols.commission_of(election)[place]


def seen(user: User, address: str) -> Response:
    """The page, sound, light, and without a name."""
    client = signed_in(user)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, response.status_code
    assert len(asked) <= MOST_QUERIES, [each["sql"][:120] for each in asked]
    assert read(response).problems() == []
    assert not any(name in response.content.decode() for name in NAMES)
    return response


def text(response: Response) -> str:
    return read(response).text


def status(user: User | None, address: str) -> int:
    client = given.browser_of(user) if user else Client()
    return int(client.get(address).status_code)


def everybody(election: Election) -> dict[str, User]:
    return {
        "secretariat": given.secretariat(),
        "organiser": given.organiser_of(election),
        "commissioner": member_of(election),
        "observer": protocols.observer_of(election),
    }


# Each page, for each who may see it


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_every_page_is_light_and_sound_and_names_nobody(language: str) -> None:
    election = counted(commission=3)
    people = everybody(election)
    with override(language):
        for user in people.values():
            seen(user, url("protocol", election))
            seen(user, url("remarks", election))
        for name in ("protocol_draw_up", "protocol_draft"):
            seen(people["commissioner"], url(name, election))
        seen(people["observer"], url("remark_new", election))
        protocol = protocols.drawn_up(election)
        protocols.signed_by(
            protocol,
            officers.roles_of(election, RoleName.COMMISSIONER)[1],
            dissent="Не согласна.",
            at=SIGNING,
        )
        given.it_is(SIGNING)
        last = officers.roles_of(election, RoleName.COMMISSIONER)[2].person.number
        for user in people.values():
            seen(user, url("protocol", election))
            seen(user, url("protocol_version", election, 1))
        for name in ("protocol_sign_paper", "protocol_absence"):
            seen(people["organiser"], url(name, election, 1, last))
        seen(people["commissioner"], url("protocol_draw_up", election))


def test_who_may_not_enter_learns_nothing() -> None:
    election = counted()
    protocols.drawn_up(election)
    number = officers.roles_of(election, RoleName.COMMISSIONER)[0].person.number
    neighbour = bodies.officer(RoleName.COMMISSIONER, bodies.group(given.body()))
    inside = ("protocol", "remarks", "protocol_draw_up", "protocol_draft", "remark_new")
    of_version = ("protocol_version", "protocol_sign")

    for name in inside:
        assert status(neighbour, url(name, election)) == 404
    for name in of_version:
        assert status(neighbour, url(name, election, 1)) == 404
    people = everybody(election)
    for role in ("secretariat", "observer"):
        assert status(people[role], url("protocol_sign", election, 1)) == 404
        assert status(people[role], url("protocol_absence", election, 1, number)) == 404
    for role in ("secretariat", "observer", "organiser"):
        assert status(people[role], url("protocol_draw_up", election)) == 404
        assert status(people[role], url("protocol_draft", election)) == 404
    for role in ("secretariat", "organiser", "commissioner"):
        assert status(people[role], url("remark_new", election)) == 404
    for name in inside:
        assert status(None, url(name, election)) == 302


def test_before_the_count_the_page_says_what_it_waits_for() -> None:
    election = given.election(State.ANNOUNCED)

    page = read(seen(member_of(election), url("protocol", election)))

    assert url("protocol_draw_up", election) not in page.links.values()


def test_while_the_count_is_not_agreed_the_button_says_why_it_rests() -> None:
    election = count.on_the_table()
    given.it_is(protocols.DRAWN_UP_AT)

    html = seen(member_of(election), url("protocol", election)).content.decode()

    assert 'aria-disabled="true"' in html
    assert url("protocol_draw_up", election) not in html


# Drawing up


def drawing(election: Election, seen_version: int = 0, **more: str) -> Response:
    client = given.browser_of(member_of(election))
    return client.post(url("protocol_draw_up", election), {"seen_version": seen_version, **more})


def test_one_click_draws_it_up_and_a_second_changes_nothing() -> None:
    election = counted()

    assert drawing(election).status_code == 302
    assert drawing(election).status_code == 422
    assert Protocol.objects.count() == 1


def test_a_new_version_asks_why() -> None:
    election = counted()
    drawing(election)

    without = drawing(election, 1)
    assert without.status_code == 422
    assert read(without).problems() == []
    assert drawing(election, 1, why_ru="Опечатка").status_code == 302
    assert [each.version for each in Protocol.objects.order_by("version")] == [1, 2]
    page = text(seen(member_of(election), url("protocol", election)))
    assert "Опечатка" in page


def test_a_draft_is_shown_by_a_button_and_kept_nowhere() -> None:
    election = counted()
    client = given.browser_of(member_of(election))
    issued = Issued.objects.count()
    rows = entries_of(election.chapter).count()

    response = client.post(url("protocol_draft", election), {"language": "kk"})

    assert read(response).problems() == []
    assert any(name in response.content.decode() for name in NAMES)
    assert "ЖОБА" in response.content.decode()
    pdf = client.post(url("protocol_draft", election), {"language": "ru", "form": "pdf"})
    assert pdf["Content-Type"] == "application/pdf"
    assert "ПРОЕКТ" in reading.text(pdf.content)
    assert not any(name in str(pdf.headers) for name in NAMES)
    assert Issued.objects.count() == issued
    assert entries_of(election.chapter).count() == rows + 4  # officers and candidates, twice
    assert client.post(url("protocol_draft", election), {"language": "de"}).status_code == 404


def test_without_a_count_there_is_no_draft_and_a_sentence_says_so() -> None:
    election = count.on_the_table()
    officers.all_signed(election, at=given.AT)

    response = given.browser_of(member_of(election)).post(url("protocol_draft", election))

    assert response.status_code == 422
    assert read(response).problems() == []


# Signing


def signing(user: User, election: Election, version: int = 1, **typed: str) -> Response:
    client = given.browser_of(user)
    return client.post(url("protocol_sign", election, version), {"kind": "signed", **typed})


def drawn_up(**world: Any) -> Election:
    election = counted(**world)
    protocols.drawn_up(election)
    given.it_is(SIGNING)
    return election


def test_who_signs_reads_the_document_its_hashes_and_what_signing_means() -> None:
    election = drawn_up()
    protocol = queries.newest(given.round_of(election))
    assert protocol is not None

    response = signed_in(member_of(election)).get(url("protocol_sign", election, 1))

    page = read(response)
    assert page.problems() == []
    assert protocol.issued.internal_sha256 in page.text
    assert protocol.issued.public_sha256 in page.text
    assert page.main.classed("doc")
    # Of all people the document names only the candidate who shows her name.
    shown = [name for name in NAMES if name in page.text]
    assert len(shown) == 1


def test_signing_wants_a_second_factor_shown_just_now() -> None:
    election = drawn_up()
    TOTP.activate(member_of(election), generate_totp_secret())
    client = given.browser_of(member_of(election))
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time() - 3600, "reauthenticated": True}
    ]
    session.save()

    address = url("protocol_sign", election, 1)
    asked = client.get(address)
    posted = client.post(address, {"kind": "signed"})

    assert (asked.status_code, posted.status_code) == (302, 302)
    assert address not in (asked["Location"].split("?")[0], posted["Location"])
    assert not Signature.objects.exists()


def test_all_sign_and_the_page_says_so() -> None:
    election = drawn_up()
    for user in (member_of(election), member_of(election, 1), given.organiser_of(election)):
        assert signing(user, election).status_code == 302

    again = signing(member_of(election), election)
    assert again.status_code == 422
    assert Signature.objects.count() == 3
    assert protocols.is_signed(election)
    marks = read(seen(member_of(election), url("protocol", election))).main.classed("ok")
    assert len(marks) == 4  # three signatures and the version


def test_a_dissent_is_written_and_read_on_the_record_only() -> None:
    election = drawn_up()
    words = "Список видела Шалфеева."
    assert signing(member_of(election), election, kind="dissent").status_code == 422
    mismatch = signing(member_of(election), election, note=words)
    assert mismatch.status_code == 422
    assert words in mismatch.content.decode()  # what was typed stays

    signing(member_of(election), election, kind="dissent", note=words)

    address = url("protocol_version", election, 1)
    for user in everybody(election).values():
        assert "Шалфеева" not in text(seen(user, address))
    rows = entries_of(election.chapter).count()
    shown = given.browser_of(given.organiser_of(election)).post(address)
    assert "Шалфеева" in text(shown)
    assert read(shown).problems() == []
    assert entries_of(election.chapter).count() == rows + 1
    refused = given.browser_of(protocols.observer_of(election)).post(address, follow=True)
    assert "Шалфеева" not in text(refused)


def test_a_signed_page_is_kept_and_handed_back_on_the_record() -> None:
    election = drawn_up()
    second = officers.roles_of(election, RoleName.COMMISSIONER)[1].person.number
    client = given.browser_of(member_of(election))
    address = url("protocol_sign_paper", election, 1, second)
    bad = client.post(address, {"paper": SimpleUploadedFile("a.exe", b"MZ...")})
    assert bad.status_code == 422

    client.post(address, {"paper": SimpleUploadedFile("Клёнова.pdf", given.PDF)})

    scan = url("protocol_scan", election, 1, second)
    assert client.get(scan).status_code == 405
    response = client.post(scan)
    assert (response.content, response["Content-Type"]) == (given.PDF, "application/pdf")
    assert "Клёнова" not in str(response.headers)
    observer = given.browser_of(protocols.observer_of(election))
    assert observer.post(scan).status_code == 404


def test_an_absence_is_offered_and_stated_when_it_may_be() -> None:
    election = drawn_up(commission=3)
    protocol = queries.newest(given.round_of(election))
    assert protocol is not None
    *others, last = officers.roles_of(election, RoleName.COMMISSIONER)
    for role in (*others, *officers.roles_of(election, RoleName.ORGANISER)):
        protocols.signed_by(protocol, role, at=SIGNING)
    address = url("protocol_absence", election, 1, last.person.number)
    overview = url("protocol", election)
    assert address not in seen(member_of(election), overview).content.decode()
    client = given.browser_of(member_of(election))
    assert client.post(address, {"reason": "Не отвечает."}).status_code == 422

    given.it_is(protocols.DRAWN_UP_AT + 3 * given.DAY)

    assert address in seen(member_of(election), overview).content.decode()
    assert address not in seen(officers.user_of(last), overview).content.decode()
    assert client.post(address, {"reason": "Не отвечает."}).status_code == 302
    assert protocols.is_signed(election)


# Files


def test_public_files_are_for_all_officers_and_internal_ones_on_the_record() -> None:
    election = drawn_up()
    observer = given.browser_of(protocols.observer_of(election))
    public = url("protocol_public_file", election, 1, "kk", "pdf")
    internal = url("protocol_internal_file", election, 1, "kk", "docx")

    assert observer.get(public)["Content-Type"] == "application/pdf"
    assert observer.post(internal).status_code == 404
    member = given.browser_of(member_of(election))
    assert member.get(internal).status_code == 405
    rows = entries_of(election.chapter).count()
    response = member.post(internal)
    assert response.content.startswith(b"PK")
    assert response["Cache-Control"] == "private, no-store"
    assert entries_of(election.chapter).count() == rows + 1
    for wrong in (("de", "pdf"), ("kk", "exe")):
        assert observer.get(url("protocol_public_file", election, 1, *wrong)).status_code == 404


def test_who_has_not_promised_reads_why_the_file_stays_closed() -> None:
    election = drawn_up()
    organiser = given.organiser_of(election)
    election.undertakings.filter(role__person__user=organiser).delete()
    client = given.browser_of(organiser)

    response = client.post(url("protocol_internal_file", election, 1, "ru", "pdf"), follow=True)

    assert response.redirect_chain[-1][0] == url("protocol", election)
    assert any(name in text(response) for name in ("неразглашении", "confidentiality"))


# What everybody may read


def in_state(election: Election, state: State) -> Election:
    """There by itself: which acts lead there is another test's business."""
    election.rounds.update(state=state)
    return election


def published() -> Election:
    election = drawn_up()
    protocols.signed(election)
    return in_state(election, State.PUBLISHED)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_everybody_reads_the_public_version_when_results_are_published(language: str) -> None:
    election = published()

    with override(language):
        address = url("public_protocol", election)
        with CaptureQueriesContext(connection) as asked:
            response = Client().get(address)
        page = read(response)

        assert page.problems() == []
        assert len(asked) <= MOST_QUERIES
        [article] = page.main.classed("doc")
        assert article["lang"] == language
        assert len([name for name in NAMES if name in page.text]) == 1
        pdf = Client().get(url("public_protocol_file", election, language))
    assert reading.catalog(pdf.content)["/Lang"] == language


def test_until_then_nobody_outside_reads_it() -> None:
    election = drawn_up()
    protocols.signed(election)

    for state in (State.COUNTING, State.RESULTS, State.SUBMITTED):
        in_state(election, state)
        assert Client().get(url("public_protocol", election)).status_code == 404
        assert Client().get(url("public_protocol_file", election, "ru")).status_code == 404


def test_a_correction_takes_its_place_when_it_is_signed() -> None:
    election = published()
    address = url("public_protocol", election)
    first = Protocol.objects.get()

    second = protocols.drawn_up(election, at=given.moment(9, 19, 10))
    waiting = text(Client().get(address))
    protocols.signed(election, at=given.moment(9, 19, 11))
    after = text(Client().get(address))

    assert first.issued.code_shown in waiting
    assert second.issued.code_shown in after
    assert first.issued.code_shown not in after


# Remarks


def test_an_observer_files_a_remark_once_per_click() -> None:
    election = counted()
    client = given.browser_of(protocols.observer_of(election))
    address = url("remark_new", election)
    typed = {"filed_before": 0, "text": protocols.REMARK}

    assert client.post(address, {"filed_before": 0, "text": " "}).status_code == 422
    assert client.post(address, typed).status_code == 302
    twice = client.post(address, typed)
    assert twice.status_code == 422
    assert protocols.REMARK in twice.content.decode()
    assert client.post(address, {**typed, "filed_before": 1}).status_code == 302
    assert list(Remark.objects.values_list("number", flat=True)) == [1, 2]


def test_what_a_remark_says_is_for_the_commission_the_organiser_and_its_author() -> None:
    election = counted()
    other = bodies.officer(RoleName.OBSERVER, election.group)
    protocols.remark(election, at=count.COUNTED_AT)
    address = url("remarks", election)

    def opened(user: User) -> bool:
        return "Шалфеева" in text(given.browser_of(user).post(address, follow=True))

    for user in everybody(election).values():
        assert "Шалфеева" not in text(seen(user, address))
    rows = entries_of(election.chapter).count()
    people = everybody(election)
    readers = (people["organiser"], people["commissioner"], people["observer"])
    assert [opened(user) for user in readers] == [True, True, True]
    assert entries_of(election.chapter).count() == rows + 3
    assert not opened(other)


def test_the_page_says_that_a_remark_was_filed_after_this_version() -> None:
    election = drawn_up()
    protocols.signed(election)
    later = SIGNING + given.HOUR
    address = url("protocol", election)

    def said() -> bool:
        return bool(read(seen(member_of(election), address)).main.classed("note"))

    assert not said()
    protocols.remark(election, at=later)
    given.it_is(later)
    assert said()
    protocols.drawn_up(election, at=later + given.HOUR)
    given.it_is(later + given.HOUR)
    assert not said()
