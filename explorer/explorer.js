/**
 * The view of the EM explorer: an anywidget module, without a build step and without imports.
 *
 * The kernel computes every frame of a run by the learner's own functions and sends them once.
 * This module draws them, so that moving through the history needs no kernel. Only a new start
 * asks the kernel for a new run.
 *
 * Contents
 *   1. Mathematics: densities and shares in the log domain
 *   2. Colours and marks
 *   3. Numbers, scales and curves
 *   4. History: where we are, and what is shown there
 *   5. Elements
 *   6. Above the plot: scenes, prediction, toolbar, half-steps
 *   7. The plot of points and components
 *   8. Log-likelihood and bound
 *   9. One point: its terms and responsibilities
 *  10. Digits: component images, data, eraser
 *  11. Below the plot: words, lights, errors
 *  12. The view: state, actions, keys, play
 */

/**
 * @typedef {{iteration: number, half: "start"|"E"|"M", weights: number[], counts: number[],
 *   means?: number[][], covariances?: number[][][], loglik: ?number, bound: ?number,
 *   laws: {law: string, ok: ?boolean, sentence: string}[], words: string, resp: number,
 *   params: number}} Frame  a half-step; a number that is not finite is null; ok is null where
 *   there is nothing yet that could keep or break the law
 * @typedef {{name: string, parent: ?number, at: ?number, frames: Frame[], end: string,
 *   error: ?{sentence: string, where: string, line: string}}} Run
 * @typedef {{name: string, told: string, family: string, kind: "points"|"pictures"|"digits",
 *   N: number, total: number, K: number, D: number, axes: string[], shape: ?number[],
 *   rows: ?number[], may_start: boolean, runs: Run[]}} Scene
 * @typedef {{scene: number, run: number, frame: number}} At
 */

// ---------------------------------------------------------------------------------------------
// 1. Mathematics: densities and shares in the log domain
// ---------------------------------------------------------------------------------------------

const LOG_TWO_PI = Math.log(2 * Math.PI);

/** Null, which stands for what is not finite, counts as 0 in sums: make it NaN. */
const real = (value) => value ?? NaN;

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
 * log(pi_k p(bits | k)) for each component, of the pixels that are seen (Bishop 2006, 9.48).
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

/** The share of each term in their sum, from logarithms (Bishop 2006, 9.13). @param {number[]} terms */
export function shares(terms) {
  const total = logSumExp(terms);
  return terms.map((term) => Math.exp(term - total));
}

/** Seen pixels as they are; the others' probability of a 1, given the shares. */
export function completion(bits, portions, params, seen) {
  const D = bits.length;
  const expected = (d) => portions.reduce((sum, share, k) => sum + share * params[k * D + d], 0);
  return Float64Array.from(bits, (bit, d) => (seen(d) ? bit : expected(d)));
}

// ---------------------------------------------------------------------------------------------
// 2. Colours and marks
// ---------------------------------------------------------------------------------------------

/** "#0072B2" as [0, 114, 178]. @param {string} hex */
export const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/** The palette's colours mixed by the shares in `row`, given in units of `unit`. @param {ArrayLike<number>} row */
export function mixed(row, colours, unit = 1) {
  const sum = [0, 0, 0];
  for (let k = 0; k < row.length; k++) {
    for (let c = 0; c < 3; c++) sum[c] += unit * row[k] * colours[k % colours.length][c];
  }
  return `rgb(${sum.map((c) => Math.round(Math.min(255, Math.max(0, c)))).join(",")})`;
}

/** The index of the largest; -1 where all are 0, as in a row that is not finite. @param {ArrayLike<number>} row */
export function largest(row) {
  let best = -1;
  for (let k = 0; k < row.length; k++) if (row[k] > (best < 0 ? 0 : row[best])) best = k;
  return best;
}

/** Corners of the marks that helpers.figures names, about a circle of radius 1, y upwards. */
const turned = (count, start, radius = 1) =>
  Array.from({ length: count }, (_, i) => (start + (360 * i) / count) * (Math.PI / 180)).map((a) => [
    radius * Math.cos(a),
    radius * Math.sin(a),
  ]);
const CROSS = [
  [1, 3], [1, 1], [3, 1], [3, -1], [1, -1], [1, -3], [-1, -3], [-1, -1], [-3, -1], [-3, 1], [-1, 1], [-1, 3],
].map(([x, y]) => [x * 0.37, y * 0.37]);
const rotated = (corners) => corners.map(([x, y]) => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]);
const CORNERS = {
  s: turned(4, 45, 1.2),
  "^": turned(3, 90, 1.35),
  D: turned(4, 90, 1.25),
  v: turned(3, 270, 1.35),
  P: CROSS,
  X: rotated(CROSS),
  p: turned(5, 90, 1.15),
};

/** The outline of a mark as the `d` of a path, about (0, 0). @param {string} marker @param {number} r */
export function markPath(marker, r) {
  const corners = CORNERS[marker];
  if (!corners) return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
  return `M${corners.map(([x, y]) => `${(x * r).toFixed(2)},${(-y * r).toFixed(2)}`).join("L")}z`;
}

/** Relative luminance of a colour (WCAG 2). @param {number[]} colour */
export function luminance(colour) {
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = colour.map((c) => linear(c / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colours that a canvas cannot take from the style sheet; tells the style sheet which theme it is. */
function themeOf(root) {
  const numbersIn = getComputedStyle(root).backgroundColor.match(/[\d.]+/g) ?? [255, 255, 255];
  const paper = numbersIn.slice(0, 3).map(Number);
  const dark = luminance(paper) < 0.2;
  root.dataset.theme = dark ? "dark" : "light";
  const edge = getComputedStyle(root).getPropertyValue("--em-edge").trim();
  return dark
    ? { paper, edge, ink: [236, 236, 236], guess: [255, 176, 92], unknown: "#8a8a8a" }
    : { paper, edge, ink: [28, 28, 28], guess: [158, 70, 0], unknown: "#9a9a9a" };
}

const blend = (from, to, t) => from.map((c, i) => c + (to[i] - c) * t);

// ---------------------------------------------------------------------------------------------
// 3. Numbers, scales and curves
// ---------------------------------------------------------------------------------------------

const superscript = (n) => String(n).replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]));

/** exp(value) with four digits, also where it is too small for a number. @param {number} value */
export function fromLog(value) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "0" : "infinite";
  const exponent = Math.floor(value / Math.LN10 + 1e-12);
  if (exponent >= -3 && exponent < 4) return Math.exp(value).toPrecision(4);
  return `${Math.exp(value - exponent * Math.LN10).toFixed(3)}·10${superscript(exponent)}`;
}

/** A number for people, with a true minus sign. @param {?number} value */
export const shown = (value, digits = 1) =>
  Number.isFinite(value) ? value.toFixed(digits).replace("-", "−") : "not finite";

/** A tick's number, as short as it goes. @param {number} v */
export function shortNumber(v) {
  const exponent = Math.floor(Math.log10(Math.abs(v)) + 1e-9);
  const large = exponent > 5;
  const digits = String(large ? +(v / 10 ** exponent).toPrecision(3) : +v.toPrecision(6)).replace("-", "−");
  return large ? `${digits}·10${superscript(exponent)}` : digits;
}

/** Lowest and highest of every D-th number from d on, with a margin. @param {ArrayLike<number>} flat */
export function limits(flat, D, d) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = d; i < flat.length; i += D) {
    if (flat[i] < low) low = flat[i];
    if (flat[i] > high) high = flat[i];
  }
  if (!(low <= high)) return [0, 1];
  const margin = high > low ? 0.08 * (high - low) : 1;
  return [low - margin, high + margin];
}

