"""Two people at one text, one letter, one paper: it is signed, written, issued once."""

from __future__ import annotations

import pytest

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import notices, officers
from okil.areas.elections.documents.officers import COMMISSION
from okil.areas.elections.models import Election, Notice, PartnerLetter, Publication, Undertaking
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import notices as given_notices
from okil.areas.elections.tests.given import officers as given_officers
from okil.areas.elections.tests.test_at_once import DONE, Act, colleagues, meeting
from okil.foundation.accounts.models import User
from okil.foundation.audit import verify_chain
from okil.foundation.documents import issued_of

pytestmark = pytest.mark.django_db(transaction=True)
AT = given.moment(8, 15, 6)


def signing(election: Election, actor: User) -> Act:
    return lambda: officers.sign_undertaking(
        election.pk,
        role=RoleName.ORGANISER,
        kind=Undertaking.Kind.CONFIDENTIALITY,
        actor=actor,
        at=AT,
    )


def test_in_two_windows_an_undertaking_is_signed_once() -> None:
    election = given.election()
    organiser = given.organiser_of(election)

    found = meeting(signing(election, organiser), signing(election, organiser))

    assert found == (DONE, "undertaking-signed")
    assert Undertaking.objects.count() == 1
    assert verify_chain() == []


def test_two_who_ask_one_partner_send_one_letter() -> None:
    election = given.election()

    def writing() -> PartnerLetter:
        return given_officers.letter(election, at=AT)

    assert meeting(writing, writing) == (DONE, "letter-written")
    assert PartnerLetter.objects.count() == 1


def test_a_paper_with_names_is_issued_by_one_of_two() -> None:
    election = given.election()
    given_officers.all_signed(election, at=AT)
    secretary, organiser = given.secretariat(), given.organiser_of(election)

    def issuing(actor: User) -> Act:
        return lambda: officers.issue_commission_list(election.pk, seen=0, actor=actor, at=AT)

    assert meeting(issuing(organiser), issuing(secretary)) == (DONE, "paper-issued")
    assert issued_of(election, COMMISSION).count() == 1
    assert verify_chain() == []


def test_papers_of_two_groups_are_issued_beside_each_other_without_waiting_in_a_circle() -> None:
    """Whoever issues holds the year's numbers before the journal: also where names are opened."""
    groups = [bodies.group(given.body()) for _each in range(2)]
    for group in groups:
        given.prepared(group)
    one, other = given.cycle(groups).elections.select_related("cycle__body", "group__body")
    given_officers.all_signed(one, at=AT)

    def listing() -> object:
        return officers.issue_commission_list(one.pk, seen=0, actor=given.organiser_of(one), at=AT)

    def asking() -> object:
        return given_officers.letter(other, at=AT)

    assert meeting(listing, asking) == (DONE, DONE)
    assert verify_chain() == []


def test_of_two_announcements_written_over_one_version_the_second_is_told() -> None:
    election = given.election()
    one, other = colleagues()
    text = dict.fromkeys(("ru", "kk", "en"), "Выборы объявлены.")

    def writing(actor: User) -> Act:
        return lambda: notices.write_announcement(
            election.cycle_id, text=text, seen=0, actor=actor, at=AT
        )

    assert meeting(writing(one), writing(other)) == (DONE, "notice-written")
    assert Notice.objects.count() == 1


def test_a_publication_is_noted_once() -> None:
    election = given.election()
    notice = given_notices.announcement(election.cycle, at=AT)
    one, other = colleagues()

    def noting(actor: User) -> Act:
        return lambda: given_notices.published(notice, given_notices.SITE, at=AT, actor=actor)

    assert meeting(noting(one), noting(other)) == (DONE, "published-already")
    assert Publication.objects.count() == 1
