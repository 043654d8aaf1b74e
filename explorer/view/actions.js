/** Actions: all that keys, buttons and the pointer can do. They change the model or the view's own state. */

import { SPEEDS } from "./controls.js";
import { ROW } from "./digits.js";
import { clamp } from "./mathematics.js";

const SILENT = 15000; // milliseconds until the view says that no kernel answers

/** The state of this view, which is not kept in the notebook. */
export const newView = () => ({
  theme: null,
  gated: false, // the view asks for a prediction before the run can play
  later: false, // the learner chose to predict later
  playing: false,
  speed: SPEEDS.medium,
  hovered: -1,
  moved: null, // dragged means, until EM runs from them or they are put back
  playNext: false, // the requested run plays as soon as it arrives
  silence: "",
  closeUp: false,
  erased: new Set(),
  page: 0, // the page of digits that is shown
});

/** Move among frames, runs and scenes. */
const moving = (app) => ({
  /**
   * Show a frame of this run. A frame before the start or after the end shows the start or the end. If means
   * were moved, ask for a new run.
   */
  go(frame) {
    const { at, last } = app.now;
    if (app.view.gated) return;
    if (app.view.moved && frame > at.frame) app.act.start();
    else if (clamp(frame, 0, last) !== at.frame) app.put("at", { ...at, frame: clamp(frame, 0, last) });
  },
  step(by) {
    app.act.stop();
    app.act.go(app.now.at.frame + by);
  },
  goRun(run) {
    app.act.stop();
    const last = app.now.scene.runs[run].frames.length - 1;
    app.put("at", { ...app.now.at, run, frame: Math.min(app.now.at.frame, last) });
  },
  goScene(scene) {
    app.act.stop();
    app.put("point", -1);
    app.put("at", { scene, run: 0, frame: 0 });
  },
});

/** Play one half-step after the other, to the end. */
function playing(app) {
  let timer = 0;
  const { act, view } = app;
  const tick = () => {
    act.go(app.now.at.frame + 1);
    if (app.now.at.frame < app.now.last) timer = setTimeout(tick, view.speed);
    else act.pause();
  };
  return {
    play() {
      timer = setTimeout(tick, view.speed);
      app.change({ playing: true });
    },
    stop() {
      clearTimeout(timer);
      view.playing = false;
    },
    pause() {
      act.stop();
      app.draw();
    },
    toggle() {
      if (view.gated) return;
      if (view.playing) return act.pause();
      if (view.moved) return act.start(true);
      if (app.now.at.frame === app.now.last) act.go(0);
      act.play();
    },
    setSpeed: (milliseconds) => { view.speed = milliseconds; },
  };
}

/** Move means, and ask the kernel for new runs. */
function asking(app) {
  let waiting = 0;
  const { act, view } = app;
  return {
    mayMove: () => Boolean(app.now?.scene.may_start && !view.gated),
    moveMean(k, [x, y]) {
      act.stop();
      const means = (view.moved ?? app.now.frame.means).map((mean) => [...mean]);
      [means[k][app.now.plane[0]], means[k][app.now.plane[1]]] = [x, y];
      app.change({ moved: means });
    },
    putBack() {
      app.change({ moved: null });
      app.focus();
    },
    /** Ask for a run from the moved means: a new start, or a branch of this run. */
    start(thenPlay = false) {
      if (!view.moved) return;
      view.playNext = thenPlay;
      const { run, frame } = app.now.at;
      act.ask({ ...(frame === 0 ? { do: "start" } : { do: "branch", run, frame }), means: view.moved });
    },
    ask(message) {
      act.stop();
      act.answered();
      const silence = "No answer from the kernel: run the cell again, then start from here.";
      waiting = setTimeout(() => app.change({ silence }), SILENT);
      app.model.send({ ...message, scene: app.now.at.scene });
    },
    answered() {
      clearTimeout(waiting);
      app.change({ silence: "" });
    },
  };
}

/** Choose the point, the axes and other things to look at, and answer the question. */
const choosing = (app) => ({
  predict(choice) {
    app.put("prediction", choice);
    app.focus();
  },
  decideLater() {
    app.change({ later: true });
    app.focus();
  },
  /** Keep in the notebook that the end was seen. From then on, the view may show what happened. */
  seeEnd: () => app.put("seen_end", true),
  hover: (n) => n === app.view.hovered || app.change({ hovered: n }),
  setPoint(n) {
    app.put("point", n >= 0 && n < app.now.N ? n : -1);
    app.change({ hovered: -1, erased: new Set() });
  },
  /**
   * Show data axis d along screen axis 0 or 1. If the other screen axis shows d, the two axes change places.
   */
  setPlane(axis, d) {
    const plane = [...app.now.plane];
    if (plane[1 - axis] === d) plane[1 - axis] = plane[axis];
    plane[axis] = d;
    app.put("plane", plane);
  },
  closeUp: () => app.change({ closeUp: !app.view.closeUp }),
  nextDigits: () => app.change({ page: (app.view.page + 1) % Math.ceil(app.now.N / ROW) }),
  erase: (pixels) => app.change({ erased: new Set([...app.view.erased, ...pixels]) }),
  restore: () => app.change({ erased: new Set() }),
  redraw: () => app.draw(),
});

/** Give the app all its actions, as `app.act`. */
export const addActions = (app) =>
  Object.assign(app.act, moving(app), playing(app), asking(app), choosing(app));
