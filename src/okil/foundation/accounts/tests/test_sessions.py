from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from okil.foundation.accounts import end_all_sessions
from okil.foundation.accounts.models import Session
from okil.foundation.accounts.tasks import forget_ended_sessions
from okil.foundation.accounts.tests import given

pytestmark = pytest.mark.django_db

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.6478.122 Mobile Safari/537.36"
)
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def test_a_person_sees_where_they_are_signed_in() -> None:
    user = given.officer()
    phone, laptop = given.browser_of(user, PHONE), given.browser_of(user, LAPTOP)
    laptop.get(reverse("account_security"))
    phone.get(reverse("account_security"))

    sessions = phone.get(reverse("account_security")).context["sessions"]

    assert [(each.device, each.is_this) for each in sessions] == [
        ("Chrome, Android", True),
        ("Firefox, Linux", False),
    ]
    assert all(each.first_day == each.last_day is not None for each in sessions)


def test_neither_an_address_nor_the_full_browser_name_is_kept() -> None:
    phone = given.browser_of(given.officer(), PHONE)
    phone.get(reverse("account_security"), REMOTE_ADDR="198.51.100.7")

    everything = str(dict(phone.session))
    assert "198.51.100.7" not in everything
    assert "SM-A155F" not in everything
    assert "126.0" not in everything


def test_a_session_is_ended_from_another_device() -> None:
    user = given.officer()
    phone, laptop = given.browser_of(user), given.browser_of(user)
    page = laptop.get(reverse("account_security"))
    other = next(each for each in page.context["sessions"] if not each.is_this)

    laptop.post(reverse("account_end_session"), {"session": other.key})

    assert not given.is_signed_in(phone)
    assert given.is_signed_in(laptop)


def test_nobody_ends_somebody_elses_session() -> None:
    mine, theirs = given.browser_of(given.officer()), given.browser_of(given.officer())
    key = theirs.get(reverse("account_security")).context["sessions"][0].key

    mine.post(reverse("account_end_session"), {"session": key})

    assert given.is_signed_in(theirs)


def test_all_others_are_ended_at_once() -> None:
    user = given.officer()
    here, *others = [given.browser_of(user) for _ in range(3)]
    stranger = given.browser_of(given.officer())

    here.post(reverse("account_end_other_sessions"))

    assert given.is_signed_in(here)
    assert not any(given.is_signed_in(each) for each in others)
    assert given.is_signed_in(stranger)


def test_all_sessions_of_a_person_can_be_ended() -> None:
    user = given.officer()
    browsers = [given.browser_of(user) for _ in range(2)]

    end_all_sessions(user)

    assert not any(given.is_signed_in(each) for each in browsers)


def test_the_key_in_the_cookie_is_not_the_key_in_the_table() -> None:
    browser = given.browser_of(given.officer())
    in_the_table = Session.objects.get().session_key

    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = in_the_table

    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != in_the_table
    assert not given.is_signed_in(thief)


def test_a_session_is_written_once_a_day() -> None:
    browser = given.browser_of(given.officer())
    browser.get(reverse("account_security"))

    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("account_security"))

    assert not [each for each in queries if each["sql"].startswith(("UPDATE", "INSERT"))]


def test_ended_sessions_are_forgotten() -> None:
    given.browser_of(given.officer())
    kept = given.browser_of(given.officer())
    Session.objects.exclude(session_data=_row_of(kept).session_data).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )

    forget_ended_sessions()

    assert Session.objects.get().session_key == _row_of(kept).session_key


def _row_of(browser: Client) -> Session:
    from okil.foundation.accounts.sessions import stored_key

    return Session.objects.get(session_key=stored_key(browser.session.session_key or ""))
