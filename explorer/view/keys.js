/** Keys: what each key does, which keys reach the page around the explorer, and how the focus returns. */

const KEYS = {
  ArrowRight: (act) => act.step(1),
  ArrowLeft: (act) => act.step(-1),
  PageDown: (act) => act.step(2),
  PageUp: (act) => act.step(-2),
  Home: (act) => act.step(-Infinity),
  End: (act) => act.step(Infinity),
  " ": (act) => act.toggle(),
};

/** Tells whether the element itself needs the key. @param {Element} target @param {string} key */
export function needs(target, key) {
  if (target.matches("select, textarea, input:not([type=range])")) return true;
  return key === " " && target.matches("button, summary");
}

/** JupyterLab's shortcuts ignore keys in elements with this attribute. */
export const SILENCER = "data-lm-suppress-shortcuts";

/** Keys work wherever the focus is in the explorer, and do not reach the page around it. */
export function listenToKeys({ root, act, view }) {
  let cameFrom = null;
  root.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(relatedTarget)) cameFrom = relatedTarget;
  });
  /** Undo an action that is not finished, or return the focus to the notebook. */
  const escape = () => {
    if (view.moved) return act.putBack();
    document.activeElement?.blur();
    (cameFrom?.isConnected ? cameFrom : root.closest(".jp-Cell"))?.focus({ preventScroll: true });
  };
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
    if (event.key === "Escape") return escape();
    if (event.shiftKey || !KEYS[event.key] || needs(event.target, event.key)) return;
    event.preventDefault();
    KEYS[event.key](act);
  });
}

/**
 * JupyterLab ignores keys in an element with SILENCER. But keys with Ctrl or Cmd belong to JupyterLab, such
 * as Ctrl+S. JupyterLab listens on the document, in the capture phase. So the explorer listens on the window,
 * which comes first. Returns a function that ends this.
 */
export function listenToShortcuts({ root }) {
  const letThrough = ({ target, ctrlKey, metaKey }) => {
    if (root.contains(target)) root.toggleAttribute(SILENCER, !(ctrlKey || metaKey));
  };
  window.addEventListener("keydown", letThrough, true);
  return () => window.removeEventListener("keydown", letThrough, true);
}
