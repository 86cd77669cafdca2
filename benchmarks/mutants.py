"""`make mutants`: spoil the pure rules one place at a time and see whether a test notices.

    python -m benchmarks.mutants [--every N] [FILE …]

A place that can be spoilt without any test failing is printed: there a wrong rule would pass. Results
worth keeping go into benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
RULES = SOURCE / "okil" / "pure" / "rules"
READ = ("tests", "docs")  # what tests of the rules look into
SECONDS = 120  # a loop that no longer ends has been noticed too

OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
}


@dataclass(frozen=True)
class Mutant:
    file: Path
    line: int
    before: str
    after: str
    source: str


def spoilt(node: ast.AST) -> Iterator[ast.AST]:
    """The node spoilt in each way we know."""
    other = copy.deepcopy(node)
    match other:
        case ast.Compare(ops=[one, *rest]) if type(one) in OTHER:
            other.ops = [OTHER[type(one)](), *rest]  # type: ignore[list-item]  # an operator for an operator
            yield other
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in OTHER:
            other.op = OTHER[type(op)]()  # type: ignore[assignment]  # as above
            yield other
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Raise():
            yield ast.Pass()
        case ast.Return(value=value) if value is not None:
            yield ast.Return(ast.Constant(None))


class Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old = old
        self.new = new

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.old:
            return ast.copy_location(self.new, node)
        return super().generic_visit(node)


def mutants_of(file: Path) -> Iterator[Mutant]:
    text = file.read_text(encoding="utf-8")
    places = sum(1 for _ in ast.walk(ast.parse(text)))
    for number in range(places):
        node = list(ast.walk(ast.parse(text)))[number]
        for way in range(len(list(spoilt(node)))):
            tree = ast.parse(text)
            old = list(ast.walk(tree))[number]
            new = list(spoilt(old))[way]
            before, after = ast.unparse(old), ast.unparse(new)
            source = ast.unparse(ast.fix_missing_locations(Replace(old, new).visit(tree)))
            yield Mutant(file, getattr(old, "lineno", 0), before, after, source)


def is_noticed(mutant: Mutant) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder, "src")
        shutil.copytree(SOURCE / "okil" / "pure", copied / "okil" / "pure")
        for beside in (*(SOURCE / "okil").iterdir(), *(SOURCE.parent / name for name in READ)):
            if beside.name != "pure":
                Path(folder, beside.relative_to(SOURCE.parent)).symlink_to(beside)
        (copied / mutant.file.relative_to(SOURCE)).write_text(mutant.source, encoding="utf-8")
        tests = copied / RULES.relative_to(SOURCE) / "tests"
        # The tests that name the rule notice most, and soonest.
        rule = _as_imported(mutant.file)
        own = [each for each in sorted(tests.glob("test_*.py")) if rule in each.read_text("utf-8")]
        try:
            return any(tests_fail(copied, each) for each in (own, [tests]) if each)
        except subprocess.TimeoutExpired:
            return True


def _as_imported(file: Path) -> str:
    """`regulation/findings.py`: "okil.pure.rules.regulation.findings "."""
    return ".".join(file.relative_to(SOURCE).with_suffix("").parts) + " "


def tests_fail(source: Path, tests: list[Path]) -> bool:
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:django",
         "-c", os.devnull, "--rootdir", str(source), "--import-mode=importlib", *map(str, tests)],
        env=os.environ | {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )  # fmt: skip
    return ended.returncode != 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="at once")
    parser.add_argument("--every", type=int, default=1, help="try only each Nth place")
    chosen = parser.parse_args()
    files = [file.resolve() for file in chosen.files] or [
        each for each in sorted(RULES.rglob("*.py")) if "tests" not in each.parts
    ]

    healthy = files[0].read_text(encoding="utf-8")
    if is_noticed(Mutant(files[0], 0, "", "", healthy)):
        print("The tests fail before anything is spoilt.", file=sys.stderr)
        return 2
    mutants = [mutant for file in files for mutant in mutants_of(file)][:: chosen.every]
    noticed = 0
    with ThreadPoolExecutor(chosen.jobs) as threads:
        for mutant, seen in zip(mutants, threads.map(is_noticed, mutants), strict=True):
            noticed += seen
            if not seen:
                told = f"{mutant.file.name}:{mutant.line}: {mutant.before}  →  {mutant.after}"
                print(told, flush=True)
    print(f"{noticed} of {len(mutants)} noticed")
    return 0 if noticed == len(mutants) else 1


if __name__ == "__main__":
    sys.exit(main())
