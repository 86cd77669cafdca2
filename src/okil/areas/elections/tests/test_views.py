"""Who gets which page; what a page answers to what is sent to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from okil.areas.bodies.models import RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.models import (
    Consultation,
    Election,
    GateAnswer,
    Meeting,
    Move,
    Notice,
    PartnerLetter,
)
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import complaints, packages
from okil.areas.elections.tests.given import officers as given_officers
from okil.areas.elections.tests.given import plan as given_plan
from okil.areas.elections.tests.given.consultations import consultation
from okil.areas.elections.tests.given.rule_questions import asked
from okil.areas.elections.urls import urlpatterns
from okil.foundation.accounts.tests import given as accounts
from okil.foundation.audit import length_and_last_hash
from okil.foundation.documents.models import File
from okil.foundation.web import refusals
from okil.foundation.web.tests.pages import read
from okil.pure.refusal import Refused
from okil.pure.rules.stages import ORDER, State

pytestmark = pytest.mark.django_db

# Who comes: nobody in particular, officers, somebody without a role, the organiser without a second
# factor. An election is announced; opening registration is the organiser's turn.
TABLE = """
address                   visitor secretariat organiser neighbour commissioner observer roleless no_factor
cycle                     200     200         200       200       200          200      200      200
plan                      200     200         200       200       200          200      200      200
group                     200     200         200       200       200          200      200      200
office                    302     200         200       200       200          200      200      302
office_journal            302     200         404       404       404          404      404      302
cycle_open                302     200         404       404       404          404      404      302
overview                  302     200         404       404       404          404      404      302
cycle_decision            302     200         404       404       404          404      404      302
cycle_dates               302     200         404       404       404          404      404      302
plan_approve              302     200         404       404       404          404      404      302
plan_action               302     200         404       404       404          404      404      302
plan_action_add           302     200         404       404       404          404      404      302
plan_action_remove        302     200         404       404       404          404      404      302
plan_proposal             302     200         404       404       404          404      404      302
plan_days                 302     200         404       404       404          404      404      302
plan_day_forget           302     200         404       404       404          404      404      302
plan_done                 302     200         404       404       404          404      404      302
plan_not_done             302     200         404       404       404          404      404      302
own_plan                  302     200         200       404       200          200      404      302
own_plan_done             302     404         200       404       404          404      404      302
own_plan_not_done         302     404         200       404       404          404      404      302
workspace                 302     200         200       404       200          200      404      302
election_move             302     404         200       404       404          404      404      302
election_gate             302     200         200       404       200          200      404      302
election_answer_withdraw  302     405         405       405       405          405      405      302
election_dates            302     200         200       404       200          200      404      302
election_extend           302     404         200       404       404          404      404      302
election_suspend          302     404         404       404       200          404      404      302
election_resume           302     404         404       404       200          404      404      302
election_annul            302     404         404       404       200          404      404      302
election_new_round        302     404         404       404       200          404      404      302
election_regulation       302     200         200       404       200          200      404      302
election_regulation_adopt 302     404         200       404       404          404      404      302
election_journal          302     200         200       404       200          200      404      302
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
VISITORS = HEAD[1:]
EXPECTED = {name: dict(zip(VISITORS, map(int, codes), strict=True)) for name, *codes in ROWS}

# What a press of a button without any field answers, where it is not the same as before: a form that
# is not filled in (422), or nothing to be done here by this visitor.
FORMS = {
    "cycle_open", "cycle_decision", "cycle_dates", "plan_approve", "plan_action", "election_gate",
    "plan_action_add", "plan_action_remove", "plan_proposal", "plan_days", "plan_done",
    "plan_not_done", "own_plan_done", "own_plan_not_done",
    "election_dates", "election_extend", "election_suspend", "election_resume", "election_annul",
    "election_new_round", "election_regulation_adopt",
}  # fmt: skip
POSTED = {
    "election_answer_withdraw": {
        "visitor": 302, "secretariat": 302, "organiser": 302, "neighbour": 404,
        "commissioner": 302, "observer": 302, "roleless": 404, "no_factor": 302,
    },
    # Without the state it was meant for, a move is nobody's.
    "election_move": dict.fromkeys(VISITORS, 404) | {"visitor": 302, "no_factor": 302},
    "plan_day_forget": {**EXPECTED["plan_day_forget"], "secretariat": 302},
    # Dates are read by all officers and set by one; a group may have none of its own.
    "own_plan": {
        **EXPECTED["own_plan"],
        "organiser": 302, "secretariat": 404, "commissioner": 404, "observer": 404,
    },
    "election_dates": {
        **EXPECTED["election_dates"],
        "organiser": 422, "secretariat": 404, "commissioner": 404, "observer": 404,
    },
}  # fmt: skip


