/** The contests of an election as fields: from `minimum` to `maximum` answers, or a blank ballot. */

import { byId, fill, language, word } from "./booth_words.js";

const BLANK = -1;

export class Contests {
  #contests;

  /** `onChange` is called when the voter changes anything. */
  constructor(election, names, onChange) {
    this.#contests = election.questions.map(
      (question, place) => new Contest(question, names[place], place, onChange),
    );
    byId("contests").replaceChildren(...this.#contests.map(({ element }) => element));
  }

  relabel() {
    for (const each of this.#contests) each.relabel();
  }

  /** The least number of the first contest that is not ready; null if all are. */
  unready() {
    const found = this.#contests.find((each) => !each.isReady());
    return found ? found.question.minimum : null;
  }

  bits() {
    return this.#contests.map((each) => each.bits());
  }

  chosen() {
    return this.#contests.map((each) => each.told());
  }
}

class Contest {
  constructor(question, names, place, onChange) {
    this.question = question;
    this.names = names;
    this.element = document.createElement("fieldset");
    this.element.className = "choice";
    this.legend = document.createElement("legend");
    this.hint = fill("p", "");
    this.count = fill("p", "");
    this.count.className = "soft small";
    this.count.setAttribute("role", "status");
    const answers = question.answers.map((_, answer) => answer);
    if (question.blank) answers.push(BLANK);
    this.fields = answers.map((answer) => this.#field(answer, place, onChange));
    const labels = this.fields.map(({ label }) => label);
    this.element.append(this.legend, this.hint, ...labels, this.count);
  }

  #field(answer, place, onChange) {
    const label = document.createElement("label");
    label.className = "pick";
    const input = document.createElement("input");
    // A choice that may be left out must be possible to take back, which radio buttons do not allow.
    input.type = this.question.maximum === 1 && this.question.minimum === 1 ? "radio" : "checkbox";
    input.name = `contest-${place}`;
    input.value = String(answer);
    input.autocomplete = "off";
    const name = document.createElement("b");
    const span = document.createElement("span");
    span.append(name);
    label.append(input, span);
    input.addEventListener("change", () => {
      this.#settle(answer);
      onChange();
    });
    return { answer, label, input, name };
  }

  /** Blank excludes the others; when all are chosen the rest is closed: nobody can choose too many. */
  #settle(changed) {
    const isOn = this.fields.find(({ answer }) => answer === changed).input.checked;
    for (const { answer, input } of this.fields) {
      const excluded = (changed === BLANK) !== (answer === BLANK);
      if (isOn && excluded) input.checked = false;
    }
    const isFull = this.countOf() >= this.question.maximum;
    for (const { answer, input } of this.fields) {
      const mayClose = input.type === "checkbox" && answer !== BLANK;
      input.disabled = mayClose && isFull && !input.checked;
    }
    this.#tellCount();
  }

  #isOn(answer) {
    return this.fields.some((each) => each.answer === answer && each.input.checked);
  }

  countOf() {
    return this.question.answers.filter((_, answer) => this.#isOn(answer)).length;
  }

  isReady() {
    return (this.question.blank && this.#isOn(BLANK)) || this.countOf() >= this.question.minimum;
  }

  bits() {
    const bits = this.question.answers.map((_, answer) => Number(this.#isOn(answer)));
    return this.question.blank ? [Number(this.#isOn(BLANK)), ...bits] : bits;
  }

  relabel() {
    const { minimum: least, maximum: most } = this.question;
    this.legend.textContent = this.names.title?.[language()] ?? this.question.title;
    const exactly = most === 1 ? "choose-one" : "choose-exactly";
    const some = least === 0 ? "choose-up-to" : "choose-between";
    this.hint.textContent = word(least === most ? exactly : some, { least, most });
    for (const { answer, name } of this.fields) name.textContent = this.#called(answer);
    this.#tellCount();
  }

  #tellCount() {
    const { maximum: most } = this.question;
    this.count.textContent = most > 1 ? word("chosen", { count: this.countOf(), most }) : "";
  }

  #called(answer) {
    if (answer === BLANK) return word(this.question.answers.length === 1 ? "against" : "blank");
    return this.names.answers[answer]?.[language()] ?? word("withdrawn", { number: answer + 1 });
  }

  told() {
    const on = this.fields.filter(({ input }) => input.checked);
    return {
      title: this.legend.textContent,
      names: on.map(({ answer }) => this.#called(answer)),
      count: this.countOf(),
      most: this.question.maximum,
      blank: this.#isOn(BLANK),
    };
  }
}
