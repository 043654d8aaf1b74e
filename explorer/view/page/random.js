/**
 * Random: the draw of numpy's `default_rng(seed).choice(N, K, replace=False)`, step by step, so that a seed
 * gives the same start on the page as in a notebook. numpy's parts are: SeedSequence, PCG64, Lemire's bounded
 * integers, Floyd's sample and a shuffle.
 */

const times32 = (a, b) => Math.imul(a, b) >>> 0;
const folded = (x) => (x ^ (x >>> 16)) >>> 0;
const low64 = (x) => BigInt.asUintN(64, x);
const low128 = (x) => BigInt.asUintN(128, x);

/** Makes a function that scrambles a word. Each call changes the results of the next calls. */
function scrambler(start, factor) {
  let constant = start;
  return (word) => {
    const mixed = word ^ constant;
    constant = times32(constant, factor);
    return folded(times32(mixed, constant));
  };
}

const joined = (x, y) => folded((times32(0xca01f9dd, x) - times32(0x4973f715, y)) >>> 0);

/** The four words of 64 bits that a seed below 2^32 gives (numpy's SeedSequence). */
function seedWords(seed) {
  const scramble = scrambler(0x43b0d7e5, 0x931e8875);
  const pool = [seed, 0, 0, 0].map(scramble);
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) if (from !== to) pool[to] = joined(pool[to], scramble(pool[from]));
  }
  const half = scrambler(0x8b51f9dd, 0x58f38ded);
  const halves = Array.from({ length: 8 }, (_, i) => BigInt(half(pool[i % 4])));
  return [0, 2, 4, 6].map((i) => halves[i] | (halves[i + 1] << 32n));
}

const FACTOR = (2549297995355413924n << 64n) | 4865540595714422341n;

/** PCG64 from a seed: makes a function that returns whole numbers below 2^32. */
function words32(seed) {
  const [a, b, c, d] = seedWords(seed);
  const increment = low128((((c << 64n) | d) << 1n) | 1n);
  const step = (state) => low128(state * FACTOR + increment);
  let state = step(step(0n) + ((a << 64n) | b));
  let kept = null; // the upper half of the last 64 bits, for the next call
  return () => {
    if (kept !== null) return [kept, (kept = null)][0];
    state = step(state);
    const [folded64, turn] = [(state >> 64n) ^ low64(state), state >> 122n];
    const bits = low64((folded64 >> turn) | (folded64 << (64n - turn)));
    kept = Number(bits >> 32n);
    return Number(bits & 0xffffffffn);
  };
}

/** A whole number from 0 to `most`. All numbers are equally probable (Lemire 2019). */
function bounded(next, most) {
  if (most === 0) return 0;
  const count = most + 1;
  const least = (2 ** 32 - count) % count;
  for (;;) {
    const product = next() * count;
    if (product % 2 ** 32 >= least) return Math.floor(product / 2 ** 32);
  }
}

/**
 * K different numbers below N, drawn from a seed. The seed is a whole number from 0 to 2^32 - 1.
 * @returns {number[]}
 */
export function draw(N, K, seed) {
  const next = words32(seed);
  const chosen = new Set();
  for (let j = N - K; j < N; j++) {
    const value = bounded(next, j);
    chosen.add(chosen.has(value) ? j : value);
  }
  const order = [...chosen];
  for (let i = K - 1; i > 0; i--) {
    const j = bounded(next, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
