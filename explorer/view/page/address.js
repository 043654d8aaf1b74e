/** Address: the part of the page's address after # says what is shown. Functions write it and read it. */

import { recipeAsPairs, recipeFrom, Unreadable, whole } from "./recipes.js";

/**
 * @typedef {import("./recipes.js").Recipe} Recipe
 * @typedef {{scene: string, recipe: Recipe, frame: number, point?: number, plane?: number[]}} Place
 */

const NAMES = ["scene", "run", "seed", "start", "branch", "frame", "point", "plane"];

/** A place as text, such as "scene=earth&seed=3&frame=12". @param {Place} place */
export function addressOf({ scene, recipe, frame, point, plane }) {
  const pairs = [["scene", scene], ...recipeAsPairs(recipe), ["frame", String(frame)]];
  if (point >= 0) pairs.push(["point", String(point)]);
  if (plane) pairs.push(["plane", plane.join(",")]);
  return pairs.map(([name, value]) => `${name}=${encodeURI(value)}`).join("&");
}

function planeFrom(text) {
  const axes = text.split(",").map((axis) => whole(axis));
  if (axes.length !== 2 || axes[0] === axes[1]) throw new Unreadable(text);
  return axes;
}

/**
 * The place that an address names, or null if it is empty. Throws Unreadable if it cannot be read.
 * @param {string} text @returns {?Place}
 */
export function placeFrom(text) {
  if (text === "") return null;
  const values = new URLSearchParams(text.replaceAll("+", "%2B"));
  if (!values.has("scene") || [...values.keys()].some((name) => !NAMES.includes(name))) throw new Unreadable(text);
  return {
    scene: values.get("scene"),
    recipe: recipeFrom(values),
    frame: whole(values.get("frame") ?? "0"),
    point: values.has("point") ? whole(values.get("point")) : -1,
    plane: values.has("plane") ? planeFrom(values.get("plane")) : null,
  };
}
