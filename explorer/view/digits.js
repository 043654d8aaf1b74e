/** Digits: the images of the components with their weights, and some digits that can be chosen. */

import { mixed, shade } from "./colours.js";
import { button, div, fill, h, onChange, paintImage, press, span, write } from "./elements.js";
import { nameOf, pointOf, respOf, rowOf } from "./history.js";
import { bar, markIcon } from "./marks.js";
import { largest, real, times } from "./mathematics.js";
import { shown } from "./numbers.js";

export const ROW = 24; // digits shown at a time

/** The images of the components with their weights, and some of the digits in their mixed colours. */
export function makeDigits(app) {
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

/** Each component's image, with its mark and its weight. */
function makeImages({ view }) {
  const list = h("ul", { class: "em-images" });
  const caption = (now, k) => span("em-caption", markIcon(now, k), ` ${k} `, bar(now, k, 0), span("em-num"));
  const image = (now, k) => h("li", {}, h("canvas", { role: "img" }), caption(now, k));
  const fresh = { list: onChange(), values: onChange() };
  function paint(now, item, k) {
    const weight = real(now.frame.weights[k]);
    paintImage(item.firstChild, now.scene.shape, (d) => shade(view.theme, now.params?.[k * now.D + d]));
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

/** Some of the digits. Each is a button in its mixed colour, with the mark of its component. */
function makeSamples({ act, view }) {
  const list = h("div", { class: "em-digits", role: "group", "aria-label": "Digits to choose from" });
  const other = button("Other digits", () => act.nextDigits());
  const fresh = { list: onChange(), colours: onChange() };
  function sample(now, n) {
    const canvas = h("canvas", { "aria-hidden": "true" });
    const bits = rowOf(now.bits, n, now.D);
    paintImage(canvas, now.scene.shape, (d) => shade(view.theme, bits[d]));
    return fill(button(canvas, () => act.setPoint(n), { "data-row": n }), {}, [span("em-badge")]);
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
      [...list.children].forEach((node) => press(node, +node.dataset.row === pointOf(now)));
      other.hidden = now.N <= ROW;
    },
  };
}
