// The exported files, read into memory at start. Only what was found then can be asked for, so no path leads anywhere else.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { contentPolicy, inlineScriptHashes } from "./policy.mjs";

/**
 * @typedef {object} Encoded
 * @property {Buffer} body
 * @property {string} etag
 *
 * @typedef {object} File
 * @property {string} type
 * @property {string} cacheControl
 * @property {string | null} policy the content security policy, for what is a document or a worker
 * @property {Encoded} plain
 * @property {Encoded | null} br
 * @property {Encoded | null} gzip
 *
 * @typedef {ReadonlyMap<string, File>} Site files by the path of their address
 */

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

const IMMUTABLE = "public, max-age=31536000, immutable";
const REVALIDATED = "no-cache";
const ONE_DAY = "public, max-age=86400";

/** @param {string} path */
function cacheControlOf(path) {
  // Next names the files below chunks and media by their content; those beside them only by the build.
  if (/^\/_next\/static\/(?:chunks|media)\//.test(path)) return IMMUTABLE;
  return /\.(?:png|svg)$/.test(path) ? ONE_DAY : REVALIDATED;
}

/** @param {Buffer} body @returns {Encoded} */
function encoded(body) {
  return { body, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"` };
}

/**
 * The file as this environment needs it: addresses of hashed assets point to the delivery network, where there is one. The
 * network holds the files as they were built, so the one that must know the network's address is always served from here.
 * @param {string} name @param {Buffer} content @param {URL | null} assets
 */
function adapted(name, content, assets) {
  const refers = /\.(?:html|txt)$|^sw\.js$|\/turbopack-[^/]+\.js$/.test(name);
  if (assets === null || !refers) return content;
  return Buffer.from(content.toString("utf8").replaceAll(/"\/_next\/(?!static\/chunks\/turbopack-)/g, `"${assets.origin}/_next/`));
}

/** @param {string} path */
function optional(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    // Small files are not compressed at build time.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return null;
    throw error;
  }
}

/** @param {string} name @param {import("./settings.mjs").Settings} settings @returns {File} */
function load(name, settings) {
  const path = join(settings.directory, name);
  const original = readFileSync(path);
  const content = adapted(name, original, settings.assets);
  const changed = content !== original;
  const br = changed ? brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }) : optional(`${path}.br`);
  const gzip = changed ? gzipSync(content) : optional(`${path}.gz`);
  const html = name.endsWith(".html");
  return {
    type: TYPES[extname(name)] ?? "application/octet-stream",
    // What depends on the environment is not named by its content.
    cacheControl: changed ? REVALIDATED : cacheControlOf(`/${name}`),
    policy: html ? contentPolicy(settings, inlineScriptHashes(content.toString("utf8"))) : name === "sw.js" ? contentPolicy(settings, []) : null,
    plain: encoded(content),
    br: br && encoded(br),
    gzip: gzip && encoded(gzip),
  };
}

/** @param {string} name */
function addressOf(name) {
  return `/${name}`.replace(/\/index\.html$/, "/").replace(/\.html$/, "");
}

/** @param {import("./settings.mjs").Settings} settings @returns {Site} */
export function loadSite(settings) {
  const names = readdirSync(settings.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name) && entry.name !== "release.json")
    .map((entry) => relative(settings.directory, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"));
  const site = new Map(names.map((name) => [addressOf(name), load(name, settings)]));
  if (!site.has("/") || !site.has("/404")) throw new Error(`${settings.directory} holds no exported site; run "npm run build"`);
  return site;
}
