"""docs/architecture.md is complete, and names nothing that is not there."""

from __future__ import annotations

import re
import tomllib
from pathlib import PurePosixPath

from tests.architecture.source import ROOT, kept_files, text_of

MAP = "docs/architecture.md"
# Folders that every package may have, or that the map explains once for all.
SAME_EVERYWHERE = {"tests", "migrations", "management", "templatetags"}
IN_BACKTICKS = re.compile(r"`([^`\s]+)`")


def layers_of_an_area() -> set[str]:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (inside,) = (
        contract
        for contract in written["tool"]["importlinter"]["contracts"]
        if contract["name"].startswith("Inside an area")
    )
    return {
        name.strip(" ()") for layer in inside["layers"] for name in layer.replace("|", " ").split()
    }


def packages(files: tuple[str, ...]) -> set[str]:
    """Each folder under src/okil with Python in it, and each single module of foundation and pure."""
    found = set()
    for path in files:
        inside = PurePosixPath(path)
        if not path.startswith("src/okil/") or inside.suffix != ".py":
            continue
        parts = inside.relative_to("src/okil").parts
        folders = parts[:-1]
        if SAME_EVERYWHERE & set(folders):
            continue
        if len(parts) == 2 and folders[0] in {"foundation", "pure"} and parts[1] != "__init__.py":
            found.add("/".join(parts))
        elif folders and not _explained_once(folders):
            found.add("/".join(folders) + "/")
    return found


def _explained_once(folders: tuple[str, ...]) -> bool:
    in_an_area = folders[0] == "areas" and len(folders) > 2 and folders[2] in layers_of_an_area()
    return in_an_area or (folders[:2] == ("site", "formats") and len(folders) > 2)


def not_on_the_map(text: str, wanted: set[str]) -> list[str]:
    return sorted(wanted - set(IN_BACKTICKS.findall(text)))


def not_in_the_house(text: str, files: tuple[str, ...]) -> list[str]:
    """Paths the map names, with a slash inside or at the end, that lead nowhere."""
    there = set(files) | {
        f"{folder}/" for path in files for folder in PurePosixPath(path).parents if folder.name
    }
    places = there | {
        place.removeprefix(floor)
        for place in there
        for floor in ("src/okil/", "docs/")
        if place.startswith(floor)
    }
    named = {
        name
        for name in IN_BACKTICKS.findall(text)
        if re.fullmatch(r"[\w./]+/[\w./]*", name) and name.split("/")[0] in FIRST_WORDS
    }
    return sorted(named - places)


FIRST_WORDS = {
    "src", "site", "areas", "booth", "foundation", "pure", "docs", "tests", "deploy", "benchmarks",
    "changelog.d",
}  # fmt: skip


def test_the_map_names_every_package() -> None:
    assert not_on_the_map(text_of(MAP), packages(kept_files())) == []


def test_the_map_names_every_file_of_an_area() -> None:
    assert not_on_the_map(text_of(MAP), layers_of_an_area()) == []


def test_the_map_names_every_folder_of_the_repository() -> None:
    folders = {f"{path.split('/')[0]}/" for path in kept_files() if "/" in path}
    tests = {"/".join(path.split("/")[:2]) + "/" for path in kept_files() if _in_tests(path)}

    assert not_on_the_map(text_of(MAP), (folders | tests) - {"tests/", "src/"}) == []


def _in_tests(path: str) -> bool:
    return path.startswith("tests/") and path.count("/") > 1


def test_the_map_leads_to_places_that_are_there() -> None:
    assert not_in_the_house(text_of(MAP), kept_files()) == []


def test_a_forgotten_package_is_found() -> None:
    files = ("src/okil/foundation/weather/__init__.py", "src/okil/pure/luck.py")

    assert not_on_the_map("`foundation/audit/`", packages(files)) == [
        "foundation/weather/",
        "pure/luck.py",
    ]


def test_a_place_that_is_gone_is_found() -> None:
    files = ("src/okil/pure/refusal.py",)

    assert not_in_the_house("`pure/refusal.py` `pure/luck.py` `actions/seats.py`", files) == [
        "pure/luck.py"
    ]
