/**
 * Bytes that are the same wherever they are made: compact JSON, hashes, Base64 without padding.
 *
 * PROTOCOL.md, section 2. A record is handled as the text that its bytes write in UTF-8.
 */

import { Malformed } from "./failures.js";

const WRITER = new TextEncoder();
const READER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ESCAPED_HALF_LETTER = /(?:^|[^\\])(?:\\\\)*\\u[dD]/;

/**
 * Compact JSON, fields in the order in which they were put in.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function canonicalJson(value) {
  return JSON.stringify(value);
}

/**
 * The value that `text` is the canonical writing of. Whole numbers only; a reader asks for them.
 *
 * @param {string} text
 * @returns {any}
 * @throws {Malformed} for anything else: spaces, escapes not needed, a field twice, half letters
 */
export function readCanonicalJson(text) {
  const value = readJson(text);
  // A field that came twice is lost in `value`, so it also shows here.
  if (JSON.stringify(value) !== text) throw notCanonical();
  return value;
}

/**
 * The value of JSON that may have been laid out by hand: spaces and escapes do not matter.
 *
 * @param {string} text
 * @returns {any}
 * @throws {Malformed} if it is not JSON
 */
export function readJson(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw notCanonical(); // the browser's own message would quote the text
  }
  // Half of a surrogate pair has no bytes in UTF-8; JavaScript alone can hold and escape one.
  if (ESCAPED_HALF_LETTER.test(JSON.stringify(value))) throw notCanonical();
  return value;
}

function notCanonical() {
  return new Malformed("json-not-canonical", {});
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>} its bytes in UTF-8
 */
export function utf8(text) {
  return WRITER.encode(text);
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} what they write in UTF-8
 * @throws {Malformed} if they write nothing in it
 */
export function textOf(bytes) {
  try {
    return READER.decode(bytes);
  } catch {
    throw notCanonical();
  }
}

/**
 * @param {string} text
 * @returns {Promise<Uint8Array<ArrayBuffer>>} SHA-256 of the bytes of the text
 */
export async function sha256(text) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(text)));
}

/**
 * @param {string} text
 * @returns {Promise<string>} 64 lower-case digits
 */
export async function sha256Hex(text) {
  return hex(await sha256(text));
}

/**
 * @param {string} text
 * @returns {Promise<string>} 43 characters
 */
export async function sha256Base64(text) {
  return base64Text(await sha256(text));
}

/**
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {string} text
 * @param {string} where
 * @returns {Uint8Array<ArrayBuffer>} the bytes that these lower-case digits write
 * @throws {Malformed}
 */
export function readHex(text, where) {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Malformed("not-hexadecimal", { where });
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/**
 * The whole number that the bytes write, the largest digit first.
 *
 * @param {Uint8Array} bytes
 * @returns {bigint}
 */
export function wholeNumber(bytes) {
  return BigInt(`0x${hex(bytes)}`);
}

/**
 * Standard Base64 without the `=` at the end.
 *
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function base64Text(bytes) {
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replace(/=+$/, "");
}

/**
 * @param {string} text
 * @param {string} where
 * @returns {Uint8Array<ArrayBuffer>} the bytes that `text` is the one writing of
 * @throws {Malformed} for any other text
 */
export function readBase64(text, where) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Malformed("not-base64", { where });
  }
  if (base64Text(bytes) !== text) throw new Malformed("not-base64", { where });
  return bytes;
}
