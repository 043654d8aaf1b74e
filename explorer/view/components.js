/** Components: their ellipses and the trails of their means, and how they move from step to step. */

import { blend } from "./colours.js";
import { nextId, fill, s } from "./elements.js";
import { colourOf } from "./marks.js";
import { clamp, ellipse, real } from "./mathematics.js";
import { path, perUnit } from "./scales.js";

/** @typedef {import("./history.js").Frame} Frame */

export const TWEEN = 220; // milliseconds: enough to see the direction, and not so many that people wait

/** Means and covariances of a frame in the plane shown. @param {Frame} frame @param {number[]} plane */
export function geometry({ means, covariances }, [i, j]) {
  return {
    means: means.map((m) => [real(m?.[i]), real(m?.[j])]),
    covariances: covariances.map((c) => [real(c?.[i]?.[i]), real(c?.[i]?.[j]), real(c?.[j]?.[j])]),
  };
}

/** A geometry between two others, at the share t of the way. Its covariances are always valid covariances. */
export function between(from, to, t) {
  const mix = (a, b) => b.map((row, k) => (a[k].every(Number.isFinite) ? blend(a[k], row, t) : row));
  return { means: mix(from.means, to.means), covariances: mix(from.covariances, to.covariances) };
}

/** Tells whether components can move from one geometry to the other, and whether the two are different. */
function differ(from, to) {
  const flat = ({ means, covariances }) => [...means, ...covariances].flat();
  if (from?.means.length !== to.means.length) return false;
  return flat(from).some((v, i) => !Object.is(v, flat(to)[i]));
}

/**
 * Makes the object that moves components from their present places to their new places. If a second move
 * begins during the first move, its end is shown at once: people who press keys fast want to see the end.
 */
function makeTween(show) {
  let now = null; // the geometry that the screen shows
  let id = 0;
  const set = (next) => show((now = next));
  return {
    to(target, slowly) {
      const hurried = id !== 0;
      cancelAnimationFrame(id);
      id = 0;
      if (!slowly || hurried || !differ(now, target)) return set(target);
      const from = now;
      const start = performance.now() - 16; // the first picture of the movement is drawn at once
      const frame = () => {
        const t = clamp((performance.now() - start) / TWEEN, 0, 1);
        id = t < 1 ? requestAnimationFrame(frame) : 0;
        set(between(from, target, t * (2 - t)));
      };
      frame();
    },
    moving: () => id !== 0,
    stop: () => cancelAnimationFrame(id),
  };
}

/** The ellipses of one component as SVG text. A dark line below each one makes yellow visible on white. */
function ellipsesOf(shape, [x, y], colour, name, sigmas) {
  if (!shape || !Number.isFinite(x + y)) return "";
  const at = `cx="${x.toFixed(1)}" cy="${y.toFixed(1)}"`;
  const turn = `transform="rotate(${shape.angle.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})"`;
  return sigmas.map((sigma) => {
    const [rx, ry] = [shape.rx, shape.ry].map((r) => Math.max(1.5, sigma * r).toFixed(1));
    const rest = `em-sigma${sigma}" ${at} rx="${rx}" ry="${ry}" ${turn} style="--colour:${colour}"/>`;
    return `<ellipse class="${name}-casing ${rest}<ellipse class="${name} ${rest}`;
  }).join("");
}

/** The path of each mean through the frames so far, as SVG text. */
function trails(now, place) {
  const steps = now.run.frames.slice(0, now.at.frame + 1).filter((f) => f.half !== "E");
  if (steps.length < 2) return "";
  return now.frame.means.map((_, k) => {
    const d = path(steps.map((f) => place(now.plane.map((axis) => real(f.means[k]?.[axis])))));
    return `<path class="em-trail-casing" d="${d}"/>`
      + `<path class="em-trail" d="${d}" style="--colour:${colourOf(now, k)}"/>`;
  }).join("");
}

/** The paths of the means, the old means before an M-step, and the ellipses, as SVG text. */
function componentsAsSvg(now, shapes, { X, Y }, moved) {
  const place = ([x, y]) => [X(x), Y(y)];
  const [perX, perY] = [X, Y].map(perUnit);
  const ellipses = ({ means, covariances }, name, sigmas) => means.map((mean, k) =>
    ellipsesOf(ellipse(covariances[k], perX, perY), place(mean), colourOf(now, k), name, sigmas)).join("");
  const before = now.frame.half === "M" && !moved ? geometry(now.run.frames[now.at.frame - 1], now.plane) : null;
  return trails(now, place)
    + (before ? ellipses(before, "em-ghost", [1]) : "")
    + ellipses(shapes, "em-ellipse", [2, 1]);
}

/**
 * The components, drawn into a group that is clipped at the axes.
 * @param {(shapes: {means: number[][]}, moving: boolean) => void} then called each time after they were drawn
 */
export function makeComponents(app, field, then) {
  const clip = { id: nextId(), rect: s("rect") };
  const group = s("g", { "aria-hidden": "true", "clip-path": `url(#${clip.id})` });
  const tween = makeTween((shapes) => {
    group.innerHTML = componentsAsSvg(app.now, shapes, field.layout, app.view.moved);
    then(shapes, tween.moving());
  });
  return {
    nodes: [s("clipPath", { id: clip.id }, clip.rect), group],
    stop: tween.stop,
    layOut: ({ left, right, bottom }) =>
      fill(clip.rect, { x: left, y: 0, width: right - left, height: bottom }),
    draw(now, slowly) {
      const { moved } = app.view;
      const target = geometry(now.frame, now.plane);
      if (moved) target.means = moved.map((mean) => now.plane.map((axis) => real(mean[axis])));
      tween.to(target, slowly && !moved);
    },
  };
}
