/**
 * Bundle main.js and explorer.css into a folder: `node build.js FOLDER`, or explorer/static/ if none is given.
 * `node build.js FOLDER page` bundles page/ instead: the explorer on a page without a kernel.
 */

import { build } from "esbuild";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = resolve(here, "node_modules");

/** The licence of D3, which must be in every copy. Each of D3's packages has the same text. */
function notice() {
  const names = readdirSync(packages).filter((name) => name.startsWith("d3-"));
  const texts = new Set(names.map((name) => readFileSync(resolve(packages, name, "LICENSE"), "utf8").trim()));
  return [...texts].join("\n\n");
}

const explorer = {
  entryPoints: [{ in: "main.js", out: "explorer" }, { in: "explorer.css", out: "explorer" }],
  format: "esm",
};
// Not a module, because a browser does not load modules from a folder without a server.
const page = {
  entryPoints: [{ in: "page/main.js", out: "play" }, { in: "page/page.css", out: "play" }],
  format: "iife",
};
const [folder, which] = process.argv.slice(2);

await build({
  ...(which === "page" ? page : explorer),
  absWorkingDir: here,
  outdir: resolve(folder ?? resolve(here, "../static")),
  banner: {
    js: `/* Made by \`make view\` from explorer/view/. Parts of D3 are in it:\n\n${notice()}\n*/`,
    css: "/* Made by `make view` from explorer/view/explorer.css. */",
  },
  alias: { "d3-interpolate": "./numbers-between.js" },
  bundle: true,
  target: "es2022",
  minify: true, // the bundle is saved in every notebook that shows an explorer
  lineLimit: 110,
  legalComments: "none",
  logLevel: "warning",
});
