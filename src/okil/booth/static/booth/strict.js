/** Reads parsed JSON that somebody else wrote, and refuses everything that is not expected. */

import { Malformed } from "./failures.js";

const LARGEST_PLAIN_NUMBER = 2 ** 30 - 1; // PROTOCOL.md, section 1

/**
 * `value` as an object with exactly these fields, in this order.
 *
 * @param {unknown} value
 * @param {string[]} names
 * @param {string} where
 * @param {string[]} [optional] of the names: those that may be absent
 * @returns {Object<string, any>}
 * @throws {Malformed}
 */
export function fields(value, names, where, optional = []) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Malformed("not-an-object", { where });
  }
  const expected = names.filter((name) => Object.hasOwn(value, name) || !optional.includes(name));
  const found = Object.keys(value);
  if (found.length !== expected.length || found.some((name, i) => name !== expected[i])) {
    throw new Malformed("wrong-fields", { where, expected: expected.join(", ") });
  }
  return value;
}

/**
 * `value` as a list, of `count` items if that is given.
 *
 * @param {unknown} value
 * @param {string} where
 * @param {number} [count]
 * @returns {any[]}
 * @throws {Malformed}
 */
export function items(value, where, count) {
  if (!Array.isArray(value)) throw new Malformed("not-a-list", { where });
  if (count !== undefined && value.length !== count) {
    throw new Malformed("wrong-count", { where, expected: count, found: value.length });
  }
  return value;
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {string}
 * @throws {Malformed}
 */
export function text(value, where) {
  if (typeof value !== "string") throw new Malformed("not-text", { where });
  return value;
}

/**
 * `value` as a whole number from 0 on.
 *
 * @param {unknown} value
 * @param {string} where
 * @param {number} [atMost]
 * @returns {number}
 * @throws {Malformed}
 */
export function whole(value, where, atMost = LARGEST_PLAIN_NUMBER) {
  const isWhole = typeof value === "number" && Number.isInteger(value);
  if (!isWhole || value < 0 || value > atMost) {
    throw new Malformed("not-a-number", { where });
  }
  return value;
}

/**
 * `value` as a SHA-256 in lower-case hexadecimal.
 *
 * @param {unknown} value
 * @param {string} where
 * @returns {string}
 * @throws {Malformed}
 */
export function digest(value, where) {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) {
    throw new Malformed("not-a-hash", { where });
  }
  return value;
}

/**
 * `value` as the digits of a whole number: no sign, no leading zero, no other script.
 *
 * @param {unknown} value
 * @param {string} where
 * @param {number} longest
 * @returns {string}
 * @throws {Malformed}
 */
export function decimal(value, where, longest) {
  if (typeof value !== "string" || value.length > longest || !/^(?:0|[1-9][0-9]*)$/.test(value)) {
    throw new Malformed("number-not-canonical", { where });
  }
  return value;
}

/**
 * A weight as it is written: a JSON number up to 2^30-1, decimal text above.
 *
 * @param {bigint} weight
 * @returns {number | string}
 */
export function writtenWeight(weight) {
  return weight <= BigInt(LARGEST_PLAIN_NUMBER) ? Number(weight) : String(weight);
}
