/**
 * The EM explorer as an anywidget module. The kernel computes every frame of a run by the learner's
 * own functions and sends them once; the view draws them, so that moving needs no kernel. Only a new
 * start asks the kernel for a new run.
 *
 * The rooms, from those that know nothing of the page to those that know everything:
 *
 *   mathematics.js  densities and shares in the log domain, ellipses
 *   numbers.js      numbers for people
 *   scales.js       data to pixels and back, ticks, limits, paths
 *   colours.js      the palette mixed by shares, themes
 *   history.js      the forms that the kernel sends; where we are, and what is shown there
 *   elements.js     nodes of the page: made, changed, left alone if nothing changed
 *   marks.js        a shape for each component, beside its colour
 *
 *   controls.js     scenes, toolbar, half-steps
 *   prediction.js   asked before it plays, set beside what happened
 *   plot.js         the plot, of these layers:
 *     points.js       the data, as marks or pictures, on a canvas
 *     components.js   ellipses and trails, and their movement
 *     means.js        handles to drag, by pointer and keys
 *   curves.js       log-likelihood and bound
 *   inspector.js    one point's terms and responsibilities
 *   digits.js       images of the components, digits to choose from
 *   eraser.js       one digit large, to erase and complete
 *   report.js       words, lights of the laws, errors, help
 *
 *   actions.js      what can be done
 *   keys.js         which keys do it
 *   following.js    when to draw anew
 *   view.js         all of it together
 *
 * A part is `{nodes, draw(now, slowly)}`: what it puts on the page, and how it shows a situation
 * (history.js). Parts change nothing but themselves; they call `app.act` (actions.js).
 * explorer.css has all looks. `make view` bundles this folder into explorer/static/, by build.js; in
 * the bundle numbers-between.js stands for what D3 has in plenty.
 */

import { render } from "./view.js";

export default { render };

// What the tests look at beside the page.
export { luminance, rgb } from "./colours.js";
export { apart } from "./curves.js";
export { situation } from "./history.js";
export { termRows } from "./inspector.js";
