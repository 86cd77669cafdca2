/** Holds every module to the files of tests/vectors: one function for each, named as the file. */

import { checkBallot, makeBallot, tracker } from "/static/booth/ballot.js";
import * as ceremonies from "/static/booth/ceremony.js";
import * as codes from "/static/booth/credentials.js";
import * as opening from "/static/booth/decryption.js";
import { readElection } from "/static/booth/election.js";
import { encrypt, writtenCiphertext } from "/static/booth/elgamal.js";
import { hex, sha256Hex } from "/static/booth/encoding.js";
import * as groups from "/static/booth/group.js";
import { openKeyFile, sealKeyFile } from "/static/booth/key_file.js";
import { commitment, descriptionOf, readNames } from "/static/booth/names.js";
import * as proving from "/static/booth/proofs.js";
import { makeSeed, memberKeys } from "/static/booth/signing.js";
import { requireSigned } from "/static/booth/statements.js";
import { readTally } from "/static/booth/tally.js";
import { publicPart, readTrustees } from "/static/booth/trustees.js";
import { chanceFrom } from "/tests/deterministic.js";
import { Findings } from "/tests/findings.js";

const where = "vector";

export async function group({ name, p, q, g, elements, scalars }) {
  const findings = new Findings();
  findings.same("name", groups.NAME, name);
  findings.same("constants", [groups.P, groups.Q, groups.G], [p, q, g]);
  findings.same("digits", [groups.ELEMENT_DIGITS, groups.SCALAR_DIGITS], [p.length, q.length]);
  for (const { text, why, accepted } of elements) {
    if (accepted) findings.same(why, groups.readMember(text, where), text);
    else await findings.refused(why, () => groups.readMember(text, where));
  }
  for (const { text, why, accepted } of scalars) {
    if (accepted) findings.same(why, groups.readScalar(text, where), text);
    else await findings.refused(why, () => groups.readScalar(text, where));
  }
  return findings;
}

export async function hashes({ hash_to_scalar }) {
  const findings = new Findings();
  for (const { prefix, elements, scalar } of hash_to_scalar) {
    findings.same(prefix, await groups.hashToScalar(prefix, elements.map(BigInt)), scalar);
  }
  return findings;
}

export async function randomness({ seed, first_80_bytes, first_scalars, first_code }) {
  const findings = new Findings();
  findings.same("bytes", hex((await chanceFrom(seed))(80)), first_80_bytes);
  const chance = await chanceFrom(seed);
  const scalars = first_scalars.map(() => groups.randomScalar(chance));
  findings.same("scalars", scalars, first_scalars);
  findings.same("code", codes.makeCode(await chanceFrom(seed)), first_code);
  return findings;
}

export async function elgamal({ x, y, cases }) {
  const findings = new Findings();
  findings.same("y", groups.secretPower(groups.G, BigInt(x)), y);
  const base = new groups.FixedBase(BigInt(y));
  for (const { message, r, alpha, beta } of cases) {
    const found = writtenCiphertext(encrypt(base, message, BigInt(r)));
    findings.same(`encryption of ${message}`, found, { alpha, beta });
  }
  return findings;
}

export async function proofs({ x, y, disjunctions, logarithm, same_logarithm }) {
  const findings = new Findings();
  const key = new groups.FixedBase(BigInt(y));
  for (const each of disjunctions) {
    const { about, prefix, r, statements, seed } = each;
    const opened = statements.map((statement) => ({ ...statement, r: BigInt(r) }));
    const made = await proving.proveDisjunction(key, prefix, opened, await chanceFrom(seed));
    findings.same(about, made.map(proving.writtenProof), each.proofs);
    const shown = statements.map(({ alpha, beta, message }) => ({
      alpha: new groups.PlainBase(BigInt(alpha)),
      beta: new groups.PlainBase(BigInt(beta)),
      message,
    }));
    findings.same(`${about} holds`, await proving.disjunctionHolds(key, prefix, shown, made), true);
  }
  await knowledge(findings, BigInt(x), key, logarithm);
  await equality(findings, BigInt(x), key, same_logarithm);
  return findings;
}

