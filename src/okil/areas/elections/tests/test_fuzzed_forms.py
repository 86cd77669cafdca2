"""Whatever is sent to a form that strangers or organisers fill in: an answer, and nothing half-saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import given as any_of
from hypothesis import strategies as st

from okil.areas.elections.models import Election
from okil.areas.elections.tests import (
    given,
    test_apply_pages,
    test_registration_pages,
    test_voters_pages,
)
from okil.areas.elections.tests.given import registration as given_registration
from okil.areas.elections.tests.given import voter_files
from okil.areas.elections.tests.given import voters as given_voters
from okil.areas.elections.tests.test_pages import signed_in
from okil.areas.elections.tests.test_voters_pages import day
from okil.foundation.web.tests.pages import read

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXAMPLES = 12
ANSWERS = {200, 302, 400, 403, 404, 413, 422, 429}
REFUSED = {400, 413, 422}
ACCEPTED = {200, 302}
USUAL_FILE = voter_files.as_csv(voter_files.ROWS)
NASTY = (
    "",
    " \t\r\n",
    "\0",
    "Аида\0Вера",
    "👩🏽‍⚕️" * 30,
    "\u202eдурта\u202c\u2066",
    "\ud800",
    "x" * 70_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE elections_voter; --",
    "{{ 7 * 7 }}{% now %}",
    "%s%n{0.__class__}",
    "٣٣٣",
    "²",
    "-1",
    "9" * 400,
    "1e400",
    "NaN",
    "../../etc/passwd",
    "KZ-71\nKZ-75",
)
TEXTS = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_categories=()), max_size=60
)  # also halves of letters, and what has no letter
FILES = st.sampled_from(
    (
        b"",
        b"\0" * 1000,
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0",
        b"PK\x03\x04" + b"\xff" * 50,
        b"\xef\xbb\xbf;;;\r\n;;;",
        "Имя;Регион\nАида;\ud800".encode("utf-8", "surrogatepass"),
        b'"' * 999,
    )
) | st.binary(max_size=200)
# Rows that come and go with any request, also a refused one.
PASSING = ("okil_cache", "session", "ratelimit", "usersession", "contenttype")


def rows() -> dict[str, int]:
    return {
        model._meta.label_lower: model._default_manager.count()
        for model in apps.get_models()
        if not any(word in model._meta.label_lower for word in PASSING)
    }


def filled(client: Client, url: str) -> dict[str, str]:
    """What the browser would send if nothing were touched."""
    for form in read(client.get(url)).forms:
        if form.method == "post" and "language" not in form.values and form.values:
            return {name: values[-1] for name, values in form.values.items()}
    return {}


def sent(client: Client, url: str, said: dict[str, Any], *, file: bytes | None) -> HttpResponse:
    """As a browser sends it, but halves of letters too, which no browser would."""
    if file is None:
        body = urlencode(said, errors="surrogatepass").encode()
        answer = client.post(url, body, content_type="application/x-www-form-urlencoded")
    else:
        plain = {name: text.encode("utf-8", "replace").decode() for name, text in said.items()}
        attached = SimpleUploadedFile("\u202ex\0.csv", file)
        answer = client.post(url, {**plain, "file": attached, "paper": attached})
    return answer  # type: ignore[return-value]  # the test client's own kind of answer


def stranger(_election: Election) -> Client:
    return Client()


def organiser(election: Election) -> Client:
    return signed_in(given.organiser_of(election))


FORMS: dict[str, tuple[Callable[[Election], Client], dict[str, str]]] = {
    "register": (stranger, test_registration_pages.FILLED),
    "apply": (stranger, test_apply_pages.FILLED),
    "nominate": (stranger, {"by": "Ромашкина", "place": "both"}),
    "complain": (stranger, {"by": "voter", "name": "Ромашкина", "text": "…", "act": "1-notice"}),
    "cards": (organiser, {"organisation": "Дала", "count": "3"}),
    "voters_file": (
        organiser,
        {"kind": "person", "source": "", "act": "check", **day("consented_on")},
    ),
    "voter_enter": (organiser, test_voters_pages.typed()),
}


@pytest.mark.parametrize("name", FORMS)
def test_no_form_breaks_and_none_saves_a_half(name: str) -> None:
    election = given_voters.promised(given_registration.of_persons())
    given.it_is(given_registration.REGISTERED_AT)
    who, right = FORMS[name]
    client, url = who(election), reverse(name, args=[2024, election.group.slug])
    usual = {**filled(client, url), **right}
    untouched = sent(client, url, usual, file=USUAL_FILE if name == "voters_file" else None)
    assert untouched.status_code in ACCEPTED, "so that what is refused is refused for what is nasty"

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @any_of(st.dictionaries(st.sampled_from(sorted(usual)), TEXTS), st.none() | FILES)
    def whatever_is_sent(nasty: dict[str, str], file: bytes | None) -> None:
        cache.clear()
        before = rows()
        answer = sent(client, url, {**usual, **nasty}, file=file)
        assert answer.status_code in ANSWERS
        if answer.status_code in REFUSED:
            assert rows() == before

    whatever_is_sent()


def test_the_own_page_answers_whatever_it_is_asked() -> None:
    election = given_registration.of_persons()
    mine = given_registration.registered(election)
    url = reverse("my")
    acts = ("", "open", "correct", "save", "withdraw", "copy", "link", "sign", "consents", "ask")

    @settings(
        max_examples=2 * EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @any_of(
        st.sampled_from([mine.ticket]) | TEXTS,
        st.sampled_from(acts) | TEXTS,
        st.dictionaries(st.sampled_from(("name", "region", "contact", "code", "consent")), TEXTS),
        st.none() | FILES,
    )
    def whatever_is_sent(ticket: str, act: str, nasty: dict[str, str], file: bytes | None) -> None:
        cache.clear()
        before = rows()
        answer = sent(Client(), url, {"ticket": ticket, "act": act, **nasty}, file=file)
        assert answer.status_code in ANSWERS
        if answer.status_code in REFUSED:
            assert rows() == before

    whatever_is_sent()
