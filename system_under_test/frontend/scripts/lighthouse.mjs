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

/** One run in a browser of its own, with a profile that knows nothing. @param {string} address */
async function run(address) {
  const chrome = await launcher.launch({ chromePath: process.env.CHROME_PATH ?? "/usr/bin/chromium", chromeFlags: FLAGS });
  try {
    return await lighthouse(address, { port: chrome.port, onlyCategories: CATEGORIES, output: "json", logLevel: "error" });
  } finally {
    chrome.kill();
  }
}

/** On a busy machine a recording may be lost: that is tried again, a bad score is not. @param {string} address */
async function measure(address) {
  let fault = "no result";
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const result = await run(address);
    if (result && !result.lhr.runtimeError) return result;
    fault = result?.lhr.runtimeError?.message ?? fault;
  }
  throw new Error(`Lighthouse could not measure ${address}: ${fault}`);
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
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => { base.stop(); process.exit(1); });
let least = 1;
await mkdir("reports/lighthouse", { recursive: true });
try {
  for (const page of PAGES) {
    /** @type {Awaited<ReturnType<typeof measure>>[]} */
    const results = [];
    for (let turn = 0; turn < RUNS; turn += 1) results.push(await measure(base.address + page));
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, median(results.map(({ lhr }) => lhr.categories[name]?.score ?? 0))]));
    const blocked = median(results.map(({ lhr }) => Math.round(lhr.audits["total-blocking-time"]?.numericValue ?? 0)));
    least = Math.min(least, ...JUDGED.map((name) => scores[name] ?? 0));
    console.log(JSON.stringify({ page, runs: RUNS, ...scores, blocked_ms: blocked }));
    await writeFile(`reports/lighthouse/${page.replaceAll("/", "_")}.json`, String(results.at(-1)?.report));
  }
} finally {
  base.stop();
}
if (least < LEAST) {
  console.error(`the least score is ${least}, expected at least ${LEAST}`);
  process.exitCode = 1;
}
