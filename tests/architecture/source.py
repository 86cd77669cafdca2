"""Our own source, read as text and as syntax trees."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "okil"


@dataclass(frozen=True)
class Module:
    """One Python file: `name` as it is imported, `text` as it is written."""

    name: str
    text: str
    is_package: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        """The name without `okil`: ("areas", "bodies", "actions", "seats")."""
        return tuple(self.name.split(".")[1:])

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    def nodes(self) -> Iterator[ast.AST]:
        return ast.walk(self.tree)

    def finding(self, node: ast.AST, what: str) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {what}"


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def modules() -> tuple[Module, ...]:
    """Every module under src/okil."""
    return tuple(
        Module(_imported_as(path), path.read_text(encoding="utf-8"), path.name == "__init__.py")
        for path in sorted(SOURCE.rglob("*.py"))
    )


def _imported_as(path: Path) -> str:
    relative = path.relative_to(SOURCE.parent).with_suffix("")
    parts = relative.parts[:-1] if path.name == "__init__.py" else relative.parts
    return ".".join(parts)


@cache
def kept_files() -> tuple[str, ...]:
    """What git keeps, or would keep at the next commit, by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return tuple(sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file()))


def text_of(path: str) -> str:
    """The file as text; empty for a picture or an archive."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def dotted(node: ast.AST) -> str:
    """`a.b().c` of an expression, as far as it is made of names, attributes and calls."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def imports(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    """Each import, also inside functions, as the dotted name of what is imported."""
    for node in module.nodes():
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node, f"{_from(module, node)}.{alias.name}"


def _from(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
    above = package[: len(package) - node.level + 1]
    return ".".join([*above, *([node.module] if node.module else [])])
