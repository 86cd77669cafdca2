"""Names that must not appear: files that say nothing, a developer's machine, a group's internal id."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.source import Module

# A file of this name gathers what has no place.
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}

# Written in two halves, so that this file does not find itself.
MACHINES = re.compile(
    "|".join(["/" + "work/(?:main|shared)", "/tmp/" + "okil/", "/" + "root/", "/" + "Users/"])
    + r"|(?<![\w.])/home/(?!okil\b)[a-z]"
)
REGISTRIES = re.compile(r"^\s*--(?:extra-index-url|index-url|find-links)\b", re.MULTILINE)

INTERNAL_IDS = (
    "plhiv", "wlhiv", "tb", "pwid", "sw", "msm", "tgp", "prp", "hiv_cso", "tb_cso", "ingo",
    "academia",
)  # fmt: skip
_ID = "|".join(INTERNAL_IDS)
ID_IN_ADDRESS = re.compile(rf"(?:/(?:{_ID})(?=[/\"'?#\s<]|$))|(?:(?:^|[\"'\s])(?:{_ID})/)")


def says_nothing(path: str) -> Iterator[str]:
    parts = PurePosixPath(path)
    if SAYS_NOTHING & {*parts.parts[:-1], parts.stem} and parts.suffix in {".py", ".js", ".html"}:
        yield f"{path}: a name that says nothing"


def names_a_machine(path: str, text: str) -> Iterator[str]:
    for pattern, what in ((MACHINES, "a path of one machine"), (REGISTRIES, "a registry's host")):
        for found in pattern.finditer(text):
            yield f"{path}:{text.count(chr(10), 0, found.start()) + 1}: {what}"


def file_tells_a_group(path: str) -> Iterator[str]:
    """A file that is served carries its name to the reader."""
    if {"static", "templates"} & set(PurePosixPath(path).parts):
        parts = set(re.split(r"[/.\-]", path.lower()))
        if parts & set(INTERNAL_IDS):
            yield f"{path}: a group's internal id"


def page_tells_a_group(path: str, text: str) -> Iterator[str]:
    for found in ID_IN_ADDRESS.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield f"{path}:{line}: {found.group().strip()} is a group's internal id in an address"


def address_tells_a_group(module: Module) -> Iterator[str]:
    if module.is_test or module.is_migration:
        return
    for node in module.nodes():
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and "/" in text and ID_IN_ADDRESS.search(text):
            yield module.finding(node, "a group's internal id in an address")