/** Round numbers between low and high, about `count` of them; whole ones if asked. */
export function ticks(low, high, count, whole = false) {
  const rough = (high - low) / count;
  if (!(rough > 0 && rough < Infinity)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max([1, 2, 5, 10].find((m) => m * power >= rough) * power, whole ? 1 : 0);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return times(last - first + 1, (i) => +((first + i) * step).toPrecision(12));
}

/** A line from [a, b] to [c, d] as a function, with its inverse. */
export function scale([a, b], [c, d]) {
  const per = (d - c) / (b - a);
  return Object.assign((v) => c + (v - a) * per, { per, invert: (p) => a + (p - c) / per });
}

/** A path through the points, with gaps where one is not finite. @param {number[][]} points */
export function path(points) {
  let pen = "M";
  let d = "";
  for (const [x, y] of points) {
    const fine = Number.isFinite(x) && Number.isFinite(y);
    if (fine) d += `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
    pen = fine ? "L" : "M";
  }
  return d;
}

/**
 * The 1-sigma ellipse in pixels of [xx, xy, yy], a covariance in data units; null if not finite.
 * @param {number[]} covariance @param {number} perX pixels a unit @param {number} perY
 */
export function ellipse([xx, xy, yy], perX, perY) {
  const [a, b, c] = [xx * perX * perX, xy * perX * perY, yy * perY * perY];
  if (![a, b, c].every(Number.isFinite)) return null;
  const half = Math.hypot((a - c) / 2, b);
  const [rx, ry] = [(a + c) / 2 + half, (a + c) / 2 - half].map((v) => Math.sqrt(Math.max(v, 0)));
  return { rx, ry, angle: (Math.atan2(2 * b, a - c) * 90) / Math.PI };
}

/** Where runs begin on the axis of iterations: a branch begins where it left its parent. @param {Run[]} runs */
export function offsets(runs) {
  const of = (run) => (run?.parent == null ? 0 : of(runs[run.parent]) + (run.at ?? 0) / 2);
  return runs.map(of);
}

/** What the curves of a run are drawn from. @param {Run} run @param {number} offset */
export const trace = (run, offset) =>
  run.frames.map((f, i) => ({ x: offset + i / 2, half: f.half, loglik: real(f.loglik), bound: real(f.bound) }));

/** Lowest and highest of all finite numbers, with a margin; mere rounding errors are not made large. */
export function rangeOf(values) {
  const [low, high] = limits(values.filter(Number.isFinite), 1, 0);
  const least = 1e-6 * Math.max(1, Math.abs(low + high));
  return high - low > least ? [low, high] : [(low + high) / 2 - 1, (low + high) / 2 + 1];
}

// ---------------------------------------------------------------------------------------------
// 4. History: where we are, and what is shown there
// ---------------------------------------------------------------------------------------------

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
/** A whole number in a range, whatever was asked for. */
const index = (value, low, high) => clamp(Math.round(value) || 0, low, high);

/** The frame whose parameters gave the responsibilities at frame f; -1 before the first E-step. @param {Run} run */
export const sourceOf = (run, f) => run.frames.findLastIndex(({ half }, i) => i <= f && half === "E");

const FULL = 65535; // a responsibility of 1, in two bytes

const typed = new WeakMap();

/** The numbers in a buffer of the kernel's, made once for each buffer. @param {DataView} view */
export function numbers(view, Type) {
  if (!view) return null;
  if (!typed.has(view)) {
    const start = view.byteOffset ?? 0;
    typed.set(view, new Type((view.buffer ?? view).slice(start, start + view.byteLength)));
  }
  return typed.get(view);
}

const rowOf = (flat, row, size) => (flat && row >= 0 ? flat.subarray(row * size, (row + 1) * size) : null);

const tables = new WeakMap();

/** As rowOf, but the same object each time, so that it can be seen that nothing changed. */
function tableOf(flat, row, size) {
  if (!flat || row < 0) return null;
  if (!tables.has(flat)) tables.set(flat, new Map());
  const kept = tables.get(flat);
  if (!kept.has(row)) kept.set(row, rowOf(flat, row, size));
  return kept.get(row);
}

/**
 * All that a drawing is made from, read off the model once; null if there is nothing to draw.
 * @param {(trait: string) => any} get
 */
export function situation(get) {
  const scenes = get("scenes") ?? [];
  const wanted = get("at") ?? {};
  const s = index(wanted.scene, 0, scenes.length - 1);
  const scene = scenes[s];
  const r = index(wanted.run, 0, (scene?.runs.length ?? 0) - 1);
  const run = scene?.runs[r];
  if (!run?.frames.length) return null;
  const last = run.frames.length - 1;
  const at = { scene: s, run: r, frame: index(wanted.frame, 0, last) };
  const frame = run.frames[at.frame];
  const source = sourceOf(run, at.frame);
  const arrays = get("arrays") ?? {};
  const { N, K, D } = scene;
  const resp = numbers(arrays[`${s}/${r}/resp`], Uint16Array);
  const params = numbers(arrays[`${s}/${r}/params`], Float32Array);
  const paramsAt = (f) => tableOf(params, run.frames[f]?.params ?? -1, K * D);
  return {
    scenes, scene, run, at, last, frame, K, D, N,
    look: get("look"),
    colours: get("look").palette.map(rgb),
    plane: planeOf(get("plane"), D),
    point: index(get("point") ?? -1, -1, N - 1),
    points: numbers(arrays[`${s}/points`], Float32Array),
    bits: numbers(arrays[`${s}/bits`], Uint8Array),
    tiles: arrays[`${s}/tiles`],
    resp: frame.half === "start" ? null : tableOf(resp, frame.resp, N * K),
    params: paramsAt(at.frame),
    sourceParams: paramsAt(source < 0 ? at.frame : source),
    sourceFrame: run.frames[source < 0 ? at.frame : source],
    ask: get("ask") ?? {}, prediction: get("prediction"), outcome: get("outcome"),
    seenEnd: get("seen_end"), trouble: get("trouble"),
  };
}

/** Two axes that the data has. */
function planeOf(plane, D) {
  const [i, j] = (plane ?? [0, 1]).map((d) => index(d, 0, D - 1));
  return i === j ? [0, Math.min(1, D - 1)] : [i, j];
}

/** The row of a point in the learner's own data. */
const nameOf = (now, n) => now.scene.rows?.[n] ?? n;

/**
 * The responsibilities of one point as fractions, or null before the first E-step.
 * What was no number came as 0, and where a count is not finite, one of its column was none.
 */
export function respOf(now, n) {
  const row = rowOf(now.resp, n, now.K);
  const none = row?.every((v) => v === 0);
  return row && Array.from(row, (v, k) => (none && now.sourceFrame.counts[k] === null ? NaN : v / FULL));
}

/** What one row of the data is called. */
const ITEMS = { points: "point", pictures: "picture", digits: "digit" };
const itemOf = (now) => ITEMS[now.scene.kind] ?? "point";
const capital = (word) => word[0].toUpperCase() + word.slice(1);

const colourOf = (now, k) => now.look.palette[k % now.look.palette.length];
const markerOf = (now, k) => now.look.markers[k % now.look.markers.length];

// ---------------------------------------------------------------------------------------------
// 5. Elements
// ---------------------------------------------------------------------------------------------

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** An HTML element. @returns {HTMLElement} */
const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
/** An SVG element. @returns {SVGElement} */
const s = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** A function that tells whether its arguments differ from those of the call before. */
function onChange() {
  let before = null;
  return (...values) => {
    const same = before?.length === values.length && values.every((v, i) => Object.is(v, before[i]));
    before = values;
    return !same;
  };
}

let ids = 0;
/** A name that no other element of the page has: there may be several views, and several notebooks. */
const nextId = () => `em-${(ids += 1)}-${Math.random().toString(36).slice(2)}`;

const div = (name, ...children) => h("div", { class: name }, ...children);
const span = (name, ...children) => h("span", { class: name }, ...children);
const button = (face, onclick, more = {}) => h("button", { type: "button", onclick, ...more }, face);
const icon = (d) => s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, s("path", { d }));

/** Change a text only if it differs, so that a screen reader is not told twice. */
const write = (node, text) => node.textContent === text || (node.textContent = text);
/** A button that cannot be used keeps the focus, and so the keys. */
const can = (node, enabled) => node.setAttribute("aria-disabled", String(!enabled));
const press = (node, pressed) => node.setAttribute("aria-pressed", String(pressed));

/** A component's mark, as it stands in tables and beside digits. */
const markIcon = (now, k, size = 14) =>
  s("svg", { class: "em-mark", viewBox: "-10 -10 20 20", width: size, height: size, "aria-hidden": "true" },
    s("path", { d: markPath(markerOf(now, k), 6.5), fill: colourOf(now, k) }));

/** A bar as long as a share. */
function bar(now, k, share) {
  const style = `width:${(100 * (share || 0)).toFixed(2)}%;background:${colourOf(now, k)}`;
  return h("span", { class: "em-track", "aria-hidden": "true" }, h("span", { class: "em-fill", style }));
}

/** Offer these names in a select, and choose one. */
function choose(select, names, value) {
  if (select.options.length !== names.length || names.some((name, i) => select.options[i].text !== name)) {
    select.replaceChildren(...names.map((name, i) => h("option", { value: i }, name)));
  }
  select.value = value;
}

/** Size a canvas for the screen's pixels and return its context, in CSS pixels. */
function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** Paint an image of values from 0 (paper) to 1 (ink), one canvas pixel each. */
function paintImage(canvas, [H, W], colourAt) {
  if (canvas.width !== W || canvas.height !== H) Object.assign(canvas, { width: W, height: H });
  const context = canvas.getContext("2d");
  const image = context.createImageData(W, H);
  image.data.fill(255);
  for (let d = 0; d < H * W; d++) image.data.set(colourAt(d), 4 * d);
  context.putImageData(image, 0, 0);
}

// ---------------------------------------------------------------------------------------------
// 6. Above the plot: scenes, prediction, toolbar, half-steps
// ---------------------------------------------------------------------------------------------

/** One button a scene, and what to look at in it. */
function makeScenes({ act }) {
  const row = h("div", { class: "em-scenes", role: "group", "aria-label": "Scenes" });
  const told = h("p", { class: "em-told" });
  const fresh = onChange();
  return {
    nodes: [row, told],
    draw(now) {
      const names = now.scenes.map((scene) => scene.name);
      row.hidden = names.length < 2;
      if (fresh(names.join("\n"))) row.replaceChildren(...names.map((name, i) => button(name, () => act.goScene(i))));
      [...row.children].forEach((node, i) => press(node, i === now.at.scene));
      write(told, now.scene.told ?? "");
      told.hidden = !now.scene.told;
    },
  };
}

/** The question before it plays, and its answer beside what happened after the end. */
function makePrediction({ act, view }) {
  const legend = h("legend");
  const list = div("em-choices");
  const chosen = () => list.querySelector("input:checked")?.value;
  const keep = button("Keep my prediction", () => chosen() && act.predict(chosen()), { class: "em-strong" });
  const later = button("Decide later", () => act.decideLater());
  const form = h("fieldset", { class: "em-ask" }, legend, list, div("em-row", keep, later));
  const after = h("p", { class: "em-after", role: "status" });
  const name = nextId();
  const radio = (value) => h("input", { type: "radio", name, value, onchange: () => can(keep, true) });
  const fresh = onChange();
  function renew({ question, choices = [] }) {
    write(legend, `Before you watch: ${question ?? ""}`);
    list.replaceChildren(...choices.map((text) => h("label", {}, radio(text), ` ${text}`)));
    can(keep, false);
    keep.hidden = !choices.length;
    write(later, choices.length ? "Decide later" : "Go on");
  }
  return {
    nodes: [form, after],
    draw(now) {
      if (fresh(now.ask)) renew(now.ask);
      form.hidden = !view.gated;
      write(after, now.at.scene === 0 && !view.gated ? comparison(now) : "");
      after.hidden = !after.textContent;
    },
  };
}

/** The prediction, and after the end what happened beside it. */
export function comparison({ ask, prediction, outcome, seenEnd }) {
  const mine = prediction ? `You predicted: ${prediction}. ` : "";
  if (!seenEnd || !outcome) return mine;
  const known = prediction && ask.choices?.includes(outcome);
  const verdict = !known ? "" : outcome === prediction ? " As you predicted." : " What made the difference?";
  return `${mine}What happened: ${outcome.replace(/\.$/, "")}.${verdict}`;
}

const ICONS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8z",
  play: "M4 2l10 6-10 6z",
  pause: "M4 2h3v12H4zM9 2h3v12H9z",
  on: "M5 3l7 5-7 5z",
  last: "M11 3h2v10h-2zM3 3l7 5-7 5z",
};
const SPEEDS = { slow: 1400, medium: 700, fast: 250, "very fast": 80 }; // milliseconds a half-step

/** Buttons, scrubber, speed, run and seed. */
function makeToolbar(app) {
  const parts = [makeButtons(app), makeScrubber(app), makeSettings(app)];
  const nodes = parts.flatMap((part) => part.nodes);
  const bars = h("div", { class: "em-bar", role: "group", "aria-label": "Playing" }, ...nodes);
  return { nodes: [bars], draw: (now) => parts.forEach((part) => part.draw(now)) };
}

function makeButtons({ act, view }) {
  const make = (name, label, onclick) =>
    button(icon(ICONS[name]), onclick, { class: "em-icon", title: label, "aria-label": label });
  const first = make("first", "To the start (Home)", () => act.step(-Infinity));
  const back = make("back", "Half a step back (Left)", () => act.step(-1));
  const play = make("play", "Play (Space)", () => act.toggle());
  const on = make("on", "Half a step on (Right)", () => act.step(1));
  const last = make("last", "To the end (End)", () => act.step(Infinity));
  return {
    nodes: [div("em-buttons", first, back, play, on, last)],
    draw({ at, last: end }) {
      const free = !view.gated;
      [first, back].forEach((node) => can(node, free && at.frame > 0));
      [on, last].forEach((node) => can(node, free && (at.frame < end || view.moved)));
      can(play, free && (end > 0 || view.moved));
      const title = view.playing ? "Pause (Space)" : "Play (Space)";
      fill(play, { title, "aria-label": title }, []);
      play.querySelector("path").setAttribute("d", ICONS[view.playing ? "pause" : "play"]);
    },
  };
}

function makeScrubber({ act, view }) {
  const move = () => act.step(+scrubber.value - scrubber.dataset.at);
  const scrubber = h("input", { type: "range", min: 0, step: 1, "aria-label": "Half-steps", oninput: move });
  const marks = s("svg", { class: "em-ticks", preserveAspectRatio: "none", "aria-hidden": "true" });
  const fresh = onChange();
  return {
    nodes: [div("em-scrub", scrubber, marks)],
    draw({ at, last, frame, run }) {
      Object.assign(scrubber, { max: last, value: at.frame, disabled: view.gated });
      scrubber.dataset.at = at.frame;
      scrubber.setAttribute("aria-valuetext", `iteration ${frame.iteration}, ${HALF_NAMES[frame.half]}`);
      if (fresh(run)) drawMarks(marks, run);
    },
  };
}

const HALF_NAMES = { start: "start", E: "after E", M: "after M" };

/** A short tick after each E, a long one after each M, a red one where a law is broken. */
function drawMarks(svg, run) {
  const last = Math.max(1, run.frames.length - 1);
  const every = Math.ceil(last / 120); // nearer to each other they would be a grey bar
  const broken = ({ laws }, i) => laws.some((law) => law.ok === false) || (run.error && i === last);
  const kept = (i) => Math.floor(i / 2) % every === 0;
  const lines = (name, length, wanted) => {
    const d = run.frames.map((f, i) => (wanted(f, i) ? `M${i},0V${length}` : "")).join("");
    return s("path", { class: name, d, "vector-effect": "non-scaling-stroke" });
  };
  svg.setAttribute("viewBox", `0 0 ${last} 10`);
  svg.replaceChildren(
    lines("em-tick-e", 4, (f, i) => f.half === "E" && kept(i)),
    lines("em-tick-m", 8, (f, i) => f.half !== "E" && kept(i)),
    lines("em-tick-bad", 10, broken));
}

function makeSettings({ act, view }) {
  const speed = h("select", { onchange: () => act.setSpeed(SPEEDS[speed.selectedOptions[0].text]) });
  choose(speed, Object.keys(SPEEDS), Object.values(SPEEDS).indexOf(view.speed));
  const runs = h("select", { onchange: () => act.goRun(+runs.value) });
  const seed = h("input", { type: "number", min: 0, step: 1, value: 1 });
  const draw = () => view.gated || act.ask({ do: "seed", seed: Math.max(0, Math.round(+seed.value) || 0) });
  seed.addEventListener("keydown", (event) => event.key === "Enter" && draw());
  const start = button("New start", draw);
  const choice = h("label", {}, "Run ", runs);
  const seeds = span("em-pair", h("label", {}, "Seed ", seed), start);
  return {
    nodes: [div("em-settings", h("label", {}, "Speed ", speed), choice, seeds)],
    draw({ scene, at }) {
      choose(runs, scene.runs.map((run, i) => `${i}: ${run.name}`), at.run);
      choice.hidden = scene.runs.length < 2;
      seeds.hidden = !scene.may_start;
      can(start, !view.gated);
    },
  };
}

const HALVES = {
  points: ["points change colour", "components move"],
  pictures: ["frames change colour", "components move"],
  digits: ["digits change colour", "images sharpen"],
};
const SIGNS = { // as SVG text, in a box of 24 by 16
  E: '<circle cx="5" cy="10" r="3"/><circle cx="12" cy="5" r="3" class="em-hollow"/><circle cx="19" cy="10" r="3"/>',
  M: '<ellipse cx="6" cy="8" rx="5" ry="3.5" class="em-hollow em-dash"/>'
    + '<path d="M6 8h12M15 5l3 3-3 3" class="em-hollow"/>',
};

/** Which of the two half-steps this picture comes after. Screen readers have the words below instead. */
function makeHalves({ act }) {
  const iteration = span("em-iteration");
  const halves = ["E", "M"].map((letter) => {
    const sign = s("svg", { viewBox: "0 0 24 16" });
    sign.innerHTML = SIGNS[letter];
    return { letter, text: span(""), node: span("em-half", sign, h("b", {}, letter)) };
  });
  halves.forEach(({ node, text }) => node.append(text));
  const steps = h("span", { class: "em-pair", "aria-hidden": "true" }, iteration, ...halves.map((half) => half.node));
  const plane = (axis) => h("select", { onchange: (event) => act.setPlane(axis, +event.target.value) });
  const planes = [plane(0), plane(1)];
  const chooser = span("em-pair", h("label", {}, "Across ", planes[0]), h("label", {}, "Up ", planes[1]));
  const hint = span("em-hint");
  return {
    nodes: [div("em-halves", steps, chooser, hint)],
    draw({ scene, frame, plane: axes, D }) {
      const flat = scene.kind === "digits";
      write(iteration, frame.half === "start" ? "Start" : `Iteration ${frame.iteration}`);
      halves.forEach(({ letter, text, node }, i) => {
        write(text, (HALVES[scene.kind] ?? HALVES.points)[i]);
        node.classList.toggle("em-now", frame.half === letter);
      });
      chooser.hidden = flat || D < 3;
      if (!chooser.hidden) planes.forEach((select, i) => choose(select, scene.axes, axes[i]));
      write(hint, !flat && act.mayMove() ? "Drag a mean to start elsewhere" : "");
    },
  };
}

// ---------------------------------------------------------------------------------------------
// 7. The plot of points and components
// ---------------------------------------------------------------------------------------------

const MARGIN = { left: 46, right: 10, top: 10, bottom: 36 };
const TWEEN = 220; // milliseconds: long enough to see which way, too short to wait for
const COLUMNS = 20; // of equal tiles on the sheet that the kernel sends

/** Means and covariances of a frame in the plane shown. @param {Frame} frame @param {number[]} plane */
export function geometry({ means, covariances }, [i, j]) {
  return {
    means: means.map((m) => [real(m?.[i]), real(m?.[j])]),
    covariances: covariances.map((c) => [real(c?.[i]?.[i]), real(c?.[i]?.[j]), real(c?.[j]?.[j])]),
  };
}

/** Geometry a part t of the way from one to the other; covariances stay covariances in between. */
export function between(from, to, t) {
  const mix = (a, b) => b.map((row, k) => (a[k].every(Number.isFinite) ? blend(a[k], row, t) : row));
  return { means: mix(from.means, to.means), covariances: mix(from.covariances, to.covariances) };
}

/** The nearest point on the screen within `reach` pixels, or -1. */
export function nearest(xs, ys, x, y, reach) {
  let best = -1;
  let least = reach * reach;
  for (let n = 0; n < xs.length; n++) {
    const distance = (xs[n] - x) ** 2 + (ys[n] - y) ** 2;
    if (distance <= least) [best, least] = [n, distance];
  }
  return best;
}

/** Scales, and the places of all points on a plot of this size. */
function arrange({ points, N, D, plane: [i, j] }, width, height) {
  const X = scale(limits(points, D, i), [MARGIN.left, width - MARGIN.right]);
  const Y = scale(limits(points, D, j), [height - MARGIN.bottom, MARGIN.top]);
  const xs = Float32Array.from({ length: N }, (_, n) => X(points[n * D + i]));
  const ys = Float32Array.from({ length: N }, (_, n) => Y(points[n * D + j]));
  return { X, Y, xs, ys, width, height };
}

/** Call draw(k, colour) at each point's place: k of the largest responsibility, or -1. */
function atEachPoint(context, now, { xs, ys }, draw) {
  for (let n = 0; n < now.N; n++) {
    const row = now.resp?.subarray(n * now.K, (n + 1) * now.K);
    const k = row ? largest(row) : -1;
    context.translate(xs[n], ys[n]);
    draw(n, k, k < 0 ? null : mixed(row, now.colours, 1 / FULL));
    context.translate(-xs[n], -ys[n]);
  }
}

const marksOf = (now, r) => times(now.K, (k) => new Path2D(markPath(markerOf(now, k), r)));

/** Draw the data: mixed colours, and the shape of the largest responsibility. */
function drawPoints(context, now, layout, theme) {
  const radius = now.N > 600 ? 3.1 : now.N > 200 ? 3.9 : 4.8;
  const marks = marksOf(now, radius);
  const unknown = new Path2D(markPath("o", 0.9 * radius));
  Object.assign(context, { strokeStyle: theme.edge, lineWidth: 0.9, lineJoin: "round" });
  atEachPoint(context, now, layout, (_, k, colour) => {
    context.fillStyle = colour ?? theme.unknown;
    const hollow = k < 0 && now.resp; // its row holds no number
    if (!hollow) context.fill(marks[k] ?? unknown);
    context.stroke(marks[k] ?? unknown);
  });
}

/** Draw each picture in a frame of its mixed colour, with the mark of its largest responsibility. */
function drawPictures(context, now, layout, theme, sheet) {
  const size = now.N > 400 ? 16 : now.N > 150 ? 20 : 26;
  const [half, frame] = [size / 2, size / 2 + 3];
  const marks = marksOf(now, 4.5);
  Object.assign(context, { strokeStyle: theme.edge, lineWidth: 0.8 });
  atEachPoint(context, now, layout, (n, k, colour) => {
    context.fillStyle = colour ?? theme.unknown;
    context.fillRect(-frame, -frame, 2 * frame, 2 * frame);
    context.strokeRect(-frame, -frame, 2 * frame, 2 * frame);
    drawTile(context, sheet, now.N, n, -half, size);
    if (k < 0) return;
    context.translate(half, half);
    context.fill(marks[k]);
    context.stroke(marks[k]);
    context.translate(-half, -half);
  });
}

/** Draw tile n of the sheet into the square from (corner, corner), whole and in its own proportions. */
function drawTile(context, sheet, N, n, corner, size) {
  const [wide, tall] = [sheet.width / COLUMNS, sheet.height / Math.ceil(N / COLUMNS)];
  const [w, h_] = [wide, tall].map((side) => (size * side) / Math.max(wide, tall));
  const [left, top] = [corner + (size - w) / 2, corner + (size - h_) / 2];
  context.drawImage(sheet, (n % COLUMNS) * wide, Math.floor(n / COLUMNS) * tall, wide, tall, left, top, w, h_);
}

const sheets = new WeakMap();

/** The sheet of tiles: null until it is decoded, when `then` is called; undefined if it cannot be. */
function sheetOf(view, then) {
  if (!view) return undefined;
  if (!sheets.has(view)) {
    const sheet = { bitmap: null, waiting: new Set() };
    const done = (bitmap) => {
      sheet.bitmap = bitmap;
      sheet.waiting.forEach((call) => call());
    };
    createImageBitmap(new Blob([view], { type: "image/png" })).then(done, () => done(undefined));
    sheets.set(view, sheet);
  }
  const { bitmap, waiting } = sheets.get(view);
  if (bitmap === null) waiting.add(then);
  return bitmap;
}

/** Ellipses of one component as SVG text: a dark casing below, so that yellow is seen on white. */
function ellipsesOf(shape, [x, y], colour, name, sigmas) {
  if (!shape || !Number.isFinite(x + y)) return "";
  const at = `cx="${x.toFixed(1)}" cy="${y.toFixed(1)}"`;
  const turn = `transform="rotate(${shape.angle.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})"`;
  return sigmas.map((sigma) => {
    const [rx, ry] = [shape.rx, shape.ry].map((r) => Math.max(1.5, sigma * r).toFixed(1));
    const rest = `em-sigma${sigma}" ${at} rx="${rx}" ry="${ry}" ${turn} style="--colour:${colour}"/>`;
    return `<ellipse class="${name}-casing ${rest}<ellipse class="${name} ${rest}`;
  }).join("");
}

