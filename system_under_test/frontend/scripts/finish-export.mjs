// Makes the exported pages into a release: names it by its content, builds the service worker, compresses every text file.
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const OUT = "out";
const TEXT = /\.(?:html|js|css|txt|svg|json|webmanifest)$/;
const SMALLEST_WORTH_COMPRESSING = 256;
// Served only under other names, or of no use to a browser that has the site.
const LEFTOVERS = ["_not-found", "_not-found.html", "_not-found.txt"];
// What an earlier run compressed, and the copies of /page.txt that only a server which is asked by header would send.
const NEVER_ASKED_FOR = /\.(?:br|gz)$|(?:^|\/)__next\._full\.txt$/;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** @param {string} folder @returns {Promise<string[]>} */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return paths.map((path) => relative(folder, path).split(sep).join("/")).sort();
}

/**
 * Every browser with what the site needs (modules, service workers) ignores the script for those without modules.
 * @param {string} html
 */
function withoutLegacyScript(html) {
  return html.replaceAll(/<script[^>]*\snoModule=""[^>]*><\/script>/g, "");
}

// To V8 (https://v8.dev/blog/explicit-compile-hints); other engines read a comment.
const COMPILE_HINT = "//# allFunctionsCalledOnLoad\n";

/**
 * What every page runs is compiled while it still arrives, off the main thread. Else each of the framework's modules is
 * compiled when it is first called, one after the other, while the page cannot answer. Scripts of single pages are small.
 * @param {readonly string[]} pages the text of every page
 */
async function hintScriptsOf(pages) {
  const [first = new Set(), ...others] = pages.map((html) => new Set(Array.from(html.matchAll(/<script src="\/([^"?]+)"/g), ([, path = ""]) => path)));
  const shared = Array.from(first).filter((path) => others.every((other) => other.has(path)));
  if (shared.length === 0) throw new Error("the pages have no script in common; has the form of their script elements changed?");
  for (const path of shared) {
    const script = await readFile(join(OUT, path), "utf8");
    if (!script.startsWith(COMPILE_HINT)) await writeFile(join(OUT, path), COMPILE_HINT + script);
  }
}

/** @param {string} file */
function addressOf(file) {
  return `/${file}`.replace(/\/index\.html$/, "/").replace(/\.html$/, "");
}

/** @param {string} file What is needed to open any page offline: pages, their data, and all hashed assets. */
function worthKeeping(file) {
  return !/(?:^404\.html|^robots\.txt|^sw\.js|\.png|_buildManifest\.js|_ssgManifest\.js|_clientMiddlewareManifest\.js)$/.test(file);
}

/** @param {readonly string[]} files */
async function releaseOf(files) {
  const digest = createHash("sha256");
  for (const file of files) digest.update(file).update("\0").update(await readFile(join(OUT, file)));
  return digest.digest("hex").slice(0, 16);
}

/** @param {string} file */
async function compress(file) {
  const content = await readFile(join(OUT, file));
  if (content.length < SMALLEST_WORTH_COMPRESSING) return;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(join(OUT, `${file}.br`), await brotli(content, quality));
  await writeFile(join(OUT, `${file}.gz`), await gzipped(content, { level: 9 }));
}

for (const name of LEFTOVERS) await rm(join(OUT, name), { recursive: true, force: true });
const pages = [];
for (const file of await filesIn(OUT)) {
  const path = join(OUT, file);
  if (NEVER_ASKED_FOR.test(file)) await rm(path);
  else if (file.endsWith(".html")) {
    const html = withoutLegacyScript(await readFile(path, "utf8"));
    pages.push(html);
    await writeFile(path, html);
  }
}
await hintScriptsOf(pages);
const files = (await filesIn(OUT)).filter((file) => file !== "sw.js" && file !== "release.json");
const release = await releaseOf(files);
const kept = files.filter(worthKeeping).map(addressOf);
const worker = await readFile("service-worker/sw.js", "utf8");
await writeFile(join(OUT, "sw.js"), worker.replace("__RELEASE__", release).replace('["__FILES__"]', JSON.stringify(kept)));
await writeFile(join(OUT, "release.json"), JSON.stringify({ release }));
for (const file of [...files, "sw.js"].filter((name) => TEXT.test(name))) await compress(file);
console.log(`release ${release}: ${files.length} files, ${kept.length} of them kept for offline`);
