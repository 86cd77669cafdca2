/** What is not as it should be: Python prints it and fails if there is anything. */

import { Malformed } from "/static/booth/failures.js";

export class Findings {
  /** @type {string[]} */
  all = [];
  compared = 0;

  /**
   * @param {string} about
   * @param {unknown} found
   * @param {unknown} expected
   */
  same(about, found, expected) {
    this.compared += 1;
    if (written(found) !== written(expected)) {
      this.all.push(`${about}: ${written(found)} instead of ${written(expected)}`);
    }
  }

  /**
   * @param {string} about
   * @param {function(): unknown} attempt
   * @param {string} [reason]
   */
  async refused(about, attempt, reason) {
    this.compared += 1;
    try {
      const result = await attempt();
      this.all.push(`${about}: accepted, ${written(result)}`);
    } catch (error) {
      if (!(error instanceof Malformed) || (reason && error.reason !== reason)) {
        this.all.push(`${about}: ${error}`);
      }
    }
  }
}

/** @param {unknown} value */
function written(value) {
  return JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each)) ?? "";
}
