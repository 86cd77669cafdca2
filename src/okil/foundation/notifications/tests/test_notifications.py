from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from django.db import transaction
from django.utils.translation import get_language
from django_tasks_db.models import DBTaskResult

from okil.foundation.accounts.models import User
from okil.foundation.accounts.tests import given
from okil.foundation.background.tests.given import all_work_done
from okil.foundation.notifications import Letter, notify, refused_since, register, send_at_once
from okil.foundation.notifications.models import Notification
from okil.foundation.notifications.tasks import WAIT_MINUTES, deliver, is_for_good
from okil.foundation.notifications.tests.smtp_sink import Sink, part
from okil.foundation.web.clock import clock

AT = datetime(2024, 9, 12, 13, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def _write(about: int, language: str, user: User) -> Letter:
    return Letter(
        subject="Письмо для вас",
        paragraphs=[f"Запись {about}, язык {get_language()}.", "Знак < остаётся знаком."],
        link="http://localhost:8000/ru/a/?b=1&c=2",
        link_text="Посмотреть",
    )


register("notifications_tests.letter", _write)


@pytest.fixture(autouse=True)
def _the_clock_stands() -> Iterator[None]:
    _clock_stands_at(AT)
    yield
    clock.set_source(None)


def _clock_stands_at(moment: datetime) -> None:
    clock.set_source(lambda: moment)


def _told(user: User) -> Notification:
    return notify("notifications_tests.letter", to=user, about=12, at=AT)


def test_a_letter_is_sent_in_both_parts_and_noted(smtp_sink: Sink) -> None:
    user = given.officer("kk")
    _told(user)

    all_work_done()

    letter = smtp_sink.wait_for(1)
    assert smtp_sink.recipients == [[user.email]]
    assert letter["Subject"] == "Письмо для вас"
    assert part(letter, "plain").splitlines() == [
        "Запись 12, язык kk.",
        "",
        "Знак < остаётся знаком.",
        "",
        "Посмотреть:",
        "http://localhost:8000/ru/a/?b=1&c=2",
    ]
    assert "<p>Знак &lt; остаётся знаком.</p>" in part(letter, "html")
    assert 'href="http://localhost:8000/ru/a/?b=1&amp;c=2"' in part(letter, "html")
    sent = Notification.objects.get()
    assert (sent.sent_at, sent.attempts, sent.language) == (AT, 1, "kk")


def test_a_letter_names_no_machine_and_answers_no_robot(smtp_sink: Sink) -> None:
    send_at_once(_write(12, "ru", User()), given.officer())

    letter = smtp_sink.wait_for(1)
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@example.org>")
    assert parsedate_to_datetime(letter["Date"]).utcoffset() in (None, timedelta(0))
    assert smtp_sink.greetings == ["example.org"]
    for name in {socket.gethostname(), socket.getfqdn()} - {"localhost"}:
        assert name.encode() not in smtp_sink.raw[0]


def test_a_letter_has_no_style_picture_or_script(smtp_sink: Sink) -> None:
    send_at_once(_write(12, "ru", User()), given.officer())

    html = part(smtp_sink.wait_for(1), "html")
    assert not [each for each in ("style", "<img", "<script", "src=") if each in html]


def test_no_letter_is_sent_for_a_change_that_was_taken_back(smtp_sink: Sink) -> None:
    user = given.officer()

    with transaction.atomic():
        _told(user)
        transaction.set_rollback(True)

    assert all_work_done() == 0
    assert not Notification.objects.exists()


def test_a_letter_done_twice_is_sent_once(smtp_sink: Sink) -> None:
    notification = _told(given.officer())
    all_work_done()

    deliver(notification.pk)

    assert len(smtp_sink.letters) == 1


def test_a_letter_that_comes_twice_is_the_same_letter_for_a_mailbox(smtp_sink: Sink) -> None:
    notification = _told(given.officer())
    deliver(notification.pk)
    Notification.objects.update(sent_at=None)  # the worker was killed before it noted it

    deliver(notification.pk)

    first, second = smtp_sink.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_a_letter_that_was_refused_is_tried_again_later(smtp_sink: Sink) -> None:
    _told(given.officer())
    smtp_sink.refuse_with = "451 come back later"
    all_work_done()
    assert smtp_sink.letters == []

    smtp_sink.refuse_with = ""
    assert all_work_done() == 0  # not yet
    _clock_stands_at(AT + timedelta(minutes=WAIT_MINUTES[0]))
    all_work_done()

    assert len(smtp_sink.letters) == 1
    assert Notification.objects.get().attempts == 2


def test_a_letter_is_given_up_after_the_last_wait(
    smtp_sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    user = given.officer()
    _told(user)
    smtp_sink.refuse_with = "451 come back later"

    moment = AT
    for minutes in (*WAIT_MINUTES, 0, 0):
        all_work_done()
        moment += timedelta(minutes=minutes)
        _clock_stands_at(moment)
    all_work_done()

    given_up = Notification.objects.get()
    assert (given_up.attempts, given_up.sent_at) == (len(WAIT_MINUTES) + 1, None)
    assert refused_since([user.pk]) == {user.pk: given_up.refused_at}
    assert not DBTaskResult.objects.filter(status="READY").exists()
    said = [each.getMessage() for each in caplog.records if each.name.startswith("okil")]
    assert said
    assert user.email not in str(said)


@pytest.mark.parametrize(
    "refusal",
    [
        {"refuse_recipients_with": "550 no such mailbox: person@example.org"},
        {"refuse_with": "554 not from you"},
    ],
)
def test_a_letter_that_is_refused_for_good_is_noted_at_once_and_not_tried_again(
    smtp_sink: Sink, caplog: pytest.LogCaptureFixture, refusal: dict[str, str]
) -> None:
    user = given.officer()
    _told(user)
    for name, answer in refusal.items():
        setattr(smtp_sink, name, answer)

    all_work_done()
    _clock_stands_at(AT + timedelta(days=30))

    assert all_work_done() == 0
    refused = Notification.objects.get()
    assert (refused.refused_at, refused.sent_at, refused.attempts) == (AT, None, 1)
    assert refused_since([user.pk]) == {user.pk: AT}
    assert "@" not in caplog.text
    assert "@" not in str(DBTaskResult.objects.values())


def test_a_mailbox_that_is_full_today_is_tried_again(smtp_sink: Sink) -> None:
    user = given.officer()
    _told(user)
    smtp_sink.refuse_recipients_with = "452 full"
    all_work_done()
    assert refused_since([user.pk]) == {}

    smtp_sink.refuse_recipients_with = ""
    _clock_stands_at(AT + timedelta(minutes=WAIT_MINUTES[0]))
    all_work_done()

    assert [refused_since([user.pk]), len(smtp_sink.letters)] == [{}, 1]


@pytest.mark.parametrize(
    ("error", "for_good"),
    [
        (SMTPRecipientsRefused({"a@example.org": (550, b"")}), True),
        (SMTPRecipientsRefused({"a@example.org": (450, b"")}), False),
        (SMTPDataError(554, b""), True),
        (SMTPDataError(451, b""), False),
        (SMTPSenderRefused(550, b"", "okil@example.org"), False),
        (SMTPAuthenticationError(535, b""), False),
        (SMTPConnectError(554, b""), False),
        (SMTPServerDisconnected(), False),
        (ConnectionRefusedError(), False),
    ],
)
def test_only_what_is_wrong_with_the_address_or_the_letter_is_for_good(
    error: OSError, for_good: bool
) -> None:
    assert is_for_good(error) is for_good


def test_a_letter_that_arrives_later_clears_what_was_refused(smtp_sink: Sink) -> None:
    user, other = given.officer(), given.officer()
    smtp_sink.refuse_recipients_with = "550 no such mailbox"
    for days in range(2):
        _clock_stands_at(AT + timedelta(days=days))
        _told(user)
        _told(other)
        all_work_done()
    assert refused_since([user.pk, other.pk]) == {user.pk: AT, other.pk: AT}

    smtp_sink.refuse_recipients_with = ""
    _clock_stands_at(AT + timedelta(days=2))
    _told(user)
    all_work_done()

    assert refused_since([user.pk, other.pk]) == {other.pk: AT}
    smtp_sink.refuse_recipients_with = "550 no such mailbox"
    _clock_stands_at(AT + timedelta(days=3))
    _told(user)
    all_work_done()
    assert refused_since([user.pk]) == {user.pk: AT + timedelta(days=3)}


def test_who_has_no_account_any_more_gets_no_letters(smtp_sink: Sink) -> None:
    user = given.officer()
    _told(user)
    user.is_active = False
    user.save()

    all_work_done()

    assert smtp_sink.letters == []


def test_letters_nobody_writes_are_refused_when_they_are_queued() -> None:
    with pytest.raises(LookupError):
        notify("notifications_tests.unknown", to=given.officer(), about=1, at=AT)
