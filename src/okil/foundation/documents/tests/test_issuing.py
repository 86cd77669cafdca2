from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from okil.foundation.audit.models import JournalEntry
from okil.foundation.documents import (
    draft,
    issue,
    issued_of,
    open_facts,
    open_file,
    open_published_facts,
    open_published_file,
)
from okil.foundation.documents.models import File, Issued
from okil.foundation.documents.tests import given, reading
from okil.pure.hashchain import canonical_bytes
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db

LATER = given.AT + timedelta(days=3)


def file_of(issued: Issued, audience: str, language: str, form: str) -> File:
    return issued.files.get(audience=audience, language=language, format=form)


def opened(file: File) -> bytes:
    return open_file(file, actor=given.SECRETARIAT, at=LATER)


def test_a_protocol_is_kept_in_each_language_audience_and_format() -> None:
    issued = given.protocol()

    assert [(one.audience, one.language, one.format) for one in issued.files.all()] == [
        (audience, language, form)
        for audience in ("internal", "public")
        for language in ("ru", "kk", "en")
        for form in ("pdf", "html", "docx")
    ]
    for one in issued.files.all():
        content = opened(one)
        assert hashlib.sha256(content).hexdigest() == one.sha256
        assert len(content) == one.size


def test_numbers_go_by_year_and_versions_by_paper() -> None:
    papers = [
        given.protocol(),
        given.protocol(subject=given.subject("other")),
        given.protocol(),
        given.protocol(year=2025, subject=given.subject("third")),
    ]

    assert [(str(one), one.version, one.supersedes) for one in papers] == [
        ("1/2024", 1, None),
        ("2/2024", 1, None),
        ("3/2024", 2, papers[0]),
        ("1/2025", 1, None),
    ]


def test_a_number_of_an_act_that_failed_is_given_again() -> None:
    given.protocol()
    with pytest.raises(Refused):
        _issue_and_be_refused()

    assert str(given.protocol(subject=given.subject("third"))) == "2/2024"


@transaction.atomic
def _issue_and_be_refused() -> None:
    given.protocol(subject=given.subject("other"))
    raise Refused("too-late")


def test_a_later_version_says_what_it_replaces_and_why() -> None:
    given.protocol()
    reason = {"ru": "уточнено число бюллетеней", "kk": "бюллетень саны нақтыланды"}

    issued = given.protocol(reason=reason, at=LATER)

    russian = reading.text(opened(file_of(issued, "public", "ru", "pdf")))
    kazakh = reading.text(opened(file_of(issued, "public", "kk", "pdf")))
    assert (
        "Версия 2. Заменяет документ № 1/2024 от 7 сентября 2024 года."
        " Причина: уточнено число бюллетеней"
    ) in russian
    assert "№ 1/2024, 2024 жылғы 7 қыркүйек. Себебі: бюллетень саны нақтыланды" in kazakh
    facts = json.loads(open_facts(issued, actor=given.SECRETARIAT, at=LATER).internal)
    assert (facts["number"], facts["version"], facts["supersedes"]) == ("2/2024", 2, "1/2024")
    assert facts["reason"] == reason


def test_the_commitment_is_made_from_salt_and_facts() -> None:
    issued = given.protocol()

    facts = open_facts(issued, actor=given.SECRETARIAT, at=LATER)

    assert len(facts.salt) == 32
    assert issued.commitment == hashlib.sha256(facts.salt + facts.internal).hexdigest()
    assert issued.internal_sha256 == hashlib.sha256(facts.internal).hexdigest()
    assert issued.public_sha256 == hashlib.sha256(facts.public or b"").hexdigest()
    own = {"number": "1/2024", "version": 1, "supersedes": None, "reason": {}}
    assert facts.internal == canonical_bytes({**given.FACTS, **own})
    assert facts.public == canonical_bytes({**given.PUBLIC_FACTS, **own})


def test_the_same_facts_twice_have_different_commitments_and_codes() -> None:
    first, second = given.protocol(), given.protocol(subject=given.subject("other"))

    assert first.commitment != second.commitment
    assert first.code != second.code


