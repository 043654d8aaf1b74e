/** History: the scene, the run and the frame that are shown, and their data. */

import { rgb } from "./colours.js";
import { clamp } from "./mathematics.js";

/**
 * @typedef {{iteration: number, half: "start"|"E"|"M", weights: number[], counts: number[],
 *   means?: number[][], covariances?: number[][][], loglik: ?number, bound: ?number,
 *   laws: {key: string, law: string, ok: ?boolean, sentence: string}[], words: string, resp: number,
 *   params: number}} Frame  a half-step; a number that is not finite is null;
 *   ok is null if the frame has no values for the law
 * @typedef {{name: string, parent: ?number, at: ?number, frames: Frame[], end: string,
 *   error: ?{sentence: string, where: string, line: string}}} Run
 * @typedef {{name: string, told: string, family: string, kind: "points"|"pictures"|"digits",
 *   N: number, total: number, K: number, D: number, axes: string[], shape: ?number[],
 *   rows: ?number[], may_start: boolean, runs: Run[]}} Scene
 * @typedef {{scene: number, run: number, frame: number}} At
 */

/** The nearest whole number in a range, whatever the value is. */
const index = (value, low, high) => clamp(Math.round(value) || 0, low, high);

/** The frame whose parameters gave the responsibilities at frame f; -1 before the first E-step. @param {Run} run */
export const sourceOf = (run, f) => run.frames.findLastIndex(({ half }, i) => i <= f && half === "E");

export const FULL = 65535; // a responsibility of 1, in two bytes

const typed = new WeakMap();

/**
 * The numbers in a buffer from the kernel. They are made only once for each buffer.
 * @param {DataView} view
 */
export function numbers(view, Type) {
  if (!view) return null;
  if (!typed.has(view)) {
    const start = view.byteOffset ?? 0;
    typed.set(view, new Type((view.buffer ?? view).slice(start, start + view.byteLength)));
  }
  return typed.get(view);
}

/** Row `row` of a table whose rows have `size` numbers, or null. */
export const rowOf = (flat, row, size) => (flat && row >= 0 ? flat.subarray(row * size, (row + 1) * size) : null);

const tables = new WeakMap();

/** As rowOf, but with the same object each time. So other functions can see that nothing has changed. */
function tableOf(flat, row, size) {
  if (!flat || row < 0) return null;
  if (!tables.has(flat)) tables.set(flat, new Map());
  const kept = tables.get(flat);
  if (!kept.has(row)) kept.set(row, rowOf(flat, row, size));
  return kept.get(row);
}

/**
 * All values that a drawing needs, read from the model; null if there is nothing to draw.
 * @param {(trait: string) => any} get
 */
export function situation(get) {
  const place = placeOf(get("scenes") ?? [], get("at") ?? {});
  if (!place) return null;
  const { N, K, D } = place.scene;
  return {
    ...place, N, K, D,
    ...tablesAt(place, get("arrays") ?? {}),
    look: get("look"),
    colours: get("look").palette.map(rgb),
    plane: planeOf(get("plane"), D),
    point: index(get("point") ?? -1, -1, N - 1),
    ask: get("ask") ?? {}, prediction: get("prediction"), outcome: get("outcome"),
    seenEnd: get("seen_end"), trouble: get("trouble"),
  };
}

/** The requested scene, run and frame, or the nearest ones that exist; null if there is no frame. */
function placeOf(scenes, wanted) {
  const s = index(wanted.scene, 0, scenes.length - 1);
  const scene = scenes[s];
  const r = index(wanted.run, 0, (scene?.runs.length ?? 0) - 1);
  const run = scene?.runs[r];
  if (!run?.frames.length) return null;
  const last = run.frames.length - 1;
  const at = { scene: s, run: r, frame: index(wanted.frame, 0, last) };
  return { scenes, scene, run, at, last, frame: run.frames[at.frame] };
}

/** The numbers of the data, and the responsibilities and parameters at a frame. */
function tablesAt({ scene: { N, K, D }, run, at, frame }, arrays) {
  const own = `${at.scene}/${at.run}`;
  const resp = numbers(arrays[`${own}/resp`], Uint16Array);
  const params = numbers(arrays[`${own}/params`], Float32Array);
  const paramsAt = (f) => tableOf(params, run.frames[f].params ?? -1, K * D);
  const source = sourceOf(run, at.frame);
  const given = source < 0 ? at.frame : source;
  return {
    points: numbers(arrays[`${at.scene}/points`], Float32Array),
    bits: numbers(arrays[`${at.scene}/bits`], Uint8Array),
    tiles: arrays[`${at.scene}/tiles`],
    resp: frame.half === "start" ? null : tableOf(resp, frame.resp, N * K),
    params: paramsAt(at.frame),
    sourceParams: paramsAt(given),
    sourceFrame: run.frames[given],
  };
}

/** The two columns of the data that are shown; both exist. */
function planeOf(plane, D) {
  const [i, j] = (plane ?? [0, 1]).map((d) => index(d, 0, D - 1));
  return i === j ? [0, Math.min(1, D - 1)] : [i, j];
}

/**
 * The responsibilities of one point as fractions, or null before the first E-step.
 * The kernel sends NaN as 0. So a row of zeros had NaN if a count is not finite. It is NaN here, too.
 */
export function respOf(now, n) {
  const row = rowOf(now.resp, n, now.K);
  const none = row?.every((v) => v === 0);
  return row && Array.from(row, (v, k) => (none && now.sourceFrame.counts[k] === null ? NaN : v / FULL));
}

/** The number of a point's row in the learner's own data. */
export const nameOf = (now, n) => now.scene.rows?.[n] ?? n;

/** The word for one row of the data. */
const ITEMS = { points: "point", pictures: "picture", digits: "digit" };
export const itemOf = (now) => ITEMS[now.scene.kind] ?? "point";

/** The row that the table and the large digit show. If the data are digits, there is always such a row. */
export const pointOf = (now) => (now.scene.kind === "digits" ? Math.max(0, now.point) : now.point);
