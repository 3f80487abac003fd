// The name of a build: a digest of what it is made from, so that the same source gives the same files again.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = ["app", "components", "content", "lib", "public"];
const FILES = ["next.config.ts", "package-lock.json"];

/** @returns {string} */
export function sourceDigest() {
  const found = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
  );
  const digest = createHash("sha256");
  for (const path of [...found, ...FILES].sort()) digest.update(path).update("\0").update(readFileSync(path)).update("\0");
  return digest.digest("hex").slice(0, 20);
}
