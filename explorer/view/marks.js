/** Marks: each component has a shape as well as a colour, so that nobody depends on colours alone. */

import { h, s } from "./elements.js";
import { times } from "./mathematics.js";

/** Corners of the marks, as in the notebooks' figures, on a circle with radius 1 around (0, 0), y upwards. */
const turned = (count, start, radius = 1) =>
  times(count, (i) => (start + (360 * i) / count) * (Math.PI / 180))
    .map((a) => [radius * Math.cos(a), radius * Math.sin(a)]);
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

/**
 * The outline of a mark as the `d` of a path, with its centre at (0, 0).
 * @param {string} marker @param {number} r
 */
export function markPath(marker, r) {
  const corners = CORNERS[marker];
  if (!corners) return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
  return `M${corners.map(([x, y]) => `${(x * r).toFixed(2)},${(-y * r).toFixed(2)}`).join("L")}z`;
}

export const colourOf = (now, k) => now.look.palette[k % now.look.palette.length];
export const markerOf = (now, k) => now.look.markers[k % now.look.markers.length];

/** The marks of all components, for a canvas. */
export const marksOf = (now, r) => times(now.K, (k) => new Path2D(markPath(markerOf(now, k), r)));

/** A component's mark for tables and beside digits. */
export const markIcon = (now, k, size = 14) =>
  s("svg", { class: "em-mark", viewBox: "-10 -10 20 20", width: size, height: size, "aria-hidden": "true" },
    s("path", { d: markPath(markerOf(now, k), 6.5), fill: colourOf(now, k) }));

/** A bar whose length shows a share. */
export function bar(now, k, share) {
  const style = `width:${(100 * (share || 0)).toFixed(2)}%;background:${colourOf(now, k)}`;
  return h("span", { class: "em-track", "aria-hidden": "true" }, h("span", { class: "em-fill", style }));
}
