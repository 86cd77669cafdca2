/**
 * Zero-knowledge proofs (PROTOCOL.md, sections 2, 5, 7, 10).
 *
 * Everywhere: commitment A = g^w, challenge c, response = w - x c mod q; the verifier computes
 * A = g^response X^c again and compares the hash of it with c.
 *
 * The functions answer true or false; who calls them says what is wrong.
 */

import {
  generator,
  hashToScalar,
  P,
  randomScalar,
  readScalar,
  scalar,
  secretPower,
} from "./group.js";
import * as strict from "./strict.js";

/** @typedef {import("./group.js").Base} Base */
/** @typedef {import("./group.js").Chance} Chance */
/** @typedef {import("./group.js").Element} Element */
/** @typedef {import("./group.js").FixedBase} FixedBase */
/** @typedef {import("./group.js").Scalar} Scalar */

/** @typedef {{challenge: Scalar, response: Scalar}} Proof */

/**
 * @param {Proof} proof
 * @returns {{challenge: string, response: string}}
 */
export function writtenProof({ challenge, response }) {
  return { challenge: String(challenge), response: String(response) };
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {Proof}
 * @throws {import("./failures.js").Malformed}
 */
export function readProof(value, where) {
  const found = strict.fields(value, ["challenge", "response"], where);
  return {
    challenge: readScalar(found.challenge, where),
    response: readScalar(found.response, where),
  };
}

/**
 * @param {unknown} value
 * @param {string} where
 * @param {number} count
 * @returns {Proof[]}
 * @throws {import("./failures.js").Malformed}
 */
export function readProofs(value, where, count) {
  return strict.items(value, where, count).map((item) => readProof(item, where));
}

// Knowledge of a logarithm: signatures, public keys.

/**
 * Proves knowledge of x = log_g X; the prefix says what for, and names X where it must.
 *
 * @param {string} prefix
 * @param {Scalar} x
 * @param {Chance} chance
 * @returns {Promise<Proof>}
 */
export async function proveLogarithm(prefix, x, chance) {
  const w = randomScalar(chance);
  const c = await hashToScalar(prefix, [generator.to(w)]);
  return { challenge: c, response: scalar(w - x * c) };
}

/**
 * @param {string} prefix
 * @param {Base} key
 * @param {Proof} proof
 * @returns {Promise<boolean>}
 */
export async function logarithmIsKnown(prefix, key, { challenge, response }) {
  const commitment = (generator.to(response) * key.to(challenge)) % P;
  return (await hashToScalar(prefix, [commitment])) === challenge;
}

// The same logarithm to two bases: decryption.

/**
 * Proves log_g X = log_alpha F for X = g^x and F = alpha^x.
 *
 * @param {string} prefix
 * @param {Element} alpha known to be in the group
 * @param {Scalar} x
 * @param {Chance} chance
 * @returns {Promise<Proof>}
 */
export async function proveSameLogarithm(prefix, alpha, x, chance) {
  const w = randomScalar(chance);
  const c = await hashToScalar(prefix, [generator.to(w), secretPower(alpha, w)]);
  return { challenge: c, response: scalar(w - x * c) };
}

/**
 * @param {string} prefix
 * @param {Base} key
 * @param {Base} alpha
 * @param {Base} factor
 * @param {Proof} proof
 * @returns {Promise<boolean>}
 */
export async function logarithmsAreSame(prefix, key, alpha, factor, { challenge, response }) {
  const a = (generator.to(response) * key.to(challenge)) % P;
  const b = (alpha.to(response) * factor.to(challenge)) % P;
  return (await hashToScalar(prefix, [a, b])) === challenge;
}

// One of several statements is true: individual, overall and blank proofs.

/**
 * "(alpha, beta) encrypts `message`", for the verifier.
 *
 * @typedef {{alpha: Base, beta: Base, message: number}} Statement
 */

/**
 * The same for the prover, who knows randomness r and true plaintext m of the ciphertext.
 *
 * @typedef {{r: Scalar, plaintext: number, message: number}} Opened
 */

/**
 * D of section 7: proves that one of the statements is true and hides which.
 *
 * Chance is drawn in this order: for each statement that is not proved, its challenge and its
 * response; then w.
 *
 * @param {FixedBase} y
 * @param {string} prefix
 * @param {Opened[]} statements
 * @param {Chance} chance
 * @returns {Promise<Proof[]>}
 * @throws {RangeError} if none of the statements is true
 */
export async function proveDisjunction(y, prefix, statements, chance) {
  const proved = statements.findIndex(({ plaintext, message }) => plaintext === message);
  if (proved < 0) throw new RangeError("none of the statements is true");
  const proofs = statements.map((_, j) => (j === proved ? null : simulated(chance)));
  const w = randomScalar(chance);

  const commitments = statements.flatMap(({ r, plaintext, message }, j) => {
    const proof = proofs[j];
    if (proof === null) return [generator.to(w), y.to(w)];
    // g^response alpha^c and y^response (beta / g^M)^c, but from the fixed bases alone.
    const exponent = scalar(proof.response + r * proof.challenge);
    const shift = generator.to(scalar(BigInt(plaintext - message) * proof.challenge));
    return [generator.to(exponent), (y.to(exponent) * shift) % P];
  });

  const others = proofs.reduce((sum, proof) => sum + (proof?.challenge ?? 0n), 0n);
  const c = scalar((await hashToScalar(prefix, commitments)) - others);
  return proofs.map(
    (proof) => proof ?? { challenge: c, response: scalar(w - statements[proved].r * c) },
  );
}

/** @param {Chance} chance */
function simulated(chance) {
  return { challenge: randomScalar(chance), response: randomScalar(chance) };
}

/**
 * Whether D of section 7 proves that one of the statements is true.
 *
 * @param {FixedBase} y
 * @param {string} prefix
 * @param {Statement[]} statements
 * @param {Proof[]} proofs as many as statements
 * @returns {Promise<boolean>}
 */
export async function disjunctionHolds(y, prefix, statements, proofs) {
  const commitments = statements.flatMap(({ alpha, beta, message }, j) => {
    const { challenge, response } = proofs[j];
    const shift = generator.to(scalar(BigInt(-message) * challenge));
    const b = (((y.to(response) * beta.to(challenge)) % P) * shift) % P;
    return [(generator.to(response) * alpha.to(challenge)) % P, b];
  });
  const total = scalar(proofs.reduce((sum, { challenge }) => sum + challenge, 0n));
  return (await hashToScalar(prefix, commitments)) === total;
}
