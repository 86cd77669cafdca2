"""The protocol: drawn up from the facts, signed by all over the same hashes, corrected by a version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from okil.areas.bodies.actions.decisions import DecisionFacts
from okil.areas.bodies.models import Decision, RoleName
from okil.areas.bodies.tests import given as bodies
from okil.areas.elections.actions import answers, stages
from okil.areas.elections.actions import protocols as actions
from okil.areas.elections.documents.protocols.cases import decided_for_one_case
from okil.areas.elections.models import Candidate, Election, GateAnswer, Protocol, Signature
from okil.areas.elections.queries import protocols as queries
from okil.areas.elections.tests import given
from okil.areas.elections.tests.given import count, officers, protocols
from okil.foundation import documents
from okil.foundation.audit import Actor, entries_of, history_of, length_and_last_hash
from okil.foundation.documents.models import File, Issued
from okil.pure.encoding import read_json
from okil.pure.packages.facts import PROTOCOL, commitment, public_facts
from okil.pure.refusal import Refused
from okil.pure.rules.stages import State

pytestmark = pytest.mark.django_db

VOTES = {1: 6, 2: 3, 3: 1}
READER = Actor("commissioner", 1)


def counted(**world: Any) -> Election:
    """Twelve voters, three candidates, six votes for the first, one paper blank and one spoilt."""
    election = count.on_the_table(**world)
    count.counted(election, VOTES, blank=1, wrongly_completed=1)
    return election


def counted_after_all_acts(**world: Any) -> Election:
    """The same, with regions, organisations, consents and the moves before."""
    election = count.in_counting(**world)
    count.counted(election, VOTES, blank=1, wrongly_completed=1)
    return election


def facts_of(protocol: Protocol) -> tuple[dict[str, Any], dict[str, Any]]:
    opened = documents.open_facts(
        protocol.issued, actor=READER, at=protocol.drawn_up_at, chapter="election-1"
    )
    assert opened.public is not None
    return read_json(opened.internal), read_json(opened.public)


def written() -> tuple[int, ...]:
    models = (Protocol, Signature, Issued, File)
    return (*(model.objects.count() for model in models), length_and_last_hash()[0])


def refusal_of(act: Any, **given_facts: Any) -> str:
    """The code; nothing at all was written."""
    before = written()
    with pytest.raises(Refused) as refusal:
        act(**given_facts)
    assert written() == before
    return refusal.value.code


# Drawing up


def test_the_protocol_is_made_from_what_is_recorded() -> None:
    election = counted_after_all_acts()

    protocol = protocols.drawn_up(election)

    internal, public = facts_of(protocol)
    PROTOCOL.check(internal, "")
    PROTOCOL.check(public, "")
    assert public == public_facts(internal)
    assert internal["voters"] == {
        "registered": 12,
        "voted": 12,
        "by_region": [
            {"region": "kz-35", "registered": 4},
            {"region": "kz-71", "registered": 4},
            {"region": "kz-75", "registered": 4},
        ],
        "organisations": 2,
        "small_cell": 5,
    }
    assert public["voters"]["by_region"] == [{"region": "other", "registered": 12}]
    assert [(each["number"], each["votes"]) for each in internal["candidates"]] == [
        (1, {"both": 6}),
        (2, {"both": 3}),
        (3, {"both": 1}),
    ]
    assert internal["papers"] == {
        "printed": 60,
        "issued": 12,
        "unused": 48,
        "found": 12,
        "spoilt": 1,
        "late": 0,
        "blank": 1,
        "differences": [],
    }
    assert internal["decision"] == {
        "members": [1],
        "alternates": [2],
        "vacant": [],
        "ties": [],
        "decided": True,
    }
    assert len(internal["commission"]) == 2


def test_every_decision_for_this_election_alone_is_named_and_none_taken_back() -> None:
    open_here: dict[str, Any] = {"complaint_days": None, "voter_kind": None, "languages": []}
    election = given.election(State.ANNOUNCED, rules={**given.RULES, **open_here})
    own = election.group.regulations.get().adopted_by
    assert own is not None
    by_board = DecisionFacts(made_by="Правление", made_on=date(2024, 8, 13), number="7")
    organiser = given.organiser_of(election)
    answers.answer_rule(
        election.pk,
        rule="REG-91",
        answers={"complaint_days": 5},
        decision=by_board,
        actor=organiser,
        at=given.AT,
    )
    taken_back = given.answered("languages-named", election, at=given.AT)
    answers.withdraw_answer(taken_back.pk, actor=organiser, at=given.AT)
    again = given.answered("languages-named", election, at=given.AT)
    given.answered("voter-defined", election, at=given.AT)

    named = decided_for_one_case(election.rounds.get())

    by_group = {
        "made_by": again.decision.made_by,
        "made_on": again.decision.made_on.isoformat(),
        "number": again.decision.number,
    }
    assert named == [
        {"asked": "REG-91", "made_by": "Правление", "made_on": "2024-08-13", "number": "7"},
        {"asked": "languages-named", **by_group},
        {"asked": "voter-defined", **by_group},
    ]


def test_a_protocol_says_by_which_decision_the_group_adopted_its_regulation() -> None:
    election = count.on_the_table()
    own = election.group.regulations.all()[0].adopted_by
    assert own is not None
    ground = Decision.objects.create(
        body=own.body, group=own.group, made_by="Правление", made_on=date(2024, 8, 13), number="7"
    )
    newest = election.group.regulations.all()[0]
    newest.pk, newest.version = None, newest.version + 1
    newest.case_of, newest.adopted_by = election, ground
    newest.save(force_insert=True)
    row = election.rounds.get()
    GateAnswer.objects.create(
        round=row,
        gate="REG-90",
        said_at=given.AT,
        role="organiser",
        person_number=1,
        decision=ground,
    )
    count.counted(election, VOTES, blank=1, wrongly_completed=1)

    internal, public = facts_of(protocols.drawn_up(election))

    told = internal["process"]["regulation"]
    assert (told["version"], told["adopted_by"]) == (newest.version, own.made_by)
    assert [(each["asked"], each["number"]) for each in told["for_this_case"]] == [("REG-90", "7")]
    assert public["process"]["regulation"] == told
    PROTOCOL.check(internal, "")


def test_the_commitment_is_over_the_salt_and_the_internal_facts() -> None:
    protocol = protocols.drawn_up(counted())

    opened = documents.open_facts(
        protocol.issued, actor=READER, at=protocol.drawn_up_at, chapter="election-1"
    )

    assert protocol.issued.commitment == commitment(opened.salt, read_json(opened.internal))


def test_the_public_version_names_who_shows_their_name_and_nobody_else() -> None:
    election = counted_after_all_acts()
    internal, public = facts_of(protocols.drawn_up(election))

    named = [each["name"] for each in internal["candidates"]]
    assert all(named)
    assert [each["name"] for each in public["candidates"]] == [named[0], "", ""]
    assert [each["pseudonym"] for each in public["candidates"]] == ["", "Аққу", ""]
    people = [*internal["commission"], internal["organiser"]]
    hidden = [each["name"] for each in people] + named[1:]
    assert all(name and name not in str(public) for name in hidden)


def test_regions_are_told_apart_inside_and_put_together_outside() -> None:
    internal, public = facts_of(protocols.drawn_up(counted_after_all_acts(voters=15, voted=12)))

    assert [each["registered"] for each in internal["voters"]["by_region"]] == [5, 5, 5]
    assert public["voters"]["by_region"] == internal["voters"]["by_region"]


def test_drawing_up_is_one_row_after_the_openings() -> None:
    election = counted()
    before = length_and_last_hash()[0]
    protocol = protocols.drawn_up(election)

    rows = list(entries_of(election.chapter).filter(number__gt=before))
    drawn = [row for row in rows if row.event == "protocol.drawn_up"]
    assert [row.event for row in rows][-3:] == ["vault.opened", "vault.opened", "protocol.drawn_up"]
    assert drawn[0].after == {
        "version": 1,
        "number": protocol.issued.number_shown,
        "facts": protocol.issued.internal_sha256,
        "public": protocol.issued.public_sha256,
    }
    assert history_of(protocol).count() == 1


def test_each_version_comes_in_three_languages_and_three_formats() -> None:
    protocol = protocols.drawn_up(counted())

    files = protocol.issued.files.values_list("audience", "language", "format")

    assert sorted(files) == sorted(
        (audience, language, form)
        for audience in ("internal", "public")
        for language in ("ru", "kk", "en")
        for form in ("pdf", "html", "docx")
    )


def draw_up(election: Election, **said: Any) -> Protocol:
    usual: dict[str, Any] = {
        "seen_version": 0,
        "reason": {},
        "actor": protocols.commission_of(election)[0],
        "at": protocols.DRAWN_UP_AT,
    }
    return actions.draw_up_protocol(election.pk, **{**usual, **said})


def test_only_the_commission_draws_it_up() -> None:
    election = counted()
    officers.all_signed(election, at=given.AT)
    neighbour = bodies.officer(RoleName.COMMISSIONER, bodies.group(given.body()))

    for actor in (
        given.organiser_of(election),
        protocols.observer_of(election),
        given.secretariat(),
        neighbour,
    ):
        assert refusal_of(draw_up, election=election, actor=actor) == "not-the-mover"


def test_who_has_not_promised_to_keep_names_opens_none() -> None:
    election = counted()
    member = protocols.commission_of(election)[0]
    election.undertakings.filter(role__person__user=member).delete()

    assert refusal_of(draw_up, election=election, actor=member) == "undertaking-missing"


def test_without_an_agreed_count_there_is_no_protocol() -> None:
    election = count.on_the_table()

    assert refusal_of(draw_up, election=election) == "count-not-agreed"
    count.entered(election, VOTES)
    assert refusal_of(draw_up, election=election) == "count-not-agreed"


def test_before_the_vote_is_closed_it_is_not_due() -> None:
    election = given.election(State.VOTING)
    officers.all_signed(election, at=given.AT)

    assert refusal_of(draw_up, election=election) == "protocol-not-due"


def test_a_tie_that_the_lot_settles_is_settled_first() -> None:
    election = count.on_the_table(rules={"tie": "lot"})
    count.counted(election, {1: 6, 2: 3, 3: 3})
    assert refusal_of(draw_up, election=election) == "protocol-tie-open"

    count.tie_settled(election, [3, 2], witness_count=2)
    internal, _public = facts_of(protocols.drawn_up(election))

    assert internal["decision"]["alternates"] == [3]
    assert internal["decision"]["ties"] == [
        {"between": [2, 3], "order": [3, 2], "rule": "lot", "witnesses": 2}
    ]


def test_a_tie_that_is_voted_on_again_stays_open_in_the_protocol() -> None:
    election = count.on_the_table()
    count.counted(election, {1: 4, 2: 4, 3: 4})

    internal, _public = facts_of(protocols.drawn_up(election))

    assert not internal["decision"]["decided"]


def test_a_difference_of_papers_stands_with_its_reason() -> None:
    election = count.on_the_table()
    reasons = {"found-below-issued": "Один бюллетень унесён."}
    count.counted(election, {1: 6, 2: 3, 3: 2}, reasons=reasons)

    internal, _public = facts_of(protocols.drawn_up(election))

    assert internal["papers"]["differences"] == [
        {"code": "found-below-issued", "number": -1, "reason": "Один бюллетень унесён."}
    ]


def test_pressing_twice_draws_up_one_version() -> None:
    election = counted()
    protocols.drawn_up(election)

    assert refusal_of(draw_up, election=election) == "protocol-changed"


@pytest.mark.parametrize("flag", ["suspended", "annulled"])
def test_what_does_not_run_gets_no_protocol(flag: str) -> None:
    election = counted()
    getattr(given, flag)(election, at=protocols.DRAWN_UP_AT)

    assert refusal_of(draw_up, election=election) == flag


# Corrections


def test_a_correction_names_the_version_before_it_and_says_why() -> None:
    election = counted()
    first = protocols.signed(election)
    assert refusal_of(draw_up, election=election, seen_version=1) == "protocol-reason-missing"

    second = protocols.drawn_up(election, at=protocols.SIGNED_AT)

    internal, _public = facts_of(second)
    assert (second.version, internal["version"]) == (2, 2)
    assert internal["supersedes"] == first.issued.number_shown
    assert internal["reason"] == protocols.REASON
    PROTOCOL.check(internal, "")
    assert list(queries.versions_of(second.round)) == [second, first]


def test_a_correction_is_signed_anew() -> None:
    election = counted()
    protocols.signed(election)
    assert protocols.is_signed(election)

    protocols.drawn_up(election, at=protocols.SIGNED_AT)

    assert not protocols.is_signed(election)
    protocols.signed(election, at=protocols.SIGNED_AT)
    assert protocols.is_signed(election)


def test_the_protocol_is_corrected_until_the_election_is_concluded() -> None:
    election = counted_after_all_acts()
    protocols.signed(election)
    given.moved_to(State.PUBLISHED, election)
    corrected_at = given.moment(9, 19, 10)
    protocols.drawn_up(election, at=corrected_at)
    protocols.signed(election, at=corrected_at)

    given.moved_to(State.CONCLUDED, election)

    again: dict[str, Any] = {"seen_version": 2, "reason": protocols.REASON}
    assert refusal_of(draw_up, election=election, **again) == "protocol-not-due"


# What is sealed


def test_the_internal_file_is_opened_by_those_it_is_for_on_the_record() -> None:
    election = counted()
    protocols.signed(election)
    asked: dict[str, Any] = {
        "election_id": election.pk,
        "version": 1,
        "language": "ru",
        "form": "pdf",
        "at": protocols.SIGNED_AT,
    }
    observer = protocols.observer_of(election)
    assert refusal_of(actions.open_protocol_file, **asked, actor=observer) == "not-allowed"
    before = entries_of(election.chapter).count()

    for actor in (
        given.organiser_of(election),
        protocols.commission_of(election)[1],
        given.secretariat(),
    ):
        file, content = actions.open_protocol_file(**asked, actor=actor)
        assert content.startswith(b"%PDF-")
        assert file.audience == "internal"

    assert entries_of(election.chapter).count() == before + 3


def test_a_draft_is_the_commissions_and_leaves_only_its_openings() -> None:
    election = counted()
    officers.all_signed(election, at=given.AT)
    documents_before = Issued.objects.count()
    asked: dict[str, Any] = {
        "election_id": election.pk,
        "language": "kk",
        "form": "html",
        "at": protocols.DRAWN_UP_AT,
    }
    assert (
        refusal_of(actions.draft_protocol, **asked, actor=given.organiser_of(election))
        == "not-the-mover"
    )

    content = actions.draft_protocol(**asked, actor=protocols.commission_of(election)[0])

    assert "ЖОБА" in content.decode()
    assert any(surname in content.decode() for surname in bodies.SURNAMES)
    assert Issued.objects.count() == documents_before
    assert not Protocol.objects.exists()


def test_consent_taken_back_is_respected_by_the_next_version() -> None:
    election = counted_after_all_acts()
    protocols.drawn_up(election)
    Candidate.objects.filter(election=election).update(shows_name=False)

    _internal, public = facts_of(protocols.drawn_up(election, at=protocols.SIGNED_AT))

    assert [each["name"] for each in public["candidates"]] == ["", "", ""]


def test_what_a_later_round_is_drawn_up_from_is_its_own() -> None:
    election = count.on_the_table()
    count.counted(election, {1: 4, 2: 4, 3: 4})
    first = protocols.signed(election)
    later = given.moment(9, 29, 15)
    again = count.again(election, voted=10)
    count.counted(election, {1: 5, 2: 3, 3: 2}, at=later)

    second = protocols.drawn_up(election, at=later)

    assert (second.round, second.version) == (again, 1)
    internal, _public = facts_of(second)
    assert internal["round"] == {"number": 2, "kind": "repeat_vote"}
    assert internal["decision"]["members"] == [1]
    found = [
        (each["round"]["number"], each["contests"][0]["votes"], each["papers"]["found"])
        for each in internal["votes"]
    ]
    assert found == [(1, {"1": 4, "2": 4, "3": 4}, 12), (2, {"1": 5, "2": 3, "3": 2}, 10)]
    assert "votes" not in facts_of(first)[0]
    assert not protocols.is_signed(election)
    assert queries.complete_among([first, second]) == {first.pk}


def test_the_move_waits_for_the_signed_protocol() -> None:
    election = counted_after_all_acts()
    protocols.drawn_up(election)
    moving: dict[str, Any] = {
        "election_id": election.pk,
        "to": "results",
        "actor": given.mover_of(election),
        "at": given.ENTERED[State.RESULTS],
    }
    assert refusal_of(stages.move_on, **moving) == "gates-closed"

    protocols.fulfil_protocol_signed(election, at=protocols.SIGNED_AT)

    assert stages.move_on(**moving).to_state == State.RESULTS
