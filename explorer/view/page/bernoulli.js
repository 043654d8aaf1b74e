/**
 * Bernoulli mixtures: scores, the M-step and a drawn start, as in explorer/steps.py. Most pixels of a
 * digit are paper, so a row is a list of the pixels with ink.
 */

/** @typedef {{weights: number[], means: Float64Array[]}} Params means: probabilities of ink, (D,) each */
/** @typedef {{N: number, D: number, bits: Uint8Array, ink: Uint16Array[]}} Data ink: of each row, where it is */

const LARGEST = 1 - 2 ** -53;

/** Where the ones of each row are. @param {Uint8Array} bits (N * D,) 0 or 1 */
export function inkOf(bits, N, D) {
  const pixels = Array.from({ length: D }, (_, d) => d);
  return Array.from({ length: N }, (_, n) => Uint16Array.from(pixels.filter((d) => bits[n * D + d])));
}

/** log weight plus log probability, (N * K,); a probability of 0 has no log. @param {Data} data @param {Params} params */
function scores({ N, ink }, { means }, logWeights, smallest) {
  const K = means.length;
  const table = new Float64Array(N * K);
  means.forEach((mean, k) => {
    const off = mean.map((p) => Math.log1p(-Math.min(p, LARGEST)));
    const more = mean.map((p, d) => Math.log(Math.max(p, smallest)) - off[d]);
    const paper = logWeights[k] + off.reduce((total, value) => total + value, 0);
    for (let n = 0; n < N; n++) {
      let total = 0;
      for (const d of ink[n]) total += more[d];
      table[n * K + k] = paper + total;
    }
  });
  return table;
}

/** Weights and probabilities of ink of the digits as they are shared. @returns {Params} */
function weigh({ N, D, ink }, resp, counts, alpha) {
  const K = counts.length;
  const held = counts.map((count) => alpha + count);
  const all = held.reduce((total, value) => total + value, 0);
  const means = held.map((count, k) => {
    const mean = new Float64Array(D);
    for (let n = 0; n < N; n++) {
      const share = resp[n * K + k];
      if (share !== 0) for (const d of ink[n]) mean[d] += share;
    }
    return mean.map((total) => (alpha + total) / (alpha + count));
  });
  return { weights: held.map((count) => count / all), means };
}

/** Images of these digits, faded: half as sure of each pixel. @returns {Params} */
const begin = ({ D, bits }, chosen) => ({
  weights: chosen.map(() => 1 / chosen.length),
  means: chosen.map((n) => Float64Array.from(bits.subarray(n * D, (n + 1) * D), (bit) => 0.25 + 0.5 * bit)),
});

/** The family. alpha: smoothing; smallest: what stands for a probability of 0. */
export const bernoulli = ({ alpha, smallest }) => ({
  scores: (data, params, logWeights) => scores(data, params, logWeights, smallest),
  weigh: (data, resp, counts) => weigh(data, resp, counts, alpha),
  begin,
});
