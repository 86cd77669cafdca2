/** One ballot: made by the voter's device, checked by everybody (PROTOCOL.md, sections 7 and 8). */

import { publicCredential } from "./credentials.js";
import { encrypt, product, readCiphertext, writtenCiphertext } from "./elgamal.js";
import { canonicalJson, readCanonicalJson, sha256Base64 } from "./encoding.js";
import { Malformed } from "./failures.js";
import { ELEMENT_DIGITS, isMember, PlainBase, randomScalar, readElement, scalar } from "./group.js";
import {
  disjunctionHolds,
  logarithmIsKnown,
  proveDisjunction,
  proveLogarithm,
  readProof,
  readProofs,
  writtenProof,
} from "./proofs.js";
import * as strict from "./strict.js";

/** @typedef {import("./election.js").Election} Election */
/** @typedef {import("./election.js").Question} Question */
/** @typedef {import("./elgamal.js").Ciphertext} Ciphertext */
/** @typedef {import("./group.js").Chance} Chance */
/** @typedef {import("./group.js").Scalar} Scalar */
/** @typedef {import("./proofs.js").Proof} Proof */

/**
 * What a ballot says to one question, encrypted, with its proofs.
 *
 * @typedef {{choices: Ciphertext[], individualProofs: Proof[][], overallProof: Proof[],
 *   blankProof: Proof[]}} Answer
 */

/**
 * A ballot in its strict form. Nothing is proved by its having been read.
 *
 * @typedef {{credential: string, answers: Answer[], signedHash: string, signature: Proof}} Ballot
 */

/**
 * What the voter notes down to find this ballot again.
 *
 * @param {string} raw
 * @returns {Promise<string>}
 */
export function tracker(raw) {
  return sha256Base64(raw);
}

// Making

/**
 * How often `makeBallot` calls `step` for this election.
 *
 * @param {Election} election
 * @returns {number}
 */
export function stepsOf(election) {
  return election.questions.reduce((steps, question) => steps + question.entries + 1, 1);
}

/**
 * The ballot for these choices: for each question its bits, a blank one first where allowed.
 *
 * Chance is drawn in this order: for each question, for each choice r and its individual proof; the
 * overall proof; the blank proof. At the end the signature.
 *
 * @param {Election} election
 * @param {Scalar} secret
 * @param {number[][]} choices
 * @param {Chance} chance
 * @param {function(): void} [step] called after each choice, each question and the signature
 * @returns {Promise<string>}
 * @throws {RangeError} for a choice that the question does not allow
 */
export async function makeBallot(election, secret, choices, chance, step = () => {}) {
  if (choices.length !== election.questions.length) {
    throw new RangeError("as many choices as questions, please");
  }
  const credential = String(publicCredential(secret));
  const head = `${election.fingerprint}|${credential}`;
  const answers = [];
  for (const [place, question] of election.questions.entries()) {
    answers.push(await makeAnswer(election, question, choices[place], head, chance, step));
    step();
  }
  const ballot = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential,
    answers,
  };
  const hash = await sha256Base64(canonicalJson(ballot));
  const proof = await proveLogarithm(signaturePrefix(hash), secret, chance);
  step();
  return canonicalJson({ ...ballot, signature: { hash, proof: writtenProof(proof) } });
}

/**
 * @param {Election} election
 * @param {Question} question
 * @param {number[]} bits
 * @param {string} head
 * @param {Chance} chance
 * @param {function(): void} step
 */
async function makeAnswer({ y }, question, bits, head, chance, step) {
  if (bits.length !== question.entries || bits.some((bit) => bit !== 0 && bit !== 1)) {
    throw new RangeError("one bit for each answer, and one for blank where it is allowed");
  }
  const ciphertexts = [];
  const randomness = [];
  const individual = [];
  for (const bit of bits) {
    const r = randomScalar(chance);
    const ciphertext = encrypt(y, bit, r);
    const opened = [0, 1].map((message) => ({ r, plaintext: bit, message }));
    individual.push(await proveDisjunction(y, choicePrefix(head, ciphertext), opened, chance));
    ciphertexts.push(ciphertext);
    randomness.push(r);
    step();
  }

  const tail = `${head}|${listed(ciphertexts)}`;
  const first = Number(question.blank);
  const sum = {
    r: scalar(randomness.slice(first).reduce((a, b) => a + b, 0n)),
    plaintext: bits.slice(first).reduce((a, b) => a + b, 0),
  };
  const allowed = messages(question).map((message) => ({ ...sum, message }));
  const answer = {
    choices: ciphertexts.map(writtenCiphertext),
    individual_proofs: individual.map((proofs) => proofs.map(writtenProof)),
  };
  if (!question.blank) {
    const prefix = sumPrefix(tail, product(ciphertexts));
    const overall = await proveDisjunction(y, prefix, allowed, chance);
    return { ...answer, overall_proof: overall.map(writtenProof) };
  }
  const blank = { r: randomness[0], plaintext: bits[0] };
  const marked = [{ ...blank, message: 1 }, ...allowed];
  const overall = await proveDisjunction(y, `bproof1|${tail}|`, marked, chance);
  const nothing = [
    { ...blank, message: 0 },
    { ...sum, message: 0 },
  ];
  const blankProof = await proveDisjunction(y, `bproof0|${tail}|`, nothing, chance);
  return {
    ...answer,
    overall_proof: overall.map(writtenProof),
    blank_proof: blankProof.map(writtenProof),
  };
}

/** @param {Question} question */
function messages({ minimum, maximum }) {
  return Array.from({ length: maximum - minimum + 1 }, (_, i) => minimum + i);
}

