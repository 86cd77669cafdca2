/** A commission member's key file, locked with a passphrase (PROTOCOL.md, decision 4). */

import {
  base64Text,
  canonicalJson,
  readBase64,
  readCanonicalJson,
  readJson,
  textOf,
  utf8,
} from "./encoding.js";
import { Malformed } from "./failures.js";
import * as strict from "./strict.js";

/** @typedef {import("./group.js").Chance} Chance */

const KDF = "PBKDF2-HMAC-SHA256";
const ROUNDS = 600_000;
const MOST_ROUNDS = 10_000_000; // a bound against a file that would keep a browser busy for ever

/**
 * The file. Chance: 16 bytes of salt, 12 of nonce.
 *
 * @param {string} passphrase
 * @param {Object<string, any>} content
 * @param {Chance} chance
 * @returns {Promise<string>}
 */
export async function sealKeyFile(passphrase, content, chance) {
  const [salt, iv] = [chance(16), chance(12)];
  const key = await cipher(passphrase, salt, ROUNDS);
  const bytes = utf8(canonicalJson(content));
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes));
  bytes.fill(0);
  return canonicalJson({
    version: 1,
    kdf: KDF,
    rounds: ROUNDS,
    salt: base64Text(salt),
    nonce: base64Text(iv),
    data: base64Text(data),
  });
}

/**
 * What is inside.
 *
 * @param {string} passphrase
 * @param {string} raw
 * @returns {Promise<Object<string, any>>}
 * @throws {Malformed} for a wrong passphrase and for a file that is none
 */
export async function openKeyFile(passphrase, raw) {
  const { salt, iv, data, rounds } = readKeyFile(raw);
  const key = await cipher(passphrase, salt, rounds);
  let bytes;
  try {
    bytes = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data));
  } catch {
    throw new Malformed("passphrase-wrong", { where: "key file" }); // WebCrypto says no more
  }
  const content = readCanonicalJson(textOf(bytes));
  bytes.fill(0);
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new Malformed("not-a-key-file", { where: "key file" });
  }
  return content;
}

/** @param {string} raw */
function readKeyFile(raw) {
  const where = "key file";
  const names = ["version", "kdf", "rounds", "salt", "nonce", "data"];
  const found = strict.fields(readJson(raw), names, where);
  if (found.version !== 1 || found.kdf !== KDF) throw new Malformed("unknown-version", { where });
  const rounds = strict.whole(found.rounds, where, MOST_ROUNDS);
  const [salt, iv, data] = [found.salt, found.nonce, found.data].map((text) =>
    readBase64(strict.text(text, where), where),
  );
  if (rounds < ROUNDS || iv.length !== 12) throw new Malformed("not-a-key-file", { where });
  return { salt, iv, data, rounds };
}

/**
 * @param {string} passphrase
 * @param {Uint8Array<ArrayBuffer>} salt
 * @param {number} rounds
 * @returns {Promise<CryptoKey>}
 */
async function cipher(passphrase, salt, rounds) {
  // Normalised, because keyboards write the same letter in several ways.
  const bytes = utf8(passphrase.normalize("NFKC"));
  const secret = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
  bytes.fill(0);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
    secret,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}
