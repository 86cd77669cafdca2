/**
 * Checks 1 to 8 of docs/verification.md, made by a commission member's browser before it opens.
 *
 * Without them a server could hand in one voter's ballot as "the tally" and have it opened. The
 * member compares the number of ballots and the hash of the last event with what is published.
 */

import { readArchive } from "./archive.js";
import { checkBallot } from "./ballot.js";
import { readElection } from "./election.js";
import { canonicalJson, readCanonicalJson } from "./encoding.js";
import { Malformed } from "./failures.js";
import { readKey } from "./group.js";
import * as strict from "./strict.js";
import { tallyOf, tallyRecord } from "./tally.js";
import { readTrustees } from "./trustees.js";

/** @typedef {import("./archive.js").Event} Event */
/** @typedef {import("./election.js").Election} Election */
/** @typedef {import("./elgamal.js").Ciphertext} Ciphertext */
/** @typedef {import("./trustees.js").Trustees} Trustees */

const LONGEST_WEIGHT = 18; // digits; the sum of all weights stays far below q

/**
 * `ballots` counts the ballots, `counting` those that no later one replaced; `head` is the hash of
 * the last event before the tally.
 *
 * @typedef {{election: Election, trustees: Trustees, tally: Ciphertext[][], tallyHash: string,
 *   ballots: number, counting: number, head: string}} Verified
 */

/**
 * What may be opened: the tally of this archive, recomputed from ballots that were all checked.
 *
 * @param {Uint8Array} bytes
 * @param {function(number, number): void} [progress]
 * @returns {Promise<Verified>}
 * @throws {Malformed}
 */
export async function verifyTally(bytes, progress = () => {}) {
  const events = await readArchive(bytes);
  const { election, trustees, weights } = await readSetup(events[0]);
  const cast = events.filter(({ kind }) => kind === "Ballot");
  const last = new Map();
  const seen = new Set();
  for (const [i, { records }] of cast.entries()) {
    const where = `event ${i + 1}`;
    const [{ hash, body }] = records;
    if (seen.has(hash)) throw new Malformed("ballot-twice", { where });
    seen.add(hash);
    const ballot = await checkBallot(election, body);
    const weight = weights.get(ballot.credential);
    if (weight === undefined) throw new Malformed("credential-unknown", { where });
    last.set(ballot.credential, { ballot, weight });
    progress(i + 1, cast.length);
  }
  const counting = [...last.values()];
  const tally = tallyOf(election, counting);
  const tallied = events[cast.length + 2];
  if (tallied === undefined) throw new Malformed("no-tally", { where: "archive" });
  return {
    election,
    trustees,
    tally,
    tallyHash: requireTally(tallied, tally, counting),
    ballots: cast.length,
    counting: counting.length,
    head: events[cast.length + 1].hash,
  };
}

/**
 * Checks 3 to 5.
 *
 * @param {Event} setup
 */
async function readSetup({ records }) {
  const [raw, trusteesRaw, credentialsRaw, payload] = records;
  const named = {
    election: raw.hash,
    trustees: trusteesRaw.hash,
    credentials: credentialsRaw.hash,
  };
  if (payload.body !== canonicalJson(named)) {
    throw new Malformed("setup-hash-wrong", { where: "event 0" });
  }
  const election = await readElection(raw.body);
  const trustees = await readTrustees(trusteesRaw.body);
  if (election.publicKey !== trustees.publicKey) {
    throw new Malformed("election-key-wrong", { where: "public_key" });
  }
  return { election, trustees, weights: readWeights(credentialsRaw.body) };
}

/**
 * @param {string} raw
 * @returns {Map<string, bigint>} the weight of each credential
 */
function readWeights(raw) {
  const entries = strict.items(readCanonicalJson(raw), "credentials");
  const weights = new Map();
  for (const [i, entry] of entries.entries()) {
    const where = `credential ${i + 1}`;
    const [text, weight = "1", ...rest] = strict.text(entry, where).split(",");
    if (rest.length > 0) throw new Malformed("number-not-canonical", { where });
    const credential = String(readKey(text, where));
    if (weights.has(credential)) throw new Malformed("credential-twice", { where });
    weights.set(credential, BigInt(strict.decimal(weight, where, LONGEST_WEIGHT)));
  }
  return weights;
}

/**
 * Check 8.
 *
 * @param {Event} event
 * @param {Ciphertext[][]} tally
 * @param {{weight: bigint}[]} counting
 * @returns {string} the hash of the tally's record
 */
function requireTally({ records }, tally, counting) {
  const [encrypted, sized] = records;
  const where = "encrypted_tally";
  if (encrypted.body !== tallyRecord(tally)) throw new Malformed("tally-wrong", { where });
  const total = counting.reduce((sum, { weight }) => sum + weight, 0n);
  const expected = {
    num_tallied: counting.length,
    total_weight: strict.writtenWeight(total),
    encrypted_tally: encrypted.hash,
  };
  if (sized.body !== canonicalJson(expected)) throw new Malformed("tally-size-wrong", { where });
  return encrypted.hash;
}
