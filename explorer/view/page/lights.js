/**
 * Lights: which laws hold at a moment. Names, tolerances and sentences come from Python (the book). The
 * page's own steps cannot break every law. For example, shares from softmax always sum to 1.
 */

import { cholesky } from "../mathematics.js";
import { smallestEigenvalue } from "./eigenvalues.js";

/** @typedef {import("./moments.js").Moment} Moment */

const kept = { ok: true };
const unseen = { ok: null };
const broken = (values) => ({ ok: false, values });
const isFinite = (array) => array.every(Number.isFinite);
const isNumber = (value) => !Number.isNaN(value);

/** A number that is not finite, as Python writes it. */
const named = (value) => (Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");

/** The place of the first number that is not finite in nested arrays, with this number; or null. */
function firstNotFinite(array, place = []) {
  // nearly all arrays are finite, and this test is quick
  if (typeof array[0] === "number" && isFinite(array)) return null;
  for (const [i, each] of array.entries()) {
    if (typeof each !== "number") {
      const found = firstNotFinite(each, [...place, i]);
      if (found) return found;
    } else if (!Number.isFinite(each)) return { place: [...place, i], value: each };
  }
  return null;
}

/** The parts of a moment that must be finite, by their names. @param {Moment} now */
function partsOf({ resp, counts, params }) {
  const K = counts.length;
  const rows = resp && Array.from({ length: resp.length / K }, (_, n) => resp.subarray(n * K, (n + 1) * K));
  return Object.entries({ Resp: rows, Weights: params.weights, Means: params.means, Covariances: params.covariances });
}

function finite(now) {
  for (const [name, part] of partsOf(now)) {
    const found = part && firstNotFinite(part);
    if (found) return broken({ place: `${name}[${found.place.join(", ")}]`, value: named(found.value) });
  }
  return kept;
}

function covariances({ params }) {
  if (!isFinite(params.covariances.flat(2))) return unseen;
  const k = params.covariances.findIndex((matrix) => !cholesky(matrix));
  return k < 0 ? kept : broken({ k, value: smallestEigenvalue(params.covariances[k]) });
}

function touches({ half, loglik, bound }, tolerance) {
  if (half !== "E" || !(isNumber(loglik) && isNumber(bound))) return unseen;
  const value = loglik - bound;
  return Math.abs(value) <= tolerance * Math.max(1, Math.abs(loglik)) ? kept : broken({ value });
}

function climbs({ loglik, previous }, tolerance) {
  if (!(isNumber(loglik) && isNumber(previous))) return unseen;
  const value = previous - loglik;
  return value > tolerance * Math.max(1, Math.abs(previous)) ? broken({ value }) : kept;
}

const keptWhere = (seen) => (now) => (seen(now) ? kept : unseen);

const LOOKS = {
  shapes: () => kept,
  inputs: () => kept,
  rows: keptWhere(({ resp }) => resp !== null && isFinite(resp)),
  weights: keptWhere(({ params }) => isFinite(params.weights)),
  probabilities: keptWhere(({ params }) => params.means.every(isFinite)),
  finite,
  covariances,
  touches,
  climbs,
};

/**
 * A light for each law of the book at this moment.
 * @param {Moment} now @param {{key: string, tolerance?: number}[]} laws
 */
export const lightsOf = (now, laws) => laws.map((law) => ({ law, ...LOOKS[law.key](now, law.tolerance) }));
