from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from okil.areas.bodies.actions.decisions import PAPER_BYTES
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import candidate_papers as actions
from okil.areas.elections.actions.candidates import Consents
from okil.areas.elections.models import Candidate, CandidatePaper, Election
from okil.areas.elections.queries import candidate_papers as queries
from okil.areas.elections.queries.candidates import rules_of
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import applications, registration
from okil.areas.elections.tests.given import candidate_papers as given_papers
from okil.areas.elections.tests.given import voters as roll
from okil.areas.elections.tests.given.protocols import observer_of
from okil.areas.elections.tests.seen import Journal
from okil.foundation import vault
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation

pytestmark = pytest.mark.django_db
AT = applications.APPLIED_AT
WhoOf = Callable[[Election], User]


def refusal_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def rows_of(asked: tuple[queries.Asked, ...]) -> list[int]:
    return [each.row for each in asked]


# What is asked


def test_the_regulation_lists_the_papers_with_their_use() -> None:
    asked = queries.papers_asked(rules_of(given_papers.election().group))

    assert [each.document["ru"] for each in asked] == [
        "Рекомендация общины",
        "Согласие организации",
    ]
    assert (asked[1].used_by["en"], asked[1].purpose["en"]) == ("Organiser", "Time for the work")


def test_no_paper_is_asked_where_the_form_alone_is() -> None:
    rules = Regulation(
        candidate_papers="form_only", candidate_documents=tuple(given_papers.DOCUMENTS)
    )

    assert queries.papers_asked(rules) == ()
    assert queries.papers_asked(Regulation()) == ()


def test_what_is_missing_is_what_was_not_handed_in() -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    rules = rules_of(election.group)

    before = rows_of(queries.missing_papers(mine.candidate, rules))
    actions.put_paper(mine.ticket, row=2, content=given.PDF, at=AT)

    assert before == [1, 2]
    assert rows_of(queries.missing_papers(mine.candidate, rules)) == [1]
    assert queries.handed_in(mine.candidate).papers == {2: AT}


# Handing in


def test_a_paper_is_sealed_and_its_event_names_row_and_kind_only() -> None:
    mine = applications.applied(given_papers.election())
    journal = Journal()

    kept = actions.put_paper(mine.ticket, row=1, content=given.PDF, at=AT)

    assert given.PDF not in CandidatePaper.objects.get(pk=kept.pk).content.sealed_bytes()
    assert journal.rows == [("candidate.paper_added", "candidate", None)]
    assert journal.entries[0].after == {
        "number": mine.candidate.number,
        "row": 1,
        "kind": "pdf",
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_a_paper_is_written_anew(kind: str) -> None:
    mine = applications.applied(given_papers.election())
    photographed = given_papers.picture((3000, 1500), kind)
    assert given_papers.PLANTED.encode() in photographed

    actions.put_paper(mine.ticket, row=1, content=photographed, at=AT)
    opened = actions.open_own_paper(mine.ticket, row=1, at=AT)

    assert opened.kind == "jpeg"
    assert given_papers.PLANTED.encode() not in opened.content
    assert Image.open(BytesIO(opened.content)).size == (2000, 1000)


def test_another_paper_takes_the_place_of_the_first() -> None:
    mine = applications.applied(given_papers.election())

    actions.put_paper(mine.ticket, row=1, content=given.PDF, at=AT)
    actions.put_paper(mine.ticket, row=1, content=b"%PDF-1.7 the second", at=AT)

    assert CandidatePaper.objects.count() == 1
    assert actions.open_own_paper(mine.ticket, row=1, at=AT).content == b"%PDF-1.7 the second"


def test_a_paper_taken_back_is_gone() -> None:
    mine = applications.applied(given_papers.election())
    actions.put_paper(mine.ticket, row=1, content=given.PDF, at=AT)
    journal = Journal()

    actions.remove_paper(mine.ticket, row=1, at=AT)

    assert not CandidatePaper.objects.exists()
    assert journal.rows == [("candidate.paper_removed", "candidate", None)]
    assert refusal_of(lambda: actions.remove_paper(mine.ticket, row=1, at=AT)) == "nothing-to-open"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 a table", "paper-unreadable"),
        (b"", "paper-unreadable"),
        (b"%PDF-" + b"0" * PAPER_BYTES, "paper-too-large"),
        (given_papers.picture()[:200], "paper-unreadable"),
        (given_papers.picture((400, 400))[:-400], "picture-broken"),
    ],
    ids=["zip", "nothing", "too large", "a header", "half a picture"],
)
def test_other_files_are_refused_and_nothing_is_kept(content: bytes, code: str) -> None:
    mine = applications.applied(given_papers.election())

    found = refusal_of(lambda: actions.put_paper(mine.ticket, row=1, content=content, at=AT))

    assert found in (code, "picture-broken")
    assert not CandidatePaper.objects.exists()