async function knowledge(findings, x, key, { prefix, seed, ...proof }) {
  const made = await proving.proveLogarithm(prefix, x, await chanceFrom(seed));
  findings.same("logarithm", proving.writtenProof(made), proof);
  findings.same("logarithm known", await proving.logarithmIsKnown(prefix, key, made), true);
}

async function equality(findings, x, key, { prefix, seed, alpha, factor, ...proof }) {
  const base = BigInt(alpha);
  const made = await proving.proveSameLogarithm(prefix, base, x, await chanceFrom(seed));
  findings.same("same logarithm", proving.writtenProof(made), proof);
  findings.same("factor", groups.secretPower(base, x), factor);
  const bases = [alpha, factor].map((element) => new groups.PlainBase(BigInt(element)));
  const holds = await proving.logarithmsAreSame(prefix, key, ...bases, made);
  findings.same("logarithms are the same", holds, true);
}

export async function credentials({ uuid, codes: cases, typed, list, fingerprint }) {
  const findings = new Findings();
  const publics = [];
  for (const { code, check, shown, secret, public: expected } of cases) {
    findings.same(`check of ${code}`, codes.checkCharacters(code), check);
    findings.same(`${code} as shown`, codes.shownCode(code), shown);
    const s = await codes.secretOf(code, uuid);
    findings.same(`secret of ${code}`, s, secret);
    publics.push(codes.publicCredential(s));
    findings.same(`public of ${code}`, publics.at(-1), expected);
  }
  for (const each of typed) {
    const read = () => codes.typedCode(each.typed);
    if (each.code === null) await findings.refused(each.typed, read);
    else findings.same(each.typed, read(), each.code);
  }
  findings.same("list", codes.credentialsRecord(publics), list);
  findings.same("fingerprint", await codes.credentialsFingerprint(list), fingerprint);
  return findings;
}

export async function ballots({ cases }) {
  const findings = new Findings();
  for (const each of cases) {
    const election = await readElection(each.election);
    findings.same(`${each.about}: fingerprint`, election.fingerprint, each.fingerprint);
    const secret = await codes.secretOf(each.code, election.uuid);
    const chance = await chanceFrom(each.seed);
    const made = await makeBallot(election, secret, each.choices, chance);
    findings.same(each.about, made, each.ballot);
    findings.same(`${each.about}: tracker`, await tracker(made), each.tracker);
    const { credential } = await checkBallot(election, each.ballot);
    findings.same(`${each.about}: credential`, credential, codes.publicCredential(secret));
  }
  return findings;
}

export async function ceremony({ single, threshold, key_file }) {
  const findings = new Findings();
  const part = await publicPart(BigInt(single.private_key), await chanceFrom(single.seed));
  findings.same("single key", ["Single", part], single.trustee);
  const alone = await readTrustees(JSON.stringify([single.trustee]));
  findings.same("single key read", alone.publicKey, part.public_key);
  await rounds(findings, threshold);
  const { passphrase, content, seed, file } = key_file;
  const sealed = await sealKeyFile(passphrase, content, await chanceFrom(seed));
  findings.same("key file", sealed, file);
  findings.same("key file opened", await openKeyFile(passphrase, file), content);
  return findings;
}

