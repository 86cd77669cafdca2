/**
 * Something has not the form that PROTOCOL.md gives it.
 *
 * `reason` is a short code, the same as in Python; the sentences for it belong to the page. `facts`
 * fill the gaps of the sentence; no secret is ever among them.
 */
export class Malformed extends Error {
  /**
   * @param {string} reason
   * @param {Object<string, string | number>} facts
   */
  constructor(reason, facts) {
    super(reason);
    this.name = "Malformed";
    this.reason = reason;
    this.facts = facts;
  }
}
