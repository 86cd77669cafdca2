/**
 * Does one piece of work beside the page, so that the page stays alive and keeps no secret.
 *
 * `work.js` starts this worker, hands in one task and ends it: what it computed with goes with it.
 * Messages out: `{ready: true}` when all modules are loaded; then `{progress: {done, total}}`, any
 * number of them; then one of `{result}`, `{refused: {reason, facts}}` for what is malformed,
 * `{broken: name}` for what nobody expected.
 */

import { Malformed } from "./failures.js";
import { generator } from "./group.js";
import { TASKS } from "./tasks.js";

self.onmessage = async ({ data: { task, given } }) => {
  const progress = (/** @type {number} */ done, /** @type {number} */ total) =>
    self.postMessage({ progress: { done, total } });
  try {
    self.postMessage({ result: await TASKS[task](given, progress) });
  } catch (error) {
    if (error instanceof Malformed) {
      self.postMessage({ refused: { reason: error.reason, facts: error.facts } });
    } else {
      // The name alone: a message of the browser could quote what was handed in.
      self.postMessage({ broken: error instanceof Error ? error.name : "Error" });
    }
  }
};

generator.prepare();
self.postMessage({ ready: true });
