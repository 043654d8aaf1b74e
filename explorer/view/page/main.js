/**
 * The explorer on a page without a kernel: the page makes EM's steps itself. `python -m release.play`
 * bundles this folder with the view, and writes the page and its data.
 *
 *   formats.js      slots of texts filled in, as Python's format does
 *   random.js       numpy's draw from a seed
 *   eigenvalues.js  of a small symmetric matrix
 *
 *   gaussian.js     Gaussian mixtures: scores, M-step, start
 *   bernoulli.js    Bernoulli mixtures: the same
 *   moments.js      start, E, M, on all rows
 *   lights.js       which laws hold
 *   runs.js         moments until a run ends
 *   words.js        frames and endings in the texts that Python exports
 *   packing.js      runs in the form that the view reads, data out of files
 *
 *   recipes.js      how a run is made, in a few words
 *   scenes.js       a file unpacked, with its runs
 *   files.js        the files, loaded when they are asked for
 *   model.js        traits, without a kernel
 *   play.js         what a kernel would do
 *
 *   address.js      a place as text, and back
 *   links.js        the page's address
 *   frame.js        what stands around the explorer
 *
 * The page's own numbers and texts come from Python, in the page: that is called the book.
 */

import { render } from "../view.js";
import { makeLoader } from "./files.js";
import { makeCopy, makeStarts, makeTheme } from "./frame.js";
import { Links } from "./links.js";
import { Play } from "./play.js";
import { write } from "../elements.js";
import { HELP } from "../report.js";

const at = (id) => document.getElementById(id);
const book = JSON.parse(at("book").textContent);

const play = new Play(book, makeLoader(document), (sentence) => write(at("told"), sentence));
const links = new Links(window, play);
const starts = makeStarts(book, showSeed);

/** The run from a seed, brought to where it is seen: the table of starts is below the explorer. */
function showSeed(seed) {
  play.visit({ scene: play.place().scene, recipe: { seed, branches: [] } });
  at("explorer").scrollIntoView();
  at("explorer").querySelector(".explorer").focus({ preventScroll: true });
}

/** Show the starts of the scene that is shown, once for each scene. */
function followScene() {
  const number = play.model.get("at").scene;
  const { file } = play.scenes[number];
  if (starts.node.dataset.scene !== file.id) starts.draw({ name: book.scenes[number].name, starts: file.starts });
  starts.node.dataset.scene = file.id;
}

at("tools").append(...makeCopy(book.told, () => links.address()), makeTheme(book.told, window));
at("explorer").after(starts.node);
at("skip").addEventListener("click", (event) => {
  event.preventDefault(); // the part of the address after # says what is shown
  at("explorer").querySelector(".explorer").focus();
});
/** Left and Right act wherever the focus is, but in fields: the first line of the page names these keys. */
function catchArrows(event) {
  const bare = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
  if (event.target.closest(".explorer, input, select") || !bare || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const root = at("explorer").querySelector(".explorer");
  root.focus({ preventScroll: true });
  root.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, bubbles: true }));
  event.preventDefault();
}

document.addEventListener("keydown", catchArrows);
play.model.on("change:at", followScene);
render({ model: play.model, el: at("explorer") });
write(at("explorer").querySelector(".em-keys p"), [...HELP.slice(0, -1), book.told.escape].join(" "));
links.open().then(() => performance.mark("shown")); // which is measured
