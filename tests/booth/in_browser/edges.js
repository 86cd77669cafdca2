/** What vectors do not reach: edges of arithmetic, every typing error, every spoilt field. */

import { checkBallot, makeBallot } from "/static/booth/ballot.js";
import * as codes from "/static/booth/credentials.js";
import * as opening from "/static/booth/decryption.js";
import { readElection } from "/static/booth/election.js";
import { readCanonicalJson, sha256Base64, sha256Hex } from "/static/booth/encoding.js";
import * as groups from "/static/booth/group.js";
import { openKeyFile } from "/static/booth/key_file.js";
import * as proving from "/static/booth/proofs.js";
import { memberKeys, receive, send } from "/static/booth/signing.js";
import { readTally } from "/static/booth/tally.js";
import { readTrustees } from "/static/booth/trustees.js";
import { chanceFrom } from "/tests/deterministic.js";
import { Findings } from "/tests/findings.js";

const { G, P, Q } = groups;

/** All ways to raise an element agree with plain squaring and multiplying. */
export async function powers() {
  const findings = new Findings();
  const chance = await chanceFrom("powers");
  const base = groups.power(G, groups.randomScalar(chance));
  const fixed = new groups.FixedBase(base);
  const random = Array.from({ length: 20 }, () => groups.randomScalar(chance));
  const single = Array.from({ length: 255 }, (_, place) => 1n << BigInt(place));
  for (const exponent of [0n, 1n, 2n, 15n, 16n, 255n, 256n, Q - 1n, ...single, ...random]) {
    const expected = plainPower(base, exponent);
    findings.same(`power ${exponent}`, groups.power(base, exponent), expected);
    findings.same(`table ${exponent}`, fixed.to(exponent), expected);
    findings.same(`secret ${exponent}`, groups.secretPower(base, exponent), expected);
  }
  findings.same("inverse", (groups.inverse(base) * base) % P, 1n);
  findings.same("inverse modulo q", (groups.inverse(3n, Q) * 3n) % Q, 1n);
  findings.same("negative scalar", groups.scalar(-1n), Q - 1n);
  return findings;
}

function plainPower(base, exponent) {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % P;
    if (bit === "1") result = (result * base) % P;
  }
  return result;
}

/** One wrong character, or two neighbours swapped, is found wherever it stands. */
export async function typing() {
  const findings = new Findings();
  for (const seed of ["a", "b", "c"]) {
    const code = codes.makeCode(await chanceFrom(seed));
    const typed = codes.shownCode(code).replaceAll("-", "");
    for (let place = 0; place < typed.length; place++) {
      for (const wrong of codes.BASE58) {
        const slip = typed.slice(0, place) + wrong + typed.slice(place + 1);
        if (slip !== typed)
          await findings.refused(`${typed}, ${slip}`, () => codes.typedCode(slip));
      }
      const [a, b] = typed.slice(place, place + 2);
      const swapped = typed.slice(0, place) + b + a + typed.slice(place + 2);
      if (b !== undefined && a !== b) {
        await findings.refused(`${typed}, ${swapped}`, () => codes.typedCode(swapped));
      }
    }
  }
  return findings;
}

/** JSON that Python would refuse is refused here. */
export async function json() {
  const findings = new Findings();
  const accepted = ['{"a":1,"b":[true,null,"жүйе 😀"]}', '"\\\\ud83d"', '"\\u0001\\n"', "0"];
  for (const text of accepted) findings.same(text, JSON.stringify(readCanonicalJson(text)), text);
  const spoilt = [
    '{"a": 1}',
    '{"a":1,"a":1}',
    '{"a":1}\n',
    "\uFEFF0",
    "1.0",
    "1e3",
    "01",
    "-0",
    "12345678901234567890",
    '"\\u0041"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '"\ud83d"',
    '{"b":1,"1":2}',
    "{",
    "",
  ];
  for (const text of spoilt) {
    await findings.refused(text, () => readCanonicalJson(text), "json-not-canonical");
  }
  return findings;
}

/** A proof with any of its numbers changed, or under another prefix, does not hold. */
export async function proofs() {
  const findings = new Findings();
  const x = 1234567890123456789n;
  const y = new groups.FixedBase(groups.generator.to(x));
  const chance = await chanceFrom("proofs");
  const r = groups.randomScalar(chance);
  const opened = [0, 1, 2].map((message) => ({ r, plaintext: 1, message }));
  const made = await proving.proveDisjunction(y, "p|", opened, chance);
  const alpha = new groups.PlainBase(groups.generator.to(r));
  const beta = new groups.PlainBase((y.to(r) * G) % P);
  const shown = [0, 1, 2].map((message) => ({ alpha, beta, message }));
  const holds = (prefix, list) => proving.disjunctionHolds(y, prefix, shown, list);
  findings.same("as made", await holds("p|", made), true);
  findings.same("another prefix", await holds("q|", made), false);
  for (const name of ["challenge", "response"]) {
    for (const place of [0, 1, 2]) {
      const spoilt = made.map((proof, i) => (i === place ? changed(proof, name) : proof));
      findings.same(`${name} ${place}`, await holds("p|", spoilt), false);
    }
    const known = changed(await proving.proveLogarithm("p|", x, chance), name);
    findings.same(`logarithm ${name}`, await proving.logarithmIsKnown("p|", y, known), false);
  }
  return findings;
}

function changed(proof, name) {
  return { ...proof, [name]: groups.scalar(proof[name] + 1n) };
}

