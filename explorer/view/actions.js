/** Actions: what can be done, by keys, buttons and pointer. They change the model or the view's own state. */

import { SPEEDS } from "./controls.js";
import { ROW } from "./digits.js";
import { clamp } from "./mathematics.js";

const SILENT = 15000; // milliseconds until we say that no kernel answers

/** What is this view's own, and is not kept in the notebook. */
export const newView = () => ({
  theme: null,
  gated: false, // a prediction is asked for first
  later: false, // ... and was put off
  playing: false,
  speed: SPEEDS.medium,
  hovered: -1,
  moved: null, // means that were dragged, until EM runs from there or they are put back
  playNext: false, // the run that was asked for is to play when it comes
  silence: "",
  closeUp: false,
  erased: new Set(),
  page: 0, // of digits
});

/** Move among frames, runs and scenes. */
const moving = (app) => ({
  /** Show a frame of this run; beyond its ends, the end. From moved means, a new run. */
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

/** Play half-step after half-step, to the end. */
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
    /** Ask for a run from the means as they were moved: a new start, or a branch of this run. */
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

/** Choose what is looked at, and answer what is asked. */
const choosing = (app) => ({
  predict(choice) {
    app.put("prediction", choice);
    app.focus();
  },
  decideLater() {
    app.change({ later: true });
    app.focus();
  },
  /** That the end was seen is kept in the notebook: what happened is then no secret any more. */
  seeEnd: () => app.put("seen_end", true),
  hover: (n) => n === app.view.hovered || app.change({ hovered: n }),
  setPoint(n) {
    app.put("point", n >= 0 && n < app.now.N ? n : -1);
    app.change({ hovered: -1, erased: new Set() });
  },
  /** Show data axis d along screen axis 0 or 1; if the other shows it, the two change places. */
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
