/** The place that is shown, whatever place was asked for. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { respOf, situation } from "../../../explorer/view/history.js";

const FRAMES = [
  { half: "start", resp: -1, params: -1, counts: [1, 1] },
  { half: "E", resp: 0, params: -1, counts: [1, null] },
  { half: "M", resp: 0, params: -1, counts: [2, 0] },
];
const bytes = (typed) => new DataView(typed.buffer);
const TRAITS = {
  scenes: [{ N: 2, K: 2, D: 3, kind: "points", runs: [{ frames: FRAMES }] }],
  arrays: { "0/0/resp": bytes(new Uint16Array([65535, 0, 0, 0])), "0/points": bytes(new Float32Array(6)) },
  look: { palette: ["#0072B2"] },
};
const at = (traits) => situation((name) => ({ ...TRAITS, ...traits })[name]);

test("a missing place becomes the nearest one that exists", () => {
  assert.deepEqual(at({ at: { scene: 4, run: -1, frame: 99 } }).at, { scene: 0, run: 0, frame: 2 });
  assert.deepEqual(at({ at: { frame: "no number" } }).at, { scene: 0, run: 0, frame: 0 });
  assert.equal(at({ scenes: [] }), null);
  assert.equal(at({ point: 7 }).point, 1);
});

test("the axes are two different dimensions of the data", () => {
  assert.deepEqual(at({ plane: [9, 0] }).plane, [2, 0]);
  assert.deepEqual(at({ plane: [1, 1] }).plane, [0, 1]);
});

test("there are no responsibilities before the first E-step, and after M there are those of the last E-step", () => {
  const [start, e, m] = [0, 1, 2].map((frame) => at({ at: { frame } }));
  assert.equal(start.resp, null);
  assert.equal(m.resp, e.resp);
  assert.equal(m.sourceFrame, FRAMES[1]);
});

test("a value that is not a number is not shown as 0", () => {
  assert.deepEqual(respOf(at({ at: { frame: 1 } }), 0), [1, 0]);
  assert.deepEqual(respOf(at({ at: { frame: 1 } }), 1), [0, NaN]);
});
