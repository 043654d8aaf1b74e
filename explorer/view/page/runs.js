/** Runs: frame after frame until the run ends, as in explorer/history.py. */

import { lightsOf } from "./lights.js";
import { afterE, afterM, startAt } from "./moments.js";

/**
 * @typedef {import("./moments.js").Moment} Moment
 * @typedef {import("./moments.js").Engine} Engine
 * @typedef {Moment & {lights: object[]}} Frame
 * @typedef {{why: "converged"|"limit"|"broken", iteration: number, limit: number}} Ending
 * @typedef {{frames: Frame[], ending: Ending}} Made
 */

/** The end of the run, or null if it is not over. @param {Frame[]} frames @returns {?Ending} */
function endingOf(frames, maxiter, thresh) {
  const now = frames[frames.length - 1];
  const ending = (why, limit = 0) => ({ why, iteration: now.iteration, limit });
  const fatal = now.lights.some(({ ok, law }) => ok === false && law.fatal);
  if (Number.isNaN(now.loglik) || fatal) return ending("broken");
  const gain = Math.abs(now.loglik - frames[frames.length - 3]?.loglik);
  if (now.half === "M" && gain < thresh) return ending("converged", thresh);
  return now.half !== "E" && now.iteration >= maxiter ? ending("limit", maxiter) : null;
}

/**
 * Makes a function that tells when a run is over: it gains less than `thresh`, fails, or has made `maxiter`
 * iterations.
 */
export const untilItEnds = (maxiter, thresh) => (frames) => endingOf(frames, maxiter, thresh);

/**
 * Run EM from this start until it is over.
 * @param {Engine} engine @param {(frames: Frame[]) => ?Ending} isOver @returns {Made}
 */
export function follow(engine, start, isOver) {
  const withLights = (now) => ({ ...now, lights: lightsOf(now, engine.laws) });
  const frames = [withLights(startAt(engine, start))];
  for (;;) {
    const ending = isOver(frames);
    if (ending) return { frames, ending };
    const now = frames[frames.length - 1];
    frames.push(withLights(now.half === "E" ? afterM(now, engine) : afterE(now, engine)));
  }
}
