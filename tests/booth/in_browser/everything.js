/** All that needs no Python, in one page: a browser that nobody can drive tells by itself. */

import * as edges from "/tests/edges.js";
import { outcome } from "/tests/page.js";
import * as vectors from "/tests/vectors.js";

const CODE = "23456-789ABC-DEFGH-JKLMNP-qL";

/** @param {string} name */
async function given(name) {
  return (await fetch(`/vectors/${name}.json`)).json();
}

async function everything() {
  const found = { failures: [], compared: 0, browser: navigator.userAgent };
  const checks = [
    ...Object.entries(vectors).map(([name, check]) => ({ name, check, file: name })),
    { name: "powers", check: edges.powers },
    { name: "json", check: edges.json },
    { name: "spoilt proofs", check: edges.proofs },
    { name: "spoilt ballots", check: edges.ballots, file: "ballots" },
    { name: "messages", check: edges.messages },
    { name: "key files", check: edges.keyFiles, file: "ceremony" },
  ];
  for (const { name, check, file } of checks) {
    const { all, compared } = await check(file && (await given(file)));
    found.failures.push(...all.map((failure) => `${name}: ${failure}`));
    found.compared += compared;
  }
  const { cases } = await given("ballots");
  const { election, choices } = cases[0];
  const began = performance.now();
  found.cast = await outcome("encryptBallot", { election, choices, code: CODE });
  found.milliseconds = performance.now() - began;
  return found;
}

const found = await everything().catch((error) => ({ failures: [String(error)], compared: 0 }));
await fetch("/told", { method: "POST", body: JSON.stringify(found) });
