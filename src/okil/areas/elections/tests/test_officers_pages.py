"""Pages on officers: light, sound, without a name; what is signed needs a fresh second factor."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import meetings, officers
from okil.areas.elections.documents.officers import COMMISSION, COMMITTEE
from okil.areas.elections.models import Election, Meeting, PartnerLetter, Undertaking
from okil.areas.elections.queries.officers import newest_paper
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers as given_officers
from okil.areas.elections.tests.test_pages import look, signed_in
from okil.foundation.audit import entries_of
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given.moment(8, 20, 12)
ROLES = (RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER, "secretariat")


def where(election: Election) -> list[object]:
    return [election.cycle.year, election.group.slug]


def busy() -> Election:
    """Everything there can be on these pages: signatures, letters, a meeting, presence, papers."""
    given.it_is(AT)
    election = given.election(State.ANNOUNCED, commission=3)
    given_officers.all_signed(election, at=AT)
    for number in range(3):
        letter = given_officers.letter(election, organisation=f"Центр {number}", at=AT)
    assert letter
    meeting = given_officers.meeting(election, at=AT)
    organiser, observer = (
        given.officer_of(role, election) for role in (RoleName.ORGANISER, RoleName.OBSERVER)
    )
    meetings.issue_minutes(meeting.pk, seen=0, actor=given.commissioner_of(election), at=AT)
    officers.issue_commission_list(election.pk, seen=0, actor=organiser, at=AT)
    officers.issue_committee_list(election.cycle_id, seen=0, actor=given.secretariat(), at=AT)
    officers.enter_presence(election.pk, day=AT.date(), actor=observer, at=AT)
    return election


def pages_for(role: str, election: Election) -> Iterator[str]:
    here = where(election)
    for name in ("officers", "undertakings", "presence", "meetings"):
        yield reverse(name, args=here)
    meeting = election.meetings.get()
    if role in (RoleName.ORGANISER, "secretariat"):
        letter = election.partner_letters.order_by("pk")[0]
        for name in ("officers_describe", "letters", "letter_write"):
            yield reverse(name, args=here)
        yield reverse("letter_reply", args=[*here, letter.pk])
        yield reverse("officers_issue", args=[*here, "commission-list"])
        yield reverse("officers_issue", args=[*here, "organiser-nomination"])
    if role in (RoleName.ORGANISER, RoleName.COMMISSIONER):
        yield reverse("meeting_minutes", args=[*here, meeting.pk])
    if role == RoleName.COMMISSIONER:
        yield reverse("meeting_record", args=here)
        yield reverse("meeting_issue", args=[*here, meeting.pk])
    if role == "secretariat":
        for name in ("organisers", "organisers_issue"):
            yield reverse(name, args=[election.cycle.year])


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_every_page_is_light_and_sound_and_names_nobody(language: str) -> None:
    election = busy()

    with override(language):
        seen = [
            look(signed_in(given.officer_of(role, election)), url, role)
            for role in ROLES
            for url in pages_for(role, election)
        ]

    assert len(seen) > 25
    assert [page for page in seen if page.problems] == []


def ten_groups_that_prepare() -> None:
    groups = [bodies.group(given.body()) for _each in range(10)]
    for group in groups:
        bodies.organiser_of(group)
    given.cycle(groups)


def test_the_committee_page_asks_no_more_of_ten_groups_than_of_one() -> None:
    ten_groups_that_prepare()

    seen = look(signed_in(given.secretariat()), reverse("organisers", args=[2024]), "secretariat")

    assert seen.problems == ()


def test_pages_without_anything_on_them_say_so() -> None:
    election = given.election()
    observer = signed_in(given.officer_of(RoleName.OBSERVER, election))
    organiser = signed_in(given.organiser_of(election))

    for client, name in (
        (observer, "presence"),
        (observer, "meetings"),
        (organiser, "letters"),
    ):
        page = read(client.get(reverse(name, args=where(election))))
        assert page.main.classed("empty"), name


def test_who_has_no_business_there_finds_nothing() -> None:
    election = busy()
    here = where(election)
    meeting = election.meetings.get().pk
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    shut = {
        RoleName.OBSERVER: ["letters", "letter_write", "officers_describe", "meeting_record"],
        RoleName.COMMISSIONER: ["letters", "officers_describe"],
        RoleName.ORGANISER: ["meeting_record"],
    }

    for role, names in shut.items():
        client = signed_in(given.officer_of(role, election))
        for name in names:
            assert client.get(reverse(name, args=here)).status_code == 404, (role, name)
    for reader in (RoleName.OBSERVER, RoleName.SECRETARIAT):
        client = signed_in(given.officer_of(reader, election))
        url = reverse("meeting_minutes", args=[*here, meeting])
        assert client.post(url).status_code == 404
    assert signed_in(neighbour).get(reverse("officers", args=here)).status_code == 404
    for name in ("organisers", "organisers_issue"):
        client = signed_in(given.organiser_of(election))
        assert client.get(reverse(name, args=[2024])).status_code == 404
    assert Client().get(reverse("officers", args=here)).status_code == 302


# Signing


def test_somebody_reads_and_signs_and_cannot_sign_twice() -> None:
    election = given.election()
    member = given.commissioner_of(election)
    client = signed_in(member)
    url = reverse("undertaking_sign", args=[*where(election), "commissioner", "no_interest"])

    shown = read(client.get(url))
    assert "ни как кандидат, ни как избиратель" in shown.text
    missing = client.post(url, {"agreed": "on"})
    assert missing.status_code == 422
    done = client.post(url, {"agreed": "on", "organisation_kind": "ngo"})
    again = client.post(url, {"agreed": "on", "organisation_kind": "un"}, follow=True)

    assert done.status_code == 302
    assert [each.organisation_kind for each in Undertaking.objects.all()] == ["ngo"]
    assert "Вы это уже подписали." in read(again).text


def test_a_second_factor_that_was_shown_long_ago_is_asked_for_again() -> None:
    election = given.election()
    organiser = given.organiser_of(election)
    client = signed_in(organiser)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time() - 3600, "reauthenticated": True}
    ]
    session.save()
    # Somebody who has a second factor at all: here an app.
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(organiser, generate_totp_secret())
    url = reverse("undertaking_sign", args=[*where(election), "organiser", "confidentiality"])

    for response in (client.get(url), client.post(url, {"agreed": "on"})):
        assert response.status_code == 302
        assert "next=" in response["Location"]
    assert not Undertaking.objects.exists()
    # What is not signed is shown without it.
    assert client.get(reverse("undertakings", args=where(election))).status_code == 200


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("organiser", "confidentiality"),  # not their role
        ("commissioner", "not_standing"),  # not asked of it
        ("commissioner", "nonsense"),
        ("nobody", "confidentiality"),
    ],
)
def test_what_is_not_asked_of_the_reader_is_not_there(role: str, kind: str) -> None:
    election = given.election()
    client = signed_in(given.commissioner_of(election))

    url = reverse("undertaking_sign", args=[*where(election), role, kind])

    assert client.get(url).status_code == 404


def test_the_page_says_that_too_small_a_commission_stops_everything() -> None:
    election = given.election(commission=2)
    client = signed_in(given.organiser_of(election))
    url = reverse("officers", args=where(election))
    assert not read(client.get(url)).main.classed("is-warn")

    bodies.ended(given_officers.roles_of(election, RoleName.COMMISSIONER)[0])

    assert read(client.get(url)).main.classed("is-warn")


@pytest.mark.parametrize(
    ("said", "members", "advised"),
    [
        (2, 2, ""),
        (2, 3, "End one member's role"),
        (3, 2, "Invite another member"),
        (None, 2, ""),
        (None, 3, ""),
    ],
)
def test_the_page_says_what_to_do_about_a_commission_of_another_size(
    said: int | None, members: int, advised: str
) -> None:
    rules = {**given.RULES, "commission_size": said}
    election = given.election(rules=rules, commission=members)

    with override("en"):
        url = reverse("officers", args=where(election))
        page = read(signed_in(given.organiser_of(election)).get(url))

    notices = " ".join(each.text for each in page.main.classed("is-warn"))
    assert advised in notices
    assert bool(notices) is bool(advised)


def test_the_gate_says_what_to_do_about_a_third_member_of_two() -> None:
    election = given.election(State.REGISTRATION, commission=3)
    client = signed_in(given.organiser_of(election))

    with override("en"):
        page = read(client.get(reverse("workspace", args=where(election))))

    assert "The regulation allows 2, and the commission has 3 members. End the role" in page.text
    assert "adopt a regulation" not in page.text


# Minutes and papers


def test_minutes_are_shown_when_asked_for_and_only_then() -> None:
    election = busy()
    client = signed_in(given.organiser_of(election))
    url = reverse("meeting_minutes", args=[*where(election), Meeting.objects.get().pk])

    assert "Шалфеева" not in client.get(url).content.decode()
    opened = client.post(url)

    assert "Шалфеева" in opened.content.decode()
    assert "Шалфеева" not in client.get(url).content.decode()
    events = [row.event for row in entries_of(election.chapter)]
    assert events.count("meeting.minutes_opened") == 1


def test_who_has_promised_nothing_is_led_to_where_they_can() -> None:
    given.it_is(AT)
    election = given.election()
    meeting = given_officers.meeting(election, at=AT)
    client = signed_in(given.organiser_of(election))

    opened = client.post(reverse("meeting_minutes", args=[*where(election), meeting.pk]))

    assert opened["Location"] == reverse("undertakings", args=where(election))


def test_files_have_neutral_names_and_internal_ones_are_never_kept_by_a_cache() -> None:
    election = busy()
    client = signed_in(given.organiser_of(election))
    issued = newest_paper(COMMISSION, election)
    assert issued is not None
    inside, outside = (
        issued.files.get(audience=who, language="ru", format="pdf")
        for who in ("internal", "public")
    )

    kept = client.get(reverse("officers_paper", args=[*where(election), inside.pk]))
    shown = client.get(reverse("officers_paper", args=[*where(election), outside.pk]))

    number = issued.number
    assert kept["Content-Disposition"] == (
        f'attachment; filename="{number}-2024-v1-internal-ru.pdf"'
    )
    assert "no-store" in kept["Cache-Control"]
    assert shown["Content-Disposition"] == f'attachment; filename="{number}-2024-v1-ru.pdf"'
    observer = signed_in(given.officer_of(RoleName.OBSERVER, election))
    url = reverse("officers_paper", args=[*where(election), inside.pk])
    assert observer.get(url).status_code == 404


def test_the_committees_list_is_opened_by_the_secretariat() -> None:
    election = busy()
    issued = newest_paper(COMMITTEE, election.cycle)
    assert issued is not None
    file = issued.files.get(audience="internal", language="kk", format="pdf")
    url = reverse("organisers_paper", args=[2024, file.pk])

    assert signed_in(given.secretariat()).get(url)["Content-Type"] == "application/pdf"
    assert signed_in(given.organiser_of(election)).get(url).status_code == 404


# What is typed and saved


def test_a_letter_is_written_and_answered() -> None:
    given.it_is(AT)
    election = given.election()
    client = signed_in(given.organiser_of(election))
    typed = {
        "function": "observers",
        "organisation": "Фонд «Бұлақ»",
        "answer_by_0": "30",
        "answer_by_1": "8",
        "answer_by_2": "2024",
    }
    url = reverse("letter_write", args=where(election))

    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed).status_code == 422  # pressed twice
    letter = PartnerLetter.objects.get()
    answer = {"reply": "accepted", "replied_on_0": 20, "replied_on_1": 8, "replied_on_2": 2024}
    reply = reverse("letter_reply", args=[*where(election), letter.pk])
    assert client.post(reply, answer).status_code == 302

    letter.refresh_from_db()
    assert (letter.reply, letter.replied_on) == ("accepted", AT.date())
    listed = read(client.get(reverse("letters", args=where(election))))
    assert "Фонд «Бұлақ»" in listed.text


def test_a_meeting_is_recorded() -> None:
    given.it_is(AT)
    election = given.election()
    given_officers.fulfil_commission_declared(election, at=AT)
    client = signed_in(given.commissioner_of(election))
    present = [r.pk for r in given_officers.roles_of(election, RoleName.COMMISSIONER)]
    typed = {
        "kind": "orientation",
        **dict(
            zip([f"begins_at_{n}" for n in range(4)], ("20", "8", "2024", "10:00"), strict=True)
        ),
        **dict(zip([f"ends_at_{n}" for n in range(4)], ("20", "8", "2024", "11:30"), strict=True)),
        "place_ru": "Астана",
        "minutes": "Распределили задачи.",
        "present": present,
    }

    response = client.post(reverse("meeting_record", args=where(election)), typed)

    assert response.status_code == 302, read(response).text
    meeting = Meeting.objects.get()
    assert meeting.begins_at == given.moment(8, 20, 5)
    assert meeting.present.count() == 2


def test_an_observer_enters_a_day_and_takes_it_back() -> None:
    given.it_is(AT)
    election = given.election()
    client = signed_in(given.officer_of(RoleName.OBSERVER, election))
    url = reverse("presence", args=where(election))

    assert client.post(url, {"day_0": "20", "day_1": "8", "day_2": "2024"}).status_code == 302
    assert client.post(url, {"day_0": "21", "day_1": "8", "day_2": "2024"}).status_code == 422
    assert election.presences.count() == 1
    back = reverse("presence_withdraw", args=where(election))
    client.post(back, {"day": "2024-08-20"})
    assert client.post(back, {"day": "yesterday"}).status_code == 404

    assert election.presences.count() == 0
    organiser = signed_in(given.organiser_of(election))
    assert organiser.post(url, {"day_0": "20"}).status_code == 404


def test_the_description_is_saved_and_shown() -> None:
    election = given.election()
    client = signed_in(given.organiser_of(election))

    saved = client.post(
        reverse("officers_describe", args=where(election)),
        {"commission_name_ru": "Счётная комиссия", "channel_ru": "Рассылка"},
    )

    assert saved.status_code == 302
    page = read(client.get(reverse("officers", args=where(election))))
    assert "Счётная комиссия" in page.text


def test_papers_are_issued_by_a_press_of_the_button_once() -> None:
    election = busy()
    client = signed_in(given.organiser_of(election))
    url = reverse("officers_issue", args=[*where(election), "commission-list"])

    assert client.post(url, {"seen": "1"}).status_code == 302
    assert client.post(url, {"seen": "1"}).status_code == 422
    newest = newest_paper(COMMISSION, election)
    assert newest is not None
    assert newest.version == 2
    nowhere = reverse("officers_issue", args=[*where(election), "nothing"])
    assert client.get(nowhere).status_code == 404


def test_the_request_for_nominees_says_exactly_one_from_each_group() -> None:
    ten_groups_that_prepare()

    page = read(signed_in(given.secretariat()).get(reverse("organisers", args=[2024])))

    texts = page.main.all("textarea")
    assert len(texts) == 6  # two texts in three languages
    assert all("2024" in each.text for each in texts)
