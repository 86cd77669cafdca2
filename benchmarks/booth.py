"""How long a voter waits for one ballot: `python -m benchmarks.booth` writes booth.md anew.

Chromium throttles pages, not workers; so the slow phone is the same module on a page's own thread.
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page

from okil.pure.ballots import credentials
from okil.pure.ballots.election import Question
from okil.pure.ballots.tests import given
from tests.booth.browsing import chromium, serving

RESULTS = Path(__file__).with_suffix(".md")
PAPERS = {
    "5 candidates": Question("1", tuple(map(str, range(1, 6))), 1, 1),
    "5 candidates, blank allowed": Question("1", tuple(map(str, range(1, 6))), 1, 1, True),
    "20 candidates": Question("1", tuple(map(str, range(1, 21))), 1, 1),
    "20 candidates, blank allowed": Question("1", tuple(map(str, range(1, 21))), 1, 1, True),
}
SLOWED = 6

# Milliseconds until the page is ready, and from the button to the ballot.
IN_WORKER = """async ([handed_in]) => {
    const { Work } = await import("/static/booth/work.js");
    const opened = performance.now();
    const work = new Work();
    await work.ready;
    const began = performance.now();
    await work.run("encryptBallot", handed_in);
    return [began - opened, performance.now() - began];
}"""
# A first ballot: the tables are made anew for each one, as in a new worker.
ON_PAGE = """async ([{ election: raw, code, choices }]) => {
    const [ballots, credentials, elections, groups] = await Promise.all(
        ["ballot", "credentials", "election", "group"].map(
            (name) => import(`/static/booth/${name}.js`)));
    const began = performance.now();
    const election = await elections.readElection(raw);
    const own = new groups.FixedBase(groups.G);
    own.prepare();
    const secret = await credentials.secretOf(credentials.typedCode(code), election.uuid);
    await ballots.makeBallot(election, secret, choices, groups.chance);
    return [performance.now() - began];
}"""
POWERS = """async ([times]) => {
    const { G, P, power, secretPower, FixedBase } = await import("/static/booth/group.js");
    const exponent = 2n ** 255n - 19n;
    const batch = 10;
    const measured = (act) => {
        const found = Array.from({ length: times }, () => {
            const began = performance.now();
            for (let i = 0; i < batch; i++) act();
            return (performance.now() - began) / batch;
        });
        return found.sort((a, b) => a - b)[times >> 1];
    };
    const fixed = new FixedBase(G);
    const multiply = () => {
        let element = G;
        for (let i = 0; i < 1000; i++) element = (element * G) % P;
    };
    return {
        "a thousand multiplications modulo p": measured(multiply),
        "one power": measured(() => power(G, exponent)),
        "one power with a secret exponent": measured(() => secretPower(G, exponent)),
        "the tables of one fixed base": measured(() => new FixedBase(G).prepare()),
        "one power of a fixed base": measured(() => fixed.to(exponent)),
    };
}"""


def times(page: Page, script: str, handed_in: Any, repeats: int) -> list[float]:
    page.evaluate(script, [handed_in])  # the first warms the compiler and the cache
    runs: list[list[float]] = [page.evaluate(script, [handed_in]) for _ in range(repeats)]
    return [median(each) for each in zip(*runs, strict=True)]


def slow(page: Page, rate: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})


def measured(page: Page, repeats: int) -> list[str]:
    lines = []
    for about, question in PAPERS.items():
        world = given.world(question, voters=1)
        handed_in = {
            "election": world.election.raw.decode(),
            "code": credentials.shown_code(world.codes[0]),
            "choices": [[0] * (question.entries - 1) + [1]],
        }
        found = times(page, IN_WORKER, handed_in, repeats)
        found += times(page, ON_PAGE, handed_in, repeats)
        slow(page, SLOWED)
        found += times(page, ON_PAGE, handed_in, max(1, repeats // 2))
        slow(page, 1)
        lines.append(f"| {about} | {' | '.join(f'{each:.0f} ms' for each in found)} |")
    return lines


def parts(page: Page, repeats: int) -> list[str]:
    found: dict[str, float] = page.evaluate(POWERS, [repeats])
    return [f"| {about} | {each * 1000:.0f} µs |" for about, each in found.items()]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=15)
    repeats = parser.parse_args().repeats
    with serving() as address, chromium() as browser:
        page = browser.new_page()
        page.goto(address)
        ballots, powers = measured(page, repeats), parts(page, repeats)
        version = browser.version
    load = f"{os.cpu_count()} processors with a load of {os.getloadavg()[0]:.1f}"
    machine = f"Chromium {version}, {platform.machine()}, {load}, medians of {repeats}"
    text = RESULTS.read_text(encoding="utf-8")
    beginning, _, rest = text.partition("<!-- measured -->")
    _, _, end = rest.partition("<!-- end -->")
    table = [
        f"{machine}.",
        "",
        f"| one ballot | opening | in the worker | on the page | the same, {SLOWED} times slower |",
        "|---|---|---|---|---|",
        *ballots,
        "",
        "| one step | takes |",
        "|---|---|",
        *powers,
    ]
    body = "\n".join(["<!-- measured -->", "", *table, "", "<!-- end -->"])
    RESULTS.write_text(f"{beginning}{body}{end}", encoding="utf-8")
    print("\n".join(table))


if __name__ == "__main__":
    main()
