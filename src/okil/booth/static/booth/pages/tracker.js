/**
 * Looks a ballot up by its tracker in the whole board, which this browser fetches: nobody is told
 * which ballot was asked for.
 */

import { readArchive } from "../archive.js";
import { base64Text, readCanonicalJson, readHex, readJson } from "../encoding.js";
import { Malformed } from "../failures.js";
import { requireSigned } from "../statements.js";

/** @typedef {{tracker: string, height: number, counts: boolean}} Ballot */
/** @typedef {{uuid: string, number: number, height: number, event: string}} Head */
/** @typedef {{ballots: Ballot[], heads: Head[], signed: boolean}} Board */

const FEWEST_CHARACTERS = 8;

const form = /** @type {HTMLFormElement} */ (document.getElementById("look"));
const boards = /** @type {HTMLSelectElement} */ (document.getElementById("board"));
const typed = /** @type {HTMLInputElement} */ (document.getElementById("tracker"));
const saved = /** @type {HTMLInputElement} */ (document.getElementById("receipt"));
const found = /** @type {HTMLElement} */ (document.getElementById("found"));
const problem = /** @type {HTMLElement} */ (document.getElementById("tracker-error"));

form.hidden = false;
const asked = location.hash.slice(1);
if ([...boards.options].some(({ value }) => value === asked)) boards.value = asked;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const tracker = typed.value.replace(/\s/g, "").replace(/=+$/, "");
  const file = saved.files?.[0];
  problem.textContent = "";
  if (file === undefined && tracker.length < FEWEST_CHARACTERS) {
    problem.textContent = sentence("empty").textContent;
    typed.focus();
    return;
  }
  show(sentence("busy"));
  try {
    show(...(await search(tracker, file)));
  } catch (error) {
    show(sentence(error instanceof Malformed ? "chain-wrong" : "no-network"));
  }
  found.focus();
});

/**
 * What to say about this tracker, or about the ballot of this receipt.
 *
 * @param {string} tracker
 * @param {File | undefined} file
 * @returns {Promise<HTMLElement[]>}
 */
async function search(tracker, file) {
  const uuid = boards.value;
  const board = await fetchBoard(uuid, boards.selectedOptions[0].dataset.base ?? "");
  const chain = sentence(board.signed ? "signatures" : "no-signatures");
  if (file === undefined) return [...aboutTracker(board, tracker), chain];
  const receipt = await readReceipt(await file.text(), uuid);
  if (receipt === null) return [sentence("receipt-wrong")];
  // Unless its signature was checked, a receipt promises nothing.
  const about = receipt.signed ? aboutReceipt(board, receipt) : aboutTracker(board, receipt.tracker);
  return [...about, chain];
}

/**
 * @param {Board} board
 * @param {string} tracker
 */
function aboutTracker({ ballots, heads }, tracker) {
  const same = ballots.filter((ballot) => ballot.tracker.startsWith(tracker));
  if (same.length === 0) return [sentence("missing", { head: heads.at(-1)?.number ?? 0 })];
  return same.length > 1 ? [sentence("several")] : [aboutBallot(same[0], heads)];
}

/**
 * @param {Board} board
 * @param {{tracker: string, after_head: number}} receipt
 */
function aboutReceipt({ ballots, heads }, { tracker, after_head: after }) {
  const ballot = ballots.find((each) => each.tracker === tracker);
  if (ballot !== undefined) return [aboutBallot(ballot, heads)];
  const next = after + 1;
  const isDue = heads.some(({ number }) => number >= next);
  return [sentence(isDue ? "broken-promise" : "not-due", { next })];
}

/**
 * @param {Ballot} ballot
 * @param {Head[]} heads
 */
function aboutBallot({ height, counts }, heads) {
  const head = heads.find((each) => each.height >= height)?.number ?? "?";
  return sentence(counts ? "counts" : "replaced", { head });
}

/**
 * The board as this server gives it out, its chain and heads checked.
 *
 * @param {string} uuid
 * @param {string} base
 * @returns {Promise<Board>}
 * @throws {Malformed}
 */
async function fetchBoard(uuid, base) {
  // The heads first: what is written in between makes the archive longer, never a head too many.
  const heads = readJson(await (await fetched(`${base}${uuid}/heads.json`)).text());
  const archive = await (await fetched(`${base}${uuid}.bel`)).arrayBuffer();
  const events = await readArchive(new Uint8Array(archive));
  if (readCanonicalJson(events[0].records[0].body).uuid !== uuid) {
    throw new Malformed("another-election", { where: "archive" });
  }
  let signed = true;
  for (const head of heads) {
    signed = (await isSigned("head", head)) && signed;
    if (head.uuid !== uuid || events[head.height]?.hash !== head.event) {
      throw new Malformed("head-not-in-chain", { where: `head ${head.number}` });
    }
  }
  // A head written since the heads were fetched is left for the next look.
  const end = heads.at(-1)?.height ?? 0;
  return { ballots: ballotsOf(events.slice(0, end + 1)), heads, signed };
}

/** @param {import("../archive.js").Event[]} events */
function ballotsOf(events) {
  const last = new Map();
  const cast = [];
  for (const [height, { kind, records }] of events.entries()) {
    if (kind !== "Ballot") continue;
    const { credential } = readCanonicalJson(records[0].body);
    last.set(credential, height);
    cast.push({ height, credential, hash: records[0].hash });
  }
  return cast.map(({ height, credential, hash }) => ({
    tracker: base64Text(readHex(hash, "tracker")),
    height,
    counts: last.get(credential) === height,
  }));
}

/**
 * The receipt in this text; null if it is none for this board, or the server did not sign it.
 *
 * @param {string} text
 * @param {string} uuid
 */
async function readReceipt(text, uuid) {
  try {
    const receipt = readJson(text);
    const signed = await isSigned("receipt", receipt);
    return receipt.uuid === uuid ? { ...receipt, signed } : null;
  } catch (error) {
    if (error instanceof Malformed || error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * Whether the signature was checked: a browser older than 2025 cannot.
 *
 * @param {"head" | "receipt"} kind
 * @param {unknown} statement
 * @throws {Malformed} if the board's key did not sign it
 */
async function isSigned(kind, statement) {
  try {
    await requireSigned(kind, statement, form.dataset.key ?? "");
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}

/** @param {string} address */
async function fetched(address) {
  const response = await fetch(address, { credentials: "omit", cache: "no-cache" });
  if (!response.ok) throw new Error("not fetched");
  return response;
}

/**
 * The sentence of this name as the page has it, its gaps filled.
 *
 * @param {string} name
 * @param {Object<string, string | number>} facts
 */
function sentence(name, facts = {}) {
  const words = /** @type {HTMLElement} */ (document.querySelector(`[data-say="${name}"]`));
  const copy = /** @type {HTMLElement} */ (words.cloneNode(true));
  copy.textContent = (copy.textContent ?? "").replace(/\{(\w+)\}/g, (gap, key) =>
    String(facts[key] ?? gap),
  );
  return copy;
}

/** @param {HTMLElement[]} sentences */
function show(...sentences) {
  for (const each of sentences) delete each.dataset.say;
  found.replaceChildren(...sentences);
}
