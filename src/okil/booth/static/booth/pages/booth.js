/**
 * The booth: ticket, code, choice, review, encryption, receipt.
 *
 * The ticket leaves the address at once. Code and choice stay in this page and in the worker that
 * encrypts; what is sent is the ticket and the ballot. Nothing is stored: no cookie, no storage.
 */

import { typedCode } from "../credentials.js";
import { readElection } from "../election.js";
import { canonicalJson } from "../encoding.js";
import { Malformed } from "../failures.js";
import { readNames } from "../names.js";
import { requireSigned } from "../statements.js";
import { Work } from "../work.js";
import { Contests } from "./booth_contests.js";
import { scanned } from "./booth_scan.js";
import { byId, fill, language, say, speak, word } from "./booth_words.js";

const STEPS = ["ticket", "code", "choose", "review", "encrypt", "done", "refused", "over"];
const NUMBERS = { ticket: 1, code: 1, choose: 2, review: 3, encrypt: 4, done: 5 };
const LONGEST_WAIT = 30_000;
const BACK_TO_CODE = ["code-unknown", "ticket-has-another-code", "code-has-another-ticket"];

const booth = byId("booth");
const nothing = () => ({ ticket: "", code: "", told: null, contests: null, ballot: null });
let own = nothing();
let step = "ticket";
let work = null;
let receipt = null;
let progressWord = "encrypting";

function show(next) {
  step = next;
  for (const each of STEPS) byId(`at-${each}`).hidden = each !== next;
  relabel();
  byId("heading").focus();
  scrollTo(0, 0);
}

/** All words of the page in the language chosen; what was typed and chosen stays. */
function relabel() {
  speak();
  const heading = byId("heading-words");
  heading.textContent = word(`${step}-heading`);
  heading.className = step === "done" ? "mark ok" : "";
  document.title = `${word("title")} – Okil`;
  byId("step").textContent = step in NUMBERS ? word("step", { step: NUMBERS[step] }) : "";
  const { told, contests } = own;
  byId("group").textContent = told ? (told.group[language()] ?? Object.values(told.group)[0]) : "";
  byId("closes").textContent = told?.closes
    ? word("closes", { moment: told.closes[language()] })
    : "";
  contests?.relabel();
  if (step === "review") review();
  if (step === "encrypt") say("progress-said", progressWord);
  if (step === "done") fillDone();
}

async function ask(address, body) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: canonicalJson({ ...body, language: language() }),
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
  });
}

function wrong(field, sentence) {
  byId(`${field}-error`).textContent = sentence;
  byId(field).setAttribute("aria-invalid", String(Boolean(sentence)));
  if (sentence) byId(field).focus();
}

async function open() {
  let answer;
  let told;
  try {
    answer = await ask(booth.dataset.open, { ticket: own.ticket });
    told = await answer.json();
  } catch {
    return wrong("ticket", word("no-connection"));
  }
  if (!answer.ok) return wrong("ticket", told.sentence ?? word("no-connection"));
  try {
    const election = await readElection(told.election);
    const names = await readNames(election, told.names);
    own.told = { ...told, uuid: election.uuid };
    own.contests = new Contests(election, names, () => (own.ballot = null));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return refuse(word("names-wrong"));
  }
  byId("used").hidden = !told.used;
  byId("rehearsal").hidden = !told.rehearsal;
  work = new Work();
  show("code");
}

byId("ticket-form").addEventListener("submit", (event) => {
  event.preventDefault();
  own.ticket = byId("ticket").value.trim();
  wrong("ticket", "");
  void open();
});

byId("code-form").addEventListener("submit", (event) => {
  event.preventDefault();
  takeCode(byId("code").value);
});

function takeCode(typed) {
  try {
    const code = typedCode(typed);
    if (code !== own.code) own.ballot = null;
    own.code = code;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return wrong("code", word(error.reason));
  }
  own.typed = typed;
  wrong("code", "");
  show("choose");
}

byId("choose-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const least = own.contests.unready();
  byId("choose-error").textContent = least === null ? "" : word("too-few", { least });
  if (least === null) show("review");
});

function review() {
  const told = own.contests.chosen();
  const rows = told.flatMap(({ title, names }) => [
    fill("dt", title),
    fill("dd", names.join(", ") || word("nobody")),
  ]);
  byId("review").replaceChildren(...rows);
  const fewer = told.filter(({ count, most, blank }) => !blank && count < most);
  const warnings = fewer.map(({ count, most }) => {
    const warning = fill("p", word("fewer", { count, most }));
    warning.className = "note is-warn";
    return warning;
  });
  byId("fewer").replaceChildren(...warnings);
}

