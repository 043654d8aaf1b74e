/** The inspector: one point's terms and responsibilities, or the weights if no point is chosen. */

import { div, h, onChange, sized, span, write } from "./elements.js";
import { itemOf, nameOf, pointOf, respOf, rowOf } from "./history.js";
import { bar, markIcon } from "./marks.js";
import { bernoulliTerms, gaussianTerms, logSumExp, real, shares, times } from "./mathematics.js";
import { fromLog, shown } from "./numbers.js";
import { drawTile, sheetOf } from "./points.js";

const capital = (word) => word[0].toUpperCase() + word.slice(1);

/**
 * The numbers in each component's row of the table.
 * given: the learner's responsibility, or null. share: the term divided by the sum of terms, computed here.
 * The terms belong to the E-step that gave the responsibilities. If pixels are erased (`seen` tells which are
 * not), the terms belong to the parameters that are shown.
 * @returns {{k: number, term: number, share: number, given: ?number}[]}
 */
export function termRows(now, n, seen) {
  const { D, K, points, bits } = now;
  const [frame, params] = seen ? [now.frame, now.params] : [now.sourceFrame, now.sourceParams];
  const terms = points
    ? gaussianTerms(rowOf(points, n, D), frame)
    : bernoulliTerms(rowOf(bits, n, D), frame.weights, params, seen);
  const portions = shares(terms);
  const given = seen ? null : respOf(now, n);
  return times(K, (k) => ({ k, term: terms[k], share: portions[k], given: given?.[k] ?? null }));
}

/** The table below the curves: a point's numbers, or the weights if no point is chosen. */
export function makeInspector({ act, view }) {
  const pick = () => act.setPoint(number.value === "" ? -1 : Math.round(+number.value));
  const number = h("input", { type: "number", min: 0, step: 1, onchange: pick });
  const title = h("b");
  const thumbnail = h("canvas", { class: "em-thumbnail", "aria-hidden": "true" });
  const label = h("label", {}, "", number);
  const table = h("table", { class: "em-table" });
  const note = h("p", { class: "em-note" });
  const host = div("em-panel em-inspector", div("em-row em-head", thumbnail, title, label), table, note);
  const fresh = onChange();
  function show(words, remark, names, rows) {
    write(title, words);
    write(note, remark);
    const head = names.map((name) => (name ? h("th", { scope: "col" }, name) : h("td")));
    table.replaceChildren(h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows));
  }
  return {
    nodes: [host],
    draw(now) {
      const n = view.hovered >= 0 ? view.hovered : pointOf(now);
      number.max = now.N - 1;
      host.dataset.kind = now.scene.kind;
      if (document.activeElement !== number) number.value = n < 0 ? "" : n;
      if (!fresh(now.scene, now.frame, now.resp, n, view.erased)) return;
      label.firstChild.data = now.scene.rows ? "Shown no. " : `${capital(itemOf(now))} `;
      drawThumbnail(thumbnail, now, n, act.redraw);
      const seen = now.bits && view.erased.size ? (d) => !view.erased.has(d) : undefined;
      show(...(n < 0 ? weightTable(now) : termTable(now, n, seen)));
    },
  };
}

function drawThumbnail(canvas, now, n, then) {
  const sheet = now.scene.kind === "pictures" && n >= 0 ? sheetOf(now.tiles, then) : null;
  canvas.hidden = !sheet;
  if (sheet) drawTile(sized(canvas, 48, 48), sheet, now.N, n, 0, 48);
}

const component = (now, k) => h("th", { scope: "row" }, markIcon(now, k), ` ${k}`);
const cell = (text, name = "em-num") => h("td", { class: name }, text);

/** The title, the remark, the column names and the rows of the table of weights. */
function weightTable(now) {
  const row = (w, k) => h("tr", {}, component(now, k), h("td", {}, bar(now, k, w)),
    cell(shown(real(w), 3)), cell(shown(real(now.frame.counts[k]), 1)));
  const remark = `Choose a ${itemOf(now)} to see what its colour is made of.`;
  return ["Components", remark, ["k", "", "weight π", "N"], now.frame.weights.map(row)];
}

/** The title, the remark, the column names and the rows of the table of one point. */
function termTable(now, n, seen) {
  const rows = termRows(now, n, seen);
  const total = fromLog(logSumExp(rows.map((row) => row.term)));
  const tr = ({ k, term, share, given }) => {
    const value = cell(shown(given ?? share, 3));
    if (differs(given, share)) value.append(span("em-differs", ` ≠ ${shown(share, 3)}`));
    return h("tr", { "data-k": k, "data-term": term, "data-share": share, "data-given": given ?? "" },
      component(now, k), cell(`${fromLog(term)} / ${total}`, "em-num em-term"),
      h("td", {}, bar(now, k, given ?? share)), value);
  };
  const density = now.points ? "π N(x | k) / sum" : "π p(x | k) / sum";
  const last = seen ? "posterior" : now.resp ? "resp." : "share";
  const title = `${capital(itemOf(now))} ${nameOf(now, n)}`;
  return [title, remarkOf(now, rows, seen), ["k", density, "", last], rows.map(tr)];
}

const differs = (given, share) => given !== null && !(Math.abs(given - share) <= 0.002);

/**
 * A sentence that says which step gave the numbers, and where the learner's function differs from the terms.
 */
function remarkOf(now, rows, seen) {
  if (seen) return "Computed from the remaining pixels, with the images of this half-step.";
  if (rows.some((row) => differs(row.given, row.share))) {
    return "Left of ≠ is the number that the function gave, right of ≠ the number that the terms give.";
  }
  if (!now.resp) return "No responsibilities yet: these are the terms that the first E-step will use.";
  if (now.frame.half === "E") return "Given by this E-step.";
  return "Given by the E-step before: an M-step changes no responsibility.";
}
