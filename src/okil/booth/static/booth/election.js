/** What is asked, and under which key: election.json (PROTOCOL.md, section 6). */

import { readCanonicalJson, sha256Base64 } from "./encoding.js";
import { Malformed } from "./failures.js";
import { FixedBase, NAME, readKey } from "./group.js";
import * as strict from "./strict.js";

const UUID = /^[1-9A-HJ-NP-Za-km-z]{14,}$/;
const MOST_ANSWERS = 1000; // a bound against absurd files, far above any ballot paper

/**
 * Choose `minimum` to `maximum` of the answers, or cast a blank where that is allowed. `entries` is
 * how many ciphertexts a ballot has for it; the blank one comes first.
 *
 * @typedef {{title: string, answers: string[], minimum: number, maximum: number, blank: boolean,
 *   entries: number}} Question
 */

/**
 * One election. `fingerprint` is phi in PROTOCOL.md; `y` is the public key, ready for many powers.
 *
 * @typedef {{uuid: string, name: string, description: string, fingerprint: string,
 *   publicKey: import("./group.js").Element, y: FixedBase, questions: Question[]}} Election
 */

/**
 * The election that this text is.
 *
 * @param {string} raw
 * @returns {Promise<Election>}
 * @throws {Malformed}
 */
export async function readElection(raw) {
  const where = "election";
  const authorities = ["administrator", "credential_authority"];
  const names = ["version", "description", "name", "group", "public_key", "questions", "uuid"];
  const all = [...names, ...authorities];
  const found = strict.fields(readCanonicalJson(raw), all, where, authorities);
  if (found.version !== 1) throw new Malformed("unknown-version", { where });
  if (found.group !== NAME) throw new Malformed("unknown-group", { where });
  for (const name of ["description", "name", ...authorities]) {
    if (name in found) strict.text(found[name], name);
  }
  const questions = strict.items(found.questions, "questions");
  if (questions.length === 0) throw new Malformed("no-question", { where });
  const publicKey = readKey(found.public_key, "public_key");
  return {
    uuid: readUuid(found.uuid),
    name: found.name,
    description: found.description,
    fingerprint: await sha256Base64(raw),
    publicKey,
    y: new FixedBase(publicKey),
    questions: questions.map((question, i) => readQuestion(question, `question ${i + 1}`)),
  };
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function readUuid(value) {
  const uuid = strict.text(value, "uuid");
  if (!UUID.test(uuid)) throw new Malformed("not-a-uuid", { where: "uuid" });
  return uuid;
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {Question}
 */
function readQuestion(value, where) {
  const names = ["answers", "blank", "min", "max", "question"];
  const found = strict.fields(value, names, where, ["blank"]);
  const answers = strict.items(found.answers, where);
  if (answers.length === 0 || answers.length > MOST_ANSWERS) {
    throw new Malformed("wrong-answers", { where });
  }
  const blank = "blank" in found;
  if (blank && found.blank !== true) throw new Malformed("wrong-blank", { where });
  const [minimum, maximum] = [strict.whole(found.min, where), strict.whole(found.max, where)];
  if (minimum > maximum || maximum > answers.length) throw new Malformed("wrong-limits", { where });
  return {
    title: strict.text(found.question, where),
    answers: answers.map((answer) => strict.text(answer, where)),
    minimum,
    maximum,
    blank,
    entries: answers.length + Number(blank),
  };
}
