"""What all groups decided together: version after version, by the Secretariat; and who says otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from okil.areas.bodies.models import Decision
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import common_rules
from okil.areas.elections.models import CommonRules
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given.regulation_drafts import TOGETHER, decided_together
from okil.foundation.audit import history_of, length_and_last_hash
from okil.foundation.web.tests.pages import Element, read
from okil.pure.refusal import Refused
from okil.pure.rules.regulation import RULES
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db
DECIDED = {
    "made_by": "Встреча лидеров групп",
    "made_on_0": "14",
    "made_on_1": "8",
    "made_on_2": "2024",
}


def test_what_was_decided_is_a_version_and_one_row_of_the_journal() -> None:
    given.body()
    given.secretariat()
    length = length_and_last_hash()[0]

    adopted = decided_together(tightened=("REG-11", "REG-09"))

    row = history_of(adopted).get()
    assert length_and_last_hash()[0] == length + 1
    assert (row.event, row.role) == ("common_rules.adopted", "secretariat")
    assert row.after == {"version": 1, "tightened": 2}
    assert (adopted.content, set(adopted.tightened)) == (TOGETHER, {"REG-09", "REG-11"})


def test_a_new_version_leaves_the_old_one_as_it_was() -> None:
    decided_together()
    decided_together({**TOGETHER, "most_commissions": 1}, seen=1)

    found = CommonRules.objects.values_list("version", "content__most_commissions")
    assert list(found) == [(2, 1), (1, 2)]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"seen_version": 7}, "changed-meanwhile"),
        ({"content": {"voter_in_many": "tea"}}, "regulation-unreadable"),
    ],
)
def test_what_cannot_be_entered_is_not(facts: dict[str, Any], code: str) -> None:
    assert refusal(**facts) == code


def refusal(**facts: Any) -> str:
    usual = {
        "content": TOGETHER,
        "tightened": (),
        "decision": given.decision(),
        "seen_version": 0,
        "actor": given.secretariat(),
        "at": given.AT,
    }
    before = (CommonRules.objects.count(), Decision.objects.count(), length_and_last_hash())
    with pytest.raises(Refused) as refused:
        common_rules.adopt_common_rules(given.body().pk, **{**usual, **facts})
    assert before == (
        CommonRules.objects.count(),
        Decision.objects.count(),
        length_and_last_hash(),
    )
    return refused.value.code


SOME = {**TOGETHER, "most_commissions": None}


@pytest.mark.parametrize("state", [State.ANNOUNCED, State.VOTING, State.PUBLISHED])
def test_while_an_election_runs_what_was_decided_stays(state: State) -> None:
    decided_together(SOME)
    given.election(state)
    stays = "common-rules-stand"

    assert refusal(content={**SOME, "voter_in_many": "several"}, seen_version=1) == stays
    assert refusal(content={**SOME, "voter_in_many": None}, seen_version=1) == stays
    assert refusal(content=SOME, tightened=["REG-09"], seen_version=1) == stays


def test_while_an_election_runs_what_is_open_may_be_answered() -> None:
    decided_together(SOME)
    given.election(State.REGISTRATION)

    assert decided_together(TOGETHER, seen=1).version == 2


@pytest.mark.parametrize("state", [State.PREPARATION, State.CONCLUDED])
def test_before_the_announcement_and_after_the_conclusion_all_may_change(state: State) -> None:
    decided_together()
    given.election(state)

    assert decided_together({**TOGETHER, "most_commissions": 1}, seen=1).version == 2


def test_only_the_secretariat_enters_it() -> None:
    election = given.election()

    for role in ("organiser", "commissioner", "observer"):
        assert refusal(actor=given.officer_of(role, election)) == "not-allowed"


def test_what_is_obligatory_everywhere_or_no_rule_at_all_is_not_tightened() -> None:
    adopted = decided_together(tightened=("REG-01", "TEA", "REG-09"))

    assert adopted.tightened == ["REG-09"]


# On screen


def test_the_secretariat_enters_what_was_decided_and_every_officer_reads_it() -> None:
    election = given.election()
    secretary = given.browser_of(given.secretariat())
    form = read(secretary.get(reverse("common_rules_adopt"))).form_to("")

    typed = {**form.values, **TOGETHER, **DECIDED, "tightened": ["REG-09"]}
    response = secretary.post(reverse("common_rules_adopt"), typed)

    assert response.status_code == 302
    adopted = CommonRules.objects.get()
    assert (adopted.content, adopted.tightened) == (TOGETHER, ["REG-09"])
    for role in ("secretariat", "organiser", "observer"):
        page = read(given.browser_of(given.officer_of(role, election)).get(reverse("common_rules")))
        assert page.problems() == []
        assert "REG-09" in page.text
        assert "REG-12" in page.text


def test_a_version_entered_meanwhile_is_told_and_then_written_over() -> None:
    secretary = given.browser_of(given.secretariat())
    url = reverse("common_rules_adopt")
    typed = {**read(secretary.get(url)).form_to("").values, **TOGETHER, **DECIDED}
    decided_together({**TOGETHER, "most_commissions": 1})

    refused = secretary.post(url, typed)

    assert refused.status_code == 422
    page = read(refused)
    assert page.form_to("").values["most_commissions"] == ["2"]
    assert secretary.post(url, page.form_to("").values).status_code == 302
    assert CommonRules.objects.first().content == TOGETHER  # type: ignore[union-attr]  # there is one


def test_what_is_typed_wrongly_stays_beside_its_error() -> None:
    secretary = given.browser_of(given.secretariat())
    url = reverse("common_rules_adopt")
    typed = {**read(secretary.get(url)).form_to("").values, **DECIDED, "most_commissions": "10"}

    response = secretary.post(url, typed)

    page = read(response)
    assert (response.status_code, page.problems()) == (422, [])
    assert page.form_to("").values["most_commissions"] == ["10"]
    assert CommonRules.objects.count() == 0


def rows_of(client: Client) -> dict[str, list[Element]]:
    """The cells of each rule's row."""
    page = read(client.get(reverse("common_rules_groups")))
    assert page.problems() == []
    body = page.main.all("tbody")[0]
    return {row.all("th")[0].text[:6]: row.all("td") for row in body.all("tr")}


