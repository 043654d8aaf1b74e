/** Scales: from data to pixels and back, round ticks with their labels, limits, paths. */

import { scaleLinear } from "d3-scale";
import { withPower } from "./numbers.js";

/** A linear scale. NaN has no place on it. @param {number[]} domain @param {number[]} range */
export const linear = (domain, range) => scaleLinear(domain, range).unknown(NaN);

/** The pixels for one unit of the data; negative if the scale goes up the screen. */
export function perUnit(scale) {
  const [[a, b], [c, d]] = [scale.domain(), scale.range()];
  return (d - c) / (b - a);
}

/**
 * Round numbers along a scale, one for about `every` pixels, with labels that are all different.
 * @param {boolean} whole only whole numbers, because half an iteration does not exist
 * @returns {{value: number, label: string}[]}
 */
export function ticks(scale, every, whole = false) {
  const [start, end] = scale.range();
  const count = Math.max(2, Math.round(Math.abs(end - start) / every));
  const values = scale.ticks(count).filter((value) => !whole || Number.isInteger(value));
  const label = whole ? String : labels(scale, count);
  return values.map((value) => ({ value, label: label(value) }));
}

/** Makes a function that writes a scale's ticks. Very large or very small numbers get powers of ten. */
function labels(scale, count) {
  const size = Math.max(...scale.domain().map(Math.abs));
  if (size >= 1e-3 && size < 1e6) return scale.tickFormat(count, "f");
  const write = scale.tickFormat(count, "~e");
  return (value) => withPower(write(value));
}

const LETTER = 6; // the average width of a label's letter, in pixels

/** The pixels for the longest label. @param {{label: string}[]} list */
export const roomFor = (list) => LETTER * Math.max(0, ...list.map(({ label }) => label.length));

/** The ticks along a horizontal scale: fewer ticks if their labels would touch. */
export function ticksAcross(scale, every, whole = false) {
  const list = ticks(scale, every, whole);
  const [start, end] = scale.range();
  const [first, second] = list.map(({ value }) => scale(value));
  const fit = list.length < 2 || second - first >= roomFor(list) + LETTER;
  return fit || every > end - start ? list : ticksAcross(scale, 2 * every, whole);
}

/**
 * The lowest and the highest of every D-th number from d on, with a margin.
 * @param {ArrayLike<number>} flat
 */
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

/**
 * The lowest and the highest of all finite numbers, with a margin. A range that is only rounding is not
 * magnified.
 */
export function rangeOf(values) {
  const [low, high] = limits(values.filter(Number.isFinite), 1, 0);
  const least = 1e-6 * Math.max(1, Math.abs(low + high));
  return high - low > least ? [low, high] : [(low + high) / 2 - 1, (low + high) / 2 + 1];
}

/** A path through the points, with gaps at points that are not finite. @param {number[][]} points */
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
