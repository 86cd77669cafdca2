"""Habits that import rules cannot see. Each function reads one module and tells what it finds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tests.architecture.source import Module, dotted

Habit = Callable[[Module], Iterator[str]]

WRITES_ALWAYS = {
    "save", "delete", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
}  # fmt: skip
MAY_WRITE = {"actions", "migrations", "tests"}

READS_OF_THE_CLOCK = {
    "clock.now()", "clock.today()", "timezone.now()", "timezone.localtime()", "timezone.localdate()",
    "datetime.now()", "datetime.utcnow()", "datetime.today()", "date.today()", "time.time()",
}  # fmt: skip
MAY_READ_THE_CLOCK = {"views", "tasks", "middleware", "tests"}
# Edges of another kind, each with the reason why it is one.
ALSO_EDGES = {
    "okil.foundation.web.clock": "it is the clock",
    "okil.foundation.background": "the worker asks what is due",
    "okil.foundation.accounts.sessions": "Django's sessions end by the machine's own clock",
    "okil.foundation.accounts.signing_in": "it is called with the request, by views and the library",
    "okil.site.navigation": "a context processor: it reads the request as a view does",
    "okil.site.schedule": "it is the tasks of the site",
    "okil.site.command_line": "a person at the keyboard is an edge",
    "okil.site.demonstration": "it sets the clock that all others read",
}


def only_actions_write(module: Module) -> Iterator[str]:
    """In an area, rows change in `actions`, so that each change has its lock, right and journal."""
    if module.parts[:1] != ("areas",) or MAY_WRITE & set(module.parts):
        return
    for node in module.nodes():
        if isinstance(node, ast.Call) and _writes(node):
            yield module.finding(node, f"{dotted(node.func)}() writes; only actions do")


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    # A dictionary's update takes a mapping, a query's takes names.
    return name in WRITES_ALWAYS or (name == "update" and bool(call.keywords) and not call.args)


def actions_leave_a_row_in_the_journal(module: Module) -> Iterator[str]:
    """Who acts is recorded: by the function that has an `actor`, or by one that it calls.

    A function without an actor is a part of an action.
    """
    if module.parts[:1] != ("areas",) or "actions" not in module.parts:
        return
    functions = {one.name: one for one in module.tree.body if isinstance(one, ast.FunctionDef)}
    for name, function in functions.items():
        if name.startswith("_") or "actor" not in {arg.arg for arg in function.args.kwonlyargs}:
            continue
        reached = _reached(function, functions)
        acts = any(_writes(call) or dotted(call.func) == "locked" for call in reached)
        if acts and not any(_records(call) for call in reached):
            yield module.finding(function, f"{name} acts and leaves no row in the journal")


def nothing_is_locked_after_the_journal(module: Module) -> Iterator[str]:
    """The journal is the last lock of every action, so that two actions never wait for each other."""
    for function in module.nodes():
        if not isinstance(function, ast.FunctionDef):
            continue
        recorded = [call.lineno for call in _calls(function) if _records(call)]
        for call in _calls(function):
            if dotted(call.func) == "locked" and recorded and call.lineno > min(recorded):
                yield module.finding(call, "locked() after record()")


def _calls(node: ast.AST) -> list[ast.Call]:
    return [inside for inside in ast.walk(node) if isinstance(inside, ast.Call)]


def _records(call: ast.Call) -> bool:
    return dotted(call.func).split(".")[-1] == "record"


def _reached(function: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> list[ast.Call]:
    """The calls of a function and of those functions of its module that it calls."""
    seen, waiting, reached = {function.name}, [function], list[ast.Call]()
    while waiting:
        calls = _calls(waiting.pop())
        reached += calls
        for name in {dotted(call.func) for call in calls} & set(functions) - seen:
            seen.add(name)
            waiting.append(functions[name])
    return reached


def clock_is_read_at_the_edge(module: Module) -> Iterator[str]:
    """The moment is read once and handed down as `at=`."""
    if MAY_READ_THE_CLOCK & set(module.parts) or _is_edge(module.name):
        return
    for node in module.nodes():
        if isinstance(node, ast.Call) and _last_two(dotted(node)) in READS_OF_THE_CLOCK:
            yield module.finding(node, f"{dotted(node)} reads the clock; take at= instead")
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            yield module.finding(node.value, f"{node.arg} reads the clock; the action sets at=")


def _is_edge(name: str) -> bool:
    if ".management.commands." in name:
        return True
    return any(name == edge or name.startswith(f"{edge}.") for edge in ALSO_EDGES)


def _last_two(name: str) -> str:
    return ".".join(name.split(".")[-2:])


def rows_are_locked_with_locked(module: Module) -> Iterator[str]:
    """One place locks rows, so that the order of locks can be read in one search."""
    if module.name == "okil.foundation.locking":
        return
    for node in module.nodes():
        if isinstance(node, ast.Attribute) and node.attr == "select_for_update":
            yield module.finding(node, "select_for_update; use locked()")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            statement = node.value.upper()
            if "SELECT" in statement and "FOR UPDATE" in statement:
                yield module.finding(node, "SELECT … FOR UPDATE; use locked()")


def nothing_is_printed(module: Module) -> Iterator[str]:
    """What goes to people goes through pages, mail or a command's own output."""
    if module.parts[:1] not in {("areas",), ("foundation",), ("pure",)} or module.is_test:
        return
    for node in module.nodes():
        if isinstance(node, ast.Call) and dotted(node.func) in {"print", "pprint", "breakpoint"}:
            yield module.finding(node, f"{dotted(node)}")


def migrations_import_no_code_but_fields(module: Module) -> Iterator[str]:
    """A migration runs in years to come, when our code is another; a field must be kept for it."""
    if not module.is_migration:
        return
    for node in module.nodes():
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "okil" and name not in MODULES_OF_FIELDS:
                yield module.finding(node, f"imports {name}")


MODULES_OF_FIELDS = {"okil.foundation.vault.fields", "okil.foundation.web.languages"}
