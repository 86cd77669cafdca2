/** What the server signs beside the archive: heads, receipts, the void list (section 16.8). */

import { canonicalJson, readBase64, utf8 } from "./encoding.js";
import { Malformed } from "./failures.js";
import * as strict from "./strict.js";

/** @type {Object<string, {prefix: string, names: string[]}>} */
const KINDS = {
  head: { prefix: "okil-head|", names: ["uuid", "number", "height", "event", "hour"] },
  receipt: { prefix: "okil-receipt|", names: ["uuid", "tracker", "after_head"] },
  void_list: { prefix: "okil-void|", names: ["uuid", "void", "unused_spares"] },
};

/**
 * Requires that the installation signed this statement.
 *
 * @param {"head" | "receipt" | "void_list"} kind
 * @param {unknown} value the statement with its signature, last
 * @param {string} publicKey Ed25519, in Base64
 * @returns {Promise<void>}
 * @throws {Malformed} if it did not
 * @throws {DOMException} named NotSupportedError by a browser older than 2025 that has no Ed25519
 */
export async function requireSigned(kind, value, publicKey) {
  const { prefix, names } = KINDS[kind];
  const { signature, ...statement } = strict.fields(value, [...names, "signature"], kind);
  const bytes = readBase64(strict.text(signature, kind), kind);
  const raw = readBase64(publicKey, "key");
  if (raw.length !== 32) throw new Malformed("not-a-public-key", { where: "key" });
  const key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  const signed = utf8(prefix + canonicalJson(statement));
  if (!(await crypto.subtle.verify("Ed25519", key, bytes, signed))) {
    throw new Malformed("statement-signature-wrong", { where: kind });
  }
}
