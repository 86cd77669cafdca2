from __future__ import annotations

import pytest

from tests.architecture import names
from tests.architecture.source import Module, kept_files, modules, text_of


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [one for path in kept_files() for one in names.says_nothing(path)] == []


def test_no_file_names_a_developers_machine_or_a_registry() -> None:
    findings = [one for path in kept_files() for one in names.names_a_machine(path, text_of(path))]

    assert findings == []


def test_no_address_and_no_served_file_tells_a_groups_internal_id() -> None:
    pages = [path for path in kept_files() if path.startswith("src/") and path.endswith(".html")]

    assert [one for path in kept_files() for one in names.file_tells_a_group(path)] == []
    assert [one for path in pages for one in names.page_tells_a_group(path, text_of(path))] == []
    assert [one for module in modules() for one in names.address_tells_a_group(module)] == []


@pytest.mark.parametrize(
    "path", ["src/okil/utils.py", "src/okil/areas/bodies/helpers/seats.py", "tests/common.py"]
)
def test_a_name_that_says_nothing_is_found(path: str) -> None:
    assert list(names.says_nothing(path)) != []


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "root/x",
        "in /" + "work/main/src",
        "from /" + "Users/dina/okil",
        "under /home/" + "dina/okil",
        "--index-url https://example.org/simple",
    ],
)
def test_a_machine_is_found(text: str) -> None:
    assert len(list(names.names_a_machine("x.md", text))) == 1


def test_the_services_own_home_is_left_in_peace() -> None:
    assert list(names.names_a_machine("x.md", "/home/okil/data")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<a href="/ru/cycles/2024/groups/plhiv/">',
        '<a href="/groups/tb">',
        '<a href="/x/hiv_cso?page=2">',
        '<a href="msm/">',
    ],
)
def test_an_internal_id_in_a_page_is_found(text: str) -> None:
    assert len(list(names.page_tells_a_group("x.html", text))) == 1


def test_an_internal_id_in_an_address_is_found() -> None:
    module = Module("okil.areas.bodies.urls", 'path("groups/sw/", views.group)')

    assert len(list(names.address_tells_a_group(module))) == 1
    assert list(names.file_tells_a_group("src/okil/site/static/groups/tgp.svg")) != []


def test_a_word_that_only_begins_like_an_id_is_left_in_peace() -> None:
    assert list(names.page_tells_a_group("x.html", '<a href="/switch/"> <p class="tb">')) == []
