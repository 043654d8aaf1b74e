/**
 * The explorer on a page without a kernel: the page makes EM's steps itself. `python -m release.play`
 * bundles this folder with the view, and writes the page and its data.
 *
 *   formats.js      fills the slots of texts, as Python's format does
 *   random.js       numpy's draw from a seed
 *   eigenvalues.js  eigenvalues of a small symmetric matrix
 *
 *   gaussian.js     Gaussian mixtures: scores, M-step, start
 *   bernoulli.js    Bernoulli mixtures: the same
 *   moments.js      start, E, M, on all rows
 *   lights.js       which laws hold
 *   runs.js         moments, until the run ends
 *   words.js        frames and endings in the texts that Python exports
 *   packing.js      runs in the form that the view reads, data from files
 *
 *   recipes.js      how a run is made, in a few words
 *   scenes.js       an unpacked file, with its runs
 *   files.js        loads files when they are needed
 *   model.js        traits, without a kernel
 *   play.js         the work of a kernel
 *
 *   address.js      a place as text, and back
 *   links.js        the page's address
 *   frame.js        the elements around the explorer
 *
 * The page contains numbers and texts from Python, which are called the book.
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

/** Show the run from a seed, and scroll to the explorer, because the table of starts is below it. */
function showSeed(seed) {
  play.visit({ scene: play.place().scene, recipe: { seed, branches: [] } });
  at("explorer").scrollIntoView();
  at("explorer").querySelector(".explorer").focus({ preventScroll: true });
}

/** Show the table of starts for the shown scene. It is made only once for each scene. */
function followScene() {
  const number = play.model.get("at").scene;
  const { file } = play.scenes[number];
  if (starts.node.dataset.scene !== file.id) starts.draw({ name: book.scenes[number].name, starts: file.starts });
  starts.node.dataset.scene = file.id;
}

at("tools").append(...makeCopy(book.told, () => links.address()), makeTheme(book.told, window));
at("explorer").after(starts.node);
at("skip").addEventListener("click", (event) => {
  // a link to a part of the page would change the address after #, which says what is shown
  event.preventDefault();
  at("explorer").querySelector(".explorer").focus();
});
/**
 * Left and Right work wherever the focus is, except in fields. The first line of the page names these keys.
 */
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
links.open().then(() => performance.mark("shown")); // a measurement uses this mark