# The pages of the subjects: for whom they open once results are published. Who is not signed in, or
# without the second factor, is led to the door; for all others there is nothing there.
FOR_ALL = "everybody"
WITHIN = "secretariat organiser commissioner observer"
OPEN_FOR = {
    FOR_ALL: """
        group_regulation
        register my booth
        complain public_complaints public_complaint announcement_public group_notices
        public_protocol public_protocol_file group_results group_numbers cycle_results public_paper
        plan_ics plan_json plan_xlsx plan_pdf group_plan_ics
        group_rule_questions
        apply nominate nomination candidate_questions
        verify verify_ballot
    """,
    WITHIN: """
        complaints complaint notices notice officers undertakings presence meetings protocol
        protocol_version protocol_public_file remarks assembly assembly_draft ballots
        ballots_specimen package papers paper_for_officers election_results candidates voters lists
        notice_draft notice_copy election_regulation_findings election_regulation_compare
        coverage schedule_draft
        rule_questions rule_question rule_question_ask rule_proposals
        retention several_roles
    """,
    "secretariat organiser commissioner": "officers_issue",
    "organiser commissioner observer": "count count_result",
    "secretariat organiser": """
        notice_write notice_issue officers_describe letters letter_write letter_reply
    """,
    "organiser commissioner": """
        complaint_enter meeting_minutes protocol_sign witnesses candidate candidate_person voter list_paper
        admission_queue
    """,
    "secretariat": """
        plan_import by_election announcement announcement_write announcement_copy announcement_issue
        announcement_draft organisers organisers_issue office_results package_check packages
        take_seats candidate_lists common_rules_adopt common_rules_groups
        consultation_record consultation_correct
        cycle_rule_questions
        matching_key matching_key_end
    """,
    "organiser": """
        assembly_plan assembly_agenda candidate_enter candidate_change candidate_consents
        candidate_withdraw voter_enter voters_paste voter_change voter_withdraw voter_ticket lists_close
        voters_file voters_file_empty cards schedule_issue
        rule_question_answer rule_question_propose
        candidate_signed candidate_ticket
        list_hand_over election_regulation_parts election_regulation_part
        election_regulation_draft_findings election_regulation_draft
    """,
    "commissioner": """
        meeting_record meeting_issue protocol_draw_up protocol_draft ballots_lot ballots_printing
        departure admission_settle candidate_check candidate_relation candidate_relation_back
        voter_relation voter_relation_back candidate_questions_hide
    """,
    "observer": "remark_new",
    # Nothing of the kind was issued, nobody is left to sign, the desk is put away, or it is no
    # business of these people.
    "nobody": """
        complaint_concerned complaint_decide officers_issue_one officers_paper organisers_paper
        election_regulation_paper cards_withdraw
        protocol_sign_paper protocol_absence assembly_paper post_empty desk desk_voted
        board_check
        retention_backups retention_destroy several_roles_mine several_roles_rule
        delegates delegates_record delegates_meeting delegate_enter delegates_withdraw
    """,
}
# What is done there is done: who would do it is led back.
LED_BACK = {
    "undertaking_sign": "commissioner",
    "count_enter": "commissioner",
    "count_agree": "commissioner",
    "count_reopen": "commissioner",
    "count_tie": "commissioner",
    "election_regulation_case": "organiser",
    "matching_run": "secretariat",  # there is no key to compare with
}
NOT_ISSUED = {
    "public_regulation_paper",
    "announcement_paper",
    "notice_paper",
    "cycle_results_paper",
    "candidate_photo",
    # Nobody votes online there.
    "group_board",
    "group_board_of",
    "group_board_archive",
    "group_board_file",
}
BUTTONS = """
    complaint_take_up complaint_withdraw publication_withdraw announcement_publication_withdraw
    presence_withdraw protocol_internal_file protocol_scan assembly_arrange assembly_programme
    assembly_attendance ballots_issue ballots_printing_withdraw count_anew count_sheet
    count_tie_withdraw desk_give desk_take_back results_issue_all results_issue_elected results_file
    election_regulation_discard election_regulation_text election_regulation_issue
    package_build package_download paper_internal roll_issue voter_paper
    rule_question_close rule_question_reopen
    candidate_paper delegates_protocol
"""


