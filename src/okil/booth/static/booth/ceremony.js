/**
 * A commission makes a threshold key: a member's rounds, from messages to messages (section 5.3).
 *
 *     1  each member   openCeremony      -> certificate, and coefficients sealed to herself
 *     2  everybody     readCertificates: they fit together; members compare ids by voice
 *     3  each member   share             -> a sealed point of her polynomial for each member
 *     5  each member   receiveShares     -> her decryption key, sealed to herself; its public part
 *
 * Rounds 4 and 6 are the server's, which carries the messages and learns nothing from them.
 */

import { canonicalJson, readCanonicalJson, sha256Hex } from "./encoding.js";
import { Malformed } from "./failures.js";
import {
  generator,
  NAME,
  PlainBase,
  randomScalar,
  readScalar,
  scalar,
  SCALAR_DIGITS,
} from "./group.js";
import { readProof, writtenProof } from "./proofs.js";
import { receive, requireSignature, send, sign, signatureOf } from "./signing.js";
import * as strict from "./strict.js";
import {
  certificatesMessage,
  inTurn,
  powerAt,
  publicPart,
  readCertificate,
  readCoefexps,
  requireCertificates,
} from "./trustees.js";

/** @typedef {import("./group.js").Chance} Chance */
/** @typedef {import("./group.js").Element} Element */
/** @typedef {import("./group.js").Scalar} Scalar */
/** @typedef {import("./signing.js").MemberKeys} MemberKeys */
/** @typedef {import("./signing.js").Sealed} Sealed */
/** @typedef {import("./trustees.js").Certificate} Certificate */

/**
 * Step 1: the polynomial is sealed to the member herself.
 *
 * The coefficients are drawn now and their hash is in the certificate, so that nobody can choose
 * hers after seeing the others' (decision 4). Chance: coefficients, certificate, sealing.
 *
 * @param {MemberKeys} member
 * @param {{index: number, size: number, threshold: number}} place
 * @param {Chance} chance
 * @returns {Promise<{certificate: Object<string, any>, polynomial: Sealed}>}
 * @throws {RangeError} for a threshold or an index beyond the size
 */
export async function openCeremony(member, { index, size, threshold }, chance) {
  const within = (/** @type {number} */ n) => Number.isInteger(n) && n >= 1 && n <= size;
  if (!within(threshold) || !within(index)) {
    throw new RangeError("a threshold and an index within the size, please");
  }
  const coefficients = Array.from({ length: threshold }, () => randomScalar(chance));
  const coefexps = coefficients.map((coefficient) => generator.to(coefficient));
  const certificate = canonicalJson({
    context: { group: NAME, size, threshold, index },
    verification: String(member.verification),
    encryption: String(member.encryption),
    coefexps_hash: await sha256Hex(coefexpsMessage(coefexps)),
  });
  const polynomial = canonicalJson({ polynomial: coefficients.map(String) });
  return {
    certificate: await sign(member.sk, certificate, chance),
    polynomial: await send(member.sk, member.encryption, polynomial, chance),
  };
}

/** @param {Element[]} coefexps */
function coefexpsMessage(coefexps) {
  return canonicalJson({ coefexps: coefexps.map(String) });
}

/**
 * Step 2: the certificates of all members, complete and fitting.
 *
 * @param {unknown} certs
 * @param {{size: number, threshold: number}} expected
 * @returns {Promise<Certificate[]>}
 * @throws {Malformed}
 */
export async function readCertificates(certs, { size, threshold }) {
  const list = strict.items(certs, "certificates", size);
  const certificates = await inTurn(list, (cert, i) => readCertificate(cert, `certificate ${i}`));
  requireCertificates(certificates, threshold);
  return certificates;
}

/**
 * Step 3: what the server collects. `polynomial` is what step 1 sealed.
 *
 * Chance: each secret in turn, coefexps, signature.
 *
 * @param {MemberKeys} member
 * @param {unknown[]} certs
 * @param {unknown} polynomial
 * @param {number} threshold
 * @param {Chance} chance
 * @returns {Promise<Object<string, any>>}
 * @throws {Malformed}
 */
export async function share(member, certs, polynomial, threshold, chance) {
  const size = strict.items(certs, "certificates").length;
  const certificates = await readCertificates(certs, { size, threshold });
  const index = indexOf(member, certificates);
  const coefficients = await openedPolynomial(member, polynomial, threshold);
  const coefexps = coefficients.map((coefficient) => generator.to(coefficient));
  if ((await sha256Hex(coefexpsMessage(coefexps))) !== certificates[index - 1].coefexpsHash) {
    throw new Malformed("coefficients-not-as-promised", { where: "polynomial" });
  }
  const secrets = await inTurn(certificates, ({ encryption }, j) => {
    const secret = canonicalJson({ secret: String(valueAt(coefficients, j)) });
    return send(member.sk, encryption, secret, chance);
  });
  const signed = await sign(member.sk, coefexpsMessage(coefexps), chance);
  const overAll = certificatesMessage(certs, coefexps);
  const signature = writtenProof(await signatureOf(member.sk, overAll, chance));
  return { polynomial, secrets, coefexps: signed, signature };
}

