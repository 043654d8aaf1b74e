/** Numbers as people read them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLog, shown, withPower } from "../../../explorer/view/numbers.js";

test("a negative number has a true minus sign, unless it rounds to 0", () => {
  assert.equal(shown(-1.25, 2), "−1.25");
  assert.equal(shown(-0.001, 2), "0.00");
  assert.equal(shown(1234.5678, 3), "1234.568");
  assert.equal(shown(null), "not finite");
  assert.equal(shown(-Infinity), "not finite");
});

test("a density is computed from its logarithm, even where it underflows", () => {
  assert.equal(fromLog(Math.log(0.02558)), "0.02558");
  assert.equal(fromLog(Math.log(0.001)), "0.001000");
  assert.equal(fromLog(-2000 * Math.LN10), "1.000·10⁻²⁰⁰⁰");
  assert.equal(fromLog(Math.log(2.5e7)), "2.500·10⁷");
  assert.equal(fromLog(Math.log(9.99999e7)), "1.000·10⁸");
  assert.deepEqual([NaN, -Infinity, Infinity].map(fromLog), ["NaN", "0", "infinite"]);
});

test("powers of ten are superscript, and 0 has none", () => {
  assert.deepEqual(["−1.5e+7", "2e-12", "0e+0", "3e+0"].map(withPower), ["−1.5·10⁷", "2·10⁻¹²", "0", "3"]);
});
