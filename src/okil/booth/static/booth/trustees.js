/**
 * Who can open the count: trustees.json, read and checked (PROTOCOL.md, section 5).
 *
 * How threshold keys are made is in `ceremony`.
 */

import { canonicalJson, readCanonicalJson, sha256Hex } from "./encoding.js";
import { Malformed } from "./failures.js";
import { generator, IDENTITY, NAME, P, PlainBase, power, readKey } from "./group.js";
import { logarithmIsKnown, proveLogarithm, readProof, readProofs, writtenProof } from "./proofs.js";
import { readSigned, requireSignature } from "./signing.js";
import * as strict from "./strict.js";

/** @typedef {import("./group.js").Chance} Chance */
/** @typedef {import("./group.js").Element} Element */
/** @typedef {import("./group.js").Scalar} Scalar */

/**
 * All of them. A trustee's number is the place in `keys`, from 1; `publicKey` is the election's y.
 *
 * @typedef {{keys: Element[], publicKey: Element}} Trustees
 */

// One key

/**
 * Public key and proof that x is known.
 *
 * @param {Scalar} x
 * @param {Chance} chance
 * @returns {Promise<{pok: {challenge: string, response: string}, public_key: string}>}
 */
export async function publicPart(x, chance) {
  const key = generator.to(x);
  const pok = await proveLogarithm(pokPrefix(key), x, chance);
  return { pok: writtenProof(pok), public_key: String(key) };
}

/** @param {Element} key */
function pokPrefix(key) {
  return `pok|${NAME}|${key}|`;
}

/**
 * @param {Object<string, any>} found
 * @param {string} where
 * @returns {Promise<Element>}
 */
async function readPublicPart(found, where) {
  if ("name" in found) strict.text(found.name, where);
  const key = readKey(found.public_key, where);
  const proof = readProof(found.pok, where);
  if (!(await logarithmIsKnown(pokPrefix(key), new PlainBase(key), proof))) {
    throw new Malformed("key-proof-wrong", { where });
  }
  return key;
}

// Reading all

/**
 * The trustees in this text, everything proved that they prove.
 *
 * A certificate must hold the hash of its coefficients (decision 4): a key that the browser is to
 * use was made by us.
 *
 * @param {string} raw
 * @returns {Promise<Trustees>}
 * @throws {Malformed}
 */
