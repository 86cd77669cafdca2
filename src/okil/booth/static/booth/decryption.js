/** Opening the count: partial decryptions, their two proofs (PROTOCOL.md, sections 10 and 13). */

import { canonicalJson, readCanonicalJson, sha256Hex } from "./encoding.js";
import { Malformed } from "./failures.js";
import { generator, isMember, PlainBase, readElement, secretPower } from "./group.js";
import { logarithmsAreSame, proveSameLogarithm, readProof, writtenProof } from "./proofs.js";
import * as strict from "./strict.js";

/** @typedef {import("./election.js").Election} Election */
/** @typedef {import("./elgamal.js").Ciphertext} Ciphertext */
/** @typedef {import("./group.js").Chance} Chance */
/** @typedef {import("./group.js").Element} Element */
/** @typedef {import("./group.js").Scalar} Scalar */
/** @typedef {import("./proofs.js").Proof} Proof */

/**
 * What one trustee computed.
 *
 * @typedef {{factors: Element[][], proofs: Proof[][], strongProofs: Proof[][]}} PartialDecryption
 */

/**
 * Whose partial decryption of which tally this is.
 *
 * @typedef {{election: Election, tallyHash: string, owner: number, key: Element}} Opening
 */

// Making

/**
 * The record of the trustee number `owner`, whose secret key is x.
 *
 * Chance: for each question and answer, w of the standard proof, then w of the extra proof.
 *
 * @param {Election} election
 * @param {Ciphertext[][]} tally
 * @param {string} tallyHash
 * @param {number} owner
 * @param {Scalar} x
 * @param {Chance} chance
 * @returns {Promise<string>}
 * @throws {Malformed} for a tally that is not in the group: a factor of it would leak x
 */
export async function partialDecryption(election, tally, tallyHash, owner, x, chance) {
  requireInGroup(tally);
  const opening = { election, tallyHash, owner, key: generator.to(x) };
  const factors = tally.map((entries) => entries.map(({ alpha }) => secretPower(alpha, x)));
  /** @type {ReturnType<typeof writtenProof>[][]} */
  const proofs = tally.map(() => []);
  /** @type {ReturnType<typeof writtenProof>[][]} */
  const strong = tally.map(() => []);
  for (const [i, entries] of tally.entries()) {
    for (const [j, { alpha }] of entries.entries()) {
      const prefix = standardPrefix(opening);
      const extra = extraPrefix(opening, i, j, alpha, factors[i][j]);
      proofs[i].push(writtenProof(await proveSameLogarithm(prefix, alpha, x, chance)));
      strong[i].push(writtenProof(await proveSameLogarithm(extra, alpha, x, chance)));
    }
  }
  return canonicalJson({
    decryption_factors: factors.map((row) => row.map(String)),
    decryption_proofs: proofs,
    x_strong_proofs: strong,
  });
}

/** @param {Ciphertext[][]} tally */
function requireInGroup(tally) {
  for (const { alpha, beta } of tally.flat()) {
    if (!isMember(alpha) || !isMember(beta)) {
      throw new Malformed("element-outside-group", { where: "encrypted_tally" });
    }
  }
}

/**
 * The payload of a PartialDecryption event.
 *
 * @param {number} owner
 * @param {string} partial
 * @returns {Promise<string>}
 */
export async function ownedRecord(owner, partial) {
  return canonicalJson({ owner, payload: await sha256Hex(partial) });
}

/** @param {Opening} opening */
function standardPrefix({ election, key }) {
  return `decrypt|${election.fingerprint}|${key}|`;
}

/**
 * Section 13: binds the ciphertext and the factor, which the standard proof does not.
 *
 * @param {Opening} opening
 * @param {number} i
 * @param {number} j
 * @param {Element} alpha
 * @param {Element} factor
 */
function extraPrefix({ election, tallyHash, owner, key }, i, j, alpha, factor) {
  const place = `${tallyHash}|${owner}|${i}|${j}`;
  return `xdecrypt|${election.fingerprint}|${place}|${key}|${alpha}|${factor}|`;
}

// Reading and checking

/**
 * @param {Election} election
 * @param {string} raw
 * @returns {PartialDecryption}
 * @throws {Malformed}
 */
export function readPartialDecryption(election, raw) {
  const where = "partial_decryption";
  const names = ["decryption_factors", "decryption_proofs", "x_strong_proofs"];
  const found = strict.fields(readCanonicalJson(raw), names, where);
  return {
    factors: rows(election, found.decryption_factors, where, readElement),
    proofs: rows(election, found.decryption_proofs, where, readProof),
    strongProofs: rows(election, found.x_strong_proofs, where, readProof),
  };
}

/**
 * @template T
 * @param {Election} election
 * @param {unknown} value
 * @param {string} where
 * @param {function(unknown, string): T} read
 * @returns {T[][]}
 */
function rows({ questions }, value, where, read) {
  return strict
    .items(value, where, questions.length)
    .map((row, i) =>
      strict.items(row, where, questions[i].entries).map((each) => read(each, where)),
    );
}

/**
 * The partial decryption, if all its factors and both proofs of each are right.
 *
 * `tally` is known to be in the group; `key` is the owner's.
 *
 * @param {Election} election
 * @param {Ciphertext[][]} tally
 * @param {string} tallyHash
 * @param {number} owner
 * @param {Element} key
 * @param {string} raw
 * @returns {Promise<PartialDecryption>}
 * @throws {Malformed}
 */
export async function checkPartialDecryption(election, tally, tallyHash, owner, key, raw) {
  const partial = readPartialDecryption(election, raw);
  const opening = { election, tallyHash, owner, key };
  for (const [i, entries] of tally.entries()) {
    for (const [j, { alpha }] of entries.entries()) {
      const where = `question ${i + 1}, entry ${j + 1}`;
      const factor = partial.factors[i][j];
      if (!isMember(factor)) throw new Malformed("element-outside-group", { where });
      const [whose, base, opened] = [key, alpha, factor].map((element) => new PlainBase(element));
      const standard = standardPrefix(opening);
      if (!(await logarithmsAreSame(standard, whose, base, opened, partial.proofs[i][j]))) {
        throw new Malformed("decryption-proof-wrong", { where });
      }
      const extra = extraPrefix(opening, i, j, alpha, factor);
      if (!(await logarithmsAreSame(extra, whose, base, opened, partial.strongProofs[i][j]))) {
        throw new Malformed("extra-proof-wrong", { where });
      }
    }
  }
  return partial;
}
