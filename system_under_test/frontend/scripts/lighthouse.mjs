// Measures pages with Lighthouse in the installed browser and fails below 95 in any judged category. It starts the whole
// system for that, so that the pages have a backend to ask; BASE_URL names one that runs already. CHROME_PATH names the browser
// where it is not /usr/bin/chromium, LIGHTHOUSE_RUNS how often each page is measured. Reports go to reports/lighthouse.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const LEAST = 0.95;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const JUDGED = CATEGORIES.slice(0, 3);
// One run on a shared machine says little; the middle of several is what is judged.
const RUNS = Number(process.env.LIGHTHOUSE_RUNS || 5);
const PAGES = process.argv.length > 2 ? process.argv.slice(2) : ["/", "/modules/small-commits", "/enrolments", "/sign-in"];
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const QUIET_SHARE = 0.7;
const PATIENCE_SECONDS = 20;

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The share of the processors that did nothing for a second. */
async function idleShare() {
  const spent = () => cpus().map(({ times }) => ({ idle: times.idle, all: Object.values(times).reduce((sum, time) => sum + time, 0) }));
  const before = spent();
  await sleep(1000);
  const shares = spent().map(({ idle, all }, index) => (idle - (before[index]?.idle ?? 0)) / Math.max(1, all - (before[index]?.all ?? 0)));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Times are taken by the clock and then multiplied: what others do meanwhile counts fourfold. So it waits, within reason. */
async function quietMachine() {
  const until = Date.now() + PATIENCE_SECONDS * 1000;
  let idle = await idleShare();
  while (idle < QUIET_SHARE && Date.now() < until) idle = await idleShare();
  return idle;
}

/** One run in a browser of its own, with a profile that knows nothing. @param {string} address */
async function run(address) {
  const chrome = await launcher.launch({ chromePath: process.env.CHROME_PATH || "/usr/bin/chromium", chromeFlags: FLAGS });
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
    const idle = await quietMachine();
    const result = await run(address);
    if (result && !result.lhr.runtimeError) return { ...result, idle };
    fault = result?.lhr.runtimeError?.message ?? fault;
  }
  throw new Error(`Lighthouse could not measure ${address}: ${fault}`);
}

/** Database, backend, issuer and these pages. @returns {Promise<{ address: string, stop: () => Promise<void> }>} */
async function startSystem() {
  const data = await mkdtemp(join(tmpdir(), "lighthouse-"));
  const system = spawn("python3", ["../run.py", "--port", "0", "--data", data], { stdio: ["ignore", "pipe", "inherit"] });
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => system.once("close", () => resolve()));
  const stop = async () => {
    system.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  /** @type {Promise<string>} */
  const started = new Promise((resolve, reject) => {
    system.once("error", reject);
    system.once("exit", (status) => reject(new Error(`run.py stopped with status ${status}; BASE_URL names a system that runs`)));
    createInterface(system.stdout).once("line", (line) => resolve(JSON.parse(line).base_url));
  });
  try {
    return { address: await started, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The middle of several runs of one page. @param {string} address */
async function judge(address) {
  /** @type {Awaited<ReturnType<typeof measure>>[]} */
  const results = [];
  for (let turn = 0; turn < RUNS; turn += 1) results.push(await measure(address));
  /** @param {string} audit */
  const milliseconds = (audit) => Math.round(median(results.map(({ lhr }) => lhr.audits[audit]?.numericValue ?? 0)));
  /** @type {Record<string, number>} */
  const scores = Object.fromEntries(CATEGORIES.map((name) => [name, median(results.map(({ lhr }) => lhr.categories[name]?.score ?? 0))]));
  const times = { painted_ms: milliseconds("largest-contentful-paint"), blocked_ms: milliseconds("total-blocking-time") };
  return { scores, times, idle: Math.round(median(results.map(({ idle }) => idle)) * 100) / 100, report: String(results.at(-1)?.report) };
}

const system = process.env.BASE_URL ? { address: process.env.BASE_URL.replace(/\/$/, ""), stop: async () => undefined } : await startSystem();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    launcher.killAll();
    void system.stop().then(() => process.exit(1));
  });
}
await mkdir("reports/lighthouse", { recursive: true });
/** @type {string[]} */
const short = [];
try {
  for (const page of PAGES) {
    const { scores, times, idle, report } = await judge(system.address + page);
    console.log(JSON.stringify({ page, runs: RUNS, ...scores, ...times, machine_idle: idle }));
    await writeFile(`reports/lighthouse/${page.replaceAll("/", "_")}.json`, report);
    short.push(...JUDGED.filter((name) => !((scores[name] ?? 0) >= LEAST)).map((name) => `${page}: ${name} is ${scores[name]}, expected at least ${LEAST}`));
  }
} finally {
  await system.stop();
}
if (short.length > 0) {
  console.error(short.join("\n"));
  process.exitCode = 1;
}
