/** Mathematics: densities and shares in the log domain, and small functions for numbers. */

/** @typedef {import("./history.js").Frame} Frame */

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** Replace null by NaN. Null means a number that is not finite, but it would count as 0 in sums. */
export const real = (value) => value ?? NaN;

export const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

/** The list of make(0), make(1), ..., with `count` entries. */
export const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** log(sum(exp(values))), without overflow. @param {number[]} values */
export function logSumExp(values) {
  const top = Math.max(...values);
  return Number.isFinite(top) ? top + Math.log(values.reduce((sum, v) => sum + Math.exp(v - top), 0)) : top;
}

/** The lower triangle L with L L' = matrix, or null if it is not positive definite. @param {number[][]} matrix */
export function cholesky(matrix) {
  const L = matrix.map(() => []);
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = real(matrix[i][j]);
      for (let d = 0; d < j; d++) rest -= L[i][d] * L[j][d];
      if (i === j && !(rest > 0 && rest < Infinity)) return null;
      L[i][j] = i === j ? Math.sqrt(rest) : rest / L[j][j];
    }
  }
  return L;
}

/** log N(x | mean, covariance) (Bishop 2006, 2.43); NaN where the covariance has no inverse. */
export function logGaussian(x, mean, covariance) {
  const L = cholesky(covariance);
  if (!L) return NaN;
  const z = [];
  let twice = x.length * LOG_TWO_PI;
  for (let i = 0; i < x.length; i++) {
    let rest = x[i] - real(mean[i]);
    for (let j = 0; j < i; j++) rest -= L[i][j] * z[j];
    z[i] = rest / L[i][i];
    twice += z[i] ** 2 + 2 * Math.log(L[i][i]);
  }
  return -twice / 2;
}

/** log(pi_k N(x | k)) for each component k of a frame. @param {ArrayLike<number>} x @param {Frame} frame */
export const gaussianTerms = (x, frame) =>
  frame.weights.map((w, k) => Math.log(real(w)) + logGaussian(x, frame.means[k], frame.covariances[k]));

/**
 * log(pi_k p(bits | k)) for each component, from the seen pixels only (Bishop 2006, 9.48).
 * @param {ArrayLike<number>} bits (D,) 0 or 1
 * @param {number[]} weights (K,)
 * @param {ArrayLike<number>} params (K * D,) probabilities of a 1
 * @param {(d: number) => boolean} seen
 */
export function bernoulliTerms(bits, weights, params, seen = () => true) {
  return weights.map((w, k) => {
    let term = Math.log(real(w));
    for (let d = 0; d < bits.length; d++) {
      const p = params[k * bits.length + d];
      if (seen(d)) term += bits[d] ? Math.log(p) : Math.log1p(-p);
    }
    return term;
  });
}

/** The share of each term in the sum, computed from logs (Bishop 2006, 9.13). @param {number[]} terms */
export function shares(terms) {
  const total = logSumExp(terms);
  return terms.map((term) => Math.exp(term - total));
}

/**
 * A completed image: seen pixels do not change, and other pixels get their probability of a 1, given the
 * shares.
 */
export function completion(bits, portions, params, seen) {
  const D = bits.length;
  const expected = (d) => portions.reduce((sum, share, k) => sum + share * params[k * D + d], 0);
  return Float64Array.from(bits, (bit, d) => (seen(d) ? bit : expected(d)));
}

/**
 * The index of the largest number; -1 if all are 0, as in a row that was not finite.
 * @param {ArrayLike<number>} row
 */
export function largest(row) {
  let best = -1;
  for (let k = 0; k < row.length; k++) if (row[k] > (best < 0 ? 0 : row[best])) best = k;
  return best;
}

/**
 * The 1-sigma ellipse in pixels of a covariance [xx, xy, yy] in data units; null if it is not finite.
 * @param {number[]} covariance @param {number} perX pixels for one unit @param {number} perY
 */
export function ellipse([xx, xy, yy], perX, perY) {
  const [a, b, c] = [xx * perX * perX, xy * perX * perY, yy * perY * perY];
  if (![a, b, c].every(Number.isFinite)) return null;
  const half = Math.hypot((a - c) / 2, b);
  const [rx, ry] = [(a + c) / 2 + half, (a + c) / 2 - half].map((v) => Math.sqrt(Math.max(v, 0)));
  return { rx, ry, angle: (Math.atan2(2 * b, a - c) * 90) / Math.PI };
}
