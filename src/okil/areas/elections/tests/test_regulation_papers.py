"""The regulation's paper: made by the organiser, read under the regulation's rights, its code checkable."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions.regulation_papers import issue_regulation
from okil.areas.elections.models import AdoptedRegulation, CommonRules, Election, RegulationDraft
from okil.areas.elections.queries.regulation_papers import paper_of, papers_issued
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import regulation_papers as given_papers
from okil.foundation import documents
from okil.foundation.accounts.models import User
from okil.foundation.audit import history_of
from okil.foundation.documents.kinds import LANGUAGES
from okil.foundation.documents.models import Issued
from okil.foundation.documents.tests import reading
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import Regulation, as_data
from okil.pure.rules.tests.regulations import regulation

pytestmark = pytest.mark.django_db
SOUND = as_data(regulation("sound"))
LATER = given.AT + timedelta(days=1)


def world(*, is_public: bool = True) -> Election:
    return given.election(rules=SOUND, is_public=is_public)


def issued_for(election: Election, *, seen: int = 0, at: datetime = given.AT) -> Issued:
    return issue_regulation(
        election.group_id,
        seen=seen,
        actor=given.organiser_of(election),
        at=at,
    )


def adopted_again(election: Election) -> None:
    given.adopt(election.group, {**SOUND, "complaint_days": 9}, at=LATER)


def address(name: str, election: Election, *more: object) -> str:
    return reverse(name, args=[election.cycle.year, election.group.slug, *more])


def newest(election: Election) -> AdoptedRegulation:
    return election.group.regulations.all()[0]


def said(issued: Issued, language: str = "ru") -> str:
    file = issued.files.get(language=language, format="pdf")
    return reading.text(documents.open_published_file(file))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_is_made_in_three_languages_with_its_decision_and_number(language: str) -> None:
    election = world()
    decision = newest(election).adopted_by
    assert decision is not None

    issued = issued_for(election)

    text = said(issued, language)
    assert decision.made_by in text
    assert issued.number_shown in text
    assert election.group.public_name.in_language(language) in text
    assert {file.format for file in issued.files.filter(language=language)} == {
        "pdf",
        "html",
        "docx",
    }


def test_one_row_of_the_journal_says_which_version() -> None:
    election = world()

    issued = issued_for(election)

    [entry] = history_of(issued)
    assert (entry.event, entry.after) == ("regulation.paper_issued", {"version": 1})


def test_the_common_decision_is_named() -> None:
    election = world()
    decision = newest(election).adopted_by
    assert decision is not None
    CommonRules.objects.create(
        body=election.group.body, version=1, content={}, adopted_by=decision, entered_at=given.AT
    )

    assert f"Общее решение: {decision.made_by}" in said(issued_for(election))


def test_a_new_version_has_a_paper_that_replaces_the_one_before() -> None:
    election = world()
    first = issued_for(election)
    adopted_again(election)
    old, new = election.group.regulations.order_by("version")
    assert paper_of(new) is None

    second = issued_for(election, seen=1, at=LATER)

    assert second.supersedes == first
    assert (paper_of(old), paper_of(new)) == (first, second)
    assert papers_issued(election.group) == 2
    assert "9 рабочих дней" in said(second)


def test_two_organisers_at_once_make_one_paper() -> None:
    election = world()
    issued_for(election)

    with pytest.raises(Refused) as refusal:
        issued_for(election)

    assert refusal.value.code == "paper-issued"
    assert Issued.objects.count() == 1


def test_what_nobody_adopted_has_no_paper() -> None:
    election = world()
    election.group.regulations.update(adopted_by=None)

    with pytest.raises(Refused) as refusal:
        issued_for(election)

    assert refusal.value.code == "no-regulation"
    election.group.regulations.all().delete()
    with pytest.raises(Refused) as refusal:
        issued_for(election)
    assert refusal.value.code == "no-regulation"


@pytest.mark.parametrize("role", [RoleName.SECRETARIAT, RoleName.COMMISSIONER, RoleName.OBSERVER])
def test_only_the_group_makes_its_paper(role: str) -> None:
    election = world()
    officer = given.officer_of(role, election)

    with pytest.raises(Refused) as refusal:
        issue_regulation(election.group_id, seen=0, actor=officer, at=given.AT)

    assert refusal.value.code == "not-allowed"
    post = browser(officer).post(address("election_regulation_issue", election), {"seen": 0})
    assert post.status_code == 404
    assert not Issued.objects.exists()


def browser(user: User) -> Client:
    return given.browser_of(user)


def test_the_button_makes_the_paper_and_a_second_press_says_why_not() -> None:
    election = world()
    client, url = (
        browser(given.organiser_of(election)),
        address("election_regulation_issue", election),
    )

    done = client.post(url, {"seen": 0})
    again = client.post(url, {"seen": 0}, follow=True)

    assert (done.status_code, done["Location"]) == (302, address("election_regulation", election))
    assert again.redirect_chain == [(address("election_regulation", election), 302)]
    assert Issued.objects.count() == 1
    assert client.post(url, {"seen": "x"}).status_code == 404
    assert client.get(url).status_code == 405


FILE = {"pdf": b"%PDF", "docx": b"PK", "html": b"<!do"}


@pytest.mark.parametrize("form", FILE)
@pytest.mark.parametrize(
    "role",
    [RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER, RoleName.SECRETARIAT],
)
def test_officers_read_the_paper_of_each_version(role: str, form: str) -> None:
    election = world(is_public=False)
    issued_for(election)
    adopted_again(election)
    client = browser(given.officer_of(role, election))

    first = client.get(address("election_regulation_paper", election, 1, "kk", form))
    second = client.get(address("election_regulation_paper", election, 2, "kk", form))

    assert first.content.startswith(FILE[form])
    assert f"-kk.{form}" in first["Content-Disposition"]
    assert first["Cache-Control"] == "private, no-store"
    assert second.status_code == 404  # no paper was made of it


@pytest.mark.parametrize("where", [(3, "ru", "pdf"), (1, "de", "pdf"), (1, "ru", "exe")])
def test_there_is_no_other_file(where: tuple[object, ...]) -> None:
    election = world()
    issued_for(election)
    client = browser(given.organiser_of(election))

    assert client.get(address("election_regulation_paper", election, *where)).status_code == 404


def test_people_of_another_group_and_visitors_find_nothing_inside() -> None:
    election = world()
    issued_for(election)
    stranger = bodies.organiser_of(bodies.group(given.body()))
    names = [
        ("election_regulation_paper", (1, "ru", "pdf")),
        ("election_regulation_draft", ("ru", "pdf")),
    ]

    for name, more in names:
        assert browser(stranger).get(address(name, election, *more)).status_code == 404
        assert Client().get(address(name, election, *more)).status_code in (302, 404)


def test_everybody_reads_the_version_in_force_where_the_group_agreed() -> None:
    election = world()
    issued_for(election)

    response = Client().get(address("public_regulation_paper", election, "ru", "pdf"))

    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"].startswith("public")


def test_what_the_group_keeps_to_itself_is_not_public() -> None:
    election = world(is_public=False)
    issued_for(election)
    url = address("public_regulation_paper", election, "ru", "pdf")

    assert Client().get(url).status_code == 404


def test_without_a_paper_there_is_nothing_public() -> None:
    url = address("public_regulation_paper", world(), "ru", "pdf")

    assert Client().get(url).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_shows_what_is_being_written(language: str) -> None:
    election = world()
    content = {"complaint_days": 17, "nonsense": 1}
    RegulationDraft.objects.create(
        group=election.group, content=content, based_on=1, saved_at=given.AT
    )
    client = browser(given.organiser_of(election))

    response = client.get(address("election_regulation_draft", election, language, "pdf"))

    text = reading.text(response.content)
    assert "17" in text
    assert {"ru": "Не урегулировано", "kk": "Реттелмеген", "en": "Not regulated"}[language] in text
    assert response["Content-Disposition"] == f'attachment; filename="draft-{language}.pdf"'
    assert not Issued.objects.exists()


def test_without_a_draft_the_newest_version_is_the_beginning() -> None:
    election = world()
    client = browser(given.organiser_of(election))

    word = client.get(address("election_regulation_draft", election, "ru", "docx")).content

    assert "Не урегулировано" not in reading.word_text(word)


def test_before_any_version_the_draft_is_a_list_of_what_is_to_be_decided() -> None:
    election = world()
    election.group.regulations.all().delete()
    client = browser(given.organiser_of(election))

    word = client.get(address("election_regulation_draft", election, "ru", "docx")).content

    expected = given_papers.left_open(Regulation())
    assert reading.word_text(word).count("Не урегулировано.") == len(expected)


@pytest.mark.parametrize("where", [("de", "pdf"), ("ru", "exe")])
def test_there_is_no_draft_in_another_form(where: tuple[str, str]) -> None:
    election = world()
    client = browser(given.organiser_of(election))

    assert client.get(address("election_regulation_draft", election, *where)).status_code == 404


@pytest.mark.parametrize("role", [RoleName.COMMISSIONER, RoleName.OBSERVER, RoleName.SECRETARIAT])
def test_a_draft_is_for_those_who_write_it(role: str) -> None:
    election = world()
    client = browser(given.officer_of(role, election))

    assert (
        client.get(address("election_regulation_draft", election, "ru", "pdf")).status_code == 404
    )


def test_whoever_checks_the_code_learns_whether_the_paper_still_stands() -> None:
    election = world()
    first = issued_for(election)
    adopted_again(election)
    second = issued_for(election, seen=1, at=LATER)

    page = Client().get(f"/ru/verify/paper/{first.code}/").content.decode()

    assert first.commitment in page
    assert second.number_shown in page
    assert str(election.group.public_name) not in page
