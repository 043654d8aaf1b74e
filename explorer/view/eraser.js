/** The eraser: one large digit that people can erase, and how the components complete it. */

import { shade } from "./colours.js";
import { button, can, div, h, onChange, paintImage, span, within, write } from "./elements.js";
import { nameOf, pointOf, rowOf } from "./history.js";
import { bernoulliTerms, clamp, completion, largest, shares, times } from "./mathematics.js";
import { ARROWS } from "./means.js";
import { shown } from "./numbers.js";

/** The pixels under the brush at (row, column), in an image of this height and width. */
export function brush([H, W], row, column, reach = 1) {
  const around = (middle, size) =>
    times(2 * reach + 1, (i) => middle - reach + i).filter((v) => v >= 0 && v < size);
  return around(row, H).flatMap((y) => around(column, W).map((x) => y * W + x));
}

/** How the components complete a digit from the pixels that are not erased. */
function guess(now, n, erased) {
  const bits = rowOf(now.bits, n, now.D);
  const seen = (d) => !erased.has(d);
  const posterior = shares(bernoulliTerms(bits, now.frame.weights, now.params, seen));
  return { bits, seen, posterior, whole: completion(bits, posterior, now.params, seen) };
}

/** The large digit, the completed digit, and buttons. */
export function makeEraser(app) {
  const { act, view } = app;
  const pad = makePad(app);
  const completed = h("canvas", { role: "img", "aria-label": "The digit completed by the components" });
  const restore = button("Restore", () => act.restore());
  const said = h("p", { class: "em-note", role: "status" });
  const half = button("Erase the lower half", () => act.erase(lowerHalf(app.now.scene.shape)));
  const host = div("em-panel em-eraser",
    h("figure", {}, pad.node, h("figcaption", {}, "Erase with the pointer")),
    h("figure", {}, completed, h("figcaption", {}, "Completed by the components")),
    div("em-erasing", h("b", {}, "What if pixels were missing?"), half, restore, said));
  const fresh = onChange();
  return {
    nodes: [host],
    draw(now) {
      host.hidden = now.scene.kind !== "digits";
      if (host.hidden || !now.bits || !now.params) return;
      const { theme, erased } = view;
      const n = pointOf(now);
      if (!fresh(now.bits, now.params, now.frame, n, erased, theme)) return;
      const { bits, seen, posterior, whole } = guess(now, n, erased);
      pad.draw(now, n, (d) => (seen(d) ? shade(theme, bits[d]) : shade(theme, 0.22, theme.guess)));
      paintImage(completed, now.scene.shape, (d) => shade(theme, whole[d], seen(d) ? theme.ink : theme.guess));
      can(restore, erased.size > 0);
      write(said, posteriorInWords(posterior, erased.size, now.D));
    },
  };
}

const lowerHalf = ([H, W]) => times(H * W, (d) => d).filter((d) => d >= Math.ceil(H / 2) * W);

function posteriorInWords(posterior, erased, D) {
  const best = largest(posterior);
  const pixels = erased ? `Without ${erased} of ${D} pixels` : "With all pixels";
  return best < 0 ? "" : `${pixels}: component ${best}, ${shown(100 * posterior[best])} %`;
}

/** The large digit. The pointer erases pixels, and also a cursor that the arrow keys move. */
function makePad({ act }) {
  const canvas = h("canvas", { "aria-hidden": "true" });
  const cursor = span("em-cursor");
  const node = h("div", { class: "em-pad", role: "application", tabindex: 0 }, canvas, cursor);
  // rows and columns: of the image, and of the place of the cursor
  const pad = { size: [28, 28], at: [14, 14] };
  const place = () => placeCursor(cursor, pad);
  eraseByPointer(node, pad, act);
  eraseByKeys(node, pad, act, place);
  return {
    node,
    draw(now, n, colourAt) {
      pad.size = now.scene.shape;
      place();
      paintImage(canvas, pad.size, colourAt);
      node.setAttribute("aria-label", `Digit ${nameOf(now, n)}: arrow keys move the eraser, Space erases`);
    },
  };
}

function placeCursor(cursor, { size, at }) {
  const [top, left] = at.map((v, i) => `${(100 * (v - 1)) / size[i]}%`);
  const [height, width] = size.map((pixels) => `${300 / pixels}%`);
  Object.assign(cursor.style, { top, left, height, width });
}

function eraseByPointer(node, pad, act) {
  const wipe = (events) => {
    const { width, height } = node.getBoundingClientRect();
    const under = (event) => {
      const [x, y] = within(node, event);
      return [(y / height) * pad.size[0], (x / width) * pad.size[1]].map(Math.floor);
    };
    act.erase(events.flatMap((event) => brush(pad.size, ...(pad.at = under(event)))));
  };
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    wipe([event]);
  });
  node.addEventListener("pointermove", (event) => event.buttons && wipe(event.getCoalescedEvents?.() ?? [event]));
}

function eraseByKeys(node, pad, act, place) {
  node.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.key === " ") act.erase(brush(pad.size, ...pad.at));
    else if (arrow) pad.at = pad.at.map((v, i) => clamp(v + arrow[1 - i], 0, pad.size[i] - 1));
    else return;
    event.preventDefault();
    event.stopPropagation();
    place();
  });
}
