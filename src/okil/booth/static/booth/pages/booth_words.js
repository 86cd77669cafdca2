/** The words of the booth's page, in the language that is chosen now. */

/** @type {Object<string, Object<string, string>>} */
const WORDS = {};
for (const template of document.querySelectorAll("template[data-words]")) {
  const words = [...template.content.querySelectorAll("[data-word]")];
  WORDS[template.dataset.words] = Object.fromEntries(
    words.map((each) => [each.dataset.word, each.textContent]),
  );
}

let chosen = document.documentElement.lang;

export function language() {
  return chosen;
}

export function byId(id) {
  return document.getElementById(id);
}

/** One sentence, its {gaps} filled. */
export function word(key, gaps = {}) {
  return WORDS[chosen][key].replace(/\{(\w+)\}/g, (_, name) => String(gaps[name]));
}

export function say(id, key) {
  byId(id).textContent = word(key);
}

/** An element with this text. */
export function fill(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** Every fixed word of the page. */
export function speak() {
  document.documentElement.lang = chosen;
  for (const each of document.querySelectorAll("[data-say]")) {
    each.textContent = word(each.dataset.say);
  }
  for (const each of document.querySelectorAll("button[data-language]")) {
    if (each.dataset.language === chosen) each.setAttribute("aria-current", "true");
    else each.removeAttribute("aria-current");
  }
}

for (const button of document.querySelectorAll("button[data-language]")) {
  button.addEventListener("click", () => {
    chosen = button.dataset.language;
    dispatchEvent(new Event("words"));
  });
}
