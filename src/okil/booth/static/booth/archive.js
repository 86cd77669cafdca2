/** The archive `<uuid>.bel`, read strictly (PROTOCOL.md, section 11). */

import { canonicalJson, hex, readCanonicalJson, textOf, utf8 } from "./encoding.js";
import { Malformed } from "./failures.js";
import * as strict from "./strict.js";

const BLOCK = 512;
const HEADER_NAME = "BELENIOS";
const RECORD_NAME = /^([0-9a-f]{64})\.(data|event)\.json$/;

/**
 * How many data records stand before each kind of event; the last of them is its payload.
 *
 * @type {Object<string, number>}
 */
const DATA_RECORDS = {
  Setup: 4,
  Ballot: 1,
  EndBallots: 0,
  EncryptedTally: 2,
  PartialDecryption: 2,
  Result: 1,
};

/**
 * Which event may follow which; "" is the beginning of the archive.
 *
 * @type {Object<string, string[]>}
 */
const NEXT = {
  "": ["Setup"],
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

/** @typedef {{hash: string, body: string}} Record */

/**
 * One event with the data records before it.
 *
 * @typedef {{hash: string, kind: string, records: Record[]}} Event
 */

/**
 * All events of the archive: checks 1 and 2 of docs/verification.md.
 *
 * @param {Uint8Array} bytes
 * @returns {Promise<Event[]>}
 * @throws {Malformed}
 */
export async function readArchive(bytes) {
  /** @type {Event[]} */
  const events = [];
  /** @type {Record[]} */
  let waiting = [];
  for await (const { name, body } of recordsOf(bytes)) {
    const [, hash, kind] = RECORD_NAME.exec(name) ?? [];
    if (kind === undefined) throw new Malformed("record-name-wrong", { where: name });
    const value = readCanonicalJson(body);
    if (kind === "data") {
      waiting.push({ hash, body });
    } else {
      events.push(readEvent(value, hash, waiting, events));
      waiting = [];
    }
  }
  if (waiting.length > 0) throw new Malformed("record-unreferenced", { where: waiting[0].hash });
  if (events.length === 0) throw new Malformed("no-setup", { where: "archive" });
  return events;
}

/**
 * @param {any} value
 * @param {string} hash
 * @param {Record[]} records
 * @param {Event[]} before
 * @returns {Event}
 */
function readEvent(value, hash, records, before) {
  const where = `event ${before.length}`;
  const last = before.at(-1);
  const kind = value?.type;
  if (!Object.hasOwn(DATA_RECORDS, kind)) throw new Malformed("unknown-event", { where });
  if (!NEXT[last?.kind ?? ""].includes(kind)) throw new Malformed("event-out-of-order", { where });
  if (records.length !== DATA_RECORDS[kind]) throw new Malformed("record-missing", { where });
  const payload = records.at(-1)?.hash;
  // JSON leaves out what is undefined: the parent of the first event, the payload of EndBallots.
  const expected = { parent: last?.hash, height: before.length, type: kind, payload };
  if (canonicalJson(value) !== canonicalJson(expected)) {
    throw new Malformed("event-not-in-chain", { where });
  }
  return { hash, kind, records };
}

/**
 * Every record after the header, in the form that section 11 gives it, its name its hash.
 *
 * @param {Uint8Array} bytes
 * @returns {AsyncGenerator<{name: string, body: string}>}
 */
async function* recordsOf(bytes) {
  let offset = 0;
  let timestamp = 0;
  while (offset < bytes.length) {
    const where = `byte ${offset}`;
    const header = bytes.subarray(offset, offset + BLOCK);
    const name = textOf(header.subarray(0, 100)).replace(/\0+$/, "");
    const [size, time] = [octal(header, 124), octal(header, 136)];
    if (offset === 0) timestamp = time;
    if (!isSame(header, tarHeader(name, size, timestamp))) {
      throw new Malformed("record-header-wrong", { where });
    }
    const end = offset + BLOCK + size;
    const next = end + ((BLOCK - (size % BLOCK)) % BLOCK);
    if (next > bytes.length || bytes.subarray(end, next).some((byte) => byte !== 0)) {
      throw new Malformed("record-cut-off", { where });
    }
    const body = bytes.slice(offset + BLOCK, end);
    if (offset === 0) {
      requireHeader(name, textOf(body), timestamp);
    } else {
      const hash = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", body)));
      if (!name.startsWith(`${hash}.`)) throw new Malformed("record-hash-wrong", { where });
      yield { name, body: textOf(body) };
    }
    offset = next;
  }
}

/**
 * @param {string} name
 * @param {string} body
 * @param {number} timestamp
 */
function requireHeader(name, body, timestamp) {
  const expected = canonicalJson({ version: 1, timestamp: String(timestamp) });
  if (name !== HEADER_NAME || body !== expected) {
    throw new Malformed("header-wrong", { where: "archive" });
  }
}

/**
 * @param {Uint8Array} header
 * @param {number} place
 */
function octal(header, place) {
  return parseInt(textOf(header.subarray(place, place + 11)), 8) || 0;
}

/**
 * The 512 bytes before a record.
 *
 * @param {string} name
 * @param {number} size
 * @param {number} time
 */
function tarHeader(name, size, time) {
  const header = new Uint8Array(BLOCK);
  const put = (/** @type {string} */ text, /** @type {number} */ place) =>
    header.set(utf8(text), place);
  put(name, 0);
  put("0000644", 100);
  put("0000000", 108);
  put("0000000", 116);
  put(size.toString(8).padStart(11, "0"), 124);
  put(time.toString(8).padStart(11, "0"), 136);
  put(" ".repeat(8), 148);
  put("0", 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
function isSame(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
