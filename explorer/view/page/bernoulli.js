/**
 * Bernoulli mixtures: scores, the M-step and a drawn start, as in explorer/steps.py. Most pixels of a
 * digit are paper, so a row is a list of the pixels with ink.
 */

/** @typedef {{weights: number[], means: Float64Array[]}} Params means: probabilities of ink, (D,) each */
/**
 * @typedef {{N: number, D: number, bits: Uint8Array, ink: Uint16Array[]}} Data ink: the pixels with ink, for
 * each row
 */

const LARGEST = 1 - 2 ** -53;
const LOST = 1e-30; // smaller shares are lost beside the smoothing, and most shares are smaller

/** The places of the ones in each row. @param {Uint8Array} bits (N * D,) 0 or 1 */
export function inkOf(bits, N, D) {
  const found = new Uint16Array(D);
  return Array.from({ length: N }, (_, n) => {
    let count = 0;
    for (let d = 0; d < D; d++) if (bits[n * D + d]) found[count++] = d;
    return found.slice(0, count);
  });
}

/**
 * Two tables: what ink in a pixel adds to the log probability of each component, (D * K,), and the log
 * probability of an image without ink, (K,).
 */
function logProbabilities(means, smallest) {
  const [K, D] = [means.length, means[0].length];
  const [more, paper] = [new Float64Array(D * K), new Float64Array(K)];
  means.forEach((mean, k) => {
    for (let d = 0; d < D; d++) {
      const off = Math.log1p(-Math.min(mean[d], LARGEST));
      more[d * K + k] = Math.log(Math.max(mean[d], smallest)) - off;
      paper[k] += off;
    }
  });
  return { more, paper };
}

/** log weight plus log probability, (N * K,); a probability of 0 has no log. @param {Data} data @param {Params} params */
function scores({ N, ink }, { means }, logWeights, smallest) {
  const K = means.length;
  const { more, paper } = logProbabilities(means, smallest);
  const table = new Float64Array(N * K);
  for (let n = 0; n < N; n++) {
    const row = ink[n];
    for (let i = 0; i < row.length; i++) {
      for (let k = 0; k < K; k++) table[n * K + k] += more[row[i] * K + k];
    }
    for (let k = 0; k < K; k++) table[n * K + k] += logWeights[k] + paper[k];
  }
  return table;
}

/** The weights and probabilities of ink for these responsibilities. @returns {Params} */
function weigh({ N, D, ink }, resp, counts, alpha) {
  const K = counts.length;
  const total = counts.map(() => new Float64Array(D));
  for (let n = 0; n < N; n++) {
    for (let k = 0; k < K; k++) if (resp[n * K + k] > LOST) addInk(total[k], ink[n], resp[n * K + k]);
  }
  const held = counts.map((count) => alpha + count);
  const all = held.reduce((sum, value) => sum + value, 0);
  const means = total.map((mine, k) => mine.map((value) => (alpha + value) / (alpha + held[k])));
  return { weights: held.map((count) => count / all), means };
}

function addInk(total, ink, share) {
  for (let i = 0; i < ink.length; i++) total[ink[i]] += share;
}

/** Means from these digits, with probabilities of ink 0.25 and 0.75 instead of 0 and 1. @returns {Params} */
const begin = ({ D, bits }, chosen) => ({
  weights: chosen.map(() => 1 / chosen.length),
  means: chosen.map((n) => Float64Array.from(bits.subarray(n * D, (n + 1) * D), (bit) => 0.25 + 0.5 * bit)),
});

/**
 * The family (kind of mixture). alpha: the smoothing. smallest: the number that replaces a probability of 0.
 */
export const bernoulli = ({ alpha, smallest }) => ({
  scores: (data, params, logWeights) => scores(data, params, logWeights, smallest),
  weigh: (data, resp, counts) => weigh(data, resp, counts, alpha),
  begin,
});
