/**
 * Recipes: a recipe says how a run is made, in a few words that fit into a link.
 *
 * run=1              the second of the runs that the scene comes with
 * seed=7             a run from this seed
 * start=2:1.5,-3     a run from the scene's first start, with the mean of component 2 moved to (1.5, -3)
 * branch=5:0:2,2.5   a branch from frame 5 of the run before, with the mean of component 0 moved; and so on
 *
 * @typedef {Map<number, number[]>} Moves the means that were moved, by their components
 * @typedef {{run?: number, seed?: number, moves?: Moves, branches: {frame: number, moves: Moves}[]}} Recipe
 */

export const LARGEST_SEED = 2 ** 32 - 1;
const DIGITS = 6; // digits of a moved mean: exact to less than a pixel, and short in a link

/** The error for a text that does not follow the grammar of recipes. */
export class Unreadable extends Error {}

const movesAsText = (moves) => [...moves].map(([k, mean]) => `${k}:${mean.join(",")}`).join(";");

/** A recipe as pairs of names and values. @param {Recipe} recipe @returns {[string, string][]} */
export function recipeAsPairs({ run, seed, moves, branches }) {
  const root = run !== undefined ? ["run", String(run)]
    : seed !== undefined ? ["seed", String(seed)] : ["start", movesAsText(moves)];
  return [root, ...branches.map((each) => ["branch", `${each.frame}:${movesAsText(each.moves)}`])];
}

/** A text that no other recipe has. @param {Recipe} recipe */
export const keyOf = (recipe) => recipeAsPairs(recipe).map((pair) => pair.join("=")).join("&");

/** A whole number from 0 to `most`. @param {string} text */
export function whole(text, most = Number.MAX_SAFE_INTEGER) {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(value <= most)) throw new Unreadable(text);
  return value;
}

function number(text) {
  const value = text.trim() === "" ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new Unreadable(text);
  return value;
}

const moveFrom = (text) => {
  const [k, mean = "", ...rest] = text.split(":");
  if (rest.length) throw new Unreadable(text);
  return [whole(k), mean.split(",").map(number)];
};
const movesFrom = (text) => new Map(text === "" ? [] : text.split(";").map(moveFrom));

function branchFrom(text) {
  const [frame, ...rest] = text.split(":");
  return { frame: whole(frame), moves: movesFrom(rest.join(":")) };
}

const ROOTS = {
  run: (text) => ({ run: whole(text) }),
  seed: (text) => ({ seed: whole(text, LARGEST_SEED) }),
  start: (text) => ({ moves: movesFrom(text) }),
};

/**
 * The recipe in these values. Throws Unreadable if they are not a recipe.
 * @param {URLSearchParams} values @returns {Recipe}
 */
export function recipeFrom(values) {
  const roots = Object.keys(ROOTS).filter((name) => values.has(name));
  if (roots.length > 1) throw new Unreadable(roots.join());
  const [name = "run"] = roots;
  return { ...ROOTS[name](values.get(name) ?? "0"), branches: values.getAll("branch").map(branchFrom) };
}

/** The means that have moved, rounded. @param {number[][]} from @param {number[][]} to @returns {Moves} */
export function movesBetween(from, to) {
  const moved = to.map((mean, k) => [k, mean.map((v) => Number(v.toPrecision(DIGITS)))]);
  return new Map(moved.filter(([k]) => to[k].some((v, d) => !Object.is(v, from[k][d]))));
}

/** These means, some of them moved. Throws Unreadable if a move does not fit. @param {Moves} moves */
export function withMoves(means, moves) {
  for (const [k, mean] of moves) if (mean.length !== means[k]?.length) throw new Unreadable(String(k));
  return means.map((mean, k) => moves.get(k) ?? mean);
}
