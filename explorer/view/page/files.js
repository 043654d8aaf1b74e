/**
 * Files: each scene has a script with its data. A script is used instead of fetch, because it also loads if
 * the page was opened from a folder. The script calls `sceneFile(id, content)`.
 */

/** Makes a function that loads the file of a scene once. @returns {(id: string) => Promise<object>} */
export function makeLoader(document) {
  const [arrived, asked] = [new Map(), new Map()];
  document.defaultView.sceneFile = (id, content) => arrived.set(id, content);
  const load = (id) => new Promise((done, failed) => {
    const lost = () => failed(new Error(id));
    const script = document.createElement("script");
    script.addEventListener("load", () => (arrived.has(id) ? done(arrived.get(id)) : lost()));
    script.addEventListener("error", lost);
    script.src = `data/${id}.js`;
    document.head.append(script);
  });
  return (id) => {
    if (!asked.has(id)) {
      asked.set(id, load(id));
      asked.get(id).catch(() => asked.delete(id)); // so that a failed file can be tried again
    }
    return asked.get(id);
  };
}