/**
 * @param {MemberKeys} member
 * @param {Certificate[]} certificates
 * @returns {number} her place among them, from 1
 */
function indexOf(member, certificates) {
  const place = certificates.findIndex(({ verification }) => verification === member.verification);
  if (place < 0) throw new Malformed("not-a-member", { where: "certificates" });
  return place + 1;
}

/**
 * @param {MemberKeys} member
 * @param {unknown} sealed
 * @param {number} threshold
 * @returns {Promise<Scalar[]>}
 */
async function openedPolynomial(member, sealed, threshold) {
  const where = "polynomial";
  const message = await receive(member.dk, member.encryption, member.verification, sealed, where);
  const found = strict.fields(readCanonicalJson(message), ["polynomial"], where);
  return strict.items(found.polynomial, where, threshold).map((each) => readScalar(each, where));
}

/**
 * @param {Scalar[]} coefficients
 * @param {number} j
 */
function valueAt(coefficients, j) {
  return coefficients.reduceRight((value, each) => scalar(value * BigInt(j) + each), 0n);
}

/**
 * Step 5: the private key is sealed to the member herself.
 *
 * `delivered` is what step 4 gave her. Chance: sealing, proof, signature.
 *
 * @param {MemberKeys} member
 * @param {unknown[]} certs
 * @param {unknown} delivered
 * @param {number} threshold
 * @param {Chance} chance
 * @returns {Promise<{private_key: Sealed, public_key: Object<string, any>}>}
 * @throws {Malformed} if anything is not as the others signed, or a point does not lie on the
 *   polynomial it should lie on
 */
export async function receiveShares(member, certs, delivered, threshold, chance) {
  const size = strict.items(certs, "certificates").length;
  const certificates = await readCertificates(certs, { size, threshold });
  const index = indexOf(member, certificates);
  const lists = ["secrets", "coefexps", "signatures"];
  const found = strict.fields(delivered, ["polynomial", ...lists], "shares");
  for (const name of lists) strict.items(found[name], "shares", size);
  await openedPolynomial(member, found.polynomial, threshold);

  let key = 0n;
  for (const [place, sender] of certificates.entries()) {
    const where = `share of member ${place + 1}`;
    const powers = await readCoefexps(sender, found.coefexps[place], threshold, where);
    const overAll = certificatesMessage(certs, powers);
    const signature = readProof(found.signatures[place], where);
    await requireSignature(new PlainBase(sender.verification), overAll, signature, where);
    const secret = await openedSecret(member, sender, found.secrets[place], where);
    if (generator.to(secret) !== powerAt(powers, index)) {
      throw new Malformed("share-not-on-polynomial", { where });
    }
    key = scalar(key + secret);
  }

  const message = canonicalJson({ decryption_key: String(key) });
  const privateKey = await send(member.sk, member.encryption, message, chance);
  const part = await publicPart(key, chance);
  const signature = writtenProof(await signatureOf(member.sk, part.public_key, chance));
  return { private_key: privateKey, public_key: { ...part, signature } };
}

/**
 * @param {MemberKeys} member
 * @param {Certificate} sender
 * @param {unknown} sealed
 * @param {string} where
 * @returns {Promise<Scalar>}
 */
async function openedSecret(member, sender, sealed, where) {
  const message = await receive(member.dk, member.encryption, sender.verification, sealed, where);
  const found = strict.fields(readCanonicalJson(message), ["secret"], where);
  // A share made elsewhere may not be reduced: any number of digits that fits a sum of powers.
  return scalar(BigInt(strict.decimal(found.secret, where, 4 * SCALAR_DIGITS)));
}

/**
 * The member's decryption key from what step 5 sealed to her.
 *
 * @param {MemberKeys} member
 * @param {unknown} privateKey
 * @returns {Promise<Scalar>}
 * @throws {Malformed}
 */
export async function openDecryptionKey(member, privateKey) {
  const where = "decryption key";
  const { dk, encryption, verification } = member;
  const message = await receive(dk, encryption, verification, privateKey, where);
  const found = strict.fields(readCanonicalJson(message), ["decryption_key"], where);
  return readScalar(found.decryption_key, where);
}
