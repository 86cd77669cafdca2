/**
 * Who stands behind the numbers of an election (PROTOCOL.md, section 16.2).
 *
 * The election holds numbers only. Its description is a hash over salted commitments to the names.
 * The booth shows no name before this module has read them.
 */

import { canonicalJson, readBase64, readJson, sha256Hex } from "./encoding.js";
import { Malformed } from "./failures.js";
import * as strict from "./strict.js";

/** @typedef {import("./election.js").Election} Election */

/** @typedef {{kk: string, ru: string, en: string}} Name */

const LANGUAGES = ["kk", "ru", "en"];
const SALT_BYTES = 32;

/**
 * c of one object of the names file; of one that shrank to its commitment, that.
 *
 * @param {Object<string, any>} entry
 * @returns {Promise<string>}
 */
export async function commitment(entry) {
  return "commitment" in entry ? entry.commitment : sha256Hex(canonicalJson(entry));
}

/**
 * The description of the election that these names belong to.
 *
 * @param {Object<string, any>[]} entries
 * @returns {Promise<string>}
 */
export async function descriptionOf(entries) {
  const commitments = await Promise.all(entries.map(commitment));
  return `names:${await sha256Hex(commitments.join(","))}`;
}

/**
 * For each question its title and the names of its answers; null for a name that was withdrawn.
 *
 * @param {Election} election
 * @param {string} raw
 * @returns {Promise<{title: Name | null, answers: (Name | null)[]}[]>}
 * @throws {Malformed} if they are not those of the election
 */
export async function readNames(election, raw) {
  const where = "names";
  const places = election.questions.flatMap(({ answers }, question) => [
    { question, answer: null },
    ...answers.map((_, answer) => ({ question, answer })),
  ]);
  const entries = strict.items(readJson(raw), where, places.length);
  const names = entries.map((entry, i) => readEntry(entry, places[i], where));
  if ((await descriptionOf(entries)) !== election.description) {
    throw new Malformed("names-of-another-election", { where });
  }
  return election.questions.map(({ answers }) => {
    const [title, ...own] = names.splice(0, answers.length + 1);
    return { title, answers: own };
  });
}

/**
 * @param {any} entry
 * @param {{question: number, answer: number | null}} place
 * @param {string} where
 * @returns {Name | null}
 */
function readEntry(entry, { question, answer }, where) {
  if (typeof entry === "object" && entry !== null && "commitment" in entry) {
    strict.digest(strict.fields(entry, ["commitment"], where).commitment, where);
    return null;
  }
  const found = strict.fields(entry, ["question", "answer", "salt", ...LANGUAGES], where);
  if (found.question !== question || found.answer !== answer) {
    throw new Malformed("names-out-of-order", { where });
  }
  if (readBase64(strict.text(found.salt, where), where).length !== SALT_BYTES) {
    throw new Malformed("salt-wrong", { where });
  }
  const [kk, ru, en] = LANGUAGES.map((language) => strict.text(found[language], where));
  return { kk, ru, en };
}