@pytest.mark.parametrize("row", [0, 3, -1])
def test_what_the_regulation_does_not_ask_is_not_kept(row: int) -> None:
    mine = applications.applied(given_papers.election())

    code = refusal_of(lambda: actions.put_paper(mine.ticket, row=row, content=given.PDF, at=AT))

    assert code == "paper-not-asked"


def test_papers_are_handed_in_until_the_lists_are_closed() -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    actions.put_paper(mine.ticket, row=1, content=given.PDF, at=AT)
    roll.closed(election)

    for act in (
        lambda: actions.put_paper(mine.ticket, row=2, content=given.PDF, at=AT),
        lambda: actions.remove_paper(mine.ticket, row=1, at=AT),
        lambda: actions.put_photo(mine.ticket, content=given_papers.picture(), at=AT),
    ):
        assert refusal_of(act) == "registration-closed"
    assert actions.open_own_paper(mine.ticket, row=1, at=AT).content == given.PDF


def test_only_a_candidates_own_ticket_hands_in() -> None:
    election = given_papers.election()
    applications.applied(election)
    voter = registration.registered(election)

    for ticket in (voter.ticket, registration.ticket()):
        code = refusal_of(lambda: actions.put_paper(ticket, row=1, content=given.PDF, at=AT))  # noqa: B023
        assert code == "ticket-unknown"


def test_who_withdrew_hands_in_nothing() -> None:
    mine = applications.applied(given_papers.election())
    applications.confirmed(mine, "withdraw")

    code = refusal_of(lambda: actions.put_paper(mine.ticket, row=1, content=given.PDF, at=AT))

    assert code == "candidate-withdrawn"


# Opening


@pytest.mark.parametrize("who", [given.organiser_of, given.commissioner_of])
def test_organiser_and_commission_open_a_paper_on_the_record(who: WhoOf) -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    actions.put_paper(mine.ticket, row=1, content=given.PDF, at=AT)
    journal = Journal()

    opened = actions.open_paper(mine.candidate.pk, row=1, actor=who(election), at=AT)

    assert opened == ("pdf", given.PDF)
    assert [entry.event for entry in journal.entries] == ["vault.opened"]
    assert "elections.candidatepaper" in str(journal.entries[0].after)


@pytest.mark.parametrize("role", ["secretariat", "observer", "organiser of another group"])
def test_nobody_else_opens_a_paper(role: str) -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    actions.put_paper(mine.ticket, row=1, content=given.PDF, at=AT)
    makers: dict[str, Callable[[], User]] = {
        "secretariat": given.secretariat,
        "observer": lambda: observer_of(election),
        "organiser of another group": lambda: bodies.organiser_of(bodies.group(given.body())),
    }
    actor = makers[role]()

    code = refusal_of(lambda: actions.open_paper(mine.candidate.pk, row=1, actor=actor, at=AT))

    assert code == "not-allowed"


