/** Elements: functions that make and change nodes of the page, and tell whether something has changed. */

/** Set attributes and listeners, and append children. Attributes that are false or null are left out. */
export function fill(node, attributes, children = []) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** An HTML element. @returns {HTMLElement} */
export const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
/** An SVG element. @returns {SVGElement} */
export const s = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

export const div = (name, ...children) => h("div", { class: name }, ...children);
export const span = (name, ...children) => h("span", { class: name }, ...children);
export const button = (face, onclick, more = {}) => h("button", { type: "button", onclick, ...more }, face);
export const icon = (d) => s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, s("path", { d }));
/** A line of text in a drawing. */
export const label = (x, y, anchor, text, more = {}) => s("text", { x, y, "text-anchor": anchor, ...more }, text);

/** A part of the page that has several parts, which are drawn in order. */
export const together = (parts) => ({
  nodes: parts.flatMap((part) => part.nodes),
  draw: (now) => parts.forEach((part) => part.draw(now)),
});

/** Makes a function that tells whether its arguments differ from the arguments of its last call. */
export function onChange() {
  let before = null;
  return (...values) => {
    const same = before?.length === values.length && values.every((v, i) => Object.is(v, before[i]));
    before = values;
    return !same;
  };
}

let ids = 0;
/** An id that no other element of the page has. A page may have several views and several notebooks. */
export const nextId = () => `em-${(ids += 1)}-${Math.random().toString(36).slice(2)}`;

/** Change a text only if it differs, so that a screen reader does not read it twice. */
export const write = (node, text) => node.textContent === text || (node.textContent = text);
/** Enable or disable a button. A disabled button keeps the focus, so that keys still work. */
export const can = (node, enabled) => node.setAttribute("aria-disabled", String(!enabled));
export const press = (node, pressed) => node.setAttribute("aria-pressed", String(pressed));

/** Offer these names in a select, and choose one. */
export function choose(select, names, value) {
  if (select.options.length !== names.length || names.some((name, i) => select.options[i].text !== name)) {
    select.replaceChildren(...names.map((name, i) => h("option", { value: i }, name)));
  }
  select.value = value;
}

/** Give a canvas the size for the screen's pixels. Return its context, which counts in CSS pixels. */
export function sized(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/**
 * Paint an image, with one canvas pixel for each pixel of the image.
 * @param {(d: number) => number[]} colourAt
 */
export function paintImage(canvas, [H, W], colourAt) {
  if (canvas.width !== W || canvas.height !== H) Object.assign(canvas, { width: W, height: H });
  const context = canvas.getContext("2d");
  const image = context.createImageData(W, H);
  image.data.fill(255);
  for (let d = 0; d < H * W; d++) image.data.set(colourAt(d), 4 * d);
  context.putImageData(image, 0, 0);
}

/** The place of the pointer in a node, in pixels from the node's upper left corner. */
export function within(node, { clientX, clientY }) {
  const box = node.getBoundingClientRect();
  return [clientX - box.left, clientY - box.top];
}
