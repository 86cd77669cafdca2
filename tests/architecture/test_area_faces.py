from __future__ import annotations

import pytest

from tests.architecture.area_faces import another_area_is_met_by_its_faces
from tests.architecture.source import Module, modules


def test_areas_meet_each_other_by_their_faces() -> None:
    findings = [one for module in modules() for one in another_area_is_met_by_its_faces(module)]

    assert findings == []


@pytest.mark.parametrize(
    "text",
    [
        "from okil.areas.bodies.views import seats",
        "from okil.areas.bodies import wording",
        "from okil.areas import bodies",
        "import okil.areas.bodies.forms",
        "def later():\n    from okil.areas.bodies.tasks import remind",
        "from ..bodies import views",
        "from okil.areas.bodies.tests import given",
    ],
)
def test_another_door_is_found(text: str) -> None:
    module = Module("okil.areas.elections.actions", text)

    assert len(list(another_area_is_met_by_its_faces(module))) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("okil.areas.elections.actions", "from okil.areas.bodies.models import Seat"),
        ("okil.areas.elections.actions", "from okil.areas.bodies import access, queries"),
        ("okil.areas.elections.actions", "from okil.areas.elections import wording"),
        ("okil.areas.elections.tests.given", "from okil.areas.bodies.tests import given"),
        ("okil.areas.elections.tests.given", "from okil.areas.bodies.tests.given import body"),
    ],
)
def test_a_face_is_left_in_peace(name: str, text: str) -> None:
    assert list(another_area_is_met_by_its_faces(Module(name, text))) == []