def test_where_no_paper_is_none_is_opened() -> None:
    election = given_papers.election()
    mine = applications.applied(election)

    for act in (
        lambda: actions.open_own_paper(mine.ticket, row=1, at=AT),
        lambda: actions.open_own_photo(mine.ticket, at=AT),
        lambda: actions.open_paper(
            mine.candidate.pk, row=1, actor=given.organiser_of(election), at=AT
        ),
    ):
        assert refusal_of(act) == "nothing-to-open"


def test_with_the_key_go_the_papers_and_the_photo() -> None:
    election = given_papers.election()
    mine = applications.applied(election)
    actions.put_paper(mine.ticket, row=1, content=given.PDF, at=AT)
    actions.put_photo(mine.ticket, content=given_papers.picture(), at=AT)
    vault.destroy(f"election-{election.pk}", "candidates", actor=Actor("secretariat", 1), at=AT)

    for act in (
        lambda: actions.open_own_paper(mine.ticket, row=1, at=AT),
        lambda: actions.open_own_photo(mine.ticket, at=AT),
    ):
        assert refusal_of(act) == "vault-key-destroyed"


# The photo


def test_a_photo_is_small_clean_and_its_owners() -> None:
    mine = applications.applied(given_papers.election())

    actions.put_photo(mine.ticket, content=given_papers.picture((1200, 900)), at=AT)
    opened = actions.open_own_photo(mine.ticket, at=AT)

    assert given_papers.PLANTED.encode() not in opened
    assert Image.open(BytesIO(opened)).size == (600, 450)
    assert queries.handed_in(mine.candidate).has_photo


def test_another_photo_needs_another_consent() -> None:
    election = given_papers.election()
    mine = applications.applied(election, consents=Consents(shows_photo=True))

    actions.put_photo(mine.ticket, content=given_papers.picture(), at=AT)

    assert not Candidate.objects.get().shows_photo


def test_a_photo_taken_back_is_gone() -> None:
    mine = applications.applied(given_papers.election())
    actions.put_photo(mine.ticket, content=given_papers.picture(), at=AT)

    actions.remove_photo(mine.ticket, at=AT)

    assert not queries.handed_in(mine.candidate).has_photo


def listed_with_photo(*, consents: bool) -> Candidate:
    """On the published list, with a photo that everybody may see, or not."""
    election = given_papers.election()
    mine = applications.applied(election)
    actions.put_photo(mine.ticket, content=given_papers.picture(), at=AT)
    Candidate.objects.filter(pk=mine.candidate.pk).update(
        shows_photo=consents, listed_at=given.moment(9, 9, 10)
    )
    return Candidate.objects.select_related("round").get(pk=mine.candidate.pk)


def test_everybody_sees_the_photo_from_the_list_until_the_consent_is_taken_back() -> None:
    candidate = listed_with_photo(consents=True)
    journal = Journal()

    shown = queries.published_photo(candidate.round, candidate.number)
    Candidate.objects.update(shows_photo=False)

    assert shown is not None
    assert shown.startswith(b"\xff\xd8\xff")
    assert queries.published_photo(candidate.round, candidate.number) is None
    assert journal.rows == []


@pytest.mark.parametrize(
    "change",
    [{"shows_photo": False}, {"listed_at": None}, {"withdrawn_at": AT}, {"number": 99}],
    ids=["no consent", "not listed", "withdrew", "another number"],
)
def test_nobody_sees_a_photo_that_is_not_public(change: dict[str, object]) -> None:
    candidate = listed_with_photo(consents=True)
    Candidate.objects.filter(pk=candidate.pk).update(**change)

    assert queries.published_photo(candidate.round, candidate.number) is None


def test_the_photos_consent_opens_no_name() -> None:
    candidate = listed_with_photo(consents=True)
    Candidate.objects.filter(pk=candidate.pk).update(shows_name=True, shows_photo=False)

    assert queries.published_photo(candidate.round, candidate.number) is None
