/** The view: all parts on one page, which are drawn together after each change. */

import { addActions, newView } from "./actions.js";
import { themeOf } from "./colours.js";
import { TWEEN } from "./components.js";
import { makeHalves, makeScenes, makeToolbar } from "./controls.js";
import { makeCurves } from "./curves.js";
import { makeDigits } from "./digits.js";
import { div, h } from "./elements.js";
import { makeEraser } from "./eraser.js";
import { listenToModel, listenToPage } from "./following.js";
import { situation } from "./history.js";
import { makeInspector } from "./inspector.js";
import { listenToKeys, listenToShortcuts, SILENCER } from "./keys.js";
import { makePlot } from "./plot.js";
import { isAsked, isEnd, makePrediction } from "./prediction.js";
import { makeReport } from "./report.js";

/** The object that all parts share: the model, the view's own state, the actions, and what is shown now. */
function newApp(model) {
  const app = {
    model,
    view: newView(),
    act: {},
    now: null,
    root: null,
    draw: () => {},
    retheme: () => {},
    put(trait, value) {
      model.set(trait, value);
      model.save_changes();
    },
    change(values) {
      Object.assign(app.view, values);
      app.draw();
    },
    /** The element with the focus may be hidden now, but keys must still work. */
    focus: () => app.root.focus({ preventScroll: true }),
  };
  addActions(app);
  return app;
}

/** The parts, in the order in which they are drawn, and the element that holds them. */
function makeParts(app) {
  const made = (makers) => makers.map((make) => make(app));
  const above = made([makeScenes, makePrediction, makeToolbar, makeHalves]);
  const left = made([makePlot, makeDigits, makeEraser]);
  const right = made([makeCurves, makeInspector]);
  const report = makeReport(app);
  const nodesOf = (parts) => parts.flatMap((part) => part.nodes);
  const named = { role: "region", "aria-label": "EM explorer", tabindex: 0, [SILENCER]: true };
  const root = h("div", { class: "explorer", ...named },
    ...nodesOf(above),
    div("em-stage", div("em-left", ...nodesOf(left)), div("em-right", ...nodesOf(right))),
    ...report.nodes);
  return { root, plot: left[0], parts: [...above, ...left, ...right, report] };
}

/** Tells whether the view may show components moving from the drawn frame to this frame. */
function isStep(before, { at }, view, still) {
  if (before?.scene !== at.scene || before.run !== at.run || Math.abs(before.frame - at.frame) !== 1) return false;
  return !still && (!view.playing || view.speed > TWEEN);
}

/** Makes a function that draws all parts. It waits until the element is on the page and has colours. */
function drawer(app, parts) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const { root, view } = app;
  let drawnAt = null;
  return () => {
    const now = situation((trait) => app.model.get(trait));
    app.now = now;
    if (!now || !root.isConnected || !view.theme) return;
    view.gated = !view.later && isAsked(now);
    if (isEnd(now) && !view.gated && !now.seenEnd) return app.act.seeEnd(); // this action draws
    const slowly = isStep(drawnAt, now, view, still.matches);
    const whole = parts.map((part) => part.draw(now, slowly)).every((done) => done !== false);
    if (!whole) return;
    drawnAt = now.at;
    Object.assign(root.dataset, { scene: now.at.scene, run: now.at.run, frame: now.at.frame });
  };
}

/** Makes a function that draws all parts in the present colours of the page. */
function rethemer(app) {
  const { root, view } = app;
  return () => {
    if (!root.isConnected) return; // an element that is not on the page has no colours yet
    const theme = themeOf(root);
    if (String(Object.values(theme)) !== String(Object.values(view.theme ?? {}))) view.theme = theme;
    app.draw();
  };
}

/** Show the model in an element. Returns a function that ends this. */
export function render({ model, el }) {
  const app = newApp(model);
  const { root, plot, parts } = makeParts(app);
  app.root = root;
  app.draw = drawer(app, parts);
  app.retheme = rethemer(app);
  el.append(root);
  const ends = [listenToModel(app), listenToShortcuts(app), listenToPage(app, [root, ...plot.nodes])];
  listenToKeys(app);
  app.retheme();
  return () => {
    app.act.stop();
    plot.stop();
    ends.forEach((end) => end());
  };
}