/** Trails of the means, where they were before an M-step, and the ellipses, as SVG text. */
function componentsAsSvg(now, { means, covariances }, { X, Y }, moved) {
  const place = ([x, y]) => [X(x), Y(y)];
  const ellipses = (of, name, sigmas) => of.means.map((mean, k) =>
    ellipsesOf(ellipse(of.covariances[k], X.per, Y.per), place(mean), colourOf(now, k), name, sigmas)).join("");
  const steps = now.run.frames.slice(0, now.at.frame + 1).filter((f) => f.half !== "E");
  const trail = (_, k) => {
    const d = path(steps.map((f) => place(now.plane.map((axis) => real(f.means[k]?.[axis])))));
    return `<path class="em-trail-casing" d="${d}"/>`
      + `<path class="em-trail" d="${d}" style="--colour:${colourOf(now, k)}"/>`;
  };
  const before = now.frame.half === "M" && !moved ? geometry(now.run.frames[now.at.frame - 1], now.plane) : null;
  return (steps.length > 1 ? means.map(trail).join("") : "")
    + (before ? ellipses(before, "em-ghost", [1]) : "")
    + ellipses({ means, covariances }, "em-ellipse", [2, 1]);
}

/** Axis lines, numbers and names. */
function drawAxes(group, { X, Y, width, height }, [across, up]) {
  const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
  const middle = (bottom + MARGIN.top) / 2;
  const text = (x, y, anchor, value, extra = {}) => s("text", { x, y, "text-anchor": anchor, ...extra }, value);
  group.replaceChildren(
    s("path", { class: "em-frame", d: `M${MARGIN.left},${MARGIN.top}V${bottom}H${right}` }),
    ...ticks(X.invert(MARGIN.left), X.invert(right), 6)
      .map((v) => text(X(v), bottom + 15, "middle", shortNumber(v))),
    ...ticks(Y.invert(bottom), Y.invert(MARGIN.top), 5)
      .map((v) => text(MARGIN.left - 6, Y(v) + 4, "end", shortNumber(v))),
    text((MARGIN.left + right) / 2, height - 5, "middle", across, { class: "em-axis" }),
    text(12, middle, "middle", up, { class: "em-axis", transform: `rotate(-90 12 ${middle})` }));
}

