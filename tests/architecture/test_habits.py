"""Each habit is held by the whole source, and each check is shown to find what it looks for."""

from __future__ import annotations

import pytest

from tests.architecture import habits
from tests.architecture.habits import Habit
from tests.architecture.source import Module, modules

ALL = [
    habits.only_actions_write,
    habits.actions_leave_a_row_in_the_journal,
    habits.nothing_is_locked_after_the_journal,
    habits.clock_is_read_at_the_edge,
    habits.rows_are_locked_with_locked,
    habits.nothing_is_printed,
    habits.migrations_import_no_code_but_fields,
]


@pytest.mark.parametrize("habit", ALL, ids=lambda habit: habit.__name__)
def test_the_source_keeps_the_habit(habit: Habit) -> None:
    assert [finding for module in modules() for finding in habit(module)] == []


def test_no_exception_is_kept_that_nobody_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = dict(habits.ALSO_EDGES)
    monkeypatch.setattr(habits, "ALSO_EDGES", {})
    read_in = {
        finding.split(":")[0]
        for module in modules()
        for finding in habits.clock_is_read_at_the_edge(module)
    }

    assert {
        edge: any(f"{name}.".startswith(f"{edge}.") for name in read_in) for edge in edges
    } == dict.fromkeys(edges, True)


BROKEN = [
    (habits.only_actions_write, "okil.areas.bodies.views.seats", "seat.save()"),
    (habits.only_actions_write, "okil.areas.bodies.queries", "Seat.objects.create(number=1)"),
    (habits.only_actions_write, "okil.areas.bodies.forms", "seats.filter(pk=1).update(open=True)"),
    (habits.only_actions_write, "okil.areas.bodies.models", "self.seats.all().delete()"),
    (habits.only_actions_write, "okil.areas.bodies.tasks", "Seat.objects.bulk_create(seats)"),
    (
        habits.actions_leave_a_row_in_the_journal,
        "okil.areas.bodies.actions.seats",
        "def close(seat, *, actor):\n    _end(seat)\ndef _end(seat):\n    seat.save()",
    ),
    (
        habits.nothing_is_locked_after_the_journal,
        "okil.areas.bodies.actions.seats",
        "def close(pk):\n    record('seat.closed')\n    locked(Seat, pk)",
    ),
    (habits.clock_is_read_at_the_edge, "okil.areas.bodies.actions", "at = clock.now()"),
    (habits.clock_is_read_at_the_edge, "okil.areas.bodies.queries", "clock.today('Asia/Almaty')"),
    (habits.clock_is_read_at_the_edge, "okil.areas.bodies.access", "timezone.now()"),
    (habits.clock_is_read_at_the_edge, "okil.pure.rules.plan", "datetime.date.today()"),
    (habits.clock_is_read_at_the_edge, "okil.pure.rules.plan", "datetime.datetime.now(UTC)"),
    (habits.clock_is_read_at_the_edge, "okil.areas.bodies.models", "DateField(auto_now_add=True)"),
    (habits.rows_are_locked_with_locked, "okil.areas.bodies.actions", "rows.select_for_update()"),
    (habits.rows_are_locked_with_locked, "okil.foundation.x", "run('SELECT 1 FOR UPDATE')"),
    (habits.nothing_is_printed, "okil.foundation.vault.fields", "print(name)"),
    (habits.nothing_is_printed, "okil.pure.rules.plan", "breakpoint()"),
    (
        habits.migrations_import_no_code_but_fields,
        "okil.areas.bodies.migrations.0002_x",
        "from okil.areas.bodies.queries import seats",
    ),
    (
        habits.migrations_import_no_code_but_fields,
        "okil.areas.bodies.migrations.0002_x",
        "def forwards(apps, editor):\n    import okil.areas.bodies.actions",
    ),
]


@pytest.mark.parametrize(("habit", "name", "text"), BROKEN)
def test_a_broken_habit_is_found(habit: Habit, name: str, text: str) -> None:
    assert len(list(habit(Module(name, text)))) == 1


KEPT = [
    (
        habits.actions_leave_a_row_in_the_journal,
        "okil.areas.bodies.actions.seats",
        "def close(seat, *, actor):\n    seat.save()\n    _tell()\ndef _tell():\n    audit.record('x')",
    ),
    (
        habits.nothing_is_locked_after_the_journal,
        "okil.areas.bodies.actions.seats",
        "def close(pk):\n    locked(Seat, pk)\n    record('seat.closed')",
    ),
    (habits.only_actions_write, "okil.areas.bodies.actions.seats", "seat.save()"),
    (habits.only_actions_write, "okil.areas.bodies.tests.given", "Seat.objects.create()"),
    (habits.only_actions_write, "okil.areas.bodies.queries", "found.update({'a': 1})"),
    (habits.clock_is_read_at_the_edge, "okil.areas.bodies.views.seats", "at = clock.now()"),
    (habits.clock_is_read_at_the_edge, "okil.areas.bodies.tasks", "at = clock.now()"),
    (habits.clock_is_read_at_the_edge, "okil.areas.bodies.actions", "datetime.combine(day, noon)"),
    (habits.rows_are_locked_with_locked, "okil.areas.bodies.actions", "locked(Seat, 1)"),
    (
        habits.migrations_import_no_code_but_fields,
        "okil.areas.bodies.migrations.0002_x",
        "import okil.foundation.vault.fields",
    ),
]


@pytest.mark.parametrize(("habit", "name", "text"), KEPT)
def test_a_kept_habit_is_left_in_peace(habit: Habit, name: str, text: str) -> None:
    assert list(habit(Module(name, text))) == []
