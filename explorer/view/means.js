/**
 * Means: the handles that people drag. The browser's Pointer Events handle mouse, touch and pen in the same
 * way, and each finger separately. d3-drag does not support pens, and would make the bundle a third larger.
 */

import { onChange, s, within } from "./elements.js";
import { colourOf, markerOf, markPath } from "./marks.js";
import { clamp, real, times } from "./mathematics.js";
import { shown } from "./numbers.js";

export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const NUDGE = 8; // pixels that an arrow key moves a mean

/** Follow the pointer that holds a mean. The mean moves as far as the pointer, and stays on the plot. */
function followPointer(event, from, move) {
  const handle = event.currentTarget;
  const overlay = handle.ownerSVGElement;
  const grip = within(overlay, event).map((v, axis) => from[axis] - v);
  const ended = new AbortController();
  const own = (listener) => (e) => e.pointerId === event.pointerId && listener(e);
  const listen = (name, listener) => handle.addEventListener(name, own(listener), { signal: ended.signal });
  handle.setPointerCapture(event.pointerId);
  listen("pointermove", (e) => move(within(overlay, e).map((v, axis) => v + grip[axis])));
  ["pointerup", "pointercancel"].forEach((name) => listen(name, () => ended.abort()));
}

/** The handles, which are made again only for another scene. field: the scales, and the means' places now. */
export function makeMeans({ act, view }, field) {
  const group = s("g");
  const fresh = onChange();
  const place = ([x, y]) => [field.layout.X(x), field.layout.Y(y)];
  /** Move a mean to a place in pixels, but not out of the plot. */
  function moveTo(k, [x, y]) {
    const { X, Y, width, height } = field.layout;
    act.moveMean(k, [X.invert(clamp(x, 0, width)), Y.invert(clamp(y, 0, height))]);
  }
  function drag(event, k) {
    if (act.mayMove() && !event.button) followPointer(event, place(field.means[k]), (to) => moveTo(k, to));
  }
  function nudge(event, k) {
    const arrow = event.shiftKey && ARROWS[event.key];
    if (event.key === "Enter") act.start();
    else if (arrow && act.mayMove()) moveTo(k, place(field.means[k]).map((v, axis) => v + NUDGE * arrow[axis]));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return {
    nodes: [group],
    /** Put the handles at the means. @param {number[][]} means in data units */
    move: (means) => means.forEach((mean, k) => moveHandle(group.children[k], place(mean))),
    renew(now) {
      if (!fresh(now.at.scene, now.K, now.look)) return;
      group.replaceChildren(...times(now.K, (k) => makeHandle(now, k, (e) => drag(e, k), (e) => nudge(e, k))));
      [...group.children].forEach((handle) => keepFromScrolling(handle, act.mayMove));
    },
    label(now) {
      const may = act.mayMove();
      (view.moved ?? now.frame.means).forEach((mean, k) => nameHandle(group.children[k], now, mean, k, may));
    },
  };
}

const makeHandle = (now, k, onpointerdown, onkeydown) =>
  s("g", { class: "em-mean", role: "button", tabindex: 0, onpointerdown, onkeydown },
    s("path", { class: "em-halo", d: markPath(markerOf(now, k), 10) }),
    s("path", { class: "em-body", d: markPath(markerOf(now, k), 8), fill: colourOf(now, k) }),
    s("text", { x: 12, y: -8, "aria-hidden": "true" }, k));

/** Let a finger on a handle move the handle and not the page. Chromium ignores touch-action inside an SVG. */
function keepFromScrolling(handle, mayMove) {
  const hold = (event) => mayMove() && event.cancelable && event.preventDefault();
  handle.addEventListener("touchstart", hold, { passive: false });
}

function moveHandle(handle, [x, y]) {
  const there = Number.isFinite(x + y);
  handle.style.display = there ? "" : "none";
  if (there) handle.setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)})`);
}

function nameHandle(handle, now, mean, k, may) {
  const where = now.plane.map((axis) => shown(real(mean?.[axis]), 2)).join(", ");
  const how = may ? ": Shift and an arrow key move it, Enter runs EM from there" : "";
  handle.setAttribute("aria-label", `Mean of component ${k} at (${where})${how}`);
  handle.setAttribute("aria-disabled", String(!may));
}