def address(name: str, election: Election) -> str:
    year, slug = election.cycle.year, election.group.slug
    arguments: dict[str, list[Any]] = {
        "office": [],
        "office_journal": [],
        "cycle_open": [],
        "plan_action": [year, 3],
        "plan_action_remove": [year, 3],
        "plan_done": [year, 3],
        "plan_not_done": [year, 3],
        "plan_day_forget": [year, "2024-10-01"],
        "own_plan_done": [year, slug, 3],
        "own_plan_not_done": [year, slug, 3],
        "election_gate": [year, slug, "languages-named"],
        "election_extend": [year, slug, 3],
    }
    if name == "election_answer_withdraw":
        return reverse(name, args=[year, slug, GateAnswer.objects.order_by("pk")[0].pk])
    of_cycle = name in {
        "cycle",
        "plan",
        "overview",
        *(n for n in EXPECTED if n[:5] in {"cycle", "plan_"}),
    }
    return reverse(name, args=arguments.get(name, [year] if of_cycle else [year, slug]))


def browsers(election: Election) -> dict[str, Client]:
    neighbour = bodies.officer(RoleName.ORGANISER, bodies.group(given.body()))
    no_factor = Client()
    no_factor.force_login(given.organiser_of(election))
    return {
        "visitor": Client(),
        **{
            role: given.browser_of(given.officer_of(role, election))
            for role in ("secretariat", "organiser", "commissioner", "observer")
        },
        "neighbour": given.browser_of(neighbour),
        "roleless": given.browser_of(accounts.officer()),
        "no_factor": no_factor,
    }


def silent_election() -> Election:
    """Announced; the regulation says neither who votes nor in which languages."""
    rules = {**given.RULES, "voter_kind": None, "languages": []}
    return given.election(State.ANNOUNCED, rules=rules)


def answers(ask: Callable[[Client, str], int]) -> dict[str, dict[str, int]]:
    election = silent_election()
    given.answered("voter-defined", election, at=given.AT)
    given_plan.day_named(date(2024, 10, 1))
    visitors = browsers(election)
    return {
        name: {who: ask(visitors[who], address(name, election)) for who in VISITORS}
        for name in EXPECTED
    }


def test_every_address_of_the_area_is_in_the_table() -> None:
    assert {pattern.name for pattern in urlpatterns} == {*EXPECTED, *SUBJECTS}


def inside(codes: dict[str, int], otherwise: int = 404) -> dict[str, int]:
    return {**dict.fromkeys(VISITORS, otherwise), "visitor": 302, "no_factor": 302, **codes}


SUBJECTS: dict[str, dict[str, int]] = {
    **{
        name: dict.fromkeys(VISITORS, 200)
        if who == FOR_ALL
        else inside({role: 200 for role in who.split() if role in VISITORS})
        for who, names in OPEN_FOR.items()
        for name in names.split()
    },
    **{name: inside({who: 302}) for name, who in LED_BACK.items()},
    **{name: dict.fromkeys(VISITORS, 404) for name in NOT_ISSUED},
    **{name: dict.fromkeys(VISITORS, 405) for name in ("booth_open", "booth_cast")},
    # What concerns all groups is read by every officer, also of another group.
    **{
        name: inside(dict.fromkeys((*WITHIN.split(), "neighbour"), 200))
        for name in ("common_rules", "consultations", "consultation", "several_roles_cycle")
    },
    **{name: inside({}, otherwise=405) for name in BUTTONS.split()},
}


def full_election() -> Election:
    """Results are published; there is one of everything at least."""
    election = packages.submitted()
    given.moved_to(State.PUBLISHED, election)
    at = given.ENTERED[State.PUBLISHED] + given.HOUR
    given.it_is(at)
    given_officers.letter(election, at=at)
    given_officers.meeting(election, at=at)
    consultation(election.cycle, at=at)
    complaints.complaint(election, at=at)
    asked(election, at=at)
    return election


