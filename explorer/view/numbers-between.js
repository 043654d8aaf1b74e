/**
 * The functions of d3-interpolate that d3-scale uses, for numbers only, because the view's scales have only
 * numbers. The complete d3-interpolate also has dates, texts and colours, and made the bundle a third larger.
 */

export const interpolateNumber = (a, b) => (t) => a * (1 - t) + b * t;

export { interpolateNumber as interpolate };
// The view's scales have two ends and no rounding, so d3-scale does not call these functions.
export { interpolateNumber as interpolateRound, interpolateNumber as piecewise };
