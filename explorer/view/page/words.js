/** Words: every frame and every ending in the texts of explorer/words.py, which are in the book. */

import { fillIn } from "./formats.js";

/** @typedef {import("./runs.js").Frame} Frame */

const UNCHANGED = 5e-5; // a smaller change is called "unchanged"
const ALIKE = 0.005; // shares that differ by less count as equal

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Makes the functions that write sentences with the book's texts. @param {Record<string, string>} phrases */
function speaker(phrases) {
  const say = (phrase, values) => fillIn(phrases[phrase], values);
  const number = (value) =>
    (Number.isFinite(value) ? say(Math.abs(value) >= 1 ? "large" : "small", { value }) : say("no number"));
  const change = (by) => {
    if (Number.isNaN(by)) return say("unknown");
    if (Math.abs(by) < UNCHANGED) return say("unchanged");
    return say(by > 0 ? "up" : "down", { by: number(Math.abs(by)) });
  };
  return { say, number, change };
}

/** A sentence on how the log-likelihood and the bound changed. @param {Frame} frame @param {?Frame} before */
function climb({ say, number, change }, frame, before) {
  const loglik = say("loglik", { value: number(frame.loglik) });
  if (!before || frame.half === "start" || Number.isNaN(frame.loglik)) return loglik;
  if (frame.half === "M") return say("stepped", { loglik, change: change(frame.loglik - before.loglik) });
  const touched = frame.lights.some(({ law, ok }) => law.touch && ok);
  const touch = say(touched ? "touched" : "apart", { loglik });
  if (Number.isNaN(before.bound)) return touched ? touch : loglik;
  return say("lifted", { touch, change: change(frame.bound - before.bound) });
}

/** A sentence that says which component holds the most points. @param {Frame} frame */
function held({ say }, { counts }) {
  const all = counts.reduce((total, count) => total + count, 0);
  const shares = counts.map((count) => count / all);
  if (!shares.every(Number.isFinite)) return say("held by none");
  const most = Math.max(...shares);
  if (most - Math.min(...shares) < ALIKE) return say("held alike", { percent: 100 * shares[0] });
  return say("held most", { k: shares.indexOf(most), percent: 100 * most });
}

/** A frame in words. before: the frame one half-step earlier. things: for example "points". */
export function frameInWords({ phrases }, frame, before, things) {
  const speak = speaker(phrases);
  const when = speak.say(frame.half === "start" ? "start" : "later", frame);
  return speak.say("frame", { when, climb: climb(speak, frame, before), held: held(speak, frame), things });
}

/** A sentence that says why a run is over. @param {import("./runs.js").Ending} ending */
export function endInWords({ ends, phrases }, ending) {
  const iterations = phrases[ending.limit === 1 ? "one" : "many"];
  return fillIn(ends[ending.why], { ...ending, iterations });
}

/** The sentence of a broken law; "" if the law is not broken. @param {object} light of lights.js */
export const sentenceOf = ({ law, ok, values }) => (ok === false ? capital(fillIn(law.sentence, values)) : "");
