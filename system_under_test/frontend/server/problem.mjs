// Refusals of this server to programs, as problem documents (RFC 9457).
import { STATUS_CODES } from "node:http";

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {string} detail
 * @param {import("./trace.mjs").Trace} trace
 * @param {Readonly<Record<string, string>>} [headers]
 */
export function sendProblem(response, status, detail, trace, headers = {}) {
  const body = JSON.stringify({ type: "about:blank", title: STATUS_CODES[status], status, detail, trace_id: trace.id });
  response.writeHead(status, {
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    ...headers,
  });
  response.end(body);
}
