// Makes what browsers get from what npm gives and from our own files: node build.mjs OUT
// One style sheet (Tabler without the rules no page uses, then ours), one script, the map's script, Inter's letters, the country's outline. Each also compressed, as it never changes.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { feature } from "topojson-client";

const here = new URL(".", import.meta.url);
const from = path => new URL(path, here);
const text = path => readFile(from(path), "utf8");
const version = async name => JSON.parse(await text(`node_modules/${name}/package.json`)).version;
const out = process.argv[2] ?? "dist";

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const files = new Map();

// Inter in the three scripts of our languages; each is asked for only by pages that have its letters. The version in the name lets browsers keep it for ever.
const inter = await version("@fontsource-variable/inter");
const faces = (await text("node_modules/@fontsource-variable/inter/index.css")).split(/(?=\/\* inter-)/);
const letters = [];
for (const script of ["latin", "cyrillic", "cyrillic-ext"]) {
  const face = faces.find(css => css.includes(`inter-${script}-wght-normal.woff2`) && css.startsWith(`/* inter-${script}-wght-normal`));
  const name = `inter-${inter}-${script}.woff2`;
  letters.push(face.replace(/url\([^)]*\) format\('[^']*'\)/, `url(${name}) format('woff2')`));
  files.set(name, await readFile(from(`node_modules/@fontsource-variable/inter/files/inter-${script}-wght-normal.woff2`)));
}

const pages = (await readdir(from("../Pages"), { recursive: true })).filter(name => name.endsWith(".razor")).map(name => from(`../Pages/${name}`).pathname);
const scripts = (await readdir(from("js"))).map(name => from(`js/${name}`).pathname);
const [used] = await new PurgeCSS().purge({
  content: [...pages, ...scripts],
  css: [from("node_modules/@tabler/core/dist/css/tabler.min.css").pathname],
  defaultExtractor: content => content.match(/[\w-/:.]+(?<![:.])/g) ?? [],
  safelist: { standard: [/^data-bs-theme/, /^:root/], variables: [] },
  variables: false,
  keyframes: true,
});
// Without a choice the page follows the device, script or not: what holds for the dark theme holds there too.
const style = postcss.parse([used.css.replace(/@charset[^;]*;/, ""), await text("site.css"), await text("print.css")].join("\n"));
style.walkRules(rule => {
  if (!rule.selector.includes("[data-bs-theme=dark]") || rule.parent.type === "atrule" && rule.parent.name === "media" && /dark/.test(rule.parent.params)) return;
  const auto = rule.clone({ selectors: rule.selectors.filter(one => one.includes("[data-bs-theme=dark]")).map(one => one.replaceAll("[data-bs-theme=dark]", ":root:not([data-bs-theme])")) });
  rule.after(postcss.atRule({ name: "media", params: "(prefers-color-scheme: dark)", nodes: [auto] }));
});
await writeFile(`${out}/all.css`, [...letters, style.toString()].join("\n"));
await build({ entryPoints: [`${out}/all.css`], outfile: `${out}/site.css`, minify: true, loader: { ".woff2": "file" }, external: ["*.woff2"], bundle: true, legalComments: "none", logLevel: "warning", target: ["chrome90", "safari15", "firefox90"] });
await rm(`${out}/all.css`);
files.set("site.css", await readFile(`${out}/site.css`));
files.set("print.css", Buffer.from([...letters, "@page { size: A4; margin: 14mm; } body { margin: 0; color: #000; font-family: \"Inter Variable\", sans-serif; font-size: 11pt; line-height: 1.35; } a { color: inherit; }", await text("print.css")].join("\n")));

for (const name of ["site", "map"]) {
  const made = await build({ entryPoints: [from(`js/${name}.js`).pathname], bundle: true, format: "esm", minify: true, write: false, legalComments: "none", logLevel: "warning", target: ["chrome90", "safari15", "firefox90"], absWorkingDir: here.pathname });
  files.set(`${name}.js`, made.outputFiles[0].contents);
}

files.set("map.css", await readFile(from("node_modules/leaflet/dist/leaflet.css")).then(css => css.toString().replace(/[^{}]*\{[^{}]*url\([^{}]*\}/g, "")));
const world = JSON.parse(await text("node_modules/world-atlas/countries-50m.json"));
const country = feature(world, world.objects.countries.geometries.find(one => one.id === "398"));
files.set("kazakhstan.json", JSON.stringify({ type: "Feature", properties: {}, geometry: country.geometry }, (_, value) => typeof value === "number" ? Math.round(value * 1000) / 1000 : value));
files.set("icon.svg", await text("icon.svg"));

for (const [name, content] of files) {
  const bytes = Buffer.from(content);
  await writeFile(`${out}/${name}`, bytes);
  if (name.endsWith(".woff2")) continue;
  await writeFile(`${out}/${name}.br`, await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  await writeFile(`${out}/${name}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
