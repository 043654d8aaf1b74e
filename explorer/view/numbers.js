/** Numbers as people read them: a true minus sign, only digits that matter, powers of ten in superscript. */

import { format } from "d3-format";

const superscript = (digits) => digits.replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));
const timesTenTo = (exponent) => (exponent === 0 ? "" : `·10${superscript(String(exponent))}`);

/** "1.5e-7", as d3-format writes it, as "1.5·10⁻⁷". @param {string} text */
export function withPower(text) {
  const [digits, exponent] = text.split("e");
  return `${digits}${Number(digits) === 0 ? "" : timesTenTo(Number(exponent))}`;
}

const fixed = [0, 1, 2, 3].map((digits) => format(`.${digits}f`));

/** A number with so many decimals, 0 to 3. @param {?number} value */
export const shown = (value, digits = 1) => (Number.isFinite(value) ? fixed[digits](value) : "not finite");

/** exp(value) with four digits, even if it is too small for a floating-point number. @param {number} value */
export function fromLog(value) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "0" : "infinite";
  const exponent = Math.floor(value / Math.LN10 + 1e-12);
  if (exponent >= -3 && exponent < 4) return Math.exp(value).toPrecision(4);
  // From 1 to 10. Rounding may make it 10, which is then written as 1 with the next power of ten.
  const [digits, more] = Math.exp(value - exponent * Math.LN10).toExponential(3).split("e");
  return `${digits}${timesTenTo(exponent + Number(more))}`;
}
