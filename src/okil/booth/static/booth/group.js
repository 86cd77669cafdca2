/**
 * The group BELENIOS-2048: its elements, its scalars, and fast powers (PROTOCOL.md, sections 2, 3).
 *
 * Elements are numbers modulo P whose Q-th power is 1; scalars are numbers modulo Q.
 */

import { sha256, wholeNumber } from "./encoding.js";
import { Malformed } from "./failures.js";
import * as strict from "./strict.js";

/** @typedef {bigint} Element */
/** @typedef {bigint} Scalar */

/**
 * Gives that many unpredictable bytes. The caller hands it in: `chance` below, or a test's own.
 *
 * @typedef {function(number): Uint8Array<ArrayBuffer>} Chance
 */

/**
 * Something that can be raised to a power.
 *
 * @typedef {{to: function(Scalar): Element}} Base
 */

export const NAME = "BELENIOS-2048";
export const P =
  20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719n;
export const Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441n;
export const G =
  2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627n;
export const IDENTITY = 1n;

export const ELEMENT_DIGITS = 617;
export const SCALAR_DIGITS = 77;

/**
 * The browser's own chance.
 *
 * @type {Chance}
 */
export function chance(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

/**
 * The element that `value` writes. Whether it is in the group is another question.
 *
 * @param {unknown} value
 * @param {string} where
 * @returns {Element}
 * @throws {Malformed}
 */
export function readElement(value, where) {
  const number = BigInt(strict.decimal(value, where, ELEMENT_DIGITS));
  if (number <= 0n || number >= P) throw new Malformed("element-out-of-range", { where });
  return number;
}

/**
 * The element that `value` writes, if it is in the group.
 *
 * @param {unknown} value
 * @param {string} where
 * @returns {Element}
 * @throws {Malformed}
 */
export function readMember(value, where) {
  const element = readElement(value, where);
  if (!isMember(element)) throw new Malformed("element-outside-group", { where });
  return element;
}

/**
 * A public key: an element of the group that is not the identity.
 *
 * @param {unknown} value
 * @param {string} where
 * @returns {Element}
 * @throws {Malformed}
 */
export function readKey(value, where) {
  const element = readMember(value, where);
  if (element === IDENTITY) throw new Malformed("identity-as-key", { where });
  return element;
}

/**
 * @param {unknown} value
 * @param {string} where
 * @returns {Scalar}
 * @throws {Malformed}
 */
export function readScalar(value, where) {
  const number = BigInt(strict.decimal(value, where, SCALAR_DIGITS));
  if (number >= Q) throw new Malformed("scalar-out-of-range", { where });
  return number;
}

/**
 * Membership (section 3). The cofactor is large: an unchecked element can leak a secret.
 *
 * @param {Element} element
 * @returns {boolean}
 */
export function isMember(element) {
  return element > 0n && element < P && power(element, Q) === IDENTITY;
}

/**
 * H(prefix; e1,...,en) of section 2.
 *
 * @param {string} prefix
 * @param {Element[]} elements
 * @returns {Promise<Scalar>}
 */
export async function hashToScalar(prefix, elements) {
  return wholeNumber(await sha256(prefix + elements.join(","))) % Q;
}

/**
 * A scalar; 48 bytes make the bias of the reduction smaller than 2^-128.
 *
 * @param {Chance} chance
 * @returns {Scalar}
 */
export function randomScalar(chance) {
  const bytes = chance(48);
  const scalar = wholeNumber(bytes) % Q;
  bytes.fill(0);
  return scalar;
}

/**
 * The number modulo Q, never negative.
 *
 * @param {bigint} number
 * @returns {Scalar}
 */
export function scalar(number) {
  const rest = number % Q;
  return rest < 0n ? rest + Q : rest;
}

/**
 * base^exponent for numbers that everybody may know.
 *
 * @param {Element} base
 * @param {bigint} exponent
 * @returns {Element}
 */
export function power(base, exponent) {
  const row = [IDENTITY];
  for (let i = 1; i < 16; i++) row.push((row[i - 1] * base) % P);
  let result = IDENTITY;
  for (const digit of exponent.toString(16)) {
    for (let i = 0; i < 4; i++) result = (result * result) % P;
    result = (result * row[parseInt(digit, 16)]) % P;
  }
  return result;
}

/*
 * Powers with secret exponents do the same multiplications whatever the exponent is, and never one
 * by the identity, which would be quicker: each entry of a table holds one power more than its
 * place says, and what this adds is taken from the exponent beforehand. (How long BigInt takes for
 * one multiplication is the browser's affair.) This holds for bases of order Q only.
 */

const DIGITS = 64;
const ADDED_BY_DIGITS = (16n ** BigInt(DIGITS) - 1n) / 15n;

/**
 * base^exponent, where the exponent is a secret and the base is known to be in the group.
 *
 * @param {Element} base
 * @param {Scalar} exponent
 * @returns {Element}
 */
export function secretPower(base, exponent) {
  const row = [base];
  for (let i = 1; i < 16; i++) row.push((row[i - 1] * base) % P);
  const digits = scalar(exponent - ADDED_BY_DIGITS)
    .toString(16)
    .padStart(DIGITS, "0");
  let result = row[parseInt(digits[0], 16)];
  for (let place = 1; place < DIGITS; place++) {
    for (let i = 0; i < 4; i++) result = (result * result) % P;
    result = (result * row[parseInt(digits[place], 16)]) % P;
  }
  return result;
}

/** An element that is raised once, to a power that everybody may know. */
export class PlainBase {
  #element;

  /** @param {Element} element */
  constructor(element) {
    this.#element = element;
  }

  /**
   * @param {Scalar} exponent
   * @returns {Element}
   */
  to(exponent) {
    return power(this.#element, exponent);
  }
}

const TEETH = 8;
const TABLES = 4;
const ADDED_BY_TABLES = BigInt(TABLES) * (2n ** 8n - 1n);

/**
 * An element of the group that is raised often, to secret powers: the comb of Lim and Lee (1994).
 *
 * The 32 bytes of the exponent lie in eight rows of four. A column of eight bits, one from each
 * row, is one digit; each of the four columns of bytes has its own table. So a power costs 7
 * squarings and 31 multiplications, the tables 1,276. They are made when first needed; larger ones
 * would cost more than one ballot saves.
 */
export class FixedBase {
  #element;
  /** @type {Element[][]} */
  #tables = [];

  /** @param {Element} element */
  constructor(element) {
    this.#element = element;
  }

  /** Makes the tables, if they are not there yet. */
  prepare() {
    if (this.#tables.length > 0) return;
    /** @type {Element[][]} for each table the teeth: element^(2^(8 table + 32 tooth)) */
    const teeth = Array.from({ length: TABLES }, () => []);
    let tooth = this.#element;
    for (let byte = 0; byte < TEETH * TABLES; byte++) {
      teeth[byte % TABLES].push(tooth);
      for (let i = 0; i < 8; i++) tooth = (tooth * tooth) % P;
    }
    this.#tables = teeth.map((own) => {
      const table = [this.#element];
      for (const each of own) table.push(...table.map((entry) => (entry * each) % P));
      return table;
    });
  }

  /**
   * @param {Scalar} exponent
   * @returns {Element}
   */
  to(exponent) {
    this.prepare();
    const bytes = littleEndian(scalar(exponent - ADDED_BY_TABLES));
    let result = this.#factor(bytes, 0, 7);
    for (let table = 1; table < TABLES; table++) {
      result = (result * this.#factor(bytes, table, 7)) % P;
    }
    for (let bit = 6; bit >= 0; bit--) {
      result = (result * result) % P;
      for (let table = 0; table < TABLES; table++) {
        result = (result * this.#factor(bytes, table, bit)) % P;
      }
    }
    bytes.fill(0);
    return result;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} table
   * @param {number} bit
   */
  #factor(bytes, table, bit) {
    let digit = 0;
    for (let tooth = 0; tooth < TEETH; tooth++) {
      digit |= ((bytes[TABLES * tooth + table] >> bit) & 1) << tooth;
    }
    return this.#tables[table][digit];
  }
}

/** @param {Scalar} exponent */
function littleEndian(exponent) {
  const view = new DataView(new ArrayBuffer(TEETH * TABLES));
  for (let place = 0n; place < 4n; place++) {
    view.setBigUint64(8 * Number(place), BigInt.asUintN(64, exponent >> (64n * place)), true);
  }
  return new Uint8Array(view.buffer);
}

/**
 * 1 / number modulo `modulus`, by Euclid.
 *
 * @param {bigint} number
 * @param {bigint} [modulus]
 * @returns {bigint}
 */
export function inverse(number, modulus = P) {
  let [a, b] = [modulus, number % modulus];
  let [s, t] = [0n, 1n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [s, t] = [t, s - quotient * t];
  }
  return s < 0n ? s + modulus : s;
}

export const generator = new FixedBase(G);
