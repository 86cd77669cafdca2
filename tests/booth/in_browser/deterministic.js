/** Chance that can be repeated, for tests and shared vectors only (tests/vectors/README.md). */

import { sha256 } from "/static/booth/encoding.js";

const BLOCKS = 300; // WebCrypto answers later, so all that a vector may draw is made beforehand

/**
 * Bytes of SHA-256(seed|0), SHA-256(seed|1), … one after the other.
 *
 * @param {string} seed
 * @returns {Promise<function(number): Uint8Array>}
 */
export async function chanceFrom(seed) {
  const numbers = Array.from({ length: BLOCKS }, (_, block) => block);
  const blocks = await Promise.all(numbers.map((block) => sha256(`${seed}|${block}`)));
  const bytes = blocks.flatMap((block) => [...block]);
  return (count) => {
    if (bytes.length < count) throw new Error("the chance prepared for this test is used up");
    return Uint8Array.from(bytes.splice(0, count));
  };
}
