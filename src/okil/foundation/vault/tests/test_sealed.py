from __future__ import annotations

import copy
import json
import logging
import pickle
import pprint

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.template import Context, Engine
from django.utils.html import format_html

from okil.foundation.vault.sealed import Sealed
from okil.foundation.vault.sealing import SealBroken, seal
from okil.foundation.vault.tests.models import Guest

NAME = "Ромашкина Вера"
STORED = Sealed(sealed=seal(bytes(32), NAME.encode(), key_number=1, label="x"))


@pytest.fixture(params=["assigned", "stored"])
def value(request: pytest.FixtureRequest) -> Sealed:
    return Sealed(plain=NAME.encode()) if request.param == "assigned" else STORED


def shown_ways(value: Sealed) -> list[str]:
    template = Engine().from_string("{{ v }}{{ v|upper }}{{ v|length }}{{ v|pprint }}{{ v|safe }}")
    return [
        str(value),
        repr(value),
        f"{value}",
        "%s %r" % (value, value),  # noqa: UP031 (this way of writing is what is tested)
        ascii(value),
        pprint.pformat({"name": value}),
        str([value]),
        template.render(Context({"v": value})),
        format_html("<p>{}</p>", value),
        logging.LogRecord("x", 20, "x", 1, "%s", (value,), None).getMessage(),
    ]


def test_no_way_of_printing_shows_the_content(value: Sealed) -> None:
    assert [text for text in shown_ways(value) if "Ромашкина" in text or "РОМАШКИНА" in text] == []
    assert str(value) == "•••"


def test_it_cannot_become_json_by_accident(value: Sealed) -> None:
    with pytest.raises(TypeError):
        json.dumps({"name": value})
    with pytest.raises(TypeError):
        json.dumps({"name": value}, cls=DjangoJSONEncoder)


def test_it_has_no_attributes_to_list_and_no_parts_to_walk(value: Sealed) -> None:
    assert not hasattr(value, "__dict__")
    with pytest.raises(TypeError):
        list(value)


def test_a_pickle_holds_sealed_bytes_only() -> None:
    pickled = pickle.dumps(STORED)

    assert NAME.encode() not in pickled
    assert pickle.loads(pickled).sealed_bytes() == STORED.sealed_bytes()


def test_what_is_not_sealed_yet_cannot_be_pickled() -> None:
    with pytest.raises(TypeError, match="not sealed yet"):
        pickle.dumps(Sealed(plain=NAME.encode()))
    with pytest.raises(TypeError, match="not sealed yet"):
        pickle.dumps(Guest(name=NAME))


def test_a_copy_is_as_closed_as_the_original(value: Sealed) -> None:
    assert copy.copy(value) is value
    assert copy.deepcopy([value])[0] is value


def test_bytes_that_no_vault_sealed_are_not_taken_for_sealed() -> None:
    with pytest.raises(SealBroken):
        Sealed(sealed=NAME.encode() * 20)
