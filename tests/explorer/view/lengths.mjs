/** Print the number of lines of each function as JSON: `node lengths.mjs FOLDER` gives [[file:line, lines], ...]. */

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const folder = resolve(process.argv[2]);
const { parse } = createRequire(join(folder, "package.json"))("acorn");

function* functionsIn(node) {
  if (Array.isArray(node)) for (const each of node) yield* functionsIn(each);
  else if (node && typeof node === "object") {
    if (/Function/.test(node.type ?? "")) yield node;
    yield* functionsIn(Object.values(node));
  }
}

const found = readdirSync(folder).filter((name) => name.endsWith(".js")).flatMap((name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const tree = parse(text, { ecmaVersion: "latest", sourceType: "module", locations: true });
  const lines = ({ loc: { start, end } }) => [`${name}:${start.line}`, end.line - start.line + 1];
  return [...functionsIn(tree.body)].map(lines);
});
console.log(JSON.stringify(found));
