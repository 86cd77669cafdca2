"""Where the signing of a protocol stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.signing import SIGNATURES, Signed, Signer, Standing, standing

DRAWN_UP = datetime(2024, 9, 7, 18, tzinfo=UTC)
DAY = timedelta(days=1)
ORGANISER = ("organiser", 1)
FIRST, SECOND, THIRD = (("commissioner", number) for number in (1, 2, 3))
ALL = (ORGANISER, FIRST, SECOND, THIRD)


def by(signer: Signer, kind: str = "signed", *, days: float = 1) -> Signed:
    return Signed(*signer, kind, DRAWN_UP + days * DAY)


def now(*signed: Signed, required: tuple[Signer, ...] = ALL, days: float = 5) -> Standing:
    return standing(required, signed, drawn_up_at=DRAWN_UP, at=DRAWN_UP + days * DAY)


def test_a_protocol_nobody_signed_misses_everybody() -> None:
    assert now(days=1) == Standing(
        missing=(FIRST, SECOND, THIRD, ORGANISER),
        dissenting=(),
        absent=(),
        may_state_absence_from=DRAWN_UP + 3 * DAY,
        may_be_stated_absent=(),
        complete=False,
    )


@pytest.mark.parametrize("kind", sorted(SIGNATURES))
def test_it_is_complete_when_all_have_signed_in_whatever_way(kind: str) -> None:
    found = now(by(ORGANISER, kind), by(FIRST, kind), by(SECOND, kind), by(THIRD, kind))

    assert found.complete
    assert found.missing == ()
    assert found.dissenting == ((FIRST, SECOND, THIRD, ORGANISER) if kind == "dissent" else ())


@pytest.mark.parametrize("left_out", ALL)
def test_one_signature_that_is_missing_keeps_it_open(left_out: Signer) -> None:
    found = now(*(by(each) for each in ALL if each != left_out))

    assert (found.complete, found.missing) == (False, (left_out,))


OTHERS = (by(ORGANISER), by(FIRST), by(SECOND))


@pytest.mark.parametrize(("days", "may"), [(2.99, False), (3, True)])
def test_an_absence_may_be_stated_after_three_days(days: float, may: bool) -> None:
    before = now(*OTHERS, days=days)
    after = now(*OTHERS, by(THIRD, "absent", days=days), days=days)

    assert before.may_be_stated_absent == ((THIRD,) if may else ())
    assert (after.complete, after.absent) == ((True, (THIRD,)) if may else (False, ()))


def test_a_statement_made_too_early_does_not_become_good_by_waiting() -> None:
    found = now(*OTHERS, by(THIRD, "absent", days=2), days=9)

    assert (found.complete, found.missing) == (False, (THIRD,))


def test_who_signs_after_all_is_no_longer_absent() -> None:
    found = now(*OTHERS, by(THIRD, "absent", days=4), by(THIRD, "dissent", days=4.5))

    assert (found.complete, found.absent, found.dissenting) == (True, (), (THIRD,))


def test_the_organiser_cannot_be_stated_absent() -> None:
    found = now(by(FIRST), by(SECOND), by(THIRD), by(ORGANISER, "absent", days=4))

    assert (found.complete, found.missing, found.absent) == (False, (ORGANISER,), ())
    assert found.may_be_stated_absent == ()


def test_of_two_commission_members_none_can_be_stated_absent() -> None:
    found = now(
        by(ORGANISER), by(FIRST), by(SECOND, "absent", days=4), required=(ORGANISER, FIRST, SECOND)
    )

    assert (found.complete, found.missing, found.absent) == (False, (SECOND,), ())
    assert found.may_be_stated_absent == ()


def test_two_statements_do_not_replace_two_of_three() -> None:
    found = now(by(ORGANISER), by(FIRST), by(SECOND, "absent", days=4), by(THIRD, "absent", days=4))

    assert (found.complete, found.missing) == (False, (SECOND, THIRD))


def test_a_statement_waits_for_the_signatures_of_all_others() -> None:
    stated = by(THIRD, "absent", days=4)
    waiting = now(by(FIRST), by(SECOND), stated)

    assert (waiting.absent, waiting.missing) == ((), (THIRD, ORGANISER))
    assert now(by(FIRST), by(SECOND), stated, by(ORGANISER, days=4)).complete


def test_a_protocol_needs_an_organiser_and_two_commission_members_whoever_is_asked() -> None:
    commission_only = (FIRST, SECOND)
    one_of_each = (ORGANISER, FIRST)

    assert not now(by(FIRST), by(SECOND), required=commission_only).complete
    assert not now(by(ORGANISER), by(FIRST), required=one_of_each).complete
    assert now(*OTHERS, required=(ORGANISER, FIRST, SECOND)).complete


def test_a_signature_from_before_the_protocol_or_from_later_or_from_a_stranger_does_not_count() -> (
    None
):
    stranger = ("observer", 1)
    found = now(
        *OTHERS, by(THIRD, "dissent", days=-0.01), by(THIRD, days=5.01), by(stranger, "dissent")
    )

    assert (found.missing, found.dissenting) == ((THIRD,), ())
    assert now(*OTHERS, by(THIRD, days=0)).complete
    assert now(*OTHERS, by(THIRD, days=5)).complete


signatures = st.lists(
    st.builds(
        by,
        st.sampled_from([*ALL, ("observer", 1)]),
        st.sampled_from([*sorted(SIGNATURES), "absent"]),
        days=st.sampled_from([-1, 0, 1, 2, 3, 4, 6]),
    ),
    max_size=9,
)
commissions = st.sampled_from([ALL, ALL[:3], ALL[:2]])


@given(signatures, commissions)
def test_everybody_asked_has_signed_or_is_missing_or_absent(
    signed: list[Signed], required: tuple[Signer, ...]
) -> None:
    found = now(*signed, required=required)
    real = {one.signer for one in signed if one.kind in SIGNATURES and 0 <= _day(one) <= 5}

    assert set(required) == (real & set(required)) | set(found.missing) | set(found.absent)
    assert not set(found.missing) & set(found.absent)
    assert not real & {*found.missing, *found.absent}
    assert set(found.dissenting) <= real
    assert set(found.may_be_stated_absent) in (set(), set(found.missing))


def _day(one: Signed) -> float:
    return (one.at - DRAWN_UP) / DAY


@given(signatures, commissions)
def test_what_is_complete_has_two_real_commission_members_and_the_organiser(
    signed: list[Signed], required: tuple[Signer, ...]
) -> None:
    found = now(*signed, required=required)
    real = {one.signer for one in signed if one.kind in SIGNATURES and 0 <= _day(one) <= 5}

    if found.complete:
        assert ORGANISER in real
        assert len(real & {FIRST, SECOND, THIRD}) >= 2
        assert all(role == "commissioner" for role, _ in found.absent)


@given(signatures, signatures, commissions)
def test_a_further_signature_never_undoes_what_is_complete(
    signed: list[Signed], more: list[Signed], required: tuple[Signer, ...]
) -> None:
    before, after = now(*signed, required=required), now(*signed, *more, required=required)

    assert set(after.missing) <= set(before.missing)
    assert after.complete or not before.complete


@given(signatures, commissions)
def test_time_alone_never_undoes_what_is_complete(
    signed: list[Signed], required: tuple[Signer, ...]
) -> None:
    days = [now(*signed, required=required, days=day).complete for day in range(8)]

    assert days == sorted(days)


@given(signatures, commissions, st.randoms(use_true_random=False))
def test_the_order_of_the_signatures_does_not_matter(
    signed: list[Signed], required: tuple[Signer, ...], chance: Random
) -> None:
    mixed = list(signed)
    chance.shuffle(mixed)

    assert now(*mixed, required=required[::-1]) == now(*signed, required=required)
