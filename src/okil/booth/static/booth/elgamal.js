/** ElGamal, message in the exponent: sums can be counted unopened (PROTOCOL.md, section 7). */

import { generator, IDENTITY, P, readElement } from "./group.js";
import * as strict from "./strict.js";

/** @typedef {import("./group.js").Element} Element */
/** @typedef {import("./group.js").Scalar} Scalar */
/** @typedef {import("./group.js").FixedBase} FixedBase */

/**
 * alpha = g^r, beta = y^r g^m.
 *
 * @typedef {{alpha: Element, beta: Element}} Ciphertext
 */

/**
 * An encryption of the sum of all messages.
 *
 * @param {Ciphertext[]} ciphertexts
 * @returns {Ciphertext}
 */
export function product(ciphertexts) {
  return ciphertexts.reduce(
    (total, each) => ({
      alpha: (total.alpha * each.alpha) % P,
      beta: (total.beta * each.beta) % P,
    }),
    { alpha: IDENTITY, beta: IDENTITY },
  );
}

/**
 * Encrypts a small message for the key y with the randomness r.
 *
 * @param {FixedBase} y
 * @param {number} message
 * @param {Scalar} r
 * @returns {Ciphertext}
 */
export function encrypt(y, message, r) {
  // g^0 is computed too: the time must not tell a chosen candidate from the others.
  return { alpha: generator.to(r), beta: (y.to(r) * generator.to(BigInt(message))) % P };
}

/**
 * @param {Ciphertext} ciphertext
 * @returns {{alpha: string, beta: string}}
 */
export function writtenCiphertext({ alpha, beta }) {
  return { alpha: String(alpha), beta: String(beta) };
}

/**
 * The ciphertext that `value` writes; its elements are not yet known to be in the group.
 *
 * @param {unknown} value
 * @param {string} where
 * @returns {Ciphertext}
 * @throws {import("./failures.js").Malformed}
 */
export function readCiphertext(value, where) {
  const found = strict.fields(value, ["alpha", "beta"], where);
  return { alpha: readElement(found.alpha, where), beta: readElement(found.beta, where) };
}
