/**
 * Messages of commission members to each other while they make a key (PROTOCOL.md, section 5.2).
 *
 * Each member keeps one secret, the seed; everything is derived from it. Sealed messages never
 * enter the archive, so they use AES-256-GCM, which every browser has (decision 4).
 */

import { BASE58, randomBase58 } from "./credentials.js";
import {
  canonicalJson,
  hex,
  readCanonicalJson,
  readHex,
  sha256,
  textOf,
  utf8,
  wholeNumber,
} from "./encoding.js";
import { Malformed } from "./failures.js";
import {
  generator,
  inverse,
  P,
  PlainBase,
  randomScalar,
  readMember,
  scalar,
  secretPower,
} from "./group.js";
import { logarithmIsKnown, proveLogarithm, readProof, writtenProof } from "./proofs.js";
import * as strict from "./strict.js";

/** @typedef {import("./group.js").Base} Base */
/** @typedef {import("./group.js").Chance} Chance */
/** @typedef {import("./group.js").Element} Element */
/** @typedef {import("./group.js").Scalar} Scalar */
/** @typedef {import("./proofs.js").Proof} Proof */

const SEED_LENGTH = 22;

/**
 * What a member derives from the seed: sk to sign with, dk to open messages with; and g^sk, g^dk.
 *
 * @typedef {{sk: Scalar, dk: Scalar, verification: Element, encryption: Element}} MemberKeys
 */

/** @typedef {{alpha: string, beta: string, data: string}} Sealed */

/**
 * @param {Chance} chance
 * @returns {string}
 */
export function makeSeed(chance) {
  return randomBase58(SEED_LENGTH, chance);
}

/**
 * @param {string} seed
 * @returns {Promise<MemberKeys>}
 * @throws {Malformed} if the seed is none
 */
export async function memberKeys(seed) {
  if (seed.length !== SEED_LENGTH || [...seed].some((letter) => !BASE58.includes(letter))) {
    throw new Malformed("not-a-seed", { where: "seed" });
  }
  const [sk, dk] = await Promise.all([derived(`sk|${seed}`), derived(`dk|${seed}`)]);
  return { sk, dk, verification: generator.to(sk), encryption: generator.to(dk) };
}

/** @param {string} text */
async function derived(text) {
  return scalar(wholeNumber(await sha256(text)));
}

// Signed messages

/**
 * @param {Scalar} sk
 * @param {string} message
 * @param {Chance} chance
 * @returns {Promise<Proof>}
 */
export function signatureOf(sk, message, chance) {
  return proveLogarithm(`sigmsg|${message}|`, sk, chance);
}

/**
 * @param {Scalar} sk
 * @param {string} message
 * @param {Chance} chance
 * @returns {Promise<{message: string, signature: {challenge: string, response: string}}>}
 */
export async function sign(sk, message, chance) {
  return { message, signature: writtenProof(await signatureOf(sk, message, chance)) };
}

/**
 * @param {Base} key
 * @param {string} message
 * @param {Proof} signature
 * @param {string} where
 * @returns {Promise<void>}
 * @throws {Malformed} if this is not the key's signature
 */
export async function requireSignature(key, message, signature, where) {
  if (!(await logarithmIsKnown(`sigmsg|${message}|`, key, signature))) {
    throw new Malformed("signature-wrong", { where });
  }
}

/**
 * Message and signature; the signature is not yet checked.
 *
 * @param {unknown} value
 * @param {string} where
 * @returns {{message: string, signature: Proof}}
 * @throws {Malformed}
 */
export function readSigned(value, where) {
  const found = strict.fields(value, ["message", "signature"], where);
  return {
    message: strict.text(found.message, where),
    signature: readProof(found.signature, where),
  };
}

// Sealed messages

/**
 * Signs the message and seals it for one recipient, whose key is signed along.
 *
 * @param {Scalar} sk
 * @param {Element} recipient known to be in the group
 * @param {string} message
 * @param {Chance} chance
 * @returns {Promise<Sealed>}
 */
export async function send(sk, recipient, message, chance) {
  const addressed = canonicalJson({ recipient: String(recipient), message });
  const signed = utf8(canonicalJson(await sign(sk, addressed, chance)));
  const [r, s] = [randomScalar(chance), randomScalar(chance)];
  const [alpha, secret] = [generator.to(r), generator.to(s)];
  const beta = (secretPower(recipient, r) * secret) % P;
  const [key, algorithm] = await cipher(secret, alpha);
  const data = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, signed));
  signed.fill(0);
  return { alpha: String(alpha), beta: String(beta), data: hex(data) };
}

/**
 * The message in a sealed one.
 *
 * @param {Scalar} dk
 * @param {Element} recipient
 * @param {Element} sender
 * @param {unknown} value
 * @param {string} where
 * @returns {Promise<string>}
 * @throws {Malformed} if it is damaged or not from that sender
 */
export async function receive(dk, recipient, sender, value, where) {
  const found = strict.fields(value, ["alpha", "beta", "data"], where);
  const [alpha, beta] = [readMember(found.alpha, where), readMember(found.beta, where)];
  const secret = (beta * inverse(secretPower(alpha, dk))) % P;
  const signed = readCanonicalJson(await opened(secret, alpha, found.data, where));
  const { message, signature } = readSigned(signed, where);
  await requireSignature(new PlainBase(sender), message, signature, where);
  const addressed = strict.fields(readCanonicalJson(message), ["recipient", "message"], where);
  if (addressed.recipient !== String(recipient)) {
    throw new Malformed("message-for-another", { where });
  }
  return strict.text(addressed.message, where);
}

/**
 * @param {Element} secret
 * @param {Element} alpha
 * @param {unknown} value
 * @param {string} where
 */
async function opened(secret, alpha, value, where) {
  const data = readHex(strict.text(value, where), where);
  const [key, algorithm] = await cipher(secret, alpha);
  let bytes;
  try {
    bytes = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, data));
  } catch {
    throw new Malformed("message-does-not-open", { where }); // WebCrypto says no more than that
  }
  const text = textOf(bytes);
  bytes.fill(0);
  return text;
}

/**
 * @param {Element} secret
 * @param {Element} alpha
 * @returns {Promise<[CryptoKey, AesGcmParams]>}
 */
async function cipher(secret, alpha) {
  const raw = await sha256(`key|${secret}`);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  raw.fill(0);
  // The key is new for every message, so the nonce may follow from alpha.
  return [key, { name: "AES-GCM", iv: (await sha256(`iv|${alpha}`)).slice(0, 12) }];
}