def test_opening_an_internal_file_is_on_the_record_and_a_public_one_is_open() -> None:
    issued = given.protocol()
    internal = file_of(issued, "internal", "ru", "pdf")
    public = file_of(issued, "public", "ru", "pdf")

    assert given.NAME in reading.text(opened(internal))
    assert given.NAME not in reading.text(open_published_file(public))
    opened(public)

    (entry,) = JournalEntry.objects.all()
    assert (entry.event, entry.after["records"]) == ("vault.opened", [internal.pk])  # type: ignore[index]  # it has facts
    with pytest.raises(KeyError):
        open_published_file(internal)


def test_a_planted_name_is_nowhere_but_in_sealed_content() -> None:
    issued = given.protocol()
    given.protocol(reason={"ru": "уточнено"})
    opened(file_of(issued, "internal", "kk", "pdf"))

    for table in ("documents_issued", "documents_file", "audit_journalentry"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # three names, written above
            rows = [b" ".join(_raw(value) for value in row) for row in cursor.fetchall()]
        assert rows
        for name in (given.NAME, "Калинина", "Клюквина", "Самал"):
            assert not any(name.encode() in row for row in rows), table


def _raw(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def test_names_of_files_say_nothing() -> None:
    issued = given.protocol()

    assert file_of(issued, "public", "ru", "pdf").name == "1-2024-v1-ru.pdf"
    assert file_of(issued, "internal", "kk", "docx").name == "1-2024-v1-internal-kk.docx"


def test_papers_are_found_newest_first_with_their_files_and_nothing_sealed_is_read() -> None:
    first, second = given.protocol(), given.protocol()
    given.protocol(subject=given.subject("other"))

    with CaptureQueriesContext(connection) as queries:
        found = list(issued_of(given.subject(), "sample-protocol"))
        files = [len(one.files.all()) for one in found]

    assert found == [second, first]
    assert files == [18, 18]
    said = " ".join(query["sql"] for query in queries)
    for sealed in ('"content"', '"salt"', '"internal_facts"', '"public_facts"'):
        assert sealed not in said
    assert list(issued_of(given.subject(), "sample-ballot")) == []


def test_a_public_kind_has_no_internal_file() -> None:
    issued = issue(
        "sample-ballot",
        facts={"round": 1},
        scope=given.SCOPE,
        subject=given.subject(),
        year=2024,
        zone=given.ZONE,
        at=given.AT,
    )

    assert [(one.audience, one.format) for one in issued.files.all()] == [
        ("public", "pdf"),
        ("public", "html"),
    ]
    assert issued.public_sha256 == issued.internal_sha256


def test_a_kind_with_two_versions_must_be_told_what_is_public() -> None:
    with pytest.raises(TypeError, match="public"):
        given.protocol(public_facts=None)
    assert Issued.objects.count() == 0


def test_a_fact_that_two_programs_would_write_differently_is_refused() -> None:
    with pytest.raises(TypeError):
        given.protocol(facts={**given.FACTS, "share": 0.5})


def test_a_draft_is_kept_nowhere() -> None:
    content = draft("sample-protocol", facts=given.FACTS, language="ru", audience="internal")

    assert "ПРОЕКТ" in reading.text(content)
    assert Issued.objects.count() == File.objects.count() == 0


def test_public_facts_are_read_by_anyone_and_nothing_else_of_the_paper() -> None:
    issued = given.protocol()
    rows = JournalEntry.objects.count()

    opened = open_published_facts([issued])

    assert set(opened) == {issued.pk}
    assert json.loads(opened[issued.pk])["candidates"][0]["name"] == ""
    assert given.NAME not in opened[issued.pk].decode()
    assert JournalEntry.objects.count() == rows


def test_a_paper_without_a_public_version_has_no_facts_for_everybody() -> None:
    issued = given.protocol()
    Issued.objects.filter(pk=issued.pk).update(public_sha256="", public_facts=None)

    assert open_published_facts([Issued.objects.get(pk=issued.pk)]) == {}
