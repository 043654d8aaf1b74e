/** Curves: log-likelihood and bound of the run so far, over the curves of the other runs. */

import { button, div, h, label, nextId, onChange, press, s, span, write } from "./elements.js";
import { real } from "./mathematics.js";
import { shown } from "./numbers.js";
import { linear, path, perUnit, rangeOf, roomFor, ticks, ticksAcross } from "./scales.js";

/** @typedef {import("./history.js").Run} Run */

const PANEL = { left: 58, right: 12, top: 10, bottom: 30, height: 210 };
const FLOOR = PANEL.height - PANEL.bottom;

/** The panel with the log-likelihood so far and the bound after each half-step, and both in words. */
export function makeCurves({ act, view }) {
  const svg = s("svg", { class: "em-curves", role: "img" });
  const words = h("p", { class: "em-numbers" });
  const close = button("Close-up", () => act.closeUp());
  const keys = [span("em-key em-key-ll", "log-likelihood"), span("em-key em-key-bound", "bound")];
  const host = div("em-panel", div("em-row em-head", ...keys, close), svg, words);
  const [fresh, axes] = [onChange(), makeAxes()];
  return {
    nodes: [host],
    draw({ scene, run, at }) {
      const width = host.clientWidth;
      if (!(width > 0)) return false;
      press(close, view.closeUp);
      if (!fresh(scene, run, at.frame, width, view.closeUp)) return true;
      const traces = tracesOf(scene.runs, at);
      drawCurves(svg, traces, axes(width, frameOfCurves(traces.all, traces.sofar, view.closeUp)));
      write(words, curveInWords(traces.sofar));
      svg.setAttribute("aria-label", `Log-likelihood by iteration. ${curveInWords(traces.sofar)}`);
      return true;
    },
  };
}

/**
 * The iteration at which each run begins. A branch begins where it left its parent run.
 * @param {Run[]} runs
 */
export function offsets(runs) {
  const of = (run) => (run?.parent == null ? 0 : of(runs[run.parent]) + (run.at ?? 0) / 2);
  return runs.map(of);
}

/** The numbers from which the curves of a run are drawn. @param {Run} run @param {number} offset */
export const trace = (run, offset) =>
  run.frames.map((f, i) => ({ x: offset + i / 2, half: f.half, loglik: real(f.loglik), bound: real(f.bound) }));

/** The numbers of all runs, of this run so far, and of the other runs with their names. */
function tracesOf(runs, at) {
  const starts = offsets(runs);
  const all = runs.map((run, i) => trace(run, starts[i]));
  const others = all.map((points, i) => ({ points, name: `${i}: ${runs[i].name}` })).toSpliced(at.run, 1);
  return { all, others, sofar: all[at.run].slice(0, at.frame + 1) };
}

/** The ranges of the axes: of all runs, or (for a close-up) of the last two iterations that were seen. */
export function frameOfCurves(all, sofar, closeUp) {
  const now = sofar[sofar.length - 1].x;
  const shownPoints = closeUp ? sofar.filter((p) => p.x >= now - 2) : all.flat();
  const right = Math.max(...shownPoints.map((p) => p.x));
  return {
    x: [closeUp ? Math.max(0, now - 2.2) : 0, Math.max(right + 0.2, 1)],
    y: rangeOf(shownPoints.flatMap((p) => [p.loglik, p.bound])),
  };
}

/** Scales with their ticks, in a panel of this width. */
function arrange(width, ranges) {
  const Y = linear(ranges.y, [FLOOR, PANEL.top]);
  const up = ticks(Y, 36);
  const left = Math.max(PANEL.left, 10 + roomFor(up));
  const X = linear(ranges.x, [left, width - PANEL.right]);
  return { X, Y, up, across: ticksAcross(X, 42, true), left, right: width - PANEL.right, width, ranges };
}

/**
 * Scales and axes. They are made again only if the ranges change, and most half-steps have the same ranges.
 */
function makeAxes() {
  const fresh = onChange();
  let made = null;
  return (width, ranges) => {
    if (fresh(width, ...ranges.x, ...ranges.y)) {
      const layout = arrange(width, ranges);
      made = { ...layout, axes: drawAxes(layout) };
    }
    return made;
  };
}

