/** Colours: the palette mixed by responsibilities, and colours for canvases, which have no style sheet. */

import { clamp } from "./mathematics.js";

/** "#0072B2" as [0, 114, 178]. @param {string} hex */
export const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

/**
 * The palette's colours, mixed by the shares in `row`. unit: the share that the number 1 in `row` means.
 * @param {ArrayLike<number>} row
 */
export function mixed(row, colours, unit = 1) {
  const sum = [0, 0, 0];
  for (let k = 0; k < row.length; k++) {
    for (let c = 0; c < 3; c++) sum[c] += unit * row[k] * colours[k % colours.length][c];
  }
  return `rgb(${sum.map((c) => Math.round(clamp(c, 0, 255))).join(",")})`;
}

/** Relative luminance of a colour (WCAG 2). @param {number[]} colour */
export function luminance(colour) {
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = colour.map((c) => linear(c / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The colours for canvases. It also tells the style sheet whether the theme is light or dark. */
export function themeOf(root) {
  const numbersIn = getComputedStyle(root).backgroundColor.match(/[\d.]+/g) ?? [255, 255, 255];
  const paper = numbersIn.slice(0, 3).map(Number);
  const dark = luminance(paper) < 0.2;
  root.dataset.theme = dark ? "dark" : "light";
  const edge = getComputedStyle(root).getPropertyValue("--em-edge").trim();
  return dark
    ? { paper, edge, ink: [236, 236, 236], guess: [255, 176, 92], unknown: "#8a8a8a" }
    : { paper, edge, ink: [28, 28, 28], guess: [158, 70, 0], unknown: "#9a9a9a" };
}

/** Numbers between two lists: at t = 0 the first list, at t = 1 the second. */
export const blend = (from, to, t) => from.map((c, i) => c + (to[i] - c) * t);

/** A value from 0 (paper) to 1 as a colour. NaN has the colour of paper. */
export const shade = (theme, value, colour = theme.ink) => blend(theme.paper, colour, clamp(value || 0, 0, 1));