/** Every number and every text of a ballot matters; so does every choice that is not allowed. */
export async function ballots({ cases }) {
  const findings = new Findings();
  const given = cases.find(({ about }) => about === "two questions");
  const election = await readElection(given.election);
  for (const path of leaves(JSON.parse(given.ballot))) {
    const spoilt = JSON.stringify(withChange(JSON.parse(given.ballot), path));
    await findings.refused(path.join("."), () => checkBallot(election, spoilt));
  }
  await signedAgain(findings, election, given);
  const chance = await chanceFrom("not allowed");
  const wrong = {
    "two of one": [1, 1],
    "none of one": [0, 0],
    two: [2, 0],
    minus: [2, -1],
    few: [1],
  };
  for (const [about, bits] of Object.entries(wrong)) {
    const error = await makeBallot(election, 5n, [bits, [1, 0, 0, 0]], chance).catch((e) => e);
    findings.same(about, error.name, "RangeError");
  }
  return findings;
}

/** The same changes by the voter herself, who can sign them: now the proofs must find them. */
async function signedAgain(findings, election, { ballot: raw, code }) {
  const secret = await codes.secretOf(code, election.uuid);
  for (const path of leaves(JSON.parse(raw)).filter(([first]) => first === "answers")) {
    const { signature, ...ballot } = withChange(JSON.parse(raw), path);
    const hash = await sha256Base64(JSON.stringify(ballot));
    const proof = await proving.proveLogarithm(`sig|${hash}|`, secret, groups.chance);
    const signed = { ...ballot, signature: { hash, proof: proving.writtenProof(proof) } };
    const reason = path.at(-3) === "choices" ? "element-outside-group" : proofNamed(path);
    const check = () => checkBallot(election, JSON.stringify(signed));
    await findings.refused(`${path.join(".")}, signed again`, check, reason);
  }
}

function proofNamed([, , kind]) {
  return `${kind.replace("_proofs", "").replace("_proof", "")}-proof-wrong`;
}

function leaves(value, path = []) {
  if (typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([name, each]) => leaves(each, [...path, name]));
}

/** The text at this path with its last character changed; a number stays one. */
function withChange(value, [name, ...rest]) {
  if (name === undefined) return value.slice(0, -1) + (value.endsWith("1") ? "2" : "1");
  value[name] = withChange(value[name], rest);
  return value;
}

/** A partial decryption with anything changed, or of another trustee, is refused. */
export async function decryptions(given) {
  const findings = new Findings();
  const election = await readElection(given.election);
  const { keys } = await readTrustees(given.trustees);
  const tally = readTally(election, given.encrypted_tally);
  const tallyHash = await sha256Hex(given.encrypted_tally);
  const [{ owner, private_key: x, partial_decryption: raw }] = given.partial_decryptions;
  const check = (number, hash, text) =>
    opening.checkPartialDecryption(election, tally, hash, number, keys[number - 1], text);
  for (const path of leaves(JSON.parse(raw))) {
    const spoilt = JSON.stringify(withChange(JSON.parse(raw), path));
    await findings.refused(path.join("."), () => check(owner, tallyHash, spoilt));
  }
  await findings.refused("another owner", () => check(2, tallyHash, raw));
  const another = await sha256Hex("another tally");
  await findings.refused("another tally", () => check(owner, another, raw), "extra-proof-wrong");
  const outside = tally.map((row) => row.map((entry) => ({ ...entry, alpha: P - entry.alpha })));
  const chance = await chanceFrom("outside");
  const leak = () => opening.partialDecryption(election, outside, tallyHash, 1, BigInt(x), chance);
  await findings.refused("a tally outside the group", leak, "element-outside-group");
  return findings;
}

/** A sealed message opens only whole, for its recipient, and from its sender. */
export async function messages() {
  const findings = new Findings();
  const chance = await chanceFrom("messages");
  const names = ["Bf2ChdHyQSS6YPn3MEmMuZ", "dRY9MkaeUEeeGgmvDDAuyD", "iTxiySN2gUMthCdzF6KU9h"];
  const [from, to, other] = await Promise.all(names.map(memberKeys));
  const sealed = await send(from.sk, to.encryption, "a secret", chance);
  const open = (who, sender, value) =>
    receive(who.dk, who.encryption, sender.verification, value, "message");
  findings.same("as sent", await open(to, from, sealed), "a secret");
  await findings.refused("another reader", () => open(other, from, sealed));
  await findings.refused("another sender", () => open(to, other, sealed), "signature-wrong");
  for (const name of ["alpha", "beta", "data"]) {
    const spoilt = withChange({ ...sealed }, [name]);
    await findings.refused(name, () => open(to, from, spoilt));
  }
  const readdressed = () => receive(to.dk, other.encryption, from.verification, sealed, "message");
  await findings.refused("readdressed", readdressed, "message-for-another");
  await findings.refused("no seed", () => memberKeys("Bf2ChdHyQSS6YPn3MEmMu0"), "not-a-seed");
  return findings;
}

/** A key file opens with its passphrase alone, and only if it is one. */
export async function keyFiles({ key_file: { passphrase, file } }) {
  const findings = new Findings();
  const wrong = () => openKeyFile(`${passphrase} `, file);
  await findings.refused("another passphrase", wrong, "passphrase-wrong");
  const spoilt = { rounds: 1000, nonce: "AAAA", version: 2, kdf: "scrypt", data: "=", salt: 1 };
  for (const [name, value] of Object.entries(spoilt)) {
    const text = JSON.stringify({ ...JSON.parse(file), [name]: value });
    await findings.refused(name, () => openKeyFile(passphrase, text));
  }
  await findings.refused("no file", () => openKeyFile(passphrase, "key"), "json-not-canonical");
  return findings;
}