def address_of_a_subject(pattern: URLPattern, election: Election) -> str:
    """With the first of what is asked for: what a row's number is, hangs on the tests before."""
    notice = Notice.objects.filter(round__election=election).order_by("pk")[0]
    roll = File.objects.filter(issued__kind="voter-roll", audience="internal").order_by("pk")[0]
    here: dict[str, Any] = {
        "year": election.cycle.year,
        "slug": election.group.slug,
        "paper_year": election.cycle.year,
        "language": "ru",
        "form": "pdf",
        "notice": notice.pk,
        "file": roll.pk,
        "letter": PartnerLetter.objects.order_by("pk")[0].pk,
        "consultation": Consultation.objects.order_by("pk")[0].pk,
        "meeting": Meeting.objects.order_by("pk")[0].pk,
        "part": "seats",
        "criterion": "documents",
        "rule": "REG-05",
        "role": "commissioner" if pattern.name == "undertaking_sign" else 1,
        "kind": KINDS.get(pattern.name or "", ""),
    }
    if pattern.name == "departure":
        here["number"] = 3  # who was elected
    return reverse(
        pattern.name, kwargs={name: here.get(name, 1) for name in pattern.pattern.converters}
    )


KINDS = {
    "notice_write": "results",
    "undertaking_sign": "no_interest",
    "officers_issue": "commission-list",
    "officers_issue_one": "nomination",
}


def test_each_page_of_a_subject_opens_for_those_it_is_for() -> None:
    """How light it is, and that it names nobody, is told by the tests of each subject's pages."""
    election = full_election()
    visitors = browsers(election)
    patterns = [pattern for pattern in urlpatterns if pattern.name in SUBJECTS]

    found = {
        pattern.name: {
            who: visitors[who].get(address_of_a_subject(pattern, election)).status_code
            for who in VISITORS
        }
        for pattern in patterns
    }

    assert {name: row for name, row in found.items() if row != SUBJECTS[str(name)]} == {}


def test_each_page_opens_for_those_it_is_for() -> None:
    assert answers(lambda client, url: client.get(url).status_code) == EXPECTED


def test_a_button_pressed_without_fields_breaks_nothing() -> None:
    expected = {
        name: POSTED.get(name)
        or {who: 422 if code == 200 and name in FORMS else code for who, code in row.items()}
        for name, row in EXPECTED.items()
    }

    assert answers(lambda client, url: client.post(url).status_code) == expected


def test_who_is_not_signed_in_is_led_to_the_door_and_back() -> None:
    election = given.election(State.ANNOUNCED)
    url = address("workspace", election)

    assert Client().get(url).headers["Location"] == f"{reverse('account_login')}?next={url}"


# Odd addresses

ODD = [
    "cycles/99999/",
    "cycles/0/",
    f"cycles/{10**30}/",
    "cycles/99999/plan/",
    "cycles/2024/groups/nobody/",
    "cycles/99999/groups/{slug}/",
    "office/cycles/99999/",
    "office/cycles/99999/dates/",
    "office/cycles/2024/plan/0/",
    "office/cycles/2024/plan/99/",
    f"office/cycles/2024/plan/{10**30}/",
    "office/cycles/2024/groups/nobody/",
    "office/cycles/99999/groups/{slug}/",
    "office/cycles/2024/groups/{slug}/gates/tea/",
    "office/cycles/2024/groups/{slug}/gates/cycle-decided/",
    "office/cycles/2024/groups/{slug}/gates/registration-begins/",
    "office/cycles/2024/groups/{slug}/gates/observers-invited/",
    "office/cycles/2024/groups/{slug}/gates/package-complete/",
    "office/cycles/2024/groups/{slug}/dates/0/",
    "office/cycles/2024/groups/{slug}/dates/9/",
    f"office/cycles/2024/groups/{{slug}}/dates/{10**30}/",
]


@pytest.mark.parametrize("path", ODD)
def test_an_odd_address_is_a_page_not_found(path: str) -> None:
    election = given.election(State.ANNOUNCED)
    url = "/ru/" + path.format(slug=election.group.slug)

    for role in ("secretariat", "organiser"):
        client = given.browser_of(given.officer_of(role, election))
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