def test_the_table_counts_what_each_group_lacks_and_marks_what_differs_from_the_common_rules() -> (
    None
):
    alike, otherwise, silent = (bodies.group(given.body()) for _each in range(3))
    given.prepared(alike, rules={**given.RULES, **TOGETHER})
    given.prepared(otherwise, rules={**given.RULES, **TOGETHER, "most_commissions": 1})
    given.prepared(silent, rules={**given.RULES, **dict.fromkeys(TOGETHER)})
    decided_together()

    rows = rows_of(given.browser_of(given.secretariat()))

    assert list(rows) == list(RULES)
    differing = {rule: [bool(c.classed("tag")) for c in cells[:-1]] for rule, cells in rows.items()}
    assert [rule for rule, marked in differing.items() if any(marked)] == ["REG-15"]
    assert sum(differing["REG-15"]) == 1
    # Qadam-like names may stand in any order; how many lack the answer does not depend on it.
    assert rows["REG-12"][-1].text == "1"
    marks = sorted(cell.classed("mark")[0]["class"] for cell in rows["REG-12"][:-1])
    assert marks == ["mark gap", "mark ok", "mark ok"]


def test_the_table_leads_to_the_findings_of_each_group_that_takes_part() -> None:
    election = given.election()
    client = given.browser_of(given.secretariat())

    page = read(client.get(reverse("common_rules_groups")))

    url = reverse("election_regulation_findings", args=[2024, election.group.slug])
    assert url in page.links.values()
    assert client.get(url).status_code == 200


def test_the_table_asks_no_more_of_ten_groups_than_of_one() -> None:
    client = given.browser_of(given.secretariat())
    decided_together()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("common_rules_groups")).status_code == 200
        return len(queries)

    groups = [bodies.group(given.body())]
    given.prepared(groups[0])
    asked()
    one = asked()
    for _each in range(9):
        given.prepared(bodies.group(given.body()))

    assert asked() == one <= 12


def test_nobody_but_the_secretariat_compares_all_groups_or_enters_rules() -> None:
    election = given.election()

    for role in ("organiser", "commissioner", "observer"):
        client = given.browser_of(given.officer_of(role, election))
        for name in ("common_rules_groups", "common_rules_adopt"):
            assert client.get(reverse(name)).status_code == 404
            assert client.post(reverse(name)).status_code in (404, 405)
