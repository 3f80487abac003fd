// What browsers are told beside the content: the security headers of every answer, and the content security policy of pages.
import { createHash } from "node:crypto";

const COMMON = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

const TWO_YEARS = 63_072_000;

/**
 * Hashes of the scripts that stand in the page itself, in the form the policy takes. Everything else inline is refused.
 * @param {string} html
 */
export function inlineScriptHashes(html) {
  const scripts = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  const hashes = Array.from(scripts, ([, text]) => `'sha256-${createHash("sha256").update(text ?? "").digest("base64")}'`);
  return [...new Set(hashes)];
}

/**
 * @param {import("./settings.mjs").Settings} settings
 * @param {readonly string[]} hashes
 */
export function contentPolicy(settings, hashes) {
  const assets = settings.assets === null ? [] : [settings.assets.origin];
  const issuer = settings.signIn.issuer === null ? [] : [new URL(settings.signIn.issuer).origin];
  const directives = [
    ["default-src", "'none'"],
    ["script-src", "'self'", ...assets, ...hashes],
    ["style-src", "'self'", ...assets],
    ["img-src", "'self'", "data:"],
    ["font-src", "'self'", ...assets],
    ["connect-src", "'self'", ...assets, ...issuer],
    ["manifest-src", "'self'"],
    ["worker-src", "'self'"],
    ["base-uri", "'none'"],
    ["form-action", "'self'"],
    ["frame-ancestors", "'none'"],
  ];
  if (settings.publicUrl?.protocol === "https:") directives.push(["upgrade-insecure-requests"]);
  return directives.map((words) => words.join(" ")).join("; ");
}

/**
 * @param {import("./settings.mjs").Settings} settings
 * @param {import("node:http").IncomingMessage} request
 * @returns {Record<string, string>}
 */
export function securityHeaders(settings, request) {
  const tls = settings.publicUrl?.protocol === "https:" || request.headers["x-forwarded-proto"] === "https";
  // Over plain HTTP browsers ignore the header, and a machine without TLS must not be told to insist on it.
  return tls ? { ...COMMON, "Strict-Transport-Security": `max-age=${TWO_YEARS}; includeSubDomains; preload` } : { ...COMMON };
}
