/**
 * What a page can ask a worker to do: from plain values to plain values.
 *
 * Each task gets what the page handed in and a function to call with how much is done. No task
 * returns a seed, a key or an exponent; what a member keeps leaves as a locked key file.
 */

import { makeBallot, stepsOf, tracker } from "./ballot.js";
import {
  openCeremony,
  openDecryptionKey,
  readCertificates,
  receiveShares,
  share,
} from "./ceremony.js";
import {
  credentialsFingerprint,
  credentialsRecord,
  makeCode,
  publicCredential,
  secretOf,
  shownCode,
  typedCode,
} from "./credentials.js";
import { ownedRecord, partialDecryption } from "./decryption.js";
import { readElection } from "./election.js";
import { sha256Hex } from "./encoding.js";
import { Malformed } from "./failures.js";
import { chance, generator } from "./group.js";
import { openKeyFile, sealKeyFile } from "./key_file.js";
import { makeSeed, memberKeys } from "./signing.js";
import * as strict from "./strict.js";
import { verifyTally } from "./verify.js";

/** @typedef {function(number, number): void} Progress (done, total) */

/** @type {Object<string, function(any, Progress): Promise<any>>} */
export const TASKS = {
  encryptBallot,
  makeCodes,
  listCredentials,
  startKey,
  shareKey,
  finishKey,
  decryptTally,
};

/**
 * The voter: the ballot for these choices, and its tracker. `code` is what was typed or scanned.
 *
 * @param {{election: string, code: string, choices: number[][]}} given
 * @param {Progress} progress
 */
async function encryptBallot({ election: raw, code, choices }, progress) {
  const bare = typedCode(code);
  const election = await readElection(raw);
  const secret = await secretOf(bare, election.uuid);
  const step = counter(stepsOf(election), progress);
  const ballot = await makeBallot(election, secret, choices, chance, step);
  return { ballot, tracker: await tracker(ballot) };
}

/**
 * The code-maker: that many new codes, and the list of their public credentials.
 *
 * @param {{uuid: string, count: number}} given
 * @param {Progress} progress
 */
async function makeCodes({ uuid, count }, progress) {
  const codes = Array.from({ length: count }, () => shownCode(makeCode(chance)));
  return { codes, ...(await listCredentials({ uuid, codes }, progress)) };
}

/**
 * The code-maker, later: the list for another election from the same codes.
 *
 * @param {{uuid: string, codes: string[]}} given
 * @param {Progress} progress
 */
async function listCredentials({ uuid, codes }, progress) {
  const step = counter(codes.length, progress);
  const publics = [];
  for (const code of codes) {
    publics.push(publicCredential(await secretOf(typedCode(code), uuid)));
    step();
  }
  const record = credentialsRecord(publics);
  return { record, fingerprint: await credentialsFingerprint(record) };
}

/**
 * A commission member, step 1: a new seed in a key file, and what the server collects.
 *
 * @param {{uuid: string, index: number, size: number, threshold: number, passphrase: string}} given
 */
async function startKey({ uuid, passphrase, ...place }) {
  const seed = makeSeed(chance);
  const member = await memberKeys(seed);
  const { certificate, polynomial } = await openCeremony(member, place, chance);
  return {
    keyFile: await sealKeyFile(passphrase, { uuid, seed }, chance),
    certificate,
    certificateId: await sha256Hex(certificate.message),
    polynomial,
  };
}

/**
 * Step 3: her shares for the others, and the ids of all certificates for comparing by voice.
 *
 * @param {{keyFile: string, passphrase: string, certs: any[], polynomial: any, size: number,
 *   threshold: number}} given
 */
async function shareKey({ keyFile, passphrase, certs, polynomial, size, threshold }) {
  const certificates = await readCertificates(certs, { size, threshold });
  const member = await memberOf(keyFile, passphrase);
  return {
    shares: await share(member, certs, polynomial, threshold, chance),
    certificateIds: certificates.map(({ id }) => id),
  };
}

/**
 * Step 5: her decryption key, sealed to herself, and its public part.
 *
 * @param {{keyFile: string, passphrase: string, certs: any[], delivered: any,
 *   threshold: number}} given
 */
async function finishKey({ keyFile, passphrase, certs, delivered, threshold }) {
  const member = await memberOf(keyFile, passphrase);
  return receiveShares(member, certs, delivered, threshold, chance);
}

/**
 * Opening the count: her partial decryption of the tally in this archive, which is checked first.
 *
 * @param {{keyFile: string, passphrase: string, privateKey: any, archive: Uint8Array}} given
 * @param {Progress} progress
 */
async function decryptTally({ keyFile, passphrase, privateKey, archive }, progress) {
  const x = await openDecryptionKey(await memberOf(keyFile, passphrase), privateKey);
  const { ballots, counting, head, ...verified } = await verifyTally(archive, progress);
  const { election, trustees, tally, tallyHash } = verified;
  const owner = trustees.keys.indexOf(generator.to(x)) + 1;
  if (owner === 0) throw new Malformed("not-a-trustee", { where: "decryption key" });
  const partial = await partialDecryption(election, tally, tallyHash, owner, x, chance);
  const owned = await ownedRecord(owner, partial);
  return { partialDecryption: partial, owned, ballots, counting, head };
}

/**
 * @param {string} keyFile
 * @param {string} passphrase
 */
async function memberOf(keyFile, passphrase) {
  const { seed } = await openKeyFile(passphrase, keyFile);
  return memberKeys(strict.text(seed, "key file"));
}

/**
 * @param {number} total
 * @param {Progress} progress
 */
function counter(total, progress) {
  let done = 0;
  return () => progress((done += 1), total);
}