byId("change").addEventListener("click", () => show("choose"));
byId("send").addEventListener("click", () => void send());

function progress(key, share = null) {
  progressWord = key;
  say("progress-said", key);
  if (share !== null) byId("progress").value = share;
  byId("again").hidden = key !== "torn";
}

async function send() {
  progress("encrypting", 0);
  show("encrypt");
  if (own.ballot === null) {
    try {
      const given = {
        election: own.told.election,
        code: own.typed,
        choices: own.contests.bits(),
      };
      const running = work ?? new Work();
      work = null;
      own.ballot = await running.run("encryptBallot", given, ({ done, total }) => {
        byId("progress").value = done / total;
      });
    } catch {
      return refuse(word("broken"));
    }
  }
  await deliver();
}

/** The same ballot, until the server has answered. */
async function deliver() {
  const { ticket, ballot } = own;
  for (let wait = 1000; own.ballot === ballot; wait = Math.min(2 * wait, LONGEST_WAIT)) {
    progress("sending", 1);
    const answer = await answered(ticket, ballot.ballot);
    if (own.ballot !== ballot) return;
    if (answer?.ok) return accept(answer.said);
    if (answer) return refuseCast(answer.said);
    progress("torn");
    await pause(wait);
  }
}

async function answered(ticket, ballot) {
  try {
    const answer = await ask(booth.dataset.cast, { ticket, ballot });
    if (answer.status >= 500 || answer.status === 429) return null;
    return { ok: answer.ok, said: await answer.json() };
  } catch {
    return null; // no connection, or an answer that broke off
  }
}

function pause(wait) {
  return new Promise((resolve) => {
    setTimeout(resolve, wait);
    addEventListener("online", resolve, { once: true });
    byId("again").addEventListener("click", resolve, { once: true });
  });
}

async function accept(said) {
  let checked = "receipt-good";
  try {
    await requireSigned("receipt", said, own.told.key);
    if (said.tracker !== own.ballot.tracker || said.uuid !== own.told.uuid) checked = "receipt-wrong";
  } catch (error) {
    checked = error instanceof Malformed ? "receipt-wrong" : "receipt-unchecked";
  }
  receipt = { said, checked, tracker: own.ballot.tracker };
  own = { ...nothing(), told: own.told };
  forgetChoice();
  show("done");
}

function fillDone() {
  const groups = receipt.tracker.match(/.{1,4}/g).join(" ");
  byId("tracker").textContent = groups;
  byId("short").textContent = word("done-short", { start: groups.slice(0, 9) });
  say("receipt", receipt.checked);
}

function refuseCast({ code, sentence }) {
  own.ballot = null;
  if (BACK_TO_CODE.includes(code)) own.code = "";
  refuse(sentence ?? word("broken"));
}

function refuse(sentence) {
  byId("refused").textContent = sentence;
  byId("start-over").hidden = own.contests === null;
  show("refused");
}

byId("start-over").addEventListener("click", () => show("code"));
byId("print").addEventListener("click", () => print());
byId("save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([canonicalJson(receipt.said)]));
  link.download = "receipt.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
byId("finish").addEventListener("click", () => {
  clear();
  show("over");
});

function forgetChoice() {
  for (const id of ["ticket", "code"]) byId(id).value = "";
  for (const id of ["contests", "review", "fewer"]) byId(id).replaceChildren();
}

function clear() {
  own = nothing();
  receipt = null;
  work?.end();
  work = null;
  forgetChoice();
  for (const id of ["tracker", "short", "receipt", "refused"]) byId(id).textContent = "";
}

// Who comes back by the browser's button finds nothing.
addEventListener("pagehide", clear);
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
addEventListener("words", relabel);

function takeTicket() {
  const ticket = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  return decodeURIComponent(ticket);
}

own.ticket = takeTicket();
booth.hidden = false;
byId("languages").hidden = false;
show("ticket");
byId("scan").hidden = !("BarcodeDetector" in window);
byId("scan").addEventListener("click", async () => {
  const found = await scanned(byId("camera"));
  if (step !== "code") return;
  if (found === null) wrong("code", word("scan-none"));
  else takeCode(found);
});
if (own.ticket) void open();
