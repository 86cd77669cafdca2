"""Pages of notices: from the facts to a text, from the text to channels, and what everybody reads."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import notices
from okil.areas.elections.documents.notices import GAP
from okil.areas.elections.models import Election, Notice, Publication
from okil.areas.elections.queries import notices as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import notices as given_notices
from okil.areas.elections.tests.given import seats
from okil.areas.elections.tests.given.notices import CHAT, SITE
from okil.areas.elections.tests.test_pages import look, signed_in
from okil.foundation.documents import issued_of
from okil.foundation.documents.tests import reading
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
AT = given.moment(8, 20, 6)
Kind = Notice.Kind


def where(election: Election) -> list[object]:
    return [election.cycle.year, election.group.slug]


def busy() -> tuple[Election, Notice]:
    """The announcement and a notice of registration, both published and issued."""
    given.it_is(AT)
    election = given.election(State.ANNOUNCED)
    announcement = given_notices.announcement(election.cycle, at=AT)
    notice = given_notices.notice(Kind.REGISTRATION_OPENS, election, at=AT)
    for each in (announcement, notice):
        given_notices.published(each, SITE, CHAT, at=AT)
        actor = given.organiser_of(election) if each.round_id else given.secretariat()
        notices.issue_notice(each.pk, actor=actor, at=AT)
    return election, notice


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_every_page_is_light_and_sound_and_names_nobody(language: str) -> None:
    election, notice = busy()
    here = where(election)
    of_officers = [
        reverse("notices", args=here),
        reverse("notice", args=[*here, notice.pk]),
        reverse("notice_copy", args=[*here, notice.pk]),
    ]
    of_writers = [
        *of_officers,
        *(reverse("notice_write", args=[*here, kind]) for kind in queries.TIME_OF),
        reverse("notice_issue", args=[*here, notice.pk]),
    ]
    of_secretariat = [
        reverse(name, args=[2024])
        for name in (
            "announcement",
            "announcement_write",
            "announcement_copy",
            "announcement_issue",
        )
    ]
    public = [reverse("announcement_public", args=[2024]), reverse("group_notices", args=here)]

    with override(language):
        public = [url.replace("/ru/", f"/{language}/") for url in public]
        seen = [
            look(signed_in(given.officer_of(role, election)), url, role)
            for role, urls in {
                RoleName.OBSERVER: of_officers,
                RoleName.COMMISSIONER: of_officers,
                RoleName.ORGANISER: of_writers,
                "secretariat": [*of_writers, *of_secretariat],
            }.items()
            for url in urls
        ] + [look(Client(), url, "visitor") for url in public]

    assert len(seen) > 30
    assert [page for page in seen if page.problems] == []


def test_the_letter_about_the_results_is_gathered_in_few_queries() -> None:
    election = seats.published()
    seats.departed(election, 3)
    given.it_is(seats.SEATED_AT)
    client = signed_in(given.organiser_of(election))

    seen = look(client, reverse("notice_write", args=[*where(election), "results"]), "organiser")

    assert seen.problems == ()


def test_before_the_first_text_the_pages_say_what_comes() -> None:
    given.it_is(AT)
    election = given.election()
    secretary = signed_in(given.secretariat())

    office = read(secretary.get(reverse("announcement", args=[2024])))
    public = read(Client().get(reverse("announcement_public", args=[2024])))
    group = read(Client().get(reverse("group_notices", args=where(election))))

    assert reverse("announcement_write", args=[2024]) in office.links.values()
    assert public.main.classed("empty")
    assert group.main.classed("empty")


def test_the_announcement_waits_for_the_common_dates() -> None:
    given.it_is(AT)
    given.cycle(dated=False)

    page = read(signed_in(given.secretariat()).get(reverse("announcement", args=[2024])))

    assert reverse("cycle_dates", args=[2024]) in page.links.values()
    assert reverse("announcement_write", args=[2024]) not in page.links.values()


def test_a_notice_goes_from_the_form_to_everybody() -> None:
    given.it_is(AT)
    election = given.election(State.ANNOUNCED)
    client = signed_in(given.organiser_of(election))
    url = reverse("notice_write", args=[*where(election), Kind.REGISTRATION_OPENS])
    text = {"text_ru": "Приём заявок открыт.", "text_kk": "Өтінім қабылдау ашық."}

    offered = client.get(url).content.decode()
    assert GAP in offered
    assert (
        client.post(url, {"seen": 0, "text_ru": f"Звоните {GAP}", "text_kk": "…"}).status_code
        == 422
    )
    assert client.post(url, {"seen": 0, "text_ru": "Только по-русски."}).status_code == 422
    written = client.post(url, {"seen": 0, **text})
    assert client.post(url, {"seen": 0, **text}).status_code == 422  # pressed twice

    notice = Notice.objects.get(kind=Kind.REGISTRATION_OPENS)
    public = reverse("group_notices", args=where(election))
    assert "Приём заявок" not in Client().get(public).content.decode()
    page = reverse("notice", args=[*where(election), notice.pk])
    assert (written.status_code, written["Location"]) == (302, page)
    sent = {
        "channel": "chat",
        "where": "чат группы",
        "published_at_0": "20",
        "published_at_1": "8",
        "published_at_2": "2024",
        "published_at_3": "11:00",
    }
    assert client.post(page, sent).status_code == 302
    warned = read(client.get(page))
    assert warned.main.classed("is-warn")
    assert (
        client.post(page, {**sent, "channel": "site", "where": "ccm.example.org"}).status_code
        == 302
    )
    assert not read(client.get(page)).main.classed("is-warn")
    shown = Client().get(public).content.decode()
    assert "Приём заявок открыт." in shown
    assert "чат группы" not in shown  # the kind of channel is public, its name is not
    assert given.fulfilled("registration-notice-sent", given.round_of(election))


def test_a_mistaken_publication_is_taken_back() -> None:
    election, notice = busy()
    client = signed_in(given.organiser_of(election))
    publication = Publication.objects.filter(notice=notice).first()
    assert publication is not None
    url = reverse("publication_withdraw", args=[*where(election), publication.pk])

    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302

    publication.refresh_from_db()
    assert publication.withdrawn_at == AT
    observer = signed_in(given.officer_of(RoleName.OBSERVER, election))
    assert observer.post(url).status_code == 404


def test_of_another_election_nothing_is_reached_through_ones_own() -> None:
    election, notice = busy()
    neighbour = bodies.group(given.body())
    given.prepared(neighbour)
    other = election.cycle.elections.create(group=neighbour)
    other.rounds.create(number=1, state_since=AT)
    client = signed_in(bodies.organiser_of(neighbour))
    publication = Publication.objects.filter(notice=notice).first()
    announcement = Publication.objects.filter(notice__round=None).first()
    assert publication is not None
    assert announcement is not None

    for name in ("notice", "notice_copy", "notice_issue"):
        assert client.get(reverse(name, args=[*where(other), notice.pk])).status_code == 404
    for pk in (publication.pk, announcement.pk):
        url = reverse("publication_withdraw", args=[*where(other), pk])
        assert client.post(url).status_code == 404
    own = signed_in(given.secretariat())
    url = reverse("announcement_publication_withdraw", args=[2024, publication.pk])
    assert own.post(url).status_code == 404
    for name in ("announcement", "announcement_write", "announcement_copy"):
        assert client.get(reverse(name, args=[2024])).status_code == 404


@pytest.mark.parametrize("role", [RoleName.COMMISSIONER, RoleName.OBSERVER])
def test_who_only_reads_finds_no_form(role: str) -> None:
    election, notice = busy()
    client = signed_in(given.officer_of(role, election))
    page = reverse("notice", args=[*where(election), notice.pk])

    assert not read(client.get(page)).main.all("form")
    assert client.post(page, {"channel": "site"}).status_code == 404
    for name, args in (
        ("notice_write", [*where(election), Kind.REGISTRATION_OPENS]),
        ("notice_issue", [*where(election), notice.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404


def test_the_text_to_copy_stands_whole_and_short_in_fields_that_cannot_change_it() -> None:
    election, notice = busy()
    client = signed_in(given.organiser_of(election))

    page = read(client.get(reverse("notice_copy", args=[*where(election), notice.pk])))

    fields = page.main.all("textarea")
    assert len(fields) == 4  # short and whole, in the group's two languages
    assert all("readonly" in each.attributes for each in fields)
    assert notice.text["ru"].split("\n")[0] in fields[1].text


def test_papers_of_notices_are_for_everybody_and_drafts_are_marked() -> None:
    election, notice = busy()
    (paper,) = issued_of(given.round_of(election), "registration-notice")
    (announced,) = issued_of(election.cycle, "announcement")
    visitor = Client()

    for name, args, issued in (
        ("notice_paper", where(election), paper),
        ("announcement_paper", [2024], announced),
    ):
        file = issued.files.get(language="kk", format="pdf")
        response = visitor.get(reverse(name, args=[*args, file.pk]))
        assert response["Content-Type"] == "application/pdf"
        page = {"notice_paper": "group_notices", "announcement_paper": "announcement_public"}[name]
        listed = read(visitor.get(reverse(page, args=args)))
        assert reverse(name, args=[*args, file.pk]) in {e["href"] for e in listed.main.all("a")}
        assert response["Content-Disposition"] == (
            f'attachment; filename="{issued.number}-2024-v1-kk.pdf"'
        )
    foreign = announced.files.get(language="kk", format="pdf").pk
    assert visitor.get(reverse("notice_paper", args=[*where(election), foreign])).status_code == 404

    officer = signed_in(given.officer_of(RoleName.OBSERVER, election))
    draft = officer.get(reverse("notice_draft", args=[*where(election), notice.pk, "ru", "pdf"]))
    assert "ПРОЕКТ" in reading.text(draft.content)
    for language, form in (("de", "pdf"), ("ru", "docx"), ("ru", "exe")):
        url = reverse("notice_draft", args=[*where(election), notice.pk, language, form])
        assert officer.get(url).status_code == 404
    word = signed_in(given.secretariat()).get(
        reverse("announcement_draft", args=[2024, "en", "docx"])
    )
    assert election.group.public_name["kk"] in reading.word_text(word.content)


def test_the_announcement_is_written_published_and_issued_by_the_secretariat() -> None:
    given.it_is(AT)
    election = given.election()
    client = signed_in(given.secretariat())
    text = {f"text_{code}": "Выборы объявлены." for code in ("ru", "kk", "en")}

    saved = client.post(reverse("announcement_write", args=[2024]), {"seen": 0, **text})
    sent = {
        "channel": "email",
        "where": "рассылка",
        "published_at_0": "20",
        "published_at_1": "8",
        "published_at_2": "2024",
        "published_at_3": "11:00",
    }
    noted = client.post(reverse("announcement", args=[2024]), sent)
    issued = client.post(reverse("announcement_issue", args=[2024]), {"seen": 1})

    assert (saved.status_code, noted.status_code, issued.status_code) == (302, 302, 302)
    assert (
        "Выборы объявлены."
        in Client().get(reverse("announcement_public", args=[2024])).content.decode()
    )
    assert issued_of(election.cycle, "announcement").count() == 1


def test_a_new_version_begins_with_the_last_one_or_anew_from_the_facts() -> None:
    election, notice = busy()
    client = signed_in(given.organiser_of(election))
    url = reverse("notice_write", args=[*where(election), Kind.REGISTRATION_OPENS])

    last, anew = client.get(url).content.decode(), client.get(f"{url}?anew=1").content.decode()

    assert given_notices.CONTACT in last
    assert given_notices.CONTACT not in anew
    assert notice.version == 1
