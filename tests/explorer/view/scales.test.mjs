/** Scales, and ticks that people can tell apart. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { interpolateNumber } from "../../../explorer/view/numbers-between.js";
import { limits, linear, path, perUnit, rangeOf, roomFor, ticks, ticksAcross } from "../../../explorer/view/scales.js";

const labels = (domain, whole) => ticks(linear(domain, [0, 400]), 72, whole).map(({ label }) => label);

test("a scale can be inverted, and a value that is not a number has no place", () => {
  const scale = linear([-2, 6], [200, 40]);
  assert.equal(scale(0), 160);
  assert.equal(scale.invert(160), 0);
  assert.equal(perUnit(scale), -20);
  assert.ok([NaN, undefined].every((value) => Number.isNaN(scale(value))));
});

test("the bundle's stand-in for d3-interpolate gives the numbers of d3-interpolate", () => {
  const scale = linear([0, 1], [-3, 7.5]);
  for (const t of [-1, 0, 0.3, 1, 2]) assert.equal(interpolateNumber(-3, 7.5)(t), scale(t));
});

test("all ticks of an axis have the same number of decimals", () => {
  assert.deepEqual(labels([-0.1, 1.05]), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
  assert.deepEqual(labels([-560, -330]), ["−550", "−500", "−450", "−400", "−350"]);
});

test("very large and very small numbers have powers of ten", () => {
  assert.deepEqual(labels([-5e6, 1.6e7]), ["−5·10⁶", "0", "5·10⁶", "1·10⁷", "1.5·10⁷"]);
  assert.deepEqual(labels([0, 4.4e-6]), ["0", "1·10⁻⁶", "2·10⁻⁶", "3·10⁻⁶", "4·10⁻⁶"]);
});

test("different values have different labels", () => {
  const domains = [[-412.3004, -412.2999], [-12345678, -12345000], [99999, 100001], [1e-9, 1.0001e-9], [-2, 9e5]];
  for (const domain of domains) {
    const found = labels(domain);
    assert.ok(found.length >= 2, String(domain));
    assert.equal(new Set(found).size, found.length, found.join());
  }
});

test("neighbouring labels do not touch", () => {
  for (const width of [60, 240, 640]) {
    const scale = linear([-12345678, -12345000], [0, width]);
    const list = ticksAcross(scale, 80);
    const places = list.map(({ value }) => scale(value));
    if (width > 60) assert.ok(places[1] - places[0] > roomFor(list), String(width));
    assert.ok(list.length >= 1 && list.length < 8);
  }
  assert.ok(ticksAcross(linear([0, 8], [0, 640]), 80).length > 6);
});

test("ticks of iterations are whole numbers", () => {
  assert.deepEqual(labels([0, 1.2], true), ["0", "1"]);
  assert.deepEqual(labels([2.8, 5.2], true), ["3", "4", "5"]);
});

test("limits leave a margin, and rounding errors do not fill a panel", () => {
  assert.deepEqual(limits([0, 5, 10, 5], 2, 0), [-0.8, 10.8]);
  assert.deepEqual(limits([3, 3], 1, 0), [2, 4]);
  assert.deepEqual(limits([NaN], 1, 0), [0, 1]);
  assert.deepEqual(rangeOf([-400, -400 - 1e-12, NaN]).map(Math.round), [-401, -399]);
});

test("a path has a gap where a number is missing", () => {
  assert.equal(path([[0, 1], [2, 3], [NaN, 4], [5, 6]]), "M0.0,1.0L2.0,3.0M5.0,6.0");
});
