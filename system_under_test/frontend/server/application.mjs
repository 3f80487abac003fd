// One request: its trace, its route, its answer, its line in the log.
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { passingTo } from "./passing.mjs";
import { securityHeaders } from "./policy.mjs";
import { sendProblem } from "./problem.mjs";
import { traceOf, traceparent } from "./trace.mjs";

/**
 * @typedef {import("node:http").IncomingMessage} Request
 * @typedef {import("node:http").ServerResponse} Response
 * @typedef {import("./trace.mjs").Trace} Trace
 * @typedef {(line: Record<string, unknown>) => void} Log
 */

/** @param {Request} request @returns {string | null} the path, or null where the address makes no sense */
function pathOf(request) {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  try {
    const decoded = decodeURIComponent(path);
    return decoded.startsWith("/") && !decoded.includes("\0") ? decoded : null;
  } catch {
    // A stray per cent sign.
    return null;
  }
}

/** @param {Request} request @param {import("./site.mjs").File} file */
function choose(request, file) {
  const accepted = String(request.headers["accept-encoding"] ?? "").split(",").filter((part) => !/;\s*q=0(?:\.0*)?\s*$/.test(part));
  const names = accepted.map((part) => part.split(";", 1)[0]?.trim());
  if (file.br && names.includes("br")) return { encoding: "br", content: file.br };
  if (file.gzip && names.includes("gzip")) return { encoding: "gzip", content: file.gzip };
  return { encoding: null, content: file.plain };
}

/** @param {Request} request @param {string} etag */
function isKnown(request, etag) {
  const known = (request.headers["if-none-match"] ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes(etag) || known.includes("*");
}

/** @param {Request} request @param {Response} response @param {import("./site.mjs").File} file @param {number} status */
function sendFile(request, response, file, status) {
  const { encoding, content } = choose(request, file);
  response.setHeader("Cache-Control", status === 200 ? file.cacheControl : "no-store");
  response.setHeader("ETag", content.etag);
  response.setHeader("Vary", "Accept-Encoding");
  if (file.policy) response.setHeader("Content-Security-Policy", file.policy);
  if (status === 200 && isKnown(request, content.etag)) {
    response.writeHead(304).end();
    return;
  }
  if (encoding) response.setHeader("Content-Encoding", encoding);
  response.writeHead(status, { "Content-Type": file.type, "Content-Length": content.body.length });
  response.end(request.method === "HEAD" ? undefined : content.body);
}

/** @param {Request} request @param {Response} response @param {unknown} value @param {number} [status] */
function sendJson(request, response, value, status = 200) {
  const body = JSON.stringify(value);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), "Cache-Control": "no-store" });
  response.end(request.method === "HEAD" ? undefined : body);
}

/**
 * @param {import("./settings.mjs").Settings} settings
 * @param {import("./site.mjs").Site} site
 * @param {string} release
 * @param {Log} log
 */
export function createApplication(settings, site, release, log) {
  const backend = settings.backend && passingTo(settings.backend);
  const missing = /** @type {import("./site.mjs").File} */ (site.get("/404"));
  let draining = false;

  /** @type {Readonly<Record<string, () => unknown>>} */
  const own = {
    "/api/health": () => ({ status: draining ? "draining" : "ok" }),
    "/api/version": () => ({ release, revision: settings.revision }),
    "/settings.json": () => settings.signIn,
  };

  /** @param {Request} request @param {Response} response @param {Trace} trace */
  function answer(request, response, trace) {
    const path = pathOf(request);
    if (path === null) return sendProblem(response, 400, "The address is malformed.", trace);
    const reads = request.method === "GET" || request.method === "HEAD";
    const mine = Object.hasOwn(own, path) ? own[path] : undefined;
    if (mine && reads) return sendJson(request, response, mine(), draining && path === "/api/health" ? 503 : 200);
    if (!mine && (path.startsWith("/api/v1/") || path === "/api/openapi.json") && backend) return backend.pass(request, response, trace);
    if (!reads) return sendProblem(response, 405, "Only reading is possible here.", trace, { Allow: "GET, HEAD" });
    if (path.startsWith("/api/")) return sendProblem(response, 404, "There is no such operation.", trace);
    const file = path === "/404" ? undefined : site.get(path);
    if (file) return sendFile(request, response, file, 200);
    const bare = path.replace(/(?:\/|\/index\.html|\.html)$/, "");
    // Only to a path that is known to exist here: never to an address that the request makes up.
    if (bare !== path && bare !== "" && site.has(bare)) return void response.writeHead(308, { Location: encodeURI(bare), "Content-Length": 0 }).end();
    return sendFile(request, response, missing, 404);
  }

  /** @param {Request} request @param {Response} response */
  function handle(request, response) {
    const began = process.hrtime.bigint();
    const trace = traceOf(/** @type {string | undefined} */ (request.headers.traceparent));
    const headers = { ...securityHeaders(settings, request), traceresponse: traceparent(trace), "X-Trace-Id": trace.id };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (draining) response.setHeader("Connection", "close");
    response.on("close", () => {
      const milliseconds = Number(process.hrtime.bigint() - began) / 1e6;
      log({
        message: "request",
        method: request.method,
        // Without its query, which may hold what people typed or a sign-in code.
        path: (request.url ?? "").split("?", 1)[0]?.slice(0, 256),
        status: response.writableFinished ? response.statusCode : 499,
        duration_ms: Math.round(milliseconds * 10) / 10,
        trace_id: trace.id,
        span_id: trace.span,
        ...(trace.parent ? { parent_span_id: trace.parent } : {}),
      });
    });
    answer(request, response, trace);
  }

  // Longer than the load balancer keeps idle connections (60 s), or it would send requests into closed ones.
  const patience = { headersTimeout: 20_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };
  const server = http.createServer({ keepAliveTimeout: 65_000, ...patience, maxHeaderSize: 16_384 }, handle);

  /**
   * Says so first, while the load balancer may still send requests; then accepts no more, lets those in progress finish
   * within the time allowed, and closes what is left.
   */
  async function drain() {
    draining = true;
    await sleep(settings.announceSeconds * 1000);
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    const limit = setTimeout(() => server.closeAllConnections(), (settings.drainSeconds - settings.announceSeconds) * 1000);
    await closed;
    clearTimeout(limit);
    backend?.close();
  }

  return { server, drain };
}