/** Whether there is a way from one geometry to the other, and not of length 0. */
function differ(from, to) {
  const flat = ({ means, covariances }) => [...means, ...covariances].flat();
  if (from?.means.length !== to.means.length) return false;
  return flat(from).some((v, i) => !Object.is(v, flat(to)[i]));
}

/**
 * What moves components from where they stand to where they belong. A second move while the
 * first is under way shows its end at once: who presses fast wants to arrive.
 */
function makeTween(show) {
  let now = null; // what stands on the screen
  let id = 0;
  const set = (next) => show((now = next));
  return {
    to(target, slowly) {
      const hurried = id !== 0;
      cancelAnimationFrame(id);
      id = 0;
      if (!slowly || hurried || !differ(now, target)) return set(target);
      const from = now;
      const start = performance.now() - 16; // the first picture of the movement is drawn at once
      const frame = () => {
        const t = clamp((performance.now() - start) / TWEEN, 0, 1);
        id = t < 1 ? requestAnimationFrame(frame) : 0;
        set(between(from, target, t * (2 - t)));
      };
      frame();
    },
    moving: () => id !== 0,
    stop: () => cancelAnimationFrame(id),
  };
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NUDGE = 8; // pixels that an arrow key moves a mean

/** The means, to be dragged by pointer or keys. `place` gives a mean's pixels, `data` the way back. */
function makeHandles({ act, view }, place, data) {
  const group = s("g");
  const fresh = onChange();
  function drag(event, k) {
    if (!act.mayMove() || event.button) return;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const follow = (e) => act.moveMean(k, data(e));
    const drop = () => handle.removeEventListener("pointermove", follow);
    handle.addEventListener("pointermove", follow);
    ["pointerup", "pointercancel"].forEach((name) => handle.addEventListener(name, drop, { once: true }));
  }
  function nudge(event, k) {
    const arrow = event.shiftKey && ARROWS[event.key];
    if (event.key === "Enter") act.start();
    else if (arrow && act.mayMove()) act.moveMean(k, data(null, k, arrow.map((v) => v * NUDGE)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const handle = (now, k) => s("g", {
    class: "em-mean", role: "button", tabindex: 0,
    onpointerdown: (event) => drag(event, k), onkeydown: (event) => nudge(event, k),
  },
  s("path", { class: "em-halo", d: markPath(markerOf(now, k), 10) }),
  s("path", { class: "em-body", d: markPath(markerOf(now, k), 8), fill: colourOf(now, k) }),
  s("text", { x: 12, y: -8, "aria-hidden": "true" }, k));
  return {
    group,
    renew(now) {
      if (!fresh(now.at.scene, now.K, now.look)) return;
      group.replaceChildren(...times(now.K, (k) => handle(now, k)));
    },
    move(means) {
      means.forEach((mean, k) => {
        const [x, y] = place(mean);
        const there = Number.isFinite(x + y);
        group.children[k].style.display = there ? "" : "none";
        if (there) group.children[k].setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)})`);
      });
    },
    label(now) {
      const how = act.mayMove() ? ": Shift and an arrow key move it, Enter runs EM from there" : "";
      (view.moved ?? now.frame.means).forEach((mean, k) => {
        const where = now.plane.map((axis) => shown(real(mean?.[axis]), 2)).join(", ");
        group.children[k].setAttribute("aria-label", `Mean of component ${k} at (${where})${how}`);
        group.children[k].setAttribute("aria-disabled", String(!act.mayMove()));
      });
    },
  };
}

/** Points on a canvas; components, trails and handles above it. */
function makePlot(app) {
  const { act, view } = app;
  const canvas = h("canvas", { role: "img" });
  const axes = s("g", { class: "em-axes", "aria-hidden": "true" });
  const clip = { id: nextId(), rect: s("rect") };
  const shapes = s("g", { "aria-hidden": "true", "clip-path": `url(#${clip.id})` });
  const ring = s("g", { class: "em-ring" }, s("circle"), s("circle"));
  let layout = null;
  let shownMeans = [];

  const inside = (event) => {
    const box = overlay.getBoundingClientRect();
    return [clamp(event.clientX - box.left, 0, layout.width), clamp(event.clientY - box.top, 0, layout.height)];
  };
  const place = ([x, y]) => [layout.X(x), layout.Y(y)];
  /** Where the pointer is, or where mean k is after a shift in pixels, in data units. */
  const data = (event, k, [dx, dy] = [0, 0]) => {
    const [x, y] = event ? inside(event) : place(shownMeans[k]);
    return [layout.X.invert(x + dx), layout.Y.invert(y + dy)];
  };
  const handles = makeHandles(app, place, data);
  const overlay = s("svg", { class: "em-overlay", role: "group", "aria-label": "Means of the components" },
    s("clipPath", { id: clip.id }, clip.rect), axes, shapes, ring, handles.group);
  const moved = h("div", { class: "em-moved", role: "group", "aria-label": "Means moved" },
    span("", "Means moved"),
    button("Run EM from here", () => act.start(), { class: "em-strong" }),
    button("Put back", () => act.putBack()));
  const host = div("em-plot", canvas, overlay, moved);

  const under = (event) => (layout ? nearest(layout.xs, layout.ys, ...inside(event), 14) : -1);
  overlay.addEventListener("pointermove", (event) => act.hover(event.buttons ? -1 : under(event)));
  overlay.addEventListener("pointerleave", () => act.hover(-1));
  overlay.addEventListener("click", (event) => event.target.closest(".em-mean") || act.setPoint(under(event)));

  const tween = makeTween((geo) => {
    shownMeans = geo.means;
    shapes.innerHTML = componentsAsSvg(app.now, geo, layout, view.moved);
    handles.move(geo.means);
    host.toggleAttribute("data-moving", tween.moving());
  });
  const fresh = { layout: onChange(), points: onChange(), shapes: onChange() };

  function layOut(now, width, height) {
    layout = arrange(now, width, height);
    overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.bottom };
    fill(clip.rect, { x: MARGIN.left, y: 0, ...inner }, []);
    drawAxes(axes, layout, now.plane.map((axis) => now.scene.axes[axis] ?? ""));
  }
  function drawData(now, sheet) {
    const context = sized(canvas, layout.width, layout.height);
    if (sheet) drawPictures(context, now, layout, view.theme, sheet);
    else drawPoints(context, now, layout, view.theme);
  }
  function drawComponents(now, slowly) {
    const target = geometry(now.frame, now.plane);
    if (view.moved) target.means = view.moved.map((mean) => now.plane.map((axis) => real(mean[axis])));
    tween.to(target, slowly);
  }
  function drawRing(now) {
    const n = view.hovered >= 0 ? view.hovered : now.point;
    ring.style.display = n >= 0 && n < now.N ? "" : "none";
    const at = { r: now.scene.kind === "pictures" ? 20 : 9, cx: layout.xs[n], cy: layout.ys[n] };
    if (n >= 0 && n < now.N) [...ring.children].forEach((circle) => fill(circle, at, []));
  }
  return {
    nodes: [host],
    stop: tween.stop,
    draw(now, slowly) {
      host.hidden = now.scene.kind === "digits";
      if (host.hidden || !now.points) return true;
      const [width, height] = [host.clientWidth, host.clientHeight];
      if (!(width > 0 && height > 0)) return false; // not yet on the page: drawn when it has a size
      const rearranged = fresh.layout(now.points, now.plane.join(), width, height);
      if (rearranged) layOut(now, width, height);
      const sheet = now.scene.kind === "pictures" ? sheetOf(now.tiles, act.redraw) : undefined;
      if (sheet === null) return false; // drawn when the tiles are decoded
      if (fresh.points(layout, now.resp, view.theme, sheet, now.look)) drawData(now, sheet);
      handles.renew(now);
      if (fresh.shapes(layout, now.frame, view.moved, now.look)) {
        drawComponents(now, slowly && !rearranged && !view.moved);
      }
      handles.label(now);
      drawRing(now);
      host.dataset.half = now.frame.half;
      canvas.setAttribute("aria-label", scatterInWords(now));
      moved.hidden = !view.moved;
      return true;
    },
  };
}

function scatterInWords(now) {
  const [across, up] = now.plane.map((axis) => now.scene.axes[axis]);
  return `${now.N} ${itemOf(now)}s by ${across} and ${up}, coloured by responsibility. ${now.frame.words}`;
}

// ---------------------------------------------------------------------------------------------
// 8. Log-likelihood and bound
// ---------------------------------------------------------------------------------------------

const PANEL = { left: 58, right: 12, top: 10, bottom: 30, height: 210 };

/** The log-likelihood so far and the bound after each half-step, over the other runs' curves. */
function makeCurves({ act, view }) {
  const svg = s("svg", { class: "em-curves", role: "img" });
  const words = h("p", { class: "em-numbers" });
  const close = button("Close-up", () => act.closeUp());
  const keys = [span("em-key em-key-ll", "log-likelihood"), span("em-key em-key-bound", "bound")];
  const host = div("em-panel", div("em-row em-head", ...keys, close), svg, words);
  const fresh = onChange();
  return {
    nodes: [host],
    draw({ scene, run, at }) {
      const width = host.clientWidth;
      if (!(width > 0)) return false;
      press(close, view.closeUp);
      if (!fresh(scene, run, at.frame, width, view.closeUp)) return true;
      const starts = offsets(scene.runs);
      const all = scene.runs.map((each, i) => trace(each, starts[i]));
      const sofar = all[at.run].slice(0, at.frame + 1);
      const others = all.map((points, i) => ({ points, name: `${i}: ${scene.runs[i].name}` })).toSpliced(at.run, 1);
      drawCurves(svg, width, sofar, others, frameOfCurves(all, sofar, view.closeUp));
      write(words, curveInWords(sofar));
      svg.setAttribute("aria-label", `Log-likelihood by iteration. ${curveInWords(sofar)}`);
      return true;
    },
  };
}

/** The ranges of the axes: all runs, or the last two iterations of what was seen. */
export function frameOfCurves(all, sofar, closeUp) {
  const now = sofar[sofar.length - 1].x;
  const shownPoints = closeUp ? sofar.filter((p) => p.x >= now - 2) : all.flat();
  const right = Math.max(...shownPoints.map((p) => p.x));
  return {
    x: [closeUp ? Math.max(0, now - 2.2) : 0, Math.max(right + 0.2, 1)],
    y: rangeOf(shownPoints.flatMap((p) => [p.loglik, p.bound])),
  };
}

function drawCurves(svg, width, sofar, others, ranges) {
  const [right, bottom] = [width - PANEL.right, PANEL.height - PANEL.bottom];
  const X = scale(ranges.x, [PANEL.left, right]);
  const Y = scale(ranges.y, [bottom, PANEL.top]);
  const line = (points, name, of) => s("path", { class: name, d: path(points.map((p) => [X(p.x), Y(p[of])])) });
  const last = sofar[sofar.length - 1];
  const clip = nextId();
  const area = { x: PANEL.left - 5, y: 0, width: right - PANEL.left + 10, height: bottom + 5 };
  svg.setAttribute("viewBox", `0 0 ${width} ${PANEL.height}`);
  svg.replaceChildren(
    s("clipPath", { id: clip }, s("rect", area)),
    ...curveAxes(X, Y, ranges, right, bottom),
    s("path", { class: "em-here", d: `M${X(last.x)},${PANEL.top}V${bottom}` }),
    s("g", { "clip-path": `url(#${clip})` },
      ...others.map(({ points }) => line(points, "em-other", "loglik")),
      line(sofar, "em-ll", "loglik"),
      line(sofar, "em-bound", "bound"),
      boundMarks(sofar, X, Y, ranges),
      ...gapOf(last, X, Y)),
    ...apart(others.map(({ points, name }) => nameAtEnd(points, name, X, Y, ranges)).filter(Boolean))
      .map(({ x, y, anchor, name }) => s("text", { class: "em-runname", x, y, "text-anchor": anchor }, name)));
}

function curveAxes(X, Y, ranges, right, bottom) {
  const text = (x, y, anchor, value, name) => s("text", { x, y, "text-anchor": anchor, class: name }, value);
  return [
    ...ticks(...ranges.y, 5).flatMap((v) => [
      s("path", { class: "em-grid", d: `M${PANEL.left},${Y(v)}H${right}` }),
      text(PANEL.left - 6, Y(v) + 4, "end", shortNumber(v))]),
    ...ticks(...ranges.x, 6, true).map((v) => text(X(v), bottom + 15, "middle", shortNumber(v))),
    text((PANEL.left + right) / 2, PANEL.height - 2, "middle", "iteration", "em-axis"),
    s("path", { class: "em-frame", d: `M${PANEL.left},${PANEL.top}V${bottom}H${right}` }),
  ];
}

/** The bound after each E, a ring on the curve, and after each M, a wedge that pushes from below. */
function boundMarks(sofar, X, Y, ranges) {
  const every = Math.ceil(9 / X.per); // marks nearer than that would hide the line
  const outline = { E: "m-2.6,0a2.6,2.6 0 1,0 5.2,0a2.6,2.6 0 1,0 -5.2,0z", M: "m0,-3.2l3.2,5.4h-6.4z" };
  const after = (half) => sofar.filter((p) => p.half === half && Number.isFinite(p.bound))
    .filter((p, i, list) => (list.length - 1 - i) % every === 0 && p.x >= ranges.x[0])
    .map((p) => `M${X(p.x).toFixed(1)},${Y(p.bound).toFixed(1)}${outline[half]}`).join("");
  return s("path", { class: "em-boundmark", d: after("E") + after("M") });
}

/** The distance from the bound up to the log-likelihood, now. */
function gapOf(last, X, Y) {
  const [x, top, low] = [X(last.x), Y(last.loglik), Y(last.bound)];
  if (!Number.isFinite(top)) return [];
  const dot = s("circle", { class: "em-lldot", cx: x, cy: top, r: 3.6 });
  if (!Number.isFinite(low) || low - top < 3) return [dot];
  return [s("path", { class: "em-gap", d: `M${x},${top}V${low}` }), dot];
}

/** The names of other runs stand at the ends of their curves, if those are in sight. */
function nameAtEnd(points, name, X, Y, { x: [left, right], y: [bottom, top] }) {
  const end = points.findLast((p) => Number.isFinite(p.loglik) && p.x <= right);
  if (!end || end.x < left || end.loglik < bottom || end.loglik > top) return null;
  const at = Y(end.loglik);
  const y = at > PANEL.height - PANEL.bottom - 16 ? at - 6 : at + 13;
  const anchor = end.x > (left + right) / 2 ? "end" : "start";
  return { name, x: X(end.x), y, anchor };
}

const LETTER = { width: 6.5, height: 11 }; // pixels that a run's name takes, on average
const LINES = [0, 13, 26, -19, -32]; // where else it may stand: below, or above its curve

/**
 * Names in places of their own: where one would touch another it stands a line or two lower, or
 * above its curve, and it is left out where all of these are taken.
 * @param {{name: string, x: number, y: number, anchor: "start"|"end"}[]} names
 */
export function apart(names) {
  const width = ({ name }) => LETTER.width * (name.length + 1);
  const left = (place) => place.x - (place.anchor === "end" ? width(place) : 0);
  const touch = (a, b) => Math.abs(a.y - b.y) < LETTER.height
    && left(a) < left(b) + width(b) && left(b) < left(a) + width(a);
  const within = ({ y }) => y >= PANEL.top + 5 && y <= PANEL.height - PANEL.bottom - 3;
  return names.reduce((placed, name) => {
    const places = LINES.map((by) => ({ ...name, y: name.y + by }));
    const free = places.find((place) => within(place) && !placed.some((other) => touch(place, other)));
    return free ? [...placed, free] : placed;
  }, []);
}

/** The last numbers, and what lies between them. */
export function curveInWords(sofar) {
  const { loglik, bound, half } = sofar[sofar.length - 1];
  const words = `log-likelihood ${shown(loglik, 2)}`;
  if (half === "start") return `${words}; no bound before the first E-step`;
  const gap = loglik - bound;
  if (!Number.isFinite(gap)) return `${words}, bound ${shown(bound, 2)}`;
  const touching = Math.abs(gap) <= 1e-6 * Math.max(1, Math.abs(loglik));
  const apart = touching ? "they touch" : Math.abs(gap) < 0.01 ? "nearly touching" : `${shown(gap, 2)} apart`;
  return `${words}, bound ${shown(bound, 2)}: ${apart}`;
}

// ---------------------------------------------------------------------------------------------
// 9. One point: its terms and responsibilities
// ---------------------------------------------------------------------------------------------

/**
 * What a component's row of the table is made from.
 * given: the learner's responsibility or null; share: the term over the sum, computed here.
 * The terms are those of the E-step that gave the responsibilities; where pixels are erased
 * (`seen` tells which are not), they are those of the parameters shown.
 * @returns {{k: number, term: number, share: number, given: ?number}[]}
 */
export function termRows(now, n, seen) {
  const { D, K, points, bits } = now;
  const [frame, params] = seen ? [now.frame, now.params] : [now.sourceFrame, now.sourceParams];
  const terms = points
    ? gaussianTerms(rowOf(points, n, D), frame)
    : bernoulliTerms(rowOf(bits, n, D), frame.weights, params, seen);
  const portions = shares(terms);
  const given = seen ? null : respOf(now, n);
  return times(K, (k) => ({ k, term: terms[k], share: portions[k], given: given?.[k] ?? null }));
}

/** The table below the curves: a point's numbers, or the weights where no point is chosen. */
function makeInspector({ act, view }) {
  const pick = () => act.setPoint(number.value === "" ? -1 : Math.round(+number.value));
  const number = h("input", { type: "number", min: 0, step: 1, onchange: pick });
  const title = h("b");
  const thumbnail = h("canvas", { class: "em-thumbnail", "aria-hidden": "true" });
  const label = h("label", {}, "", number);
  const table = h("table", { class: "em-table" });
  const note = h("p", { class: "em-note" });
  const host = div("em-panel em-inspector", div("em-row em-head", thumbnail, title, label), table, note);
  const fresh = onChange();
  function show(words, remark, names, rows) {
    write(title, words);
    write(note, remark);
    const head = names.map((name) => (name ? h("th", { scope: "col" }, name) : h("td")));
    table.replaceChildren(h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows));
  }
  return {
    nodes: [host],
    draw(now) {
      const digits = now.scene.kind === "digits";
      const n = view.hovered >= 0 ? view.hovered : digits ? Math.max(0, now.point) : now.point;
      number.max = now.N - 1;
      host.dataset.kind = now.scene.kind;
      if (document.activeElement !== number) number.value = n < 0 ? "" : n;
      if (!fresh(now.scene, now.frame, now.resp, n, view.erased)) return;
      label.firstChild.data = now.scene.rows ? "Shown no. " : `${capital(itemOf(now))} `;
      drawThumbnail(thumbnail, now, n, act.redraw);
      if (n < 0) show(...weightTable(now));
      else show(...termTable(now, n, digits && view.erased.size ? (d) => !view.erased.has(d) : undefined));
    },
  };
}

function drawThumbnail(canvas, now, n, then) {
  const sheet = now.scene.kind === "pictures" && n >= 0 ? sheetOf(now.tiles, then) : null;
  canvas.hidden = !sheet;
  if (sheet) drawTile(sized(canvas, 48, 48), sheet, now.N, n, 0, 48);
}

const component = (now, k) => h("th", { scope: "row" }, markIcon(now, k), ` ${k}`);
const cell = (text, name = "em-num") => h("td", { class: name }, text);

/** Title, remark, column names and rows of the components' weights. */
function weightTable(now) {
  const row = (w, k) => h("tr", {}, component(now, k), h("td", {}, bar(now, k, w)),
    cell(shown(real(w), 3)), cell(shown(real(now.frame.counts[k]), 1)));
  const remark = `Choose a ${itemOf(now)} to see what its colour is made of.`;
  return ["Components", remark, ["k", "", "weight π", "N"], now.frame.weights.map(row)];
}

/** Title, remark, column names and rows of one point's terms and responsibilities. */
function termTable(now, n, seen) {
  const rows = termRows(now, n, seen);
  const total = fromLog(logSumExp(rows.map((row) => row.term)));
  const tr = ({ k, term, share, given }) => {
    const value = cell(shown(given ?? share, 3));
    if (differs(given, share)) value.append(span("em-differs", ` ≠ ${shown(share, 3)}`));
    return h("tr", { "data-k": k, "data-term": term, "data-share": share, "data-given": given ?? "" },
      component(now, k), cell(`${fromLog(term)} / ${total}`, "em-num em-term"),
      h("td", {}, bar(now, k, given ?? share)), value);
  };
  const density = now.points ? "π N(x | k) / sum" : "π p(x | k) / sum";
  const last = seen ? "posterior" : now.resp ? "resp." : "share";
  const title = `${capital(itemOf(now))} ${nameOf(now, n)}`;
  return [title, remarkOf(now, rows, seen), ["k", density, "", last], rows.map(tr)];
}

const differs = (given, share) => given !== null && !(Math.abs(given - share) <= 0.002);

/** Which step gave the numbers, and where the learner's function disagrees with its terms. */
function remarkOf(now, rows, seen) {
  if (seen) return "Computed from the pixels left, with the images of this half-step.";
  if (rows.some((row) => differs(row.given, row.share))) {
    return "Left of ≠ stands what the function gave, right of it what the terms make.";
  }
  if (!now.resp) return "No responsibilities yet: these are the terms that the first E-step will use.";
  if (now.frame.half === "E") return "Given by this E-step.";
  return "Given by the E-step before: an M-step changes no responsibility.";
}

// ---------------------------------------------------------------------------------------------
// 10. Digits: component images, data, eraser
// ---------------------------------------------------------------------------------------------

const ROW = 24; // digits shown at a time

/** The component images with their weights, and some of the digits in their mixed colours. */
function makeDigits(app) {
  const parts = [makeImages(app), makeSamples(app)];
  const node = div("em-panel", ...parts.flatMap((part) => part.nodes));
  return {
    nodes: [node],
    draw(now) {
      node.hidden = now.scene.kind !== "digits";
      node.dataset.half = now.frame.half;
      if (!node.hidden && now.bits) parts.forEach((part) => part.draw(now));
    },
  };
}

const inkOf = (theme) => (v) => blend(theme.paper, theme.ink, clamp(v || 0, 0, 1));

function makeImages({ view }) {
  const list = h("ul", { class: "em-images" });
  const caption = (now, k) => span("em-caption", markIcon(now, k), ` ${k} `, bar(now, k, 0), span("em-num"));
  const image = (now, k) => h("li", {}, h("canvas", { role: "img" }), caption(now, k));
  const fresh = { list: onChange(), values: onChange() };
  function paint(now, item, k) {
    const [weight, ink] = [real(now.frame.weights[k]), inkOf(view.theme)];
    paintImage(item.firstChild, now.scene.shape, (d) => ink(now.params?.[k * now.D + d]));
    item.firstChild.setAttribute("aria-label", `Image of component ${k}, weight ${shown(weight, 3)}`);
    item.querySelector(".em-fill").style.width = `${(100 * weight || 0).toFixed(1)}%`;
    write(item.querySelector(".em-num"), shown(weight, 2));
  }
  return {
    nodes: [list],
    draw(now) {
      if (fresh.list(now.at.scene, now.K)) list.replaceChildren(...times(now.K, (k) => image(now, k)));
      if (fresh.values(now.params, now.frame, view.theme)) [...list.children].forEach((item, k) => paint(now, item, k));
    },
  };
}

function makeSamples({ act, view }) {
  const list = h("div", { class: "em-digits", role: "group", "aria-label": "Digits to choose from" });
  const other = button("Other digits", () => act.nextDigits());
  const fresh = { list: onChange(), colours: onChange() };
  function sample(now, n) {
    const canvas = h("canvas", { "aria-hidden": "true" });
    const [bits, ink] = [rowOf(now.bits, n, now.D), inkOf(view.theme)];
    paintImage(canvas, now.scene.shape, (d) => ink(bits[d]));
    const node = button(canvas, () => act.setPoint(n), { "data-row": n });
    node.append(span("em-badge"));
    return node;
  }
  function colour(now, node) {
    const n = +node.dataset.row;
    const row = respOf(now, n);
    const k = row ? largest(row) : -1;
    node.style.setProperty("--colour", k < 0 ? "var(--line)" : mixed(row, now.colours));
    node.lastChild.replaceChildren(...(k < 0 ? [] : [markIcon(now, k, 12)]));
    node.setAttribute("aria-label", `Digit ${nameOf(now, n)}${k < 0 ? "" : `, mostly component ${k}`}`);
  }
  return {
    nodes: [div("em-row em-head", h("b", {}, "Digits"), other), list],
    draw(now) {
      const first = (view.page * ROW) % now.N;
      const count = Math.min(ROW, now.N - first);
      const renewed = fresh.list(now.bits, first, view.theme);
      if (renewed) list.replaceChildren(...times(count, (i) => sample(now, first + i)));
      if (fresh.colours(now.resp) || renewed) [...list.children].forEach((node) => colour(now, node));
      [...list.children].forEach((node) => press(node, +node.dataset.row === Math.max(0, now.point)));
      other.hidden = now.N <= ROW;
    },
  };
}

/** Pixels within the brush about (row, column), in an image of this height and width. */
export function brush([H, W], row, column, reach = 1) {
  const around = (middle, size) =>
    times(2 * reach + 1, (i) => middle - reach + i).filter((v) => v >= 0 && v < size);
  return around(row, H).flatMap((y) => around(column, W).map((x) => y * W + x));
}

/** One digit large, to erase, beside what the components make of the rest. */
function makeEraser(app) {
  const { act, view } = app;
  const pad = makePad(app);
  const completed = h("canvas", { role: "img", "aria-label": "The digit completed by the components" });
  const lower = () => {
    const [H, W] = app.now.scene.shape;
    return times(H * W, (d) => d).filter((d) => d >= Math.ceil(H / 2) * W);
  };
  const half = button("Erase the lower half", () => act.erase(lower()));
  const restore = button("Restore", () => act.restore());
  const said = h("p", { class: "em-note", role: "status" });
  const host = div("em-panel em-eraser",
    h("figure", {}, pad.node, h("figcaption", {}, "Erase with the pointer")),
    h("figure", {}, completed, h("figcaption", {}, "Completed by the components")),
    div("em-erasing", h("b", {}, "What if pixels were missing?"), half, restore, said));
  const fresh = onChange();
  return {
    nodes: [host],
    draw(now) {
      host.hidden = now.scene.kind !== "digits";
      const n = Math.max(0, now.point);
      if (host.hidden || !now.bits || !now.params) return;
      if (!fresh(now.bits, now.params, now.frame, n, view.erased, view.theme)) return;
      const { theme, erased } = view;
      const bits = rowOf(now.bits, n, now.D);
      const seen = (d) => !erased.has(d);
      const posterior = shares(bernoulliTerms(bits, now.frame.weights, now.params, seen));
      const whole = completion(bits, posterior, now.params, seen);
      const shade = (v, colour) => blend(theme.paper, colour, clamp(v || 0, 0, 1));
      pad.draw(now, n, (d) => (seen(d) ? shade(bits[d], theme.ink) : shade(0.22, theme.guess)));
      paintImage(completed, now.scene.shape, (d) => shade(whole[d], seen(d) ? theme.ink : theme.guess));
      can(restore, erased.size > 0);
      write(said, posteriorInWords(posterior, erased.size, now.D));
    },
  };
}

function posteriorInWords(posterior, erased, D) {
  const best = largest(posterior);
  const pixels = erased ? `Without ${erased} of ${D} pixels` : "With all pixels";
  return best < 0 ? "" : `${pixels}: component ${best}, ${(100 * posterior[best]).toFixed(1)} %`;
}

/** The large digit: the pointer erases, and so does a cursor that the arrow keys move. */
function makePad({ act }) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  const cursor = span("em-cursor");
  const node = h("div", { class: "em-pad", role: "application", tabindex: 0 }, canvas, cursor);
  let size = [28, 28];
  let at = [14, 14];
  const under = ({ clientX, clientY }) => {
    const box = node.getBoundingClientRect();
    return [((clientY - box.top) / box.height) * size[0], ((clientX - box.left) / box.width) * size[1]].map(Math.floor);
  };
  const wipe = (events) => act.erase(events.flatMap((event) => brush(size, ...(at = under(event)))));
  const placeCursor = () => {
    const [top, left] = at.map((v, i) => `${(100 * (v - 1)) / size[i]}%`);
    const [height, width] = size.map((pixels) => `${300 / pixels}%`);
    Object.assign(cursor.style, { top, left, height, width });
  };
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    wipe([event]);
  });
  node.addEventListener("pointermove", (event) => event.buttons && wipe(event.getCoalescedEvents?.() ?? [event]));
  node.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.key === " ") act.erase(brush(size, ...at));
    else if (arrow) at = at.map((v, i) => clamp(v + arrow[1 - i], 0, size[i] - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
    placeCursor();
  });
  return {
    node,
    draw(now, n, colourAt) {
      size = now.scene.shape;
      placeCursor();
      paintImage(canvas, size, colourAt);
      node.setAttribute("aria-label", `Digit ${nameOf(now, n)}: arrow keys move the eraser, Space erases`);
    },
  };
}

