"""`okil verify` beside `belenios-tool election verify`: `python -m benchmarks.verification`.

Both check the same archives, by turns, in one run; what is claimed are ratios. `--check` ends with 1
if a claim is missed tenfold: for CI, against hanging.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from okil.pure.ballots.arithmetic import mpz, powmod
from okil.pure.ballots.ballot import check_ballot
from okil.pure.ballots.election import Question
from okil.pure.ballots.group import G, P, Q
from okil.pure.ballots.tests import given

RESULTS = Path(__file__).with_name("RESULTS.md")
MARKS = "<!-- verification -->", "<!-- end of verification -->"
FIVE = Question("1", tuple("12345"), 1, 1)
FIVE_OR_BLANK = Question("1", tuple("12345"), 1, 1, blank=True)

WALL_AT_MOST, CPU_AT_MOST, UNITS_AT_MOST = 0.3, 0.6, 34.0


@dataclass(frozen=True)
class Run:
    wall: float  # seconds
    cpu: float  # seconds of all processes
    memory: int  # bytes, at the highest, of the largest process


Medians = dict[int, tuple[Run, Run]]  # by number of ballots: okil, belenios-tool


def main() -> int:
    chosen = _arguments()
    if chosen.make:
        size, path = chosen.make
        _make(int(size), Path(path))
        return 0
    units = {name: _units(question) for name, question in PAPERS.items()}
    medians: Medians = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in chosen.sizes:
            archive = _made(Path(folder), size)
            ours, theirs = _by_turns(archive, chosen.rounds if size < 5000 else chosen.large_rounds)
            medians[size] = _median(ours), _median(theirs)
            _tell(f"{size} ballots: {ours}, {theirs}")
    report = _report(units, medians)
    print(report)
    if chosen.write:
        _write(report)
    return 1 if chosen.check and _missed_tenfold(units, medians) else 0


PAPERS = {"5 candidates": FIVE, "5 candidates, blank allowed": FIVE_OR_BLANK}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large-rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="into RESULTS.md")
    parser.add_argument("--make", nargs=2, metavar=("SIZE", "FILE"), help="only an archive")
    parser.add_argument("--check", action="store_true", help="1 if a claim is missed tenfold")
    return parser.parse_args()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


# One ballot


def _units(question: Question) -> float:
    """The check of one ballot, in powers with a 256-bit exponent, measured by turns with them."""
    world = given.world(question, voters=1, seed="one ballot")
    choices = [[0] * (question.entries - 1) + [1]]
    raw = world.ballot(0, choices)
    base, exponent = powmod(G, mpz(3) ** 150, P), Q - 12345
    check_ballot(world.election, raw)  # makes the tables of g and y
    checks, powers = [], []
    for _ in range(50):
        checks.append(_seconds(lambda: check_ballot(world.election, raw)))
        powers += [_seconds(lambda: powmod(base, exponent, P)) for _ in range(10)]
    return median(checks) / median(powers)


def _seconds(act: Callable[[], object]) -> float:
    """Of this process alone: what else the machine does is not counted."""
    began = time.process_time()
    act()
    return time.process_time() - began


# Archives


def _made(folder: Path, size: int) -> Path:
    """An archive with so many ballots, made by a process of its own: this one shall stay small."""
    path = folder / "archive.bel"
    here = "benchmarks.verification"
    subprocess.run([sys.executable, "-m", here, "--make", str(size), str(path)], check=True)
    return path


def _make(size: int, path: Path) -> None:
    world = given.world(FIVE, voters=size, seed=f"{size} ballots")
    for voter in range(size):
        world.cast(voter, [[int(answer == voter % 5) for answer in range(5)]])
    world.count(1, 3)
    path.write_bytes(world.archive())


# Measuring

# Starts a program from a process of a few megabytes: on Linux a program's highest memory is never
# told lower than that of the process it was started from.
LAUNCHER = """
import os, sys, time
began = time.monotonic()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ,
    file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, used = os.wait4(child, 0)
seconds = time.monotonic() - began
print(os.waitstatus_to_exitcode(status), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def _run(*command: str, folder: Path) -> Run:
    launch = [sys.executable, "-I", "-S", "-c", LAUNCHER, *command]
    said = subprocess.run(launch, cwd=folder, capture_output=True, text=True, check=True)
    status, wall, cpu, kilobytes = said.stdout.split()
    if int(status) != 0:
        raise SystemExit(f"{command[0]} ended with {status}: {said.stderr}")
    return Run(float(wall), float(cpu), int(kilobytes) * 1024)


def _by_turns(archive: Path, rounds: int) -> tuple[list[Run], list[Run]]:
    okil = str(Path(sys.executable).with_name("okil"))
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_run(okil, "verify", str(archive), "--complete", folder=archive.parent))
        theirs.append(_run("belenios-tool", "election", "verify", folder=archive.parent))
    return ours, theirs


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        median(run.wall for run in runs),
        median(run.cpu for run in runs),
        int(median(run.memory for run in runs)),
    )


# What came out


def _growth(medians: Medians, which: int) -> float | None:
    """Bytes of memory for each ballot more, between the smallest and the largest archive."""
    least, most = min(medians), max(medians)
    if least == most:
        return None
    return (medians[most][which].memory - medians[least][which].memory) / (most - least)


def _report(units: dict[str, float], medians: Medians) -> str:
    version = subprocess.run(
        ["belenios-tool", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[0]
    cores = len(os.sched_getaffinity(0))
    lines = [
        f"Python {platform.python_version()}, {cores} cores, belenios-tool {version}; medians.",
        "",
        "| ballots | okil wall | okil CPU | tool wall | tool CPU | wall ratio | CPU ratio |",
        "|---|---|---|---|---|---|---|",
    ]
    for size, (ours, theirs) in medians.items():
        times = f"{ours.wall:.1f} s | {ours.cpu:.1f} s | {theirs.wall:.1f} s | {theirs.cpu:.1f} s"
        ratios = f"{ours.wall / theirs.wall:.2f} | {ours.cpu / theirs.cpu:.2f}"
        lines.append(f"| {size} | {times} | {ratios} |")
    own, other = _growth(medians, 0), _growth(medians, 1)
    if own is not None and other is not None:
        told = f"{own / 1000:.1f} KB against {other / 1000:.1f} KB, ratio {own / other:.2f}"
        lines += ["", f"Memory for each ballot more: {told}."]
    lines += ["", "| one ballot | units of one power |", "|---|---|"]
    lines += [f"| {name} | {number:.1f} |" for name, number in units.items()]
    return "\n".join(lines)


def _missed_tenfold(units: dict[str, float], medians: Medians) -> bool:
    slow = units["5 candidates"] > 10 * UNITS_AT_MOST
    for ours, theirs in medians.values():
        slow |= ours.wall > 10 * WALL_AT_MOST * theirs.wall
        slow |= ours.cpu > 10 * CPU_AT_MOST * theirs.cpu
    return slow


def _write(report: str) -> None:
    text = RESULTS.read_text(encoding="utf-8")
    begin, end = MARKS
    before, rest = text.split(begin, 1)
    after = rest.split(end, 1)[1]
    RESULTS.write_text(f"{before}{begin}\n\n{report}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
