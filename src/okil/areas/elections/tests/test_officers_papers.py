"""Papers on officers say what is asked of them, in three languages, and their public versions no name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from okil.areas.bodies.actions import people
from okil.areas.bodies.models import RoleName
from okil.areas.bodies.queries import role_name
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import meetings, officers
from okil.areas.elections.models import Election
from okil.areas.elections.queries import officers as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import officers as given_officers
from okil.areas.elections.wording.officers import undertaking_title
from okil.foundation import documents
from okil.foundation.accounts.models import User
from okil.foundation.audit import Actor, entries_of
from okil.foundation.audit.models import JournalEntry
from okil.foundation.documents.models import File, Issued
from okil.foundation.documents.tests import reading
from okil.foundation.web import dates
from okil.pure.refusal import Refused

pytestmark = pytest.mark.django_db
AT = given.moment(8, 20, 12)
LANGUAGES = ("ru", "kk", "en")
SECRETARIAT = Actor("secretariat", 1)


def plain(text: str) -> str:
    return " ".join(text.split())


def said_in(issued: Issued, language: str, audience: str = "internal") -> str:
    """The text of the PDF."""
    file = issued.files.get(language=language, audience=audience, format="pdf")
    return reading.text(documents.open_file(file, actor=SECRETARIAT, at=AT))


def world() -> Election:
    election = given.election()
    given_officers.all_signed(election, at=AT)
    return election


def the_name(election: Election, role: str) -> str:
    return bodies.name_of(given_officers.roles_of(election, role)[0].person)


def day(language: str) -> str:
    return plain(dates.day(AT.date(), language, "plain"))


def nomination(election: Election, seen: int = 0) -> Issued:
    return officers.issue_nomination(election.pk, seen=seen, actor=given.secretariat(), at=AT)


def commission_list(election: Election, seen: int = 0) -> Issued:
    return officers.issue_commission_list(
        election.pk, seen=seen, actor=given.organiser_of(election), at=AT
    )


def accreditation(election: Election, seen: int = 0) -> Issued:
    role = given_officers.roles_of(election, RoleName.OBSERVER)[0]
    return officers.issue_accreditation(
        election.pk, role.pk, seen=seen, actor=given.organiser_of(election), at=AT
    )


def committee_list(election: Election, seen: int = 0) -> Issued:
    return officers.issue_committee_list(
        election.cycle_id, seen=seen, actor=given.secretariat(), at=AT
    )


def minutes(election: Election, seen: int = 0) -> Issued:
    meeting = election.meetings.first() or given_officers.meeting(election, at=AT)
    return meetings.issue_minutes(
        meeting.pk, seen=seen, actor=given.commissioner_of(election), at=AT
    )


Issue = Callable[..., Issued]
ALL: tuple[Issue, ...] = (nomination, commission_list, accreditation, committee_list, minutes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_nomination_says_who_by_which_decision_and_what_was_promised(language: str) -> None:
    election = world()
    organiser = given.organiser_of(election)

    said = said_in(nomination(election), language)

    group = election.group.public_name.in_language(language)
    decided = plain(dates.day(given.decision().made_on, language, "dated"))
    for item in (
        group,
        the_name(election, RoleName.ORGANISER),
        organiser.email,
        "Общее собрание",  # how the community decided
        decided,
        undertaking_title("not_standing").in_language(language),
        undertaking_title("confidentiality").in_language(language),
    ):
        assert plain(item) in said, item
    for undertaking in election.undertakings.filter(role__role="organiser"):
        assert undertaking.facts_sha256 in said.replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_committee_list_has_number_person_and_group(language: str) -> None:
    election = world()
    issued = committee_list(election)

    inside, outside = (said_in(issued, language, who) for who in ("internal", "public"))

    group = election.group.public_name.in_language(language)
    number = given_officers.roles_of(election, RoleName.ORGANISER)[0].person.number
    assert f"1 {the_name(election, RoleName.ORGANISER)} {group}" in inside
    assert the_name(election, RoleName.ORGANISER) not in outside
    assert str(number) in outside
    assert group in outside


@pytest.mark.parametrize("function", ["commission", "observers"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_to_whom_for_what_and_by_when(language: str, function: str) -> None:
    election = world()
    letter = given_officers.letter(election, function=function, at=AT)

    said = said_in(queries.newest_papers("partner-letter", [letter])[letter.pk], language)

    for item in (
        letter.organisation,
        election.group.public_name.in_language(language),
        dates.day(letter.answer_by, language, "dated"),
        role_name("organiser").in_language(language),
    ):
        assert plain(item) in said, item
    assert len(said) > 700  # function and principles in whole sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commissions_list_says_who_from_where_and_what_is_signed(language: str) -> None:
    election = world()
    issued = commission_list(election)

    said, outside = (said_in(issued, language, who) for who in ("internal", "public"))

    names = [
        bodies.name_of(role.person)
        for role in given_officers.roles_of(election, RoleName.COMMISSIONER)
    ]
    for item in (
        *names,
        election.group.public_name.in_language(language),
        "Ассоциация «Гүлдер»",
        undertaking_title("no_interest").in_language(language),
        undertaking_title("confidentiality").in_language(language),
        day(language),
    ):
        assert plain(item) in said, item
    assert not any(name in outside for name in names)
    assert "Ассоциация «Гүлдер»" in outside


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_accreditation_says_who_from_where_for_which_group_and_what_they_do(
    language: str,
) -> None:
    election = world()
    issued = accreditation(election)

    said, outside = (said_in(issued, language, who) for who in ("internal", "public"))

    for item in (
        the_name(election, RoleName.OBSERVER),
        "Ассоциация «Гүлдер»",
        election.group.public_name.in_language(language),
        undertaking_title("confidentiality").in_language(language),
    ):
        assert plain(item) in said, item
    assert the_name(election, RoleName.OBSERVER) not in outside


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_say_when_where_who_and_what(language: str) -> None:
    election = world()

    said = said_in(minutes(election), language)

    meeting = election.meetings.get()
    zone = election.cycle.body.time_zone
    for item in (
        dates.moment(meeting.begins_at, zone, language, "full"),
        dates.moment(meeting.ends_at, zone, language, "full"),
        meeting.place.in_language(language),
        the_name(election, RoleName.COMMISSIONER),
        "Шалфеева Роза",
    ):
        assert plain(item) in said, item


@pytest.mark.parametrize("issue", ALL)
def test_a_paper_is_issued_anew_only_by_who_saw_the_last_one(issue: Issue) -> None:
    election = world()
    first = issue(election)

    with pytest.raises(Refused) as refusal:
        issue(election)
    assert refusal.value.code == "paper-issued"
    second = issue(election, seen=1)

    assert (second.version, second.supersedes) == (2, first)
    assert Issued.objects.count() == 2


@pytest.mark.parametrize("issue", ALL)
def test_no_name_is_written_into_the_journal(issue: Issue) -> None:
    election = world()
    names = [bodies.name_of(each.role.person) for each in queries.officers_in(election)]

    issue(election)

    for row in JournalEntry.objects.all():
        written = f"{row.before} {row.after}"
        assert not any(name in written for name in (*names, "Шалфеева")), row.event
        assert "@" not in written


def test_a_name_its_owner_shows_stands_on_the_public_version() -> None:
    election = world()
    people.publish_name(public=True, actor=given.organiser_of(election), at=AT)

    assert the_name(election, RoleName.ORGANISER) in said_in(
        committee_list(election), "ru", "public"
    )


@pytest.mark.parametrize(
    ("issue", "code"),
    [
        (
            lambda e: officers.issue_nomination(e.pk, seen=0, actor=observer(e), at=AT),
            "not-allowed",
        ),
        (
            lambda e: officers.issue_commission_list(e.pk, seen=0, actor=observer(e), at=AT),
            "not-allowed",
        ),
        (
            lambda e: officers.issue_committee_list(
                e.cycle_id, seen=0, actor=given.organiser_of(e), at=AT
            ),
            "not-allowed",
        ),
        (commission_list, "undertaking-missing"),
        (accreditation, "undertaking-missing"),
    ],
)
def test_who_may_not_see_the_names_issues_no_paper_with_them(
    issue: Callable[[Election], Issued], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        issue(given.election())

    assert refusal.value.code == code
    assert not Issued.objects.exists()


def observer(election: Election) -> User:
    return given.officer_of(RoleName.OBSERVER, election)


def test_nobody_is_accredited_before_they_have_promised() -> None:
    election = given.election()
    given_officers.fulfil_organiser_undertaken(election, at=AT)

    with pytest.raises(Refused) as refusal:
        accreditation(election)

    assert refusal.value.code == "observer-unsigned"


def test_where_there_is_nobody_there_is_no_paper() -> None:
    election = world()
    for role in given_officers.roles_of(election, RoleName.COMMISSIONER):
        bodies.ended(role)
    with pytest.raises(Refused) as refusal:
        commission_list(election)
    assert refusal.value.code == "no-commission"

    bodies.ended(given_officers.roles_of(election, RoleName.ORGANISER)[0])
    for issue in (nomination, committee_list):
        with pytest.raises(Refused) as refusal:
            issue(election)
        assert refusal.value.code == "no-organiser"


def test_an_internal_paper_is_opened_on_the_record() -> None:
    election = world()
    file = commission_list(election).files.get(audience="internal", language="ru", format="pdf")
    organiser = given.organiser_of(election)

    _file, content = officers.open_paper(file.pk, election_id=election.pk, actor=organiser, at=AT)

    assert the_name(election, RoleName.COMMISSIONER) in reading.text(content)
    last = entries_of(election.chapter).order_by("-number")[0]
    assert (last.event, last.role) == ("vault.opened", "organiser")
    with pytest.raises(Refused) as refusal:
        officers.open_paper(file.pk, election_id=election.pk, actor=observer(election), at=AT)
    assert refusal.value.code == "not-allowed"


def test_a_paper_of_another_election_is_not_opened_through_ones_own() -> None:
    election = world()
    file = commission_list(election).files.first()
    neighbour = bodies.group(given.body())
    given.prepared(neighbour)
    other = election.cycle.elections.create(group=neighbour)
    assert file is not None

    with pytest.raises(File.DoesNotExist):
        officers.open_paper(
            file.pk, election_id=other.pk, actor=bodies.organiser_of(neighbour), at=AT
        )