// ---------------------------------------------------------------------------------------------
// 11. Below the plot: words, lights, errors
// ---------------------------------------------------------------------------------------------

/** The read-out of every state, the laws, and what went wrong. */
function makeReport(app) {
  const parts = [makeWords(app), makeError(), makeTrouble(app)];
  return { nodes: parts.flatMap((part) => part.nodes), draw: (now) => parts.forEach((part) => part.draw(now)) };
}

/** A law's class, its sign, and the same for who does not see the sign. */
function lightOf(ok) {
  if (ok) return ["em-ok", "✓", "holds: "];
  return ok === false ? ["em-bad", "✗", "broken: "] : ["em-open", "·", "not yet known: "];
}

function makeWords({ view }) {
  const words = h("p", { class: "em-words" });
  const broken = div("em-broken");
  const spoken = h("div", { "aria-live": "polite", "aria-atomic": "true" }, words, broken);
  const lights = h("ul", { class: "em-lights", "aria-label": "Laws of EM" });
  const light = ({ law, ok }) => {
    const [name, sign, said] = lightOf(ok);
    return h("li", { class: name }, h("span", { "aria-hidden": "true" }, sign), span("em-hidden", said), law);
  };
  const fresh = onChange();
  return {
    nodes: [spoken, lights],
    draw({ frame, run, at, last }) {
      spoken.setAttribute("aria-live", view.playing ? "off" : "polite"); // not a word a half-step while it plays
      write(words, at.frame === last && run.end ? `${frame.words} ${run.end}` : frame.words);
      if (!fresh(frame)) return;
      lights.replaceChildren(...frame.laws.map(light));
      const sentences = frame.laws.filter((law) => law.ok === false).map((law) => law.sentence);
      broken.replaceChildren(...sentences.map((text) => h("p", {}, text)));
    },
  };
}

