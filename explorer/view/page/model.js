/** Model: the traits that a kernel would hold, for the view to read, change and follow. */

/** What stands in anywidget's place. onSet(name, value) may answer true: then nothing is set. */
export function makeModel(traits, onSet, onSend) {
  let handlers = [];
  const tell = (name) => handlers.filter(([event]) => event === `change:${name}`).forEach(([, handler]) => handler());
  const model = {
    get: (name) => traits[name],
    set(name, value) {
      if (!onSet(name, value)) model.put({ [name]: value });
    },
    /** Set several traits at once, and tell of each in this order. */
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
