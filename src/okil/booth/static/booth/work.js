/** How a page has work done: one worker for each task, which ends with it. */

import { Malformed } from "./failures.js";

/**
 * Has a task of `tasks.js` done.
 *
 * When the promise settles the worker is gone, and with it everything it computed with. What the
 * page itself holds (a field's value, a variable) is for the page to clear.
 *
 * @param {string} task
 * @param {Object<string, any>} given
 * @param {function({done: number, total: number}): void} [onProgress]
 * @returns {Promise<any>}
 * @throws {Malformed} if the task finds something malformed
 * @throws {Error} if the worker breaks or cannot start
 */
export function run(task, given, onProgress = () => {}) {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  /** @type {Promise<any>} */
  const answer = new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error("the worker broke"));
    worker.onmessageerror = () => reject(new Error("the worker's answer cannot be read"));
    worker.onmessage = ({ data }) => {
      if ("progress" in data) onProgress(data.progress);
      else if ("result" in data) resolve(data.result);
      else if ("refused" in data) reject(new Malformed(data.refused.reason, data.refused.facts));
      else reject(new Error(data.broken));
    };
    worker.postMessage({ task, given });
  });
  return answer.finally(() => worker.terminate());
}