/** An exception in the learner's function, with the learner's own line. */
function makeError() {
  const sentence = h("p");
  const where = h("p");
  const line = h("code");
  const attributes = { class: "em-error", role: "group", "aria-label": "Error" };
  const box = h("div", attributes, sentence, where, h("pre", {}, line));
  return {
    nodes: [box],
    draw({ run, at, last }) {
      const error = at.frame === last ? run.error : null;
      box.hidden = !error;
      write(sentence, error?.sentence ?? "");
      write(where, error?.where ? `In ${error.where}:` : "");
      write(line, error?.line?.trim() ?? "");
    },
  };
}

const HELP = [
  "Left and Right: half a step.", "Page Up and Page Down: a whole iteration.", "Home and End: start and end.",
  "Space: play.", "On a mean, Shift and an arrow move it, and Enter runs EM from there.",
  "On the large digit, arrows move the eraser, and Space erases.", "Escape: back to the notebook.",
];

/** A request that could not be done, and help. */
function makeTrouble({ view }) {
  const trouble = h("p", { class: "em-trouble", role: "alert" });
  const keys = h("details", { class: "em-keys" }, h("summary", {}, "Keys"), h("p", {}, HELP.join(" ")));
  return {
    nodes: [trouble, keys],
    draw(now) {
      write(trouble, now.trouble || view.silence);
      trouble.hidden = !trouble.textContent;
    },
  };
}