async function rounds(findings, given) {
  const { size, threshold, seeds } = given;
  const certs = given.step_1.map(({ certificate }) => certificate);
  const certificates = await ceremonies.readCertificates(certs, { size, threshold });
  const ids = certificates.map(({ id }) => id);
  findings.same("certificate ids", ids, given.certificate_ids);
  for (const [i, seed] of seeds.entries()) {
    const number = i + 1;
    const chanceOf = (step) => chanceFrom(`step ${step} of ${number}`);
    findings.same(`seed ${number}`, makeSeed(await chanceFrom(`member ${number}`)), seed);
    const member = await memberKeys(seed);
    const place = { index: number, size, threshold };
    const first = await ceremonies.openCeremony(member, place, await chanceOf(1));
    findings.same(`step 1 of ${number}`, first, given.step_1[i]);
    const { polynomial } = first;
    const third = await ceremonies.share(member, certs, polynomial, threshold, await chanceOf(3));
    findings.same(`step 3 of ${number}`, third, given.step_3[i]);
    const delivered = {
      polynomial,
      secrets: given.step_3.map(({ secrets }) => secrets[i]),
      coefexps: given.step_3.map(({ coefexps }) => coefexps),
      signatures: given.step_3.map(({ signature }) => signature),
    };
    const fifth = await ceremonies.receiveShares(
      member,
      certs,
      delivered,
      threshold,
      await chanceOf(5),
    );
    findings.same(`step 5 of ${number}`, fifth, given.step_5[i]);
    const key = await ceremonies.openDecryptionKey(member, fifth.private_key);
    findings.same(`key of ${number}`, key, given.decryption_keys[i]);
  }
  const { keys, publicKey } = await readTrustees(JSON.stringify([given.trustee]));
  findings.same("election key", publicKey, given.public_key);
  const own = given.decryption_keys.map((key) => groups.generator.to(BigInt(key)));
  findings.same("verification keys", keys, own);
}

export async function decryption(given) {
  const findings = new Findings();
  const election = await readElection(given.election);
  const { keys, publicKey } = await readTrustees(given.trustees);
  findings.same("election key", election.publicKey, publicKey);
  const tally = readTally(election, given.encrypted_tally);
  const tallyHash = await sha256Hex(given.encrypted_tally);
  for (const each of given.partial_decryptions) {
    const { owner, private_key, seed, partial_decryption } = each;
    const made = await opening.partialDecryption(
      election,
      tally,
      tallyHash,
      owner,
      BigInt(private_key),
      await chanceFrom(seed),
    );
    findings.same(`partial decryption ${owner}`, made, partial_decryption);
    findings.same(`owned ${owner}`, await opening.ownedRecord(owner, made), each.owned);
    await opening.checkPartialDecryption(election, tally, tallyHash, owner, keys[owner - 1], made);
  }
  return findings;
}

export async function names(given) {
  const findings = new Findings();
  const { names: entries, commitments, description, one_name_withdrawn: shrunk } = given;
  findings.same("commitments", await Promise.all(entries.map(commitment)), commitments);
  findings.same("description", await descriptionOf(entries), description);
  findings.same("one withdrawn", await descriptionOf(shrunk), given.description_then);
  const election = { description, questions: [{ answers: ["1", "2"] }] };
  const [read] = await readNames(election, JSON.stringify(entries, null, 1));
  const { kk, ru, en } = entries[1];
  findings.same("first name", read.answers[0], { kk, ru, en });
  const [rest] = await readNames(election, JSON.stringify(shrunk));
  findings.same("withdrawn name", rest.answers[1], null);
  const swapped = [entries[0], entries[2], entries[1]];
  await findings.refused("swapped", () => readNames(election, JSON.stringify(swapped)));
  const other = [...entries.slice(0, 2), { ...entries[2], ru: "Клёнов К." }];
  const reading = () => readNames(election, JSON.stringify(other));
  await findings.refused("another name", reading, "names-of-another-election");
  return findings;
}

export async function statements({ public_key, statements: cases }) {
  const findings = new Findings();
  for (const { kind, statement } of cases) {
    findings.same(kind, await requireSigned(kind, statement, public_key), undefined);
    const changed = { ...statement, uuid: `${statement.uuid}1` };
    const check = () => requireSigned(kind, changed, public_key);
    await findings.refused(`changed ${kind}`, check, "statement-signature-wrong");
  }
  return findings;
}
