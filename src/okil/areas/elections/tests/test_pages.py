"""All pages in a world of ten groups: light, sound, without a name, and without a way to nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from okil.areas.bodies.actions import people
from okil.areas.bodies.models import ElectoralGroup, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions.regulation_papers import issue_regulation
from okil.areas.elections.models import Cycle, Election
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import (
    complaints,
    count,
    packages,
    protocols,
    seats,
    voters,
)
from okil.foundation.accounts.models import User
from okil.foundation.web.tests.pages import read
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
MOST_BYTES = 100 * 1024
NOW = given.moment(9, 20, 12)
OFFICERS = (RoleName.ORGANISER, RoleName.COMMISSIONER, RoleName.OBSERVER)
# Parts of the names that the given worlds hand out.
NAMES = bodies.SURNAMES
INSIDE = ("inside-", "внутреннее имя", "inner name")


@dataclass(frozen=True)
class Seen:
    """A page, who looked, and what is wrong with it."""

    url: str
    role: str
    status: int
    problems: tuple[str, ...]


def elections_of(cycle: Cycle) -> list[Election]:
    return list(cycle.elections.select_related("cycle__body", "group__body").order_by("pk"))


def public_pages(cycle: Cycle) -> Iterator[str]:
    yield reverse("cycle", args=[cycle.year])
    yield reverse("plan", args=[cycle.year])
    for election in elections_of(cycle):
        yield reverse("group", args=[cycle.year, election.group.slug])


def pages_of_the_secretariat(cycle: Cycle) -> Iterator[str]:
    yield from public_pages(cycle)
    for name in ("office", "office_journal", "cycle_open"):
        yield reverse(name)
    for name in ("overview", "cycle_decision", "cycle_dates", "plan_approve"):
        yield reverse(name, args=[cycle.year])
    for name in ("plan_proposal", "plan_action_add", "plan_days", "plan_import"):
        yield reverse(name, args=[cycle.year])
    for name in ("plan_action", "plan_action_remove", "plan_done", "plan_not_done"):
        yield reverse(name, args=[cycle.year, 3])
    for election in elections_of(cycle):
        yield from pages_for_all_officers(election)


def pages_for_all_officers(election: Election) -> Iterator[str]:
    where = [election.cycle.year, election.group.slug]
    for name in WAYS:
        yield reverse(name, args=where)


def pages_for(role: str, election: Election) -> Iterator[str]:
    where = [election.cycle.year, election.group.slug]
    yield reverse("office")
    yield reverse("group", args=where)
    yield from pages_for_all_officers(election)
    if role == RoleName.ORGANISER:
        yield reverse("election_regulation_adopt", args=where)
        yield reverse("election_regulation_parts", args=where)
        yield reverse("election_regulation_part", args=[*where, "seats"])
        yield reverse("election_extend", args=[*where, 6])
    if role == RoleName.COMMISSIONER:
        for name in ("suspend", "resume", "annul", "new_round"):
            yield reverse(f"election_{name}", args=where)


def signed_in(user: User) -> Client:
    """A browser that has been here before: its first page also notes the session."""
    client = given.browser_of(user)
    client.get(reverse("journal_heads"))
    return client


def look(client: Client, url: str, role: str) -> Seen:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    is_page = response.headers["Content-Type"].startswith("text/html")
    html = response.content.decode() if is_page else ""
    problems = list(read(response).problems()) if is_page and response.status_code == 200 else []
    if response.status_code != 200:
        problems.append(f"It answers {response.status_code}.")
    if len(html.encode()) > MOST_BYTES:
        problems.append(f"It weighs {len(html.encode())} bytes.")
    if len(queries) > MOST_QUERIES:
        problems.append(f"It asks {len(queries)} queries.")
    problems += [f"It names {name}." for name in NAMES if name in html]
    if role == "visitor" or "/office/" not in url:
        problems += [f"It says {inner}." for inner in INSIDE if inner in html]
    return Seen(url, role, response.status_code, tuple(problems))


def all_pages(cycle: Cycle) -> Iterator[Seen]:
    visitor = Client()
    yield from (look(visitor, url, "visitor") for url in public_pages(cycle))
    secretary = signed_in(given.secretariat())
    yield from (look(secretary, url, "secretariat") for url in pages_of_the_secretariat(cycle))
    for election in elections_of(cycle):
        for role in OFFICERS:
            client = signed_in(given.officer_of(role, election))
            yield from (look(client, url, role) for url in pages_for(role, election))
        if given.state_of(election) is not State.CONCLUDED:
            mover = signed_in(given.mover_of(election))
            url = reverse("election_move", args=[cycle.year, election.group.slug])
            yield look(mover, url, "mover")


def test_every_page_is_light_and_sound_and_names_nobody() -> None:
    cycle = given.ten_groups()
    given.it_is(NOW)

    for language in ("ru", "kk", "en"):
        with override(language):
            seen = list(all_pages(cycle))
        assert len(seen) > 150
        assert [page for page in seen if page.problems] == []


def test_pages_of_an_election_to_be_concluded_ask_no_more_than_others() -> None:
    election = given.election(State.PUBLISHED)
    given.it_is(NOW)
    client = signed_in(given.organiser_of(election))

    seen = [look(client, url, "organiser") for url in pages_for_all_officers(election)]

    assert [page for page in seen if page.problems] == []


# Where most has happened, most is to be read.

VOTES_IN_A_TIE = {1: 2, 2: 4, 3: 4}


def with_a_tie() -> Election:
    election = count.in_counting()
    count.counted(election, VOTES_IN_A_TIE, blank=2)
    given.it_is(count.AGREED_AT)
    return election


def with_an_unsigned_protocol() -> Election:
    election = count.in_counting()
    count.counted(election, packages.VOTES, blank=1)
    protocols.drawn_up(election)
    given.it_is(protocols.SIGNED_AT)
    return election


def with_everything_after_the_results() -> Election:
    """Somebody elected is gone, somebody complained, and the election is suspended."""
    election = seats.published()
    seats.departed(election, 3)
    complaints.complaint(election, at=seats.GONE_AT, act="1-result")
    given.suspended(election, at=seats.SEATED_AT)
    given.it_is(NOW)
    return election


def with_a_tie_in_a_later_round() -> Election:
    election = packages.signed(VOTES_IN_A_TIE, blank=2)
    packages.voted_again(election, voted=12)
    count.counted(election, {2: 6, 3: 6}, at=packages.COUNTED_AGAIN_AT)
    given.it_is(packages.COUNTED_AGAIN_AT)
    return election


def with_the_results_of_a_later_round() -> Election:
    election = packages.signed(VOTES_IN_A_TIE, blank=2)
    packages.voted_again(election, voted=12)
    count.counted(election, {2: 8, 3: 4}, at=packages.COUNTED_AGAIN_AT)
    seats.published_again(election)
    given.it_is(given.moment(9, 30, 12))
    return election


FULLEST = (
    with_a_tie,
    with_an_unsigned_protocol,
    with_everything_after_the_results,
    with_a_tie_in_a_later_round,
    with_the_results_of_a_later_round,
)
OF_ANY_OFFICER = (
    "group", "complain", "group_results", "voters", "candidates", "lists", "notices", "count",
    "protocol", "complaints", "papers", "ballots",
)  # fmt: skip


@pytest.mark.parametrize("world", FULLEST)
def test_where_most_has_happened_a_page_asks_no_more_than_elsewhere(
    world: Callable[[], Election],
) -> None:
    election = world()
    where = [2024, election.group.slug]
    urls = {
        *pages_for_all_officers(election),
        *(reverse(name, args=where) for name in OF_ANY_OFFICER),
        reverse("notice_write", args=[*where, "results"]),
        reverse("cycle_results", args=[2024]),
        reverse("overview", args=[2024]),
        reverse("office"),
    }
    seen = []
    for role in (RoleName.SECRETARIAT, *OFFICERS):
        client = signed_in(given.officer_of(role, election))
        seen += [look(client, url, role) for url in sorted(urls)]

    opened = [page for page in seen if page.status == 200]
    dear = [page for page in opened if any("queries" in problem for problem in page.problems)]
    assert len(opened) > len(seen) / 2
    assert dear == []


def test_a_tie_and_the_paper_of_the_regulation_together_are_not_too_much() -> None:
    election = with_a_tie()
    organiser = given.organiser_of(election)
    issue_regulation(election.group_id, seen=0, actor=organiser, at=count.AGREED_AT)
    url = reverse("election_regulation", args=[2024, election.group.slug])

    assert look(signed_in(organiser), url, "organiser").problems == ()


def test_posts_left_empty_after_a_later_round_are_not_too_much() -> None:
    election = with_the_results_of_a_later_round()
    for number in (2, 3):
        seats.departed(election, number)
    client = signed_in(given.organiser_of(election))

    for name in ("group_results", "election_results"):
        seen = look(client, reverse(name, args=[2024, election.group.slug]), "organiser")
        assert not any("queries" in each for each in seen.problems), seen


def test_of_two_ties_a_page_asks_no_more_than_of_one() -> None:
    election = count.on_the_table()
    count.counted(election, VOTES_IN_A_TIE, blank=2)
    client = signed_in(given.secretariat())
    url = reverse("overview", args=[2024])
    with CaptureQueriesContext(connection) as of_one:
        client.get(url)
    group = bodies.group(given.body())
    given.prepared(group)
    other = election.cycle.elections.create(group=group)
    other.rounds.create(number=1, state_since=given.AT)
    count.counted(count.laid_out(voters.promised(other)), VOTES_IN_A_TIE, blank=2)

    with CaptureQueriesContext(connection) as of_two:
        client.get(url)

    assert len(of_two) == len(of_one)


def test_a_page_asks_no_more_of_ten_groups_than_of_one() -> None:
    def asked(url: str, client: Client) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    one = bodies.group(given.body())
    given.prepared(one)
    cycle = given.cycle([one])
    client = signed_in(given.secretariat())
    pages = [reverse("cycle", args=[2024]), reverse("overview", args=[2024]), reverse("office")]
    before = [asked(url, client) for url in pages]
    for _each in range(9):
        group = bodies.group(given.body())
        given.prepared(group)
        cycle.elections.create(group=group).rounds.create(number=1, state_since=given.AT)

    assert [asked(url, client) for url in pages] == before


def test_a_name_stands_where_its_owner_let_it_stand_and_nowhere_else() -> None:
    election = given.election(State.ANNOUNCED)
    organiser = given.organiser_of(election)
    where = [2024, election.group.slug]
    public = reverse("group", args=where)
    assert not any(name in Client().get(public).content.decode() for name in NAMES)

    people.publish_name(public=True, actor=organiser, at=given.AT)

    assert any(name in Client().get(public).content.decode() for name in NAMES)
    client = given.browser_of(organiser)
    for url in (*pages_for_all_officers(election), reverse("office")):
        assert not any(name in client.get(url).content.decode() for name in NAMES), url

    people.publish_name(public=False, actor=organiser, at=given.AT)
    assert not any(name in Client().get(public).content.decode() for name in NAMES)


def test_a_regulation_stands_on_the_public_page_only_if_the_group_agreed() -> None:
    shown = given.election(State.ANNOUNCED)
    hidden = bodies.group(given.body())
    given.prepared(hidden, is_public=False)
    shown.cycle.elections.create(group=hidden).rounds.create(number=1, state_since=given.AT)

    def rules_on(group: ElectoralGroup) -> bool:
        response = Client().get(reverse("group", args=[2024, group.slug]))
        return bool(read(response).main.classed("facts"))

    assert rules_on(shown.group)
    assert not rules_on(hidden)


WAYS = ("workspace", "own_plan", "election_dates", "election_regulation", "election_journal")


def test_no_link_on_an_officers_page_leads_to_a_missing_page() -> None:
    cycle = given.ten_groups()
    given.it_is(NOW)
    nowhere: set[tuple[str, State, str]] = set()

    for election in elections_of(cycle):
        for role in (RoleName.SECRETARIAT, *OFFICERS):
            client = signed_in(given.officer_of(role, election))
            pages = [reverse(name, args=[cycle.year, election.group.slug]) for name in WAYS]
            ways = {
                link["href"]
                for url in pages
                for link in read(client.get(url)).main.all("a")
                if link["href"].startswith("/")
            }
            missing = {way for way in ways if client.get(way).status_code > 302}
            nowhere |= {(role, given.state_of(election), way) for way in missing}

    assert nowhere == set()


def test_where_only_the_secretariat_can_do_it_the_others_are_led_nowhere() -> None:
    group = bodies.group(given.body())
    given.prepared(group)
    election = given.cycle([group], decided=False, dated=False).elections.get()
    url = reverse("workspace", args=[2024, group.slug])
    of_the_cycle = {reverse(name, args=[2024]) for name in ("cycle_decision", "cycle_dates")}

    def linked(role: str) -> set[str]:
        client = given.browser_of(given.officer_of(role, election))
        return of_the_cycle & set(read(client.get(url)).links.values())

    assert [linked(role) for role in OFFICERS] == [set(), set(), set()]
    client = given.browser_of(given.secretariat())
    assert of_the_cycle <= {each["href"] for each in read(client.get(url)).main.all("a")}


@pytest.mark.parametrize("flag", ["suspended", "annulled"])
def test_what_does_not_run_is_not_said_to_run(flag: str) -> None:
    election = given.election(State.VOTING)
    getattr(given, flag)(election, at=given.moment(9, 12, 10))
    given.it_is(given.moment(9, 12, 12))
    where = [2024, election.group.slug]
    client = signed_in(given.organiser_of(election))

    for url in (reverse("group", args=where), reverse("workspace", args=where)):
        page = read(client.get(url))
        assert "Идёт голосование" not in page.text, url
        assert page.problems() == []
    for url in (reverse("cycle", args=[2024]), reverse("overview", args=[2024])):
        assert read(signed_in(given.secretariat()).get(url)).problems() == []


def test_a_person_reads_what_they_are_here_and_not_what_they_are_elsewhere() -> None:
    election = given.election(State.ANNOUNCED)
    observer = given.officer_of(RoleName.OBSERVER, election)
    elsewhere = bodies.group(given.body())
    email = observer.email
    invitation = bodies.invitation(RoleName.COMMISSIONER, elsewhere, email=email)
    people.accept_invitation(invitation.pk, name="", actor=observer, at=given.AT)
    client = given.browser_of(observer)

    here = read(client.get(reverse("workspace", args=[2024, election.group.slug])))

    assert "Независимый наблюдатель" in here.text or "наблюдатель" in here.text.lower()
    assert here.main.all("p")[0].text.lower().count("комисси") == 0
