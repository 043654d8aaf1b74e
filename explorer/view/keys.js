/** Keys: which act, which reach the page around the explorer, and how the focus comes back. */

const KEYS = {
  ArrowRight: (act) => act.step(1),
  ArrowLeft: (act) => act.step(-1),
  PageDown: (act) => act.step(2),
  PageUp: (act) => act.step(-2),
  Home: (act) => act.step(-Infinity),
  End: (act) => act.step(Infinity),
  " ": (act) => act.toggle(),
};

/** Whether the element needs the key itself. @param {Element} target @param {string} key */
export function needs(target, key) {
  if (target.matches("select, textarea, input:not([type=range])")) return true;
  return key === " " && target.matches("button, summary");
}

/** Elements with this attribute keep their keys from JupyterLab's shortcuts. */
export const SILENCER = "data-lm-suppress-shortcuts";

/** Keys act wherever the focus is within the explorer, and do not reach the page around it. */
export function listenToKeys({ root, act, view }) {
  let cameFrom = null;
  root.addEventListener("focusin", ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(relatedTarget)) cameFrom = relatedTarget;
  });
  /** Take back what is under way, or give the focus back to the notebook. */
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
 * JupyterLab hears no key within an element that has SILENCER; but Ctrl and Cmd are its own, as in
 * Ctrl+S. It listens on the document, in the capture phase: on the window we come before it.
 * Returns what ends that.
 */
export function listenToShortcuts({ root }) {
  const letThrough = ({ target, ctrlKey, metaKey }) => {
    if (root.contains(target)) root.toggleAttribute(SILENCER, !(ctrlKey || metaKey));
  };
  window.addEventListener("keydown", letThrough, true);
  return () => window.removeEventListener("keydown", letThrough, true);
}
