// Serves the exported site. Settings: README.md. Started by `node server.mjs`; stopped by SIGTERM or SIGINT.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createApplication } from "./server/application.mjs";
import { readSettings, SettingsError } from "./server/settings.mjs";
import { loadSite } from "./server/site.mjs";

/** @param {Record<string, unknown>} line */
function log(line) {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level: "info", service: "frontend", ...line })}\n`);
}

// Somebody who stops reading the log must not take the site down with it.
process.stdout.on("error", () => undefined);

/** @returns {import("./server/settings.mjs").Settings} */
function settingsOrExit() {
  try {
    return readSettings(process.env, fileURLToPath(new URL("./out", import.meta.url)));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    log({ level: "error", message: error.message });
    process.exit(78); // EX_CONFIG of sysexits.h
  }
}

const settings = settingsOrExit();
const { release } = JSON.parse(readFileSync(join(settings.directory, "release.json"), "utf8"));
const { server, drain } = createApplication(settings, loadSite(settings), release, log);

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    log({ message: "draining", signal });
    void drain().then(() => log({ message: "stopped" }));
  });
}
server.on("error", (error) => {
  log({ level: "error", message: "cannot listen", error: error.message });
  process.exitCode = 1;
});
server.listen(settings.port, settings.host, () => {
  const address = server.address();
  log({ message: "listening", port: typeof address === "object" ? address?.port : settings.port, release });
});
