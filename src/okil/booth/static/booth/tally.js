/** The encrypted sum of the ballots that count (PROTOCOL.md, section 9). */

import { product, readCiphertext, writtenCiphertext } from "./elgamal.js";
import { canonicalJson, readCanonicalJson } from "./encoding.js";
import { power } from "./group.js";
import * as strict from "./strict.js";

/** @typedef {import("./ballot.js").Ballot} Ballot */
/** @typedef {import("./election.js").Election} Election */
/** @typedef {import("./elgamal.js").Ciphertext} Ciphertext */

/**
 * For each question the product of the ciphertexts, each to the power of its voter's weight.
 *
 * @param {Election} election
 * @param {{ballot: Ballot, weight: bigint}[]} counting the last ballot of each credential
 * @returns {Ciphertext[][]}
 */
export function tallyOf(election, counting) {
  return election.questions.map(({ entries }, i) =>
    Array.from({ length: entries }, (_, j) =>
      product(counting.map(({ ballot, weight }) => weighted(ballot.answers[i].choices[j], weight))),
    ),
  );
}

/**
 * An encryption of `weight` times the message.
 *
 * @param {Ciphertext} ciphertext
 * @param {bigint} weight
 */
function weighted({ alpha, beta }, weight) {
  if (weight === 1n) return { alpha, beta };
  return { alpha: power(alpha, weight), beta: power(beta, weight) };
}

/**
 * The encrypted_tally record.
 *
 * @param {Ciphertext[][]} tally
 * @returns {string}
 */
export function tallyRecord(tally) {
  return canonicalJson(tally.map((entries) => entries.map(writtenCiphertext)));
}

/**
 * The ciphertexts of a tally record, not yet known to be in the group.
 *
 * @param {Election} election
 * @param {string} raw
 * @returns {Ciphertext[][]}
 * @throws {import("./failures.js").Malformed}
 */
export function readTally(election, raw) {
  const where = "encrypted_tally";
  const { questions } = election;
  return strict
    .items(readCanonicalJson(raw), where, questions.length)
    .map((value, i) =>
      strict.items(value, where, questions[i].entries).map((each) => readCiphertext(each, where)),
    );
}
