/** Moments: the start, after an E-step, after an M-step, on all rows, as in explorer/moment.py. */

import { times } from "../mathematics.js";

/**
 * @typedef {{iteration: number, half: "start"|"E"|"M", params: object, counts: number[], resp: ?Float64Array,
 *   scores: ?Float64Array, loglik: number, previous: number, bound: number}} Moment
 * @typedef {{family: object, data: {N: number, D: number}, book: object}} Engine
 */

/** The largest number of row n of a table with K columns. */
function largestIn(table, n, K) {
  let top = -Infinity;
  for (let i = n * K; i < (n + 1) * K; i++) if (table[i] > top) top = table[i];
  return top;
}

/** The sum of exp(number - top) over row n. */
function sumOfExp(table, n, K, top) {
  let total = 0;
  for (let i = n * K; i < (n + 1) * K; i++) total += Math.exp(table[i] - top);
  return total;
}

/** log weight plus log density, or null if these parameters are not a mixture. */
function scoresOrNull({ family, data }, params) {
  const all = params.weights.reduce((total, weight) => total + weight, 0);
  const table = family.scores(data, params, params.weights.map((weight) => Math.log(weight / all)));
  return table?.some(Number.isNaN) ? null : table;
}

/** The sum over points of the log of the sum over components. */
function loglikelihood(scores, N, K) {
  let total = 0;
  for (let n = 0; n < N; n++) {
    const top = largestIn(scores, n, K);
    total += top === -Infinity ? top : top + Math.log(sumOfExp(scores, n, K, top));
  }
  return total;
}

/**
 * The responsibilities: each row of scores through softmax (Bishop 2006, 9.23 and 9.56). The largest score is
 * subtracted before the sum, so that a share of 1 is exactly 1.
 */
function responsibilities(scores, N, K) {
  const resp = new Float64Array(N * K);
  for (let n = 0; n < N; n++) {
    const top = largestIn(scores, n, K);
    const whole = sumOfExp(scores, n, K, top);
    for (let i = n * K; i < (n + 1) * K; i++) resp[i] = Math.exp(scores[i] - top) / whole;
  }
  return resp;
}

/** The lower bound that these responsibilities give (Bishop 2006, 9.71), for rows that sum to 1. */
function boundOf({ scores, resp }) {
  if (!scores || !resp) return NaN;
  let total = 0;
  for (let i = 0; i < resp.length; i++) {
    if (!(resp[i] <= 0)) total += resp[i] * (scores[i] - Math.log(resp[i]));
  }
  return total;
}

const withBound = (now) => ({ ...now, bound: boundOf(now) });

/** A moment with the log-likelihood of its parameters. @param {Moment} now @param {Engine} engine */
function scored(now, engine) {
  const scores = scoresOrNull(engine, now.params);
  const loglik = scores ? loglikelihood(scores, engine.data.N, now.counts.length) : NaN;
  return withBound({ ...now, scores, loglik });
}

/** The first moment of a run. @param {Engine} engine @returns {Moment} */
export function startAt(engine, params) {
  const counts = params.weights.map((weight) => weight * engine.data.N);
  return scored({ iteration: 0, half: "start", params, counts, resp: null, previous: NaN }, engine);
}

/** The moment after the next E-step. @param {Moment} now @returns {Moment} */
export function afterE(now, { data: { N } }) {
  const K = now.counts.length;
  const resp = responsibilities(now.scores, N, K);
  const counts = times(K, (k) => {
    let total = 0;
    for (let n = 0; n < N; n++) total += resp[n * K + k];
    return total;
  });
  const iteration = now.iteration + 1;
  return withBound({ ...now, iteration, half: "E", resp, counts, previous: now.loglik });
}

/** The moment after the next M-step. @param {Moment} now @param {Engine} engine @returns {Moment} */
export function afterM(now, engine) {
  const params = engine.family.weigh(engine.data, now.resp, now.counts);
  return scored({ ...now, half: "M", params, previous: now.loglik }, engine);
}
