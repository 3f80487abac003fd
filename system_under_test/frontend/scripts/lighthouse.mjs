// Measures exported pages with Lighthouse in the installed browser and fails below 95 in any category.
// CHROME_PATH names the browser where it is not /usr/bin/chromium. Reports go to reports/lighthouse.
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const LEAST = 0.95;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const JUDGED = CATEGORIES.slice(0, 3);
// One run on a shared machine says little; the middle of several is what is judged.
const RUNS = Number(process.env.LIGHTHOUSE_RUNS ?? 3);
const PAGES = process.argv.length > 2 ? process.argv.slice(2) : ["/", "/modules/small-commits", "/enrolments", "/sign-in"];
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** @param {string} address @param {number} port */
async function measure(address, port) {
  const result = await lighthouse(address, { port, onlyCategories: CATEGORIES, output: "json", logLevel: "error" });
  if (!result) throw new Error(`Lighthouse gave no result for ${address}`);
  if (result.lhr.runtimeError) throw new Error(`${address}: ${result.lhr.runtimeError.message}`);
  return result;
}

/** @returns {Promise<{ address: string, stop: () => void }>} */
function serve() {
  // The port is the system's choice; the server says which in its first line.
  const server = spawn(process.execPath, ["server.mjs"], { env: { ...process.env, PORT: "0", HOST: "127.0.0.1", DRAIN_SECONDS: "0" }, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    server.once("exit", (status) => reject(new Error(`the server stopped with status ${status}`)));
    server.stdout.once("data", (line) => resolve({ address: `http://127.0.0.1:${JSON.parse(String(line).split("\n", 1)[0] ?? "").port}`, stop: () => server.kill("SIGTERM") }));
  });
}

const base = process.env.BASE_URL ? { address: process.env.BASE_URL, stop: () => undefined } : await serve();
const chrome = await launcher.launch({ chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium", chromeFlags: FLAGS, ignoreDefaultFlags: false });
let least = 1;
await mkdir("reports/lighthouse", { recursive: true });
try {
  for (const page of PAGES) {
    const results = [];
    for (let run = 0; run < RUNS; run += 1) results.push(await measure(base.address + page, chrome.port));
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, median(results.map(({ lhr }) => lhr.categories[name]?.score ?? 0))]));
    const blocked = median(results.map(({ lhr }) => Math.round(lhr.audits["total-blocking-time"]?.numericValue ?? 0)));
    least = Math.min(least, ...JUDGED.map((name) => scores[name] ?? 0));
    console.log(JSON.stringify({ page, runs: RUNS, ...scores, blocked_ms: blocked }));
    await writeFile(`reports/lighthouse/${page.replaceAll("/", "_")}.json`, String(results.at(-1)?.report));
  }
} finally {
  chrome.kill();
  base.stop();
}
if (least < LEAST) {
  console.error(`the least score is ${least}, expected at least ${LEAST}`);
  process.exitCode = 1;
}
