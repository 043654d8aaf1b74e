/** Model: the traits that a kernel would have. The view reads, changes and follows them. */

/** The object that replaces anywidget's model. If onSet(name, value) returns true, nothing is set. */
export function makeModel(traits, onSet, onSend) {
  let handlers = [];
  const tell = (name) => handlers.filter(([event]) => event === `change:${name}`).forEach(([, handler]) => handler());
  const model = {
    get: (name) => traits[name],
    set(name, value) {
      if (!onSet(name, value)) model.put({ [name]: value });
    },
    /** Set several traits together, and then report each change in this order. */
    put(values) {
      Object.assign(traits, values);
      Object.keys(values).forEach(tell);
    },
    save_changes() {},
    on: (event, handler) => handlers.push([event, handler]),
    off(event, handler) {
      handlers = handlers.filter((each) => each[0] !== event || each[1] !== handler);
    },
    send: onSend,
  };
  return model;
}