// ---------------------------------------------------------------------------------------------
// 12. The view: state, actions, keys, play
// ---------------------------------------------------------------------------------------------

const SILENT = 15000; // milliseconds until we say that no kernel answers

/** What is this view's own, and is not kept in the notebook. */
const newView = () => ({
  theme: null,
  gated: false, // a prediction is asked for first
  later: false, // ... and was put off
  playing: false,
  speed: SPEEDS.medium,
  hovered: -1,
  moved: null, // means that were dragged, until EM runs from there or they are put back
  playNext: false, // the run that was asked for is to play when it comes
  silence: "",
  closeUp: false,
  erased: new Set(),
  page: 0, // of digits
});

/** What can be done, by keys, buttons and pointer. */
function makeActions(app) {
  const { model, view } = app;
  let timer = 0;
  let waiting = 0;
  const put = (trait, value) => {
    model.set(trait, value);
    model.save_changes();
  };
  /** What had the focus may be hidden now; the keys must go on. */
  const focusRoot = () => app.root.focus({ preventScroll: true });
  const change = (values) => {
    Object.assign(view, values);
    app.draw();
  };
  const tick = () => {
    act.go(app.now.at.frame + 1);
    if (app.now.at.frame < app.now.last) timer = setTimeout(tick, view.speed);
    else act.pause();
  };
  const act = {
    redraw: () => app.draw(),
    /** Show a frame of this run; beyond its ends, the end. From moved means, a new run. */
    go(frame) {
      const { at, last } = app.now;
      if (view.gated) return;
      if (view.moved && frame > at.frame) act.start();
      else if (clamp(frame, 0, last) !== at.frame) put("at", { ...at, frame: clamp(frame, 0, last) });
    },
    step(by) {
      act.stop();
      act.go(app.now.at.frame + by);
    },
    play() {
      timer = setTimeout(tick, view.speed);
      change({ playing: true });
    },
    stop() {
      clearTimeout(timer);
      view.playing = false;
    },
    pause() {
      act.stop();
      app.draw();
    },
    toggle() {
      if (view.gated) return;
      if (view.playing) act.pause();
      else if (view.moved) act.start(true);
      else {
        if (app.now.at.frame === app.now.last) act.go(0);
        act.play();
      }
    },
    setSpeed: (milliseconds) => { view.speed = milliseconds; },
    goRun(run) {
      act.stop();
      const last = app.now.scene.runs[run].frames.length - 1;
      put("at", { ...app.now.at, run, frame: Math.min(app.now.at.frame, last) });
    },
    goScene(scene) {
      act.stop();
      put("point", -1);
      put("at", { scene, run: 0, frame: 0 });
    },
    predict(choice) {
      put("prediction", choice);
      focusRoot();
    },
    decideLater() {
      change({ later: true });
      focusRoot();
    },
    /** That the end was seen is kept in the notebook: what happened is then no secret any more. */
    seeEnd: () => put("seen_end", true),
    hover: (n) => n === view.hovered || change({ hovered: n }),
    setPoint(n) {
      put("point", n >= 0 && n < app.now.N ? n : -1);
      change({ hovered: -1, erased: new Set() });
    },
    /** Show data axis d along screen axis 0 or 1; if the other shows it, the two change places. */
    setPlane(axis, d) {
      const plane = [...app.now.plane];
      if (plane[1 - axis] === d) plane[1 - axis] = plane[axis];
      plane[axis] = d;
      put("plane", plane);
    },
    mayMove: () => Boolean(app.now?.scene.may_start && !view.gated),
    moveMean(k, [x, y]) {
      act.stop();
      const means = (view.moved ?? app.now.frame.means).map((mean) => [...mean]);
      [means[k][app.now.plane[0]], means[k][app.now.plane[1]]] = [x, y];
      change({ moved: means });
    },
    putBack() {
      change({ moved: null });
      focusRoot();
    },
    /** Ask for a run from the means as they were moved: a new start, or a branch of this run. */
    start(thenPlay = false) {
      if (!view.moved) return;
      view.playNext = thenPlay;
      const { run, frame } = app.now.at;
      act.ask({ ...(frame === 0 ? { do: "start" } : { do: "branch", run, frame }), means: view.moved });
    },
    ask(message) {
      act.stop();
      act.answered();
      const silence = "No answer from the kernel: run the cell again, then start from here.";
      waiting = setTimeout(() => change({ silence }), SILENT);
      model.send({ ...message, scene: app.now.at.scene });
    },
    answered() {
      clearTimeout(waiting);
      change({ silence: "" });
    },
    closeUp: () => change({ closeUp: !view.closeUp }),
    nextDigits: () => change({ page: (view.page + 1) % Math.ceil(app.now.N / ROW) }),
    erase: (pixels) => change({ erased: new Set([...view.erased, ...pixels]) }),
    restore: () => change({ erased: new Set() }),
  };
  return act;
}

