/** Scenes: an unpacked file of the page, with an engine, and the runs that the page makes. */

import { bernoulli, inkOf } from "./bernoulli.js";
import { gaussian } from "./gaussian.js";
import { fillIn } from "./formats.js";
import { bitsOf, bytesOf, shownRun, tablesOf } from "./packing.js";
import { draw } from "./random.js";
import { keyOf, Unreadable, withMoves } from "./recipes.js";
import { follow, untilItEnds } from "./runs.js";

/**
 * @typedef {import("./recipes.js").Recipe} Recipe
 * @typedef {{recipe: Recipe, key: string, made: import("./runs.js").Made, shown: object, tables: object}} Run
 *   made: its frames with all their numbers; shown: as the view reads it
 * @typedef {{file: object, engine: object, tables: object, runs: Run[], given: number}} Scene
 *   given: how many runs were in the file
 */

const viewOf = (bytes) => new DataView(bytes.buffer);
const views = (texts) => Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, viewOf(bytesOf(text))]));

/** The rows of the data that are drawn. */
const rowsOf = ({ head }) => head.rows ?? [...Array(head.N).keys()];

function gaussianEngine({ head: { total: N, D }, data }, book) {
  const values = new Float64Array(bytesOf(data).buffer);
  const tables = { points: viewOf(Float32Array.from(values)) };
  return { engine: { family: gaussian, data: { N, D, values }, laws: book.laws.gaussian }, tables };
}

function bernoulliEngine(file, book) {
  const { total: N, D } = file.head;
  const bits = bitsOf(bytesOf(file.data), N * D);
  const shown = new Uint8Array(file.head.N * D);
  rowsOf(file).forEach((n, i) => shown.set(bits.subarray(n * D, (n + 1) * D), i * D));
  const data = { N, D, bits, ink: inkOf(bits, N, D) };
  return { engine: { family: bernoulli(book), data, laws: book.laws.bernoulli }, tables: { bits: viewOf(shown) } };
}

/** A scene from its file, with the runs that it comes with. @returns {Scene} */
export function unpacked(file, book) {
  const { engine, tables } = (file.head.family === "bernoulli" ? bernoulliEngine : gaussianEngine)(file, book);
  const scene = { file, book, engine, tables: { ...tables, ...views(file.tables) }, runs: [], given: file.runs.length };
  file.runs.forEach((given, i) => scene.runs.push(givenRun(scene, given, i)));
  return scene;
}

// null: the number was not finite
const known = (value) => (Array.isArray(value) ? value.map(known) : value ?? NaN);

const knownParams = ({ weights, means, covariances }) =>
  ({ weights: known(weights), means: known(means), covariances: known(covariances) });

/** A run that only Python can make: it uses wrong functions, or rounding decides what happens. */
function runOfPython(recipe, { shown, tables }) {
  const frames = shown.frames.map((frame) => ({ ...frame, params: knownParams(frame) }));
  return { recipe, key: keyOf(recipe), made: { frames }, shown, tables: views(tables) };
}

function givenRun(scene, given, i) {
  const recipe = { ...(given.seed === undefined ? { run: i } : { seed: given.seed }), branches: [] };
  if (given.shown) return runOfPython(recipe, given);
  if (given.seed !== undefined) return runFrom(scene, recipe, startOf(scene, recipe), nameOf(scene, recipe));
  const { count, ending, start, name } = given;
  return runFrom(scene, recipe, start, { name }, (frames) => (frames.length === count ? ending : null));
}

/**
 * A run from these parameters. named: its name, and perhaps its parent run and the frame where it branches.
 */
function runFrom(scene, recipe, params, named, isOver) {
  const { file, book, engine } = scene;
  const over = isOver ?? untilItEnds(file.maxiter, book.thresh);
  const made = follow(engine, params, over);
  const { kind } = file.head;
  const shown = shownRun(book, made, named, kind);
  return { recipe, key: keyOf(recipe), made, shown, tables: tablesOf(made.frames, rowsOf(file), kind) };
}

/** The parameters at the start of a run without branches. Throws Unreadable if there is no such start. */
function startOf({ file: { head }, engine, runs }, { seed, moves }) {
  if (seed !== undefined) return engine.family.begin(engine.data, draw(head.total, head.K, seed));
  if (!moves || head.kind === "digits") throw new Unreadable("no such run");
  const first = runs[0].made.frames[0].params;
  return { ...first, means: withMoves(first.means, moves) };
}

const nameOf = ({ book }, { seed }) =>
  ({ name: fillIn(seed === undefined ? book.names.start : book.names.seed, { seed }) });

/** The run that branches from another run, as the last branch of its recipe says. */
function branchOf(scene, recipe) {
  const { frame: at, moves } = recipe.branches.at(-1);
  const before = ensured(scene, { ...recipe, branches: recipe.branches.slice(0, -1) });
  const frame = before.made.frames[at];
  if (!frame || scene.file.head.kind === "digits") throw new Unreadable("no such frame");
  const params = { ...frame.params, means: withMoves(frame.params.means, moves) };
  const name = fillIn(scene.book.names[at ? "later branch" : "branch"], frame);
  return runFrom(scene, recipe, params, { name, parent: before.key, at });
}

/**
 * Make room for one more run: remove the oldest run that the page made and from which no other run branches.
 * @param {Scene} scene
 */
function makeRoom({ runs, given, book }, kept) {
  if (runs.length < book.mostRuns) return;
  const parents = new Set([kept, ...runs.map(({ shown }) => shown.parent)]);
  const oldest = runs.findIndex(({ key }, i) => i >= given && !parents.has(key));
  if (oldest < 0) throw new Unreadable("no room");
  runs.splice(oldest, 1);
}

/** A recipe that names a run of the file by how it was made. @param {Recipe} recipe */
function rooted({ runs, given }, recipe) {
  if (recipe.run === undefined) return recipe;
  if (recipe.run >= given) throw new Unreadable("no such run");
  return { ...runs[recipe.run].recipe, branches: recipe.branches };
}

/**
 * The run that a recipe makes. It is added to the scene. Throws Unreadable if it cannot be made.
 * @param {Scene} scene @param {Recipe} asked @returns {Run}
 */
export function ensured(scene, asked) {
  const recipe = rooted(scene, asked);
  const there = scene.runs.find(({ key }) => key === keyOf(recipe));
  if (there) return there;
  if (!scene.file.head.may_start) throw new Unreadable("no new run");
  const run = recipe.branches.length
    ? branchOf(scene, recipe)
    : runFrom(scene, recipe, startOf(scene, recipe), nameOf(scene, recipe));
  makeRoom(scene, run.shown.parent);
  scene.runs.push(run);
  return run;
}

/** A scene as the view reads it. Before its file has loaded, it has no runs. @param {?Scene} scene */
export function shownScene(scene, title) {
  if (!scene) return { ...title, runs: [] };
  const place = (key) => scene.runs.findIndex((run) => run.key === key);
  const shown = scene.runs.map(({ shown: run }) => ({ ...run, parent: run.parent === null ? null : place(run.parent) }));
  return { ...scene.file.head, runs: shown };
}

/** The tables of a scene, under the names that the view asks for. */
export function shownTables(scene, number) {
  const own = Object.entries(scene.tables).map(([name, table]) => [`${number}/${name}`, table]);
  const ofRuns = scene.runs.flatMap(({ tables }, r) =>
    Object.entries(tables).map(([name, table]) => [`${number}/${r}/${name}`, table]));
  return Object.fromEntries([...own, ...ofRuns]);
}
