// W3C trace context at the server: what comes in is accepted when well formed, else a trace begins here.
import { randomBytes } from "node:crypto";

/**
 * @typedef {object} Trace
 * @property {string} id
 * @property {string} span this server's own span
 * @property {string | null} parent
 * @property {string} flags
 */

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** @param {string | undefined} header @returns {Trace} */
export function traceOf(header) {
  const span = randomBytes(8).toString("hex");
  const [, version, id = "", parent = "", flags = "01", rest] = FORM.exec(header ?? "") ?? [];
  const valid =
    version !== undefined && version !== "ff" && !(version === "00" && rest !== undefined) && !/^0+$/.test(id) && !/^0+$/.test(parent);
  return valid ? { id, span, parent, flags } : { id: randomBytes(16).toString("hex"), span, parent: null, flags: "01" };
}

/** @param {Trace} trace */
export function traceparent(trace) {
  return `00-${trace.id}-${trace.span}-${trace.flags}`;
}
