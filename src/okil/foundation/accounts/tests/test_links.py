from __future__ import annotations

from okil.foundation.accounts import make_link_token, read_link_token


def test_a_link_names_the_row_it_was_made_for() -> None:
    token = make_link_token("invitation", 12, "5f3a")

    assert read_link_token("invitation", token) == (12, "5f3a")


def test_a_link_of_one_kind_opens_no_other_door() -> None:
    assert read_link_token("reset", make_link_token("invitation", 12, "5f3a")) is None


def test_a_link_that_was_changed_opens_nothing() -> None:
    token = make_link_token("invitation", 12, "5f3a")

    assert read_link_token("invitation", "x" + token) is None
