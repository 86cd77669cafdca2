"""Pages of those who apply: what is asked, shown once, confirmed by a code, opened by no other ticket."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import Candidate, Election, Nomination
from okil.areas.elections.queries.applications import (
    candidate_with_ticket,
    nomination_with_secret,
)
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import applications as given_applications
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import MOST_QUERIES, signed_in
from okil.areas.elections.tests.test_registration_pages import (
    ANYTHING,
    errors,
    fields,
    my,
    ticket_on,
)
from okil.areas.elections.views.my_candidate import SCENES
from okil.foundation.web.tests.pages import read
from okil.pure.readable import read_letters
from okil.pure.rules.stages import State
from okil.pure.rules.tests.test_identity_numbers import PERSON
from okil.pure.rules.tickets import CODE_LETTERS, shown_ticket

pytestmark = pytest.mark.django_db
AT = given_applications.APPLIED_AT
PLANTS = (
    given_applications.NAME,
    given_applications.CONTACT,
    given_applications.EXPERIENCE,
    given_applications.CONFLICT,
)
FILLED = {
    "place": "both",
    "name": given_applications.NAME,
    "region": "KZ-71",
    "organisation": "Фонд «Дала»",
    "contact": given_applications.CONTACT,
    "programme_ru": "Чтобы решения доходили до районов.",
    "experience": given_applications.EXPERIENCE,
    "conflict": given_applications.CONFLICT,
    "shows_region": "on",
    "consent": "on",
    "once": "typed once",
    "act": "apply",
}
# Two whole terms as member, up to this cycle.
EXHAUSTED = {
    f"term_history-{row}-{column}": value
    for row, (begins, ends) in enumerate([("2018", "2021"), ("2021", "2024")], start=1)
    for column, value in (
        ("position", "member"),
        ("from", begins),
        ("to", ends),
        ("group", "this"),
    )
}


@pytest.fixture(autouse=True)
def _nobody_came_before() -> None:
    cache.clear()


def url(election: Election, name: str = "apply") -> str:
    return reverse(name, args=[2024, election.group.slug])


def post(election: Election, said: Mapping[str, Any] = FILLED, **changed: Any) -> Any:
    return Client().post(url(election), {**said, **changed})


def code_mailed() -> str:
    body = str(mail.outbox[-1].body)
    found = [read_letters(line, CODE_LETTERS) for line in body.splitlines()]
    return next(each for each in found if each)


def sound(response: Any, status: int = 200) -> Any:
    page = read(response)
    assert response.status_code == status
    assert list(page.problems()) == []
    return page


# The form


def test_the_form_is_the_same_and_says_what_each_field_is_for() -> None:
    election = given_applications.election()

    with CaptureQueriesContext(connection) as queries:
        response = Client().get(url(election))
    page = sound(response)

    asked = {name for name in fields(page) if not name.startswith("term_history")}
    assert asked == (
        {*FILLED, "pseudonym", "shows_name", "shows_programme", "programme_kk", "programme_en"}
        - {"act", "once"}
        | {"nomination"}
    )
    assert len(queries) <= MOST_QUERIES
    assert len(response.content) < 100_000
    hints = page.main.classed("hint")
    assert len(hints) >= 7
    assert len(page.main.classed("notice")[0].all("p")) == 3


def test_criteria_and_papers_stand_before_the_form() -> None:
    rows = {
        "criteria": [{"criterion": {"ru": "Член сообщества"}, "proof": {"ru": "Со слов"}}],
        "candidate_papers": "form_and_listed",
        "candidate_documents": [
            {
                "document": {"ru": "Рекомендация"},
                "used_by": {"ru": "Комиссия"},
                "purpose": {"ru": "Опыт"},
            }
        ],
    }
    election = given_applications.election(**rows)

    page = sound(Client().get(url(election)))

    before = page.html.partition("<form")[0]
    assert [word in before for word in ("Член сообщества", "Рекомендация")] == [True, True]


@pytest.mark.parametrize("name", ["apply", "nominate"])
@pytest.mark.parametrize(
    ("state", "at"),
    [
        (State.ANNOUNCED, given.ENTERED[State.ANNOUNCED]),
        (State.REGISTRATION, given_voters.LATE_AT),
        (State.VOTING, given.ENTERED[State.VOTING]),
    ],
)
def test_where_nobody_can_apply_the_page_says_so(state: State, at: Any, name: str) -> None:
    election = given.election(state)
    given.it_is(at)

    page = sound(Client().get(url(election, name)))

    assert page.main.all("form") == []


def test_the_groups_page_leads_to_the_form_while_it_is_open() -> None:
    election = given_applications.election()
    group = reverse("group", args=[2024, election.group.slug])

    assert url(election) in read(Client().get(group)).links.values()
    given.it_is(given_voters.LATE_AT)
    assert url(election) not in read(Client().get(group)).links.values()


def test_terms_are_checked_before_anything_is_stored_and_without_the_rest_of_the_form() -> None:
    election = given_applications.election()

    page = sound(post(election, {"place": "both", "once": "x", "act": "check", **EXHAUSTED}))

    assert page.main.classed("is-bad")[-1]["id"] == "terms"
    assert errors(page) == []
    assert page.main.classed("is-warn") == []
    assert 'value="2018"' in page.html
    assert not Candidate.objects.exists()


def test_who_has_exhausted_the_terms_learns_it_before_the_application_is_sent() -> None:
    election = given_applications.election()

    held = post(election, {**FILLED, **EXHAUSTED})
    assert held.status_code == 200
    assert not Candidate.objects.exists()
    sent = post(election, {**FILLED, **EXHAUSTED, "terms_seen": "exhausted"})

    assert 'name="terms_seen"' in held.content.decode()
    assert sent.status_code == 200
    assert candidate_with_ticket(ticket_on(read(sent))) == Candidate.objects.get()


def test_the_preview_shows_what_everybody_reads_and_stores_nothing() -> None:
    election = given_applications.election()

    page = sound(post(election, act="preview"))

    shown = page.main.all("div")
    preview = next(each.text for each in shown if each["id"] == "shown")
    assert given_applications.NAME not in preview
    assert "Чтобы решения" not in preview
    assert not Candidate.objects.exists()


def test_the_ticket_is_shown_once_as_text_link_and_square() -> None:
    election = given_applications.election()

    response = post(election)
    page = sound(response)

    ticket = ticket_on(page)
    assert candidate_with_ticket(ticket) == Candidate.objects.get()
    assert Candidate.objects.get().shows_region
    links = [each for each in page.links.values() if "#" in each and each[0] != "#"]
    assert [each.partition("#")[2] for each in links] == [shown_ticket(ticket)]
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not any(plant in page.html for plant in PLANTS)


def test_what_is_typed_wrong_stays_beside_its_reason() -> None:
    election = given_applications.election()

    page = sound(post(election, region="KZ-00", consent="", place="king"), 422)

    assert len(errors(page)) == 3
    assert f'value="{given_applications.NAME}"' in page.html
    assert given_applications.EXPERIENCE in page.html
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    "field", ["name", "organisation", "contact", "programme_ru", "experience", "conflict"]
)
def test_an_identity_number_is_refused_in_whatever_field(field: str) -> None:
    election = given_applications.election()

    response = post(election, {**FILLED, field: f"ИИН {PERSON}"})

    assert response.status_code == 422
    assert len(errors(read(response))) == 1
    assert not Candidate.objects.exists()


def test_the_same_form_sent_twice_is_one_application() -> None:
    election = given_applications.election()

    first, second = (ticket_on(read(post(election))) for _each in range(2))

    assert candidate_with_ticket(first) is None
    assert candidate_with_ticket(second) == Candidate.objects.get()


def test_who_sends_a_form_opened_in_time_after_the_end_is_kept_and_told() -> None:
    election = given_applications.election()
    given.it_is(given_voters.LATE_AT)

    page = sound(post(election))

    assert Candidate.objects.get().is_late
    assert page.main.classed("is-warn")


def test_an_officer_is_not_told_that_the_name_is_known() -> None:
    election = given_applications.election()
    organiser = election.group.roles.get(role=RoleName.ORGANISER).person

    officer = sound(post(election, name=bodies.name_of(organiser)))
    other = sound(post(election, name="Никто Знакомый", once="another"))

    def without_secrets(page: Any) -> str:
        return re.sub(
            r"(?s)<svg.*?</svg>|[0-9A-Z]{4}(-[0-9A-Z]{4}){4}|№.?\d|\d", "", page.main.text
        )

    assert without_secrets(officer) == without_secrets(other)


def test_a_form_from_another_site_is_not_taken() -> None:
    election = given_applications.election()
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.post(url(election), FILLED).status_code == 403
    assert stranger.post(url(election, "nominate"), {}).status_code == 403


def test_very_many_from_one_connection_wait_and_lose_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from okil.areas.elections.views import apply

    monkeypatch.setitem(apply.APPLIED, "apply", "1/1h/ip")
    election = given_applications.election()

    assert post(election).status_code == 200
    response = post(election, once="another")

    assert response.status_code == 422
    assert given_applications.NAME in response.content.decode()
    assert Candidate.objects.count() == 1


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@any_of(
    said=st.dictionaries(st.sampled_from([*FILLED, *EXHAUSTED, "nomination", "by"]), ANYTHING),
    is_filled=st.booleans(),
)
def test_whatever_is_sent_it_is_taken_whole_or_refused(
    said: dict[str, str], is_filled: bool
) -> None:
    cache.clear()
    election = Election.objects.first() or given_applications.election()
    before = Candidate.objects.count()
    typed = {name: text.encode("utf-8", "replace").decode() for name, text in said.items()}

    response = post(election, {**(FILLED if is_filled else {}), **typed})

    assert response.status_code in (200, 422)
    is_sent = response.status_code == 200 and typed.get("act", "apply") == "apply"
    assert Candidate.objects.count() - before in ({0, 1} if is_sent else {0})
    assert nominating(election, **typed).status_code in (200, 422)
    assert my(typed.get("name", ""), **typed).status_code in (422, 429)


# The own page


def test_a_ticket_opens_number_and_state_and_nothing_sealed() -> None:
    mine = given_applications.applied(given_applications.election())

    with CaptureQueriesContext(connection) as queries:
        response = my(shown_ticket(mine.ticket).lower())
    page = sound(response)

    assert len(queries) <= MOST_QUERIES
    assert not any(plant in page.html for plant in PLANTS)
    assert response.cookies == {}
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_what_is_stored_is_shown_and_printed_when_asked_for() -> None:
    mine = given_applications.applied(given_applications.election())

    for act in ("open", "print"):
        page = sound(my(mine.ticket, act=act))
        assert [plant in page.text for plant in PLANTS] == [True] * 4


def test_the_copy_is_everything_there_is() -> None:
    mine = given_applications.applied(given_applications.election())

    response = my(mine.ticket, act="copy")

    told = json.loads(response.content)
    assert told["name"] == given_applications.NAME
    assert told["programme"]
    assert "copy.json" in response["Content-Disposition"]


def test_a_voters_ticket_opens_no_application_and_does_nothing_of_one() -> None:
    election = given_applications.election()
    given_applications.applied(election)
    voter = given_registration.registered(election)

    for act in ("sign", "sign_now", "consents_save", "confirm", "print"):
        page = read(my(voter.ticket, act=act))
        assert "my_candidate" not in page.html
        assert not any(plant in page.html for plant in PLANTS)
    assert mail.outbox == []


def test_a_correction_says_that_it_is_to_be_signed_anew() -> None:
    mine = given_applications.applied(given_applications.election())
    given_applications.confirmed(mine, "sign")

    form = sound(my(mine.ticket, act="correct"))
    assert given_applications.NAME in form.html
    assert "contact" not in fields(form)
    wrong = sound(my(mine.ticket, **{**FILLED, "act": "save", "name": ""}), 422)
    assert given_applications.EXPERIENCE in wrong.html
    sound(my(mine.ticket, **{**FILLED, "act": "save", "name": "Другое Имя", **EXHAUSTED}))

    one = Candidate.objects.get()
    assert (one.signed_on, one.shows_region) == (None, False)
    opened = read(my(mine.ticket, act="open"))
    assert "Другое Имя" in opened.text
    assert "2018–2021" in opened.text


def test_an_application_is_signed_by_the_code_that_was_mailed() -> None:
    mine = given_applications.applied(given_applications.election())
    sound(my(mine.ticket, act="sign"))
    assert mail.outbox == []

    unread = sound(my(mine.ticket, act="sign_now"), 422)
    assert len(errors(unread)) == 1
    sound(my(mine.ticket, act="sign_now", acknowledged="on"))
    letter = mail.outbox[0]
    assert letter.to == [given_applications.CONTACT]
    assert not any(word in letter.subject.lower() for word in ("кандидат", "выбор", "заяв"))
    wrong = sound(my(mine.ticket, act="confirm", code="AAAA-AAAA"), 422)
    assert len(errors(wrong)) == 1
    done = sound(my(mine.ticket, act="confirm", code=code_mailed().lower()))

    assert done.main.classed("is-ok")
    assert Candidate.objects.get().signing == "code"


def test_a_code_that_is_too_old_says_so() -> None:
    mine = given_applications.applied(given_applications.election())
    my(mine.ticket, act="sign_now", acknowledged="on")
    given.it_is(AT + timedelta(minutes=16))

    page = sound(my(mine.ticket, act="confirm", code=code_mailed()), 422)

    assert page.main.classed("is-bad")
    assert Candidate.objects.get().signed_on is None


def test_after_five_wrong_codes_the_page_asks_for_a_new_one() -> None:
    mine = given_applications.applied(given_applications.election())
    my(mine.ticket, act="sign_now", acknowledged="on")

    found = [my(mine.ticket, act="confirm", code="AAAAAAAA").status_code for _each in range(6)]
    sound(my(mine.ticket, act="confirm", code=code_mailed()), 422)

    assert found == [422] * 6
    assert Candidate.objects.get().signed_on is None


def test_consents_are_seen_first_and_changed_by_a_code() -> None:
    mine = given_applications.applied(given_applications.election())
    sound(my(mine.ticket, act="consents"))
    said = {"pseudonym": "Аққу", "shows_region": "on"}

    preview = sound(my(mine.ticket, act="consents_preview", **said))
    assert "Аққу" in preview.text
    assert Candidate.objects.get().pseudonym == ""
    sound(my(mine.ticket, act="consents_save", **said))
    sound(my(mine.ticket, act="confirm", code=code_mailed()))

    one = Candidate.objects.get()
    assert (one.pseudonym, one.shows_region, one.shows_name) == ("Аққу", True, False)
    nothing = sound(my(mine.ticket, act="consents_save", **said), 422)
    assert "Аққу" in nothing.html


def test_who_withdraws_reads_that_they_did() -> None:
    mine = given_applications.applied(given_applications.election())
    sound(my(mine.ticket, act="withdraw"))

    sound(my(mine.ticket, act="confirm", code=code_mailed()))

    assert Candidate.objects.get().withdrawn_at == AT
    page = sound(my(mine.ticket))
    assert page.main.classed("gap")


@pytest.mark.parametrize("act", ["withdraw", "consents_save"])
def test_without_an_address_it_goes_through_the_organiser(act: str) -> None:
    said = given_applications.facts(contact="+7 701 555 43 21")
    mine = given_applications.applied(given_applications.election(), said=said)

    page = sound(my(mine.ticket, act=act, shows_name="on"), 422)
    signing = sound(my(mine.ticket, act="sign"))

    assert page.main.classed("is-bad")
    assert signing.main.classed("is-warn")
    assert mail.outbox == []


@pytest.mark.parametrize("act", [*SCENES, "tea"])
def test_nothing_is_done_with_a_ticket_that_there_is_not(act: str) -> None:
    given_applications.applied(given_applications.election())

    response = my(given_registration.ticket(), act=act, acknowledged="on")

    assert response.status_code == 422
    assert mail.outbox == []


@pytest.mark.parametrize("act", ["correct", "save", "sign", "sign_now", "consents_save", "confirm"])
def test_after_everything_is_over_each_button_is_answered(act: str) -> None:
    election = given_applications.election()
    mine = given_applications.applied(election)
    given_applications.confirmed(mine, "withdraw")

    response = my(mine.ticket, **{**FILLED, "act": act, "acknowledged": "on"})

    assert response.status_code in (200, 422)
    assert list(read(response).problems()) == []


# Nominations


def nominating(election: Election, **changed: Any) -> Any:
    said = {"place": "both", "by": given_applications.BY, "reason": "", "once": "one"}
    return Client().post(url(election, "nominate"), {**said, **changed})


def test_a_nomination_is_a_link_to_hand_over() -> None:
    election = given_applications.election()
    sound(Client().get(url(election, "nominate")))

    response = nominating(election)
    page = sound(response)

    secret = ticket_on(page)
    assert nomination_with_secret(secret) == Nomination.objects.get()
    assert given_applications.BY not in page.html
    assert "no-store" in response["Cache-Control"]
    assert ticket_on(read(nominating(election))) == secret
    wrong = sound(nominating(election, by="", place="king"), 422)
    assert len(errors(wrong)) == 2


def test_who_is_nominated_reads_by_whom_and_accepts_by_applying() -> None:
    election = given_applications.election()
    made, secret = given_applications.nominated(election)
    page_of_it = reverse("nomination")
    policy = Client().get(page_of_it)["Referrer-Policy"]
    assert policy == "same-origin"  # else browsers send no origin, and no form of it is taken
    assert "nomination.js" in sound(Client().get(page_of_it)).html

    opened = sound(Client().post(page_of_it, {"secret": shown_ticket(secret).lower()}))
    assert given_applications.BY in opened.text
    begun = sound(post(election, {"act": "begin", "nomination": secret, "place": "both"}))
    assert secret in begun.html
    sound(post(election, nomination=secret))

    assert Candidate.objects.get().nomination == made
    again = Client().post(page_of_it, {"secret": secret})
    assert len(errors(sound(again, 422))) == 1


def test_who_is_nominated_declines() -> None:
    election = given_applications.election()
    _made, secret = given_applications.nominated(election)

    sound(Client().post(reverse("nomination"), {"secret": secret, "act": "decline"}))

    assert Nomination.objects.get().declined_at == AT
    refused = sound(post(election, nomination=secret), 422)
    assert given_applications.EXPERIENCE in refused.html


@pytest.mark.parametrize("typed", ["", "ABCD", "ticket"])
def test_letters_that_open_nothing_are_told_in_one_sentence(typed: str) -> None:
    mine = given_applications.applied(given_applications.election())
    secret = mine.ticket if typed == "ticket" else typed

    page = sound(Client().post(reverse("nomination"), {"secret": secret}), 422)

    assert len(errors(page)) == 1


# For officers


def test_the_organiser_reads_way_signature_and_open_nominations() -> None:
    election = given_applications.election()
    given_applications.applied(election)
    given_applications.nominated(election)
    client = signed_in(given.organiser_of(election))
    address = url(election, "candidates").replace("/ru/", "/en/")

    with CaptureQueriesContext(connection) as queries:
        page = sound(client.get(address))

    assert "applied by the form" in page.text
    assert "not signed yet" in page.text
    assert "1 nomination is open" in page.text
    assert len(queries) <= MOST_QUERIES
    sound(client.get(reverse("candidate", args=[2024, election.group.slug, 1])))


def test_the_organiser_records_the_signed_paper() -> None:
    election = given_applications.election()
    given_applications.applied(election)
    client = signed_in(given.organiser_of(election))
    address = reverse("candidate_signed", args=[2024, election.group.slug, 1])
    sound(client.get(address))

    to_come = client.post(address, {"signed_on_0": "1", "signed_on_1": "12", "signed_on_2": "2030"})
    response = client.post(
        address, {"signed_on_0": "28", "signed_on_1": "8", "signed_on_2": "2024"}
    )

    assert (to_come.status_code, response.status_code) == (422, 302)
    assert Candidate.objects.get().signing == "paper"


def test_the_organiser_is_shown_a_new_ticket_once() -> None:
    election = given_applications.election()
    mine = given_applications.applied(election)
    client = signed_in(given.organiser_of(election))
    address = reverse("candidate_ticket", args=[2024, election.group.slug, 1])
    sound(client.get(address))

    nothing = client.post(address, {})
    response = client.post(address, {"reason": "lost"})

    assert nothing.status_code == 422
    assert candidate_with_ticket(ticket_on(sound(response))) == mine.candidate
    assert candidate_with_ticket(mine.ticket) is None
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["candidate_signed", "candidate_ticket"])
def test_the_commission_has_neither_page(name: str) -> None:
    election = given_applications.election()
    given_applications.applied(election)
    client = signed_in(given.commissioner_of(election))

    assert client.get(reverse(name, args=[2024, election.group.slug, 1])).status_code == 404