function drawCurves(svg, { sofar, others }, { X, Y, left, right, width, ranges, axes }) {
  const line = (points, name, of) => s("path", { class: name, d: path(points.map((p) => [X(p.x), Y(p[of])])) });
  const last = sofar[sofar.length - 1];
  const clip = nextId();
  const area = { x: left - 5, y: 0, width: right - left + 10, height: FLOOR + 5 };
  svg.setAttribute("viewBox", `0 0 ${width} ${PANEL.height}`);
  svg.replaceChildren(
    s("clipPath", { id: clip }, s("rect", area)),
    ...axes,
    s("path", { class: "em-here", d: `M${X(last.x)},${PANEL.top}V${FLOOR}` }),
    s("g", { "clip-path": `url(#${clip})` },
      ...others.map(({ points }) => line(points, "em-other", "loglik")),
      line(sofar, "em-ll", "loglik"),
      line(sofar, "em-bound", "bound"),
      boundMarks(sofar, X, Y),
      ...gapOf(last, X, Y)),
    ...namesOf(others, X, Y, ranges));
}

function drawAxes({ X, Y, up, across, left, right }) {
  return [
    ...up.flatMap((tick) => [
      s("path", { class: "em-grid", d: `M${left},${Y(tick.value)}H${right}` }),
      label(left - 6, Y(tick.value) + 4, "end", tick.label)]),
    ...across.map((tick) => label(X(tick.value), FLOOR + 15, "middle", tick.label)),
    label((left + right) / 2, PANEL.height - 2, "middle", "iteration", { class: "em-axis" }),
    s("path", { class: "em-frame", d: `M${left},${PANEL.top}V${FLOOR}H${right}` }),
  ];
}

/** The marks of the bound: a ring on the curve after each E, and a wedge below the curve after each M. */
function boundMarks(sofar, X, Y) {
  const every = Math.ceil(9 / perUnit(X)); // more marks would hide the line
  const outline = { E: "m-2.6,0a2.6,2.6 0 1,0 5.2,0a2.6,2.6 0 1,0 -5.2,0z", M: "m0,-3.2l3.2,5.4h-6.4z" };
  const after = (half) => sofar.filter((p) => p.half === half && Number.isFinite(p.bound))
    .filter((p, i, list) => (list.length - 1 - i) % every === 0 && p.x >= X.domain()[0])
    .map((p) => `M${X(p.x).toFixed(1)},${Y(p.bound).toFixed(1)}${outline[half]}`).join("");
  return s("path", { class: "em-boundmark", d: after("E") + after("M") });
}

/** The line from the bound up to the log-likelihood at this frame. */
function gapOf(last, X, Y) {
  const [x, top, low] = [X(last.x), Y(last.loglik), Y(last.bound)];
  if (!Number.isFinite(top)) return [];
  const dot = s("circle", { class: "em-lldot", cx: x, cy: top, r: 3.6 });
  if (!Number.isFinite(low) || low - top < 3) return [dot];
  return [s("path", { class: "em-gap", d: `M${x},${top}V${low}` }), dot];
}

/** The names of the other runs, each near the end of its curve. */
function namesOf(others, X, Y, ranges) {
  const names = others.map(({ points, name }) => nameAtEnd(points, name, X, Y, ranges)).filter(Boolean);
  return apart(names).map(({ x, y, anchor, name }) => label(x, y, anchor, name, { class: "em-runname" }));
}

/** The place for the name of a run, or null if the end of its curve is not visible. */
function nameAtEnd(points, name, X, Y, { x: [left, right], y: [bottom, top] }) {
  const end = points.findLast((p) => Number.isFinite(p.loglik) && p.x <= right);
  if (!end || end.x < left || end.loglik < bottom || end.loglik > top) return null;
  const at = Y(end.loglik);
  const y = at > FLOOR - 16 ? at - 6 : at + 13;
  const anchor = end.x > (left + right) / 2 ? "end" : "start";
  return { name, x: X(end.x), y, anchor };
}

const LETTER = { width: 6.5, height: 11 }; // the average size of a letter of a run's name, in pixels
// the places that a name may have, in pixels below (or above) its usual place
const LINES = [0, 13, 26, -19, -32];

/**
 * Places for names that do not touch each other. A name that would touch another name is put one or two lines
 * lower, or above its curve. It is left out if all these places are taken.
 * @param {{name: string, x: number, y: number, anchor: "start"|"end"}[]} names
 */
export function apart(names) {
  const width = ({ name }) => LETTER.width * (name.length + 1);
  const left = (place) => place.x - (place.anchor === "end" ? width(place) : 0);
  const touch = (a, b) => Math.abs(a.y - b.y) < LETTER.height
    && left(a) < left(b) + width(b) && left(b) < left(a) + width(a);
  const within = ({ y }) => y >= PANEL.top + 5 && y <= FLOOR - 3;
  return names.reduce((placed, name) => {
    const places = LINES.map((by) => ({ ...name, y: name.y + by }));
    const free = places.find((place) => within(place) && !placed.some((other) => touch(place, other)));
    return free ? [...placed, free] : placed;
  }, []);
}

/** The last log-likelihood and the last bound in words, with the distance between them. */
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
