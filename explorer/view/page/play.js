/**
 * Play: the work of a kernel for the explorer. It opens scenes, makes runs, and says what is not possible.
 */

import { sheetOf } from "../points.js";
import { makeModel } from "./model.js";
import { LARGEST_SEED, movesBetween, Unreadable } from "./recipes.js";
import { ensured, shownScene, shownTables, unpacked } from "./scenes.js";

/** @typedef {import("./address.js").Place} Place */
/** @typedef {import("./recipes.js").Recipe} Recipe */

const PLANE = [0, 1];

/** The model of the view, with functions that show other places. */
export class Play {
  /**
   * @param {object} book numbers and texts from Python
   * @param {(id: string) => Promise<object>} load
   * @param {(sentence: string) => void} tell
   */
  constructor(book, load, tell) {
    Object.assign(this, { book, load, tell, last: 0 });
    this.scenes = book.scenes.map(() => null);
    const scenes = book.scenes.map((title) => shownScene(null, title));
    const traits = { look: book.look, scenes, arrays: {}, plane: PLANE, point: -1, ask: {}, trouble: "" };
    const opens = (name, value) => name === "at" && this.#opens(value);
    this.model = makeModel({ ...traits, at: { scene: 0, run: 0, frame: 0 } }, opens, (asked) => this.#answer(asked));
  }

  /** Tells whether a scene must be loaded before it can be shown. If so, it begins to load. */
  #opens({ scene }) {
    if (this.scenes[scene]) return false;
    this.visit({ scene: this.book.scenes[scene].id });
    return true;
  }

  /**
   * Go to a place, or to the first scene if the place does not exist, and say what is wrong.
   * @param {Partial<Place>} place
   */
  async visit(place) {
    const { book, tell } = this;
    const number = book.scenes.findIndex(({ id }) => id === place.scene);
    if (number < 0) return this.visit({ scene: book.scenes[0].id, trouble: book.told.noScene });
    const mine = (this.last += 1); // of several requested scenes, only the last is shown
    const { name } = book.scenes[number];
    if (!this.scenes[number]) tell(book.told.loading.replace("{name}", name));
    const scene = await this.opened(number).catch(() => null);
    if (mine !== this.last) return;
    if (scene) this.#arrive(scene, number, place);
    else tell(book.told.notLoaded.replace("{name}", name));
  }

  /** A scene, which is loaded if it is not there yet. */
  async opened(number) {
    const file = this.scenes[number] ? null : await this.load(this.book.scenes[number].id);
    this.scenes[number] ??= unpacked(file, this.book);
    await decoded(this.scenes[number].tables.tiles);
    return this.scenes[number];
  }

  #arrive(scene, number, { recipe, frame = 0, point = -1, plane, trouble = "" }) {
    const { run, wrong } = this.#runOf(scene, recipe, frame);
    const { N, D } = scene.file.head;
    const fits = plane?.every((axis) => axis < D);
    this.#show(number, scene.runs.indexOf(run), wrong ? 0 : frame, { point: point < N ? point : -1, plane: fits ? plane : PLANE });
    this.tell(trouble || wrong);
  }

  /** The run of a recipe. If there is no such run or frame: the first run or frame, and what is wrong. */
  #runOf(scene, recipe, frame) {
    const { noRun, noFrame } = this.book.told;
    const run = recipe ? orNull(() => ensured(scene, recipe)) : scene.runs[0];
    if (!run) return { run: scene.runs[0], wrong: noRun };
    return { run, wrong: frame < run.shown.frames.length ? "" : noFrame };
  }

  /** Show a scene with all its runs in the view, at a run and a frame. */
  #show(number, run, frame, more = {}) {
    const { model, scenes } = this;
    const shown = model.get("scenes").map((each, i) => (i === number ? shownScene(scenes[number]) : each));
    const others = Object.entries(model.get("arrays")).filter(([name]) => !name.startsWith(`${number}/`));
    const arrays = { ...Object.fromEntries(others), ...shownTables(scenes[number], number) };
    model.put({ at: { scene: number, run, frame }, ...more, arrays, scenes: shown });
  }

  /** Make the run that the view asks for. */
  #answer(asked) {
    const scene = this.scenes[asked.scene];
    this.model.put({ trouble: "" });
    const run = orNull(() => ensured(scene, recipeOf(scene, asked)));
    if (run) this.#show(asked.scene, scene.runs.indexOf(run), 0);
    else this.model.put({ trouble: this.book.told[asked.do === "seed" ? "noSeed" : "refused"] });
  }

  /** The place that is shown now; null before any place is shown. @returns {?Place} */
  place() {
    const [at, plane] = [this.model.get("at"), this.model.get("plane")];
    const run = this.scenes[at.scene]?.runs[at.run];
    if (!run) return null;
    const { id } = this.book.scenes[at.scene];
    const chosen = String(plane) === String(PLANE) ? null : plane;
    return { scene: id, recipe: run.recipe, frame: at.frame, point: this.model.get("point"), plane: chosen };
  }
}

/**
 * Wait for a sheet of tiles, because the view shows pictures and numbers of points only together.
 * @param {?DataView} tiles
 */
const decoded = (tiles) => new Promise((done) => sheetOf(tiles, done) === null || done());

/** The result of `make`, or null if the run cannot be made. */
function orNull(make) {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}

/** The recipe of the run that the view asks for. @returns {Recipe} */
function recipeOf({ runs }, { do: what, seed, run, frame, means }) {
  if (seed > LARGEST_SEED) throw new Unreadable("too large");
  if (what === "seed") return { seed, branches: [] };
  if (!means.flat().every(Number.isFinite)) throw new Unreadable("no number");
  const from = (made, f) => movesBetween(made.frames[f].params.means, means);
  if (what === "start") return { moves: from(runs[0].made, 0), branches: [] };
  const { recipe, made } = runs[run];
  return { ...recipe, branches: [...recipe.branches, { frame, moves: from(made, frame) }] };
}
