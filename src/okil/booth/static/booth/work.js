/** How a page has work done: one worker for each task, which ends with it. */

import { Malformed } from "./failures.js";

/**
 * A worker for one task of `tasks.js`.
 *
 * A page makes it when it opens: then everything is loaded, and tables are made, while the voter
 * reads. When `run` settles the worker is gone, and with it everything it computed with. What the
 * page itself holds (a field's value, a variable) is for the page to clear.
 */
export class Work {
  #worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });

  constructor() {
    /**
     * Settles when all is loaded and the network is needed no more.
     *
     * @type {Promise<void>}
     * @throws {Error} if a module cannot be loaded
     */
    this.ready = new Promise((resolve, reject) => {
      this.#worker.addEventListener("message", () => resolve(), { once: true });
      this.#worker.addEventListener("error", () => reject(new Error("the worker broke")));
    });
    this.ready.catch(() => {}); // who waits for it, or runs a task, is told
  }

  /**
   * Has the task done and ends the worker. `given` is copied at once: the page may clear its own.
   *
   * @param {string} task
   * @param {Object<string, any>} given
   * @param {function({done: number, total: number}): void} [onProgress]
   * @returns {Promise<any>}
   * @throws {Malformed} if the task finds something malformed
   * @throws {Error} if the worker did not start, or breaks
   */
  run(task, given, onProgress = () => {}) {
    return Promise.all([this.#answer(task, given, onProgress), this.ready])
      .then(([result]) => result)
      .finally(() => this.end());
  }

  /** Ends the worker, whatever it is doing. */
  end() {
    this.#worker.terminate();
  }

  /**
   * @param {string} task
   * @param {Object<string, any>} given
   * @param {function({done: number, total: number}): void} onProgress
   */
  #answer(task, given, onProgress) {
    return new Promise((resolve, reject) => {
      this.#worker.addEventListener("error", () => reject(new Error("the worker broke")));
      this.#worker.addEventListener("message", ({ data }) => {
        if ("progress" in data) onProgress(data.progress);
        else if ("result" in data) resolve(data.result);
        else if ("refused" in data) reject(new Malformed(data.refused.reason, data.refused.facts));
        else if ("broken" in data) reject(new Error(data.broken));
      });
      this.#worker.postMessage({ task, given });
    });
  }
}
