/** Frame: the elements around the explorer: messages, Copy link, light and dark, the table of starts. */

import { button, div, h, write } from "../elements.js";
import { shown } from "../numbers.js";
import { fillIn } from "./formats.js";
import { endInWords } from "./words.js";

const THEMES = ["light", "dark"];

/** A button that copies the address. The result is shown, and screen readers announce it. */
export function makeCopy(told, address) {
  const said = h("span", { class: "said", role: "status" });
  const field = h("input", { type: "text", readonly: true, hidden: true, "aria-label": told.link });
  async function copy() {
    const link = address();
    write(said, "");
    const done = await navigator.clipboard?.writeText(link).then(() => true, () => false);
    field.hidden = Boolean(done);
    field.value = link;
    if (!done) field.select();
    write(said, done ? told.copied : told.copyByHand);
  }
  return [button(told.copy, copy), said, field];
}

/** A button that switches between light and dark. Until it is pressed, the system's setting decides. */
export function makeTheme(told, { document, matchMedia }) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const now = () => root.dataset.look ?? THEMES[Number(dark.matches)];
  const other = () => THEMES[1 - THEMES.indexOf(now())];
  const name = () => write(node, told[other()]);
  const node = button("", () => {
    root.className = root.dataset.look = other();
    name();
  });
  dark.addEventListener("change", name);
  name();
  return node;
}

/**
 * The table of runs from twelve seeds, as Python made them: how each run ends, and a button that shows it.
 */
export function makeStarts(book, go) {
  const { told } = book;
  const [title, caption, body] = [h("h2"), h("caption"), h("tbody")];
  const names = told.startsHead.map((name) => h("th", { scope: "col" }, name));
  const table = h("table", {}, caption, h("thead", {}, h("tr", {}, ...names)), body);
  const node = h("details", { class: "starts" }, h("summary", {}, title), h("p", {}, told.startsHow), div("scroll", table));
  const row = (best) => ({ seed, iterations, loglik, ...ending }) => h("tr", {},
    h("th", { scope: "row" }, button(fillIn(told.startsGo, { seed }), () => go(seed))),
    h("td", {}, iterations), h("td", {}, shown(loglik, 1)),
    h("td", {}, best - loglik < told.startsAlike * Math.abs(best) ? told.startsBest : ""),
    h("td", {}, endInWords(book, ending)));
  return {
    node,
    draw({ name, starts }) {
      node.hidden = !starts.length;
      write(title, fillIn(told.startsTitle, { count: starts.length }));
      write(caption, name);
      body.replaceChildren(...starts.map(row(Math.max(...starts.map(({ loglik }) => loglik)))));
    },
  };
}