// The prefixes under which a ballot's proofs are hashed (S0 and S of section 7)

/**
 * @param {string} head
 * @param {Ciphertext} ciphertext
 */
function choicePrefix(head, { alpha, beta }) {
  return `prove|${head}|${alpha},${beta}|`;
}

/**
 * @param {string} tail
 * @param {Ciphertext} total
 */
function sumPrefix(tail, { alpha, beta }) {
  return `prove|${tail}|${alpha},${beta}|`;
}

/** @param {Ciphertext[]} ciphertexts */
function listed(ciphertexts) {
  return ciphertexts.map(({ alpha, beta }) => `${alpha},${beta}`).join(",");
}

/** @param {string} hash */
function signaturePrefix(hash) {
  return `sig|${hash}|`;
}

// Reading

/**
 * The ballot for this election that this text is.
 *
 * @param {Election} election
 * @param {string} raw
 * @returns {Ballot}
 * @throws {Malformed}
 */
export function readBallot(election, raw) {
  const where = "ballot";
  const names = ["election_uuid", "election_hash", "credential", "answers", "signature"];
  const found = strict.fields(readCanonicalJson(raw), names, where);
  if (found.election_uuid !== election.uuid || found.election_hash !== election.fingerprint) {
    throw new Malformed("ballot-of-another-election", { where });
  }
  const answers = strict.items(found.answers, "answers", election.questions.length);
  const signature = strict.fields(found.signature, ["hash", "proof"], "signature");
  return {
    credential: strict.decimal(found.credential, "credential", ELEMENT_DIGITS),
    answers: answers.map((answer, i) =>
      readAnswer(election.questions[i], answer, `question ${i + 1}`),
    ),
    signedHash: strict.text(signature.hash, "signature"),
    signature: readProof(signature.proof, "signature"),
  };
}

/**
 * @param {Question} question
 * @param {unknown} value
 * @param {string} where
 * @returns {Answer}
 */
function readAnswer(question, value, where) {
  const names = ["choices", "individual_proofs", "overall_proof"];
  if (question.blank) names.push("blank_proof");
  const found = strict.fields(value, names, where);
  const choices = strict.items(found.choices, where, question.entries);
  const individual = strict.items(found.individual_proofs, where, question.entries);
  const statements = messages(question).length + Number(question.blank);
  return {
    choices: choices.map((choice) => readCiphertext(choice, where)),
    individualProofs: individual.map((proofs) => readProofs(proofs, where, 2)),
    overallProof: readProofs(found.overall_proof, where, statements),
    blankProof: question.blank ? readProofs(found.blank_proof, where, 2) : [],
  };
}

// Checking

/**
 * Everything that check 6 asks of one ballot by itself.
 *
 * Whether its credential is on the list, and not void, is for the caller to ask.
 *
 * @param {Election} election
 * @param {string} raw
 * @returns {Promise<Ballot>}
 * @throws {Malformed}
 */
export async function checkBallot(election, raw) {
  const ballot = readBallot(election, raw);
  await requireSignature(ballot, raw);
  const head = `${election.fingerprint}|${ballot.credential}`;
  for (const [place, answer] of ballot.answers.entries()) {
    await requireAnswer(election, place, answer, head);
  }
  return ballot;
}

/**
 * @param {Ballot} ballot
 * @param {string} raw
 */
async function requireSignature(ballot, raw) {
  const where = "signature";
  // `raw` is canonical and has the fields in order, so this is the ballot without its signature.
  const signed = `${raw.slice(0, raw.lastIndexOf(',"signature":'))}}`;
  if (ballot.signedHash !== (await sha256Base64(signed))) {
    throw new Malformed("ballot-hash-wrong", { where });
  }
  const key = new PlainBase(readElement(ballot.credential, "credential"));
  if (!(await logarithmIsKnown(signaturePrefix(ballot.signedHash), key, ballot.signature))) {
    throw new Malformed("ballot-signature-wrong", { where });
  }
}

/**
 * @param {Election} election
 * @param {number} place
 * @param {Answer} answer
 * @param {string} head
 */
async function requireAnswer({ y, questions }, place, answer, head) {
  const question = questions[place];
  const where = `question ${place + 1}`;
  for (const [entry, choice] of answer.choices.entries()) {
    if (!isMember(choice.alpha) || !isMember(choice.beta)) {
      throw new Malformed("element-outside-group", { where });
    }
    const statements = [0, 1].map((message) => statement(choice, message));
    const proofs = answer.individualProofs[entry];
    if (!(await disjunctionHolds(y, choicePrefix(head, choice), statements, proofs))) {
      throw new Malformed("individual-proof-wrong", { where });
    }
  }

  const tail = `${head}|${listed(answer.choices)}`;
  const total = product(answer.choices.slice(Number(question.blank)));
  let allowed = messages(question).map((message) => statement(total, message));
  let prefix = sumPrefix(tail, total);
  if (question.blank) {
    const [blank] = answer.choices;
    const nothing = [statement(blank, 0), statement(total, 0)];
    if (!(await disjunctionHolds(y, `bproof0|${tail}|`, nothing, answer.blankProof))) {
      throw new Malformed("blank-proof-wrong", { where });
    }
    allowed = [statement(blank, 1), ...allowed];
    prefix = `bproof1|${tail}|`;
  }
  if (!(await disjunctionHolds(y, prefix, allowed, answer.overallProof))) {
    throw new Malformed("overall-proof-wrong", { where });
  }
}

/**
 * @param {Ciphertext} ciphertext
 * @param {number} message
 */
function statement({ alpha, beta }, message) {
  return { alpha: new PlainBase(alpha), beta: new PlainBase(beta), message };
}
