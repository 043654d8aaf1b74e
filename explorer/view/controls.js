/** Controls: the row of scenes, the toolbar with its scrubber, and the two half-steps. */

import { button, can, choose, div, fill, h, icon, onChange, press, s, span, together, write } from "./elements.js";

/** One button for each scene, and the text that says what to look at. */
export function makeScenes({ act }) {
  const row = h("div", { class: "em-scenes", role: "group", "aria-label": "Scenes" });
  const told = h("p", { class: "em-told" });
  const fresh = onChange();
  return {
    nodes: [row, told],
    draw(now) {
      const names = now.scenes.map((scene) => scene.name);
      row.hidden = names.length < 2;
      if (fresh(names.join("\n"))) row.replaceChildren(...names.map((name, i) => button(name, () => act.goScene(i))));
      [...row.children].forEach((node, i) => press(node, i === now.at.scene));
      write(told, now.scene.told ?? "");
      told.hidden = !now.scene.told;
    },
  };
}

const ICONS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8z",
  play: "M4 2l10 6-10 6z",
  pause: "M4 2h3v12H4zM9 2h3v12H9z",
  on: "M5 3l7 5-7 5z",
  last: "M11 3h2v10h-2zM3 3l7 5-7 5z",
};
// milliseconds for each half-step
export const SPEEDS = { slow: 1400, medium: 700, fast: 250, "very fast": 80 };

/** The toolbar: buttons, scrubber, speed, run and seed. */
export function makeToolbar(app) {
  const { nodes, draw } = together([makeButtons(app), makeScrubber(app), makeSettings(app)]);
  return { nodes: [h("div", { class: "em-bar", role: "group", "aria-label": "Playing" }, ...nodes)], draw };
}

function makeButtons({ act, view }) {
  const make = (name, label, onclick) =>
    button(icon(ICONS[name]), onclick, { class: "em-icon", title: label, "aria-label": label });
  const first = make("first", "To the start (Home)", () => act.step(-Infinity));
  const back = make("back", "Half a step back (Left)", () => act.step(-1));
  const play = make("play", "Play (Space)", () => act.toggle());
  const on = make("on", "Half a step forward (Right)", () => act.step(1));
  const last = make("last", "To the end (End)", () => act.step(Infinity));
  return {
    nodes: [div("em-buttons", first, back, play, on, last)],
    draw({ at, last: end }) {
      const free = !view.gated;
      [first, back].forEach((node) => can(node, free && at.frame > 0));
      [on, last].forEach((node) => can(node, free && (at.frame < end || view.moved)));
      can(play, free && (end > 0 || view.moved));
      const title = view.playing ? "Pause (Space)" : "Play (Space)";
      fill(play, { title, "aria-label": title });
      play.querySelector("path").setAttribute("d", ICONS[view.playing ? "pause" : "play"]);
    },
  };
}

function makeScrubber({ act, view }) {
  const move = () => act.step(+scrubber.value - scrubber.dataset.at);
  const scrubber = h("input", { type: "range", min: 0, step: 1, "aria-label": "Half-steps", oninput: move });
  const marks = s("svg", { class: "em-ticks", preserveAspectRatio: "none", "aria-hidden": "true" });
  const fresh = onChange();
  return {
    nodes: [div("em-scrub", scrubber, marks)],
    draw({ at, last, frame, run }) {
      Object.assign(scrubber, { max: last, value: at.frame, disabled: view.gated });
      scrubber.dataset.at = at.frame;
      scrubber.setAttribute("aria-valuetext", `iteration ${frame.iteration}, ${HALF_NAMES[frame.half]}`);
      if (fresh(run)) drawMarks(marks, run);
    },
  };
}

const HALF_NAMES = { start: "start", E: "after E", M: "after M" };