export async function readTrustees(raw) {
  const where = "trustees";
  const entries = strict.items(readCanonicalJson(raw), where);
  const blocks = [];
  for (const [place, entry] of entries.entries()) {
    const [kind, value] = strict.items(entry, where, 2);
    if (kind === "Single") blocks.push(await readSingle(value, `trustee ${place + 1}`));
    else if (kind === "Pedersen") blocks.push(await readPedersen(value));
    else throw new Malformed("unknown-trustee", { where });
  }
  if (blocks.length === 0) throw new Malformed("no-trustee", { where });
  const keys = blocks.flatMap((block) => block.keys);
  if (new Set(keys).size !== keys.length) throw new Malformed("key-twice", { where });
  return { keys, publicKey: blocks.reduce((y, { publicKey }) => (y * publicKey) % P, IDENTITY) };
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {Promise<Trustees>}
 */
async function readSingle(value, where) {
  const found = strict.fields(value, ["pok", "public_key", "name"], where, ["name"]);
  const key = await readPublicPart(found, where);
  return { keys: [key], publicKey: key };
}

/**
 * One member's certificate, its signature checked. `id` is what members compare by voice.
 *
 * @typedef {{id: string, verification: Element, encryption: Element,
 *   context: Object<string, any>, coefexpsHash: string}} Certificate
 */

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {Promise<Certificate>}
 * @throws {Malformed}
 */
export async function readCertificate(value, where) {
  const { message, signature } = readSigned(value, where);
  const names = ["context", "verification", "encryption", "coefexps_hash"];
  const found = strict.fields(readCanonicalJson(message), names, where);
  const verification = readKey(found.verification, where);
  await requireSignature(new PlainBase(verification), message, signature, where);
  return {
    id: await sha256Hex(message),
    verification,
    encryption: readKey(found.encryption, where),
    context: found.context,
    coefexpsHash: strict.digest(found.coefexps_hash, where),
  };
}

/**
 * Requires that the certificates fit together: right contexts, distinct keys.
 *
 * @param {Certificate[]} certificates
 * @param {number} threshold
 * @throws {Malformed}
 */
export function requireCertificates(certificates, threshold) {
  const where = "certificates";
  const size = certificates.length;
  if (threshold < 1 || threshold > size) throw new Malformed("wrong-threshold", { where });
  const keys = certificates.flatMap(({ verification, encryption }) => [verification, encryption]);
  if (new Set(keys).size !== keys.length) throw new Malformed("key-twice", { where });
  certificates.forEach(({ context }, i) => {
    const expected = { group: NAME, size, threshold, index: i + 1 };
    if (canonicalJson(context) !== canonicalJson(expected)) {
      throw new Malformed("certificate-context-wrong", { where: `certificate ${i + 1}` });
    }
  });
}

/**
 * The powers g^a_k of one member's coefficients, signed and as promised.
 *
 * @param {Certificate} certificate
 * @param {unknown} value
 * @param {number} threshold
 * @param {string} where
 * @returns {Promise<Element[]>}
 * @throws {Malformed}
 */
export async function readCoefexps(certificate, value, threshold, where) {
  const { message, signature } = readSigned(value, where);
  await requireSignature(new PlainBase(certificate.verification), message, signature, where);
  if (certificate.coefexpsHash !== (await sha256Hex(message))) {
    throw new Malformed("coefficients-not-as-promised", { where });
  }
  const found = strict.fields(readCanonicalJson(message), ["coefexps"], where);
  const powers = strict.items(found.coefexps, where, threshold);
  return powers.map((each) => readKey(each, where));
}

/**
 * g^f(j) from the powers of the coefficients of f.
 *
 * @param {Element[]} coefexps
 * @param {number} j
 * @returns {Element}
 */
export function powerAt(coefexps, j) {
  return coefexps.reduce(
    (result, coefexp, k) => (result * power(coefexp, BigInt(j) ** BigInt(k))) % P,
    IDENTITY,
  );
}

/**
 * What each member signs over all certificates (section 5.3, step 3).
 *
 * @param {unknown[]} certs
 * @param {Element[]} coefexps
 * @returns {string}
 */
export function certificatesMessage(certs, coefexps) {
  return `certs_sig|${canonicalJson({ certs, coefexps: coefexps.map(String) })}`;
}

/**
 * @param {unknown} value
 * @returns {Promise<Trustees>}
 */
async function readPedersen(value) {
  const where = "threshold key";
  const lists = ["certs", "coefexps", "signatures", "verification_keys"];
  const found = strict.fields(value, ["threshold", ...lists], where);
  const size = strict.items(found.certs, where).length;
  for (const name of lists) strict.items(found[name], where, size);
  const threshold = strict.whole(found.threshold, where);
  const certificates = await inTurn(found.certs, (cert, i) =>
    readCertificate(cert, `certificate ${i}`),
  );
  requireCertificates(certificates, threshold);

  const all = await inTurn(certificates, (certificate, i) =>
    readCoefexps(certificate, found.coefexps[i - 1], threshold, `coefficients ${i}`),
  );
  const signatures = readProofs(found.signatures, where, size);
  for (const [i, { verification }] of certificates.entries()) {
    const message = certificatesMessage(found.certs, all[i]);
    await requireSignature(new PlainBase(verification), message, signatures[i], where);
  }

  const joint = all.reduce((sum, coefexps) => sum.map((power, k) => (power * coefexps[k]) % P));
  if (joint.includes(IDENTITY)) throw new Malformed("identity-as-key", { where });
  const keys = await inTurn(certificates, (certificate, i) =>
    readVerificationKey(certificate, found.verification_keys[i - 1], powerAt(joint, i), i),
  );
  return { keys, publicKey: joint[0] };
}

/**
 * @param {Certificate} certificate
 * @param {unknown} value
 * @param {Element} expected
 * @param {number} number
 * @returns {Promise<Element>}
 */
async function readVerificationKey(certificate, value, expected, number) {
  const where = `trustee ${number}`;
  const found = strict.fields(value, ["pok", "public_key", "signature", "name"], where, ["name"]);
  const key = await readPublicPart(found, where);
  if (key !== expected) throw new Malformed("key-not-from-coefficients", { where });
  const signature = readProof(found.signature, where);
  await requireSignature(new PlainBase(certificate.verification), String(key), signature, where);
  return key;
}

/**
 * Each item read after the one before it, with its place from 1: the first fault is told.
 *
 * @template T, R
 * @param {T[]} list
 * @param {function(T, number): Promise<R>} read
 * @returns {Promise<R[]>}
 */
export async function inTurn(list, read) {
  const results = [];
  for (const [i, item] of list.entries()) results.push(await read(item, i + 1));
  return results;
}
