/**
 * Make runs as the page does: `node page_runs.mjs FOLDER REQUESTS` reads a built page. REQUESTS is JSON:
 * [[scene, address], ...]. It prints one line of JSON for each run: numbers of every frame, words, laws.
 */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runInNewContext } from "node:vm";

const folder = resolve(process.argv[2]);
const view = pathToFileURL(resolve(import.meta.dirname, "../../explorer/view/page/"));
const { placeFrom } = await import(`${view}/address.js`);
const { ensured, unpacked } = await import(`${view}/scenes.js`);

const page = readFileSync(join(folder, "index.html"), "utf8");
const book = JSON.parse(/<script type="application\/json" id="book">(.*?)<\/script>/s.exec(page)[1]);

function sceneNamed(id) {
  const code = readFileSync(join(folder, "data", `${id}.js`), "utf8");
  let scene;
  runInNewContext(code, { sceneFile: (_, content) => (scene = unpacked(JSON.parse(JSON.stringify(content)), book)) });
  return scene;
}

const numbersIn = (value) => (typeof value === "number" ? [value] : value);
const joined = (value) => (typeof value[0] === "object" ? value.flatMap((each) => [...joined(each)]) : value);
const text = (value) => Buffer.from(Float64Array.from(joined(numbersIn(value))).buffer).toString("base64");

const PARTS = ["weights", "means", "covariances"];

/** Return the numbers of a frame that the frame before does not have. */
function newIn({ half, params, counts, loglik, bound }) {
  const parts = PARTS.filter((part) => half !== "E" && params[part]).map((part) => [part, text(params[part])]);
  return { ...Object.fromEntries(parts), counts: text(counts), loglik: text(loglik), bound: text(bound) };
}

/** Return the description of a run; with all numbers only if the page made the run itself. */
function told({ frames, end, name, at }, made) {
  const shown = frames.map(({ iteration, half, laws, words }) => ({ iteration, half, laws, words }));
  if (!made.ending) return { name, at, end, frames: shown };
  const resp = made.frames.findLast((frame) => frame.resp)?.resp;
  const exact = { numbers: made.frames.map(newIn), resp: resp && text(resp), ending: made.ending };
  return { name, at, end, frames: shown, ...exact };
}

const scenes = new Map();
for (const [id, address] of JSON.parse(process.argv[3])) {
  if (!scenes.has(id)) scenes.set(id, sceneNamed(id));
  const { recipe } = placeFrom(`scene=${id}&${address}`);
  const run = ensured(scenes.get(id), recipe);
  console.log(JSON.stringify(told(run.shown, run.made)));
}
