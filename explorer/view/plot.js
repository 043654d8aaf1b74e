/** The plot: data on a canvas, and above it axes, components, a ring around the chosen point, and means. */

import { makeComponents } from "./components.js";
import { button, div, fill, h, label, onChange, s, sized, span, within } from "./elements.js";
import { itemOf } from "./history.js";
import { makeMeans } from "./means.js";
import { drawData, nearest, sheetOf } from "./points.js";
import { limits, linear, roomFor, ticks, ticksAcross } from "./scales.js";

const MARGIN = { left: 46, right: 10, top: 10, bottom: 36 };
const REACH = 14; // a pointer at most so many pixels away from a point still means this point

/** The scales, the ticks, and the places of all points for a plot of this size. */
export function arrange({ points, N, D, plane: [i, j] }, width, height) {
  const [right, bottom] = [width - MARGIN.right, height - MARGIN.bottom];
  const Y = linear(limits(points, D, j), [bottom, MARGIN.top]);
  const up = ticks(Y, 72);
  const left = Math.max(MARGIN.left, 24 + roomFor(up));
  const X = linear(limits(points, D, i), [left, right]);
  const xs = Float32Array.from({ length: N }, (_, n) => X(points[n * D + i]));
  const ys = Float32Array.from({ length: N }, (_, n) => Y(points[n * D + j]));
  return { X, Y, xs, ys, width, height, left, right, bottom, up, across: ticksAcross(X, 80) };
}

/** Axis lines, numbers and names. */
function drawAxes(group, { X, Y, left, right, bottom, up, across, height }, names) {
  const middle = (bottom + MARGIN.top) / 2;
  const upwards = { class: "em-axis", transform: `rotate(-90 12 ${middle})` };
  group.replaceChildren(
    s("path", { class: "em-frame", d: `M${left},${MARGIN.top}V${bottom}H${right}` }),
    ...across.map((tick) => label(X(tick.value), bottom + 15, "middle", tick.label)),
    ...up.map((tick) => label(left - 6, Y(tick.value) + 4, "end", tick.label)),
    label((left + right) / 2, height - 5, "middle", names[0], { class: "em-axis" }),
    label(12, middle, "middle", names[1], upwards));
}

/** A ring around the point under the pointer, or around the chosen point. */
function makeRing(view) {
  const ring = s("g", { class: "em-ring" }, s("circle"), s("circle"));
  return {
    nodes: [ring],
    draw(now, { xs, ys }) {
      const n = view.hovered >= 0 ? view.hovered : now.point;
      const there = n >= 0 && n < now.N;
      ring.style.display = there ? "" : "none";
      const at = { r: now.scene.kind === "pictures" ? 20 : 9, cx: xs[n], cy: ys[n] };
      if (there) [...ring.children].forEach((circle) => fill(circle, at));
    },
  };
}

/** The buttons that are shown while means have been moved away from EM's means. */
const makeMoved = (act) =>
  h("div", { class: "em-moved", role: "group", "aria-label": "Means moved" },
    span("", "Means moved"),
    button("Run EM from here", () => act.start(), { class: "em-strong" }),
    button("Put back", () => act.putBack()));

/** A pointer over a point shows the point's numbers. A click keeps them. */
function listenToPointer(overlay, act, field) {
  const under = (event) => (field.layout ? nearest(field.layout, within(overlay, event), REACH) : -1);
  overlay.addEventListener("pointermove", (event) => act.hover(event.buttons ? -1 : under(event)));
  overlay.addEventListener("pointerleave", () => act.hover(-1));
  overlay.addEventListener("click", (event) => event.target.closest(".em-mean") || act.setPoint(under(event)));
}

/** The data on its canvas, drawn again only if places, colours or pictures change. */
function makeData(view) {
  const canvas = h("canvas", { role: "img" });
  const fresh = onChange();
  return {
    nodes: [canvas],
    draw(now, layout, sheet) {
      canvas.setAttribute("aria-label", scatterInWords(now));
      if (!fresh(layout, now.resp, view.theme, sheet, now.look)) return;
      drawData(sized(canvas, layout.width, layout.height), now, layout, view.theme, sheet);
    },
  };
}

/** The parts above the canvas. Means are at their components, or at the place to which they were dragged. */
function makeOverlay(app, field, tellMoving) {
  const axes = s("g", { class: "em-axes", "aria-hidden": "true" });
  const means = makeMeans(app, field);
  const components = makeComponents(app, field, (shapes, moving) => {
    field.means = shapes.means;
    means.move(shapes.means);
    tellMoving(moving);
  });
  const ring = makeRing(app.view);
  const nodes = [axes, ...components.nodes, ...ring.nodes, ...means.nodes];
  const svg = s("svg", { class: "em-overlay", role: "group", "aria-label": "Means of the components" }, ...nodes);
  const fresh = onChange();
  listenToPointer(svg, app.act, field);
  return {
    nodes: [svg],
    stop: components.stop,
    layOut(now, layout) {
      svg.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
      components.layOut(layout);
      drawAxes(axes, layout, now.plane.map((axis) => now.scene.axes[axis] ?? ""));
    },
    draw(now, slowly) {
      means.renew(now);
      if (fresh(field.layout, now.frame, app.view.moved, now.look)) components.draw(now, slowly);
      means.label(now);
      ring.draw(now, field.layout);
    },
  };
}

/** @returns a part; its draw returns false if it still waits for a size or for its pictures */
export function makePlot(app) {
  const { act, view } = app;
  const field = { layout: null, means: [] }; // the places of everything, which all layers share
  const data = makeData(view);
  const over = makeOverlay(app, field, (moving) => host.toggleAttribute("data-moving", moving));
  const moved = makeMoved(act);
  const host = div("em-plot", ...data.nodes, ...over.nodes, moved);
  const fresh = onChange();
  /** Make scales and places again if the data, the axes or the size have changed. Tells whether they have. */
  function layOut(now, width, height) {
    if (!fresh(now.points, now.plane.join(), width, height)) return false;
    field.layout = arrange(now, width, height);
    over.layOut(now, field.layout);
    return true;
  }
  return {
    nodes: [host],
    stop: over.stop,
    draw(now, slowly) {
      host.hidden = now.scene.kind === "digits";
      if (host.hidden || !now.points) return true;
      const [width, height] = [host.clientWidth, host.clientHeight];
      // it is not on the page yet, and is drawn when it has a size
      if (!(width > 0 && height > 0)) return false;
      const rearranged = layOut(now, width, height);
      const sheet = now.scene.kind === "pictures" ? sheetOf(now.tiles, act.redraw) : undefined;
      if (sheet === null) return false; // it is drawn when the tiles are decoded
      data.draw(now, field.layout, sheet);
      over.draw(now, slowly && !rearranged);
      host.dataset.half = now.frame.half;
      moved.hidden = !view.moved;
      return true;
    },
  };
}

function scatterInWords(now) {
  const [across, up] = now.plane.map((axis) => now.scene.axes[axis]);
  return `${now.N} ${itemOf(now)}s by ${across} and ${up}, coloured by responsibility. ${now.frame.words}`;
}
