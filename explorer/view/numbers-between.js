/**
 * What d3-scale asks d3-interpolate for, of numbers alone: all that our scales hold. The whole of
 * d3-interpolate brings dates, texts and colours, and made the bundle larger by a third.
 */

export const interpolateNumber = (a, b) => (t) => a * (1 - t) + b * t;

export { interpolateNumber as interpolate };
// Our scales have two ends and no rounding, so d3-scale does not call these.
export { interpolateNumber as interpolateRound, interpolateNumber as piecewise };
