/** Packing: runs in the form that history.js reads from a kernel, and data from the page's files. */

import { FULL } from "../history.js";
import { clamp } from "../mathematics.js";
import { endInWords, frameInWords, sentenceOf } from "./words.js";

/** Bytes of a text in base 64. @returns {Uint8Array} */
export const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Bits from bytes. Each byte has eight bits, and the first bit is the highest (numpy's packbits). */
export const bitsOf = (bytes, count) =>
  Uint8Array.from({ length: count }, (_, i) => (bytes[i >> 3] >> (7 - (i & 7))) & 1);

/** Numbers for the view, with null for a number that is not finite. @param {number|ArrayLike} value */
const plain = (value) => {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  return Array.from(value, plain);
};

const view = (array) => new DataView(array.buffer);

/** Responsibilities of these rows, in two bytes each. @param {Float64Array} resp */
function packedResp(tables, rows, K) {
  const packed = new Uint16Array(tables.length * rows.length * K);
  let at = 0;
  for (const resp of tables) {
    for (const n of rows) {
      for (let k = 0; k < K; k++) packed[at++] = Math.round(FULL * clamp(resp[n * K + k] || 0, 0, 1));
    }
  }
  return view(packed);
}

/** The images of all components, frame after frame. @param {Float64Array[][]} images */
function packedImages(images) {
  const size = images[0][0].length;
  const packed = new Float32Array(images.length * images[0].length * size);
  images.flat().forEach((image, i) => packed.set(image, i * size));
  return view(packed);
}

/** The tables of a run, by the last part of their names. @returns {Record<string, DataView>} */
export function tablesOf(frames, rows, kind) {
  const seen = frames.filter(({ half }) => half === "E").map(({ resp }) => resp);
  const resp = packedResp(seen, rows, frames[0].counts.length);
  if (kind !== "digits") return { resp };
  const own = frames.filter(({ half }) => half !== "E");
  return { resp, params: packedImages(own.map(({ params }) => params.means)) };
}

function shownFrame(book, frame, before, kind) {
  const { iteration, half, params } = frame;
  const laws = frame.lights.map((light) =>
    ({ key: light.law.key, law: light.law.label, ok: light.ok, sentence: sentenceOf(light) }));
  const values = { weights: params.weights, counts: frame.counts, loglik: frame.loglik, bound: frame.bound };
  const geometry = kind === "digits" ? {} : { means: params.means, covariances: params.covariances };
  const numbers = Object.entries({ ...values, ...geometry }).map(([name, value]) => [name, plain(value)]);
  return { iteration, half, ...Object.fromEntries(numbers), laws, words: frameInWords(book, frame, before, kind) };
}

/** A run as the view reads it. @param {import("./runs.js").Made} made */
export function shownRun(book, { frames, ending }, { name, parent = null, at = null }, kind) {
  let [resp, own] = [-1, -1];
  const shown = frames.map((frame, i) => {
    if (frame.half === "E") resp += 1;
    else own += 1;
    const places = { resp, params: kind === "digits" ? own : -1 };
    return { ...shownFrame(book, frame, frames[i - 1] ?? null, kind), ...places };
  });
  return { name, parent, at, frames: shown, error: null, end: endInWords(book, ending) };
}