/** Draw a short tick after each E, a long tick after each M, and a red tick where a law is broken. */
function drawMarks(svg, run) {
  const last = Math.max(1, run.frames.length - 1);
  const every = Math.ceil(last / 120); // more ticks would look like a grey bar
  const broken = ({ laws }, i) => laws.some((law) => law.ok === false) || (run.error && i === last);
  const kept = (i) => Math.floor(i / 2) % every === 0;
  const lines = (name, length, wanted) => {
    const d = run.frames.map((f, i) => (wanted(f, i) ? `M${i},0V${length}` : "")).join("");
    return s("path", { class: name, d, "vector-effect": "non-scaling-stroke" });
  };
  svg.setAttribute("viewBox", `0 0 ${last} 10`);
  svg.replaceChildren(
    lines("em-tick-e", 4, (f, i) => f.half === "E" && kept(i)),
    lines("em-tick-m", 8, (f, i) => f.half !== "E" && kept(i)),
    lines("em-tick-bad", 10, broken));
}

function makeSettings({ act, view }) {
  const speed = h("select", { onchange: () => act.setSpeed(SPEEDS[speed.selectedOptions[0].text]) });
  choose(speed, Object.keys(SPEEDS), Object.values(SPEEDS).indexOf(view.speed));
  const runs = h("select", { onchange: () => act.goRun(+runs.value) });
  const seed = h("input", { type: "number", min: 0, step: 1, value: 1 });
  const draw = () => view.gated || act.ask({ do: "seed", seed: Math.max(0, Math.round(+seed.value) || 0) });
  seed.addEventListener("keydown", (event) => event.key === "Enter" && draw());
  const start = button("New start", draw);
  const choice = h("label", {}, "Run ", runs);
  const seeds = span("em-pair", h("label", {}, "Seed ", seed), start);
  return {
    nodes: [div("em-settings", h("label", {}, "Speed ", speed), choice, seeds)],
    draw({ scene, at }) {
      choose(runs, scene.runs.map((run, i) => `${i}: ${run.name}`), at.run);
      choice.hidden = scene.runs.length < 2;
      seeds.hidden = !scene.may_start;
      can(start, !view.gated);
    },
  };
}

const HALVES = {
  points: ["points change colour", "components move"],
  pictures: ["frames change colour", "components move"],
  digits: ["digits change colour", "images sharpen"],
};
const SIGNS = { // as SVG text, in a box of 24 by 16
  E: '<circle cx="5" cy="10" r="3"/><circle cx="12" cy="5" r="3" class="em-hollow"/><circle cx="19" cy="10" r="3"/>',
  M: '<ellipse cx="6" cy="8" rx="5" ry="3.5" class="em-hollow em-dash"/>'
    + '<path d="M6 8h12M15 5l3 3-3 3" class="em-hollow"/>',
};

/**
 * Shows which of the two half-steps came before this picture. Screen readers read the words below instead.
 */
export function makeHalves({ act }) {
  const iteration = span("em-iteration");
  const halves = ["E", "M"].map((letter) => {
    const sign = s("svg", { viewBox: "0 0 24 16" });
    sign.innerHTML = SIGNS[letter];
    return { letter, text: span(""), node: span("em-half", sign, h("b", {}, letter)) };
  });
  halves.forEach(({ node, text }) => node.append(text));
  const steps = h("span", { class: "em-pair", "aria-hidden": "true" }, iteration, ...halves.map((half) => half.node));
  const plane = (axis) => h("select", { onchange: (event) => act.setPlane(axis, +event.target.value) });
  const planes = [plane(0), plane(1)];
  const chooser = span("em-pair", h("label", {}, "Across ", planes[0]), h("label", {}, "Up ", planes[1]));
  const hint = span("em-hint");
  return {
    nodes: [div("em-halves", steps, chooser, hint)],
    draw({ scene, frame, plane: axes, D }) {
      const flat = scene.kind === "digits";
      write(iteration, frame.half === "start" ? "Start" : `Iteration ${frame.iteration}`);
      halves.forEach(({ letter, text, node }, i) => {
        write(text, (HALVES[scene.kind] ?? HALVES.points)[i]);
        node.classList.toggle("em-now", frame.half === letter);
      });
      chooser.hidden = flat || D < 3;
      if (!chooser.hidden) planes.forEach((select, i) => choose(select, scene.axes, axes[i]));
      write(hint, !flat && act.mayMove() ? "Drag a mean to start elsewhere" : "");
    },
  };
}
