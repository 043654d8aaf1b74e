/** Following: the view is drawn again when the model or the page changes, whatever caused the change. */

/** Follow all changes of the model. Returns a function that ends this. */
export function listenToModel(app) {
  const { model, view, act } = app;
  const moved = () => {
    const before = app.now?.at;
    view.moved = null;
    app.draw();
    if (!app.now || !before) return;
    const newScene = app.now.at.scene !== before.scene;
    if (newScene) Object.assign(view, { hovered: -1, erased: new Set(), page: 0 });
    if (!newScene && app.now.at.run === before.run) return;
    act.stop();
    if (view.playNext) act.play();
    else app.draw();
    view.playNext = false;
  };
  const drawn = ["arrays", "plane", "point", "prediction", "outcome", "seen_end", "ask", "look"];
  const handlers = [
    ["change:at", moved],
    ...["scenes", "trouble"].map((trait) => [`change:${trait}`, act.answered]),
    ...drawn.map((trait) => [`change:${trait}`, app.draw]),
  ];
  handlers.forEach(([name, handler]) => model.on(name, handler));
  return () => handlers.forEach(([name, handler]) => model.off(name, handler));
}

/**
 * Follow the page: its size, when the view is first shown, and its theme. Returns a function that ends this.
 */
export function listenToPage({ root, retheme }, nodes) {
  const sizes = new ResizeObserver(retheme);
  nodes.forEach((node) => sizes.observe(node));
  const attributes = new MutationObserver(retheme);
  const names = ["data-jp-theme-name", "data-jp-theme-light", "class", "style"];
  [document.documentElement, document.body].forEach((node) =>
    attributes.observe(node, { attributes: true, attributeFilter: names }));
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", retheme);
  return () => {
    sizes.disconnect();
    attributes.disconnect();
    scheme.removeEventListener("change", retheme);
    root.remove();
  };
}
