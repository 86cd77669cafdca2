from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okil.pure.rules.channels import is_enough, only_chats

CHANNELS = ("site", "email", "meeting", "media", "post", "chat", "other")


@pytest.mark.parametrize(
    ("channels", "enough"),
    [
        ((), False),
        (("site",), False),
        (("chat",), False),
        (("chat", "chat"), False),
        (("email", "email"), False),
        (("site", "chat"), True),
        (("site", "email"), True),
        (("chat", "email", "meeting"), True),
    ],
)
def test_two_different_channels_are_enough_and_a_chat_is_only_the_second(
    channels: tuple[str, ...], enough: bool
) -> None:
    assert is_enough(channels) is enough


def test_a_regulation_may_ask_for_more() -> None:
    assert not is_enough(["site", "chat"], least=3)
    assert is_enough(["site", "chat", "post"], least=3)


def test_one_channel_is_enough_where_one_is_asked_unless_it_is_a_chat() -> None:
    assert is_enough(["post"], least=1)
    assert not is_enough(["chat"], least=1)


@pytest.mark.parametrize(
    ("channels", "only"),
    [((), False), (("chat",), True), (("chat", "chat"), True), (("chat", "site"), False)],
)
def test_only_chats_means_told_and_nowhere_else(channels: tuple[str, ...], only: bool) -> None:
    assert only_chats(channels) is only


@given(st.lists(st.sampled_from(CHANNELS)), st.sampled_from(CHANNELS))
def test_one_more_channel_never_makes_it_less(channels: list[str], more: str) -> None:
    assert is_enough([*channels, more]) or not is_enough(channels)
