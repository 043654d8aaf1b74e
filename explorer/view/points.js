/** Points: the data on a canvas, as marks or as pictures, in the colours of their responsibilities. */

import { largest } from "./mathematics.js";
import { mixed } from "./colours.js";
import { FULL } from "./history.js";
import { markPath, marksOf } from "./marks.js";

const COLUMNS = 20; // columns of equal tiles on the sheet that the kernel sends

/** Draw the data into a canvas. sheet: the tiles of pictures, or undefined. */
export function drawData(context, now, layout, theme, sheet) {
  if (sheet) drawPictures(context, now, layout, theme, sheet);
  else drawPoints(context, now, layout, theme);
}

/**
 * Call draw(n, k, colour) at each point's place. k is the component with the largest responsibility, or -1.
 */
function atEachPoint(context, now, { xs, ys }, draw) {
  for (let n = 0; n < now.N; n++) {
    const row = now.resp?.subarray(n * now.K, (n + 1) * now.K);
    const k = row ? largest(row) : -1;
    context.translate(xs[n], ys[n]);
    draw(n, k, k < 0 ? null : mixed(row, now.colours, 1 / FULL));
    context.translate(-xs[n], -ys[n]);
  }
}

/** Draw each point in its mixed colour, with the shape of the largest responsibility. */
function drawPoints(context, now, layout, theme) {
  const radius = now.N > 600 ? 3.1 : now.N > 200 ? 3.9 : 4.8;
  const marks = marksOf(now, radius);
  const unknown = new Path2D(markPath("o", 0.9 * radius));
  Object.assign(context, { strokeStyle: theme.edge, lineWidth: 0.9, lineJoin: "round" });
  atEachPoint(context, now, layout, (_, k, colour) => {
    context.fillStyle = colour ?? theme.unknown;
    const hollow = k < 0 && now.resp; // its row of responsibilities has no numbers
    if (!hollow) context.fill(marks[k] ?? unknown);
    context.stroke(marks[k] ?? unknown);
  });
}

/** Draw each picture in a frame of its mixed colour, with the mark of its largest responsibility. */
function drawPictures(context, now, layout, theme, sheet) {
  const size = now.N > 400 ? 16 : now.N > 150 ? 20 : 26;
  const [half, frame] = [size / 2, size / 2 + 3];
  const marks = marksOf(now, 4.5);
  Object.assign(context, { strokeStyle: theme.edge, lineWidth: 0.8 });
  atEachPoint(context, now, layout, (n, k, colour) => {
    context.fillStyle = colour ?? theme.unknown;
    context.fillRect(-frame, -frame, 2 * frame, 2 * frame);
    context.strokeRect(-frame, -frame, 2 * frame, 2 * frame);
    drawTile(context, sheet, now.N, n, -half, size);
    if (k < 0) return;
    context.translate(half, half);
    context.fill(marks[k]);
    context.stroke(marks[k]);
    context.translate(-half, -half);
  });
}

/**
 * Draw the whole tile n of the sheet into the square from (corner, corner), without changing its proportions.
 */
export function drawTile(context, sheet, N, n, corner, size) {
  const [wide, tall] = [sheet.width / COLUMNS, sheet.height / Math.ceil(N / COLUMNS)];
  const [w, h] = [wide, tall].map((side) => (size * side) / Math.max(wide, tall));
  const [left, top] = [corner + (size - w) / 2, corner + (size - h) / 2];
  context.drawImage(sheet, (n % COLUMNS) * wide, Math.floor(n / COLUMNS) * tall, wide, tall, left, top, w, h);
}

const sheets = new WeakMap();

/**
 * The sheet of tiles. It is null until it is decoded; then `then` is called. It is undefined if decoding
 * fails.
 */
export function sheetOf(view, then) {
  if (!view) return undefined;
  if (!sheets.has(view)) {
    const sheet = { bitmap: null, waiting: new Set() };
    const done = (bitmap) => {
      sheet.bitmap = bitmap;
      sheet.waiting.forEach((call) => call());
    };
    createImageBitmap(new Blob([view], { type: "image/png" })).then(done, () => done(undefined));
    sheets.set(view, sheet);
  }
  const { bitmap, waiting } = sheets.get(view);
  if (bitmap === null) waiting.add(then);
  return bitmap;
}

/** The nearest point on the screen within `reach` pixels, or -1 if there is no such point. */
export function nearest({ xs, ys }, [x, y], reach) {
  let best = -1;
  let least = reach * reach;
  for (let n = 0; n < xs.length; n++) {
    const distance = (xs[n] - x) ** 2 + (ys[n] - y) ** 2;
    if (distance <= least) [best, least] = [n, distance];
  }
  return best;
}
