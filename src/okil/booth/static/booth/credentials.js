/**
 * Each voter's secret code and the public credentials that stand for them (PROTOCOL.md, section 4).
 *
 * The code never leaves the voter's and the code-maker's hands; the archive holds g^s alone.
 */

import { canonicalJson, sha256Base64, sha256Hex } from "./encoding.js";
import { Malformed } from "./failures.js";
import { generator, scalar } from "./group.js";

/** @typedef {import("./group.js").Chance} Chance */
/** @typedef {import("./group.js").Element} Element */
/** @typedef {import("./group.js").Scalar} Scalar */

export const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const CODE_LENGTH = 22;
const GROUPS = [5, 6, 5, 6];
const CHECK_MODULUS = 3361n; // the largest prime below 58^2 (decision 3)

/**
 * Evenly distributed characters: a byte of 232 or more (4 * 58) is thrown away.
 *
 * @param {number} length
 * @param {Chance} chance
 * @returns {string}
 */
export function randomBase58(length, chance) {
  let characters = "";
  while (characters.length < length) {
    const [byte] = chance(1);
    if (byte < 4 * BASE58.length) characters += BASE58[byte % BASE58.length];
  }
  return characters;
}

/**
 * A new secret code of 129 bits, without dashes and check characters.
 *
 * @param {Chance} chance
 * @returns {string}
 */
export function makeCode(chance) {
  return randomBase58(CODE_LENGTH, chance);
}

/**
 * The two characters that find typing errors (decision 3).
 *
 * @param {string} code
 * @returns {string}
 */
export function checkCharacters(code) {
  let n = 0n;
  for (const character of code) n = n * 58n + BigInt(BASE58.indexOf(character));
  const k = Number(n % CHECK_MODULUS);
  return BASE58[Math.floor(k / 58)] + BASE58[k % 58];
}

/**
 * The code as it is printed: XXXXX-XXXXXX-XXXXX-XXXXXX-cc.
 *
 * @param {string} code
 * @returns {string}
 */
export function shownCode(code) {
  return `${dashed(code)}-${checkCharacters(code)}`;
}

/**
 * The 22 characters meant by what somebody typed.
 *
 * @param {string} typed
 * @returns {string}
 * @throws {Malformed} if it cannot be a code; what was typed is not in the error
 */
export function typedCode(typed) {
  const code = typed.replace(/[\s-]/g, "");
  if (code.length !== CODE_LENGTH + 2) throw new Malformed("code-length", { where: "code" });
  if ([...code].some((character) => !BASE58.includes(character))) {
    throw new Malformed("code-characters", { where: "code" });
  }
  const [bare, check] = [code.slice(0, CODE_LENGTH), code.slice(CODE_LENGTH)];
  if (checkCharacters(bare) !== check) throw new Malformed("code-mistyped", { where: "code" });
  return bare;
}

/**
 * The exponent s that this code means in this election.
 *
 * @param {string} code
 * @param {string} uuid
 * @returns {Promise<Scalar>}
 */
export async function secretOf(code, uuid) {
  const halves = [0, 1].map((i) => sha256Hex(`derive_credential|${uuid}|${i}|${dashed(code)}`));
  return scalar(BigInt(`0x${(await Promise.all(halves)).join("")}`));
}

/**
 * @param {Scalar} secret
 * @returns {Element}
 */
export function publicCredential(secret) {
  return generator.to(secret);
}

/**
 * public_creds.json: sorted as numbers, which hides the order of the roll.
 *
 * @param {Element[]} publics
 * @returns {string}
 */
export function credentialsRecord(publics) {
  const sorted = [...publics].sort((a, b) => (a < b ? -1 : Number(a > b)));
  return canonicalJson(sorted.map(String));
}

/**
 * What the code-maker compares with the published list.
 *
 * @param {string} record
 * @returns {Promise<string>}
 */
export function credentialsFingerprint(record) {
  return sha256Base64(record);
}

/** @param {string} code */
function dashed(code) {
  let start = 0;
  return GROUPS.map((length) => code.slice(start, (start += length))).join("-");
}
