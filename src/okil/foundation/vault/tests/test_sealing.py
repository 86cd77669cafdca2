from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okil.foundation.vault.sealing import HEADER, NONCE_BYTES, SealBroken, new_key, seal, unseal

KEY = bytes(range(32))
LABEL = "vault_tests.guest.name"


def sealed(plain: bytes) -> bytes:
    return seal(KEY, plain, key_number=3, label=LABEL)


@given(st.binary())
def test_what_was_sealed_is_what_is_opened(plain: bytes) -> None:
    assert unseal(KEY, sealed(plain), label=LABEL) == plain


@given(st.binary(max_size=80), st.data())
def test_one_changed_byte_and_it_does_not_open(plain: bytes, data: st.DataObject) -> None:
    changed = bytearray(sealed(plain))
    place = data.draw(st.integers(0, len(changed) - 1))
    changed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(SealBroken):
        unseal(KEY, bytes(changed), label=LABEL)


@given(st.binary(max_size=80), st.binary(min_size=32, max_size=32))
def test_another_key_does_not_open_it(plain: bytes, other: bytes) -> None:
    assume(other != KEY)

    with pytest.raises(SealBroken):
        unseal(other, sealed(plain), label=LABEL)


@given(st.text(max_size=30))
def test_it_does_not_open_under_another_label(label: str) -> None:
    assume(label != LABEL)

    with pytest.raises(SealBroken):
        unseal(KEY, sealed("Ромашкина".encode()), label=label)


@pytest.mark.parametrize("length", [0, 1, HEADER.size, HEADER.size + NONCE_BYTES + 16])
def test_bytes_too_short_to_be_sealed_are_refused(length: int) -> None:
    with pytest.raises(SealBroken):
        unseal(KEY, sealed(b"")[:length], label=LABEL)


def test_the_same_text_is_never_sealed_to_the_same_bytes() -> None:
    assert len({sealed(b"yes") for _ in range(100)}) == 100


def test_short_texts_of_different_length_are_sealed_to_the_same_length() -> None:
    assert len(sealed(b"yes")) == len(sealed(b"no")) == len(sealed("Ромашкина Вера".encode()))


def test_new_keys_are_long_and_different() -> None:
    assert len(new_key()) == 32
    assert new_key() != new_key()
