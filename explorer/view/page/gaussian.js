/** Gaussian mixtures: scores, the M-step and a drawn start, as in explorer/steps.py. */

import { cholesky, times } from "../mathematics.js";

/** @typedef {{weights: number[], means: number[][], covariances: number[][][]}} Params */
/** @typedef {{N: number, D: number, values: Float64Array}} Data values: the rows one after the other */

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** Sum over d of f(d). */
const sum = (D, f) => {
  let total = 0;
  for (let d = 0; d < D; d++) total += f(d);
  return total;
};

/**
 * Makes a function for one Gaussian: minus twice the log density at a row. Null if the covariance has no
 * inverse.
 */
function distanceTo(mean, covariance) {
  const [L, D] = [cholesky(covariance), mean.length];
  if (!L) return null;
  const constant = D * LOG_TWO_PI + 2 * sum(D, (d) => Math.log(L[d][d]));
  const z = new Float64Array(D);
  return (values, at) => {
    let total = constant;
    for (let i = 0; i < D; i++) {
      let rest = values[at + i] - mean[i];
      for (let j = 0; j < i; j++) rest -= L[i][j] * z[j];
      z[i] = rest / L[i][i];
      total += z[i] * z[i];
    }
    return total;
  };
}

/**
 * log weight plus log density, (N * K,); null if a covariance has no inverse.
 * @param {Data} data @param {Params} params
 */
function scores({ N, D, values }, { means, covariances }, logWeights) {
  const distances = means.map((mean, k) => distanceTo(mean, covariances[k]));
  if (distances.includes(null)) return null;
  const K = means.length;
  const table = new Float64Array(N * K);
  for (let n = 0; n < N; n++) {
    for (let k = 0; k < K; k++) table[n * K + k] = logWeights[k] - distances[k](values, n * D) / 2;
  }
  return table;
}

/** The weights, means and covariances for these responsibilities. @returns {Params} */
function weigh(data, resp, counts) {
  const all = sum(counts.length, (k) => counts[k]);
  const parts = counts.map((count, k) => weighOne(data, (n) => resp[n * counts.length + k] / count));
  return {
    weights: counts.map((count) => count / all),
    means: parts.map(({ mean }) => mean),
    covariances: parts.map(({ covariance }) => covariance),
  };
}

/** The mean and covariance of points with shares, (N,). The divisor is the sum of the shares minus `ddof`. */
function weighOne({ N, D, values }, share, ddof = 0) {
  const shares = Float64Array.from({ length: N }, (_, n) => share(n));
  const total = sum(N, (n) => shares[n]);
  const mean = times(D, (d) => sum(N, (n) => shares[n] * values[n * D + d]) / total);
  const moment = (i, j) =>
    sum(N, (n) => shares[n] * (values[n * D + i] - mean[i]) * (values[n * D + j] - mean[j])) / (total - ddof);
  return { mean, covariance: times(D, (i) => times(D, (j) => moment(Math.max(i, j), Math.min(i, j)))) };
}

/** Means at these points, each with the covariance of all the data. @returns {Params} */
function begin(data, chosen) {
  const { covariance } = weighOne(data, () => 1, 1);
  return {
    weights: chosen.map(() => 1 / chosen.length),
    means: chosen.map((n) => Array.from(data.values.subarray(n * data.D, (n + 1) * data.D))),
    covariances: chosen.map(() => covariance),
  };
}

export const gaussian = { scores, weigh, begin };
