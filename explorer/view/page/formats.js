/** Formats: fill the slots of a text as Python's str.format does, for the few formats that the texts use. */

/** A number with fixed digits after the point. A number half-way between two is rounded to the even one. */
function fixed(value, digits) {
  const scaled = Math.abs(value) * 10 ** digits;
  if (scaled % 1 !== 0.5 || scaled / 10 ** digits !== Math.abs(value)) return value.toFixed(digits);
  return (Math.sign(value) * 2 * Math.round(scaled / 2) / 10 ** digits).toFixed(digits);
}

/** So many significant digits, without zeros at the end. Very small and large numbers get a power of ten. */
function general(value, digits) {
  const [head, exponent] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  const short = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (power >= -4 && power < digits) return short(value.toFixed(digits - 1 - power));
  return `${short(head)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

const WRITERS = { f: fixed, g: general };

/** A value in a format such as `{name:.3g}`. @param {string} format the text between colon and brace */
function written(value, format) {
  if (!format) return String(value);
  const [, digits, kind] = /^(?:\.(\d+))?([fg])$/.exec(format);
  return WRITERS[kind](value, Number(digits ?? 6));
}

/** The text with filled slots. @param {string} text @param {Record<string, unknown>} values */
export const fillIn = (text, values = {}) =>
  text.replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, format) => written(values[name], format));
