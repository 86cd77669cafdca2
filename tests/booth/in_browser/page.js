/** What a page of the booth does with `work.js`; the tests' stand-in for pages that come later. */

import { Work } from "/static/booth/work.js";

/**
 * The outcome of a task in a form that Python can read.
 *
 * @param {string} task
 * @param {Object<string, any>} given
 */
export async function outcome(task, given) {
  const progress = [];
  try {
    const result = await new Work().run(task, given, (each) => progress.push(each));
    return { result, progress };
  } catch (error) {
    return { error: error.reason ?? error.message, facts: error.facts ?? null, progress };
  }
}

/** As `outcome`, with the archive in Base64. */
export function outcomeWithArchive(task, { archive, ...given }) {
  const bytes = Uint8Array.from(atob(archive), (letter) => letter.charCodeAt(0));
  return outcome(task, { ...given, archive: bytes });
}

/** Opens the booth: from now on the network is not needed. */
export async function openBooth() {
  const work = new Work();
  await work.ready;
  return work;
}

/** Casts with the code that stands in the field, and leaves the field empty. */
export async function castFromField(work, election, choices) {
  const field = document.querySelector("#code");
  const given = { election, code: field.value, choices };
  field.value = "";
  const cast = work.run("encryptBallot", given); // copies at once
  given.code = "";
  return (await cast).tracker;
}