@pytest.mark.parametrize("pk", [0, 99_999, 10**30])
def test_an_answer_that_is_not_there_or_of_another_election_is_not_found(pk: int) -> None:
    election = given.election(State.ANNOUNCED)
    client = given.browser_of(given.organiser_of(election))
    where = [2024, election.group.slug]

    assert client.post(reverse("election_answer_withdraw", args=[*where, pk])).status_code == 404


def test_an_answer_is_not_taken_back_through_another_groups_address() -> None:
    one, other = bodies.group(given.body()), bodies.group(given.body())
    for group in (one, other):
        given.prepared(group, rules={**given.RULES, "voter_kind": None})
    cycle = given.cycle([one, other])
    election = given.moved_to(State.ANNOUNCED, cycle.elections.get(group=one))
    answer = given.answered("voter-defined", election, at=given.AT)
    client = given.browser_of(given.organiser_of(election))

    url = reverse("election_answer_withdraw", args=[2024, other.slug, answer.pk])
    assert client.post(url).status_code == 404
    assert GateAnswer.objects.get().withdrawn_at is None


@pytest.mark.parametrize("page", ["tea", "0", "-1", "99999", "1" * 5000])
def test_a_page_of_the_journal_that_is_not_there_is_the_nearest_one(page: str) -> None:
    election = given.election(State.ANNOUNCED)
    client = given.browser_of(given.organiser_of(election))

    assert client.get(address("election_journal", election), {"page": page}).status_code == 200


def test_before_there_is_a_body_or_a_cycle_the_office_says_so() -> None:
    client = given.browser_of(accounts.officer())
    assert client.get(reverse("office")).status_code == 200

    given.body()
    secretary = given.browser_of(given.secretariat())
    assert secretary.get(reverse("office")).status_code == 200
    assert secretary.get(reverse("office_journal")).status_code == 200
    assert secretary.get(reverse("cycle_open")).status_code == 200
    assert secretary.get(reverse("overview", args=[2024])).status_code == 404


# A move


def move_of(election: Election) -> tuple[Client, str]:
    return given.browser_of(given.mover_of(election)), address("election_move", election)


def notices(response: Any) -> list[str]:
    page = read(response)
    return [each.text for each in page.main.classed("notice")]


def test_the_button_of_the_page_moves_the_election_and_pressed_twice_moves_it_once() -> None:
    election = given.election()

    for state in ORDER[:-1]:
        assert given.state_of(election) is state
        given.all_fulfilled(election)
        to = given.next_state_of(election)
        client, url = move_of(election)
        given.it_is(given.ENTERED[to])
        form = read(client.get(url)).form_to("")

        first = client.post(url, form.values)
        assert first.status_code == 302, state
        assert first.headers["Location"] == address("workspace", election)
        assert given.state_of(election) is to
        client.get(first.headers["Location"])  # the first answer is read

        before = (Move.objects.count(), length_and_last_hash())
        second = client.post(url, form.values, follow=True)
        assert second.status_code == 200, state
        assert notices(second) == [refusals.sentence(Refused("moved-already"))], state
        assert (Move.objects.count(), length_and_last_hash()) == before


def test_a_move_that_misses_something_says_what_and_moves_nothing() -> None:
    election = given.election()
    client, url = move_of(election)

    response = client.post(url, {"to": "announced"})

    assert response.status_code == 422
    assert read(response).problems() == []
    assert given.state_of(election) is State.PREPARATION


@pytest.mark.parametrize("to", ["concluded", "counting", "preparation", "tea", "", "Announced"])
def test_a_move_to_anywhere_else_moves_nothing(to: str) -> None:
    election = given.election()
    given.all_fulfilled(election)

    for role in ("secretariat", "organiser", "commissioner", "observer"):
        client = given.browser_of(given.officer_of(role, election))
        response = client.post(address("election_move", election), {"to": to})
        assert response.status_code in (302, 404)
    assert given.state_of(election) is State.PREPARATION


def test_taking_back_by_another_role_says_no_and_takes_nothing_back() -> None:
    election = silent_election()
    answer = given.answered("voter-defined", election, at=given.AT)
    url = reverse("election_answer_withdraw", args=[2024, election.group.slug, answer.pk])
    client = given.browser_of(given.secretariat())

    response = client.post(url, follow=True)

    assert response.status_code == 200
    assert len(notices(response)) >= 1
    assert GateAnswer.objects.get().withdrawn_at is None
