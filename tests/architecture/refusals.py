"""Every refusal has a sentence, and every gap of the sentence has a fact."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.architecture.source import Module, dotted


@dataclass(frozen=True)
class Raised:
    code: str | None
    facts: frozenset[str]
    facts_are_all_here: bool
    where: str


def raised(modules: Iterable[Module]) -> Iterator[Raised]:
    for module in modules:
        if module.is_test:
            continue
        for node in module.nodes():
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == "Refused":
                yield _raised(module, node)


def _raised(module: Module, call: ast.Call) -> Raised:
    code = call.args[0] if call.args else None
    return Raised(
        code=code.value if isinstance(code, ast.Constant) and isinstance(code.value, str) else None,
        facts=frozenset(keyword.arg for keyword in call.keywords if keyword.arg),
        facts_are_all_here=all(keyword.arg for keyword in call.keywords),
        where=module.finding(call, "Refused"),
    )


def sentences(modules: Iterable[Module]) -> dict[str, str]:
    """What the dictionaries named REFUSALS say, by code; the wording modules only."""
    return {
        code.value: _english(value)
        for module in modules
        if "wording" in module.parts and not module.is_test
        for dictionary in _refusals(module)
        for code, value in zip(dictionary.keys, dictionary.values, strict=True)
        if isinstance(code, ast.Constant) and isinstance(code.value, str)
    }


def _refusals(module: Module) -> Iterator[ast.Dict]:
    for node in module.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = any(isinstance(target, ast.Name) and target.id == "REFUSALS" for target in targets)
        if named and isinstance(value := getattr(node, "value", None), ast.Dict):
            yield value


def _english(value: ast.expr) -> str:
    """The message id inside `_("…")`, or "" where it is made in another way."""
    texts = [
        node.value
        for node in ast.walk(value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return "".join(texts)


def gaps(sentence: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name}


def without_words(modules: Iterable[Module]) -> list[str]:
    """Refusals that a person would not understand."""
    modules = list(modules)
    known = sentences(modules)
    findings = []
    for one in raised(modules):
        if one.code is None:
            findings.append(f"{one.where}: its code is not written here")
        elif one.code not in known:
            findings.append(f"{one.where}: no wording for {one.code}")
        elif one.facts_are_all_here and (missing := gaps(known[one.code]) - one.facts):
            findings.append(f"{one.where}: {one.code} says {sorted(missing)}, which is not given")
    return findings


def never_said(modules: Iterable[Module]) -> list[str]:
    """Sentences for refusals that nobody gives any more."""
    modules = list(modules)
    return sorted(set(sentences(modules)) - {one.code for one in raised(modules)})
