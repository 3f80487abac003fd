// Weighs what the first page makes the browser fetch, compressed as it is served. Fails above the budget for script (WEB-07).
import { readFile } from "node:fs/promises";

const SCRIPT_BUDGET_BYTES = 180 * 1024;
const page = process.argv[2] ?? "index.html";
const html = await readFile(`out/${page}`, "utf8");

/** @param {RegExp} pattern */
async function weigh(pattern) {
  const files = new Set(Array.from(html.matchAll(pattern), ([, path]) => path));
  const sizes = await Promise.all(Array.from(files, async (path) => (await readFile(`out${path}.br`).catch(() => readFile(`out${path}`))).length));
  return sizes.reduce((total, size) => total + size, 0);
}

const script = await weigh(/<script[^>]*\ssrc="([^"?]+)/g);
const weights = {
  page,
  script_bytes: script,
  style_bytes: await weigh(/<link rel="stylesheet" href="([^"?]+)/g),
  font_bytes: await weigh(/<link rel="preload" href="([^"?]+\.woff2)/g),
  html_bytes: (await readFile(`out/${page}.br`)).length,
  script_budget_bytes: SCRIPT_BUDGET_BYTES,
};
console.log(JSON.stringify(weights));
if (script > SCRIPT_BUDGET_BYTES) {
  console.error(`the first page loads ${script} bytes of script, allowed are ${SCRIPT_BUDGET_BYTES}`);
  process.exitCode = 1;
}
