"""Every event of the journal has its words, and every gap of the words has a fact."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tests.architecture.refusals import gaps
from tests.architecture.source import Module, dotted


@dataclass(frozen=True)
class Recorded:
    event: str
    facts: frozenset[str] | None  # None: gathered elsewhere, so nobody can tell here
    where: str


def recorded(modules: Iterable[Module]) -> Iterator[Recorded]:
    for module in modules:
        if module.is_test:
            continue
        for node in module.nodes():
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == "record":
                for event in _texts(node.args[:1]):
                    yield Recorded(event, _facts(node), module.finding(node, event))


def _texts(expressions: list[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
            yield expression.value
        elif isinstance(expression, ast.IfExp):
            yield from _texts([expression.body, expression.orelse])


def _facts(call: ast.Call) -> frozenset[str] | None:
    found: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg not in {"before", "after"}:
            continue
        if not isinstance(keyword.value, ast.Dict) or None in keyword.value.keys:
            return None
        names = set(_texts([key for key in keyword.value.keys if key is not None]))
        found |= names
        if keyword.arg == "before":
            found |= {f"before_{name}" for name in names}
    return frozenset(found)


def without_words(modules: Iterable[Module], words: Mapping[str, str]) -> list[str]:
    findings = []
    for one in recorded(modules):
        if one.event not in words:
            findings.append(f"{one.where}: has no words")
        elif one.facts is not None and (missing := gaps(words[one.event]) - one.facts):
            findings.append(f"{one.where}: says {sorted(missing)}, which is not recorded")
    return findings


def never_recorded(modules: Iterable[Module], words: Mapping[str, str]) -> list[str]:
    """Words for an event that no other module names."""
    named = {
        node.value
        for module in modules
        if "wording" not in module.parts and not module.is_test
        for node in module.nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return sorted(set(words) - named)
