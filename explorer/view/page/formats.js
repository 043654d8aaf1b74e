/** Formats: fill in a text's slots as Python's str.format does, for the few formats that the texts use. */

/** Digits after the point; a number half-way between two goes to the even one. */
function fixed(value, digits) {
  const scaled = Math.abs(value) * 10 ** digits;
  if (scaled % 1 !== 0.5 || scaled / 10 ** digits !== Math.abs(value)) return value.toFixed(digits);
  return (Math.sign(value) * 2 * Math.round(scaled / 2) / 10 ** digits).toFixed(digits);
}

/** So many digits that say something, without zeros at the end; a power of ten for very small and large. */
function general(value, digits) {
  const [head, exponent] = value.toExponential(digits - 1).split("e");
  const power = Number(exponent);
  const short = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (power >= -4 && power < digits) return short(value.toFixed(digits - 1 - power));
  return `${short(head)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

const WRITERS = { f: fixed, g: general };

/** A value as `{name:.3g}` asks for. @param {string} format what is between the colon and the brace */
function written(value, format) {
  if (!format) return String(value);
  const [, digits, kind] = /^(?:\.(\d+))?([fg])$/.exec(format);
  return WRITERS[kind](value, Number(digits ?? 6));
}

/** The text with its slots filled in. @param {string} text @param {Record<string, unknown>} values */
export const fillIn = (text, values = {}) =>
  text.replace(/\{(\w+)(?::([^}]*))?\}/g, (_, name, format) => written(values[name], format));