const KEYS = {
  ArrowRight: (act) => act.step(1),
  ArrowLeft: (act) => act.step(-1),
  PageDown: (act) => act.step(2),
  PageUp: (act) => act.step(-2),
  Home: (act) => act.step(-Infinity),
  End: (act) => act.step(Infinity),
  " ": (act) => act.toggle(),
};

/** Whether the element needs the key itself. @param {Element} target @param {string} key */
export function needs(target, key) {
  if (target.matches("select, textarea, input:not([type=range])")) return true;
  return key === " " && target.matches("button, summary");
}

/** Elements with this attribute keep their keys from JupyterLab's shortcuts. */
const SILENCER = "data-lm-suppress-shortcuts";

/** Keys act wherever the focus is within the explorer, and do not reach the page around it. */
function listenToKeys({ root, act, view }) {
  let cameFrom = null;
  root.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(relatedTarget)) cameFrom = relatedTarget;
  });
  /** Take back what is under way, or give the focus back to the notebook. */
  const escape = () => {
    if (view.moved) return act.putBack();
    document.activeElement?.blur();
    (cameFrom?.isConnected ? cameFrom : root.closest(".jp-Cell"))?.focus({ preventScroll: true });
  };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    if (event.key === "Escape") return escape();
    if (event.shiftKey || !KEYS[event.key] || needs(event.target, event.key)) return;
    event.preventDefault();
    KEYS[event.key](act);
  });
}

/**
 * JupyterLab hears no key within an element that has SILENCER; but Ctrl and Cmd are its own, as in
 * Ctrl+S. It listens on the document, in the capture phase: on the window we come before it.
 * Returns what ends that.
 */
function listenToShortcuts({ root }) {
  const letThrough = ({ target, ctrlKey, metaKey }) => {
    if (root.contains(target)) root.toggleAttribute(SILENCER, !(ctrlKey || metaKey));
  };
  window.addEventListener("keydown", letThrough, true);
  return () => window.removeEventListener("keydown", letThrough, true);
}

/** Follow the model, whoever changes it; returns what ends that. */
function listenToModel(app) {
  const { model, view, act } = app;
  const moved = () => {
    const before = app.now?.at;
    view.moved = null;
    app.draw();
    if (!app.now || !before) return;
    const newScene = app.now.at.scene !== before.scene;
    if (newScene) Object.assign(view, { hovered: -1, erased: new Set(), page: 0 });
    if (!newScene && app.now.at.run === before.run) return;
    act.stop();
    if (view.playNext) act.play();
    else app.draw();
    view.playNext = false;
  };
  const drawn = ["arrays", "plane", "point", "prediction", "outcome", "seen_end", "ask", "look"];
  const handlers = [
    ["change:at", moved],
    ...["scenes", "trouble"].map((trait) => [`change:${trait}`, act.answered]),
    ...drawn.map((trait) => [`change:${trait}`, app.draw]),
  ];
  handlers.forEach(([name, handler]) => model.on(name, handler));
  return () => handlers.forEach(([name, handler]) => model.off(name, handler));
}

/** Follow the page: sizes, first showing, themes; returns what ends that. */
function listenToPage({ root, retheme }, nodes) {
  const sizes = new ResizeObserver(retheme);
  nodes.forEach((node) => sizes.observe(node));
  const attributes = new MutationObserver(retheme);
  const names = ["data-jp-theme-name", "data-jp-theme-light", "class", "style"];
  [document.documentElement, document.body].forEach((node) =>
    attributes.observe(node, { attributes: true, attributeFilter: names }));
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", retheme);
  return () => {
    sizes.disconnect();
    attributes.disconnect();
    scheme.removeEventListener("change", retheme);
    root.remove();
  };
}

/** Whether a prediction is asked for: before it was made or the end seen, and where there is more to see than a start. */
const isAsked = ({ ask, prediction, seenEnd, at, scene }) =>
  Boolean(ask.question && !prediction && !seenEnd && at.scene === 0 && scene.runs[0].frames.length > 1);

/** Whether this is the end of the notebook's own first run. */
const isEnd = ({ at, last }) => at.scene === 0 && at.run === 0 && at.frame === last && last > 0;

/** Whether components may be seen to move from the frame that was drawn to this one. */
function isStep(before, { at }, view, still) {
  if (before?.scene !== at.scene || before.run !== at.run || Math.abs(before.frame - at.frame) !== 1) return false;
  return !still && (!view.playing || view.speed > TWEEN);
}

function render({ model, el }) {
  const view = newView();
  const app = { model, view, now: null, root: null, draw: () => {}, retheme: () => {} };
  app.act = makeActions(app);
  const above = [makeScenes, makePrediction, makeToolbar, makeHalves].map((make) => make(app));
  const [plot, digits, eraser] = [makePlot, makeDigits, makeEraser].map((make) => make(app));
  const right = [makeCurves, makeInspector].map((make) => make(app));
  const report = makeReport(app);
  const parts = [...above, plot, digits, eraser, ...right, report];
  const column = (name, list) => div(name, ...list.flatMap((part) => part.nodes));
  const named = { role: "region", "aria-label": "EM explorer", tabindex: 0, [SILENCER]: true };
  const root = h("div", { class: "explorer", ...named },
  ...above.flatMap((part) => part.nodes),
  div("em-stage", column("em-left", [plot, digits, eraser]), column("em-right", right)),
  ...report.nodes);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let drawnAt = null;

  app.root = root;
  app.draw = () => {
    const now = situation((trait) => model.get(trait));
    app.now = now;
    if (!now || !root.isConnected || !view.theme) return;
    view.gated = !view.later && isAsked(now);
    if (isEnd(now) && !view.gated && !now.seenEnd) return app.act.seeEnd(); // which draws
    const slowly = isStep(drawnAt, now, view, still.matches);
    const whole = parts.map((part) => part.draw(now, slowly)).every((done) => done !== false);
    if (!whole) return;
    drawnAt = now.at;
    Object.assign(root.dataset, { scene: now.at.scene, run: now.at.run, frame: now.at.frame });
  };
  app.retheme = () => {
    if (!root.isConnected) return; // what is not on the page has no colours yet
    const theme = themeOf(root);
    if (String(Object.values(theme)) !== String(Object.values(view.theme ?? {}))) view.theme = theme;
    app.draw();
  };

  el.append(root);
  const ends = [listenToModel(app), listenToShortcuts(app), listenToPage(app, [root, ...plot.nodes])];
  listenToKeys(app);
  app.retheme();
  return () => {
    app.act.stop();
    plot.stop();
    ends.forEach((end) => end());
  };
}

export default { render };
