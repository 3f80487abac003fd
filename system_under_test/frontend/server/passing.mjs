// Passes /api on to the backend where no load balancer does: on one machine, in the lab, in an end-to-end test.
import http from "node:http";
import https from "node:https";
import { sendProblem } from "./problem.mjs";
import { traceparent } from "./trace.mjs";

const ANSWER_MILLISECONDS = 15_000;
// Meant for one connection only (RFC 9110, 7.6.1).
const HOP_BY_HOP = ["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade"];

/** @param {import("node:http").IncomingHttpHeaders} headers */
function endToEnd(headers) {
  const named = (headers.connection ?? "").toLowerCase().split(",").map((name) => name.trim());
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name) && !named.includes(name)));
}

/** @param {import("node:http").IncomingMessage} request @param {import("./trace.mjs").Trace} trace */
function forwarded(request, trace) {
  const seen = [request.headers["x-forwarded-for"], request.socket.remoteAddress].filter(Boolean).join(", ");
  return {
    ...endToEnd(request.headers),
    traceparent: traceparent(trace),
    "x-forwarded-for": seen,
    "x-forwarded-proto": request.headers["x-forwarded-proto"] ?? "http",
    "x-forwarded-host": request.headers["x-forwarded-host"] ?? request.headers.host ?? "",
  };
}

/** @param {URL} backend */
export function passingTo(backend) {
  const client = backend.protocol === "https:" ? https : http;
  const agent = new client.Agent({ keepAlive: true, maxSockets: 128, keepAliveMsecs: 10_000 });

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   * @param {import("./trace.mjs").Trace} trace
   */
  function pass(request, response, trace) {
    const options = { agent, method: request.method, headers: forwarded(request, trace), timeout: ANSWER_MILLISECONDS };
    // Only the backend's own origin: the path of the request cannot choose another host.
    const target = new URL(backend.origin);
    const outgoing = client.request({ ...options, protocol: target.protocol, hostname: target.hostname, port: target.port, path: request.url });
    outgoing.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...endToEnd(answer.headers) });
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    outgoing.on("timeout", () => {
      if (!response.headersSent) sendProblem(response, 504, "The backend did not answer in time.", trace);
      outgoing.destroy();
    });
    outgoing.on("error", () => {
      if (response.headersSent) response.destroy();
      else if (!response.destroyed) sendProblem(response, 502, "The backend cannot be reached.", trace, { "Retry-After": "2" });
    });
    // Somebody who went away needs no answer.
    response.on("close", () => outgoing.destroy());
    request.pipe(outgoing);
  }

  return { pass, close: () => agent.destroy() };
}
