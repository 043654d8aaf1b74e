/**
 * The EM explorer as an anywidget module. The kernel computes every frame of a run with the learner's
 * functions, and sends all frames once. The view draws them, so moving through a run needs no kernel. Only a
 * new start asks the kernel for a new run.
 *
 * The files, from those that do not know the page to those that know everything:
 *
 *   mathematics.js  densities and shares in the log domain, ellipses
 *   numbers.js      numbers as people read them
 *   scales.js       data to pixels and back, ticks, limits, paths
 *   colours.js      the palette mixed by shares, themes
 *   history.js      the kernel's data; the scene, run and frame that are shown
 *   elements.js     makes and changes nodes of the page
 *   marks.js        a shape for each component, in addition to its colour
 *
 *   controls.js     scenes, toolbar, half-steps
 *   prediction.js   the question before the run plays, and what happened
 *   plot.js         the plot, of these layers:
 *     points.js       the data, as marks or pictures, on a canvas
 *     components.js   ellipses and paths of means, and their movement
 *     means.js        handles to drag, by pointer and keys
 *   curves.js       log-likelihood and bound
 *   inspector.js    one point's terms and responsibilities
 *   digits.js       images of the components, digits to choose from
 *   eraser.js       one large digit, to erase and complete
 *   report.js       words, lights of the laws, errors, help
 *
 *   actions.js      everything that can be done
 *   keys.js         the keys for these actions
 *   following.js    when to draw again
 *   view.js         all parts together
 *
 * A part is `{nodes, draw(now, slowly)}`: its nodes on the page, and a function that shows a situation
 * (history.js). A part changes only its own nodes, and calls `app.act` (actions.js) for everything else.
 * explorer.css has all styles. `make view` bundles this folder into explorer/static/ with build.js. In the
 * bundle, numbers-between.js replaces a larger package of D3.
 */

import { render } from "./view.js";

export default { render };

// Exported for the tests, which look at these as well as at the page.
export { luminance, rgb } from "./colours.js";
export { apart } from "./curves.js";
export { situation } from "./history.js";
export { termRows } from "./inspector.js";
